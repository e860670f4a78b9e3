"""The grammar: one expression, or several that complete one another, as one schedule."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec.structs import replace

from domain.time.notation import edtf
from domain.time.schedules import dates, lengths, mandates, offsets, quarters, rhythms, upon
from domain.time.schedules.phrase import Phrase, Table, first, table
from domain.time.schedules.recurrence import Rhythm
from domain.time.schedules.values import Context, Kind, Schedule
from domain.time.seasons import Seasons, seasons_in_use

_FIRST_OF: tuple[Kind, ...] = (
    *("per_meeting", "recurring", "as_needed", "continuous"),
    *("once", "condition", "duration", "unchecked"),
)
"""Of two kinds that complete one another, the one that the whole is: a rhythm within a period is a rhythm."""

_FACETS = ("edtf", "duration", "rrule", "times", "upon")
_COMMA = r" ?[,;(…] ?"
_MOST = 24  # places where one expression may end and another begin
_EACH_YEAR = Rhythm("YEARLY")


def read(phrase: Phrase, context: Context) -> Schedule | None:
    """What the whole phrase says; None when it is not understood. Raises NoReference, NoPeriod, NoPrevious."""
    found = _whole(phrase, context)
    if found and found.kind == "continuous" and found.edtf is None and context.period:
        return replace(found, edtf=edtf(context.period))
    return found


def _whole(phrase: Phrase, context: Context) -> Schedule | None:
    return (
        element(phrase, context)
        or _several(phrase, context, _COMMA)
        or _several(phrase, context, " ")
        or first(upon.free(), phrase, context)
        or dates.named(phrase, context)
    )


def element(phrase: Phrase, context: Context) -> Schedule | None:
    """One expression, with no other beside it."""
    return _element(phrase, context, seasons_in_use())


@lru_cache(maxsize=1024)
def _element(phrase: Phrase, context: Context, seasons: Seasons) -> Schedule | None:
    for rules in _TABLES:
        if found := first(rules(), phrase, context):
            return found
    return None


def _free_element(phrase: Phrase, context: Context) -> Schedule | None:
    return element(phrase, context) or first(upon.free(), phrase, context)


def _several(phrase: Phrase, context: Context, separator: str) -> Schedule | None:
    """« Automne, annuellement », « tous les ans en mars »: two expressions or more, none of which contradicts. What was
    tried is remembered, as each of them may be the beginning of another."""
    return _joined(phrase, context, separator, seasons_in_use())


@lru_cache(maxsize=1024)
def _joined(phrase: Phrase, context: Context, separator: str, seasons: Seasons) -> Schedule | None:
    part = _free_element if separator == _COMMA else element
    places = list(re.finditer(separator, phrase.folded))
    for place in places if len(places) <= _MOST else ():
        before, after = phrase.cut(0, place.start()), phrase.cut(place.end())
        left = part(before, context) if before.text else None
        if left is None and separator != " ":
            left = _several(before, context, separator)
        if left is None or (right := part(after, context) or _several(after, context, separator)) is None:
            continue
        if found := combined(left, right):
            return found
    return None


def combined(left: Schedule, right: Schedule) -> Schedule | None:
    """The two as one; None where both say the same thing differently, or are two dates."""
    if left.kind == right.kind == "once":
        return None
    if yearly := _each_year_at(left, right) or _each_year_at(right, left):
        return yearly
    said = {name: (getattr(left, name), getattr(right, name)) for name in _FACETS}
    if any(one is not None and two is not None for one, two in said.values()):
        return None
    kind = min(left.kind, right.kind, key=_FIRST_OF.index)
    dated = left if left.edtf else right
    return Schedule(
        words="",
        kind=kind,
        said=dated.said,
        reference=dated.reference,
        confirmed=left.confirmed and right.confirmed,
        **{name: one if one is not None else two for name, (one, two) in said.items()},
    )


def _each_year_at(rhythm: Schedule, when: Schedule) -> Schedule | None:
    """A yearly rhythm and a date that names no year."""
    if when.kind != "once" or not (when.said or "").strip("{").startswith("XXXX"):
        return None
    return rhythms.within(rhythm, when.said or "")


def _each(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« chaque automne », « le 14 février de chaque année »: each year, whatever the date of the text."""
    said = dates.said_of(phrase.part(match).text)
    when = Schedule(words="", kind="once", edtf=said, said=said)
    return _each_year_at(rhythms.repeated(_EACH_YEAR), when) if said else None


@cache
def _yearly() -> Table:
    return table(
        [
            (r"(?:chaque|tou(?:te)?s les|each|every) (?P<rest>.+)", _each),
            (r"(?P<rest>.+?),? (?:(?:de )?(?:chaque annee|tous les ans)|(?:of )?(?:each|every) year)", _each),
        ]
    )


_TABLES = (
    _yearly,
    mandates.rules,
    rhythms.rules,
    upon.fixed,
    lengths.rules,
    quarters.rules,
    offsets.rules,
    dates.rules,
)
"""In the order in which they are tried."""
