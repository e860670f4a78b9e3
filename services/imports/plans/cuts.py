"""Rows that the end of a page cuts in the middle of a sentence: the first row of the next table ends the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from services.imports.documents.document import Cell, Line
from services.imports.plans.columns import Columns, Role

_FIRST: dict[str, tuple[Role, ...]] = {
    "axes": ("axis", "means"),
    "orientations": ("goal", "objective"),
    "work": ("what",),
}
"""Where a new row would say what it is about."""

_ENDED = (".", "!", "?", ")", ":")


class Placed(Protocol):
    """A row with its cells by column."""

    @property
    def cells(self) -> dict[int, Cell]: ...

    @property
    def columns(self) -> Columns: ...


def is_cut(before: Placed, row: Placed) -> bool:
    """Whether a row ends the one before it: what it is about is not said anew, and some sentence goes on."""
    said = {at: cell for at, cell in row.cells.items() if cell.text.strip()}
    first = {before.columns.column(role) for role in _FIRST[before.columns.form]}
    if any(at in said and not _ends(before, at, said[at]) for at in first):
        return False
    return any(_ends(before, at, cell) for at, cell in said.items())


def _ends(before: Placed, at: int, cell: Cell) -> bool:
    """Whether a cell begins in the middle of a sentence of the one above it."""
    line, last = cell.lines[0], _last(before, at)
    if line.mark or line.level or last is None:
        return False
    if line.text[:1] in ",;:)»" or last.text.count("(") > last.text.count(")"):
        return True
    goes_on = line.text[:1].islower() or (last.mark != "" and (line.text[:1].isdigit() or line.place.page is not None))
    return goes_on and not last.text.endswith(_ENDED)


def _last(row: Placed, at: int) -> Line | None:
    cell = row.cells.get(at)
    return cell.lines[-1] if cell and cell.lines else None


def joined(before: Placed, row: Placed) -> dict[int, Cell]:
    """The cells of both rows: sentences put together again, bullets after bullets."""
    cells = dict(before.cells)
    for at, cell in row.cells.items():
        if not cell.lines:
            continue
        above = cells.get(at)
        if above is None or not above.lines:
            cells[at] = cell
        elif _ends(before, at, cell):
            cells[at] = replace(above, lines=_one(above.lines, cell.lines))
        else:
            cells[at] = replace(above, lines=(*above.lines, *cell.lines))
    return cells


def _one(above: Sequence[Line], below: Sequence[Line]) -> tuple[Line, ...]:
    """The last line of one cell and the first of the next as one."""
    last, first = above[-1], below[0]
    whole = replace(last, text=f"{last.text} {first.text}", underlined=(*last.underlined, *first.underlined))
    return (*above[:-1], whole, *below[1:])
