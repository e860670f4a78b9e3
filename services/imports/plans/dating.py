"""The days that follow-ups tell: which of those in a text it happened on, and the year of one that says none.

A day without year takes the one that the same day has elsewhere in the document; failing that, the one that stands nearest
to the dated follow-ups around it, within the period of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from domain.time.finding import Found, find_dates
from domain.time.notation import Edtf, earliest
from domain.time.schedules import Context
from domain.time.vocabulary import FRENCH_MONTHS, either, fold
from services.imports.plans import notices
from services.imports.plans.entries import Entry, written
from services.imports.plans.reading import FollowUp
from services.imports.plans.timing import Findings
from services.imports.report import Confidence

_DAY = re.compile(
    rf"(?<![\w])(?P<day>1er|\d{{1,2}}) (?P<month>{either(FRENCH_MONTHS)})(?: (?P<year>(?:19|20)\d\d))?(?![\w])"
)
_MEETING = re.compile(
    r"\b(?:a\.?g\.?[aes]?\.?|assemblees? generales?|assemblees?|congres|conseil|executif|instance|rencontres?|reunions?|colloque"
    r"|journee|meeting|assembly|congress|council|executive)(?: \w+){0,2}? ?(?:du|le|des|de|of|on)? ?$"
)
_ABOUT = re.compile(r"\b(?:evenements?|actes|proces-verbal|statistiques|manifestation|events?|minutes) (?:du|des|of) $")
_SINCE = re.compile(
    r"(?:\ba (?:partir|compter) d[eu]\b|\bdepuis\b|\bas of\b|\bstarting\b|\bsince\b)(?: l')?[^.;:,]{0,30}$"
)
_FROM = re.compile(r"^(?:depuis|a (?:partir|compter))\b")
_ONCE_THERE = re.compile(r"^des ")
_PLANNED = re.compile(r"\bprevue?s?\b|\ba venir\b|\bscheduled\b|\bplanned\b|\bsera\b|\bseront\b|\baura lieu\b|\bwill\b")
_HELD = re.compile(r"\b(?:tenue?s?|annulee?s?|held|cancell?ed)\b")
_SPAN = re.compile(r"(?:19|20)\d\d/(?:19|20)\d\d")
_MANDATE = re.compile(r"\b(?:mandat|cible|target|plan|exercice|budget|mandate|term) (?:de |du |of )?$")


Known = dict[tuple[int, int], set[int]]
"""Day and month -> the years with which they stand somewhere in the document."""


class _Day(NamedTuple):
    """A date in a follow-up: `start` in its text; `sure`: whether the page says its year."""

    start: int
    words: str
    edtf: str
    sure: bool


@dataclass
class Told:
    """A follow-up with the days that its text holds."""

    entry: Entry
    days: list[_Day]
    loose: list[re.Match[str]]  # days without a year


def date_follow_ups(
    told: Mapping[str, Sequence[Entry]], context: Context, text: str, findings: Findings
) -> dict[str, tuple[FollowUp, ...]]:
    """Each item's follow-ups with when they happened, or were to; `text` is the whole document."""
    known = _years_of_days(written(text))
    found = {}
    for number, entries in told.items():
        read = [_told(entry) for entry in entries]
        found[number] = tuple(_follow_up(each, read, known, context, findings) for each in read)
    return found


def _years_of_days(text: str) -> Known:
    known: Known = {}
    for day in _DAY.finditer(fold(text)):
        if day["year"]:
            known.setdefault(_day_and_month(day), set()).add(int(day["year"]))
    return known


def _day_and_month(found: re.Match[str]) -> tuple[int, int]:
    return int(found["day"].removesuffix("er")), FRENCH_MONTHS[found["month"]]


def _told(entry: Entry) -> Told:
    days = [_Day(each.start, each.words, each.edtf, True) for each in _stated(entry.text)]
    taken = [range(each.start, each.start + len(each.words)) for each in days]
    folded = fold(entry.text)
    loose = [day for day in _DAY.finditer(folded) if not day["year"] and not any(day.start() in span for span in taken)]
    return Told(entry, days, loose)


def _stated(text: str) -> Iterable[Found]:
    """The dates that need no reference; spans of years are periods of mandates and plans, not days of events."""
    folded = fold(text)
    for found in find_dates(text):
        if not _SPAN.fullmatch(found.edtf) and not _MANDATE.search(folded[: found.start]) and "XXXX" not in found.edtf:
            yield found


def _follow_up(told: Told, around: Sequence[Told], known: Known, context: Context, findings: Findings) -> FollowUp:
    entry = told.entry
    plain = FollowUp(entry.text, level=max(entry.level, 1), verdict=entry.verdict, line=entry.line)
    days = [*told.days, *_completed(told, around, known, context)]
    if not days:
        return plain
    chosen, together = _choose(told, days)
    if not chosen.sure:
        findings.warn(entry.line, notices.DayInferred(line=entry.line, words=chosen.words, day=Edtf(chosen.edtf)))
    sure: Confidence = "high" if chosen.sure else "medium"
    when = together or _since(entry.text, chosen)
    dated = replace(plain, words=chosen.words, sure=sure)
    if _is_planned(fold(entry.text), chosen):
        return replace(dated, planned=when)
    return replace(dated, occurred=when)


def _is_planned(folded: str, day: _Day) -> bool:
    """Whether what stands before the day in its sentence says that it was still to come."""
    before = re.split(r"[.!?;] ", folded[: day.start])[-1]
    return bool(_PLANNED.search(before)) and not _HELD.search(before)


def _completed(told: Told, around: Sequence[Told], known: Known, context: Context) -> list[_Day]:
    """The days without a year, with the one that the rest of the document suggests."""
    found = []
    for loose in told.loose:
        day, month = _day_and_month(loose)
        year = _year(day, month, told, around, known, context)
        if year:
            words = told.entry.text[loose.start() : loose.end()]
            found.append(_Day(loose.start(), words, f"{year:04}-{month:02}-{day:02}", False))
    return found


def _year(day: int, month: int, told: Told, around: Sequence[Told], known: Known, context: Context) -> int | None:
    years = known.get((day, month), set())
    if len(years) == 1:
        return next(iter(years))
    neighbours = _neighbours(told, around)
    first, last = _bounds(context)
    candidates = sorted(years) or list(range(first, last + 1))
    dated = [made for year in candidates if (made := _made(year, month, day))]
    if not dated or (not neighbours and len(dated) > 1):
        return None
    return min(dated, key=lambda each: sum(abs((each - near).days) for near in neighbours)).year


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _bounds(context: Context) -> tuple[int, int]:
    """The years in which a day of the plan may fall."""
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", f"{context.period or ''} {context.reference or ''}")]
    return (min(years), max(years)) if years else (1, 0)


def _neighbours(told: Told, around: Sequence[Told]) -> list[date]:
    """The nearest stated days before and after, in the list of the same item; those of its own text first."""
    at = next(index for index, each in enumerate(around) if each is told)
    own = _first([told])
    if own:
        return [own]
    before, after = _first(reversed(around[:at])), _first(around[at + 1 :])
    return [each for each in (before, after) if each]


def _first(told: Iterable[Told]) -> date | None:
    return next((day for each in told for one in each.days if (day := earliest(one.edtf))), None)


def _choose(told: Told, days: list[_Day]) -> tuple[_Day, str | None]:
    """The day on which it happened: the one of a meeting, else the most precise, else the first; not one that it is about.
    With it, all the days of a list of meetings held."""
    folded = fold(told.entry.text)
    held = [each for each in days if not _ABOUT.search(_lead(folded, each))] or days
    if (
        len(held) > 1
        and _HELD.search(folded[: held[0].start])
        and all(len(each.edtf) == len("2020-01-01") for each in held)
    ):
        return held[0], "{" + ",".join(sorted({each.edtf for each in held})) + "}"
    meetings = [each for each in held if _MEETING.search(_lead(folded, each))]
    if meetings:
        return meetings[0], None
    return min(held, key=lambda each: (-len(_first_part(each.edtf)), each.start)), None


def _first_part(edtf: str) -> str:
    """The first date of an interval or of a set, by which its precision is told."""
    return re.split(r"[/,]", edtf.strip("{}"))[0].strip("~?%.")


def _lead(folded: str, day: _Day) -> str:
    """What stands before a day, with the preposition that its words may hold."""
    opening = re.match(r"(?:du|le|les|des|de|d'|au|of|on)\s", fold(day.words))
    return folded[: day.start + (opening.end() if opening else 0)]


def _since(text: str, day: _Day) -> str:
    """« à partir de l’AG du 5 novembre 2020 » goes on from that day; what is ready « dès décembre 2019 » happened then."""
    folded = fold(text)
    if _ONCE_THERE.match(fold(day.words)):
        return day.edtf.removesuffix("/..")
    if "/" in day.edtf or "{" in day.edtf:
        return day.edtf
    return f"{day.edtf}/.." if _SINCE.search(folded[: day.start]) or _FROM.search(fold(day.words)) else day.edtf
