"""The import of a follow-up report: its resolutions become cases, or bring those that are known up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from domain.errors import Invalid
from domain.imports import Import
from domain.time import read_date
from services.execute import Work
from services.home import Home
from services.imports.bringing import Bringing
from services.imports.deciding import Decided
from services.imports.documents.document import Document
from services.imports.documents.reading import source_of
from services.imports.drafts import Asked
from services.imports.follow_up import parse, recognise
from services.imports.kind import Kind
from services.imports.own_report import is_own, read_own
from services.imports.recording import Recording
from services.imports.report import Problem, Report
from services.imports.result import Result
from services.reading.when import today


class AssemblyUnsaid(Invalid):
    """The title of “{file}” names no assembly. Say which one it reports to, for instance --assembly 2023."""


class DateUnsaid(Invalid):
    """The date of this document is not known: what it tells counts as happened by today. To say it: --reference-date 2024-09."""


class FollowUpImport(Bringing):
    """One follow-up report, read once, and what it becomes. `kind`: of documents that become cases in the same way."""

    kind = "follow-up"

    def __init__(
        self, home: Home, document: Document, report: Report, asked: Asked, decided: Sequence[Decided] = ()
    ) -> None:
        super().__init__(home)
        self.source, self.decided = source_of(document), tuple(decided)
        self.report = replace(report, problems=(*document.problems, *report.problems))
        self.key = asked.assembly or (report.assembly.key if report.assembly else None)
        if self.key is None:
            raise AssemblyUnsaid(file=document.name)
        self.reference = read_date(asked.reference, today(home)) if asked.reference else None
        self.result = Result(kind=self.kind)

    @property
    def asked(self) -> dict[str, Any]:
        asked = {"import": self.source.sha256, "assembly": self.key, "reference": self.reference}
        return asked | ({"decided": [asdict(one) for one in self.decided]} if self.decided else {})

    def bring(self, work: Work) -> None:
        """The same file again creates nothing, as long as its cases are there."""
        assert self.key
        file = ("file", f"{self.key}:{self.source.sha256}")
        before = work.find(Import, *file)
        if before and (known := _as_before(work, before, self.report, self.key)):
            self.result = replace(known, kind=self.kind)
            return
        work.free += [file] if before else []
        import_id = work.id("import")
        recording = Recording(work, self.report, self.key, self.reference, import_id, self.decided)
        self.result = replace(recording.run(), kind=self.kind)
        if self.reference is None:
            self.result.problems.insert(0, Problem(1, "warning", DateUnsaid()))
        if not self.result.refused:
            self.result.id = work.refs.next_import(self.key)
            work.add(self._document(work, recording, import_id), ("import", self.result.id), file)

    def _document(self, work: Work, recording: Recording, import_id: UUID) -> Import:
        return Import.record(
            import_id, work.act, key=self.result.id, file=self.source.name, sha256=self.source.sha256,
            kind=self.kind, assembly=recording.assembly, reference=self.reference,
            touched=tuple(recording.touched), unchanged=tuple(self.result.unchanged),
            missing_numbers=self.report.missing_numbers, stray=tuple(p.text for p in self.report.stray),
        )  # fmt: skip


def _as_before(work: Work, document: Import, report: Report, key: str) -> Result | None:
    """What is there of an earlier import of the same file; null once the import that made its cases was undone."""
    imported = document.imported
    assert imported
    refs = [touched.ref for touched in imported.touched] + list(imported.unchanged)
    if len(work.refs.cases(refs)) < len(refs):
        return None
    return Result(imported.key, assembly=key, unchanged=refs, missing_numbers=report.missing_numbers,
                  problems=list(report.problems))  # fmt: skip


def _bring(home: Home, document: Document, asked: Asked, decided: Sequence[Decided]) -> FollowUpImport:
    report = read_own(document, asked.assembly) or parse(source_of(document))
    return FollowUpImport(home, document, report, asked, decided)


def _recognise(document: Document) -> float:
    if is_own(document):
        return 1.0
    return 0.8 if recognise(source_of(document)) else 0.0


FOLLOW_UP = Kind("follow-up", _recognise, _bring)
