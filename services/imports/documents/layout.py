"""Lines and tables put one under the other: the blocks of a document, and its text as a person sees it beside a
proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.imports.documents.document import Block, Cell, Line, Place, Row, Table
from services.imports.documents.flow import Flow

MOST_LINES = 100_000  # some 2,000 pages


class Refusal(Exception):
    """Why a file is not read: the name of a refusal and its facts."""

    def __init__(self, code: str, **facts: int | str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Aside:
    """Something left aside, or not as it should be: where, which notice, and its facts."""

    line: int
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


class Layout:
    """What was read so far. Blocks come with the places of their format; their lines are counted here."""

    def __init__(self, paged: bool = False) -> None:
        self.page = 1 if paged else None
        self.said: list[str] = []
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.made_here = False
        self._opens = False  # a page, in the text
        self._tabbed = False  # the lines right above stand in columns between tabs
        self._first = False  # a page, in the blocks: what runs at its head is none

    @property
    def text(self) -> str:
        return "\n".join(self.said) + "\n"

    @property
    def line(self) -> int:
        """The number of the next line."""
        return len(self.said) + 1

    def open_page(self) -> None:
        """What comes next stands on another page."""
        self.page = (self.page or 1) + 1
        self._opens = self._first = True

    def gap(self) -> None:
        """A blank line, unless there is one, or a page begins."""
        if self.said and not self._opens and self.said[-1].strip("\f"):
            self._write("")

    def put_paragraph(self, lines: Sequence[Line], flow: Flow, follows: bool) -> None:
        """The lines of a paragraph, after a blank line unless it `follows` an item as another one, or goes on with a row of
        columns between tabs."""
        row = flow.row(self._tabbed)
        goes_on = self._tabbed and bool(row or lines[0].mark or lines[0].text[:1].islower())
        if not follows and not goes_on:
            self.gap()
        self.put(lines, row=row)
        self._tabbed = goes_on or bool(row)

    def end_row(self) -> None:
        """What comes next stands under nothing: an empty paragraph, a table."""
        self._tabbed = False

    def put(self, lines: Sequence[Line], shown: bool = True, row: str = "") -> None:
        """Lines of a page; `shown` as blocks, else in the text alone, as what runs at the head of each page. `row`: how the
        text writes them all, where tabs part them into columns."""
        at = self.line
        for each in row.split("\n") if row else ():
            self._write(each)
        for line in lines:
            place = replace(self._place(line.place), line=at) if row else self._place(line.place)
            if not row:
                self._write(f"{line.mark} {line.text}" if line.mark else line.text)
            if shown:
                self.blocks.append(replace(line, place=place, opens_page=self._first))
                self._first = False

    def put_table(self, rows: Sequence[Row], place: Place) -> None:
        """A table, each row of which is one line of the text, its cells between tabs."""
        self.gap()
        self.end_row()
        placed = []
        for row in rows:
            at = self._place(row.place)
            cells = tuple(replace(cell, lines=tuple(_at(each, self.line) for each in cell.lines)) for cell in row.cells)
            self._write("\t".join(said for cell in row.cells for said in (_said(cell), *[""] * (cell.across - 1))))
            placed.append(replace(row, cells=cells, place=at, opens_page=self._first))
            self._first = False
        if placed:
            self.blocks.append(Table(tuple(placed), replace(place, line=placed[0].place.line)))
        self.gap()

    def aside(self, code: str, **facts: str | int) -> None:
        """Something is left aside here."""
        self.asides.append(Aside(max(1, self.line - 1), code, dict(facts)))

    def _place(self, place: Place) -> Place:
        return replace(place, line=self.line, page=place.page or self.page)

    def _write(self, text: str) -> None:
        if len(self.said) >= MOST_LINES:
            raise Refusal("long", most=MOST_LINES)
        self.said.append(("\f" if self._opens and self.said else "") + text)
        self._opens = False


def _at(line: Line, number: int) -> Line:
    return replace(line, place=replace(line.place, line=number))


def _said(cell: Cell) -> str:
    return " ".join(f"{line.mark} {line.text}" if line.mark else line.text for line in cell.lines)
