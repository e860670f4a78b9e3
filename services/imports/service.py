"""Imports: a document read, rehearsed, recorded all or nothing, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from domain.amendments import FactRetracted, RetractFact, retracted, standing
from domain.base import Recorded
from domain.case.case import Case
from domain.case.commands import WithdrawCase
from domain.case.decisions import handle
from domain.directory import Assembly, WithdrawEntry
from domain.errors import Forbidden, Invalid, NotFound, Refused
from domain.imports import DocumentImported, Import, Touched
from domain.time import read_date
from services.execute import Actor, Outcome, Work, commit, rehearse
from services.home import Home
from services.imports.follow_up import parse, recognise
from services.imports.reading import Source, read
from services.imports.recording import Recording
from services.imports.report import Problem, Report
from services.imports.result import Result
from services.reading.when import today

KINDS = ("auto", "follow-up")
KEEPERS = frozenset({"officer", "secretary", "system"})


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


class ImportRole(Forbidden):
    """Documents are brought in and taken back by officers and by the secretary; you have neither role here."""


class _Refused(Exception):
    """Leaves a decision without storing anything: the result says why."""


def propose_import(
    home: Home, path: Path, kind: str = "auto", assembly: str | None = None, reference_date: str | None = None
) -> Result:
    """What an import of the file would do; nothing is recorded."""
    return _Import(home, path, kind, assembly, reference_date).rehearse()


def record_import(
    home: Home, actor: Actor, path: Path, kind: str = "auto", assembly: str | None = None,
    reference_date: str | None = None, command_id: UUID | None = None,
) -> tuple[Result, Outcome]:  # fmt: skip
    """Imports the file, all or nothing; nothing at all if a problem is an error, or if it was imported before."""
    return _Import(home, path, kind, assembly, reference_date).record(actor, command_id)


class _Import:
    """One file, read once, and what it becomes."""

    def __init__(self, home: Home, path: Path, kind: str, assembly: str | None, reference_date: str | None) -> None:
        self.home = home
        self.source = read(path)
        self.report = _parse(self.source, kind)
        self.key = assembly or (self.report.assembly.key if self.report.assembly else None)
        if self.key is None:
            raise AssemblyUnsaid(file=self.source.name)
        self.reference = read_date(reference_date, today(home)) if reference_date else None
        self.result = Result()

    def rehearse(self) -> Result:
        rehearse(self.home.store, self._decide)
        return replace(self.result, id=None)

    def record(self, actor: Actor, command_id: UUID | None) -> tuple[Result, Outcome]:
        asked = {"import": self.source.sha256, "assembly": self.key, "reference": self.reference}

        def decide(work: Work) -> None:
            self._decide(work)
            if self.result.refused:
                raise _Refused

        try:
            outcome = commit(self.home.store, actor, asked, decide, command_id)
        except _Refused:
            return self.result, Outcome({})
        return self.result, outcome

    def _decide(self, work: Work) -> None:
        """Read as of one instant: another import may end meanwhile, and the append then meets its keys."""
        with work.store.connection.transaction():
            work.store.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            self._record(work)

    def _record(self, work: Work) -> None:
        """The same file again creates nothing, as long as its cases are there."""
        assert self.key
        _officers_only(work)
        file = ("file", f"{self.key}:{self.source.sha256}")
        before = work.find(Import, *file)
        if before and (known := _as_before(work, before, self.report, self.key)):
            self.result = known
            return
        work.free += [file] if before else []
        import_id = work.id("import")
        recording = Recording(work, self.report, self.key, self.reference, import_id)
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
    if kind not in KINDS:
        raise KindNotYet(kind=kind, known=list(KINDS))
    if kind == "auto" and recognise(source) is None:
        raise NotAReport(file=source.name)
    return parse(source)


def _officers_only(work: Work) -> None:
    if not work.act.roles & KEEPERS:
        raise ImportRole()


def _as_before(work: Work, document: Import, report: Report, key: str) -> Result | None:
    """What is there of an earlier import of the same file; null once the import that made its cases was undone."""
    imported = document.imported
    assert imported
    refs = [touched.ref for touched in imported.touched] + list(imported.unchanged)
    if len(work.refs.cases(refs)) < len(refs):
        return None
    return Result(imported.key, key, unchanged=refs, missing_numbers=report.missing_numbers,
                  problems=list(report.problems))  # fmt: skip


def undo_import(home: Home, actor: Actor, id: str) -> tuple[Result, Outcome]:
    """Takes an import back: what it created is withdrawn, what it added is retracted, its numbers and its file are free
    again. Refused if anything was recorded since for its cases."""
    result = Result(id=id, undone=True)

    def decide(work: Work) -> None:
        _officers_only(work)
        document = work.find(Import, "import", id)
        if document is None:
            raise ImportUnknown(id=id, known=sorted(work.refs.keys("import")))
        document.undo(work.act)
        imported = document.imported
        assert imported
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
