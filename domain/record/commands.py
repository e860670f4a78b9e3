"""What someone asks of a record. A field without a default is a mandatory fact."""

from __future__ import annotations

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.figures import Figure
from domain.record.events import Form, Kind, Relation
from domain.values import AnyParty, Awaitable, CaseId, Count, Edtf, FreeText, OfficeId


class CreateRecord(Command, frozen=True, kw_only=True):
    verb = "create"
    kind: Kind
    title: FreeText
    date: Edtf | None = None
    place: FreeText | None = None
    form: Form | None = None
    addressees: tuple[AnyParty, ...] = ()
    parties: tuple[AnyParty, ...] = ()
    cosigners: Count | None = None
    relation: Relation | None = None
    figures: tuple[Figure, ...] = ()
    published: FreeText | None = None
    text: FreeText | None = None


class RewordRecord(Command, frozen=True, kw_only=True):
    """What is left out stays as it was."""

    verb = "reword"
    title: FreeText | None = None
    date: Edtf | None = None
    place: FreeText | None = None
    form: Form | None = None
    addressees: tuple[AnyParty, ...] | None = None
    parties: tuple[AnyParty, ...] | None = None
    cosigners: Count | None = None
    relation: Relation | None = None
    figures: tuple[Figure, ...] | None = None
    published: FreeText | None = None
    text: FreeText | None = None


class LinkRecord(Command, frozen=True, kw_only=True):
    verb = "link"
    to: Awaitable


class OpenThread(Command, frozen=True, kw_only=True):
    """A letter that a report tells of becomes a thread with each office, for the cases that it serves."""

    verb = "send"
    cases: tuple[CaseId, ...]
    office: tuple[OfficeId, ...]


class WithdrawRecord(Command, frozen=True, kw_only=True):
    verb = "withdraw"
    reason: FreeText


COMMANDS: dict[str, type[Command]] = {
    kind.verb: kind
    for kind in (CreateRecord, RewordRecord, LinkRecord, OpenThread, WithdrawRecord, CorrectFact, RetractFact)
}
