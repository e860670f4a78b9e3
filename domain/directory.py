"""The directory: assemblies, bodies and persons, each a small stream. Events elsewhere hold ids; names live here."""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from uuid import UUID

from msgspec import Struct

from domain.base import Act, Aggregate, Command, CorrectFact, Event, Recorded, RetractFact, said
from domain.errors import Forbidden, Invalid, Refused
from domain.values import Edtf, FreeText, Mail, Name, PersonId

AssemblyKind = Literal["assembly", "congress", "council", "executive", "emergency"]
Fate = Literal["adopted", "defeated", "withdrawn", "referred", "not_reached", "unknown"]


class DirectoryRole(Forbidden):
    """The directory is kept by officers, the secretary and administrators; you have none of these roles."""


class TermUnknown(Refused):
    """{person} holds no “{role}” here that could end."""


class NothingGiven(Invalid):
    """Say what changes: a name, or another fact of this entry."""


class Created(Event, frozen=True, kw_only=True):
    """An entry of the directory begins. Undated, it holds from ever."""

    since_ever = True
    fixed = frozenset({"key"})

    key: str
    name: Name

    def apply(self, entry: Entry, at: Recorded) -> None:
        entry.key = self.key
        entry.name = self.name


class Renamed(Event, frozen=True, kw_only=True):
    """Another name from then on."""

    name: Name

    def apply(self, entry: Entry, at: Recorded) -> None:
        entry.name = self.name


class Term(Struct):
    """Who holds a charge in a body or at an assembly, over which time."""

    person: UUID
    charge: str
    since: Edtf | None = None
    until: Edtf | None = None
    over: bool = False


class Appointed(Event, frozen=True, kw_only=True):
    """Someone takes a charge: chair, secretary, member…"""

    person: PersonId
    charge: str

    def apply(self, entry: Entry, at: Recorded) -> None:
        entry.terms.append(Term(self.person, self.charge, since=self.occurred))


class TermEnded(Event, frozen=True, kw_only=True):
    """Someone leaves a charge. A term that this reading leaves out is passed over."""

    person: PersonId
    charge: str

    def apply(self, entry: Entry, at: Recorded) -> None:
        for term in entry.terms:
            if (term.person, term.charge) == (self.person, self.charge) and not term.over:
                term.until, term.over = self.occurred, True


class Withdrawn(Event, frozen=True, kw_only=True):
    """The import that entered it was taken back; its key is free again."""

    timeless = True

    def apply(self, entry: Entry, at: Recorded) -> None:
        entry.withdrawn = True


class AssemblyCreated(Created, frozen=True, kw_only=True):
    """A deciding body meets on a date."""

    date: Edtf | None = None
    kind: AssemblyKind = "assembly"
    quorum: FreeText | None = None
    numbers: dict[str, Fate] = {}

    def apply(self, entry: Entry, at: Recorded) -> None:
        super().apply(entry, at)
        assert isinstance(entry, Assembly)
        entry.date, entry.kind, entry.quorum = self.date, self.kind, self.quorum
        entry.numbers = dict(self.numbers)


class NumbersSettled(Event, frozen=True, kw_only=True):
    """What became of numbers that have no case here."""

    numbers: dict[str, Fate]

    def apply(self, entry: Assembly, at: Recorded) -> None:
        entry.numbers |= self.numbers


class BodyCreated(Created, frozen=True, kw_only=True):
    """A committee, a service, a federation."""

    kind: str | None = None

    def apply(self, entry: Entry, at: Recorded) -> None:
        super().apply(entry, at)
        assert isinstance(entry, Body)
        entry.kind = self.kind


class PersonCreated(Created, frozen=True, kw_only=True):
    """Someone who acts, follows, or holds a charge."""

    mail: Mail | None = None
    gender: Literal["f", "m"] | None = None

    def apply(self, entry: Entry, at: Recorded) -> None:
        super().apply(entry, at)
        assert isinstance(entry, Person)
        entry.mail, entry.gender = self.mail, self.gender


class AddressChanged(Event, frozen=True, kw_only=True):
    """Another address for mail from then on; null when there is none."""

    mail: Mail | None = None

    def apply(self, entry: Person, at: Recorded) -> None:
        entry.mail = self.mail


class Create(Command, frozen=True, kw_only=True):
    verb = "create"
    name: Name


class CreateAssembly(Create, frozen=True, kw_only=True):
    date: Edtf | None = None
    kind: AssemblyKind = "assembly"
    quorum: FreeText | None = None
    numbers: dict[str, Fate] = {}


class CreateBody(Create, frozen=True, kw_only=True):
    kind: str | None = None


class CreatePerson(Create, frozen=True, kw_only=True):
    mail: Mail | None = None
    gender: Literal["f", "m"] | None = None


class Rename(Command, frozen=True, kw_only=True):
    verb = "rename"
    name: Name


class Appoint(Command, frozen=True, kw_only=True):
    verb = "appoint"
    person: PersonId
    charge: str = "chair"


class EndTerm(Command, frozen=True, kw_only=True):
    verb = "end-term"
    person: PersonId
    charge: str = "chair"


class SetAddress(Command, frozen=True, kw_only=True):
    verb = "set-address"
    mail: Mail | None = None


class SettleNumbers(Command, frozen=True, kw_only=True):
    verb = "settle-numbers"
    numbers: dict[str, Fate]


class WithdrawEntry(Command, frozen=True, kw_only=True):
    """The undoing of the import that entered it, at `version`; no verb at the doors."""

    version: int


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
        facts = {f: getattr(command, f) for f in command.__struct_fields__}
        self.trigger(self.created(key=key, **facts, **said(act)), act)

    def handle(self, command: Command, act: Act) -> None:
        """Lets the entry decide."""
        self._allow(act)
        match command:
            case CorrectFact():
                self.correct(command, act)
            case RetractFact():
                self.retract(command, act)
            case EndTerm(person=person, charge=charge) if not self.held(person, charge):
                raise TermUnknown(person=str(person), role=charge)
            case _:
                facts = {f: getattr(command, f) for f in command.__struct_fields__ if f != "version"}
                self.trigger(EVENTS[type(command)](**facts, **said(act)), act)

    def held(self, person: UUID, charge: str) -> bool:
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
    SettleNumbers: NumbersSettled,
    WithdrawEntry: Withdrawn,
}

_COMMON: tuple[type[Command], ...] = (Rename, CorrectFact, RetractFact)


def _verbs(*commands: type[Command]) -> dict[str, type[Command]]:
    return {command.verb: command for command in commands}


class Assembly(Entry):
    """Any deciding body on a date, and what became of its numbers."""

    created = AssemblyCreated
    commands = _verbs(CreateAssembly, *_COMMON, Appoint, EndTerm, SettleNumbers)

    def start(self) -> None:
        super().start()
        self.date: Edtf | None = None
        self.kind = "assembly"
        self.quorum: str | None = None
        self.numbers: dict[str, str] = {}


class Body(Entry):
    """A committee, a service, a federation; it resolves to its chair, then its secretary."""

    created = BodyCreated
    commands = _verbs(CreateBody, *_COMMON, Appoint, EndTerm)

    def start(self) -> None:
        super().start()
        self.kind: str | None = None


class Person(Entry):
    """Someone of the directory."""

    created = PersonCreated
    commands = _verbs(CreatePerson, *_COMMON, SetAddress)

    def start(self) -> None:
        super().start()
        self.mail: str | None = None
        self.gender: str | None = None
