"""EDTF dates: the part of ISO 8601-2 (levels 0 and 1, and sets) that follow-up of resolutions needs.

Read by our own pattern and not by the `edtf` package: docs/adr/0003-dates.md has the figures and the reasons.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from domain.errors import Invalid
from domain.time.seasons import Seasons, seasons_in_use

Days = tuple[date | None, date | None]
"""First and last day; None on a side that is open or unknown."""

_ELEMENT = re.compile(
    r"""(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)
        (?:-(?P<month>[0-9]{2}|XX))?
        (?:-(?P<day>[0-9]{2}|XX))?
        (?P<qualifier>[?~%])?""",
    re.VERBOSE,
)


class BadDate(Invalid):
    """“{words}” is not a date that can be read. Accepted: 2024-06-26, 2024-06, 2024, 2024-23 (a season),
    2024-06~ (about), 2022/.. (since); or in words: 26 June 2024, June 2024, fall 2024, last June,
    the week of 10 June 2024, by 30 June 2024, since 2022."""


class Edtf(str):
    """Marks a fact of a message as an EDTF date, so that the message writes it out in words."""

    __slots__ = ()


def edtf(text: str) -> str:
    """The normal form of an EDTF date: no spaces, capital X, `..` for an open end, sets in order.

    Raises BadDate for anything else, a day outside the calendar and an interval that runs backwards included.
    """
    normal = normalised(text)
    if normal is None:
        raise BadDate(words=text)
    return normal


def normalised(text: str) -> str | None:
    """As `edtf`, but None for what is not EDTF."""
    if len(text) > 200:
        return None
    compact = "".join(text.split()).upper()
    if compact.startswith("{") and compact.endswith("}"):
        compact = "{" + ",".join(sorted(set(compact[1:-1].split(",")))) + "}"
    begin, slash, end = compact.partition("/")
    if slash:
        compact = f"{begin or '..'}/{end or '..'}"
    return compact if _days(compact) else None


def earliest(text: str) -> date | None:
    """The first day of an EDTF date, qualifiers ignored; None if its beginning is open or unknown."""
    return _known_days(text)[0]


def latest(text: str) -> date | None:
    """The last day of an EDTF date, qualifiers ignored; None if its end is open or unknown."""
    return _known_days(text)[1]


def day_of(occurred: str | None, limit: date) -> date:
    """The day by which an event has certainly happened: the latest of its date, never later than `limit`,
    which is also the day of what is undated or open-ended (contract, "Two times")."""
    last = latest(occurred) if occurred else None
    return min(last, limit) if last else limit


def _known_days(text: str) -> Days:
    days = _days(text)
    if days is None:
        raise BadDate(words=text)
    return days


def _days(text: str) -> Days | None:
    """The first and last day of an EDTF date in normal form; None if it is none."""
    return _days_of(text, seasons_in_use())


@lru_cache(maxsize=8192)
def _days_of(text: str, seasons: Seasons) -> Days | None:
    if text.startswith("{") and text.endswith("}"):
        return _set_days([_element_days(each, seasons) for each in text[1:-1].split(",")])
    begin, slash, end = text.partition("/")
    return _interval_days(begin, end, seasons) if slash else _element_days(text, seasons)


def _set_days(members: list[Days | None]) -> Days | None:
    known = [each for each in members if each is not None]
    if len(known) != len(members):
        return None
    firsts = [first for first, _ in known if first]
    lasts = [last for _, last in known if last]
    whole = len(firsts) == len(lasts) == len(known)
    return (min(firsts), max(lasts)) if whole else (None, None)


def _interval_days(begin: str, end: str, seasons: Seasons) -> Days | None:
    if begin == end == "..":
        return None
    left: Days | None = (None, None) if begin == ".." else _element_days(begin, seasons)
    right: Days | None = (None, None) if end == ".." else _element_days(end, seasons)
    if left is None or right is None:
        return None
    first, last = left[0], right[1]
    return None if first and last and first > last else (first, last)


def _element_days(text: str, seasons: Seasons) -> Days | None:
    match = _ELEMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    try:
        if year == "XXXX":  # a leap year stands for the year that is not known
            return None if _span(2000, 2000, month, day, seasons) is None else (None, None)
        if "X" in year and month:
            return None
        return _span(int(year.replace("X", "0")), int(year.replace("X", "9")), month, day, seasons)
    except (ValueError, OverflowError):  # a day, month or year outside the calendar
        return None


def _span(year: int, end_year: int, month: str | None, day: str | None, seasons: Seasons) -> tuple[date, date] | None:
    if month is None:
        return date(year, 1, 1), date(end_year, 12, 31)
    if month == "XX":
        return (date(year, 1, 1), date(year, 12, 31)) if day in (None, "XX") else None
    if 21 <= int(month) <= 24:
        return seasons.days(year, int(month)) if day is None else None
    if day is None or day == "XX":
        return date(year, int(month), 1), _month_end(year, int(month))
    only = date(year, int(month), int(day))
    return only, only


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
