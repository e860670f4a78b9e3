"""Two French words, of men and of women, written as one house writes them: « délégué.es », « travailleur·euse·s ».

For words that we generate, never for titles nor for what someone wrote. Source of the styles: five real documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from domain.inclusive import ADDED, MASCULINE

Inclusive = Literal["dots", "dot", "middle_dots", "slash", "doublets", "none"]
"""`travailleur.euse.s`, `délégué.es`, `travailleur·euse·s`, `conseillers/ères`, `employés et employées`, `employés`."""

STYLES: tuple[Inclusive, ...] = get_args(Inclusive)
_FIRST = ("trice", "euse", "ère", "ive", "enne", "onne", "elle", "esse")
"""Endings that are written before any shorter one that would do as well: « formateur.trice », « officier.ère »."""


def agreed(masculine: str, feminine: str, style: Inclusive, *, many: bool = False) -> str:
    """The two words, given in the singular, for one person whose gender is not known or, with `many`, for several: a
    word whose plural or whose ending has no short form is written twice."""
    if masculine == feminine:
        return _plural(masculine) if many else masculine
    his, hers = (_plural(masculine), _plural(feminine)) if many else (masculine, feminine)
    if style == "none":
        return his
    ending = next(_endings(masculine, feminine), None)
    regular = not many or his == masculine + "s"
    if style == "doublets" or ending is None or not regular:
        return f"{his} {'et' if many else 'ou'} {hers}"
    plural = "s" if many else ""
    match style:
        case "slash":
            return f"{his}/{ending}{plural}"
        case "dot":
            return f"{masculine}.{ending}{plural}"
        case "dots" | "middle_dots":
            sign = "." if style == "dots" else "·"
            return sign.join(filter(None, (masculine, ending, plural)))


def _endings(masculine: str, feminine: str) -> Iterator[str]:
    """What may stand after the sign, the best first."""
    yield from (ending for ending in ADDED if feminine == masculine + ending)
    rest = sorted(MASCULINE.keys() - set(_FIRST), key=len)
    for ending in (*_FIRST, *rest):
        for tail in MASCULINE[ending]:
            if masculine.endswith(tail) and feminine == masculine.removesuffix(tail) + ending:
                yield ending


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")
