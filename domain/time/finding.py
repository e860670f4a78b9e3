"""Dates inside a paragraph, in French or in English: only forms that are hardly ever anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from domain.time.notation import BadDate, edtf
from domain.time.reading import read_date
from domain.time.vocabulary import (
    ENGLISH_MONTHS,
    ENGLISH_SEASONS,
    FRENCH_MONTHS,
    FRENCH_SEASONS,
    SHORT_MONTHS,
    either,
    fold,
)


class Found(NamedTuple):
    """A date in a text: `words` is the text from `start` to `end`, as written; `edtf` what it means."""

    start: int
    end: int
    words: str
    edtf: str


_M = rf"(?:{either(FRENCH_MONTHS)})"
_S = rf"(?:{either(FRENCH_SEASONS)})"
_Y = r"(?:19|20)[0-9]{2}"
_D = r"(?:1er|1\^\{er\}|[0-9]{1,2})"
_SIDE = r"(?:derni(?:er|ere)|prochaine?)"
_FROM = (
    r"(?:depuis|des|d'ici|vers|debut|fin|jusqu'(?:a|au|en)|a (?:partir|compter) d[eu]"
    r"|au plus tard|avant|apres)"
)
_AT = r"(?:a (?:partir|compter) de l'|depuis l'|depuis le|d'ici l'|a l'|l'|au|le|cet)"
_DAY = rf"{_D} {_M}(?: {_Y})?"
_MONTH = rf"{_M}(?: {_Y})?"

_ON = r"(?:on|since|by|until|before|after|around|as of|the week of)"
_FIGURES = rf"(?<!/)(?:{_Y}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}/[0-9]{{1,2}}/{_Y})"

_NAMES = {number: name for name, number in FRENCH_MONTHS.items()}
_FORMS = [
    rf"(?:(?:la semaine du|{_FROM}(?: le)?|du|les?|{_ON}) )?{_FIGURES}",
    rf"(?:la semaine du|{_FROM}(?: le)?|du|les?) {_DAY}(?: {_SIDE})?",
    rf"(?:du |les? )?{_D}(?: {_M}(?: {_Y})?)?(?: ?- ?| (?:et|au) (?:le )?){_DAY}(?: et (?:le )?{_DAY})*",
    rf"{_DAY}(?:, | et ){_DAY}",
    rf"{_DAY}(?: {_SIDE})?",
    rf"(?:entre {_MONTH} et|(?:de |d'){_MONTH} a) {_M} {_Y}",
    rf"{_MONTH} ?- ?{_M} {_Y}",
    rf"(?:(?:{_FROM} |mi-|a partir d'|a compter d')(?:le )?)?{_M} (?:{_Y}|{_SIDE})",
    rf"(?:en |au mois de |au mois d'|d'ici |mi-|depuis |des ){_M}(?: {_Y}| {_SIDE})?",
    rf"(?:cet|ce) {_S}",
    rf"{_AT} ?{_S}(?: {_Y}(?:-{_Y})?| {_SIDE})",
    rf"(?:au printemps|a l'(?:ete|automne|hiver))(?: {_Y}(?:-{_Y})?)?",
    rf"{_S} ?- ?{_S} {_Y}",
    rf"(?:printemps|automne|hiver) {_Y}(?:-{_Y})?",
    rf"d'ici la fin (?:de |d')(?:l'annee {_Y}|l'annee|{_Y})",
    r"l'an(?:nee)? (?:derniere?|prochaine?)|cette annee",
    rf"[1-4]e?r? trimestre (?:de )?{_Y}",
    rf"(?:depuis|en) {_Y}",
    rf"(?:pour|a|de|d'ici) {_Y}(?= ?(?:[.,;:)]|$))",
    rf"{_Y} ?- ?{_Y}",
]
_EM = rf"(?:{either(ENGLISH_MONTHS)}|(?:{either(SHORT_MONTHS)})\.)"
_ES = rf"(?:{either(ENGLISH_SEASONS)})"
_ED = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_SHORT = rf"(?:{either(SHORT_MONTHS)})\.?"
_FORMS += [
    rf"(?:{_ON} |le |les |du )?{_D} {_SHORT} {_Y}",
    rf"(?:en |in )?(?:{either(SHORT_MONTHS)})\. {_Y}",
    rf"(?:{_ON} )?{_EM} {_ED},? {_Y}",
    rf"{_EM} {_ED}(?: ?(?:-|to|,? and|,) ?{_ED})+,? {_Y}",
    rf"(?:from )?{_EM} {_ED} ?(?:-|to|and|,) ?{_EM} {_ED},? {_Y}",
    rf"(?:{_ON} )?{_D} {_EM} {_Y}",
    rf"(?:on|by|until|since) {_EM} {_ED}(?!,? {_Y})",
    rf"(?:(?:in|since|by|until|before|after|by the end of|in early|in late|early|late|mid) |mid-)?{_EM} {_Y}",
    rf"(?:from|between) {_EM} (?:to|and) {_EM} {_Y}",
    rf"(?:in|since|by|until) {_EM}(?! [0-9])",
    rf"(?:last|next|this) (?:{_EM}|{_ES}|year)",
    rf"(?:in the |in |this |by the )?{_ES} (?:of )?{_Y}",
    rf"by the end of {_Y}",
    rf"since {_Y}",
    rf"(?:in|by) {_Y}(?= ?(?:[.,;:)]|$))",
]


def _spaced(pattern: str) -> str:
    """Each space of a pattern stands for any number of them, as lines may be wrapped anywhere."""
    return re.sub(r" (\??)", lambda space: " *" if space[1] else " +", pattern)


@cache
def _patterns() -> list[re.Pattern[str]]:
    return [re.compile(rf"(?<![\w'-]){_spaced(form)}(?!-?\w)") for form in _FORMS]


_PLANNED = re.compile(
    r"\b\w+(?:ra|ront)\b|\bprevue?s?\b|\bdevrai(?:t|ent)\b|\bdoi(?:t|vent)\b|\ba venir\b|\bwill\b|\bscheduled\b|\bupcoming\b"
)
_SENTENCE_END = re.compile(r"[.!?;] |\n")


def find_dates(text: str, reference: date | str | None = None) -> list[Found]:
    """The dates in `text`, in order, none overlapping, the longest form first.

    A date without year in a sentence about the future (« sera délivré en octobre ») is the next such one
    after the reference, otherwise the last before it. Raises BadDate only for a bad reference.
    """
    if isinstance(reference, str):
        edtf(reference)
    found = []
    for start, end in _places(fold(text)):
        words = text[start:end]
        try:
            found.append(Found(start, end, words, read_date(_long(words), reference, ahead=_planned(text, start))))
        except BadDate:  # looks like a date and is none (« 31 juin »), or depends on a reference not given
            continue
    return found


def _long(words: str) -> str:
    """Short months by their names, and days in figures by that of their month. Of « 15/07/2024 » only where one of the two
    numbers can be no month, since some put the day first and some the month."""
    folded = fold(words)
    if figures := re.search(r"(\d{4})-(\d+)-(\d+)|(\d+)/(\d+)/(\d+)", folded):
        year = figures[1] or figures[6]
        month, day = sorted(map(int, figures.group(4, 5))) if figures[6] else (int(figures[2]), int(figures[3]))
        if 1 <= month <= 12 and (figures[1] or day > 12 or day == month):
            return f"{folded[: figures.start()]}{day} {_NAMES[month]} {year}{folded[figures.end() :]}"
        return words
    if short := re.search(rf"\b({either(SHORT_MONTHS)})(?:\.|(?= (?:19|20)))", folded):
        return folded[: short.start()] + SHORT_MONTHS[short[1]] + folded[short.end() :]
    return words


def _places(folded: str) -> Iterator[tuple[int, int]]:
    matches = sorted(
        (match.span() for pattern in _patterns() for match in pattern.finditer(folded)),
        key=lambda span: (span[0], -span[1]),
    )
    reached = 0
    for start, end in matches:
        if start >= reached:
            yield start, end
            reached = end


def _planned(text: str, start: int) -> bool:
    before = fold(_SENTENCE_END.split(text[max(0, start - 300) : start])[-1])
    return _PLANNED.search(before) is not None
