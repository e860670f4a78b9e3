"""A paragraph cut into sentences, and what each of them signals."""

from __future__ import annotations

import re
import unicodedata

from services.imports.clues import CLUES, Signal

_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…]\s[»”]))(?<!\bM\.)(?<!\bMM\.)(?<!\bart\.)(?<!\bno\.)\s+(?=[A-ZÀ-Ý«“])"
)


def sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]


def signals(sentence: str) -> dict[Signal, int]:
    """Every signal of a sentence with its greatest weight. A future that depends on something else is no
    plan."""
    text = unicodedata.normalize("NFC", sentence).replace("'", "’")
    found: dict[Signal, int] = {}
    for clue in CLUES:
        if clue.weight > found.get(clue.signal, 0) and clue.pattern.search(text):
            found[clue.signal] = clue.weight
    if Signal.WHEN_NEEDED in found:
        found.pop(Signal.PLANNED, None)
    return found
