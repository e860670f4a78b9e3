"""What comes back within a case: the turns of a task that has a rhythm or goes with meetings, and how often it was done.

A turn comes when its period begins, or when a meeting is announced: the sweep asks (`LetOccur`), the case decides. It is
known by its period, or by its meeting, whose date may change; asked twice, it came once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct

from domain.base import Act, Command, Event, Recorded
from domain.case.tasks import Task
from domain.conditions import at_once
from domain.errors import Refused
from domain.time import Edtf as Written
from domain.time import earliest, latest
from domain.time.occurrences import (
    Occurrence,
    RhythmUnreadable,
    due_at_meeting,
    next_after,
    occurrences,
    of_day,
    returns,
)
from domain.time.schedules.upon import same_meeting
from domain.values import ONCE, Count, Edtf, FreeText

if TYPE_CHECKING:
    from domain.case.case import Case

CATCH_UP = 100  # turns of a task that one asking lets come, after an outage
KEPT = 3  # meetings whose turn is still reminded of, the last ones


class OccurrenceUnknown(Refused):
    """Task {task} of {ref} has no turn “{occurrence}”. Say for which period or meeting it was done, one of these: {known}."""


class ReturnsNot(Refused):
    """Task {task} of {ref} does not come back: finish it without saying for which period."""


class Turn(Struct):
    """One turn: its `period` (EDTF; the date, for a meeting), its first day and the one by which it is to be done, how many
    times, and how many it was. `meeting`: of which body, and its number there."""

    period: Edtf
    begins: date
    due: date
    wanted: Count
    done: int = 0
    meeting: tuple[UUID, int] | None = None
    came: bool = False

    @property
    def met(self) -> bool:
        """Whether it was done as often as it is to be, at the least."""
        return self.done >= self.wanted.min

    @property
    def key(self) -> str:
        return "{}:{}".format(*self.meeting) if self.meeting else self.period


class TurnEvent(Event, frozen=True, kw_only=True):
    """Something about one turn of a task. One of a task that this reading leaves out is passed over."""

    fixed = frozenset({"task", "occurrence", "begins", "due", "wanted", "body", "meeting"})

    task: int
    occurrence: Edtf
    begins: date
    due: date
    wanted: Count = ONCE
    body: UUID | None = None
    meeting: int | None = None

    def turn(self, case: Case) -> Turn:
        """The turn that it is about, which may be new, or have another date now."""
        meeting = (self.body, self.meeting) if self.body and self.meeting else None
        new = Turn(self.occurrence, self.begins, self.due, self.wanted, meeting=meeting)
        turn = case.turns.setdefault(self.task, {}).setdefault(new.key, new)
        turn.period, turn.begins, turn.due = new.period, new.begins, new.due
        return turn


class OccurrenceCame(TurnEvent, frozen=True, kw_only=True):
    """Its period has begun, or the meeting that it goes with is announced, or has another date."""

    machine = True

    def apply(self, case: Case, at: Recorded) -> None:
        self.turn(case).came = True


class OccurrenceDropped(TurnEvent, frozen=True, kw_only=True):
    """The meeting that it went with is cancelled."""

    machine = True

    def apply(self, case: Case, at: Recorded) -> None:
        if not self.turn(case).done:
            case.turns[self.task].pop(self.turn(case).key)


class OccurrenceFinished(TurnEvent, frozen=True, kw_only=True):
    """It was done once more within its period, or for its meeting."""

    text: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        self.turn(case).done += 1


class MeetingOf(Struct, frozen=True):
    """A meeting as the cases hear of it: which, the names of its body, its date; `off` if it was cancelled."""

    body: UUID
    number: int
    names: tuple[str, ...]
    date: Edtf
    off: bool = False


class LetOccur(Command, frozen=True, kw_only=True):
    """That whatever has come by today comes, and what goes with these meetings; the sweep's, without a verb at the doors."""

    meetings: tuple[MeetingOf, ...] = ()


def let_occur(case: Case, command: LetOccur, act: Act) -> None:
    """Each turn that has come is recorded once; of a case that nobody vouches for, or that is over, none."""
    for task in list(turning(case)):
        for each in _come(case, task, act.today, act.calendar.year_begins):
            case.trigger(OccurrenceCame(**_facts(task, each), **at_once(act)), act)
        for meeting in command.meetings:
            _convene(case, task, meeting, act)


def turning(case: Case) -> Iterator[Task]:
    """The tasks that come back, or go with meetings, for as long as somebody is to see to them."""
    if case.withdrawn or not case.established or case.concluded:
        return
    yield from (task for task in case.tasks.values() if task.schedule and not task.done and comes_back(task))


def comes_back(task: Task) -> bool:
    """Whether it is done by turns."""
    return returns(task.schedule) or awaited(task) is not None


def awaited(task: Task) -> str | None:
    """The meetings that it goes with, in the words of the plan."""
    schedule = task.schedule
    return schedule.upon.what if schedule and schedule.kind == "per_meeting" and schedule.upon else None


def next_asked(case: Case, task: Task, today: date, year_begins: int) -> date | None:
    """The day on which the case is to be asked about a task again: today, if something has come already."""
    if not returns(task.schedule) or task.schedule is None:
        return None
    try:
        if next(_come(case, task, today, year_begins), None):
            return today
        coming = next_after(task.schedule, today, year_begins)
    except RhythmUnreadable:  # one that another program wrote: it never comes, and whoever finishes it is told
        return None
    return coming.begins if coming else None


def _come(case: Case, task: Task, today: date, year_begins: int) -> Iterator[Occurrence]:
    """What has come since the last turn that did; at first, what is not over today."""
    if task.schedule is None or not returns(task.schedule):
        return
    came = {turn.period: turn for turn in turns_of(case, task) if turn.came and turn.meeting is None}
    last = max(came.values(), key=_begins, default=None)
    first = last.due + timedelta(days=1) if last else today
    try:
        for each in occurrences(task.schedule, first, today, year_begins, CATCH_UP):
            if each.period not in came:
                yield each
    except RhythmUnreadable:
        return


def _begins(turn: Turn) -> date:
    return turn.begins


def _convene(case: Case, task: Task, meeting: MeetingOf, act: Act) -> None:
    """The turn of a meeting, wherever it now stands."""
    what = awaited(task)
    if what is None or task.schedule is None or not any(same_meeting(what, name) for name in meeting.names):
        return
    known = case.turns.get(task.number, {}).get(f"{meeting.body}:{meeting.number}")
    if meeting.off:
        if known and not known.done:
            case.trigger(OccurrenceDropped(**_of_turn(task, known), **at_once(act)), act)
        return
    due, begins = due_at_meeting(task.schedule, meeting.date), earliest(meeting.date)
    if due is None or begins is None or (known and known.period == meeting.date and known.due == due):
        return
    facts: dict[str, Any] = {"task": task.number, "occurrence": meeting.date, "begins": min(begins, due), "due": due,
             "body": meeting.body, "meeting": meeting.number}  # fmt: skip
    case.trigger(OccurrenceCame(**facts, **at_once(act)), act)


def _facts(task: Task, each: Occurrence) -> dict[str, Any]:
    return {"task": task.number, "occurrence": each.period, "begins": each.begins, "due": each.due, "wanted": each.wanted}


def _of_turn(task: Task, turn: Turn) -> dict[str, Any]:
    body, number = turn.meeting or (None, None)
    return {"task": task.number, "occurrence": turn.period, "begins": turn.begins, "due": turn.due, "wanted": turn.wanted,
            "body": body, "meeting": number}  # fmt: skip


def finished(case: Case, task: Task, said: str | None, act: Act) -> dict[str, Any]:
    """The facts of the turn for which a task was done: the one that is said, else the one of the day of the act, else the
    last that came. Raises OccurrenceUnknown, RhythmUnreadable."""
    turns = sorted(turns_of(case, task), key=_begins)
    if said is not None and (same := [turn for turn in turns if turn.period == said]):
        return _of_turn(task, same[0])
    schedule, years = task.schedule, act.calendar.year_begins
    if schedule and returns(schedule):
        day = act.day if said is None else earliest(said) if earliest(said) == latest(said) else None
        found = _period(task, said, years) if said else None
        found = found or (of_day(schedule, day, years) if day else None)
        if found:
            return _facts(task, found)
    open_ones = [turn for turn in turns if not turn.met] or turns
    if said is None and open_ones and (returns(schedule) or len(open_ones) == 1):
        return _of_turn(task, open_ones[-1])
    known = [Written(turn.period) for turn in turns]
    raise OccurrenceUnknown(ref=case.ref, task=task.number, occurrence=Written(said) if said else "", known=known)


def _period(task: Task, said: str, year_begins: int) -> Occurrence | None:
    """The turn of that very period, which may not have come, or have come before anyone followed it here."""
    first, last = earliest(said), latest(said)
    if task.schedule is None or first is None or last is None:
        return None
    return next((each for each in occurrences(task.schedule, first, last, year_begins) if each.period == said), None)


def turns_of(case: Case, task: Task) -> list[Turn]:
    """Those that came or were done, in the order in which they did."""
    return list(case.turns.get(task.number, {}).values())


def due_turns(case: Case, task: Task) -> Iterator[Turn]:
    """The turns that someone is reminded of: the last that came of a rhythm; of meetings, the last ones that are not met."""
    came = sorted((turn for turn in turns_of(case, task) if turn.came), key=_begins)
    rhythm = [turn for turn in came if turn.meeting is None][-1:]
    meetings = [turn for turn in came if turn.meeting and not turn.met][-KEPT:]
    yield from (turn for turn in (*rhythm, *meetings) if not turn.met)
