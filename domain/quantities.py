"""Figures inside a text, each with the qualifier that its words give it: « près de 2500 personnes », “at least 50”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from domain.errors import Invalid
from domain.figures import Bound, Figure
from domain.numerals import DIGITS, MANY, ROUNDED, WORDED, read_number
from domain.time import find_dates
from domain.time.vocabulary import fold

LONGEST = 160  # letters of what a figure measures, where a sentence says it
_BEFORE = 60  # of them, before the figure itself
SURE = 10  # a smaller number in words, without qualifier, may be a turn of phrase (« trois raisons »)

_QUALIFIERS: dict[Bound, str] = {
    "about": r"pres de|pres d'|environ|autour de(?= ?(?:\d\d|une))|a peu pres|approximativement|quelque|presque"
    r"|about|around|approximately"
    r"|roughly|nearly|almost|close to|some",
    "at_least": r"plus de|plus d'|au moins|au minimum|un minimum de|minimum de|a partir de|more than|over|at least"
    r"|a minimum of|no fewer than|pas moins de",
    "at_most": r"moins de|moins d'|au plus|au maximum|un maximum de|jusqu'a|at most|up to|fewer than|less than|a maximum of",
}
_SKIPPED = (
    r"(?:(?:d'|de |of )?(?:autres|nouveaux|nouvelles|premiers|premieres|dernieres|derniers|prochaines|other|new|additional"
    r"|ces|ses|nos|leurs|these|our) )*"
)
_NO_NOUN = re.compile(
    r"(?:au|aux|avec|ce|ces|cette|chez|comme|contre|d|dans|de|des|du|elle|en|entre|est|et|eu|il|ils|la|le|les|leur|leurs|lors"
    r"|mais|nous|on|ont|ou|par|pas|plus|pour|puis|que|qui|sa|sans|sauf|ses|soit|son|sont|sous|sur|tous|toutes|une?|vers|vous"
    r"|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|a|and|at|by|for|from|has|have|he|in|is|it|of|or|she|that|the|they|this|to|was|we|were|which|who|with)"
)
_SPAN = r"(?:ans?|annees?|mois|semaines?|jours?|decennies?|years?|months?|weeks?|days?|decades?)"
_TURN = r"(?:prochaine?s?|derni(?:er|ere)s?|premi(?:er|ere)s?|next|last|past|first|coming|previous)"
_TURNED = re.compile(rf"\b{_TURN} $")
_SPANNED = re.compile(rf"\s(?:{_TURN} {_SPAN}|{_SPAN} (?:{_TURN}|a venir|a suivre|to come|ahead))\b")
"""« 50 prochaines années », “the last 3 years”: a time told from now, as a date is."""
_KNOWN = re.compile(r"\b(?:les|ces|mes|ses|nos|vos|leurs|des|aux|the|these|those|our|its|their) $")
"""What stands before things that were told already: « les deux organisations »."""
_ANNOUNCED = re.compile(r"\s[\w·.'-]+(?: [\w·.'-]+)?\s?:(?!\d)")
"""How many things a list has that follows: « trois axes complémentaires : … »."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_YEARS = range(1900, 2101)


class Found(NamedTuple):
    """A figure in a text, from `start` to `end`. `sure`: it is one; else it may be a turn of phrase."""

    start: int
    end: int
    figure: Figure
    sure: bool


class FigureUnreadable(Invalid):
    """“{words}” holds no figure. Write for instance 2500, “près de 2500 personnes”, “115 000 $” or “36 %”."""


def read_figure(words: str, measures: str = "") -> Figure:
    """The one figure that words give. Raises `FigureUnreadable`."""
    found = find_figures(words, bare=True)
    if not found:
        raise FigureUnreadable(words=words)
    first = found[0].figure
    return Figure(
        measures=measures or words.strip(), words=words.strip(), value=first.value, bound=first.bound, unit=first.unit
    )


def find_figures(text: str, *, bare: bool = False) -> list[Found]:
    """Every figure of a sentence or a paragraph, in order; numbers of dates, years, ordinals, items and names are none.
    `bare`: a number without a noun will do."""
    folded = fold(text)
    taken = [(found.start, found.end) for found in find_dates(text)]
    return list(_figures(text, folded, taken, bare))


@cache
def _pattern() -> re.Pattern[str]:
    bounds = "|".join(f"(?P<{bound}>{words})" for bound, words in _QUALIFIERS.items())
    number = rf"(?P<round>{ROUNDED})|(?P<many>{MANY})|(?P<digits>{DIGITS})|(?P<words>{WORDED})"
    unit = (
        rf"(?P<sign>\s?(?:\$|%|€)|\s(?:dollars|pour cent|percent|per cent)\b)"
        rf"|(?P<noun>\s(?:d'|de |of )?{_SKIPPED}(?:d'|de |of )?(?P<thing>[a-z][\w·.'/-]{{1,40}}))"
    )
    return re.compile(
        rf"(?<![\w.,$/#-])(?:(?:{bounds})[ ]?)?(?P<before>\$ ?(?=\d))?(?:{number})(?![\w/]|-\d|\.\d)(?:{unit})?"
    )


def _figures(text: str, folded: str, taken: list[tuple[int, int]], bare: bool) -> Iterator[Found]:
    for match in _pattern().finditer(folded):
        number = match["round"] or match["many"] or match["digits"] or match["words"]
        at = match.start(
            "round" if match["round"] else "many" if match["many"] else "digits" if match["digits"] else "words"
        )
        if any(start <= at < end for start, end in taken):
            continue
        bound = _bound(match)
        unit, end = _unit(text, match)
        read = read_number(number)
        if read is None or not _is_figure(match, read.value, bound, unit, bare):
            continue
        words = _BLANKS.sub(" ", text[match.start() : end].strip())
        rough = read.rough and bound == "exact"
        figure = Figure(
            measures=_around(text, match.start(), end), words=words,
            value=None if read.value is None else Decimal(f"{read.value:g}" if read.value % 1 else f"{read.value:.0f}"),
            bound="about" if rough else bound, unit=unit,
        )  # fmt: skip
        sure = bool(match["digits"] or bound != "exact" or read.rough or (read.value or 0) >= SURE)
        yield Found(match.start(), end, figure, sure)


def _bound(match: re.Match[str]) -> Bound:
    return next((bound for bound in _QUALIFIERS if match[bound]), "exact")


def _unit(text: str, match: re.Match[str]) -> tuple[str | None, int]:
    """What is counted, as written, and where the words of the figure end. A name is none, nor is a little word."""
    if match["before"]:
        return "$", _end_of_number(match)
    if match["sign"]:
        sign = text[match.start("sign") : match.end("sign")].strip()
        return {"dollars": "$", "pour cent": "%", "percent": "%", "per cent": "%"}.get(sign.lower(), sign), match.end(
            "sign"
        )
    if match["thing"] and not _NO_NOUN.fullmatch(match["thing"]) and text[match.start("thing")].islower():
        end = match.end("thing")
        end -= len(text[match.start("thing") : end]) - len(text[match.start("thing") : end].rstrip(".'·-/"))
        return text[match.start("thing") : end], end
    return None, match.start("sign") if match["sign"] else _end_of_number(match)


def _end_of_number(match: re.Match[str]) -> int:
    return match.end(next(name for name in ("round", "many", "digits", "words") if match[name]))


def _is_figure(match: re.Match[str], value: float | None, bound: Bound, unit: str | None, bare: bool) -> bool:
    """A year is one only with a sign; « un » and « une » alone are articles."""
    if match["words"] in ("un", "une", "one", "a"):
        return False
    if (
        match["digits"]
        and value in _YEARS
        and not (match["sign"] or match["before"])
        and len(match["digits"]) == 4
        and not bare
    ):
        return bound != "exact" and unit is not None
    return bare or (unit is not None and not _is_turn(match, value, bound))


def _is_turn(match: re.Match[str], value: float | None, bound: Bound) -> bool:
    """Whether a number with its noun counts nothing: it tells a time from now, takes up what was told, or leads to a list."""
    folded, end = match.string, _end_of_number(match)
    before = folded[max(0, match.start() - 12) : match.start()]
    if _SPANNED.match(folded, end) or (_TURNED.search(before) and re.match(rf"\s{_SPAN}\b", folded[end : end + 12])):
        return True
    small = bool(match["words"]) and bound == "exact" and (value or 0) < SURE
    return small and bool(_KNOWN.search(before) or _ANNOUNCED.match(folded, end))


_ENDS = re.compile(r"(?<=[.!?;])\s+")


def _around(text: str, start: int, end: int) -> str:
    """The sentence in which it stands; of a long one, what is near."""
    left = max((match.end() for match in _ENDS.finditer(text, max(0, start - 400), start)), default=max(0, start - 400))
    ended = _ENDS.search(text, end, end + 400)
    right = ended.start() if ended else min(len(text), end + 400)
    if right - left > LONGEST:
        if start - left > _BEFORE:
            left = text.find(" ", start - _BEFORE) + 1
        right = min(right, left + LONGEST)
        right = right if right in (len(text), ended.start() if ended else -1) else max(text.rfind(" ", end, right), end)
    return " ".join(text[left:right].split()).rstrip(" ,;.")
