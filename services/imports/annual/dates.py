"""Dates inside a sentence of a report, in French or in English, with the year of the page or of the report."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from domain.time import BadDate, Found, find_dates, read_date
from domain.time.vocabulary import FRENCH_MONTHS, either, fold

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH = "|".join((*_MONTHS, r"(?:jan|feb|apr|aug|sept|oct|nov|dec)\.?"))
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?: ?(?:-|to|and|&|,) ?{_DAY})*"
_FRENCH = either(FRENCH_MONTHS)
_CUT_DAY = re.compile(r"(?<!\d)\d{1,2} $")  # a day that the month did not take with it is none


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    forms = (
        rf"(?:(?P<side>from|since|until|up to|by) )?(?:(?:on|the|in) )?"
        rf"(?P<days>{_DAYS}) (?:of )?(?P<month>{_ENGLISH}),? (?P<year>{_YEAR})",
        rf"(?:(?P<side>from|since|until|up to|by) )?(?:on )?(?P<month>{_ENGLISH}) (?P<days>{_DAYS}),? (?P<year>{_YEAR})",
        rf"(?:(?P<side>from|since|until|up to|by) )?(?:in )?(?P<month>{_ENGLISH}),? (?P<year>{_YEAR})",
        rf"(?:in )?(?:early |late )?(?P<season>spring|summer|fall|autumn|winter) (?P<year>{_YEAR})",
        rf"(?:les? )?(?P<days>\d{{1,2}}(?:, \d{{1,2}})+ et \d{{1,2}}) (?P<month>{_FRENCH}) (?P<year>{_YEAR})",
        rf"d'(?P<month>{_FRENCH}) (?P<year>{_YEAR})",
        rf"(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)(?![-\d])",
    )
    return tuple(re.compile(rf"(?<![\w'/-]){form}(?![\w/])") for form in forms)


def dates_in(text: str, reference: str | None = None) -> list[Found]:
    """Every date of a text, in order, none overlapping: of two, the longer."""
    try:
        found = list(find_dates(text, reference))
    except BadDate:
        found = []
    folded = fold(text)
    for pattern in _patterns():
        for match in pattern.finditer(folded):
            if (edtf := _read(match)) and _longest(match, found):
                found = [one for one in found if one.end <= match.start() or one.start >= match.end()]
                found.append(Found(match.start(), match.end(), text[match.start() : match.end()], edtf))
    return sorted(one for one in found if not _CUT_DAY.search(folded, max(0, one.start - 4), one.start))


def impossible(text: str) -> list[str]:
    """The days of a text that no calendar has (« 32 novembre 2024 »), as written."""
    days = re.finditer(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?P<month>{_FRENCH}|{_ENGLISH}),? (?P<year>{_YEAR})", fold(text)
    )
    return [text[day.start() : day.end()] for day in days if not _is_day(day)]


def _is_day(day: re.Match[str]) -> bool:
    try:
        return bool(read_date(f"{day['day']} {_whole(day['month'].rstrip('.'))} {day['year']}"))
    except BadDate:
        return False


def _longest(match: re.Match[str], found: list[Found]) -> bool:
    over = [one for one in found if one.start < match.end() and one.end > match.start()]
    return all(one.end - one.start < match.end() - match.start() for one in over)


def _read(match: re.Match[str]) -> str | None:
    """The EDTF of a match; null for a day that no calendar has."""
    parts = match.groupdict()
    try:
        if parts.get("iso"):
            return read_date(parts["iso"])
        if parts.get("season"):
            return read_date(f"{parts['season']} {parts['year']}")
        months = parts["month"].rstrip(".")
        dates = [
            read_date(f"{day} {_whole(months)} {parts['year']}")
            for day in re.findall(r"\d{1,2}", parts.get("days") or "")
        ]
        if not dates:
            dates = [read_date(f"{_whole(months)} {parts['year']}")]
    except BadDate:
        return None
    said = _together(dates, parts.get("days") or "")
    side = parts.get("side")
    if side in ("from", "since") and len(dates) == 1:
        return f"{said}/.."
    return f"../{said}" if side in ("until", "up to", "by") and len(dates) == 1 else said


def _whole(month: str) -> str:
    """An English month whole; a French one as it is."""
    return next((each for each in _MONTHS if each.startswith(month)), month)


def _together(dates: list[str], words: str) -> str:
    """Days that follow one another, or that are joined by a dash, are a range; others a list."""
    if len(dates) == 1:
        return dates[0]
    numbers = [int(date[-2:]) for date in dates]
    follow = all(after == before + 1 for before, after in pairwise(numbers))
    if follow or (len(dates) == 2 and re.search(r"\d ?(?:-|to) ?\d", words)):
        return f"{dates[0]}/{dates[-1]}"
    return "{" + ",".join(sorted(dates)) + "}"
