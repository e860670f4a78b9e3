"""So long before or after something: « deux semaines avant l'AG », « un mois après le congrès », « 15 jours avant le
12 mai 2025 »."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from domain.time.elements import later
from domain.time.notation import earliest, latest
from domain.time.schedules.dates import dated
from domain.time.schedules.phrase import COUNT, UNIT, Phrase, Table, number, table, unit
from domain.time.schedules.upon import MEETINGS, OF_A_DAY
from domain.time.schedules.values import Context, Relation, Schedule, Upon
from domain.time.vocabulary import ENGLISH_MONTHS, either

_SIDES: dict[Relation, str] = {"before": "avant|before", "after": "apres|after|following"}
_AWAY = rf"(?:au moins |at least |environ )?(?P<count>{COUNT}) (?P<unit>{UNIT}) (?P<side>{'|'.join(_SIDES.values())}) "
_THE = r"(?:(?:la|le|les|the|notre|our|leur|their)\b ?|l')?"
_FRENCH = {"D": "jour", "W": "semaine", "M": "mois", "Y": "an"}


def _side(match: re.Match[str]) -> Relation:
    return next(side for side, pattern in _SIDES.items() if re.fullmatch(pattern, match["side"]))


def length_of(match: re.Match[str]) -> str:
    """The length, as an ISO 8601 duration."""
    return f"P{number(match['count'])}{unit(match['unit'])}"


def away(day: date, duration: str, relation: Relation) -> date | None:
    """The day that lies so long before or after another; None where the calendar ends."""
    count = int(duration[1:-1]) * (-1 if relation == "before" else 1)
    try:
        return later(day, count, _FRENCH[duration[-1]])
    except (ValueError, OverflowError):
        return None


def _from_day(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """Counted from the first day of a date, or after its last; `what`: the meeting that it is of."""
    when = dated(phrase.part(match, "date").text, context)
    side = _side(match)
    end = when and when.edtf and (earliest(when.edtf) if side == "before" else latest(when.edtf))
    day = away(end, length_of(match), side) if end else None
    if when is None or day is None:
        return None
    what = match.groupdict().get("what")
    upon = Upon("at", re.sub(r" (?:du|de|d['’]|of|on)$", "", phrase.part(match, "what").text)) if what else None
    said = None if when.said != when.edtf else day.isoformat()
    return Schedule(words="", kind="once", edtf=day.isoformat(), said=said, reference=when.reference, upon=upon)


def _from_event(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """Counted from something that has no date yet."""
    awaited = phrase.part(match)
    if len(awaited.text) < 2 or awaited.folded[:1].isdigit():
        return None
    return Schedule(words="", kind="condition", duration=length_of(match), upon=Upon(_side(match), awaited.text))


def each_meeting(found: Schedule, phrase: Phrase) -> Schedule | None:
    """The same for each such meeting, where what it is counted from is one."""
    match = rules()[-1][0].fullmatch(phrase.folded)
    if match is None or found.upon is None or not re.fullmatch(MEETINGS, match["rest"]):
        return None
    return Schedule(words="", kind="per_meeting", duration=found.duration, upon=found.upon)


@cache
def rules() -> Table:
    """From a day, from the day of a meeting, from something to come. « avant chaque réunion » is not read here."""
    each = r"(?!(?:chaque|chacun|chacune|tous|toutes|each|every)\b)"
    what = rf"{_THE}(?P<what>(?:{MEETINGS}))"
    return table(
        [
            (rf"{_AWAY}{_THE}(?P<date>(?:(?:{either(ENGLISH_MONTHS)}) )?[0-9][0-9a-z', ]*[0-9]{{4}})", _from_day),
            (rf"{_AWAY}{what} {OF_A_DAY}", _from_day),
            (rf"{_AWAY}{each}{_THE}(?P<rest>[^,;0-9][^,;]{{1,60}})", _from_event),
        ]
    )
