"""What happened in a thread, and its effect. An event that moves the thread carries the state it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from domain.base import Event, Recorded
from domain.case.events import Audience
from domain.time.working import Legislature
from domain.values import (
    NONE,
    ONCE,
    AnyParty,
    CaseId,
    Count,
    DemarcheId,
    Edtf,
    FreeText,
    OfficeId,
    Owner,
    PersonId,
)

if TYPE_CHECKING:
    from domain.demarche.demarche import Demarche

Kind = Literal[
    "letter", "request", "meeting_request", "petition", "open_letter", "press_release", "congratulations"
]
Channel = Literal["post", "email", "phone", "in_person", "form"]
Answer = Literal[
    "accepts", "in_part", "in_principle", "refuses", "no_promise", "asks_precision", "acknowledges_only"
]

SILENT_KINDS = frozenset({"open_letter", "press_release", "congratulations"})
"""What is sent without an answer being expected."""

INCONCLUSIVE = frozenset({"asks_precision", "acknowledges_only"})
"""Answers after which the thread goes on."""

OVERTAKEN = "overtaken"
"""The reason of a closing that events brought about."""


class DemarcheEvent(Event, frozen=True, kw_only=True):
    """Something in a thread. `loaded`: told in bulk, of a past that nobody here vouches for yet; of a thread of which
    nothing else is known, no clock runs."""

    loaded: bool = False

    def apply(self, demarche: Demarche, at: Recorded) -> None:
        self.change(demarche, at)

    def change(self, demarche: Demarche, at: Recorded) -> None:
        """What it changes in the thread."""


class ThreadMoved(DemarcheEvent, frozen=True, kw_only=True):
    """`state`: the thread's, from then on."""

    fixed = frozenset({"state"})

    state: str

    def apply(self, demarche: Demarche, at: Recorded) -> None:
        super().apply(demarche, at)
        demarche.settle(self.state)


class DemarcheSent(ThreadMoved, frozen=True, kw_only=True):
    """A thread begins: an office was written to, or the other thread from which we were sent here was. `count`: how
    many letters or requests this tells of. `holder` held the office then, if that is known."""

    fixed = frozenset({"state", "workflow", "number", "cases", "office", "mailing", "redirected_from"})

    workflow: str
    number: int
    cases: tuple[CaseId, ...]
    kind: Kind = "letter"
    office: OfficeId | None = None
    legislature: Legislature | None = None
    holder: PersonId | None = None
    channel: Channel | None = None
    by: AnyParty | None = None
    behalf: AnyParty | None = None
    cosigners: Count | None = None
    subject: FreeText | None = None
    text: FreeText | None = None
    count: Count = ONCE
    expects_reply: bool = True
    owner: Owner | None = None
    mailing: UUID | None = None  # the same for the threads that one mailing opened
    redirected_from: DemarcheId | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.sent = self
        demarche.cases = list(self.cases)
        demarche.office, demarche.legislature, demarche.owner = self.office, self.legislature, self.owner
        demarche.holder = self.holder
        demarche.attempts = NONE if self.redirected_from else self.count
        demarche.contact(self, at, "answer")
        demarche.first_sent = None if self.redirected_from else self.occurred


class ReminderSent(DemarcheEvent, frozen=True, kw_only=True):
    """The office was reminded, `count` times."""

    channel: Channel | None = None
    count: Count = ONCE
    by: AnyParty | None = None
    text: FreeText | None = None
    holder: PersonId | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.reminders += self.count
        demarche.holder = self.holder or demarche.holder
        demarche.wait_until, demarche.silent_said = None, False
        demarche.contact(self, at, "reminder")


class DemarcheAcknowledged(ThreadMoved, frozen=True, kw_only=True):
    """The office says that the letter came, and perhaps by when it will answer: nobody chases it before."""

    wait_until: Edtf | None = None
    reason: FreeText | None = None
    text: FreeText | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.wait_until = self.wait_until or demarche.wait_until
        demarche.silent_said = False
        demarche.contact(self, at, "answer")


class DemarcheAnswered(ThreadMoved, frozen=True, kw_only=True):
    """The office answered; the officer says what the answer says."""

    answer: Answer
    text: FreeText | None = None
    holder: PersonId | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.answer, demarche.silent_said = self.answer, False
        demarche.wait_until = None
        if self.answer == "asks_precision":
            demarche.turn_ours(self, at)
        else:
            demarche.contact(self, at, "answer")


class DemarcheDeclined(ThreadMoved, frozen=True, kw_only=True):
    """What we asked for was declined, and why."""

    reason: FreeText
    holder: PersonId | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.reason = self.reason
        demarche.last_contact = self.occurred or demarche.last_contact


class DemarcheRedirected(ThreadMoved, frozen=True, kw_only=True):
    """We were sent to another office: the thread `to` goes on there."""

    fixed = frozenset({"state", "office", "to"})

    office: OfficeId
    to: DemarcheId
    reason: FreeText | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.redirected_to, demarche.redirected_office = self.to, self.office
        demarche.last_contact = self.occurred or demarche.last_contact


class RedirectionReceived(DemarcheEvent, frozen=True, kw_only=True):
    """Another office sent us here, where a thread was open already."""

    machine = True
    fixed = frozenset({"origin"})

    origin: DemarcheId

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.redirections.append(self.origin)


class SilenceAsserted(DemarcheEvent, frozen=True, kw_only=True):
    """Someone says that no answer came, up to then."""

    text: FreeText | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.silent_said = True


class DemarcheClosed(ThreadMoved, frozen=True, kw_only=True):
    """Nothing more is expected, and why: “overtaken” by events, or in words."""

    reason: FreeText

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.reason = self.reason


class DemarcheReopened(ThreadMoved, frozen=True, kw_only=True):
    """What was over goes on."""

    reason: FreeText

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.reason = demarche.answer = demarche.redirected_to = demarche.redirected_office = None
        demarche.wait = "answer", at.day()


class DemarcheAssigned(DemarcheEvent, frozen=True, kw_only=True):
    """Someone is to see to it."""

    owner: Owner

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.owner = self.owner


class DemarcheLinked(DemarcheEvent, frozen=True, kw_only=True):
    """It serves one more case."""

    fixed = frozenset({"to"})

    to: CaseId

    def change(self, demarche: Demarche, at: Recorded) -> None:
        if self.to not in demarche.cases:
            demarche.cases.append(self.to)


class DemarcheNoted(DemarcheEvent, frozen=True, kw_only=True):
    """Someone wrote something down, for the office of the organisation (internal) or for the assembly."""

    text: FreeText
    audience: Audience = "internal"

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.notes.append((at.originator_version, self))


class DemarcheTransferred(DemarcheEvent, frozen=True, kw_only=True):
    """Another office is now in charge of what was asked: the thread goes on there, its reminders with it."""

    machine = True
    fixed = frozenset({"office"})

    office: OfficeId
    legislature: Legislature | None = None
    holder: PersonId | None = None
    reason: FreeText | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        if demarche.office:
            demarche.former_offices.append(demarche.office)
        demarche.office, demarche.legislature, demarche.holder = self.office, self.legislature, self.holder
