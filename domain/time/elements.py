"""The elements of a date in words: « 26 juin », « automne 2024 », « l'année dernière », and their year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from domain.time.notation import earliest, edtf, latest, normalised
from domain.time.vocabulary import NAMES, either


class Reference(NamedTuple):
    """The first and last day of the date on which something was written, and that date."""

    first: date
    last: date
    text: str

    @classmethod
    def of(cls, given: date | str | None) -> Reference | None:
        """None if nothing is given, or a date that is not known. Raises BadDate."""
        if given is None:
            return None
        text = given.isoformat() if isinstance(given, date) else edtf(given)
        first, last = earliest(text), latest(text)
        known = first or last
        return cls(first or known, last or known, text) if known else None


class Element(NamedTuple):
    """As said: what is None comes from the neighbour on the right, or from the reference.

    `code`: 1-12 a month, 21-24 a season, 0 a year. `year`: as EDTF counts it, a winter's is that of its
    December. `side`: last, next, this or nothing.
    """

    day: int | None
    code: int | None
    year: int | None
    side: str

    def text(self, year: int | None) -> str:
        """EDTF in that year, perhaps of a day that it does not have."""
        shown = "XXXX" if year is None else f"{year:04}"
        month = f"-{self.code:02}" if self.code else ""
        return shown + month + (f"-{self.day:02}" if self.day else "")

    def order(self) -> tuple[int, int]:
        """Place within a year."""
        code = self.code or 0
        return (code - 20) * 3 if code > 20 else code, self.day or 0


_FILLER = re.compile(
    r"(?:(?:le|la|les|en|au|aux|a|de|du|des|dans|pour|lors de|courant|date de|date du|mandat|exercice)\b ?"
    r"|[ld]'|mois d(?:e |'))+"
)
_ELEMENT = re.compile(
    r"(?P<this>cet(?:te)? |ce )?(?:(?P<day>[0-9]{1,2})\b ?)?"
    rf"(?:(?P<name>{either(NAMES)})\b\.? ?(?:de )?)?(?P<year>[0-9]{{4}})? ?"
    r"(?:(?P<last>derni(?:er|ere))|(?P<next>prochaine?))?"
)


def element(text: str) -> Element | None:
    """One element, its articles and prepositions ignored; None when not understood."""
    begin = _FILLER.match(text)
    match = _ELEMENT.fullmatch(text[begin.end() :] if begin else text)
    if match is None or not (match["day"] or match["name"] or match["year"]):
        return None
    day = int(match["day"]) if match["day"] else None
    year = int(match["year"]) if match["year"] else None
    code = NAMES[match["name"]] if match["name"] else None
    if code == 24 and year:
        year -= 1
    if year is not None and code is None and day is None:
        code = 0
    if day is not None and code is not None and not 1 <= code <= 12:
        return None
    side = next((side for side in ("this", "last", "next") if match[side]), "")
    return Element(day, code, year, side)


def nearest_year(said: Element, seen_from: Reference, ahead: bool) -> int | None:
    """The year that the reference gives to an element without one; 29 February may be eight years away.

    Ahead, a season more than half over counts as over: « automne » said on 1 December is the next one."""
    if said.side == "this":
        winter = said.code == 24 and seen_from.first.month <= 3
        return seen_from.first.year - winter
    after, before = (seen_from.first, seen_from.last) if said.day else (seen_from.last, seen_from.first)
    left = 45 if said.code and said.code > 20 else 0
    choose: dict[str, Callable[[date, date], bool]] = {
        "last": lambda first, last: last < before,
        "next": lambda first, last: first > after,
        "ahead": lambda first, last: (last - seen_from.first).days >= left,
        "": lambda first, last: first <= seen_from.last,
    }
    fits = choose[said.side or ("ahead" if ahead else "")]
    years = range(max(1, seen_from.first.year - 8), min(9998, seen_from.last.year + 8) + 1)
    fitting = [year for year in years if (days := _days(said.text(year))) and fits(*days)]
    if not fitting:
        return None
    first = said.side == "next" or (ahead and said.side != "last")
    return fitting[0] if first else fitting[-1]


def _days(text: str) -> tuple[date, date] | None:
    if normalised(text) is None:
        return None
    first, last = earliest(text), latest(text)
    return (first, last) if first and last else None


def joined(texts: list[str], *, as_range: bool) -> str | None:
    """An interval if it is a range or its members follow one another, else a set."""
    if any(normalised(each) is None for each in texts):
        return None
    follow = all(earliest(right) and next_day(left) == earliest(right) for left, right in pairwise(texts))
    return f"{texts[0]}/{texts[-1]}" if as_range or follow else "{" + ",".join(texts) + "}"


def next_day(text: str) -> date | None:
    """The day after the last day of an EDTF date."""
    last = latest(text)
    return last + timedelta(days=1) if last and last < date.max else None


def later(day: date, count: int, unit: str) -> date:
    """So many days (`jour`), weeks (`semaine`), months (`mois`) or years after `day`; where that month has no such
    day, its last one. Raises ValueError or OverflowError after the year 9999."""
    if unit in ("jour", "semaine"):
        return day + timedelta(days=count * (7 if unit == "semaine" else 1))
    months = day.year * 12 + day.month - 1 + count * (1 if unit == "mois" else 12)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
