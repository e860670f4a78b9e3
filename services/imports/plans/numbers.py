"""The numbers that plans print before their sections, goals and items: `1 :`, `2.`, `1.1`, `3-1.3`, `II.`, `Axe 4`."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGIT = r"[0-9lIO]{1,3}"
_DEEP = re.compile(
    rf"(?P<number>{_DIGIT}(?:\s?[.,·\-–_]\s?{_DIGIT}){{1,4}})\s?(?P<end>[.)\]:]|\s[-–—:])?\s+"
    r"(?=[^\s\d]|\d{1,3}\s[^\W\d]{2})"  # “3.2 12 rencontres”
)
_SHALLOW = re.compile(r"(?P<number>[0-9]{1,2}|[IVX]{1,5})\s?(?P<end>[.):]|[-–—](?=\s))\s*(?=[^\s\d])")
_NAMED = re.compile(
    r"(?:axe|axis|orientation|section|but|goal|objectif|objective|volet|chapitre|priorit[ée]|priority|enjeu|pillar|partie|part)"
    r"\s+(?:n[o°º]\s?)?(?P<number>[0-9]{1,2}|[IVX]{1,5})(?![\w])\s?(?P<end>[.):]|[-–—])?\s*",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SLIPS = str.maketrans({"l": "1", "I": "1", "O": "0"})


class Numbered(NamedTuple):
    """`printed`: as the page has it; `number`: with points (`3.1.3`); `text`: the words after it; `mended`: whether the
    page prints it otherwise than with points and digits."""

    printed: str
    number: str
    text: str
    mended: bool

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1


def read_number(text: str) -> Numbered | None:
    """The number before a text; null if there is none. “8 rencontres” has none: a single number needs a sign after it."""
    said = text.strip()
    if (deep := _DEEP.match(said)) and any(each.isdigit() for each in deep["number"]):
        parts = [str(int(part.translate(_SLIPS))) for part in re.split(r"\s?[.,·\-–_]\s?", deep["number"])]
        number = ".".join(parts)
        return Numbered(deep["number"], number, said[deep.end() :].strip(), number != deep["number"])
    if shallow := _SHALLOW.match(said):
        return _single(shallow, said)
    return None


def read_name(text: str) -> Numbered | None:
    """The number of « Axe 1 Bâtir … », of « Orientation II : … »; null if the text does not open with such a name."""
    named = _NAMED.match(text.strip())
    if not named:
        return None
    found = _single(named, text.strip())
    return found._replace(printed=named[0].strip(" .:)-–—")) if found else None


def _single(found: re.Match[str], said: str) -> Numbered | None:
    printed = found["number"]
    value = int(printed) if printed.isdigit() else _roman(printed)
    return Numbered(printed, str(value), said[found.end() :].strip(), False) if value else None


def _roman(printed: str) -> int:
    values = [_ROMAN[each] for each in printed.upper()]
    return sum(-v if any(v < w for w in values[at + 1 : at + 2]) else v for at, v in enumerate(values))


def initials(title: str) -> str:
    """By which a section without number is called: « DS » of « Dossier spécial »."""
    words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3 or word[0].isupper()]
    return "".join(word[0].upper() for word in words[:4]) or "S"
