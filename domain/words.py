"""Words: the keys under which French text is sorted, named and compared."""

from __future__ import annotations

import hashlib
import re
import unicodedata

RESERVED = frozenset({"assembly", "body", "demarche", "office", "person", "plan", "record"})
"""Prefixes of a REF, which no key may be."""
SORTED = 300  # characters of a key by which texts are sorted

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_SIGNS = str.maketrans(dict.fromkeys("’‘ʼ´`", "'") | dict.fromkeys("‐‑‒–—―−", "-"))


def plain(text: str) -> str:
    """Lower case without accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    return "".join(
        each for each in unicodedata.normalize("NFKD", decomposed) if not unicodedata.combining(each)
    )


def sort_key(text: str) -> str:
    """A key that sorts French by code point: É as E, œ as oe, signs as a space. The text breaks ties. Of a text that no
    index could hold, the beginning, and a digest that tells it from others."""
    key = " ".join(re.findall(r"[^\W_]+", plain(text)))
    if len(key) <= SORTED:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: SORTED - len(digest) - 1].rstrip()} {digest}"


def slug(text: str, longest: int = 60) -> str:
    """A key of a-z, 0-9 and hyphens, at most `longest` (16 or more) long, never empty nor RESERVED. Two texts that
    differ only beyond that length still have keys of their own."""
    words = "-".join(re.findall(r"[a-z0-9]+", plain(text)))
    if len(words) > longest:
        digest = hashlib.sha256(words.encode()).hexdigest()[:6]
        room = longest - len(digest) - 1
        words = f"{words[: room + 1].rpartition('-')[0] or words[:room]}-{digest}"
    words = words or "unnamed"
    return f"{words[: longest - 2]}-1" if words in RESERVED else words


def natural(number: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """The sort key of a resolution's number: 2 < 10 < 12 < 12-B < 2024-07 < A-1. The text breaks ties."""
    pieces = re.findall(r"[0-9]+|[^\W0-9_]+", plain(number))
    return tuple(map(_weighed, pieces)), number


def _weighed(piece: str) -> tuple[int, str]:
    """A number by its length, then its digits; a word after every number."""
    if piece[0] in "0123456789":
        digits = piece.lstrip("0")
        return len(digits), digits
    return 1_000_000, piece


def natural_text(number: str) -> str:
    """The order of `natural` as one text, for a database that compares by code point."""
    pieces, text = natural(number)
    return "\x02".join(f"{weight:07}{piece}" for weight, piece in pieces) + f"\x01{text}"


def comparable(text: str) -> str:
    """The text with one way to write apostrophes, dashes, spaces and œ; case and accents as they are."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_LIGATURES).translate(_SIGNS).split())


def same(a: str, b: str) -> bool:
    """Whether two texts differ only in how they were typed, as sources mix ' and ’, oe and œ."""
    return comparable(a) == comparable(b)
