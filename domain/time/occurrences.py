"""When what comes back does: of a schedule, the periods that have come and the day by which each is to be done.

A rhythm is one of RFC 5545, read by python-dateutil; a day that a month does not have is its last one, as SKIP=BACKWARD of
RFC 7529 has it. Periods are found by counting from the day asked about: nothing here grows with how long it has gone on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import rrulestr

from domain.errors import Invalid
from domain.time.elements import later
from domain.time.notation import earliest, latest
from domain.time.schedules.offsets import away
from domain.time.schedules.recurrence import FREQUENCIES, MONTHS_OF_SEASON, Rhythm
from domain.time.schedules.values import Schedule
from domain.time.seasons import seasons_in_use
from domain.time.working import span
from domain.values import ONCE, Count

MOST = 10_000
"""Occurrences that one question can have."""

_UNITS = {"DAILY": "jour", "WEEKLY": "semaine", "MONTHLY": "mois", "YEARLY": "an"}
_DAY = timedelta(days=1)


class RhythmUnreadable(Invalid):
    """“{rrule}” is not a rhythm of which the days can be told. Write for instance FREQ=MONTHLY, FREQ=WEEKLY;INTERVAL=2 or
    FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1."""


class Occurrence(NamedTuple):
    """One turn of what comes back: the `period` (EDTF) that it is of, its first day, the day by which it is to be done, and
    how many times in it."""

    period: str
    begins: date
    due: date
    wanted: Count


def returns(schedule: Schedule | None) -> bool:
    """Whether it has occurrences of its own: a rhythm that says how often."""
    return schedule is not None and schedule.kind == "recurring" and schedule.rrule is not None


def check_rhythm(rrule: str) -> None:
    """Raises RhythmUnreadable."""
    _of(rrule)


def occurrences(
    schedule: Schedule, first: date, last: date, year_begins: int = 1, limit: int = MOST
) -> Iterator[Occurrence]:
    """Those that begin on `last` at the latest and are to be done on `first` at the earliest, in order, at most `limit`.
    None for what has no rhythm, or outside its own dates. `year_begins`: the month in which a year of the organisation
    does. Raises RhythmUnreadable."""
    if not returns(schedule):
        return
    rhythm = _of(schedule.rrule or "")
    opens, closes = _window(schedule)
    wanted = schedule.times or ONCE
    found = _turns(rhythm, wanted, opens, max(first, opens or first), year_begins)
    taken = 0
    for each in found:
        if each.begins > min(last, closes or last) or taken >= limit:
            return
        if each.due >= first and _within(each, opens, closes):
            taken += 1
            yield each


def next_after(schedule: Schedule, day: date, year_begins: int = 1) -> Occurrence | None:
    """The first that begins after a day; null where none does within the schedule's own dates."""
    horizon = date.max if day.year > 9900 else day.replace(year=day.year + 99, day=min(day.day, 28))
    coming = occurrences(schedule, day, horizon, year_begins)
    return next((each for each in coming if each.begins > day), None)


def of_day(schedule: Schedule, day: date, year_begins: int = 1) -> Occurrence | None:
    """The one within whose period a day falls: the one that was done on that day."""
    near = occurrences(schedule, day, day, year_begins, 100)
    return next((each for each in near if (latest(each.period) or each.due) >= day), None)


def due_at_meeting(schedule: Schedule, meeting: str) -> date | None:
    """The day by which what is to be done at, before or after a meeting on that date is: two weeks before it, the day
    before it, its last day. Null for a meeting without a day."""
    begin, end = earliest(meeting), latest(meeting)
    if schedule.upon is None or begin is None or end is None:
        return None
    relation, length = schedule.upon.relation, schedule.duration
    if relation == "before":
        return away(begin, length, "before") if length else begin - _DAY
    return away(end, length, "after") if length and relation == "after" else end


def _window(schedule: Schedule) -> tuple[date | None, date | None]:
    """Its own first and last day, if it says any; a length is counted from the first."""
    if schedule.edtf is None:
        return None, None
    opens, closes = earliest(schedule.edtf), latest(schedule.edtf)
    if opens and schedule.duration:
        unit = {"D": "jour", "W": "semaine", "M": "mois", "Y": "an"}[schedule.duration[-1]]
        closes = later(opens, int(schedule.duration[1:-1]), unit) - _DAY
    return opens, closes


def _within(each: Occurrence, opens: date | None, closes: date | None) -> bool:
    """Whether it belongs there: a period counts where half of it at least does, a single day where it lies."""
    begin, end = max(each.begins, opens or each.begins), min(each.due, closes or each.due)
    return (end - begin).days * 2 >= (each.due - each.begins).days - 1 and begin <= end


@lru_cache(maxsize=512)
def _of(rrule: str) -> Rhythm:
    """The rhythm, if it is one that can be counted. Others of RFC 5545 (hours, weeks of a year, ends) are none of a plan."""
    try:
        rhythm = Rhythm.of(rrule)
        if rhythm.freq not in FREQUENCIES.values() or not 1 <= rhythm.interval <= 120 or set(rrule.upper()) - _LETTERS:
            raise ValueError(rrule)
        fit = all(1 <= month <= 12 for month in rhythm.months) and 1 <= (rhythm.day or 1) <= 31
        if rhythm.text() != rrule or not fit:
            raise ValueError(rrule)
        rrulestr(rrule, dtstart=datetime(2024, 1, 1))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RhythmUnreadable(rrule=rrule) from error
    return rhythm


_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=;,-")


def _turns(rhythm: Rhythm, wanted: Count, opens: date | None, near: date, year_begins: int) -> Iterator[Occurrence]:
    """Every turn from the period of `near` on, or the one before it, which may not be over."""
    runs = _runs(rhythm.months)
    each_run = wanted.min == wanted.max == len(runs)
    for start in _starts(rhythm, opens, near, year_begins):
        try:
            end = later(start, rhythm.interval, _UNITS[rhythm.freq]) - _DAY
        except (ValueError, OverflowError):
            return
        if rhythm.day or rhythm.weekday:
            yield from _days(rhythm, wanted, start, end)
        elif not runs:
            yield Occurrence(_named(rhythm, start, end), start, end, wanted)
        elif each_run or len(runs) == 1 or wanted == ONCE:
            found = (_run(start, run, ONCE if each_run else wanted) for run in runs)
            yield from sorted(filter(None, found), key=lambda each: each.begins)
        else:
            ends = [each for run in runs if (each := _run(start, run, wanted))]
            yield Occurrence(_named(rhythm, start, end), start, max(each.due for each in ends), wanted)


def _starts(rhythm: Rhythm, opens: date | None, near: date, year_begins: int) -> Iterator[date]:
    """The first day of each period, from the one before that of `near`. A year begins in its month, a week on Monday; what
    comes every other time is counted from the schedule's own beginning, else from the year 2000."""
    unit, step = _UNITS[rhythm.freq], rhythm.interval
    year_begins = 1 if rhythm.months else year_begins
    anchor = opens or date(2000, 1, 1)
    near = max(near, date(1 + 2 * step if unit == "an" else 1 + step, 1, 8))  # the one before it is in the calendar too
    if unit in ("jour", "semaine"):
        length = step * (7 if unit == "semaine" else 1)
        anchor -= timedelta(days=anchor.weekday() if unit == "semaine" else 0)
        gone = (near - anchor).days // length - 1
        start = anchor + timedelta(days=max(gone, 0 if opens else gone) * length)
    else:
        months = step * (1 if unit == "mois" else 12)
        whole = unit == "an" or 12 % step == 0
        anchor = _year_of(anchor, year_begins) if whole else anchor.replace(day=1)
        gone = ((near.year - anchor.year) * 12 + near.month - anchor.month) // months - 1
        start = later(anchor, max(gone, 0 if opens else gone) * months, "mois")
    while True:
        yield start
        try:
            start = later(start, step, unit)
        except (ValueError, OverflowError):
            return


def _year_of(day: date, year_begins: int) -> date:
    """The first day of the organisation's year in which a day falls."""
    return date(day.year - (day.month < year_begins), year_begins, 1)


def _named(rhythm: Rhythm, start: date, end: date) -> str:
    """The period as EDTF: a month, a year, else its first and last day."""
    if rhythm.freq == "YEARLY" and start.month == 1:
        return f"{start.year:04}" if rhythm.interval == 1 else f"{start.year:04}/{end.year:04}"
    if rhythm.freq in ("MONTHLY", "YEARLY"):
        begin, finish = f"{start:%Y-%m}".zfill(7), f"{end:%Y-%m}".zfill(7)
        return begin if begin == finish else f"{begin}/{finish}"
    return span(start, end)


def _runs(months: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Months that follow one another, December and January included."""
    runs: list[tuple[int, ...]] = []
    for month in months:
        if runs and runs[-1][-1] % 12 + 1 == month:
            runs[-1] = (*runs[-1], month)
        else:
            runs.append((month,))
    return runs


def _run(start: date, run: tuple[int, ...], wanted: Count) -> Occurrence | None:
    """Some months of the year that begins then: a season, as the organisation has it, or the months themselves."""
    year = start.year
    season = next((code for code, months in MONTHS_OF_SEASON.items() if months == run), None)
    try:
        if season:
            return Occurrence(f"{year:04}-{season}", *seasons_in_use().days(year, season), wanted)
        begins = date(year, run[0], 1)
        end = later(begins, len(run), "mois") - _DAY
    except (ValueError, OverflowError):
        return None
    first, last = f"{year:04}-{run[0]:02}", f"{end.year:04}-{end.month:02}"
    return Occurrence(first if first == last else f"{first}/{last}", begins, end, wanted)


def _days(rhythm: Rhythm, wanted: Count, start: date, end: date) -> Iterator[Occurrence]:
    """The days in a period that a rhythm names, each of which is an occurrence."""
    for day in islice(_named_days(rhythm, start, end), MOST):
        named = f"{day}" if rhythm.freq != "MONTHLY" else f"{day:%Y-%m}"
        yield Occurrence(named, _begin(rhythm, day, start), day, wanted)


def _begin(rhythm: Rhythm, day: date, start: date) -> date:
    """Of a day of the year, the month before it: nobody needs it in January for the next December."""
    return max(start, day - timedelta(days=30)) if rhythm.freq == "YEARLY" else start


def _named_days(rhythm: Rhythm, start: date, end: date) -> Iterator[date]:
    """By RFC 5545, within one period of the rhythm."""
    text = rhythm._replace(interval=1, day=None).text()
    if rhythm.day:
        days = ",".join(str(n) for n in range(min(rhythm.day, 28), rhythm.day + 1))
        text += f";BYMONTHDAY={days};BYSETPOS=-1" if rhythm.day > 28 else f";BYMONTHDAY={days}"
    begin, until = (datetime(day.year, day.month, day.day) for day in (start, end))
    rule = rrulestr(f"{text};UNTIL={until:%Y%m%d}", dtstart=begin)
    yield from (each.date() for each in rule)
