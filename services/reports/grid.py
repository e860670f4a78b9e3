"""Where the cells of a table stand: what is merged, down and across, covers the places beside and below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.reports.printed import Cell, Row, Table
from services.reports.words import cell_text


@dataclass(frozen=True)
class Place:
    """A place of a row, from column `column` (from 0) over `across`: what stands there; null where a cell of a row above
    covers it."""

    column: int
    across: int
    cell: Cell | None


EMPTY = Cell()
LINE = 70  # large letters that a line over the whole width of a page holds at least
LOW = 14  # lines of a row that is not parted


class Grid:
    """Follows the rows of a table from its first to its last. Every row fills the whole width: what is missing is empty,
    what is beyond is joined to nothing and left out."""

    def __init__(self, table: Table) -> None:
        rows = table.head or (Row(()),)
        self.columns = max(1, len(table.widths), sum(cell.across for cell in rows[0].cells))
        self._below: dict[int, tuple[int, int]] = {}  # column -> how many rows more, over how many columns

    def places(self, row: Row) -> list[Place]:
        """The places of the next row, from the left."""
        if row.whole:
            self._below = {}
            cell = row.cells[0] if row.cells else EMPTY
            return [Place(0, self.columns, replace(cell, across=self.columns, down=1))]
        found: list[Place] = []
        cells, column = list(row.cells), 0
        while column < self.columns:
            place = self._covered(column) or self._next(column, cells.pop(0) if cells else EMPTY)
            found.append(place)
            column += place.across
        return found

    def _covered(self, column: int) -> Place | None:
        if column not in self._below:
            return None
        rows, across = self._below.pop(column)
        if rows > 1:
            self._below[column] = rows - 1, across
        return Place(column, across, None)

    def _next(self, column: int, cell: Cell) -> Place:
        free = next((n for n in range(1, self.columns - column) if column + n in self._below), self.columns - column)
        across = max(1, min(cell.across, free))
        if cell.down > 1:
            self._below[column] = cell.down - 1, across
        return Place(column, across, cell)


def is_short(places: Iterable[Place], widths: Sequence[float]) -> bool:
    """Whether a row, of columns of those widths, is so low that it stays on one page: even in large letters it fits."""
    return all(_height(place, widths) <= LOW for place in places if place.cell)


def _height(place: Place, widths: Sequence[float]) -> int:
    """Its lines in large letters, at most."""
    share = sum(widths[place.column : place.column + place.across]) / sum(widths)
    letters = max(1, int(LINE * share))
    return sum(1 + len(line) // letters for line in cell_text(place.cell or EMPTY).split("\n"))


def shares(table: Table, columns: int) -> list[float]:
    """The part of the width that each column takes; together 1."""
    widths = [max(0.0, width) for width in table.widths] or [1.0] * columns
    widths += [sum(widths) / len(widths)] * (columns - len(widths))
    total = sum(widths) or 1.0
    return [width / total for width in widths]
