"""The title of a follow-up report and the assembly that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from domain.time.finding import find_dates
from domain.time.vocabulary import fold
from services.imports.report import AssemblyHint, AssemblyKind, Paragraph

_FOLLOW_UP = re.compile(
    r"\b(?:suivis?|follow[- ]?up|status)\b.{0,60}\bresolutions?\b|\bresolutions?\b.{0,40}\b(?:suivi|follow[- ]?up)"
)
_ANY = r"(?:assemblee|congres|conseil|reunion|assembly|meeting)\b[^,;:]{0,40}?"
_KINDS: tuple[tuple[str, AssemblyKind, str], ...] = (  # in folded words
    (_ANY + r"\b(?:d'urgence|emergency)\b", "emergency", "-urgence"),
    (
        _ANY + r"\b(?:extraordinaire|speciale?)\b|special (?:general )?(?:assembly|meeting)\b",
        "assembly",
        "-extra",
    ),
    (r"congres\b|convention\b|congress\b", "congress", "-congres"),
    (r"(?:(?:conseil|comite|bureau) )?executif\b|executive\b", "executive", "-executif"),
    (r"conseil\b|council\b|board\b", "council", "-conseil"),
    (r"assemblee\b|\bag[aoe]?\b|(?:annual )?(?:general )?(?:assembly|meeting)\b", "assembly", ""),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OFTEN = ("council", "executive", "emergency")  # kinds that meet more than once a year
_TITLE_LENGTH = 200
_TITLE_PARAGRAPHS = 6  # within which a title stands


def split_title(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Paragraph, ...]]:
    """The title and what is left of the text before the first resolution. A title has up to three paragraphs
    in a row that name the follow-up or the assembly; failing that, none."""
    named = [
        index
        for index, item in enumerate(paragraphs[:_TITLE_PARAGRAPHS])
        if len(item.text) <= _TITLE_LENGTH and not item.text.endswith((".", ";")) and names_report(item.text)
    ]
    if not named:
        return "", tuple(paragraphs)
    first = last = named[0]
    while first > 0 and _names_assembly(paragraphs[first - 1]):
        first -= 1
    while last + 1 < len(paragraphs) and last < first + 2 and _names_assembly(paragraphs[last + 1]):
        last += 1
    title = " ".join(item.text for item in paragraphs[first : last + 1])
    return title, (*paragraphs[:first], *paragraphs[last + 1 :])


def names_report(text: str) -> bool:
    """Whether the text says that it follows up resolutions."""
    return _FOLLOW_UP.search(fold(unicodedata.normalize("NFC", text))) is not None


def _names_assembly(item: Paragraph) -> bool:
    return len(item.text) <= _TITLE_LENGTH / 2 and not item.text.endswith((".", ";")) and hint(item.text) is not None


def hint(title: str) -> AssemblyHint | None:
    """The assembly that a title names with its year, or None. The key is the year, with the kind where it is
    not the yearly assembly: `2023`, `2023-extra`, `2022-congres`; a council dated by the day has its date."""
    text = unicodedata.normalize("NFC", " ".join(title.split()))
    for pattern, kind, suffix in _KINDS:
        found = re.search(pattern, fold(text))
        when = _date(text, found.end()) if found else None
        if found and when:
            date, end = when
            first, _, last = date.partition("/")
            years = first[:4] if first[:4] == last[:4] or not last else f"{first[:4]}-{last[:4]}"
            key = (first if kind in _OFTEN else years) + suffix
            return AssemblyHint(key, _name(text[found.start() : end]), date, kind)
    return None


def _date(text: str, start: int) -> tuple[str, int] | None:
    """The first date after `start` that has its year, and where it ends."""
    year = _YEAR.search(text, start)
    for found in find_dates(text):
        if year and start <= found.start < year.end() <= found.end and _YEAR.match(found.edtf):
            return found.edtf, found.end
    return (year[0], year.end()) if year else None


def _name(text: str) -> str:
    text = text.lower() if text.isupper() else text
    return text[:1].upper() + text[1:]
