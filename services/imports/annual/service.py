"""The import of an annual report: what it tells becomes records, all or none, once. Letters that await an answer are proposed
as threads; nobody is written to, and no office, person or body is entered (docs/adr/0024-records.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Invalid, Refused, SuiviError
from domain.imports import DocumentImported, Import, Touched
from domain.record.commands import CreateRecord, WithdrawRecord
from domain.record.events import EXPECT_REPLY, Told
from domain.record.record import Record
from domain.time import read_date
from domain.values import Party, Ref, Source
from domain.words import sort_key
from services.execute import Work
from services.home import Home
from services.imports.annual.grammar import KIND, read_annual, recognise
from services.imports.annual.reading import AnnualReading, Entry
from services.imports.bringing import Bringing
from services.imports.deciding import Decided
from services.imports.documents.document import Document
from services.imports.documents.reading import source_of
from services.imports.drafts import Asked
from services.imports.kind import Kind
from services.imports.report import Problem
from services.imports.result import Result
from services.naming import Naming
from services.reading.when import today

MOST = 2_000  # records of one report
_ANYONE = Ref(("person", "body", "office"), words=True, party=True)
_OFFICE = Ref(("office",), words=True, party=True)


class NothingToRecord(Invalid):
    """“{file}” was read as an annual report, and nothing in it could be recorded: no activity, letter, publication, alliance, funding or figure was found."""  # noqa: E501 - one sentence


class TooMuchToRecord(Invalid):
    """“{file}” holds {count} things to record; one report has at most {most}. Cut it into several files."""


class ReadWithDoubt(Invalid):
    """Line {line}: “{title}” was read with some doubt; look at {ref}."""


class ThreadPossible(Invalid):
    """Line {line}: this letter may become a thread with an office: suivi act {ref} send --set cases=… --set office={office}"""


class FiguresLeft(Invalid):
    """Numbers in words that may be figures, or turns of phrase, were left out: {figures}."""


class PeopleLeft(Invalid):
    """The report names {board} people of a board, {team} of a team and {acronyms} acronyms: they were read and not entered in the directory."""  # noqa: E501 - one sentence


class RecordMoved(Refused):
    """The import cannot be taken back: something was recorded since of {refs}. Withdraw the others one by one."""


class AnnualImport(Bringing):
    """One annual report, read once, and what it becomes."""

    def __init__(self, home: Home, document: Document, reading: AnnualReading, asked: Asked) -> None:
        super().__init__(home)
        self.source, self.document, self.reading = source_of(document), document, reading
        self.reference = read_date(asked.reference, today(home)) if asked.reference else None
        self.result = Result(kind=KIND)

    @property
    def asked(self) -> dict[str, Any]:
        return {"import": self.document.sha256, "kind": KIND, "reference": self.reference}

    def bring(self, work: Work) -> None:
        """The same file again creates nothing, until its import is undone."""
        file = ("file", f"{KIND}:{self.document.sha256}")
        before = work.find(Import, *file)
        self.result = Result(kind=KIND, problems=[*self.document.problems, *self.reading.problems])
        if before and before.imported and not before.undone:
            self.result.id = before.imported.key
            self.result.unchanged = [touched.ref for touched in before.imported.touched] + list(
                before.imported.unchanged
            )
            return
        if (count := len(recorded(self.reading))) > MOST:
            self.result.problems.append(
                Problem(1, "error", TooMuchToRecord(file=self.document.name, count=count, most=MOST))
            )
            return
        work.free += [file] if before else []
        recording = _Recording(work, self.reading, work.id("import"), self.reference, self.result)
        recording.run()
        if not self.result.created and not self.result.unchanged:
            self.result.problems.append(Problem(1, "error", NothingToRecord(file=self.document.name)))
        if self.result.created and not self.result.refused:
            self.result.id = work.refs.next_import(KIND)
            work.add(self._document(work, recording), ("import", self.result.id), file)

    def _document(self, work: Work, recording: _Recording) -> Import:
        return Import.record(
            recording.import_id, work.act, key=self.result.id, file=self.document.name, sha256=self.document.sha256, kind=KIND,
            assembly=None, reference=self.reference, unchanged=tuple(self.result.unchanged),
            touched=tuple(Touched(one.id, one.ref, one.version, True) for one in recording.made),
        )  # fmt: skip


class _Recording:
    """Makes a record of each entry that none is there for yet."""

    def __init__(
        self, work: Work, reading: AnnualReading, import_id: UUID, reference: str | None, result: Result
    ) -> None:
        self.work, self.reading, self.import_id, self.reference, self.result = (
            work,
            reading,
            import_id,
            reference,
            result,
        )
        self.naming = Naming(work)
        self.number = work.refs.next_record()
        self.known = _known(work)
        self.made: list[Record] = []

    def run(self) -> None:
        """All of them, in order of the page, and what a person should look at."""
        for entry in sorted(recorded(self.reading), key=lambda one: one.first_line):
            self._entry(entry)
        self.result.problems += _left(self.reading)
        self.result.problems.sort(key=lambda problem: problem.line)

    def _entry(self, entry: Entry) -> None:
        same = self.known.get(_likeness(entry, entry.kind))
        if same is not None:
            if same not in self.result.unchanged + self.result.created:
                self.result.unchanged.append(same)
            return
        source = Source(self.import_id, entry.first_line, entry.last_line, self.reference)
        act = replace(self.work.act, source=source, words={"date": entry.words} if entry.words else {})
        record = Record.create(self.work.id(f"record:{self.number}"), self.number, self._command(entry), act)
        self.work.add(record, ("record", str(self.number)))
        self.number += 1
        self.made.append(record)
        self.known[_likeness(entry, entry.kind)] = record.ref
        self.result.created.append(record.ref)
        self.result.problems += self._doubts(entry, record)

    def _command(self, entry: Entry) -> CreateRecord:
        return CreateRecord(
            kind=entry.kind, title=entry.title, date=entry.date, place=entry.place, form=entry.form,
            addressees=tuple(self._party(name) for name in entry.addressees),
            parties=tuple(self._party(name) for name in entry.parties), cosigners=entry.cosigners, relation=entry.relation,
            figures=entry.figures, published=entry.published, text=None if entry.text == entry.title else entry.text or None,
        )  # fmt: skip

    def _party(self, name: str, ref: Ref = _ANYONE) -> Party:
        """Who the directory knows under that very name, else the words of the page."""
        try:
            found = self.naming.resolve(name, ref)
        except SuiviError:
            found = None
        return found if isinstance(found, Party) else Party("words", words=name)

    def _doubts(self, entry: Entry, record: Record) -> Iterator[Problem]:
        line = entry.first_line
        if entry.confidence != "high":
            yield Problem(line, "warning", ReadWithDoubt(line=line, title=entry.title, ref=record.ref))
        if entry.kind == "advocacy" and entry.form in EXPECT_REPLY and entry.addressees:
            offices = [self._party(name, _OFFICE) for name in entry.addressees]
            streams = {stream: key for key, stream in self.work.refs.keys("office").items()}
            key = next((streams[one.id] for one in offices if one.id in streams), None)
            yield Problem(
                line, "warning", ThreadPossible(line=line, ref=record.ref, office=f"office:{key}" if key else "…")
            )


def recorded(reading: AnnualReading) -> list[Entry]:
    """What becomes a record: of the figures, those that are certain and that no funding or letter holds already."""
    held = {(entry.first_line, figure.words) for entry in reading.of("funding") for figure in entry.figures}
    signed = {(entry.first_line, entry.cosigners.text) for entry in reading.of("advocacy") if entry.cosigners}
    return [
        entry for entry in reading.entries
        if entry.kind != "figure"
        or (entry.confidence == "high" and (entry.first_line, entry.figures[0].words) not in held | signed)
    ]  # fmt: skip


def _left(reading: AnnualReading) -> Iterator[Problem]:
    left = [entry for entry in reading.of("figure") if entry.confidence != "high"]
    if left:
        words = [entry.figures[0].words for entry in left]
        yield Problem(left[0].first_line, "warning", FiguresLeft(figures=words))
    if reading.board or reading.team or reading.acronyms:
        facts = {"board": len(reading.board), "team": len(reading.team), "acronyms": len(reading.acronyms)}
        yield Problem(1, "warning", PeopleLeft(**facts))


Likeness = tuple[str, str, str | None, str]


def _likeness(told: Entry | Told, kind: str) -> Likeness:
    """What two records have in common that tell of one thing; figures and presentations are told apart by more than their
    title, since one sentence may hold several."""
    words = " ".join(figure.words for figure in told.figures) if kind == "figure" else ""
    text = (told.text or told.title) if kind in ("figure", "presentation") else ""
    return kind, sort_key(told.title), told.date, sort_key(f"{words} {text}")


def _known(work: Work) -> dict[Likeness, str]:
    """The records that stand, by what they tell of."""
    records = work.store.load_all(Record, list(work.refs.keys("record").values()))
    return {
        _likeness(one.told, one.created.kind): one.ref
        for one in records if one.created and one.told and not one.withdrawn
    }  # fmt: skip


def take_back(work: Work, imported: DocumentImported) -> str:
    """Withdraws what an import made, unless something was recorded of it since. Returns the word its file is kept under."""
    records = [(work.load(Record, touched.stream), touched) for touched in imported.touched]
    moved = [touched.ref for record, touched in records if record.version != touched.version]
    if moved:
        raise RecordMoved(refs=moved)
    for record, _ in records:
        record.handle(WithdrawRecord(reason=imported.key), work.act)
    return KIND


def _bring(home: Home, document: Document, asked: Asked, decided: Sequence[Decided]) -> AnnualImport:
    return AnnualImport(home, document, read_annual(document), asked)


ANNUAL = Kind(KIND, recognise, _bring)
