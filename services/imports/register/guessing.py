"""What columns may hold where no heading says it for sure: by the words of the heading, and by what stands under it. A person
is asked in any case; this is what is proposed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.words import plain
from services.imports.lines import is_terminal
from services.imports.register import statuses
from services.imports.register.numbers import numbers_of
from services.imports.report import Confidence

SEVERAL = ("response",)  # fields that more than one column may hold
_HINTS = {
    "number": r"\bno\b|num|\bid\b", "status": r"statut|status|avancement|progress|\betat|situation",
    "response": r"repons|respons|repl(?:y|ies)|suivi|follow|suite|action|comment|retour",
    "decision": r"decision|vote|disposition|\bsort\b|verdict|issue",
    "sponsor": r"spons|propos|parrain|mover|submitted|presente|municipal|section|provenance|origin", "text": r"\btext",
    "title": r"titre|title|objet|sujet|subject|resolution|intitule",
}  # fmt: skip
_GIVEN_BY = re.compile(
    r"(?:section|local|syndicat|union|village|ville|city|town|municipalit\w+|mrc|county|comte|conseil|council|comite|committee|"
    r"federation|association|region|district|m|mme|mr|ms)\b"
)
_OPERATIVE = re.compile(r"(?:que|qu'|attendu|considerant|il est|be it|that|whereas|therefore)\b")
_SHORT, _LONG = 60, 120  # letters of a word in a table, and of a text
_HINT = 0.5
_LEAST = 0.5  # of a score under which nothing is proposed
_SURE, _LIKELY = 1.0, 0.75


@dataclass(frozen=True)
class Guess:
    """A field, and how sure it is; null where nothing is proposed."""

    field: str | None
    confidence: Confidence


def guesses(columns: Mapping[int, tuple[str, Sequence[str]]], taken: Collection[str]) -> dict[int, Guess]:
    """What columns may hold, by their places: of each the heading (words alone) and the cells that say something. The best
    match goes first; a field is proposed once, and none that is `taken`."""
    scores = [
        (score, at, field)
        for at, (heading, cells) in columns.items()
        for field in _HINTS
        if (field in SEVERAL or field not in taken) and (score := _score(field, heading, cells)) >= _LEAST
    ]
    found: dict[int, Guess] = {}
    for score, at, field in sorted(scores, key=lambda one: (-one[0], one[1])):
        given = {guess.field for guess in found.values()}
        if at not in found and (field in SEVERAL or field not in given):
            found[at] = Guess(field, "high" if score >= _SURE else "medium" if score >= _LIKELY else "low")
    return {at: found.get(at, Guess(None, "low")) for at in columns}


def _score(field: str, heading: str, cells: Sequence[str]) -> float:
    """How much speaks for a field, from 0 to 1.5: the heading, and the cells. What is called a number and holds none is
    none."""
    held = _CELLS[field](cells)
    if field == "number" and held < _LEAST:
        return 0.0
    return held + (_HINT if re.search(_HINTS[field], heading) else 0.0)


def _share(cells: Sequence[str], says: Callable[[str], object]) -> float:
    return sum(bool(says(cell)) for cell in cells) / len(cells)


def _numbers(cells: Sequence[str]) -> float:
    return _share(cells, numbers_of) * (0.7 if len(set(cells)) < len(cells) else 1.0)


def _decisions(cells: Sequence[str]) -> float:
    return _share(cells, lambda cell: len(cell) <= _SHORT and statuses.fate_of(cell))


def _states(cells: Sequence[str]) -> float:
    return _share(cells, lambda cell: len(cell) <= _SHORT and statuses.status_of(cell) and not statuses.fate_of(cell))


def _responses(cells: Sequence[str]) -> float:
    long = sum(map(len, cells)) / len(cells) > _LONG
    return max(0.9 * _share(cells, lambda cell: is_terminal(cell) and cell.count(" ") > 2), 0.6 if long else 0.0)


def _texts(cells: Sequence[str]) -> float:
    return _share(cells, lambda cell: len(cell) > _SHORT and _OPERATIVE.match(plain(cell)))


def _sponsors(cells: Sequence[str]) -> float:
    return 0.9 * _share(cells, lambda cell: len(cell) <= _SHORT and _GIVEN_BY.match(plain(cell)))


def _titles(cells: Sequence[str]) -> float:
    """Words that begin with a capital, none of them the same, and no sentence."""
    said = _share(cells, lambda cell: cell[:1].isupper() and " " in cell and len(cell) <= _LONG and not is_terminal(cell))
    return 0.6 * said * (len(set(cells)) / len(cells)) * (len(cells) > 1)


_CELLS: dict[str, Callable[[Sequence[str]], float]] = {
    "number": _numbers, "status": _states, "response": _responses, "decision": _decisions, "sponsor": _sponsors,
    "text": _texts, "title": _titles,
}  # fmt: skip
