"""What is read of a variant, compared with the facts of its document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bench.readings import annual, axes, follow_up, orientations, work
from bench.readings.scores import LIKENESS, Score, counted, texts
from bench.variants.draft import Draft
from bench.variants.kinds import REWRITING, Variant
from domain.errors import Invalid
from services.imports.documents.document import Document
from services.imports.documents.reading import read_document
from services.imports.register.reading import read_register

_LIKE = 0.85


def _register(known: dict[str, Any], read_from: Document) -> list[Score]:
    """Numbers (by their last figures: a year or a letter before them is the register's own), decisions, and of what was
    adopted titles, sponsors and states. Where it is asked what a column holds, the answer is what is proposed."""
    reading = read_register(read_from, {}, lambda _key: {})
    proposed = {column.heading: column.field for column in reading.columns if column.field and not column.sure}
    report = read_register(read_from, proposed, lambda _key: {}).report
    rows, adopted = known["rows"], [row for row in known["rows"] if row["decision"] == "adopted"]
    blocks = [(_last(number), block) for block in report.blocks for number in block.numbers]
    fates = {_last(number): str(getattr(fate, "value", fate)) for number, fate in report.fates.items()}
    decisions = dict.fromkeys((number for number, _ in blocks), "adopted") | fates
    return [
        counted("", "numbers", [_last(row["number"]) for row in rows], list(decisions)),
        counted("", "decisions", [f"{_last(row['number'])} {row['decision']}" for row in rows],
                [f"{number} {fate}" for number, fate in decisions.items()]),
        texts("", "titles", [row["title"] for row in adopted], [t for _, block in blocks for t in block.titles.values()]),
        texts("", "sponsors", [row["sponsor"] for row in adopted], [block.sponsor or "" for _, block in blocks]),
        counted("", "states", [f"{_last(row['number'])} {row['state']}" for row in adopted],
                [f"{number} {block.proposals[0].state}" for number, block in blocks if block.proposals]),
    ]  # fmt: skip


def _last(number: str) -> str:
    figures: list[str] = re.findall(r"\d+", number)
    return figures[-1].lstrip("0")


COMPARE: dict[str, Callable[[dict[str, Any], Document], list[Score]]] = {
    "follow-up": follow_up.compare,
    "axes": axes.compare,
    "orientations": orientations.compare,
    "work": work.compare,
    "annual": annual.compare,
    "register": _register,
}


@dataclass(frozen=True)
class Measured:
    """`scores`: one of each fact class that the document holds, or that was read of it; `refused`: why nothing was."""

    document: str
    kind: str
    scores: tuple[Score, ...]
    refused: str = ""

    @property
    def expected(self) -> int:
        return sum(score.expected for score in self.scores)

    @property
    def found(self) -> int:
        return sum(score.found for score in self.scores)

    @property
    def right(self) -> int:
        return sum(score.right for score in self.scores)


def measure(draft: Draft, variant: Variant, kind: str, whole: tuple[Score, ...]) -> Measured:
    """The scores of one variant. Of what is refused, those of `whole` (the document as it is) with nothing read."""
    token = LIKENESS.set(_LIKE)
    try:
        scores = COMPARE[draft.family](draft.facts, read_document(variant.name, variant.content))
    except Invalid as refused:
        return Measured(
            draft.name, kind, tuple(Score(s.document, s.what, s.expected, 0, 0) for s in whole), str(refused)
        )
    finally:
        LIKENESS.reset(token)
    return Measured(draft.name, kind, tuple(_compared(scores, kind)))


def _compared(scores: Iterable[Score], kind: str) -> Iterable[Score]:
    for score in scores:
        if not (score.expected or score.found) or score.what.startswith("problems"):
            continue
        if not (kind in REWRITING and score.what.startswith("words of")):
            yield score
