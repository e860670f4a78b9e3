"""From the lines of a directory to its entries: offices and persons entered, terms begun and ended, offices succeeded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.amendments import CorrectFact
from domain.base import Act, Command
from domain.directory import (
    AppointToOffice,
    CreateOffice,
    CreatePerson,
    DissolveOffice,
    EndOfficeTerm,
    MergeOffice,
    Office,
    Person,
    RenameOffice,
    SetOfficeAddress,
    SplitOffice,
    Term,
)
from domain.errors import Invalid, Refused, SuiviError
from domain.time import Edtf, earliest
from domain.values import Ref, Source
from domain.words import same, slug
from services import portfolio
from services.directory_file import GOES_ON, end_of
from services.execute import Work
from services.imports.directory import Line
from services.imports.report import Problem
from services.naming import Naming
from services.refs import EntryUnknown, fit_key

REPLACED = {"holder": ("holder", "interim"), "interim": ("interim",), "chief-of-staff": ("chief-of-staff",)}
"""Whose terms end when someone takes a charge."""


class TitleNeeded(Invalid):
    """The office “{key}” is not in the directory: to enter it, give its title."""


class TermOtherwise(Refused):
    """The directory has other dates for {person} in this charge (since: {since}; until: {until}). If they are wrong, correct them there: suivi history office:{key}"""  # noqa: E501 - one sentence


class EndOtherwise(Refused):
    """The directory says that this office ended otherwise. If that is wrong, take it back there: suivi history office:{key}"""


class SuccessionEncircled(Refused):
    """These offices would succeed each other in a circle: {keys}."""


class Recording:
    """One file on its way into the directory. `source` is what its facts name as their origin."""

    def __init__(self, work: Work, lines: list[Line], source: Source, file: str) -> None:
        self.work, self.lines, self.source, self.file = work, lines, source, file
        self.naming = Naming(work)
        self.problems: list[Problem] = []
        self.offices: dict[str, list[Line]] = {}
        for line in lines:
            self.offices.setdefault(line.key, []).append(line)

    def run(self) -> None:
        """Records what is new, office by office; what cannot be is a problem of its line."""
        for lines in self.offices.values():
            with self._trying(lines[0]):
                self._office(lines)
        if self.problems:
            return
        for key, lines in self.offices.items():
            office = self.work.find(Office, "office", key)
            assert office
            self._terms(portfolio.known(self.work, office), lines)
        for lines in self._closings():
            with self._trying(lines[0]):
                self._close(lines)

    @contextmanager
    def _trying(self, line: Line) -> Iterator[None]:
        """What is refused within is a problem of the line."""
        try:
            yield
        except SuiviError as error:
            self.problems.append(Problem(line.number, "error", error))

    def _act(self, line: Line, occurred: str | None = None) -> Act:
        source = replace(self.source, first_line=line.number, last_line=line.number)
        return replace(self.work.act, source=source, occurred=occurred, words={})

    # Offices

    def _office(self, lines: list[Line]) -> None:
        first, key = lines[0], fit_key(lines[0].key)
        facts = {fact: _said(lines, fact) for fact in ("name", "feminine", "kind", "legislature", "address", "mail", "phone")}
        office = self.work.find(Office, "office", key)
        if office is not None:
            return self._update(office, first, lines, facts)
        if not facts["name"]:
            raise TitleNeeded(key=key)
        command = CreateOffice(**facts | {"address": facts["address"] or ()})
        self.work.add(Office.create(self.work.id(f"office:{key}"), key, command, self._act(first)), ("office", key))
        return None

    def _update(self, office: Office, line: Line, lines: list[Line], facts: dict[str, Any]) -> None:
        portfolio.known(self.work, office)
        title, since = office.titles[-1], _said(lines, "since") if len(lines) == 1 else None
        name, feminine = facts["name"] or title.name, facts["feminine"] or title.feminine
        if not same(name, title.name) or not same(feminine or "", title.feminine or ""):
            office.handle(RenameOffice(name=name, feminine=feminine), self._act(line, since))
        wrong = {f: facts[f] for f in ("kind", "legislature") if facts[f] not in (None, getattr(office, f))}
        if wrong:
            office.handle(CorrectFact(event=1, set=wrong, reason=self.file), self._act(line))
        moved = {f: facts[f] for f in ("address", "mail", "phone") if facts[f] not in (None, getattr(office, f))}
        if moved:
            office.handle(SetOfficeAddress(**moved), self._act(line))

    # Persons

    def _person(self, line: Line) -> UUID | None:
        """Who is meant, by REF or by exact name; entered if nobody is."""
        if line.holder is None:
            return None
        try:
            person = self.work.load(Person, self.naming.resolve(line.holder, Ref(("person",))))
        except EntryUnknown:
            key = slug(line.holder)
            if ":" in line.holder:
                raise
            command = CreatePerson(name=line.holder, gender=line.gender)  # type: ignore[arg-type]  # f or m, as read
            person = self.work.add(Person.create(self.work.id(f"person:{key}"), key, command, self._act(line)), ("person", key))
        if line.gender not in (None, person.gender):
            person.handle(CorrectFact(event=1, set={"gender": line.gender}, reason=self.file), self._act(line))
        return person.id

    # Terms

    def _terms(self, office: Office, lines: list[Line]) -> None:
        """Those that the directory has are ended where the file says so; then the new ones begin, in their order."""
        told: list[tuple[Line, UUID | None, Term | None]] = []
        for line in (line for line in lines if line.of_term):
            with self._trying(line):
                person = self._person(line)
                told.append((line, person, _known(office, line, person)))
        for line, _, term in told:
            with self._trying(line):
                self._end_known(office, line, term)
        going_on = {(person, line.charge or "holder") for line, person, _ in told if line.until == GOES_ON}
        for line, person, _ in sorted((one for one in told if one[2] is None), key=lambda one: _begins(one[0])):
            with self._trying(line):
                self._begin(office, line, person, going_on)

    def _end_known(self, office: Office, line: Line, term: Term | None) -> None:
        if term is None or line.until in (None, GOES_ON) or line.until == end_of(term.until, term.ended):
            return
        if term.over:
            person = self.work.load(Person, term.person).name if term.person else None
            raise TermOtherwise(person=person, since=_date(term.since), until=_date(term.until), key=office.key)
        self._end(office, term, line, line.until)

    def _begin(self, office: Office, line: Line, person: UUID | None, going_on: set[tuple[UUID | None, str]]) -> None:
        charge: Any = line.charge or "holder"
        before = [t for t in office.terms if t.charge in REPLACED[charge] and not t.over]
        office.handle(AppointToOffice(person=person, charge=charge), self._act(line, line.since))
        begun = office.terms[-1]
        if line.until not in (None, GOES_ON):
            return self._end(office, begun, line, line.until)
        for term in before:
            if (term.person, term.charge) not in going_on and term.person != person and term.begun <= begun.begun:
                self._end(office, term, line, line.since)
        return None

    def _end(self, office: Office, term: Term, line: Line, until: str | None) -> None:
        charge: Any = term.charge
        office.handle(EndOfficeTerm(person=term.person, charge=charge), self._act(line, until))

    # Successions

    def _closings(self) -> Iterator[list[Line]]:
        """The offices that end, each before those that take its place do."""
        ending = {key: lines for key, lines in self.offices.items() if _said(lines, "successors") or _said(lines, "closed")}
        while ending:
            heirs = {heir: key for key, lines in ending.items() for heir in _said(lines, "successors") or () if heir != key}
            ready = next((key for key in ending if key not in heirs), None)
            if ready is None:
                line = next(iter(ending.values()))[0]
                self.problems.append(Problem(line.number, "error", SuccessionEncircled(keys=sorted(ending))))
                return
            yield ending.pop(ready)

    def _close(self, lines: list[Line]) -> None:
        line, office = lines[0], self.work.find(Office, "office", lines[0].key)
        assert office
        closed, heirs = _said(lines, "closed"), [self._heir(key) for key in _said(lines, "successors") or ()]
        if office.closed is not None:
            alike = set(heirs) == set(office.successors) and closed in (None, office.ended, office.closed.isoformat())
            if not alike:
                raise EndOtherwise(key=office.key)
            return
        portfolio.handle(self.work, office, _ending(heirs), self._act(line, closed))

    def _heir(self, key: str) -> UUID:
        heir = self.work.key("office", key)
        if heir is None:
            raise EntryUnknown(ref=f"office:{key}", kind="office")
        return heir


def _said(lines: list[Line], fact: str) -> Any:
    """What the lines of an office say of it; null if none does."""
    return next((value for line in lines if (value := getattr(line, fact)) is not None), None)


def _known(office: Office, line: Line, person: UUID | None) -> Term | None:
    """The term of the directory that the line tells of; null if it is new."""
    mine = [t for t in office.terms if (t.person, t.charge) == (person, line.charge or "holder")]
    if line.since is None:
        return next((t for t in mine if not t.over), mine[-1] if mine else None)
    found = next((t for t in mine if t.since == line.since), None)
    if found is None and (held := next((t for t in mine if not t.over), None)):
        raise TermOtherwise(person=line.holder, since=_date(held.since), until=None, key=office.key)
    return found


def _date(said: str | None) -> Edtf | None:
    return Edtf(said) if said else None


def _begins(line: Line) -> tuple[date, int]:
    """The order in which terms of one file begin: those of which nobody knows when come first."""
    return (line.since and earliest(line.since)) or date.min, line.number


def _ending(heirs: list[UUID]) -> Command:
    if len(heirs) > 1:
        return SplitOffice(into=tuple(heirs), to=heirs[0])
    return MergeOffice(into=heirs[0]) if heirs else DissolveOffice()
