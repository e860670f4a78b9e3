"""What someone asks of a case. A field without a default is a mandatory fact."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from domain.amendments import CorrectFact, RetractFact
from domain.attachments import AttachFile
from domain.base import Command
from domain.case.bundles import MergeCase, SplitCase
from domain.case.events import Audience, Completion, Stage, Visibility
from domain.case.migration import MigrateCase
from domain.clocks.commands import AcknowledgeStep, RemindMe, SnoozeClock
from domain.figures import Bound
from domain.time.schedules import Schedule
from domain.values import (
    AnyParty,
    AssemblyId,
    Awaitable,
    BodyId,
    CaseId,
    DemarcheId,
    Edtf,
    FreeText,
    Limb,
    Owner,
    PersonId,
    Proposal,
)

State = str


class CaseCommand(Command, frozen=True, kw_only=True):
    """`part` is a part's label or one of its numbers; without it, the verb acts on every part that allows it."""

    part: str | None = None


class AdoptCase(CaseCommand, frozen=True, kw_only=True):
    verb = "adopt"
    assembly: AssemblyId
    numbers: tuple[str, ...]
    titles: dict[str, FreeText]
    parts: tuple[Limb, ...] = ()
    kind: str = "resolution"
    text: FreeText | None = None
    submitted_by: AnyParty | None = None
    mover: AnyParty | None = None
    seconder: AnyParty | None = None
    adopted_on: Edtf | None = None
    vote: FreeText | None = None
    minutes_ref: FreeText | None = None
    origin: CaseId | None = None
    standing: bool | None = None
    cadence: Schedule | None = None


class RewordCase(CaseCommand, frozen=True, kw_only=True):
    verb = "reword"
    text: FreeText
    stage: Stage = "adopted"
    reason: FreeText | None = None


class ConfirmCase(CaseCommand, frozen=True, kw_only=True):
    verb = "confirm"
    state: State | None = None
    completion: Completion | None = None
    reason: FreeText | None = None


class ReferCase(CaseCommand, frozen=True, kw_only=True):
    verb = "refer"
    body: BodyId
    mandate: FreeText | None = None
    due: Edtf | None = None


class ReportBack(CaseCommand, frozen=True, kw_only=True):
    verb = "report-back"
    body: BodyId
    text: FreeText | None = None


class StartCase(CaseCommand, frozen=True, kw_only=True):
    verb = "start"


class PostponeCase(CaseCommand, frozen=True, kw_only=True):
    verb = "postpone"
    until: Edtf
    reason: FreeText


class BlockCase(CaseCommand, frozen=True, kw_only=True):
    verb = "block"
    on: AnyParty
    reason: FreeText
    since: Edtf | None = None
    condition: FreeText | None = None


class ResumeCase(CaseCommand, frozen=True, kw_only=True):
    verb = "resume"
    reason: FreeText | None = None


class CompleteCase(CaseCommand, frozen=True, kw_only=True):
    verb = "complete"
    completion: Completion
    residuals: tuple[FreeText, ...] = ()
    review: Edtf | None = None


class CloseCaseUndone(CaseCommand, frozen=True, kw_only=True):
    verb = "close-undone"
    reason: FreeText


class CarryOverCase(CaseCommand, frozen=True, kw_only=True):
    verb = "carry-over"
    to: CaseId
    reason: FreeText | None = None
    residual: FreeText | None = None


class SupersedeCase(CaseCommand, frozen=True, kw_only=True):
    verb = "supersede"
    by: CaseId


class ReopenCase(CaseCommand, frozen=True, kw_only=True):
    verb = "reopen"
    reason: FreeText


class MoveCase(CaseCommand, frozen=True, kw_only=True):
    """A move of the organisation's own, under the `name` that its definition gives it."""

    verb = "move"
    name: str
    reason: FreeText | None = None
    text: FreeText | None = None
    body: BodyId | None = None
    until: Edtf | None = None


class NoteCase(CaseCommand, frozen=True, kw_only=True):
    verb = "note"
    text: FreeText
    audience: Audience = "internal"


class ApproveReport(CaseCommand, frozen=True, kw_only=True):
    """`assembly`: the one that the report will be tabled to; without it, whichever comes."""

    verb = "approve-report"
    text: FreeText
    assembly: AssemblyId | None = None


class AssignCase(CaseCommand, frozen=True, kw_only=True):
    verb = "assign"
    owner: Owner


class SetDue(CaseCommand, frozen=True, kw_only=True):
    """By when, or with `cadence` that it goes on and is reviewed in that rhythm."""

    verb = "set-due"
    due: Edtf | None = None
    standing: bool | None = None
    cadence: Schedule | None = None


class AwaitParty(CaseCommand, frozen=True, kw_only=True):
    verb = "wait"
    on: AnyParty
    since: Edtf | None = None
    condition: FreeText | None = None


class LinkCase(CaseCommand, frozen=True, kw_only=True):
    verb = "link"
    to: CaseId
    kind: str


class AddTask(CaseCommand, frozen=True, kw_only=True):
    """It is due on a date, or `within` so many working days (10 unless said) once `upon`, a case or a thread, has ended."""

    verb = "add-task"
    text: FreeText
    owner: Owner | None = None
    due: Edtf | None = None
    upon: Awaitable | None = None
    within: int | None = None


class FinishTask(CaseCommand, frozen=True, kw_only=True):
    """Of a task that comes back: done once more, for the period or the meeting of `occurrence`, else for that of the day;
    `whole`: it is over, and comes back no more."""

    verb = "finish-task"
    task: int
    occurrence: Edtf | None = None
    whole: bool = False


class RewordTask(CaseCommand, frozen=True, kw_only=True):
    """Without `schedule`, it stays when it was to be done."""

    verb = "reword-task"
    task: int
    text: FreeText
    schedule: Schedule | None = None
    reason: FreeText | None = None


class DropTask(CaseCommand, frozen=True, kw_only=True):
    verb = "drop-task"
    task: int
    reason: FreeText | None = None


class SetTarget(CaseCommand, frozen=True, kw_only=True):
    """`words`: the target as written; `per`: in each period of a rhythm (RFC 5545), else in all."""

    verb = "set-target"
    measures: FreeText
    words: FreeText
    value: Decimal | None = None
    bound: Bound = "at_least"
    unit: FreeText | None = None
    per: str | None = None


class RestrictCase(CaseCommand, frozen=True, kw_only=True):
    verb = "restrict"
    visibility: Visibility
    people: tuple[PersonId, ...] = ()


class SubscribeCase(CaseCommand, frozen=True, kw_only=True):
    """Without `person`, whoever asks."""

    verb = "subscribe"
    person: PersonId | None = None


class UnsubscribeCase(CaseCommand, frozen=True, kw_only=True):
    verb = "unsubscribe"
    person: PersonId | None = None


class OpenThread(CaseCommand, frozen=True, kw_only=True):
    """That a thread serves it: said with the opening of the thread; no verb at the doors."""

    demarche: DemarcheId


class ProposeState(CaseCommand, frozen=True, kw_only=True):
    """An import's, never a person's: it has no verb at the doors."""

    proposals: tuple[Proposal, ...]


class WithdrawCase(CaseCommand, frozen=True, kw_only=True):
    """The undoing of the import that created it, at `version`, or of its place in a plan; no verb at the doors."""

    version: int
    cause: Literal["import", "plan"] = "import"


COMMANDS: dict[str, type[Command]] = {
    command.verb: command
    for command in (
        AdoptCase, RewordCase, ConfirmCase, ReferCase, ReportBack, StartCase, PostponeCase, BlockCase, ResumeCase, AttachFile,
        CompleteCase, CloseCaseUndone, CarryOverCase, SupersedeCase, ReopenCase, SplitCase, MergeCase, MigrateCase, MoveCase,
        NoteCase, ApproveReport, AssignCase, SetDue, AwaitParty, LinkCase, AddTask, FinishTask, RewordTask, DropTask, SetTarget,
        CorrectFact, RetractFact, RestrictCase, SubscribeCase, UnsubscribeCase, AcknowledgeStep, SnoozeClock, RemindMe,
    )
}  # fmt: skip
