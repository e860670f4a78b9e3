"""Imports: a document read, rehearsed, recorded all or nothing, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from domain.amendments import FactRetracted, RetractFact, retracted, standing
from domain.base import Recorded
from domain.case.case import Case
from domain.case.commands import WithdrawCase
from domain.case.decisions import handle
from domain.directory import Assembly, WithdrawEntry
from domain.errors import Invalid, NotFound, Refused
from domain.imports import DocumentImported, Import, Touched
from domain.time import read_date
from services.execute import Actor, Outcome, Work, commit
from services.home import Home
from services.imports import directory, directory_service
from services.imports.bringing import Bringing, officers_only
from services.imports.deciding import Decided
from services.imports.drafts import Asked
from services.imports.follow_up import parse, recognise
from services.imports.reading import Source, decode, read, read_sheet, read_table
from services.imports.recording import Recording
from services.imports.report import Problem, Report
from services.imports.result import Result
from services.reading.when import today

KINDS = ("auto", "follow-up", "directory")


class NotAReport(Invalid):
    """“{file}” does not look like a follow-up report: no heading such as “RÉSOLUTION 17” was found. If it is one, say --kind follow-up."""  # noqa: E501 - one sentence


class KindNotYet(Invalid):
    """Documents of the kind “{kind}” cannot be imported in this version. What can be: {known}."""


class AssemblyUnsaid(Invalid):
    """The title of “{file}” names no assembly. Say which one it reports to, for instance --assembly 2023."""


class DateUnsaid(Invalid):
    """The date of this document is not known: what it tells counts as happened by today. To say it: --reference-date 2024-09."""


class ImportUnknown(NotFound):
    """There is no import “{id}”. The imports: {known}."""


class MovedSince(Refused):
    """The import cannot be taken back: something was recorded since for {refs}."""


class DirectoryStays(Refused):
    """An import of the directory is not taken back: others may rest on it already. Put it right by another file, or entry by entry: suivi history {ref}, then suivi act {ref} correct or retract. Nothing was changed."""  # noqa: E501 - one sentence


def propose_import(
    home: Home, path: Path, kind: str = "auto", assembly: str | None = None, reference_date: str | None = None
) -> Result:
    """What an import of the file would do; nothing is recorded."""
    return _import(home, path, kind, assembly, reference_date).rehearse()


def record_import(
    home: Home, actor: Actor, path: Path, kind: str = "auto", assembly: str | None = None,
    reference_date: str | None = None, command_id: UUID | None = None,
) -> tuple[Result, Outcome]:  # fmt: skip
    """Imports the file, all or nothing; nothing at all if a problem is an error, or if it was imported before."""
    return _import(home, path, kind, assembly, reference_date).record(actor, command_id)


def importing(home: Home, file: str, content: bytes, asked: Asked, decided: Sequence[Decided] = ()) -> Importing:
    """The import of a document that came by another road than a file of this machine, with what was said of it."""

    def text() -> Source:
        return decode(file, content)

    def table() -> Source:
        return decode(file, content, read_table)

    return _of_kind(home, text, table, asked, decided)


def _import(home: Home, path: Path, kind: str, assembly: str | None, reference_date: str | None) -> Importing:
    """The import of a file of that kind."""
    return _of_kind(home, lambda: read(path), lambda: read_sheet(path), Asked(kind, assembly, reference_date))


def _of_kind(
    home: Home, text: Callable[[], Source], table: Callable[[], Source], asked: Asked, decided: Sequence[Decided] = ()
) -> Importing:
    """A follow-up is read as a text; a directory as a table, whose accents a spreadsheet writes in its own way."""
    if asked.kind not in KINDS:
        raise KindNotYet(kind=asked.kind, known=list(KINDS))
    if asked.kind != "follow-up":
        sheet = table()
        if asked.kind == directory_service.KIND or directory.recognise(sheet):
            return directory_service.DirectoryImport(home, sheet, asked.reference)
    return FollowUpImport(home, text(), asked.kind, asked.assembly, asked.reference, decided)


class FollowUpImport(Bringing):
    """One follow-up report, read once, and what it becomes."""

    def __init__(
        self, home: Home, source: Source, kind: str, assembly: str | None, reference_date: str | None,
        decided: Sequence[Decided] = (),
    ) -> None:  # fmt: skip
        super().__init__(home)
        self.source, self.decided = source, tuple(decided)
        self.report = _parse(self.source, kind)
        self.key = assembly or (self.report.assembly.key if self.report.assembly else None)
        if self.key is None:
            raise AssemblyUnsaid(file=self.source.name)
        self.reference = read_date(reference_date, today(home)) if reference_date else None
        self.result = Result()

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
            self.result = known
            return
        work.free += [file] if before else []
        import_id = work.id("import")
        recording = Recording(work, self.report, self.key, self.reference, import_id, self.decided)
        self.result = recording.run()
        if self.reference is None:
            self.result.problems.insert(0, Problem(1, "warning", DateUnsaid()))
        if not self.result.refused:
            self.result.id = work.refs.next_import(self.key)
            work.add(self._document(work, recording, import_id), ("import", self.result.id), file)

    def _document(self, work: Work, recording: Recording, import_id: UUID) -> Import:
        return Import.record(
            import_id, work.act, key=self.result.id, file=self.source.name, sha256=self.source.sha256,
            kind="follow-up", assembly=recording.assembly, reference=self.reference,
            touched=tuple(recording.touched), unchanged=tuple(self.result.unchanged),
            missing_numbers=self.report.missing_numbers, stray=tuple(p.text for p in self.report.stray),
        )  # fmt: skip


def _parse(source: Source, kind: str) -> Report:
    if kind == "auto" and recognise(source) is None:
        raise NotAReport(file=source.name)
    return parse(source)


def _as_before(work: Work, document: Import, report: Report, key: str) -> Result | None:
    """What is there of an earlier import of the same file; null once the import that made its cases was undone."""
    imported = document.imported
    assert imported
    refs = [touched.ref for touched in imported.touched] + list(imported.unchanged)
    if len(work.refs.cases(refs)) < len(refs):
        return None
    return Result(imported.key, assembly=key, unchanged=refs, missing_numbers=report.missing_numbers,
                  problems=list(report.problems))  # fmt: skip


Importing = FollowUpImport | directory_service.DirectoryImport


def undo_import(home: Home, actor: Actor, id: str) -> tuple[Result, Outcome]:
    """Takes an import back: what it created is withdrawn, what it added is retracted, its numbers and its file are free
    again. Refused if anything was recorded since for its cases."""
    result = Result(id=id, undone=True)

    def decide(work: Work) -> None:
        officers_only(work)
        document = work.find(Import, "import", id)
        if document is None:
            raise ImportUnknown(id=id, known=sorted(work.refs.keys("import")))
        document.undo(work.act)
        imported = document.imported
        assert imported
        if imported.kind == directory_service.KIND:
            raise DirectoryStays(ref=imported.touched[0].ref)
        if moved := [t.ref for t in imported.touched if _moved(work.case(t.stream), t.version)]:
            raise MovedSince(refs=moved)
        result.updated = [touched.ref for touched in imported.touched]
        for touched in imported.touched:
            _take_back(work, touched, id)
        result.assembly = _leave_assembly(work, document, imported)
        work.free.append(("file", f"{result.assembly}:{imported.sha256}"))

    return result, commit(home.store, actor, {"undo": id}, decide, uuid4())


def _moved(case: Case, version: int) -> bool:
    """Whether anything was recorded after a version that was not itself taken back."""
    gone = retracted(case.history)
    return any(
        entry.originator_version > version and entry.originator_version not in gone
        and not (isinstance(entry.event, FactRetracted) and entry.event.version > version)
        for entry in case.history
    )  # fmt: skip


def _take_back(work: Work, touched: Touched, id: str) -> None:
    case = work.case(touched.stream)
    if not touched.began:
        for version in touched.notes:
            handle(case, RetractFact(event=version, reason=id), work.act)
        return
    assert case.adopted
    work.free += [("case", f"{case.adopted.ref.split(':')[0]}:{number}") for number in case.adopted.numbers]
    handle(case, WithdrawCase(version=touched.version), work.act)


def _leave_assembly(work: Work, document: Import, imported: DocumentImported) -> str:
    """What the import said of the assembly is retracted; if it entered it, and nothing else uses it, it goes as well.
    Returns its key."""
    assert imported.assembly
    assembly = work.load(Assembly, imported.assembly)
    first, *more = standing(assembly.history)
    for entry in more:
        if _from(entry, document):
            assembly.handle(RetractFact(event=entry.originator_version, reason=imported.key), work.act)
    alone = len(standing(assembly.history)) == 1 and _from(first, document)
    if alone and not _others(work, document, assembly):
        assembly.handle(WithdrawEntry(version=1), work.act)
        work.free.append(("assembly", assembly.key))
    return assembly.key


def _from(entry: Recorded, document: Import) -> bool:
    return entry.event.source is not None and entry.event.source.imported == document.id


def _others(work: Work, document: Import, assembly: Assembly) -> bool:
    """Whether other cases, or other imports that stand, are of the same assembly."""
    assert document.imported
    ours = {touched.stream for touched in document.imported.touched if touched.began}
    cases = work.refs.keys("case").items()
    if any(key.startswith(f"{assembly.key}:") and stream not in ours for key, stream in cases):
        return True
    known = work.store.load_all(Import, list(work.refs.keys("import").values()))
    return any(one.imported and one.imported.assembly == assembly.id and not one.undone
               for one in known if one.id != document.id)  # fmt: skip
