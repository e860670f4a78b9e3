"""Numbers in French and English words: « quatre-vingt-deux », “two hundred”, « une quarantaine », « des milliers »."""

from __future__ import annotations

import re
from typing import NamedTuple

_ONES = {
    "zero": 0, "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5,
    "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10, "onze": 11,
    "eleven": 11, "douze": 12, "twelve": 12, "treize": 13, "thirteen": 13, "quatorze": 14, "fourteen": 14, "quinze": 15,
    "fifteen": 15, "seize": 16, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "vingt": 20, "vingts": 20,
    "twenty": 20, "trente": 30, "thirty": 30, "quarante": 40, "forty": 40, "cinquante": 50, "fifty": 50, "soixante": 60,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TIMES = {"cent": 100, "cents": 100, "hundred": 100}
_GROUPS = {"mille": 1_000, "thousand": 1_000, "million": 1_000_000, "millions": 1_000_000}
_AND = frozenset({"et", "and"})
ROUND = {
    "demi-douzaine": 6, "dizaine": 10, "douzaine": 12, "dozen": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1_000,
}  # fmt: skip
"""Nouns that stand for about so many."""

_WORD = "|".join(sorted({*_ONES, *_TIMES, *_GROUPS}, key=len, reverse=True))
WORDED = rf"(?:{_WORD})(?:(?:[ -]|[ -](?:et|and)[ -])(?:{_WORD})){{0,8}}"
"""A pattern for a number in words, in text folded to lower case without accents."""
ROUNDED = rf"(?:une?|a) (?:bonne |petite )?(?:{'|'.join(sorted(ROUND, key=len, reverse=True))})"
MANY = (
    r"(?:des|plusieurs|several|many|quelques) (?:dizaines|centaines|milliers|millions)(?: d[e'] ?(?:milliers|millions))?"
    r"|(?:dozens|hundreds|thousands|millions)(?: of (?:thousands|millions))?(?= of )"
)
"""Patterns for « une quarantaine » and « des centaines de milliers », the same."""
DIGITS = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,3}(?:,\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3}){1,3}(?![\d,])|\d{1,9}(?:[.,]\d{1,3})?"
"""A pattern for digits: « 15 681 », “15,681”, « 27,5 »."""


class Number(NamedTuple):
    """`value` is null where the words give none (« des milliers »); `rough`: they only say about how many."""

    value: float | None
    rough: bool = False


def read_number(folded: str) -> Number | None:
    """A number in digits or in folded words; null for anything else."""
    text = " ".join(folded.split())
    if re.fullmatch(MANY.replace("(?= of )", ""), text):
        return Number(None, True)
    if re.fullmatch(ROUNDED, text):
        return Number(ROUND[text.rpartition(" ")[2]], True)
    if re.fullmatch(DIGITS, text):
        return Number(_digits(text))
    found = _worded(text) if re.fullmatch(WORDED, text) else None
    return None if found is None else Number(found)


def _digits(text: str) -> float:
    packed = re.sub(r"[ \u00a0\u2009\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", packed):
        return float(packed.replace(",", ""))
    return float(packed.replace(",", "."))


def _worded(text: str) -> int:
    """Ones and tens add up, « cent » multiplies what stands before it, « mille » ends a group."""
    total = group = 0
    for word in re.split(r"[ -]", text):
        if word in _GROUPS:
            total, group = (total + max(group, 1) * _GROUPS[word]), 0
        elif word in _TIMES:
            group = max(group, 1) * _TIMES[word]
        elif word in ("vingt", "vingts") and group % 100 == 4:
            group += 76  # quatre-vingt
        elif word not in _AND:
            group += _ONES[word]
    return total + group
