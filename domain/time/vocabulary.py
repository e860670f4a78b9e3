"""The words of dates, in French and in English, as they stand once folded: no accents, lower case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_MONTHS_IN_ORDER = [
    ("janvier", "janv", "january"),
    ("fevrier", "fevr", "february"),
    ("mars", "march"),
    ("avril", "avr", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "juill", "july"),
    ("aout", "august"),
    ("septembre", "sept", "september"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
]
FRENCH_MONTHS = {names[0]: number for number, names in enumerate(_MONTHS_IN_ORDER, 1)}
_MONTHS = {name: number for number, names in enumerate(_MONTHS_IN_ORDER, 1) for name in names}
ENGLISH_MONTHS = {names[-1]: number for number, names in enumerate(_MONTHS_IN_ORDER, 1)}
SHORT_MONTHS = {
    "janv": "janvier", "jan": "january", "fevr": "fevrier", "fev": "fevrier", "feb": "february", "mar": "march", "avr": "avril",
    "apr": "april", "jun": "june", "juill": "juillet", "juil": "juillet", "jul": "july", "aug": "august",
    "sept": "septembre", "sep": "septembre", "oct": "octobre", "nov": "novembre", "dec": "decembre",
}  # fmt: skip
"""Short form, as it stands before a year -> a name of the month."""
FRENCH_SEASONS = {"printemps": 21, "ete": 22, "automne": 23, "hiver": 24}
ENGLISH_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASON_NAMES = FRENCH_SEASONS | ENGLISH_SEASONS
NAMES = _MONTHS | SEASON_NAMES | {"annee": 0, "an": 0, "year": 0}
"""Word -> 1-12 for a month, 21-24 for a season, 0 for a year."""

_COUNTS_IN_ORDER = [
    ("un", "une", "one", "a"), ("deux", "two"), ("trois", "three"), ("quatre", "four"), ("cinq", "five"), ("six",),
    ("sept", "seven"), ("huit", "eight"), ("neuf", "nine"), ("dix", "ten"), ("onze", "eleven"), ("douze", "twelve"),
]  # fmt: skip
COUNTS = {name: number for number, names in enumerate(_COUNTS_IN_ORDER, 1) for name in names} | {
    "quinze": 15,
    "vingt": 20,
}
"""Word -> the number of days, weeks, months or years that it says."""


def either(words: Iterable[str]) -> str:
    """A pattern for one of `words`, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?:{either(_MONTHS)})"
_NAME = rf"(?:{either(NAMES)})"


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, dashes and spaces.

    Each character stays one character: a place in the folded text is a place in the original."""
    return "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    if character in "’‘ʼ´`":
        return "'"
    if character in "‐‑‒–—―−":
        return "-"
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return plain if len(plain) == 1 else character


_COUNT = rf"(?:[0-9]{{1,3}}|{either(COUNTS)})"


def in_french(folded: str) -> str:
    """Folded words, their English turns of phrase replaced by the French ones."""
    for pattern, replacement in _english():
        folded = pattern.sub(replacement, folded)
    return folded


_STRETCHES = [
    (r"^(?:from|starting|beginning|as of|effective) (?:in |on |from )?(.+?)(?: onwards?)?$", r"depuis \1"),
    (r"^(?:for|over|during) the (?:last|past) ([0-9]{1,3}) years$", r"les \1 dernieres annees"),
    (r"^(?:for|over|during|in) the (?:last|past) year$", "la derniere annee"),
    (r"^(?:for|over|during|in) the (?:coming|next)(?: few)? years$", "pour les prochaines annees"),
    (r"^(?:for|over|during|in) the (?:coming|next)(?: few)? (?:months)$", "dans les prochains mois"),
    (r"^(?:for|over|during|in) the (?:coming|next)(?: few)? (?:weeks)$", "dans les prochaines semaines"),
    (r"^(?:in|over|during) (?:the )?(?:last|past|recent)(?: few)? months$", "dans les derniers mois"),
    (r"^(?:in|over|during) (?:the )?(?:last|past|recent)(?: few)? weeks$", "dans les dernieres semaines"),
    (r"^(?:during|over|in) the year$", "au cours de l'annee"),
    (r"^(?:dated|as at) ", "en date du "),
    (r"^(?:the )?mandate (?:of )?(?=[0-9]{4})", "mandat "),
]
"""Stretches of time, up to now or from now on."""


@cache
def _english() -> list[tuple[re.Pattern[str], str]]:
    day = r"[0-9]{1,2}(?:st|nd|rd|th)?\b"
    turns = [
        (rf"\b({_MONTH}) ({day}(?:(?: ?- ?| to |,? and |, ){day})+),? ([0-9]{{4}})\b", r"\2 \1 \3"),
        (rf"\b({_MONTH}) ([0-9]{{1,2}})(?:st|nd|rd|th)?(?=(?: ?- ?| to |,? and |, ){_MONTH} [0-9])", r"\2 \1"),
        (rf"\b({_MONTH}) ([0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?| )([0-9]{{4}})\b", r"\2 \1 \3"),
        (rf"\b({_MONTH}) ([0-9]{{1,2}})(?:st|nd|rd|th)?$", r"\2 \1"),
        (r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", r"\1"),
        (rf"^last ([0-9]{{1,2}} {_MONTH}|{_NAME})$", r"\1 dernier"),
        (rf"^next ({_NAME})$", r"\1 prochain"),
        (rf"^this ({_NAME})$", r"cet \1"),
        *(
            (rf"^(in|within) ({_COUNT}) {unit}s?$", r"\1 \2 " + french)
            for unit, french in {"day": "jours", "week": "semaines", "month": "mois", "year": "ans"}.items()
        ),
        (rf"^in (?={_COUNT} (?:jours|semaines|mois|ans)$)", "dans "),
        (r"^(?:by|until|within|no later than) (?:the )?", "d'ici "),
        (r"^since ", "depuis "),
        (r"^before ", "avant "),
        (r"^after ", "apres "),
        (r"^(?:around|about|circa) ", "vers "),
        (r"^(?:mid|early|late)[- ]", "mi-"),
        (r"^(?:the )?week of ", "semaine du "),
        (r"\bend of (?:the )?", "fin de "),
        (r"^between (.+) and ", r"entre \1 et "),
        (r"^from (.+) on$", r"depuis \1"),
        (r"^from (.+) to ", r"du \1 au "),
        *_STRETCHES,
        (r" and ", " et "),
        (r" to ", " au "),
        (r"^(?:on|in) ", ""),
        (r"\bthe ", ""),
        (r" of ", " de "),
        (r"^today$", "aujourd'hui"),
        (r"^yesterday$", "hier"),
        (r"^tomorrow$", "demain"),
    ]
    return [(re.compile(pattern), replacement) for pattern, replacement in turns]
