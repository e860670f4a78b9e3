"""An office of an authority: a title that outlives whoever holds it, and that ends in other offices."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from msgspec.structs import replace

from domain.amendments import CorrectFact, RetractFact
from domain.base import Act, Command, Event, FactNeeded, need, said
from domain.directory.addresses import fit_lines, fit_mail
from domain.directory.commands import Create
from domain.directory.entries import Entry, TermUnknown, verbs
from domain.directory.events import Appointed, TermEnded
from domain.directory.office_commands import (
    AppointToOffice,
    CreateOffice,
    DissolveOffice,
    EndOfficeTerm,
    MergeOffice,
    MovePortfolio,
    RenameOffice,
    SetOfficeAddress,
    SplitOffice,
    TakeOver,
)
from domain.directory.office_events import (
    Address,
    OfficeAddressChanged,
    OfficeCreated,
    OfficeDissolved,
    OfficeMerged,
    OfficeRenamed,
    OfficeSplit,
    OfficeTookOver,
    PortfolioMoved,
)
from domain.directory.terms import HOLDERS, Term
from domain.errors import Refused
from domain.time import earliest, latest
from domain.time.working import Legislature
from domain.values import Edtf

C = TypeVar("C", bound=Command)


class OfficeSucceeded(Refused):
    """“{name}” is no more: it gave way to {heirs}. Act on what took its place. Nothing was recorded."""


class OfficeGone(Refused):
    """“{name}” is no more, and nothing took its place. Nothing was recorded."""


class OfficeItself(Refused):
    """An office cannot take its own place: name another one. Nothing was recorded."""


class SplitInOne(Refused):
    """A split leaves at least two offices, all different; into a single one, it is a merger. Nothing was recorded."""


class HeirUnnamed(Refused):
    """“to” names one of the offices that come of the split. Nothing was recorded."""


class Title(NamedTuple):
    """What an office was called from a day on, by a man or by anyone, and by a woman."""

    name: str
    feminine: str | None
    begun: date


class Office(Entry):
    """Its holders overlap, or nobody is known to hold it: the life of offices is not ours to judge."""

    created = OfficeCreated
    commands = verbs(
        CreateOffice, RenameOffice, CorrectFact, RetractFact, SetOfficeAddress, AppointToOffice, EndOfficeTerm,
        MergeOffice, SplitOffice, DissolveOffice, MovePortfolio,
    )  # fmt: skip

    def start(self) -> None:
        super().start()
        self.kind: str | None = None
        self.legislature: Legislature | None = None
        self.address: Address = ()
        self.mail: str | None = None
        self.phone: str | None = None
        self.titles: list[Title] = []
        self.closed: date | None = None  # the day by which it was no more; `ended`, as it was said
        self.ended: Edtf | None = None
        self.successors: tuple[UUID, ...] = ()

    heirs: tuple[str, ...] = ()
    """The successors by name, told by whoever loads it: an office knows their ids alone."""

    def entitle(self, name: str, feminine: str | None, begun: date) -> None:
        """It is called so from a day on."""
        self.titles.append(Title(name, feminine, begun))

    def title_on(self, day: date) -> Title:
        """What it was called on a day; before anything is known, what it was called first."""
        return next((title for title in reversed(self.titles) if title.begun <= day), self.titles[0])

    def holder_on(self, day: date) -> UUID | None:
        """Who spoke for it on a day, ad interim or not; null if nobody is known, or if it was no more."""
        term = self.term_on(day)
        return term.person if term else None

    def term_on(self, day: date) -> Term | None:
        """The term of whoever spoke for it on a day, an interim among them: of several, one that is certain, and the
        one that began last."""
        return self._last(day, HOLDERS)

    def chief_on(self, day: date) -> Term | None:
        """The term of the chief of staff on a day; its person may be null."""
        return self._last(day, ("chief-of-staff",))

    def may_have_held(self, person: UUID, when: Edtf) -> bool:
        """Whether the person may have spoken for it then: false only where their terms certainly leave it out."""
        first, last = earliest(when) or date.min, latest(when) or date.max
        return any(t.person == person and t.charge in HOLDERS and t.may_hold(first, last) for t in self.terms)

    def over_on(self, day: date) -> bool:
        """Whether it certainly was no more on a day."""
        return self.closed is not None and self.closed <= day

    def open_to(self) -> None:
        """Refuses what is no more, with what took its place."""
        if self.closed is not None:
            raise OfficeSucceeded(name=self.name, heirs=list(self.heirs)) if self.heirs else OfficeGone(name=self.name)

    def handle_create(self, key: str, command: Create, act: Act) -> None:
        super().handle_create(key, _fit(command), act)

    def handle(self, command: Command, act: Act) -> None:
        self._allow(act)
        if isinstance(command, CorrectFact | RetractFact):
            return super().handle(command, act)
        self.open_to()
        self.trigger(self._event(_fit(command), act), act)
        return None

    def _event(self, command: Command, act: Act) -> Event:
        facts = {f: getattr(command, f) for f in command.__struct_fields__} | said(act)
        match command:
            case RenameOffice():
                need(command, "name")
                return OfficeRenamed(**facts)
            case SetOfficeAddress():
                return OfficeAddressChanged(**facts)
            case AppointToOffice(person=person, charge=charge):
                if person is None and charge in HOLDERS:
                    raise FactNeeded(fact="person")
                return Appointed(**facts)
            case EndOfficeTerm(person=person, charge=charge):
                return TermEnded(**facts | {"person": self._holding(person, charge).person})
            case TakeOver():
                return OfficeTookOver(**facts)
            case _:
                return self._succession(command, facts)

    def _succession(self, command: Command, facts: dict[str, object]) -> Event:
        match command:
            case MergeOffice(into=into):
                self._other(into)
                return OfficeMerged(**facts)  # type: ignore[arg-type]  # the command's own facts
            case SplitOffice(into=into, to=to):
                self._other(*into)
                if len(set(into)) < max(2, len(into)):
                    raise SplitInOne()
                if to not in (None, *into):
                    raise HeirUnnamed()
                return OfficeSplit(**facts)  # type: ignore[arg-type]  # the same
            case DissolveOffice(successor=successor):
                self._other(successor)
                return OfficeDissolved(**facts)  # type: ignore[arg-type]  # the same
            case MovePortfolio(to=to):
                need(command, "what")
                self._other(to)
                return PortfolioMoved(**facts | {"threads": facts["threads"] or ()})  # type: ignore[arg-type]  # the same
            case _:
                raise NotImplementedError(type(command).__name__)

    def _other(self, *offices: UUID | None) -> None:
        if self.id in offices:
            raise OfficeItself()

    def _holding(self, person: UUID | None, charge: str) -> Term:
        """The term that ends: of that person, else of the last who took the charge."""
        for term in reversed(self.terms):
            if term.charge == charge and not term.over and person in (None, term.person):
                return term
        raise TermUnknown(role=charge)

    def _last(self, day: date, charges: tuple[str, ...]) -> Term | None:
        if self.over_on(day):
            return None
        found = [t for t in self.terms if t.charge in charges and t.may_hold(day, day)]
        return max(found, key=lambda t: (t.holds(day), t.begun, self.terms.index(t)), default=None)


def _fit(command: C) -> C:
    """The command with its addresses as they are kept. Raises `MailUnfit`."""
    match command:
        case CreateOffice(address=address, mail=mail):
            return replace(command, address=fit_lines(address), mail=fit_mail(mail))
        case SetOfficeAddress(address=address, mail=mail):
            lines = None if address is None else fit_lines(address)
            return replace(command, address=lines, mail=None if mail is None else fit_mail(mail) or "")
    return command
