"""The import of a directory: a reshuffle is one file, recorded in one append or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from domain.aggregate import Aggregate
from domain.demarche.demarche import Demarche
from domain.directory import Entry, Office, Person
from domain.imports import Import, Touched
from domain.time import read_date
from domain.values import Source as Origin
from services.execute import Work
from services.home import Home
from services.imports.bringing import Bringing
from services.imports.deciding import Decided
from services.imports.directory import parse, recognise
from services.imports.directory_recording import Recording
from services.imports.documents.document import Document
from services.imports.documents.reading import source_of
from services.imports.drafts import Asked
from services.imports.kind import Kind
from services.imports.result import Result
from services.reading.when import today

KIND = "directory"


class DirectoryImport(Bringing):
    """One file of offices, read once, and what it becomes."""

    def __init__(self, home: Home, document: Document, reference_date: str | None) -> None:
        super().__init__(home)
        self.source = source_of(document)
        self.reference = read_date(reference_date, today(home)) if reference_date else None
        self.lines, found = parse(self.source, self.reference or today(home))
        self.problems = [*(one for one in document.problems if one.severity != "error"), *found]

    @property
    def asked(self) -> dict[str, Any]:
        return {"import": self.source.sha256, "kind": KIND, "reference": self.reference}

    def bring(self, work: Work) -> None:
        """The same file again finds everything as it says, and records nothing."""
        self.result = Result(kind=KIND, problems=list(self.problems))
        if self.result.refused:
            return
        import_id = work.id("import")
        recording = Recording(work, self.lines, Origin(import_id, 1, 1, self.reference), self.source.name)
        recording.run()
        self.result.problems += sorted(recording.problems, key=lambda problem: problem.line)
        if self.result.refused:
            return
        touched = list(_touched(work))
        self.result.created = [each.ref for each in touched if each.began]
        self.result.updated = [each.ref for each in touched if not each.began]
        self.result.unchanged = [f"office:{key}" for key in recording.offices if f"office:{key}" not in
                                 {*self.result.created, *self.result.updated}]  # fmt: skip
        if touched:
            self.result.id = work.refs.next_import(KIND)
            work.add(
                Import.record(
                    import_id, work.act, key=self.result.id, file=self.source.name, sha256=self.source.sha256, kind=KIND,
                    assembly=None, reference=self.reference, touched=tuple(touched), unchanged=tuple(self.result.unchanged),
                ),
                ("import", self.result.id),
            )  # fmt: skip


def _touched(work: Work) -> Iterator[Touched]:
    """What the file changes: offices, persons, and the open threads that follow."""
    for one in work.loaded.values():
        if one.new and (ref := _ref(one)):
            yield Touched(one.id, ref, one.version, one.version == len(one.new))


def _ref(one: Aggregate) -> str | None:
    match one:
        case Demarche():
            return one.ref
        case Entry():
            kinds = {Office: "office", Person: "person"}
            return f"{kinds[type(one)]}:{one.key}" if type(one) in kinds else None
    return None


def _bring(home: Home, document: Document, asked: Asked, decided: Sequence[Decided]) -> DirectoryImport:
    return DirectoryImport(home, document, asked.reference)


DIRECTORY = Kind(KIND, lambda document: 1.0 if recognise(source_of(document)) else 0.0, _bring)
