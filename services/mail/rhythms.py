"""When someone is told: at once, in the mail of their day or week, or when they are back; never at night or on a day off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from domain.directory import WEEKDAYS, KindRhythm, Person
from domain.time import Calendar, instant_of

NEVER = datetime(9000, 1, 1, tzinfo=UTC)  # for what waits for a return of which no day is known
GATHERING = timedelta(minutes=15)  # that the mail of a day may wait for the steps of that morning

_DAY = timedelta(days=1)


def at_once(person: Person, now: datetime, calendar: Calendar) -> datetime:
    """The instant from which mail may reach them: during work, and not before their own hour of that day."""
    return calendar.reopening(max(now, _hour(person, calendar.today(now), calendar)))


def slot(person: Person, rhythm: KindRhythm, since: datetime, calendar: Calendar) -> datetime:
    """When the mail of their day, or week, first goes at `since` or later. On a day off, that of a week goes on the next
    working day."""
    first = calendar.today(since) - 2 * 7 * _DAY  # a week's, put off beyond holidays, may still be to come
    for n in count():
        day = first + n * _DAY
        if (fit := _day_of(person, rhythm, day, calendar)) is None:
            continue
        if (instant := calendar.reopening(_hour(person, fit, calendar))) >= since:
            return instant
    raise AssertionError("count() never ends")


def back(person: Person, calendar: Calendar) -> datetime:
    """When mail may reach them after their absence; `NEVER` where no last day is known."""
    if person.absence is None or person.absence.last is None:
        return NEVER
    return calendar.reopening(_hour(person, calendar.after(person.absence.last, 1), calendar))


def _day_of(person: Person, rhythm: KindRhythm, day: date, calendar: Calendar) -> date | None:
    """The day of the mail that `day` calls for, if it calls for one."""
    if rhythm == "weekly":
        return calendar.after(day, 0) if day.weekday() == WEEKDAYS.index(person.notices.weekday) else None
    return day if calendar.works(day) else None


def _hour(person: Person, day: date, calendar: Calendar) -> datetime:
    """Their own hour of a day, else the opening."""
    hour = person.notices.hour
    return calendar.opening(day) if hour is None else instant_of(day, hour, calendar.zone)
