"""A paragraph cut into sentences, and what each of them signals."""

from __future__ import annotations

import re

from domain.words import comparable
from services.imports.clues import CLUES, Signal
from services.imports.clues_english import ENGLISH
from services.imports.spelling import words

_ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|was|were|has|have|been|is|are|to|by|with|this|that|we|our|not|will|no|it)\b", re.IGNORECASE
)
_FRENCH_WORDS = words(
    r"\b(?:l[ea]s?|une?|des?|du|et|est|ont|été|sont|aux?|par|pour|avec|que|qui|nous|nos|ce(?:tte|s)?|dans|sur|n’|l’|d’)\b|[ld]’"
)
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…]\s[»”]))(?<!\bM\.)(?<!\bMM\.)(?<!\bart\.)(?<!\bno\.)\s+(?=[A-ZÀ-Ý«“])"
)


def sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]


def is_english(text: str) -> bool:
    """Whether the small words of a text are more those of English than those of French."""
    said = comparable(text)
    return len(_ENGLISH_WORDS.findall(said)) > len(_FRENCH_WORDS.findall(said))


def signals(sentence: str) -> dict[Signal, int]:
    """Every signal of a sentence with its greatest weight. A future that depends on something else is no
    plan."""
    text = comparable(sentence)
    found: dict[Signal, int] = {}
    for clue in ENGLISH if is_english(text) else CLUES:
        if clue.weight > found.get(clue.signal, 0) and clue.pattern.search(text):
            found[clue.signal] = clue.weight
    if Signal.WHEN_NEEDED in found:
        found.pop(Signal.PLANNED, None)
    return found
