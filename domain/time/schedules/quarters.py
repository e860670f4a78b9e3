"""Parts of a year that have a number: « T2 2025 », « 2e trimestre », « premier semestre de 2025 », « Q3 »."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from domain.time.elements import Reference
from domain.time.notation import earliest, edtf, latest
from domain.time.schedules.phrase import Phrase, Table, table
from domain.time.schedules.values import Context, Schedule

_RANKS = {
    1: "premier|1er|1|i|first|1st", 2: "deuxieme|second|2e|2eme|2|ii|2nd", 3: "troisieme|3e|3eme|3|iii|third|3rd",
    4: "quatrieme|4e|4eme|4|iv|fourth|4th|dernier|last",
}  # fmt: skip
_RANK = "|".join(_RANKS.values())
_NAMED = rf"(?:(?P<rank>{_RANK}) (?P<part>trimestre|semestre|quarter|half)|(?P<short>[tqs])(?P<n>[1-4]))"
_TURNS = (
    r"(?P<turn>(?:d'ici|avant) (?:a )?(?:la )?(?:fin )?(?:du |le )?|(?:by|before) (?:the )?(?:end of (?:the )?)?"
    r"|a (?:partir|compter) d[eu] ?|(?:since|from|starting) (?:in )?(?:the )?)?"
)
_LEAD = r"(?:(?:au|le|du|pour le|pour|en|pendant le|in|for|during)(?: the)? )?(?:the )?"
_YEAR = r"(?:,? (?:de |of )?(?P<year>[0-9]{4}))?"
_OPEN = ("a partir", "a compter", "since", "from", "starting")


def _months(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of the part."""
    if match["short"]:
        nth, half = int(match["n"]), match["short"] == "s"
    else:
        nth = next(n for n, pattern in _RANKS.items() if re.fullmatch(pattern, match["rank"]))
        half = match["part"] in ("semestre", "half")
        nth = 2 if half and nth == 4 else nth
    length = 6 if half else 3
    return (nth - 1) * length + 1, nth * length


def _text(year: int | None, first: int, last: int) -> str:
    shown = "XXXX" if year is None else f"{year:04}"
    return f"{shown}-{first:02}/{shown}-{last:02}"


def _year(first: int, last: int, context: Context) -> int | None:
    """The year of one that names none: of the next that is not over, or of the last that had begun."""
    stated = context.reference or (earliest(context.period) if context.period else None)
    seen = Reference.of(stated)
    if seen is None:
        return None
    ahead = context.ahead is not False
    days = {
        year: _text(year, first, last) for year in range(max(1, seen.first.year - 1), min(9999, seen.last.year + 1) + 1)
    }
    if ahead:
        return next((year for year, text in days.items() if (latest(text) or date.min) >= seen.first), None)
    return next((year for year, text in reversed(days.items()) if (earliest(text) or date.max) <= seen.last), None)


def _part(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    first, last = _months(match)
    if last > 12:
        return None
    stated = int(match["year"]) if match["year"] else None
    year = stated if stated is not None else _year(first, last, context)
    texts = [_turned(match["turn"] or "", _text(each, first, last)) for each in (stated, year)]
    said, found = (edtf(text) for text in texts)
    rests = None if said == found else str(context.reference or context.period)
    going = any((match["turn"] or "").startswith(word) for word in _OPEN)
    return Schedule(words="", kind="continuous" if going else "once", edtf=found, said=said, reference=rests)


def _turned(turn: str, text: str) -> str:
    """« d'ici », « avant », « à partir de »."""
    begin, _, end = text.partition("/")
    if any(turn.startswith(word) for word in _OPEN):
        return f"{begin}/.."
    if turn.startswith(("avant", "before")) and "fin" not in turn and "end of" not in turn:
        month = int(begin[5:]) - 1
        year = begin[:4]
        if month == 0:
            year, month = (year if "X" in year else f"{int(year) - 1:04}"), 12
        return f"../{year}-{month:02}"
    return f"../{end}" if turn else text


def _range(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« T1-T2 2025 », « T1 à T3 2025 »."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if one >= two:
        return None
    text = f"{year:04}-{one * 3 - 2:02}/{year:04}-{two * 3:02}"
    return Schedule(words="", kind="once", edtf=text, said=text)


def business(found: Schedule, phrase: Phrase, context: Context) -> Schedule | None:
    """The same part of the year as the organisation counts it, where its year does not begin in January."""
    begins, match = context.year_begins, rules()[0][0].fullmatch(phrase.folded)
    if match is None or not match["year"] or match["turn"] or begins is None or not 1 < begins <= 12:
        return None
    first, last = _months(match)
    ends = []
    for month in (first + begins - 1, last + begins - 1):
        ends.append(f"{int(match['year']) + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}")
    return Schedule(words="", kind="once", edtf="/".join(ends), said=found.said)


@cache
def rules() -> Table:
    """The first reads one part; the second, several in a row."""
    return table(
        [
            (rf"{_TURNS}{_LEAD}{_NAMED}{_YEAR}", _part),
            (rf"{_LEAD}[tq](?P<one>[1-4]) ?(?:-|a|au|et|to|and) ?[tq](?P<two>[1-4]) (?P<year>[0-9]{{4}})", _range),
        ]
    )
