"""Imports: a document read, rehearsed, recorded all or nothing, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID, uuid4

from domain.amendments import FactRetracted, RetractFact, retracted, standing
from domain.base import Recorded
from domain.case.case import Case
from domain.case.commands import WithdrawCase
from domain.case.decisions import handle
from domain.directory import Assembly, WithdrawEntry
from domain.errors import NotFound, Refused
from domain.imports import DocumentImported, Import, Touched
from services.execute import Actor, Outcome, Work, commit
from services.home import Home
from services.homes import keys_of
from services.imports import directory_service
from services.imports.annual import service as annual_reports
from services.imports.bringing import Bringing, officers_only
from services.imports.deciding import Decided
from services.imports.documents.document import Document
from services.imports.documents.reading import read_document, read_path
from services.imports.drafts import Asked
from services.imports.kinds import kind_of
from services.imports.result import Result
from services.plans import importing as plan_imports
from services.plans import undoing as plans_undone


class ImportUnknown(NotFound):
    """There is no import “{id}”. The imports: {known}."""


class MovedSince(Refused):
    """The import cannot be taken back: something was recorded since for {refs}."""


class DirectoryStays(Refused):
    """An import of the directory is not taken back: others may rest on it already. Put it right by another file, or entry by entry: suivi history {ref}, then suivi act {ref} correct or retract. Nothing was changed."""  # noqa: E501 - one sentence


def propose_import(
    home: Home, path: Path, kind: str = "auto", assembly: str | None = None, reference_date: str | None = None,
    columns: Mapping[str, str] | None = None, taken: frozenset[str] = frozenset(),
) -> Result:  # fmt: skip
    """What an import of the file would do; nothing is recorded."""
    asked = Asked(kind, assembly, reference_date, dict(columns or {}), taken)
    return bring_document(home, read_path(path), asked).rehearse()


def record_import(
    home: Home, actor: Actor, path: Path, kind: str = "auto", assembly: str | None = None,
    reference_date: str | None = None, command_id: UUID | None = None, columns: Mapping[str, str] | None = None,
    taken: frozenset[str] = frozenset(),
) -> tuple[Result, Outcome]:  # fmt: skip
    """Imports the file, all or nothing; nothing at all if a problem is an error, or if it was imported before."""
    asked = Asked(kind, assembly, reference_date, dict(columns or {}), taken)
    return bring_document(home, read_path(path), asked).record(actor, command_id)


def importing(home: Home, file: str, content: bytes, asked: Asked, decided: Sequence[Decided] = ()) -> Bringing:
    """The import of a document that came by another road than a file of this machine, with what was said of it."""
    return bring_document(home, read_document(file, content), asked, decided)


def bring_document(home: Home, document: Document, asked: Asked, decided: Sequence[Decided] = ()) -> Bringing:
    """The import of a document, of the kind that was asked for or that it is."""
    return kind_of(document, asked.kind).bring(home, document, asked, decided)


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
        if imported.kind == annual_reports.ANNUAL.name:
            result.kind, result.updated = imported.kind, [touched.ref for touched in imported.touched]
            work.free.append(("file", f"{annual_reports.take_back(work, imported)}:{imported.sha256}"))
            return
        cases = [touched for touched in imported.touched if not touched.ref.startswith("plan:")]
        if moved := [t.ref for t in cases if _moved(work.case(t.stream), t.version)]:
            raise MovedSince(refs=moved)
        result.updated = [touched.ref for touched in imported.touched]
        if imported.kind == plan_imports.KIND:
            result.assembly = plans_undone.take_back(work, imported, work.act)
        else:
            for touched in cases:
                _take_back(work, touched, id)
            result.assembly = _leave_assembly(work, document, imported)
        work.free.append(("file", f"{result.assembly}:{imported.sha256}"))

    return result, commit(home.store, actor, {"undo": id}, decide, uuid4())


def _moved(case: Case, version: int) -> bool:
    """Whether anything was recorded after a version that was not itself taken back, nor follows by itself."""
    gone = retracted(case.history)
    return any(
        entry.originator_version > version and entry.originator_version not in gone and not entry.event.machine
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
        work.free += keys_of("assembly", assembly.key)
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
