"""The days that a follow-up names, in French or in English: those whose year it says, and those whose year is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.time.finding import find_dates
from domain.time.notation import BadDate
from domain.time.reading import read_date
from domain.time.vocabulary import NAMES, either, fold

_MONTHS = {name: number for name, number in NAMES.items() if 0 < number <= 12}
_M = either(_MONTHS)
_Y = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?<![\w])(?:(?P<day>1er|\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_M})|(?P<named>{_M}) (?P<after>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf"\b(?:,? (?P<year>{_Y}))?(?![\w])"
)
_ENGLISH = re.compile(
    rf"(?<![\w])(?:(?:on|in|by|since) )?(?:(?:{_M}) \d{{1,2}}(?:st|nd|rd|th)?, {_Y}|(?:\d{{1,2}} )?(?:{_M}) {_Y}"
    rf"|(?:spring|summer|fall|autumn|winter) (?:of )?{_Y})(?![\w])"
)
_SPAN = re.compile(rf"{_Y}/{_Y}")
_MANDATE = re.compile(r"\b(?:mandat|cible|target|plan|exercice|budget|mandate|term) (?:de |du |of )?$")


class Day(NamedTuple):
    """A date in a text: where it starts, its words, its EDTF; `sure`: whether the text says its year."""

    start: int
    words: str
    edtf: str
    sure: bool = True

    @property
    def end(self) -> int:
        return self.start + len(self.words)


class Loose(NamedTuple):
    """A day and a month without a year."""

    start: int
    words: str
    day: int
    month: int


def stated(text: str) -> list[Day]:
    """The dates that say their year, none overlapping; spans of years are periods of mandates, not days of events."""
    folded = fold(text)
    found: list[Day] = []
    for day in sorted(_all(text, folded), key=lambda each: (each.start, -each.end)):
        if "XXXX" in day.edtf or _SPAN.fullmatch(day.edtf) or _MANDATE.search(folded[: day.start]):
            continue
        if not found or day.start >= found[-1].end:
            found.append(day)
    return found


def _all(text: str, folded: str) -> Iterator[Day]:
    for each in find_dates(text):
        yield Day(each.start, each.words, each.edtf)
    for match in _ENGLISH.finditer(folded):
        words = text[match.start() : match.end()]
        try:
            yield Day(match.start(), words, read_date(words))
        except BadDate:
            continue


def loose(text: str, known: Iterable[Day]) -> list[Loose]:
    """The days without a year, outside those that are already known."""
    taken = list(known)
    found = []
    for each in _DAY.finditer(fold(text)):
        if not each["year"] and not any(day.start <= each.start() < day.end for day in taken):
            found.append(Loose(each.start(), text[each.start() : each.end()], *_day_and_month(each)))
    return found


def years_of_days(text: str) -> dict[tuple[int, int], set[int]]:
    """Day and month -> the years with which they stand somewhere in a document."""
    known: dict[tuple[int, int], set[int]] = {}
    for each in _DAY.finditer(fold(text)):
        if each["year"]:
            known.setdefault(_day_and_month(each), set()).add(int(each["year"]))
    return known


def _day_and_month(found: re.Match[str]) -> tuple[int, int]:
    day, month = found["day"] or found["after"], found["month"] or found["named"]
    return int(day.removesuffix("er")), _MONTHS[month]
