"""How long: « sur 2 ans », « pour quatre ans », « un moratoire de trois ans »."""

from __future__ import annotations

import re
from functools import cache

from domain.time.schedules.phrase import COUNT, UNIT, Phrase, Table, number, table, unit
from domain.time.schedules.values import Context, Schedule


def _length(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="duration", duration=f"P{number(match['count'])}{unit(match['unit'])}")


def _half(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="duration", duration="P6M")


def _notation(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="duration", duration=match[0].upper())


@cache
def rules() -> Table:
    """Durations in whole units; « 18 mois » stays 18 months."""
    length = rf"(?P<count>{COUNT}) (?P<unit>{UNIT})"
    return table(
        [
            (
                rf"(?:pour|sur|pendant|durant|for|over|d'une duree d[e']|sur une periode d[e'])? ?"
                rf"(?:les |the next )?{length}(?: a venir| qui viennent)?",
                _length,
            ),
            (r"(?:pour |sur |pendant |for )?(?:un semestre|six months|half a year)", _half),
            (rf"(?:un|une|le|la|a|the) [^,;0-9]{{2,60}}? (?:de|d'|of) ?{length}", _length),
            (rf"(?:a |the )?(?P<count>{COUNT})-(?P<unit>day|week|month|year) [a-z ]{{2,40}}", _length),
            (r"p[0-9]{1,3}[dwmy]", _notation),
        ]
    )
