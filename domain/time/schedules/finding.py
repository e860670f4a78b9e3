"""Rhythms, meetings and needs inside a sentence: « Assurer, au moins deux fois par mois, une mise à jour »."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from domain.time.notation import BadDate
from domain.time.schedules.phrase import COUNT, UNIT
from domain.time.schedules.reading import read_schedule
from domain.time.schedules.rhythms import ADJECTIVES
from domain.time.schedules.upon import MEETINGS
from domain.time.schedules.values import Context, Reading
from domain.time.vocabulary import fold


class Told(NamedTuple):
    """An expression in a text: its words from `start` to `end`, as written, and what they may mean."""

    start: int
    end: int
    words: str
    readings: tuple[Reading, ...]


_BOUND = r"(?:(?:au moins|au minimum|au plus|un minimum de|at least|at most) )?"
_NOUN = r"[^,;.:()0-9]{1,60}?"
_MEETING = MEETINGS.replace("{2,60}", "{2,30}?")
_FORMS = (
    rf"{_BOUND}(?!a ){COUNT}(?: (?:a|ou) {COUNT})?(?: {_NOUN})? (?:par |(?<=fois )l'|chaque |tous les |per )(?:{COUNT} )?{UNIT}",
    rf"{COUNT} ?(?:x|fois|times?)? ?/ ?{UNIT}",
    rf"(?:chaque|tou(?:te)?s les|each|every)(?: {COUNT})? {UNIT}",
    rf"(?:(?:a|avant|apres|lors de) )?(?:chacune? (?:des|de nos)|chaque|toutes les|tous les) {_MEETING}",
    "|".join(
        pattern for each in ADJECTIVES for pattern in each.split("|") if "ment" in pattern or pattern.endswith("ly")
    ),
    r"periodiquement|regulierement|en continu|de facon continue|en permanence|au besoin|sur demande|as needed",
    r"(?:mandat complet|reste du mandat|tout le mandat|(?:au |le )?prochain mandat)",
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w'-])(?:{form})(?![\w-])") for form in _FORMS)


def find_schedules(text: str, context: Context) -> list[Told]:
    """What a sentence says of when, in order, none overlapping, the longest first; dates are for `find_dates`. What
    needs a context that is not stated is left out."""
    folded, found, reached = fold(text), [], 0
    kept = [n for n, letter in enumerate(folded) if letter != " " or folded[n - 1 : n] != " "]  # lines wrap anywhere
    flat = "".join(folded[n] for n in kept)
    spans = {match.span() for pattern in _patterns() for match in pattern.finditer(flat)}
    for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
        start, end = kept[first], kept[last - 1] + 1
        if start < reached:
            continue
        try:
            readings = read_schedule(text[start:end], context)
        except BadDate:
            continue
        found.append(Told(start, end, text[start:end], readings))
        reached = end
    return found
