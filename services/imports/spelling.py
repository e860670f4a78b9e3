"""Patterns of words as people type them and machines lose them."""

from __future__ import annotations

import re
import unicodedata

from domain.words import comparable


def lenient(pattern: str) -> str:
    """A pattern, without classes of accented letters, for texts made `comparable`: the text may have lost an accent that
    the pattern has, as capitals and old systems lose them; one that it has stands (« a » does not match « à »)."""
    return "".join(each if each.isspace() else _either(comparable(each)) for each in pattern)


def _either(letters: str) -> str:
    bare = unicodedata.normalize("NFD", letters)[:1]
    return letters if bare == letters[:1] else f"[{letters}{bare}]"


def words(pattern: str) -> re.Pattern[str]:
    """A lenient pattern, whatever the case."""
    return re.compile(lenient(pattern), re.IGNORECASE)
