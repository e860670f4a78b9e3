"""The title of a follow-up report and the assembly that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from services.imports.report import AssemblyHint, AssemblyKind, Paragraph

_FOLLOW_UP = re.compile(
    r"\b(?:suivis?|follow[- ]?up|status)\b.{0,60}\br[ée]solutions?\b"
    r"|\br[ée]solutions?\b.{0,40}\b(?:suivi|follow[- ]?up)",
    re.IGNORECASE,
)
_ANY = r"(?:assemblée|congrès|conseil|réunion|assembly|meeting)\b[^,;:]{0,40}?"
_KINDS: tuple[tuple[str, AssemblyKind, str], ...] = (
    (_ANY + r"\b(?:d[’']urgence|emergency)\b", "emergency", "-urgence"),
    (
        _ANY + r"\b(?:extraordinaire|spéciale?)\b|special (?:general )?(?:assembly|meeting)\b",
        "assembly",
        "-extra",
    ),
    (r"congrès\b|convention\b|congress\b", "congress", "-congres"),
    (r"(?:(?:conseil|comité|bureau) )?exécutif\b|executive\b", "executive", "-executif"),
    (r"conseil\b|council\b|board\b", "council", "-conseil"),
    (r"assemblée\b|\bAG[AOE]?\b|(?:annual )?(?:general )?(?:assembly|meeting)\b", "assembly", ""),
)
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_MONTH = "|".join(_MONTHS)
_DAYS = r"(\d{1,2})(?:er)?(?:(?:,| et| au| à|\s?[-–])\s?(?:\d{1,2}(?:,| et)\s?)*(\d{1,2}))?"
_YEARS = r"\b((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)\d\d))?\b"
_DATE = re.compile(rf"(?:(?:\b{_DAYS} )?({_MONTH}) )?{_YEARS}", re.IGNORECASE)
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
    return _FOLLOW_UP.search(unicodedata.normalize("NFC", text)) is not None


def _names_assembly(item: Paragraph) -> bool:
    return (
        len(item.text) <= _TITLE_LENGTH / 2
        and not item.text.endswith((".", ";"))
        and hint(item.text) is not None
    )


def hint(title: str) -> AssemblyHint | None:
    """The assembly that a title names with its year, or None. The key is the year, with the kind where it is
    not the yearly assembly: `2023`, `2023-extra`, `2022-congres`; a council that is dated by the day has its
    date."""
    text = unicodedata.normalize("NFC", " ".join(title.split()))
    for pattern, kind, suffix in _KINDS:
        found = re.search(pattern, text, re.IGNORECASE)
        when = _DATE.search(text, found.end()) if found else None
        if found and when:
            date = _edtf(when)
            often = kind in ("council", "executive", "emergency")
            year = date.split("/")[0][:4] if not when[5] else f"{when[4]}-{when[5]}"
            key = (date.split("/")[0] if often else year) + suffix
            return AssemblyHint(key, _name(text[found.start() : when.end()]), date, kind)
    return None


def _edtf(when: re.Match[str]) -> str:
    first, last, month, year, until = when.groups()
    if until:
        return f"{year}/{until}"
    if not month:
        return str(year)
    start = f"{year}-{_MONTHS.index(month.lower()) + 1:02d}"
    if not first:
        return start
    day = f"{start}-{int(first):02d}"
    return f"{day}/{start}-{int(last):02d}" if last else day


def _name(text: str) -> str:
    text = text.lower() if text.isupper() else text
    return text[:1].upper() + text[1:]
