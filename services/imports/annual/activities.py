"""Activities as a report lists them: dated items, stands in one sentence with « (place, date) », what was told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.time import Found
from domain.time.vocabulary import fold
from services.imports.annual.dates import dates_in
from services.imports.annual.letters import shortened
from services.imports.annual.names import capital, partners
from services.imports.annual.page import Passage
from services.imports.annual.reading import Entry
from services.imports.annual.sections import Role

_STAND = re.compile(r"\b(?:kiosques?|stands?|tables? d'information|(?:information )?booths?|information tables?)\b")
_TOLD = re.compile(
    r"\b(?:(?:a|ont) presente|presentee?s?|(?:a|ont) (?:temoigne|raconte|donne une (?:presentation|conference))|discutee?s?"
    r"|presented|spoke|discussed)\b[^.]{0,60}?\b(?:devant|aux?|a l'|lors d|before|to|at)\b"
)
_LEAD_IN = re.compile(
    r"^\W*(?:d'information |lors (?:du |de la |des |de l')|au |aux |a la |a l'|at (?:the )?|during (?:the )?)*"
)
_PARENTHESES = re.compile(r"\(([^()]{4,120})\)")
_HELD: frozenset[Role] = frozenset({"activities", "kiosks"})
"""Sections whose items are activities wherever their date stands; elsewhere, those that open with it."""
_DATED = _HELD | {"solidarity", "other", "advocacy", "communications", "infrastructure", "word"}


def read_item(passage: Passage, role: Role, where: str, reference: str | None) -> list[Entry]:
    """What an item of a list tells: stands, presentations, or one dated activity; nothing without a date."""
    text, flat = passage.text, fold(passage.text)
    if (role == "kiosks" or _STAND.search(flat)) and (stands := list(_stands(passage, where, reference))):
        return stands
    found = dates_in(text, reference)
    if not found or role not in _DATED:
        return []
    if found[0].start > 3 and (told := list(_presentations(passage, found, where))):
        return told
    listed = bool(passage.mark or passage.cells) and not found[0].edtf.endswith("/..")
    return [_activity(passage, found[0], where)] if listed and (found[0].start <= 3 or role in _HELD) else []


def _activity(passage: Passage, date: Found, where: str) -> Entry:
    """The date first, or anywhere; of an item that begins with it, the words after it are what was done."""
    text = passage.text.rstrip(" ;.")
    opens = date.start <= 3
    said = text[date.end :].lstrip(" ,:–—-") if opens else text
    quoted = re.search(r"«\s*([^«»]{3,200}?)\s*»|“([^“”]{3,200})”", said)
    return Entry(
        "activity", shortened(capital(said)), text, passage.first_line, passage.last_line, date.edtf, date.words,
        place=_place(said), parties=partners(said), where=where, confidence="high" if opens or quoted else "medium",
    )  # fmt: skip


def _place(said: str) -> str | None:
    """A place that ends the sentence: « …, à Rimouski », “…, in Halifax”."""
    match = re.search(r"(?:,|\)) (?:à|au|in) ([A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+)*)$", said.rstrip(" ."))
    return match[1] if match else None


def _stands(passage: Passage, where: str, reference: str | None) -> Iterator[Entry]:
    """« Congrès de la CSQ (Québec, 26-28 juin 2024), … »: the name before each parenthesis that holds a date."""
    text, start = passage.text, 0
    if (colon := text.find(":")) >= 0 and not _PARENTHESES.search(text[:colon]):
        start = colon + 1
    dated = [(match, found) for match in _PARENTHESES.finditer(text) if (found := dates_in(match[1], reference))]
    for match, found in dated:
        name = re.sub(r"^(?:[\s,;.]|et |ainsi que |puis |and )+", "", text[start : match.start()]).strip(" ,;")
        place = match[1][: found[0].start].strip(" ,;–—-") or None
        start = match.end()
        if name:
            yield Entry(
                "kiosk", _event(name), name, passage.first_line, passage.last_line, found[0].edtf, found[0].words, place=place,
                where=where,
            )  # fmt: skip


def _event(name: str) -> str:
    """The event alone, where the sentence leads to it: « … un kiosque lors du Congrès » is « Congrès »."""
    flat = fold(name)
    if (stand := _STAND.search(flat)) is None:
        return name
    rest = _LEAD_IN.sub("", flat[stand.end() :])
    return capital(name[len(name) - len(rest) :]) if rest else name


def _presentations(passage: Passage, dates: list[Found], where: str) -> Iterator[Entry]:
    """One for each date: « devant le conseil en mars 2025, devant les membres en avril 2025 »."""
    text = passage.text.rstrip(" ;.")
    if not _TOLD.search(fold(text)):
        return
    start = 0
    before = ""
    for date in dates:
        part = text[start : date.start].strip(" ,;")
        start = date.end
        if re.fullmatch(r"(?:,|et|and|puis)?\s*", part):  # « en janvier et mars 2025 »: the same, another time
            part = before
        title = re.sub(r"\s(?:en|au|à|in|on|le|du)$", "", re.sub(r"^(?:et|and|puis)\s+", "", part)).strip(" ,;")
        before = part
        yield Entry(
            "presentation", shortened(capital(title)), text, passage.first_line, passage.last_line, date.edtf, date.words,
            where=where, confidence="medium" if len(dates) > 1 else "high",
        )  # fmt: skip
