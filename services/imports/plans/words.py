"""Words compared across accents, case, dashes, ligatures and the slips of scanners."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from domain.time.vocabulary import fold

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_CONFUSED = str.maketrans({"0": "o", "1": "i", "l": "i", "|": "i", "!": "i", "5": "s"})
# What is left aside: signs, and whatever Latin letter has no plain one; not the letters of other scripts, as syllabics.
_NOT_WORDS = re.compile(r"(?:[\W_]|[\u0080-\u036f\u1d00-\u1dbf\u1e00-\u1eff\u2070-\u218f])+")
_COMPARED = 1_000  # letters of two texts whose likeness is reckoned, which takes the square of them
_LONG, _LONGER = 5, 8  # letters from which a word may hold one slip, and two


def plain(text: str) -> str:
    """Letters and digits in lower case, with single spaces: what is left to compare two texts by."""
    return _NOT_WORDS.sub(" ", fold(_composed(text))).strip()


def _composed(text: str) -> str:
    """Accents with their letters, ligatures as two letters."""
    return unicodedata.normalize("NFC", text).translate(_LIGATURES)


def tokens(text: str) -> list[str]:
    """The words of a heading, those that scanners confuse made one: “QUOl” and “SU1VI” are read as “QUOI”, “SUIVI”."""
    said = re.sub(r"[^\w|!]+", " ", fold(_composed(text)))
    return [unconfused(word) for word in said.split() if not word.isdigit()]


def unconfused(word: str) -> str:
    """A word as a scanner could not tell it from another: 0 and o, 1, l and i, 5 and s, rn and m."""
    return word.translate(_CONFUSED).replace("rn", "m")


@lru_cache(maxsize=4096)
def slips(one: str, other: str, most: int = 2) -> int:
    """How many letters were added, lost, changed or swapped between two words; `most` + 1 for anything above."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def closest(word: str, among: Iterable[str]) -> str | None:
    """The one of `among` that a word is, or is with so few slips that it can be no other; null if there is none. A
    short word is itself or nothing: “qui” is not “quoi”."""
    allowed = 0 if len(word) < _LONG else 1 if len(word) < _LONGER else 2
    best, least = None, allowed + 1
    for each in among:
        if (found := slips(word, each)) < least:
            best, least = each, found
    return best


def alike(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1, a scanner's slips left aside; of long ones, of their beginnings."""
    a, b = (unconfused(plain(text))[:_COMPARED] for text in (one, other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def is_capitals(text: str) -> bool:
    """Whether it is printed in capitals, as a theme is: at least two words, or one of eight letters."""
    letters = [each for each in text if each.isalpha()]
    said = text.split()
    return bool(letters) and all(each.isupper() for each in letters) and (len(said) > 1 or len(letters) >= _LONGER)
