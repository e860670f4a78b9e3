"""The cell of a day: a date and nothing else."""

from __future__ import annotations

import re

from domain.errors import Invalid
from domain.time.finding import find_dates

_BETWEEN = re.compile(r"(?:from|de) (?P<first>.+) (?:to|à) (?P<last>.+)", re.IGNORECASE)


class DayUnread(Invalid):
    """“{words}” is no date that is understood here: when the resolution was decided was left aside."""


def day_of(words: str) -> str | None:
    """The date (EDTF) that a cell holds and nothing else; null for none."""
    said = words.strip()
    if re.fullmatch(r"(?:19|20)\d\d", said):
        return said
    found = next(iter(find_dates(said)), None)
    if found and (found.start, found.end) == (0, len(said)):
        return found.edtf
    between = _BETWEEN.fullmatch(said)
    return _days(between["first"], between["last"]) if between else None


def _days(first: str, last: str) -> str | None:
    """From the one to the other; the first may say its month and its year with the last."""
    ends = day_of(last)
    begins = next(filter(None, map(day_of, (f"{first} {last.partition(' ')[2]}", f"{first} {last[-4:]}", first))), None)
    return f"{begins}/{ends}" if begins and ends and "/" not in begins + ends else None
