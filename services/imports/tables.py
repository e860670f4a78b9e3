"""A table that a spreadsheet saved: its encoding, its separator, its headings, its lines of cells."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from domain.errors import Invalid, Word
from domain.words import plain
from services.imports.documents.sheet_text import unquoted
from services.imports.reading import Source
from services.imports.report import Problem

SEPARATORS = ";,\t"


class TornTable(Invalid):
    """The table is torn from here on: a quotation mark is opened and never closed, or text follows one that is closed. Save it again from the spreadsheet, as CSV."""  # noqa: E501 - one sentence


class HeadingUnknown(Invalid):
    """The heading “{heading}” is not one that is known. The columns: {known}."""


class HeadingTwice(Invalid):
    """Two columns are headed “{heading}”: keep one."""


class HeadingMissing(Invalid):
    """No column is headed “{heading}”. The columns: {known}."""


class CellsApart(Invalid):
    """This line has {n} cells, and the headings are {headings}: a separator or a quotation mark is missing, or is one too many."""  # noqa: E501 - one sentence


@dataclass
class Table:
    """Lines with their number and, by column, the cells that say something; and what could not be read."""

    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(source: Source, columns: Mapping[str, Sequence[str]], needed: str) -> Table:
    """The lines under the headings: `columns` has, for each name, the headings by which it goes."""
    table = Table()
    rows = _rows(source, table)
    if not rows:
        return table
    names = _headings(rows[0], columns, needed, table)
    for line, cells in rows[1:]:
        said = [unquoted(cell) for cell in cells]
        if not any(said):
            continue
        if len(said) != len(names):
            table.problems.append(Problem(line, "error", CellsApart(n=len(said), headings=len(names))))
        else:
            table.lines.append((line, {name: cell for name, cell in zip(names, said, strict=True) if name and cell}))
    return table


def headings_of(source: Source) -> list[str]:
    """The cells of the first line."""
    if source.rows is not None:
        return [unquoted(cell) for cell in source.rows[0][1]] if source.rows else []
    text = source.text
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip("\r")
    return [unquoted(cell) for cell in next(csv.reader([first], delimiter=_separator(text)), [])]


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(SEPARATORS, key=first.count)


def _rows(source: Source, table: Table) -> list[tuple[int, list[str]]]:
    """Each line of cells with the number of the line of the file on which it begins."""
    if source.rows is not None:
        return list(source.rows)
    reader = csv.reader(StringIO(source.text, newline=""), delimiter=_separator(source.text), strict=True)
    rows, begins = [], 1
    try:
        for cells in reader:
            rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        table.problems.append(Problem(begins, "error", TornTable()))
    return rows


def _headings(
    row: tuple[int, list[str]], columns: Mapping[str, Sequence[str]], needed: str, table: Table
) -> list[str]:
    """The name of each column, empty where the heading means nothing."""
    line, cells = row
    words = {plain(word): name for name, said in columns.items() for word in (name, *said)}
    known = [Word(said[0]) for said in columns.values()]
    names: list[str] = []
    for cell in cells:
        heading = unquoted(cell)
        name = words.get(plain(heading), "")
        if heading and not name:
            table.problems.append(Problem(line, "error", HeadingUnknown(heading=heading, known=known)))
        if name and name in names:
            table.problems.append(Problem(line, "error", HeadingTwice(heading=heading)))
        names.append(name)
    if needed not in names:
        table.problems.append(Problem(line, "error", HeadingMissing(heading=Word(columns[needed][0]), known=known)))
    return names


