"""Inclusive spellings: « travailleur·euse·s », « délégué.es », « agent(e)s », « conseillers/ères » mean two words each,
in the singular and in the plural."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MASCULINE = {
    "euse": ("eur", "eux"), "trice": ("teur",), "rice": ("eur",), "ère": ("er",), "ière": ("ier",), "eure": ("eur",),
    "ive": ("if",), "ve": ("f",), "enne": ("en",), "ienne": ("ien",), "onne": ("on",), "elle": ("el", "eau"),
    "ale": ("al",), "oise": ("ois",), "aise": ("ais",), "aine": ("ain",), "esse": ("e",), "ée": ("é",), "que": ("c",),
    "se": ("x",), "ouse": ("oux",), "lle": ("l",), "nne": ("n",), "ine": ("in",), "ante": ("ant",), "ente": ("ent",),
    "ème": ("ème",), "rse": ("r",), "ète": ("et",), "ette": ("et",),
}  # fmt: skip
"""Ending of the feminine -> endings of the masculine that it takes the place of."""

ADDED = ("e", "ne", "le", "te", "fe", "sse")  # what is only added: un·e, syndicat·ne, chef·fe
ENDINGS = frozenset((*MASCULINE, *ADDED))
JOINED = ENDINGS - {"elle", "le", "te", "se", "que", "ine"}  # « dit-elle », « prends-le » are no inclusive spellings
PAIRS = {
    "ceux": "celles", "celui": "celle", "eux": "elles", "ils": "elles", "il": "elle", "iels": "elles", "iel": "elle",
    "nouveaux": "nouvelles", "beaux": "belles", "vieux": "vieilles",
}  # fmt: skip
PLURALS = {"al": "aux", "eau": "eaux"}

LONGEST = 80  # letters of a word; of a longer one, the first

_SIGN = r"[.·•‧∙⋅ꞏ/\-‐‑]"
_WORD = re.compile(rf"[^\W_]+(?:{_SIGN}[^\W\d_]+)*(?:\([^\W\d_]{{1,6}}\)[^\W\d_]*)?", re.UNICODE)
_CUT = re.compile(rf"({_SIGN}|[()])")
_JOINS = frozenset("-‐‑")
_REMEMBERED = 20_000  # words: texts are made of the same ones


class Word(NamedTuple):
    """A word of a text: where it stands, and the words that it means, as they would be written alone."""

    start: int
    end: int
    forms: tuple[str, ...]


def words(text: str) -> Iterator[Word]:
    """Every word of a text, in order; an inclusive spelling is one word with several forms. Places are those of the text
    in its composed form (NFC)."""
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        start, written = found.start(), found[0]
        # what is longer is nobody's word, and is not remembered
        for begin, end, forms in _read(written) if len(written) <= LONGEST else _apart(written):
            yield Word(start + begin, start + end, forms)


@lru_cache(_REMEMBERED)
def _read(written: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Where its words begin and end, and their forms."""
    forms = _meant(written)
    return ((0, len(written), forms),) if forms else _apart(written)


def _meant(written: str) -> tuple[str, ...]:
    """A capital after a sign begins a sentence, unless all are capitals."""
    beginning = written[1:] != written[1:].lower() and written != written.upper()
    return () if beginning else expanded(written.lower())


def expanded(word: str) -> tuple[str, ...]:
    """The masculine and feminine words of an inclusive spelling, singular and plural; empty if it is none."""
    base, *rest = (piece for piece in _CUT.split(word) if piece)
    signs = [piece for piece in rest if not piece[0].isalpha()]
    endings = [piece for piece in rest if piece[0].isalpha()]
    if not endings or not base.isalpha() or len(base) < 2:
        return ()
    if endings == [PAIRS.get(base)]:
        return base, endings[0]
    allowed = JOINED if _JOINS.intersection(signs) else ENDINGS
    plural = endings[-1] in ("s", "x")
    said = endings[:-1] if plural and len(endings) > 1 else endings
    if plural and len(endings) == 1 and "(" in signs:
        return base, base + endings[0]  # brigade(s)
    if len(said) != 1 or (ending := _singular(said[0], allowed)) is None:
        return ()
    return tuple(dict.fromkeys(_forms(base, ending)))


def _singular(ending: str, allowed: frozenset[str]) -> str | None:
    """The ending without its plural, if it is one of a feminine."""
    return next((each for each in (ending, ending.removesuffix("s")) if each in allowed), None)


def _forms(base: str, ending: str) -> Iterator[str]:
    """Each form that the spelling may mean: where the base ends in s, it may be of the plural, or the word's own."""
    for masculine in dict.fromkeys((base, base.removesuffix("s"))):
        if len(masculine) > 1:
            feminine = _feminine(masculine, ending)
            yield from (masculine, _plural(masculine), feminine, feminine + "s")


def _feminine(masculine: str, ending: str) -> str:
    for tail in MASCULINE.get(ending, ()):
        if masculine.endswith(tail):
            return masculine.removesuffix(tail) + ending
    return masculine + ending


def _plural(masculine: str) -> str:
    if masculine.endswith(("s", "x")):
        return masculine
    tail = next((tail for tail in PLURALS if masculine.endswith(tail)), None)
    return masculine.removesuffix(tail) + PLURALS[tail] if tail else masculine + "s"


def _apart(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The words that signs only stand between: « coût/bénéfice », « 2023-07 », « vice-présidence »."""
    return tuple((found.start(), found.end(), (found[0][:LONGEST].lower(),)) for found in re.finditer(r"[^\W_]+", text))
