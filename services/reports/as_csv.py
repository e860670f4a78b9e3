"""The table of a printed document for a spreadsheet: the first of them, and those that go on under its name. No cell can
become a formula; what is merged stands in each of its places, so that every row can be sorted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from domain.errors import Refused
from services.reports.grid import Grid
from services.reports.printed import Cell, Printed, Row, Table
from services.reports.words import Progress, Steps, batches, cell_text
from services.spreadsheet import harmless

MARK = "\ufeff"  # says to a spreadsheet that this is UTF-8


class NoTable(Refused):
    """This document has no table: ask for it as docx, pdf, xlsx or html."""


def write(printed: Printed, out: BinaryIO, progress: Progress | None = None) -> None:
    """Writes the table. Raises `NoTable`, once nothing is left to look at."""
    steps, name = Steps(printed, progress), None
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";" if printed.lang == "fr" else ",")
    for block in steps.blocks(printed.blocks):
        if not isinstance(block, Table) or name not in (None, block.name):
            continue
        if name is None:
            out.write(MARK.encode())
        for piece in batches(_written(_cells(block, steps, headed=name is None), writer, line)):
            out.write(piece)
        name = block.name
    if name is None:
        raise NoTable()


def _cells(table: Table, steps: Steps, headed: bool) -> Iterator[list[str]]:
    grid = Grid(table)
    above: dict[int, str] = {}
    for row in table.head:
        cells = _row(row, grid, above)
        if headed:
            yield cells
    for row in steps.rows(table):
        yield _row(row, grid, above)


def _row(row: Row, grid: Grid, above: dict[int, str]) -> list[str]:
    found = []
    for place in grid.places(row):
        told = above.get(place.column, "") if place.cell is None else _told(place.cell)
        above[place.column] = told
        found += [told] * (1 if row.whole else place.across)
    return found + [""] * (grid.columns - len(found))


def _told(cell: Cell) -> str:
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    if isinstance(cell.value, int | float):
        return str(cell.value)
    return harmless(cell_text(cell) if cell.value is None else cell.value)


def _written(rows: Iterator[list[str]], writer: Any, line: io.StringIO) -> Iterator[str]:
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
