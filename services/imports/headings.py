"""Headings of resolutions: “RÉSOLUTION 17”, “Résolutions 23, 24 et 25 : Titre”, “17 – Titre”.

A dash joins numbers (“23-24-25” is three) but for a year with its number (“2024-07”) and a letter (“12-B”);
a range is written with a word (“12 à 14”)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.time.vocabulary import fold
from services.imports.documents.marks import BULLETS, DASHES
from services.imports.plans.words import slips, unconfused

_DASH = DASHES + BULLETS.replace("*", "")
_YEAR = rf"(?:19|20)\d\d[{_DASH}]\d{{1,3}}"
_LETTER = rf"(?:[{_DASH}]?[A-Z]\b| ?(?:bis|ter)\b|\b)"
_NUMBER = rf"(?:[A-Z]{{1,5}}[{_DASH}])?(?:{_YEAR}|\d{{1,4}}(?:\.\d{{1,3}})?){_LETTER}"
_ROMAN = r"(?-i:(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=[IVX])\b)"  # up to 89; a letter alone is I, V or X
_JOIN = rf"(?:\s*(?::\s*[{_DASH}]|[{_DASH},;/&+]|,\s*et\b|\bet\b|\band\b)\s*|\s+\*\s+|\s+(?:à|a\u0300|au|to)\s+)"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:{_JOIN}{_NUMBER}){{0,60}})"
_ANY_NUMBERS = rf"(?P<numbers>(?:{_NUMBER}|{_ROMAN})(?:{_JOIN}(?:{_NUMBER}|{_ROMAN})){{0,60}})"
_WORD = r"(?:suivis?\s+(?:(?:de\s+la|des?|à\s+la|aux?)\s+)?)?(?:r(?:é|e\u0301?)solutions?|r(?:é|e\u0301)s\.)"
_SIGN = r"(?:n\s?[o°ºᵒ]s?\.?(?=[\s\d])|num(?:é|e\u0301)ros?\b|\#)?"
_REST = rf"(?:\s*\((?P<note>[^()]*)\))?(?:(?:\s*[:{_DASH}]|\s\*(?=\s))+\s*(?P<title>\S.*)|[.)]\s+(?P<title_2>\S.*)|\s*[:.)]?)"
_WORDED = re.compile(rf"[#*_\s]*{_WORD}\s*{_SIGN}\s*{_ANY_NUMBERS}{_REST}[*_\s]*", re.IGNORECASE)
_BARE = re.compile(rf"(?:[Nn][o°ºᵒ]\.?\s?)?{_NUMBERS}(?:\s*[:{_DASH}]\s+|[.)]\s+)(?P<title>[^\W_a-z].*)")
_WORD_ALONE = re.compile(rf"[#*_\s]*{_WORD}\s*{_SIGN}\s*(?:{_NUMBERS}{_JOIN})?[*_\s]*", re.IGNORECASE)
_FIRST = re.compile(
    r"[#*_\s]*(?:suivis?\s+(?:(?:des?|de\s+la)\s+)?)?(?P<word>[^\W\d_][\w|!]{7,10})(?![\w|!])", re.IGNORECASE
)
_SAID = ("resolution", "resolutions")
_SUGGESTS = re.compile(r"(?:SUIVIS?\s+(?:DES?\s+)?)?R(?:É|E\u0301?)SOLUTIONS?\b")
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<range>\b(?:à|a\u0300|au|to)\b)", re.IGNORECASE)
_ALONE = re.compile(rf"(?<![\w{_DASH}]){_ROMAN}(?![{_DASH}]\d)")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50}
_YEAR_NUMBER = re.compile(r"((?:[A-Z]+-)?(?:19|20)\d\d)-(\d{1,3})")
_ANY_DASH = re.compile(rf"[{_DASH}]")
_CONTINUED = re.compile(r"suite|continued|cont\.", re.IGNORECASE)
_LONGEST = 500  # characters of a line that may be a heading
_LONGEST_RANGE = 100


@dataclass(frozen=True)
class Heading:
    """The numbers of a heading, in its order, and the beginning of the title that stands on the same line."""

    numbers: tuple[str, ...]
    title: str
    continued: bool = False


def worded(text: str) -> Heading | None:
    """A heading that says “résolution”."""
    if len(text) > _LONGEST:
        return None
    return _heading(_WORDED.fullmatch(text) or _WORDED.fullmatch(_spelled(text)))


def _spelled(text: str) -> str:
    """The text with its first word as it was before a scanner read it, if that was “résolution” but for one letter."""
    first = _FIRST.match(text)
    word = unconfused(fold(first["word"])) if first and first["word"][0].isupper() else ""
    if not first or not word or min(slips(word, unconfused(said), 1) for said in _SAID) > 1:
        return text
    said = "RÉSOLUTION" if text.isupper() else "Résolution"
    return f"{text[: first.start('word')]}{said}{text[first.end('word') :]}"


def bare(text: str) -> Heading | None:
    """A line that may be a heading without the word: a number, a mark, a title with a capital."""
    if len(text) > _LONGEST or not text[:1].isascii():
        return None
    return _heading(_BARE.fullmatch(text))


def is_cut(text: str) -> bool:
    """Whether a heading goes on at the next line: the word alone, or numbers that end with a dash."""
    return len(text) <= _LONGEST and _WORD_ALONE.fullmatch(_spelled(text)) is not None


def suggests_heading(text: str) -> bool:
    """Whether a line in capitals opens like a heading, whatever follows."""
    return len(text) <= _LONGEST and _SUGGESTS.match(_spelled(text)) is not None


def _heading(match: re.Match[str] | None) -> Heading | None:
    if match is None:
        return None
    numbers = read_numbers(_ALONE.sub(_arabic, match["numbers"]))
    if not numbers or (len(numbers) == 1 and re.fullmatch(r"(?:19|20)\d\d", numbers[0])):
        return None
    found = match.groupdict()
    title = found.get("title") or found.get("title_2") or ""
    return Heading(numbers, title.strip(" *_"), bool(_CONTINUED.fullmatch(found.get("note") or "")))


def _arabic(roman: re.Match[str]) -> str:
    values = [_LETTERS[letter] for letter in roman[0]]
    return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))


def read_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a heading as text, each once; none if a range is not understood."""
    numbers: list[str] = []
    ranged = False
    for token in _TOKEN.finditer(text):
        if token["range"]:
            ranged = True
            continue
        number = _printed(token["number"], numbers[-1] if numbers else "")
        if ranged:
            between = _between(numbers.pop(), number) if numbers else []
            if not between:
                return ()
            numbers += between
        else:
            numbers.append(number)
        ranged = False
    return tuple(dict.fromkeys(numbers))


def _printed(number: str, before: str) -> str:
    """The number with a plain hyphen, without zeros in front; after “2024-07”, “08” is “2024-08”."""
    number = _ANY_DASH.sub("-", number).upper().replace("BIS", "bis").replace("TER", "ter")
    year = _YEAR_NUMBER.fullmatch(before)
    if year and number.isdigit() and len(number) <= len(year[2]):
        return f"{year[1]}-{number}"
    return str(int(number)) if number.isdigit() else number


def _between(first: str, last: str) -> list[str]:
    a, b = split_number(first), split_number(last)
    if a is None or b is None or a[0] != b[0] or not 0 < b[1] - a[1] <= _LONGEST_RANGE:
        return []
    return [f"{a[0]}{number:0{a[2]}d}" for number in range(a[1], b[1] + 1)]


def split_number(number: str) -> tuple[str, int, int] | None:
    """Series, place in it, and width: `17` is of the plain series "", `2024-07` of "2024-", `12-B` is at
    place 12."""
    if year := _YEAR_NUMBER.match(number):
        return f"{year[1]}-", int(year[2]), len(year[2])
    plain = re.match(r"(\d+)(?!\.?\d)", number)
    return ("", int(plain[1]), 1) if plain else None


def missing(numbers: Iterable[str]) -> tuple[str, ...]:
    """The numbers that are absent between 1 and the highest of each series, in order."""
    places: dict[str, set[int]] = {}
    widths: dict[str, int] = {}
    for place in map(split_number, numbers):
        if place:
            places.setdefault(place[0], set()).add(place[1])
            widths[place[0]] = max(widths.get(place[0], 1), place[2])
    return tuple(
        f"{series}{number:0{widths[series]}d}"
        for series in sorted(places)
        for number in range(1, max(places[series]))
        if number not in places[series]
    )
