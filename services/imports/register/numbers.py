"""The cell of a number: alone, or several of them, with or without the word “resolution”."""

from __future__ import annotations

import re

from domain.words import plain
from services.imports.headings import read_numbers

_WORDS = re.compile(r"\b(?:resolutions?|res|no|nos|numeros?|et|and|a|au|to|bis|ter)\b")
_LONGEST = 60


def numbers_of(cell: str) -> tuple[str, ...]:
    """The numbers of a cell that holds nothing else; none otherwise."""
    text = " ".join(cell.split())
    if not text or len(text) > _LONGEST or not re.search(r"\d", text):
        return ()
    rest = re.sub(r"\d+", " ", _WORDS.sub(" ", plain(text)))
    if len(re.sub(r"[^a-z]", "", rest)) > 5:  # letters of a series: “MUN-12”
        return ()
    return read_numbers(re.sub(r"(?i)^\W*r(?:é|e)s(?:olutions?|\.)?\s*(?:n[o°º]\.?)?\s*", "", text))
