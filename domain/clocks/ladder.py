"""When the steps of a ladder come: working days after the due day, at the hour at which work begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID, uuid5

from domain.clocks.events import Clock, Ring, Rung
from domain.time import latest
from domain.time.working import Calendar
from workflows.workflow import Workflow

HORIZON = date(9000, 1, 1)  # from then on, a long ladder would leave the calendar

Place = tuple[int, int]  # step and repetition, both from 1


def end_of(due: str) -> date | None:
    """The day that a date, however imprecise, ends on; null if it never ends, and no clock can run towards it."""
    day = latest(due)
    return day if day and day < HORIZON else None


def last_day(due: str) -> date:
    """The same, of a date that a clock runs towards."""
    day = end_of(due)
    assert day
    return day


def first(clock: UUID, ladder: Sequence[Rung], day: date, calendar: Calendar) -> Ring:
    """The first step of a ladder towards `day`."""
    return _ring(clock, (1, 1), calendar.after(day, ladder[0].after), calendar)


def first_to_come(clock: Clock, calendar: Calendar, now: datetime) -> Ring | None:
    """The first step that is not behind: what was waited for long before anyone told of it is not rung for again."""
    ring = clock.ring
    while ring and ring.at < now:
        ring = following(clock, ring, calendar)
    return ring


def following(clock: Clock, ring: Ring, calendar: Calendar) -> Ring | None:
    """The step after `ring`; null at the end of the ladder."""
    if ring.repetition < clock.ladder[ring.step - 1].times:
        return _placed(clock, (ring.step, ring.repetition + 1), ring.at, calendar)
    if ring.step < len(clock.ladder):
        return _placed(clock, (ring.step + 1, 1), ring.at, calendar)
    return None


def again(clock: Clock, ring: Ring, calendar: Calendar) -> Ring:
    """The same step, reckoned with another calendar."""
    return _placed(clock, (ring.step, ring.repetition), clock.rung, calendar)


def put_off(clock: Clock, until: date, calendar: Calendar) -> Ring | None:
    """The step to come, on that day or the next working one; null if none is left, or if it comes later by itself."""
    if clock.ring is None:
        return None
    ring = _ring(clock.id, (clock.ring.step, clock.ring.repetition), calendar.after(until, 0), calendar)
    return None if clock.next and clock.next.at >= ring.at else ring


def _placed(clock: Clock, place: Place, last: datetime | None, calendar: Calendar) -> Ring:
    """From the due day, or from the day it was snoozed to: what comes later keeps its distance. In any case on a later
    day than the `last` step, whatever weekends and changed calendars make of the distance."""
    start, already = clock.due, 0
    if clock.until:
        start, snoozed = clock.until
        already = _offset(clock.ladder, (snoozed.step, snoozed.repetition))
    day = calendar.after(last_day(start), _offset(clock.ladder, place) - already)
    if last:
        day = max(day, calendar.after(calendar.today(last), 1))
    return _ring(clock.id, place, day, calendar)


def _offset(ladder: Sequence[Rung], place: Place) -> int:
    """In working days after the due day."""
    step, repetition = place
    rung = ladder[step - 1]
    return rung.after + (repetition - 1) * rung.every


def _ring(clock: UUID, place: Place, day: date, calendar: Calendar) -> Ring:
    step, repetition = place
    return Ring(step, repetition, calendar.opening(day), uuid5(clock, f"{step}.{repetition}"))


@cache
def ladders_of(workflow: Workflow) -> Mapping[str, tuple[Rung, ...]]:
    """Kind of deadline -> its ladder, as it is pinned when a clock starts."""
    definition = workflow.definition
    ladders = {
        name: tuple(
            Rung(s.after, s.tell, *((s.repeat.every, s.repeat.times) if s.repeat else (0, 1)), s.draft or "")
            for s in steps
        )
        for name, steps in definition.ladders.items()
    }
    return {kind: ladders[name] for kind, name in definition.clocks.items()}
