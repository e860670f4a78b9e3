"""The one shape that every reader makes and every grammar reads. Nothing is interpreted here: words and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from services.imports.report import Problem

Format = Literal["text", "docx", "pdf", "xlsx", "csv", "html"]


@dataclass(frozen=True)
class Place:
    """Where something stands: `line` counts from 1 in `Document.text` (what the person sees beside a proposal); `page` of
    a PDF or of a text with form feeds, from 1; `sheet` and `cell` (“B7”) of a spreadsheet."""

    line: int
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Line:
    """One paragraph or list item of a page or of a cell, its own wrapped lines not joined where the format does not say
    that they belong together (`wrapped`: it may go on in the next line).

    `mark`: the sign of a list before it (“-”, “•”, “o”, “a)”), not repeated in `text`; `level`: its depth in lists, from
    1, 0 outside; `underlined`: the parts of `text` that are underlined; `style`: heading level from 1, 0 for ordinary
    text; `opens_page`: it is the first of a page."""

    text: str
    place: Place
    mark: str = ""
    level: int = 0
    bold: bool = False
    underlined: tuple[str, ...] = ()
    style: int = 0
    wrapped: bool = False
    opens_page: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: its lines (none if empty). `across`, `down`: over how many columns and rows it stands, where known; a place
    that a cell beside or above covers is not repeated."""

    lines: tuple[Line, ...] = ()
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(line.text for line in self.lines if line.text)


@dataclass(frozen=True)
class Row:
    """A row of a table, its cells by column. `header`: the format says that it is one; `opens_page`: first of a page."""

    cells: tuple[Cell, ...]
    place: Place
    header: bool = False
    opens_page: bool = False


@dataclass(frozen=True)
class Table:
    """Rows in order. Tables of one document are not joined: a table that goes on on the next page is another one."""

    rows: tuple[Row, ...]
    place: Place

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max((sum(cell.across for cell in row.cells) for row in self.rows), default=0)


Block = Line | Table


@dataclass(frozen=True)
class Document:
    """A file as read. `text` is what it says as plain lines, for the person who compares a proposal with its source and
    for the grammars of running text; every `Place.line` counts in it. `sha256` is of the file's bytes."""

    name: str
    sha256: str
    format: Format
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    """What was left aside, or is not as it should be."""
    made_here: bool = False
    """It says that Suivi wrote it: each line is a paragraph of its own, and what is a heading is told to be one."""

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def lines(self) -> Iterator[Line]:
        """The lines outside tables."""
        return (block for block in self.blocks if isinstance(block, Line))
