"""What no calendar has, told apart from what is not understood: « 32 novembre », « du 5 au 3 mai »."""

from __future__ import annotations

import re
from calendar import monthrange

from domain.time.notation import BadDate, Edtf, earliest, latest, normalised
from domain.time.reading import read_date
from domain.time.schedules.phrase import Phrase
from domain.time.schedules.refusals import Backwards, NoSuchDay, NoSuchNumbers, NoSuchQuarter
from domain.time.vocabulary import NAMES, either

_MONTHS = {name: code for name, code in NAMES.items() if 1 <= code <= 12}
_LEAP = 2000
_MONTH = rf"(?P<month>{either(_MONTHS)})"
_YEAR = "(?P<year>[0-9]{4})"
_DAY = re.compile(rf"(?<![0-9])(?P<day>[0-9]{{1,3}}) (?:de )?{_MONTH}\b(?: {_YEAR})?")
_LISTED = re.compile(rf"(?<![0-9])(?P<day>[0-9]{{1,2}}) ?(?:et|au|a|-|,) ?[0-9]{{1,2}} {_MONTH}\b(?P<year>)")
_ENGLISH = re.compile(rf"\b{_MONTH} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_YEAR})?")
_NUMBERS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})[/.](?P<y>[0-9]{4})")
_RANGE = re.compile(r"(?:du|de|from|entre|between)? ?(?P<one>.+?) ?(?:-| au | a | et | to | and ) ?(?P<two>.+)")
_DAYS = re.compile(rf"(?:du |from )?(?P<one>[0-9]{{1,2}}) ?(?:-|au|to) ?(?P<two>[0-9]{{1,2}}) (?:{either(_MONTHS)}).*")


_PART = re.compile(r"(?<![0-9])(?:(?:[05-9]|[0-9]{2,3})(?:e|eme|th) (?:trimestre|quarter)|[tq][05-9] [0-9]{4})\b")


def refuse_impossible(words: str, phrase: Phrase) -> None:
    """Raises NoSuchDay, NoSuchNumbers, NoSuchQuarter or Backwards if that is what the words are."""
    if _PART.search(phrase.folded):
        raise NoSuchQuarter(words=words)
    folded = re.sub(r"\b1er\b", "1", phrase.folded)
    for pattern in (_DAY, _LISTED, _ENGLISH):
        for match in pattern.finditer(folded):
            _refuse_day(words, match)
    for match in _NUMBERS.finditer(folded):
        _refuse_numbers(words, match)
    days = _DAYS.fullmatch(folded)
    if days and int(days["one"]) > int(days["two"]):
        raise Backwards(words=words)


def refuse_backwards(words: str, phrase: Phrase) -> None:
    """Raises Backwards for two dates of which the second is the earlier."""
    match = _RANGE.fullmatch(phrase.folded)
    try:
        one, two = (read_date(match[name]) for name in ("one", "two")) if match else ("", "")
    except BadDate:
        return
    begin, end = (earliest(one), latest(two)) if one else (None, None)
    if begin and end and begin > end:
        raise Backwards(words=words)


def _refuse_numbers(words: str, match: re.Match[str]) -> None:
    texts = [match[0]]
    if match["y"]:
        texts = [f"{match['y']}-{int(match[one]):02}-{int(match[two]):02}" for one, two in ("md", "dm")]
    if not any(map(normalised, texts)):
        raise NoSuchNumbers(words=words)


def _refuse_day(words: str, match: re.Match[str]) -> None:
    day, month = int(match["day"]), _MONTHS[match["month"]]
    year = int(match["year"] or _LEAP)
    days = monthrange(year, month)[1] if year else 31
    if day == 0 or days < day:
        shown = f"{year:04}-{month:02}" if match["year"] and month == 2 else f"XXXX-{month:02}"
        raise NoSuchDay(words=words, month=Edtf(shown), days=days)
