"""The thread: its state, folded from its events, and what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from domain.amendments import CorrectFact, RetractFact, standing
from domain.attachments import FileAttached
from domain.base import Act, Command, Event, Recorded, said
from domain.case.case import given, shared_facts
from domain.case.rules import refuse_future, words
from domain.clocks import Clocked, Deadline, Rung
from domain.clocks.ladder import end_of, ladders_of
from domain.demarche import refusals
from domain.demarche.commands import SendDemarche
from domain.demarche.events import (
    OVERTAKEN,
    SILENT_KINDS,
    DemarcheEvent,
    DemarcheNoted,
    DemarcheSent,
    ThreadMoved,
)
from domain.demarche.meetings import Meeting
from domain.demarche.pauses import Pause
from domain.demarche.view import Addressee, DemarcheView
from domain.time import Calendar, earliest, latest
from domain.time.working import Legislature
from domain.values import NONE, Edtf, Owner
from workflows.library import library
from workflows.workflow import Choice, Refusal, Step, View, Workflow

E = TypeVar("E", bound=DemarcheEvent)


class Demarche(Clocked):
    """One thread to one office, for one or more cases. Its end never ends a case."""

    waits = frozenset({"answer", "reminder", "announced", "ours"})

    addressee: Addressee | None = None  # told by whoever loads it: the office on the day of the act

    def start(self) -> None:
        super().start()
        self.sent: DemarcheSent | None = None
        self.cases: list[UUID] = []
        self.office: UUID | None = None
        self.former_offices: list[UUID] = []
        self.legislature: Legislature | None = None
        self.holder: UUID | None = None  # at the last contact that says so
        self.owner: Owner | None = None
        self.state = "nothing"
        self.before = "nothing"
        self.attempts = self.reminders = NONE
        self.meetings: list[Meeting] = []
        self.answer: str | None = None
        self.reason: str | None = None
        self.redirected_to: UUID | None = None
        self.redirected_office: UUID | None = None
        self.redirections: list[UUID] = []  # threads that were sent here after this one began
        self.first_sent: Edtf | None = None
        self.last_contact: Edtf | None = None
        self.wait: tuple[str, date] | None = None  # what is waited for (a kind of deadline), and from which day on
        self.wait_until: Edtf | None = None
        self.silent_said = False
        self.pauses: list[Pause] = []
        self.notes: list[tuple[int, DemarcheNoted]] = []
        self.attachments: list[tuple[int, FileAttached]] = []

    @classmethod
    def send(
        cls, id: UUID, number: int, command: SendDemarche, act: Act, addressee: Addressee | None = None,
        mailing: UUID | None = None, redirected_from: UUID | None = None,
    ) -> Demarche:  # fmt: skip
        """A new thread with the office, the `number`-th of the store."""
        self = cls(id)
        self.start()
        workflow = library().latest("demarche")
        refuse_future(act.occurred, act)
        if addressee is None and command.kind not in SILENT_KINDS:
            raise refusals.OfficeNeeded()
        step = workflow.decide("send", View(), act.roles, given(command))
        self._refuse(step, workflow, act)
        expects = command.kind not in SILENT_KINDS if command.expects_reply is None else command.expects_reply
        facts = shared_facts(command, DemarcheSent) | {"expects_reply": expects}
        facts |= addressee._asdict() if addressee else {"office": None}
        self.trigger(DemarcheSent(
            workflow=workflow.name, state=workflow.initial, number=number, mailing=mailing,
            redirected_from=redirected_from, **facts, **told(act)), act)  # fmt: skip
        self.wind(act)
        return self

    @property
    def ref(self) -> str:
        """`demarche:12`."""
        return f"demarche:{self.sent.number}" if self.sent else str(self.id)

    @property
    def workflow(self) -> Workflow:
        """The rules it was begun under, for as long as it lives."""
        return library()[self.sent.workflow] if self.sent else library().latest("demarche")

    @property
    def final(self) -> bool:
        return self.sent is not None and self.workflow.is_final(self.state)

    @property
    def concluded(self) -> bool:
        return self.final

    @property
    def waits_upon(self) -> frozenset[UUID]:
        return frozenset({self.pause.upon}) if self.pause and self.pause.upon else frozenset()

    @property
    def expects_reply(self) -> bool:
        return self.sent is not None and self.sent.expects_reply

    @property
    def acted(self) -> bool:
        """Whether someone here vouches for it, by any act; what was told in bulk, or done by Suivi itself, is none."""
        return any(_vouched(recorded.event) for recorded in standing(self.history))

    @property
    def redirected_from(self) -> UUID | None:
        """The thread from which we were sent here, first of all."""
        first = self.sent.redirected_from if self.sent else None
        return first or next(iter(self.redirections), None)

    @property
    def meeting(self) -> Meeting | None:
        """The one that is ahead: fixed, else hoped for."""
        ahead = [meeting for meeting in self.meetings if meeting.state in ("fixed", "hoped")]
        return ahead[-1] if ahead else None

    @property
    def pause(self) -> Pause | None:
        """The one that lasts."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].over is None else None

    @property
    def paused(self) -> bool:
        return self.pause is not None

    @property
    def met(self) -> bool:
        return any(meeting.state == "held" for meeting in self.meetings)

    @property
    def whose_turn(self) -> str:
        """Who is to act: us, them, or nobody."""
        if self.final or not self.expects_reply or (self.state == "meeting_fixed" and not self.paused):
            return "nobody"
        return "us" if self.paused or (self.wait and self.wait[0] == "ours") else "them"

    @property
    def came_back(self) -> bool:
        """Whether anything came from the office but word that the letter arrived."""
        answered = self.answer not in (None, "acknowledges_only")
        return answered or any(meeting.state in ("fixed", "held") for meeting in self.meetings)

    @property
    def awaits(self) -> bool:
        """Whether an answer is still to come: it keeps a case from being wholly done."""
        return self.expects_reply and not self.final and not self.met

    @property
    def unanswered(self) -> bool:
        """It expects a reply, it is their turn, and nothing came back but an acknowledgement."""
        return self.whose_turn == "them" and not self.came_back

    @property
    def result(self) -> str | None:
        """What came of it so far, as the contract lists it."""
        if self.state in ("answered", "declined", "redirected"):
            return self.state
        if self.state == "closed" and self.reason == OVERTAKEN:
            return OVERTAKEN
        if self.met:
            return "met"
        if self.answer not in (None, "acknowledges_only"):
            return "answered"
        if self.meeting and self.meeting.state == "fixed":
            return "meeting_planned"
        return "no_answer" if self.silent_said or (self.state == "closed" and self.expects_reply) else None

    def settle(self, state: str) -> None:
        """Puts the thread into the state."""
        self.state = state
        if state != "meeting_fixed":
            self.before = state

    def contact(self, event: Event, at: Recorded, kind: str) -> None:
        """Someone was in touch: the office is waited for from that day on."""
        self.wait = kind, at.day()
        self.last_contact = event.occurred or self.last_contact

    def turn_ours(self, event: Event, at: Recorded) -> None:
        """The office was in touch, and it is for us to act from that day on."""
        self.wait = "ours", at.day()
        self.last_contact = event.occurred or self.last_contact

    def put_back(self, days: timedelta) -> None:
        """The wait began so much later: a pause is over."""
        if self.wait:
            self.wait = self.wait[0], self.wait[1] + days

    def deadlines(self) -> Iterator[Deadline]:
        """What is waited for now. Of a thread that was only loaded, nothing; nobody is chased during a pause, before a
        meeting that is fixed, nor before the date that the office gave."""
        yield from super().deadlines()
        if self.final or not self.acted:
            return
        if self.pause:
            if self.pause.until:
                yield Deadline("pause", "", self.pause.until)
        elif self.state == "meeting_fixed":
            if self.meeting and self.meeting.date:
                yield Deadline("meeting", "", self.meeting.date)
        elif self.expects_reply and self.wait:
            kind, since = self.wait
            if kind != "ours" and self.wait_until and end_of(self.wait_until):
                yield Deadline("announced", "", self.wait_until)
            else:
                yield Deadline(kind, "", since.isoformat())

    def ladders(self) -> Mapping[str, tuple[Rung, ...]]:
        return ladders_of(self.workflow)

    def calendar(self, kind: str, act: Act) -> Calendar:
        """While the office is awaited, the days on which its legislature does not sit are not counted."""
        theirs = kind in ("answer", "reminder", "announced")
        return act.calendar.in_session(self.legislature) if theirs else act.calendar

    def decide(self, command: Command, act: Act) -> Step:
        """What the workflow answers; a refusal is raised."""
        answer = self.workflow.decide(command.verb, DemarcheView(self, command), act.roles, given(command))
        self._refuse(answer, self.workflow, act)
        assert isinstance(answer, Step)
        return answer

    def choices(self, roles: Any) -> list[Choice]:
        """Every verb, as it now stands for these roles."""
        return list(self.workflow.possible(DemarcheView(self), roles))

    def record(self, event: type[E], command: Command, act: Act, **more: Any) -> None:
        """Records what was asked, with the state that it leads to where it moves the thread."""
        step = self.decide(command, act)
        self.refuse_too_early(act.occurred)
        facts = shared_facts(command, event) | told(act) | more
        if issubclass(event, ThreadMoved):
            facts["state"] = step.to
        if "holder" in event.__struct_fields__ and not facts.get("holder") and self.addressee:
            facts["holder"] = self.addressee.holder
        self.trigger(event(**facts), act)

    def refuse_too_early(self, occurred: Edtf | None) -> None:
        """Refuses what would have happened before the first letter, for certain."""
        day, first = latest(occurred) if occurred else None, earliest(self.first_sent) if self.first_sent else None
        if day and first and day < first and occurred:
            raise refusals.BeforeTheLetter(ref=self.ref, occurred=occurred, first=self.first_sent)

    def correct(self, command: CorrectFact, act: Act) -> None:
        self.decide(command, act)
        refuse_future(command.set.get("occurred"), act)
        super().correct(command, act)

    def retract(self, command: RetractFact, act: Act) -> None:
        """What moved the thread goes only if nothing that moved it later stands."""
        self.decide(command, act)
        if isinstance(self.retractable(command.event), ThreadMoved):
            for later in standing(self.history):
                if later.originator_version > command.event and isinstance(later.event, ThreadMoved):
                    raise refusals.ActFollowed(version=command.event, later=later.originator_version)
        super().retract(command, act)

    def _refuse(self, answer: Step | Refusal, workflow: Workflow, act: Act) -> None:
        if isinstance(answer, Refusal):
            raise words(self.ref, answer, workflow, act.roles)


def _vouched(event: Event) -> bool:
    told_in_bulk = event.source is not None or getattr(event, "loaded", False)
    return not (told_in_bulk or event.machine or event.role == "system")


def told(act: Act) -> dict[str, Any]:
    """The envelope facts that every event of a thread takes from its act."""
    return said(act) | {"loaded": act.loaded}
