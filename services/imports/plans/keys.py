"""The key under which a plan is entered, where nobody says one: its organisation's acronym and its first year (`ccsne-2019`)."""

from __future__ import annotations

import re
import unicodedata

from services.imports.plans.numbers import initials
from services.imports.plans.reading import PlanReading

_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{3,10}(?![\w-])")
_SHORTEST = 2  # letters of initials that stand for a name


def key_of(reading: PlanReading) -> str | None:
    """The key that a plan suggests; null if it names no organisation or no year."""
    year = re.search(r"(?:19|20)\d\d", reading.period or "")
    name = reading.organisation or ""
    known = _ACRONYM.findall(name)
    letters = known[-1] if known else initials(name) if name else ""
    if not year or len(letters) < _SHORTEST:
        return None
    return f"{_plain(letters)}-{year[0]}"


def _plain(letters: str) -> str:
    folded = unicodedata.normalize("NFD", letters)
    return "".join(each for each in folded if each.isascii() and each.isalnum()).lower()
