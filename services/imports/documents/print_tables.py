"""The tables of a printed page: those that rules draw, and those that only alignment shows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from services.imports.documents.document import Cell, Place, Row
from services.imports.documents.marks import split_mark
from services.imports.documents.print_lines import Band, Strip, Word, cell_flow, strips

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
    """The rows of a band whose lines share blank strips."""
    starts = _starts(band)
    ends = [*starts[1:], len(band.lines)]
    return [
        Row(tuple(_aligned_cell(band.lines[at:end], band, column, known) for column in band.columns), _NOWHERE)
        for at, end in zip(starts, ends, strict=True)
    ]


def _starts(band: Band) -> list[int]:
    """The lines that begin rows: those after a larger gap, where there are such; else those whose first cell says
    something after one that does not, where cells have several lines; else, as in lists, each."""
    steps = [b.top - a.top for a, b in itertools.pairwise(band.lines)]
    least = min((step for step in steps if step > 0), default=0.0)
    first = [any((word.x0 + word.x1) / 2 < band.columns[0][1] for word in line.words) for line in band.lines]
    marked = [all(split_mark(text)[0] for text in _texts(line, band)) for line in band.lines]
    if steps and max(steps) > 1.3 * least:
        return [0, *(at for at, step in enumerate(steps, 1) if step > 1.3 * least)]
    if all(first) or sum(marked) > 0.5 * len(marked):
        return [at for at in range(len(band.lines)) if at == 0 or first[at]]
    return [0, *(at for at in range(1, len(first)) if first[at] and not first[at - 1])]


def _texts(line: Strip, band: Band) -> list[str]:
    """What each column has on a line."""
    held = ([word.text for word in line.words if a <= (word.x0 + word.x1) / 2 < b] for a, b in band.columns)
    return [" ".join(words) for words in held if words]


def _aligned_cell(lines: Sequence[Strip], band: Band, column: tuple[float, float], known: frozenset[str]) -> Cell:
    def held(line: Strip) -> list[Word]:
        return [word for word in line.words if column[0] <= (word.x0 + word.x1) / 2 < column[1]]

    right = max((word.x1 for line in band.lines for word in held(line)), default=0.0)
    return Cell(cell_flow(strips([word for line in lines for word in held(line)]), right, known).lines(_NOWHERE))
