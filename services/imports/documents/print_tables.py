"""The tables of a printed page: those that rules draw, and those that only alignment shows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from services.imports.documents.document import Cell, Place, Row
from services.imports.documents.marks import split_mark
from services.imports.documents.print_columns import STANDS_OUT, Band
from services.imports.documents.print_lines import Strip, Word, cell_flow, strips

_NEAR = 3.0  # points within which two rules are one
_NOWHERE = Place(0)
_WIDEST = 40


def ruled_rows(table: Any, words: Sequence[Word], known: frozenset[str]) -> list[Row]:
    """The rows of a table that rules draw; a cell that one beside or above covers is not repeated."""
    boxes = [box for box in table.cells if box]
    columns, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    rights, bottoms = [*columns[1:], max(box[2] for box in boxes)], [*tops[1:], max(box[3] for box in boxes)]
    rows: list[list[tuple[int, Cell]]] = [[] for _ in tops]
    for x0, top, x1, bottom in boxes:
        at, row = _index(columns, x0), _index(tops, top)
        across = sum(1 for edge in rights[at:] if edge <= x1 + _NEAR) or 1
        down = sum(1 for edge in bottoms[row:] if edge <= bottom + _NEAR) or 1
        held = [word for word in words if x0 - 1 <= (word.x0 + word.x1) / 2 <= x1 + 1 and top <= word.middle <= bottom]
        rows[row].append((at, Cell(_cell_lines(strips(held), x0, x1, known), across, down)))
    return [Row(tuple(cell for _, cell in sorted(row, key=lambda each: each[0])), _NOWHERE) for row in rows if row]


def _cell_lines(lines: list[Strip], x0: float, x1: float, known: frozenset[str]) -> Any:
    if not lines:
        return ()
    left = min(line.x0 for line in lines) - x0
    right = max(max(line.x1 for line in lines), x1 - min(max(left, 1.0), 12.0))
    return cell_flow(lines, right, known).lines(_NOWHERE)


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return max(index for index, edge in enumerate(edges) if edge <= value + _NEAR)


def is_table(table: Any) -> bool:
    """Whether what rules draw has cells side by side, and is no frame around the page."""
    boxes = [box for box in table.cells if box]
    columns, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    return 1 < len(columns) <= _WIDEST and (len(tops) > 1 or len(boxes) > 1)


def aligned_rows(band: Band, known: frozenset[str]) -> list[Row]:
    """The rows of a band whose lines share blank strips; a line that runs across them is a row of one cell."""
    across = [_runs_across(line, band) for line in band.lines]
    starts = _starts(band, across)
    ends = [*starts[1:], len(band.lines)]
    rows = list[Row]()
    for at, end in zip(starts, ends, strict=True):
        lines = band.lines[at:end]
        cells: tuple[Cell, ...]
        if across[at]:
            cells = (Cell(cell_flow(lines, max(line.x1 for line in lines), known).lines(_NOWHERE), len(band.columns)),)
        else:
            cells = tuple(_aligned_cell(lines, band, column, known) for column in band.columns)
        rows.append(Row(cells, _NOWHERE))
    return rows


def _runs_across(line: Strip, band: Band) -> bool:
    return len(line.chunks) == 1 and any(line.x0 < edge < line.x1 for _, edge in band.columns)


def _starts(band: Band, across: Sequence[bool]) -> list[int]:
    """The lines that begin rows: those after a larger gap, where there are such; else those whose first cell says
    something after one that does not, where cells have several lines; else, as in lists, each. What runs across stands
    alone."""
    steps = [b.top - a.top for a, b in itertools.pairwise(band.lines)]
    first = [any((word.x0 + word.x1) / 2 < band.columns[0][1] for word in line.words) for line in band.lines]
    marked = [all(split_mark(text)[0] for text in _texts(line, band)) for line in band.lines]
    alone = {at for at in range(1, len(across)) if across[at] != across[at - 1]}
    if apart := _apart(band, steps, alone):
        starts = apart
    elif all(first) or sum(marked) > 0.5 * len(marked):
        starts = {at for at in range(len(band.lines)) if first[at]}
    else:
        starts = {at for at in range(1, len(first)) if first[at] and not first[at - 1]}
    return sorted({0} | alone | starts)


def _apart(band: Band, steps: Sequence[float], alone: set[int]) -> set[int]:
    """The lines that begin rows by their distance from the line above: of all distances that stand out, the least after
    which more columns say something than in other lines; none if there is no such."""
    counts = [len(_texts(line, band)) for line in band.lines]
    distances = sorted(step for step in steps if step > 0)
    for before, step in itertools.pairwise(distances):
        if step <= STANDS_OUT * before:
            continue
        starts = {at for at, each in enumerate(steps, 1) if each > (before + step) / 2}
        others = [counts[at] for at in range(1, len(counts)) if at not in starts and at not in alone]
        if not others or sum(counts[at] for at in starts) / len(starts) >= sum(others) / len(others):
            return starts
    return set()


def _texts(line: Strip, band: Band) -> list[str]:
    """What each column has on a line."""
    held = ([word.text for word in line.words if a <= (word.x0 + word.x1) / 2 < b] for a, b in band.columns)
    return [" ".join(words) for words in held if words]


def _aligned_cell(lines: Sequence[Strip], band: Band, column: tuple[float, float], known: frozenset[str]) -> Cell:
    def held(line: Strip) -> list[Word]:
        return [word for word in line.words if column[0] <= (word.x0 + word.x1) / 2 < column[1]]

    right = max((word.x1 for line in band.lines if not _runs_across(line, band) for word in held(line)), default=0.0)
    return Cell(cell_flow(strips([word for line in lines for word in held(line)]), right, known).lines(_NOWHERE))
