"""When what the follow-ups tell happened: which of the days in a text it is, and the year of one that says none.

A day without year takes the one that the same day has elsewhere in the document; failing that, the one that stands nearest
to the dated follow-ups around it, or to the steps of its item, within the years of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.time.notation import Edtf, earliest
from domain.time.schedules import Context
from domain.time.vocabulary import fold
from services.imports.plans import notices
from services.imports.plans.days import Day, Loose, loose, stated, years_of_days
from services.imports.plans.entries import Entry, written
from services.imports.plans.reading import FollowUp
from services.imports.plans.timing import Findings
from services.imports.plans.tree import Growing
from services.imports.report import Confidence

_MEETING = re.compile(
    r"\b(?:a\.?g\.?[aes]?\.?|assemblees? generales?|assemblees?|congres|conseil|executif|instance|rencontres?|reunions?|colloque"
    r"|journee|meeting|assembly|congress|council|executive)(?: \w+){0,2}? ?(?:du|le|des|de|of|on)? ?$"
)
_ABOUT = re.compile(r"\b(?:evenements?|actes|proces-verbal|statistiques|manifestation|events?|minutes) (?:du|des|of) $")
_BACK = re.compile(r"\b(?:evenements?|manifestation|marche|journee|events?|march|rally|demonstration) (?:du|des|of) $")
_TAKEN_PART = re.compile(
    r"\b(?:march(?:e|er|ons)|manifest\w+|rassemblements?|particip\w+|delegations?|journee|colloque|greve|vigile|evenement"
    r"|march|rally|demonstrat\w+|took part|event)\b"
)
_SINCE = re.compile(
    r"(?:\ba (?:partir|compter) d[eu]\b|\bdepuis\b|\bas of\b|\bstarting\b|\bsince\b)(?: l'| l[ae])?[^.;:,]{0,30}$"
)
_FROM = re.compile(r"^(?:depuis|a (?:partir|compter)|since)\b")
_ONCE_THERE = re.compile(r"^des ")
_PLANNED = re.compile(
    r"\bprevue?s?\b|\ba venir\b|\bsera\b|\bseront\b|\baura lieu\b|\bscheduled\b|\bplanned\b|\bwill\b|\bis to\b"
)
_HELD = re.compile(r"\b(?:tenue?s?|annulee?s?|held|cancell?ed)\b")
_DAY_LENGTH = len("2020-01-01")


@dataclass
class _Told:
    """A follow-up with the days that its text holds."""

    entry: Entry
    days: list[Day]
    loose: list[Loose]


@dataclass
class _Around:
    """What the year of a day may be known by: the other follow-ups of the item, the days of the whole document, the ends of
    the item's steps, the years of the plan."""

    told: list[_Told]
    known: Mapping[tuple[int, int], set[int]]
    steps: list[date]
    years: tuple[int, int] | None


def date_follow_ups(
    items: Iterable[Growing], context: Context, text: str, findings: Findings
) -> dict[str, tuple[FollowUp, ...]]:
    """By item, its follow-ups with when they happened, or were to; `text` is the whole document."""
    known = years_of_days(written(text))
    years = _years(context)
    found = {}
    for item in items:
        if item.told:
            ends = [day for step in item.below if step.schedule and (day := step.schedule.due)]
            around = _Around([_told(entry) for entry in item.told], known, ends, years)
            made = [_follow_up(each, around, findings) for each in around.told]
            found[item.number] = tuple(_from_below(around.told, made, findings))
    return found


def _from_below(told: Sequence[_Told], made: Sequence[FollowUp], findings: Findings) -> Iterator[FollowUp]:
    """What has no day of its own, over a follow-up that comes back to it (« historique des événements du 27 septembre 2019 »),
    happened on the day that is told there."""
    for (one, found), below in zip(zip(told, made, strict=True), [*told[1:], None], strict=True):
        bare = not (one.days or one.loose) and _TAKEN_PART.search(fold(one.entry.text))
        day = _back_to(below) if bare and below is not None and below.entry.level == one.entry.level else None
        if day is None:
            yield found
            continue
        findings.warn(found.line, notices.DayFromBelow(line=found.line, text=found.text, day=Edtf(day.edtf)))
        yield replace(found, occurred=day.edtf, sure="medium")


def _back_to(told: _Told) -> Day | None:
    """The day of an event that a follow-up is about."""
    folded = fold(told.entry.text)
    return next((day for day in told.days if _BACK.search(_lead(folded, day))), None)


def _years(context: Context) -> tuple[int, int] | None:
    """The years in which a day of the plan may fall."""
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", f"{context.period or ''} {context.reference or ''}")]
    return (min(years), max(years)) if years else None


def _told(entry: Entry) -> _Told:
    days = stated(entry.text)
    return _Told(entry, days, loose(entry.text, days))


def _follow_up(told: _Told, around: _Around, findings: Findings) -> FollowUp:
    entry = told.entry
    plain = FollowUp(entry.text, level=max(entry.level, 1), verdict=entry.verdict, line=entry.line)
    days = [*told.days, *_completed(told, around)]
    if not days:
        for each in told.loose[:1]:
            findings.warn(entry.line, notices.DayUndated(line=entry.line, words=each.words))
        return plain
    chosen, together = _choose(entry.text, days)
    if not chosen.sure:
        findings.warn(entry.line, notices.DayInferred(line=entry.line, words=chosen.words, day=Edtf(chosen.edtf)))
    sure: Confidence = "high" if chosen.sure else "medium"
    when = together or _since(entry.text, chosen)
    dated = replace(plain, words=chosen.words, sure=sure)
    if _is_planned(fold(entry.text), chosen):
        return replace(dated, planned=when)
    return replace(dated, occurred=when)


def _is_planned(folded: str, day: Day) -> bool:
    """Whether what stands before the day in its sentence says that it was still to come."""
    before = re.split(r"[.!?;] ", folded[: day.start])[-1]
    return bool(_PLANNED.search(before)) and not _HELD.search(before)


def _completed(told: _Told, around: _Around) -> list[Day]:
    """The days without a year, with the one that the rest of the document suggests."""
    found = []
    for each in told.loose:
        if year := _year(each, told, around):
            found.append(Day(each.start, each.words, f"{year:04}-{each.month:02}-{each.day:02}", False))
    return found


def _year(day: Loose, told: _Told, around: _Around) -> int | None:
    years = around.known.get((day.day, day.month), set())
    near = _neighbours(told, around)
    first, last = around.years or (0, -1)
    dated = [made for year in sorted(years) or range(first, last + 1) if (made := _made(year, day))]
    if not dated or (not near and len(dated) > 1):
        return None
    return min(dated, key=lambda each: sum(abs((each - other).days) for other in near)).year


def _made(year: int, day: Loose) -> date | None:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


def _neighbours(told: _Told, around: _Around) -> list[date]:
    """The nearest stated days: those of its own text; else those before and after in the list; else its item's steps."""
    at = next(index for index, each in enumerate(around.told) if each is told)
    if own := _first([told]):
        return [own]
    before, after = _first(reversed(around.told[:at])), _first(around.told[at + 1 :])
    return [each for each in (before, after) if each] or around.steps


def _first(told: Iterable[_Told]) -> date | None:
    return next((day for each in told for one in each.days if (day := earliest(one.edtf))), None)


def _choose(text: str, days: Sequence[Day]) -> tuple[Day, str | None]:
    """The day on which it happened: the one of a meeting, else the most precise, else the first; not one that it is about.
    With it, all the days of a list of meetings held."""
    folded = fold(text)
    held = [each for each in days if not _ABOUT.search(_lead(folded, each))] or list(days)
    if len(held) > 1 and _HELD.search(folded[: held[0].start]):
        days_held = {day for each in held for day in each.edtf.strip("{}").split(",")}
        if all(len(day) == _DAY_LENGTH for day in days_held):
            return held[0], "{" + ",".join(sorted(days_held)) + "}"
    meetings = [each for each in held if _MEETING.search(_lead(folded, each))]
    if meetings:
        return meetings[0], None
    return min(held, key=lambda each: (-_precision(each), each.start)), None


def _precision(day: Day) -> int:
    """By the length of the first date of an interval or of a set."""
    return len(re.split(r"[/,]", day.edtf.strip("{}"))[0].strip("~?%."))


def _lead(folded: str, day: Day) -> str:
    """What stands before a day, with the preposition that its words may hold."""
    opening = re.match(r"(?:du|le|les|des|de|d'|au|of|on)\s", fold(day.words))
    return folded[: day.start + (opening.end() if opening else 0)]


def _since(text: str, day: Day) -> str:
    """« à partir de l’AG du 5 novembre 2020 » goes on from that day; what is ready « dès décembre 2019 » happened then."""
    words = fold(day.words)
    if _ONCE_THERE.match(words):
        return day.edtf.removesuffix("/..")
    if "/" in day.edtf or "{" in day.edtf:
        return day.edtf
    return f"{day.edtf}/.." if _SINCE.search(fold(text)[: day.start]) or _FROM.search(words) else day.edtf
