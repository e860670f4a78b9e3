"""When the steps of a ladder come: working days after the due day, at the hour at which work begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from domain.clocks.events import Clock, Ring, Rung
from domain.time import latest
from domain.time.working import Calendar


def first(clock: UUID, ladder: Sequence[Rung], day: date, calendar: Calendar) -> Ring:
    """The first step of a ladder towards `day`."""
    return _ring(clock, (1, 1), calendar, day, ladder[0].after)


def following(clock: Clock, ring: Ring, calendar: Calendar) -> Ring | None:
    """The step after `ring`; null at the end of the ladder."""
    rung = clock.ladder[ring.step - 1]
    if ring.repetition < rung.times:
        place = ring.step, ring.repetition + 1
    elif ring.step < len(clock.ladder):
        place = ring.step + 1, 1
    else:
        return None
    return _placed(clock, place, calendar)


def again(clock: Clock, ring: Ring, calendar: Calendar) -> Ring:
    """The same step, reckoned with another calendar."""
    return _placed(clock, (ring.step, ring.repetition), calendar)


def put_off(clock: Clock, ring: Ring, until: date, calendar: Calendar) -> Ring:
    """The same step, on that day or the next working one."""
    return _ring(clock.id, (ring.step, ring.repetition), calendar, until, 0)


def _placed(clock: Clock, place: tuple[int, int], calendar: Calendar) -> Ring:
    """From the due day, or from the day it was snoozed to: what comes later keeps its distance."""
    offset = _offset(clock.ladder, *place)
    if clock.until is None:
        return _ring(clock.id, place, calendar, last_day(clock.due), offset)
    until, snoozed = clock.until
    return _ring(clock.id, place, calendar, last_day(until), offset - _offset(clock.ladder, snoozed.step, snoozed.repetition))


def _offset(ladder: Sequence[Rung], step: int, repetition: int) -> int:
    """In working days after the due day."""
    rung = ladder[step - 1]
    return rung.after + (repetition - 1) * rung.every


def _ring(clock: UUID, place: tuple[int, int], calendar: Calendar, day: date, working_days: int) -> Ring:
    step, repetition = place
    at = calendar.opening(calendar.after(day, working_days))
    return Ring(step, repetition, at, uuid5(clock, f"{step}.{repetition}"))


def last_day(due: str) -> date:
    """The day that a due date, however imprecise, ends on. One that never ends has no clock."""
    day = latest(due)
    assert day
    return day
