"""How many, as a person writes it: “3”, “au moins trois”, “plusieurs”, “2 ou 3”, “une dizaine”, “at least 3”."""

from __future__ import annotations

import re

from domain.errors import Invalid
from domain.values import Count
from domain.words import plain

MOST = 9_999

_UNITS = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5,
    "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10,
    "onze": 11, "eleven": 11, "douze": 12, "twelve": 12, "quinze": 15, "fifteen": 15, "vingt": 20, "twenty": 20,
    "trente": 30, "thirty": 30, "cent": 100, "hundred": 100,
}  # fmt: skip
_SEVERAL = frozenset({
    "plusieurs", "multiples", "multiple", "de multiples", "maintes", "maints", "several", "many", "des", "quelques",
})  # fmt: skip
_LEAST = re.compile(
    r"(?:au moins|au minimum|minimum|plus de|at least|more than|>=?) *(.+)|(.+?) *(?:\+|ou plus|or more|au moins)"
)
_MORE = re.compile(r"plus de|more than|>(?!=)")
_BETWEEN = re.compile(r"(?:entre|de|between)? *(\S+) *(?:-|–|a|et|ou|to|and|or) *(\S+)")
_ABOUT = re.compile(r"(?:environ|a peu pres|pres de|une|about|some) +(.+)")
_ROUND = {"dizaine": 10, "quinzaine": 15, "vingtaine": 20, "centaine": 100, "douzaine": 12, "dozen": 12}


class CountUnreadable(Invalid):
    """“{words}” does not say how many. Write for instance 3, “at least 3”, “2 to 4” or “several”."""


def read_count(words: str) -> Count:
    """A bare number is exact; a plural without number is at least two; what is about a number is of no known end.
    Raises CountUnreadable."""
    text = " ".join(plain(words).split())
    if (number := _number(text)) is not None:
        return Count(number, number)
    if text in _SEVERAL:
        return Count(2, None, words.strip())
    if (between := _BETWEEN.fullmatch(text)) and (pair := [_number(each) for each in between.groups()]) and None not in pair:
        low, high = sorted(number or 0 for number in pair)
        return Count(low, high, words.strip())
    if least := _LEAST.fullmatch(text):
        number = _number((least[1] or least[2]).strip())
        if number is not None:
            return Count(number + bool(_MORE.match(text)), None, words.strip())
    if (about := _ABOUT.fullmatch(text)) and (number := _ROUND.get(about[1], _number(about[1]))) is not None:
        return Count(min(number, 2), None, words.strip())
    raise CountUnreadable(words=words)


def _number(text: str) -> int | None:
    number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else _UNITS.get(text)
    return number if number is not None and number <= MOST else None
