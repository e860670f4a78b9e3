"""What is compared with the facts: how many are there, how many were found, how many are right, and what was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from services.imports.documents.document import Document
from services.imports.documents.reading import read_document
from services.imports.plans.words import plain

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
LIKENESS: ContextVar[float] = ContextVar("LIKENESS", default=1.0)
"""From which likeness of its letters (0 to 1) a text read counts as the one of the facts: below 1 only where a variant has
slips of its own."""
_SHOWN = 90  # characters of what was missed


class Absent(Exception):
    """A document, or its facts, is not beside this checkout."""


@dataclass(frozen=True)
class Score:
    """`expected`: how many the facts hold; `found`: how many were read; `right`: how many are equal."""

    document: str
    what: str
    expected: int
    found: int
    right: int
    missed: tuple[str, ...] = field(default=())

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def whole(self) -> bool:
        """Whether all are there, all right, and none besides."""
        return self.right == self.expected == self.found


def paired(document: str, what: str, expected: Sequence[Any], found: Sequence[Any],
           same: Callable[[Any, Any], bool], told: Callable[[Any], str] = str,
           keys: tuple[Sequence[str], Sequence[str]] | None = None) -> Score:  # fmt: skip
    """The facts and what was read, one by one in order; where one is missing, the rest is matched again, by `keys` (the texts
    of both) if they are given."""
    partners = _partners(*keys) if keys else {at: at for at in range(min(len(expected), len(found)))}
    missed = []
    for at, one in enumerate(expected):
        other = found[partners[at]] if at in partners else None
        if other is None or not same(one, other):
            missed.append(f"{told(one)} / {told(other) if other is not None else '—'}")
    return Score(document, what, len(expected), len(found), len(expected) - len(missed), tuple(missed))


def _partners(expected: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Which of the texts read stands for which fact: the equal ones in order, and between them as many as there are."""
    one, other = [plain(text) for text in expected], [plain(text) for text in found]
    partners: dict[int, int] = {}
    for _, a, end_a, b, end_b in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        partners |= dict(zip(range(a, end_a), range(b, end_b), strict=False))
    return partners


def texts(document: str, what: str, expected: Sequence[str], found: Sequence[str]) -> Score:
    """Texts in order, compared by their letters and digits."""
    return paired(document, what, expected, found, alike, _short, (expected, found))


def alike(one: str, other: str) -> bool:
    """Whether the letters and digits of both are equal, or nearly so where LIKENESS allows it."""
    first, second, least = plain(one), plain(other), LIKENESS.get()
    return first == second or (least < 1 and SequenceMatcher(None, first, second, autojunk=False).ratio() >= least)


def counted(document: str, what: str, expected: Iterable[str], found: Iterable[str]) -> Score:
    """What has no order: how many of the facts were found, each as often as it is told."""
    wanted, read = Counter(expected), Counter(found)
    missed = [f"{one} / —" for one in (wanted - read).elements()] + [f"— / {one}" for one in (read - wanted).elements()]
    return Score(document, what, wanted.total(), read.total(), (wanted & read).total(), tuple(missed))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def table(scores: Iterable[Score], named: bool = True) -> str:
    """The scores as plain text, aligned; under each, what was missed: the fact / what was read."""
    lines = [f"{'':<5} {'':<44} {'facts':>6} {'read':>6} {'right':>6} {'recall':>7} {'prec.':>7}"]
    for each in scores:
        lines.append(
            f"{each.document:<5} {each.what:<44} {each.expected:>6} {each.found:>6} {each.right:>6}"
            f" {each.recall:>7.3f} {each.precision:>7.3f}{'' if each.whole else '  *'}"
        )
        lines += [f"        {miss}" for miss in each.missed] if named else []
    return "\n".join(lines)


def document(number: str, seeds: Path) -> Document:
    """The document of that number, read. Raises Absent."""
    found = sorted(seeds.glob(f"{number}*"))
    if not found:
        raise Absent(f"{number}: no such document in {seeds.name}")
    return read_document(found[0].name, found[0].read_bytes())


def facts(number: str) -> dict[str, Any]:
    """The facts of the document of that number. Raises Absent."""
    found = sorted((SHARED / "golden").glob(f"{number}_*.yaml"))
    if not found:
        raise Absent(f"{number}: its facts are not beside this checkout")
    return dict(yaml.safe_load(found[0].read_text(encoding="utf-8")))
