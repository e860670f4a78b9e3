"""What someone asks of an office."""

from __future__ import annotations

from domain.base import Command
from domain.directory.commands import Create, Rename
from domain.directory.office_events import Address, OfficeCharge
from domain.time.working import Legislature
from domain.values import DemarcheId, FreeText, Mail, Name, OfficeId, PersonId


class CreateOffice(Create, frozen=True, kw_only=True):
    kind: str | None = None
    legislature: Legislature | None = None
    feminine: Name | None = None
    address: Address = ()
    mail: Mail | None = None
    phone: FreeText | None = None


class RenameOffice(Rename, frozen=True, kw_only=True):
    feminine: Name | None = None


class SetOfficeAddress(Command, frozen=True, kw_only=True):
    """What is left out stays; an empty text is none any more."""

    verb = "set-address"
    address: Address | None = None
    mail: Mail | None = None
    phone: FreeText | None = None


class AppointToOffice(Command, frozen=True, kw_only=True):
    verb = "appoint"
    person: PersonId | None = None
    charge: OfficeCharge = "holder"


class EndOfficeTerm(Command, frozen=True, kw_only=True):
    """Of whoever holds the charge, if no person is said."""

    verb = "end-term"
    person: PersonId | None = None
    charge: OfficeCharge = "holder"


class MergeOffice(Command, frozen=True, kw_only=True):
    verb = "merge"
    into: OfficeId
    reason: FreeText | None = None


class SplitOffice(Command, frozen=True, kw_only=True):
    """`to`: which of them takes the open threads."""

    verb = "split"
    into: tuple[OfficeId, ...]
    to: OfficeId | None = None
    reason: FreeText | None = None


class DissolveOffice(Command, frozen=True, kw_only=True):
    verb = "dissolve"
    successor: OfficeId | None = None
    reason: FreeText | None = None


class MovePortfolio(Command, frozen=True, kw_only=True):
    """`threads`: which of the open ones go along; all of them unless said."""

    verb = "move-portfolio"
    to: OfficeId
    what: FreeText
    threads: tuple[DemarcheId, ...] | None = None


class TakeOver(Command, frozen=True, kw_only=True):
    """The other side of a succession; no verb at the doors."""

    office: OfficeId
    what: FreeText | None = None
