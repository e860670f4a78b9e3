"""What happened to an office of an authority, and its effect."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from domain.base import Event, Recorded
from domain.directory.events import Created
from domain.directory.terms import certain
from domain.time.working import Legislature
from domain.values import DemarcheId, FreeText, Mail, Name, OfficeId

OfficeCharge = Literal["holder", "interim", "chief-of-staff"]
Address = tuple[FreeText, ...]


class OfficeCreated(Created, frozen=True, kw_only=True):
    """An office: « ministre de l’Immigration », whoever holds it. `feminine` is the title of a woman who holds it, where
    it differs (« présidente du Conseil du trésor »); `address` has one text a line."""

    kind: str | None = None
    legislature: Legislature | None = None
    feminine: Name | None = None
    address: Address = ()
    mail: Mail | None = None
    phone: FreeText | None = None

    def apply(self, office: Any, at: Recorded) -> None:
        super().apply(office, at)
        office.kind, office.legislature = self.kind, self.legislature
        office.address, office.mail, office.phone = self.address, self.mail, self.phone
        office.entitle(self.name, self.feminine, at.day())


class OfficeRenamed(Event, frozen=True, kw_only=True):
    """Another title from then on, in both genders."""

    name: Name
    feminine: Name | None = None

    def apply(self, office: Any, at: Recorded) -> None:
        office.name = self.name
        office.entitle(self.name, self.feminine, certain(self.occurred, at.limit()))


class OfficeAddressChanged(Event, frozen=True, kw_only=True):
    """It is written to elsewhere from then on. Null stays as it was; an empty text, or no line, is none any more."""

    address: Address | None = None
    mail: Mail | None = None
    phone: FreeText | None = None

    def apply(self, office: Any, at: Recorded) -> None:
        for fact in ("address", "mail", "phone"):
            if (value := getattr(self, fact)) is not None:
                setattr(office, fact, value or ((), None)[fact != "address"])


class OfficeClosed(Event, frozen=True, kw_only=True):
    """The office is no more, and the terms of those who held it are over. Others know who its heirs are: that is not
    corrected but taken back, and recorded again."""

    @property
    def heirs(self) -> tuple[UUID, ...]:
        """Who takes its place, whoever takes its open threads first."""
        raise NotImplementedError

    def apply(self, office: Any, at: Recorded) -> None:
        office.ended = self.occurred
        office.closed, office.successors = certain(self.occurred, at.limit()), self.heirs
        for term in office.terms:
            if not term.over:
                term.end(self.occurred, at.limit())


class OfficeMerged(OfficeClosed, frozen=True, kw_only=True):
    """It goes into another one, whole."""

    fixed = frozenset({"into"})

    into: OfficeId
    reason: FreeText | None = None

    @property
    def heirs(self) -> tuple[UUID, ...]:
        return (self.into,)


class OfficeSplit(OfficeClosed, frozen=True, kw_only=True):
    """It goes into several others; its open threads go `to` one of them."""

    fixed = frozenset({"into", "to"})

    into: tuple[OfficeId, ...]
    to: OfficeId | None = None
    reason: FreeText | None = None

    @property
    def heirs(self) -> tuple[UUID, ...]:
        return tuple(sorted(self.into, key=lambda heir: heir != self.to))


class OfficeDissolved(OfficeClosed, frozen=True, kw_only=True):
    """It is no more; its `successor`, if there is one, takes its open threads."""

    fixed = frozenset({"successor"})

    successor: OfficeId | None = None
    reason: FreeText | None = None

    @property
    def heirs(self) -> tuple[UUID, ...]:
        return (self.successor,) if self.successor else ()


class PortfolioMoved(Event, frozen=True, kw_only=True):
    """What it saw to is now another’s, with these of its open threads."""

    fixed = frozenset({"to", "threads"})

    to: OfficeId
    what: FreeText
    threads: tuple[DemarcheId, ...] = ()

    def apply(self, office: Any, at: Recorded) -> None:
        """It stays what it is."""


class OfficeTookOver(Event, frozen=True, kw_only=True):
    """It takes the place of another office, or `what` the other saw to. Stored with what the other says, so that two
    offices never succeed each other by two acts at once."""

    fixed = frozenset({"office", "what"})

    office: OfficeId
    what: FreeText | None = None

    def apply(self, office: Any, at: Recorded) -> None:
        """It stays what it is."""
