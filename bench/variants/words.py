"""Variants of words: the same sentences, written by other keyboards, other habits and other scanners."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from bench.variants.draft import Draft, Grid, change_words
from bench.variants.invented.vocabulary import MONTHS

Variation = Callable[[Draft, Random], Draft]

SHORT = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."]
_MONTH = "|".join(MONTHS["fr"])
_DAY = re.compile(rf"\b(\d{{1,2}}|1er)\s({_MONTH})\s(\d{{4}})\b")
_ENGLISH_DAY = re.compile(rf"\b({'|'.join(MONTHS['en'])})\s(\d{{1,2}}),\s(\d{{4}})\b")
_OF_MONTH = re.compile(rf"(?<=\()({_MONTH}|{'|'.join(MONTHS['en'])})\s(\d{{4}})(?=\))")
_RESOLUTION = re.compile(r"(RÉSOLUTIONS?|Résolutions?|RESOLUTIONS?|Resolutions?)\s+(\d+)")
_NUMBER = re.compile(r"^(\s*)(\d+(?:\.\d+)+)\s")
_SLIPS = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("é", "e"), ("I", "l"), ("ri", "n"), ("û", "u"), ("è", "e"), ("e", "c"),
    (" ", ""), ("O", "0"), ("à", "a"), ("ti", "li"), ("’", ""), ("cl", "d"),
)  # fmt: skip
_SLIP_EVERY = 70  # letters


def dashes(draft: Draft, random: Random) -> Draft:
    """Other bullets and other dashes, the same through the document."""
    bullet, dash = random.choice("–—•▪·*‣●"), random.choice("-—‑–")

    def change(words: str) -> str:
        words = re.sub(r"(^|\s)[-•–](?=\s+[A-ZÀ-Ü«0-9])", rf"\g<1>{bullet}", words)
        return re.sub(r" [–—-] (?=\S)", f" {dash} ", words) if bullet not in words else words

    return draft.with_words(change)


def cases(draft: Draft, random: Random) -> Draft:
    """Headings in capitals in small letters, and the reverse."""
    title = random.random() < 0.3

    def lower(words: str) -> str:
        return words.title() if title else words[:1] + words[1:].lower()

    def line(words: str) -> str:
        bare = words.strip()
        return lower(bare) if len(bare) > 3 and bare.isupper() else words

    def grid(block: Grid) -> Grid:
        heads = [tuple(_swapped(cell) for cell in row) for row in block.rows[: block.heads]]
        rest = [tuple(change_words(cell, line) for cell in row) for row in block.rows[block.heads :]]
        return replace(block, rows=(*heads, *rest))

    return draft.with_blocks(lambda block: line(block) if isinstance(block, str) else grid(block))


def _swapped(words: str) -> str:
    return words.capitalize() if words.isupper() else words.upper()


def accents(draft: Draft, random: Random) -> Draft:
    """Accents lost, of capitals or of all letters; œ in two letters."""
    every = random.random() < 0.5

    def bare(words: str) -> str:
        spread = unicodedata.normalize("NFD", words.replace("œ", "oe").replace("Œ", "OE"))
        return "".join(letter for letter in spread if not unicodedata.combining(letter))

    def change(words: str) -> str:
        return bare(words) if every else re.sub(r"[À-ÖØ-ÞŒ]", lambda found: bare(found[0]), words)

    return draft.with_words(change)


def apostrophes(draft: Draft, random: Random) -> Draft:
    """One apostrophe for another."""
    mark = random.choice("'’ʼ´‘`")
    return draft.with_words(lambda words: re.sub(r"(?<=\w)['’](?=\w)", mark, words))


def decomposed(draft: Draft, _random: Random) -> Draft:
    """Accents in characters of their own (NFD)."""
    return draft.with_words(lambda words: unicodedata.normalize("NFD", words))


def spaces(draft: Draft, random: Random) -> Draft:
    """No-break, narrow and thin spaces where French has them, and some where it has none."""
    space = random.choice("\u00a0\u202f\u2009")

    def change(words: str) -> str:
        words = re.sub(r" (?=[:;»!?%$])|(?<=«) |(?<=\d) (?=\w)|(?<=[A-Z]) (?=\d)", space, words)
        return re.sub(" ", lambda _: space if random.random() < 0.03 else " ", words)

    return draft.with_words(change)


def numbers(draft: Draft, random: Random) -> Draft:
    """Numbers with a sign before them, in roman, or with other marks between them."""
    sign = random.choice(("n° {}", "No {}", "nº {}", "# {}", "no {} :", "roman"))
    mark = random.choice(("{}. ", "{}) ", "{} – ", "dash", "{} : "))

    def numbered(found: re.Match[str]) -> str:
        said = _roman(int(found[2])) if sign == "roman" else sign.format(found[2])
        return f"{found[1]} {said}"

    def item(found: re.Match[str]) -> str:
        if mark == "dash":
            return f"{found[1]}{found[2].replace('.', '-', 1)} "
        return found[1] + mark.format(found[2])

    return draft.with_words(lambda words: _NUMBER.sub(item, _RESOLUTION.sub(numbered, words)))


def _roman(number: int) -> str:
    made = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            made, number = made + letters, number - value
    return made


def dates(draft: Draft, random: Random) -> Draft:
    """Dates in figures, or with short months."""
    form, french = random.choice(("iso", "short", "slashes", "long")), draft.language == "fr"

    def written(day: int, month: int, year: str) -> str:
        return {
            "iso": f"{year}-{month:02}-{day:02}",
            "short": f"{day} {SHORT[month - 1]} {year}" if french else f"{MONTHS['en'][month - 1][:3]}. {day}, {year}",
            "slashes": f"{day:02}/{month:02}/{year}",
            "long": f"{day} {MONTHS[draft.language][month - 1].upper()} {year}",
        }[form]  # fmt: skip

    def change(words: str) -> str:
        words = _DAY.sub(
            lambda m: written(1 if m[1] == "1er" else int(m[1]), MONTHS["fr"].index(m[2]) + 1, m[3]), words
        )
        words = _ENGLISH_DAY.sub(lambda m: written(int(m[2]), MONTHS["en"].index(m[1]) + 1, m[3]), words)
        return _OF_MONTH.sub(_month, words)

    def _month(found: re.Match[str]) -> str:
        at = (MONTHS["fr"] if found[1] in MONTHS["fr"] else MONTHS["en"]).index(found[1])
        return f"{found[2]}-{at + 1:02}" if form in ("iso", "slashes") else f"{SHORT[at]} {found[2]}"

    return draft.with_words(change)


def scanner(draft: Draft, random: Random) -> Draft:
    """Slips of a scanner: one in about seventy letters."""

    def change(words: str) -> str:
        for _ in range(int(len(words) / _SLIP_EVERY + random.random())):
            right, wrong = random.choice(_SLIPS)
            places = [found.start() for found in re.finditer(re.escape(right), words)]
            if places:
                at = random.choice(places)
                words = words[:at] + wrong + words[at + len(right) :]
        return words

    return draft.with_words(change)
