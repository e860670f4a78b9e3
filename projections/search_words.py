"""From words to the keys under which they are found, and from what a person types to what is looked for.

Every word has the key of its letters without accents, and that of its root, the same for singular and plural, masculine
and feminine (`=travailleur`); the database adds the French stems. Inclusive spellings have the keys of all they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.inclusive import Word, words
from domain.words import plain

MOST_WORDS = 12  # of a query; what follows is not looked for
LONGEST = 60  # characters of a key
REMEMBERED = 20_000  # words: texts are made of the same ones
PLACES = 16_000  # places of words that an index can hold
PREFIX = 3  # letters from which the last word of a query may be unfinished

_EVERYWHERE = (
    "a ai as au aux avec c ce ces cet cette d dans de des du elle elles en es est et eu il ils j je l la le les leur"
    " leurs lui m ma mais me mes n ne nos notre nous on ou par pas pour qu que qui s sa sans se ses si son sont sur t ta"
    " te tes toi ton tu un une vos votre vous y"
)
EMPTY = frozenset(_EVERYWHERE.split())
"""Words that are in every text."""

_TAILS: tuple[tuple[str, str], ...] = (
    ("eaux", "el"), ("aux", "al"), ("trices", "teu"), ("trice", "teu"), ("euses", "eu"), ("euse", "eu"),
    ("eures", "eu"), ("eure", "eu"), ("eurs", "eu"), ("eur", "eu"), ("eux", "eu"), ("ieres", "ier"), ("iere", "ier"),
    ("eres", "er"), ("ere", "er"), ("ives", "if"), ("ive", "if"), ("elles", "el"), ("elle", "el"), ("eau", "el"),
    ("iennes", "ien"), ("ienne", "ien"), ("onnes", "on"), ("onne", "on"), ("esses", "e"), ("esse", "e"),
    ("ales", "al"), ("ale", "al"), ("oises", "oi"), ("oise", "oi"), ("aises", "ai"), ("aise", "ai"),
)  # fmt: skip
_IRREGULAR = {
    "travaux": "travail",
    "yeux": "oeil",
    "baux": "bail",
    "vitraux": "vitrail",
    "toute": "tou",
    "toutes": "tou",
}
_ENDS: tuple[str, ...] = ("s", "e", "e")


def root(letters: str) -> str:
    """The same for a word's singular and plural, masculine and feminine: `deleguees` -> `delegu`. Takes and gives words
    without accents; numbers and short words are their own."""
    if len(letters) < 4 or not letters.isalpha():
        return letters
    if letters in _IRREGULAR:
        return _IRREGULAR[letters]
    for tail, instead in _TAILS:
        if letters.endswith(tail) and len(letters) - len(tail) > 2:
            return letters[: -len(tail)] + instead
    bare = letters.removesuffix("x")
    for end in _ENDS:
        bare = bare.removesuffix(end) if len(bare) > 3 else bare
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare


def keys(word: Word) -> tuple[str, ...]:
    """The keys of a word of a text; none for one that is everywhere."""
    return _keys(word.forms)


@lru_cache(REMEMBERED)
def _keys(forms: tuple[str, ...]) -> tuple[str, ...]:
    letters = [plain(form)[:LONGEST] for form in forms]
    kept = [each for each in letters if each not in EMPTY and (len(each) > 1 or each.isdigit())]
    return tuple(dict.fromkeys(key for each in kept for key in (each, f"={root(each)}")))


def vector(text: Iterable[Word], weight: str) -> str:
    """The keys of the words of a text with their places, as a `tsvector` of the database is written."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text, 1):
        for key in _keys(word.forms):
            places.setdefault(key, []).append(place if place < PLACES else PLACES)
    return " ".join(f"{_quoted(key)}:{','.join(f'{p}{weight}' for p in found[:200])}" for key, found in places.items())


def spread(text: Iterable[Word]) -> str:
    """The words of a text with every inclusive spelling written out, with its accents and without, for the French stems of the
    database: the stem of a word that was typed without them is another."""
    return " ".join(_typed(form) for word in text for form in word.forms)


@lru_cache(REMEMBERED)
def _typed(form: str) -> str:
    return " ".join(dict.fromkeys((form, plain(form))))


@dataclass(frozen=True)
class Sought:
    """What is looked for. `words`: for each word typed, its keys, of which one must be there; `forms`: the same words,
    written out; `numbers`: what may be the number of a thing. `last`: the letters with which the last word begins, if it
    may be unfinished."""

    typed: str
    words: tuple[tuple[str, ...], ...]
    forms: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]
    last: str | None

    @property
    def nothing(self) -> bool:
        """Whether nothing was typed that could be looked for."""
        return not self.words and not self.numbers

    def query(self, place: int, weights: str = "") -> str:
        """What is looked for of one word, as a `tsquery` is written; `weights`: where alone."""
        begun = self.last if place == len(self.words) - 1 else None
        exact = [f"{_quoted(key)}:{weights}".rstrip(":") for key in self.words[place]]
        return " | ".join(exact + ([f"{_quoted(begun)}:*{weights}"] if begun else []))

    def stem(self, place: int) -> str | None:
        """The word of which the database looks for the French stem; null for an inclusive spelling, or a number."""
        forms = self.forms[place]
        return forms[0] if len(forms) == 1 and forms[0].isalpha() else None

    def marks(self, word: Word) -> bool:
        """Whether a word of a text is one of those looked for."""
        of_text = keys(word)
        wanted = {key for each in self.words for key in each}
        return any(key in wanted or (self.last is not None and key.startswith(self.last)) for key in of_text)


_NUMBER = re.compile(r"(?:(?:resolution|dossier|demarche|case|thread|no|n°|nº|#)\W*)?([\w-]*:)?(\d[\w.-]*)", re.UNICODE)


def sought(typed: str) -> Sought:
    """What a person types, as it is looked for."""
    found = [(word, keys(word)) for word in words(typed[:400])]
    kept = [(word, its) for word, its in found if its][:MOST_WORDS]
    last = plain(kept[-1][0].forms[0]) if kept else ""
    open_ended = len(last) >= PREFIX and last.isalpha() and len(kept[-1][0].forms) == 1
    number = _NUMBER.fullmatch(plain(typed.strip()))
    return Sought(
        typed, tuple(its for _, its in kept), tuple(word.forms for word, _ in kept),
        (number[2], f"{number[1] or ''}{number[2]}") if number else (), last if open_ended else None,
    )  # fmt: skip


def marked(text: str, query: Sought, also: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Where the words looked for stand in a text: from, to. `also`: words that the database found by their stems."""
    return [(word.start, word.end) for word in words(text) if query.marks(word) or not also.isdisjoint(word.forms)]


def every_form(texts: Iterable[str]) -> Sequence[str]:
    """The words of some texts, each once."""
    return list(dict.fromkeys(form for text in texts for word in words(text) for form in word.forms))


def _quoted(key: str) -> str:
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"
