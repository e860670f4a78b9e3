"""The entries: assemblies, bodies and persons, each a small stream."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from domain.aggregate import Aggregate
from domain.amendments import CorrectFact, RetractFact
from domain.base import Act, Command, Event, need, said
from domain.directory.addresses import fit_mail
from domain.directory.commands import (
    Appoint,
    Create,
    CreateAssembly,
    CreateBody,
    CreatePerson,
    EndTerm,
    Rename,
    SetAddress,
    SetLanguage,
    SettleNumbers,
    WithdrawEntry,
)
from domain.directory.events import (
    AddressChanged,
    Appointed,
    AssemblyCreated,
    BodyCreated,
    Created,
    LanguageChanged,
    NumbersSettled,
    PersonCreated,
    Renamed,
    TermEnded,
    Withdrawn,
)
from domain.directory.meetings import COMMANDS as OF_MEETINGS
from domain.directory.meetings import BodyMeeting, Meets
from domain.directory.reachability import BeAway, ComeBack, Reachable, SetNotices
from domain.directory.tabling import ReportTabled, TableReport, tabled
from domain.directory.terms import Term
from domain.errors import Forbidden, Refused
from domain.values import Edtf, Lang


class DirectoryRole(Forbidden):
    """The directory is kept by officers, the secretary and administrators; you have none of these roles."""


class TermUnknown(Refused):
    """This person holds no “{role}” here that could end."""


class Entry(Aggregate):
    """An entry of the directory."""

    created: ClassVar[type[Created]]
    commands: ClassVar[dict[str, type[Command]]]
    keepers = frozenset({"officer", "secretary", "administrator", "system"})

    def start(self) -> None:
        self.key = ""
        self.name = ""
        self.terms: list[Term] = []
        self.withdrawn = False

    @classmethod
    def create(cls, id: UUID, key: str, command: Create, act: Act) -> Any:
        """A new entry under its key."""
        entry = cls(id)
        entry.start()
        entry.handle_create(key, command, act)
        return entry

    def handle_create(self, key: str, command: Create, act: Act) -> None:
        self._allow(act)
        need(command, "name")
        facts = {f: getattr(command, f) for f in command.__struct_fields__}
        self.trigger(self.created(key=key, **facts, **said(act)), act)

    def handle(self, command: Command, act: Act) -> None:
        """Lets the entry decide."""
        self._allow(act)
        if isinstance(command, Rename):
            need(command, "name")
        match command:
            case CorrectFact():
                self.correct(command, act)
            case RetractFact():
                self.retract(command, act)
            case EndTerm(person=person, charge=charge) if not self.held(person, charge):
                raise TermUnknown(role=charge)
            case _:
                facts = {f: getattr(command, f) for f in command.__struct_fields__ if f != "version"}
                self.trigger(EVENTS[type(command)](**facts, **said(act)), act)

    def held(self, person: UUID | None, charge: str) -> bool:
        """Whether the person holds the charge now."""
        return any((t.person, t.charge, t.over) == (person, charge, False) for t in self.terms)

    def holder(self, charge: str) -> UUID | None:
        """Who holds the charge now: the last appointed."""
        return next((t.person for t in reversed(self.terms) if t.charge == charge and not t.over), None)

    def _allow(self, act: Act) -> None:
        if not act.roles & self.keepers:
            raise DirectoryRole()


EVENTS: dict[type[Command], type[Event]] = {
    Rename: Renamed,
    Appoint: Appointed,
    EndTerm: TermEnded,
    SetAddress: AddressChanged,
    SetLanguage: LanguageChanged,
    SettleNumbers: NumbersSettled,
    WithdrawEntry: Withdrawn,
}

_COMMON: tuple[type[Command], ...] = (Rename, CorrectFact, RetractFact)


def verbs(*commands: type[Command]) -> dict[str, type[Command]]:
    """The commands by their words."""
    return {command.verb: command for command in commands}


class Assembly(Entry):
    """Any deciding body on a date, and what became of its numbers."""

    created = AssemblyCreated
    commands = verbs(CreateAssembly, *_COMMON, Appoint, EndTerm, SettleNumbers)

    def start(self) -> None:
        super().start()
        self.date: Edtf | None = None
        self.kind = "assembly"
        self.quorum: str | None = None
        self.numbers: dict[str, str] = {}
        self.tabled: list[tuple[int, ReportTabled]] = []

    def table(self, command: TableReport, act: Act) -> None:
        """Records that a report was given to it. Raises `TablingRole`."""
        self.trigger(tabled(command, act), act)


class Body(Meets, Entry):
    """A committee, a service, a federation; it resolves to its chair, then its secretary."""

    created = BodyCreated
    commands = verbs(CreateBody, *_COMMON, Appoint, EndTerm, *OF_MEETINGS)

    def start(self) -> None:
        super().start()
        self.kind: str | None = None
        self.meetings: dict[int, BodyMeeting] = {}

    def handle(self, command: Command, act: Act) -> None:
        """Lets the body decide."""
        if isinstance(command, OF_MEETINGS):
            self._allow(act)
            self.trigger(self.meet(command, act), act)
        else:
            super().handle(command, act)


class Person(Reachable, Entry):
    """Someone of the directory."""

    created = PersonCreated
    commands = verbs(CreatePerson, *_COMMON, SetAddress, SetLanguage, SetNotices, BeAway, ComeBack)

    def handle_create(self, key: str, command: Create, act: Act) -> None:
        assert isinstance(command, CreatePerson)
        super().handle_create(key, replace(command, mail=fit_mail(command.mail)), act)

    def handle(self, command: Command, act: Act) -> None:
        """Lets the person decide."""
        if isinstance(command, SetAddress):
            command = replace(command, mail=fit_mail(command.mail))
        if not self.reach(command, act):
            super().handle(command, act)

    def start(self) -> None:
        super().start()
        self.mail: str | None = None
        self.gender: str | None = None
        self.lang: Lang | None = None
