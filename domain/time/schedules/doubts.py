"""What else an expression may mean: proposed beside the first reading, never decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from domain.errors import Word
from domain.time.notation import BadDate, earliest, edtf, latest, normalised
from domain.time.schedules import offsets, quarters
from domain.time.schedules.dates import business_year, dated
from domain.time.schedules.phrase import Phrase
from domain.time.schedules.recurrence import Rhythm
from domain.time.schedules.rhythms import repeated, within
from domain.time.schedules.values import Confidence, Context, Reading, Schedule
from domain.time.vocabulary import SEASON_NAMES, either
from domain.values import Count

Doubt = Callable[[Schedule, Phrase, Context], "tuple[Schedule, Confidence, Word] | None"]

_SPRING_TO_AUTUMN = {name: code for name, code in SEASON_NAMES.items() if code != 24}
_WINTER = re.compile(r"(?P<season>hiver|winter) (?P<year>[0-9]{4})(?! ?[-/] ?[0-9])")
_TERMS = re.compile(rf".*\b(?:hiver|winter) ?- ?(?P<season>{either(_SPRING_TO_AUTUMN)}) (?P<year>[0-9]{{4}})")
_NUMBERS = re.compile(r"(?P<one>[0-9]{1,2})[/.](?P<two>[0-9]{1,2})[/.](?P<year>[0-9]{4})")
_TWO = re.compile(r".*\b(?:bi(?:mensuel|hebdomadaire|mestriel|annuel|sannuel|ennal|monthly|ennial)|semi-)")
_END = re.compile(r"(?:a |vers )?(?:la )?fin (?:de |du |d')?(?P<rest>.+)|(?:at the )?end of (?P<rest2>.+)")
_YEARS = re.compile(r"(?P<year>[0-9]{4}) ?- ?(?P<end>[0-9]{4})")


def _each_year(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    """« Septembre » in a plan of three years: its first September, or each."""
    if found.kind != "once" or context.period is None or not (found.said or "").startswith("XXXX"):
        return None
    first, last = earliest(context.period), latest(context.period)
    yearly = within(repeated(Rhythm("YEARLY")), found.said or "")
    if yearly is None or first is None or last is None or first.year == last.year:
        return None
    return replace(yearly, edtf=edtf(context.period)), "low", Word("each year of the plan")


def _other_way(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    """Where nobody says whether it is to come or past: the last such date beside the next."""
    if context.ahead is not None or "XXXX" not in (found.said or "") or not found.inferred:
        return None
    other = dated(phrase.text, context._replace(ahead=False))
    return (other, "medium", Word("the last such date before the text")) if other else None


def _other_winter(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    match = _WINTER.search(phrase.folded)
    if match is None or found.kind not in ("once", "continuous"):
        return None
    year = int(match["year"])
    words = phrase.folded[: match.start()] + f"{match['season']} {year}-{year + 1}" + phrase.folded[match.end() :]
    other = dated(words, context)
    return (other, "low", Word("the winter that begins in that year")) if other else None


def _terms(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    """« hiver-printemps 2020 »: the seasons, of which the winter began in December, beside the months of that year."""
    match = _TERMS.fullmatch(phrase.folded)
    if match is None or found.kind != "once":
        return None
    year = int(match["year"])
    text = f"{year - 1:04}-24/{year:04}-{SEASON_NAMES[match['season']]}"
    return Schedule(words="", kind="once", edtf=text, said=text), "medium", Word("the seasons, from December on")


def _month_first(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    match = _NUMBERS.fullmatch(phrase.folded)
    text = match and normalised(f"{match['year']}-{int(match['one']):02}-{int(match['two']):02}")
    if text is None or text == found.edtf:
        return None
    return Schedule(words="", kind="once", edtf=text, said=text), "low", Word("the month before the day")


def _twice_or_every_second(
    found: Schedule, phrase: Phrase, context: Context
) -> tuple[Schedule, Confidence, Word] | None:
    """« bimensuel » is twice a month, and many write it for every second month; « biannuel » likewise."""
    if found.rrule is None or not _TWO.match(phrase.folded):
        return None
    rhythm = Rhythm.of(found.rrule)
    twice = rhythm.interval == 1
    times = None if twice else Count(2, 2)
    other = replace(found, rrule=rhythm._replace(interval=2 if twice else 1).text(), times=times)
    return other, "low", Word("every second one") if twice else Word("twice in each")


def _by_the_end(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    """« fin juin » in a plan: about then, or by its last day."""
    if context.ahead is False or not _END.fullmatch(phrase.folded) or found.kind != "once":
        return None
    last = latest(found.edtf) if found.edtf and found.edtf.endswith("~") else None
    if last is None:
        return None
    return replace(found, edtf=f"../{last}", said=None), "medium", Word("by its last day")


def _business_year(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    match = _YEARS.fullmatch(phrase.folded)
    other = match and business_year(int(match["year"]), int(match["end"]), context)
    return (other, "medium", Word("the year as the organisation counts it")) if other else None


def _business_quarter(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    other = quarters.business(found, phrase, context)
    return (other, "medium", Word("the year as the organisation counts it")) if other else None


def _each_meeting(found: Schedule, phrase: Phrase, context: Context) -> tuple[Schedule, Confidence, Word] | None:
    """« deux semaines avant l'AG »: the one to come, or each of them."""
    other = offsets.each_meeting(found, phrase)
    return (other, "medium", Word("at each of these meetings")) if other else None


_DOUBTS: tuple[Doubt, ...] = (
    _each_year, _other_way, _other_winter, _terms, _month_first, _twice_or_every_second, _by_the_end, _business_year,
    _business_quarter, _each_meeting,
)  # fmt: skip


def others(found: Schedule, phrase: Phrase, context: Context) -> Iterator[Reading]:
    """The other readings of what was read as `found`, each different from it."""
    met = {found.meaning}
    for doubt in _DOUBTS:
        try:
            other = doubt(found, phrase, context)
        except BadDate:
            continue
        if other and other[0].meaning not in met:
            met.add(other[0].meaning)
            yield Reading(*other)
