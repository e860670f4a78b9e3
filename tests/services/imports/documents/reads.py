"""How the tests of readers write down what was read: words without places."""

from __future__ import annotations

from typing import Any

from services.imports.documents.document import Cell, Document, Line, Table
from services.imports.documents.reading import read_document


def read(text: str, name: str = "plan.txt") -> Document:
    return read_document(name, text.encode())


def line(one: Line) -> Any:
    """A line as its words, with its mark, level and underlined parts where it has any."""
    return (one.mark, one.level, one.text, *one.underlined) if one.mark or one.level or one.underlined else one.text


def cell(one: Cell) -> list[Any]:
    return [line(each) for each in one.lines]


def table(one: Table) -> list[list[list[Any]]]:
    """The rows of cells of lines."""
    return [[cell(each) for each in row.cells] for row in one.rows]


def tables(document: Document) -> list[list[list[list[Any]]]]:
    return [table(each) for each in document.tables]
