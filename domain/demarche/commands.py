"""What someone asks of a thread. A field without a default is a mandatory fact."""

from __future__ import annotations

from uuid import UUID

from domain.amendments import CorrectFact, RetractFact
from domain.attachments import AttachFile
from domain.base import Command
from domain.case.events import Audience
from domain.clocks.commands import AcknowledgeStep, RemindMe, SnoozeClock
from domain.demarche.events import Answer, Channel, Kind
from domain.demarche.meetings import Met
from domain.values import (
    ONCE,
    AnyParty,
    Awaitable,
    CaseId,
    Count,
    DemarcheId,
    Edtf,
    FreeText,
    OfficeId,
    Owner,
    PersonId,
)


class SendDemarche(Command, frozen=True, kw_only=True):
    """Several offices are several threads of one mailing. Without `expects_reply`, its kind says whether one is
    expected; without `owner`, whoever follows the first case up sees to it. Here and below, without `holder` the
    directory says who held the office on that day."""

    verb = "send"
    cases: tuple[CaseId, ...]
    kind: Kind = "letter"
    office: tuple[OfficeId, ...] = ()
    channel: Channel | None = None
    by: AnyParty | None = None
    behalf: AnyParty | None = None
    cosigners: Count | None = None
    subject: FreeText | None = None
    text: FreeText | None = None
    count: Count = ONCE
    expects_reply: bool | None = None
    owner: Owner | None = None
    holder: PersonId | None = None


class RemindOffice(Command, frozen=True, kw_only=True):
    verb = "remind"
    channel: Channel | None = None
    count: Count = ONCE
    by: AnyParty | None = None
    text: FreeText | None = None
    holder: PersonId | None = None


class AcknowledgeDemarche(Command, frozen=True, kw_only=True):
    verb = "acknowledge"
    wait_until: Edtf | None = None
    reason: FreeText | None = None
    text: FreeText | None = None


class FixMeeting(Command, frozen=True, kw_only=True):
    verb = "fix-meeting"
    date: Edtf | None = None
    place: FreeText | None = None
    confirmed: bool = True


class MoveMeeting(Command, frozen=True, kw_only=True):
    verb = "move-meeting"
    date: Edtf
    place: FreeText | None = None
    reason: FreeText | None = None


class CancelMeeting(Command, frozen=True, kw_only=True):
    verb = "cancel-meeting"
    reason: FreeText


class HoldMeeting(Command, frozen=True, kw_only=True):
    verb = "hold-meeting"
    met: Met
    holder: PersonId | None = None
    delegation: dict[str, FreeText] = {}
    place: FreeText | None = None
    text: FreeText | None = None


class AnswerDemarche(Command, frozen=True, kw_only=True):
    verb = "answer"
    answer: Answer
    text: FreeText | None = None
    holder: PersonId | None = None


class DeclineDemarche(Command, frozen=True, kw_only=True):
    verb = "decline"
    reason: FreeText
    holder: PersonId | None = None


class RedirectDemarche(Command, frozen=True, kw_only=True):
    """`to`: the thread that goes on; without it, the open one to that office for a same case, else a new one."""

    verb = "redirect"
    office: OfficeId
    to: DemarcheId | None = None
    reason: FreeText | None = None


class SaySilent(Command, frozen=True, kw_only=True):
    verb = "say-silent"
    text: FreeText | None = None


class CloseDemarche(Command, frozen=True, kw_only=True):
    verb = "close"
    reason: FreeText


class ReopenDemarche(Command, frozen=True, kw_only=True):
    verb = "reopen"
    reason: FreeText


class PauseDemarche(Command, frozen=True, kw_only=True):
    verb = "pause"
    reason: FreeText
    until: Edtf | None = None
    upon: Awaitable | None = None


class ResumeDemarche(Command, frozen=True, kw_only=True):
    verb = "resume"
    reason: FreeText | None = None


class AssignDemarche(Command, frozen=True, kw_only=True):
    verb = "assign"
    owner: Owner


class LinkDemarche(Command, frozen=True, kw_only=True):
    verb = "link"
    to: CaseId


class NoteDemarche(Command, frozen=True, kw_only=True):
    verb = "note"
    text: FreeText
    audience: Audience = "internal"


class FollowOffice(Command, frozen=True, kw_only=True):
    """That another office took what was asked over; said with what happened to the offices, no verb at the doors."""

    office: OfficeId
    reason: FreeText | None = None


class ReceiveRedirection(Command, frozen=True, kw_only=True):
    """That another thread was sent here; said with it, no verb at the doors."""

    origin: UUID


COMMANDS: dict[str, type[Command]] = {
    command.verb: command
    for command in (
        SendDemarche, RemindOffice, AcknowledgeDemarche, FixMeeting, MoveMeeting, CancelMeeting, HoldMeeting,
        AnswerDemarche, DeclineDemarche, RedirectDemarche, SaySilent, CloseDemarche, ReopenDemarche, PauseDemarche,
        ResumeDemarche, AssignDemarche, LinkDemarche, NoteDemarche, CorrectFact, RetractFact, AcknowledgeStep,
        SnoozeClock, RemindMe, AttachFile,
    )
}  # fmt: skip
