"""Words beside their folded form, so that a rule matches the one and keeps the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from domain.time.schedules.values import Context, Schedule
from domain.time.vocabulary import COUNTS, either, fold

LONGEST = 200


class Phrase(NamedTuple):
    """Words as written and as folded: each character of the one is at its place in the other."""

    text: str
    folded: str

    @classmethod
    def of(cls, words: str) -> Phrase:
        """Without the spaces and the punctuation that surround it."""
        text = " ".join(words.replace("^{er}", "er").split()).strip(" .,;:")
        while text[:1] == "(" and text.find(")") in (-1, len(text) - 1):
            text = text.strip("() .,;:")
        return cls(text, fold(text))

    def part(self, match: re.Match[str], group: str = "rest") -> Phrase:
        """The words of a group of a match; none if it matched nothing."""
        start, end = match.span(group)
        return self.cut(start, end) if start >= 0 else Phrase("", "")

    def cut(self, start: int, end: int | None = None) -> Phrase:
        """The words from `start` to `end`, trimmed."""
        text = self.text[start:end]
        before, kept = len(text) - len(text.lstrip(" ,;:")), text.strip(" ,;:")
        if kept.endswith(")") and "(" not in kept:
            kept = kept.rstrip(") ")
        return Phrase(kept, self.folded[start + before : start + before + len(kept)])


Rule = Callable[[Phrase, re.Match[str], Context], Schedule | None]
"""What a phrase that matches a pattern means; None if it means nothing after all."""

Table = tuple[tuple[re.Pattern[str], Rule], ...]

COUNT = rf"(?:[0-9]{{1,3}}|{either(COUNTS)})"

UNITS = {
    "D": "jours?|days?", "W": "semaines?|weeks?", "M": "mois|months?", "Y": "an(?:nee)?s?|years?",
}  # fmt: skip
"""Letter of ISO 8601 -> the unit, in French and in English, folded."""

UNIT = "(?:" + "|".join(UNITS.values()) + ")"


def table(rules: Iterable[tuple[str, Rule]]) -> Table:
    """Patterns of whole phrases, compiled."""
    return tuple((re.compile(pattern), rule) for pattern, rule in rules)


def first(rules: Table, phrase: Phrase, context: Context) -> Schedule | None:
    """What the first rule that matches and understands gives."""
    for pattern, rule in rules:
        if (match := pattern.fullmatch(phrase.folded)) and (found := rule(phrase, match, context)):
            return found
    return None


def number(word: str) -> int:
    """« trois », « 3 » -> 3."""
    return COUNTS.get(word) or int(word)


@cache
def _units() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((letter, re.compile(pattern)) for letter, pattern in UNITS.items())


def unit(word: str) -> str:
    """« semaines » -> W."""
    return next(letter for letter, pattern in _units() if pattern.fullmatch(word))
