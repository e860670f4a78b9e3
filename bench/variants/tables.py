"""The rates as tables of Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bench.variants.kinds import names
from bench.variants.measuring import Measured


def by_kind(measured: Sequence[Measured]) -> str:
    """A row per kind, a column per document: recall / precision in per cent over all facts, the mean and below it the worst
    of the variants."""
    documents = list(dict.fromkeys(each.document for each in measured))
    cells: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for each in measured:
        cells[each.kind, each.document].append(each)
    lines = [f"| kind | {' | '.join(documents)} |", f"|---|{'---|' * len(documents)}"]
    for kind in names():
        if any(each.kind == kind for each in measured):
            lines.append(f"| {kind} | {' | '.join(_cell(cells[kind, document]) for document in documents)} |")
    return "\n".join(lines)


def recall(measured: Sequence[Measured]) -> float:
    return sum(each.right for each in measured) / (sum(each.expected for each in measured) or 1)


def precision(measured: Sequence[Measured]) -> float:
    return sum(each.right for each in measured) / (sum(each.found for each in measured) or 1)


def _cell(of: Sequence[Measured]) -> str:
    if not of:
        return "–"
    worst = min(recall([each]) for each in of)
    return f"{_percent(recall(of))}/{_percent(precision(of))} ({_percent(worst)})"


def _percent(rate: float) -> str:
    """Rounded down, so that 100 is all of it."""
    return str(int(rate * 100 + 1e-9))


def by_class(measured: Sequence[Measured]) -> str:
    """A row per document and fact class: mean recall and precision over all kinds, the worst and in which kind."""
    rows: dict[tuple[str, str], list[tuple[float, str, int, int, int]]] = defaultdict(list)
    for each in measured:
        for score in each.scores:
            rows[each.document, score.what].append((score.recall, each.kind, score.expected, score.found, score.right))
    lines = ["| document | facts | recall | precision | worst recall | in |", "|---|---|---|---|---|---|"]
    for (document, what), of in rows.items():
        least, kind = min(one[:2] for one in of)
        expected, found, right = (sum(counts) for counts in zip(*(one[2:] for one in of), strict=True))
        lines.append(f"| {document} | {what} | {_percent(right / (expected or 1))} | {_percent(right / (found or 1))} |"
                     f" {_percent(least)} | {kind if least < 1 else '–'} |")  # fmt: skip
    return "\n".join(lines)
