"""A printed document as a workbook: each table a sheet, with real dates and numbers, its head in sight; what is said
beside the tables on a sheet of its own. Rows go to the disk as they come, so that what is held does not grow with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from domain.media import MADE_HERE
from projections.phrases.catalogue import N_, say
from services.reports.grid import Grid, Place
from services.reports.printed import Block, Columns, Heading, Items, Printed, Row, Table
from services.reports.words import (
    PAGES,
    Progress,
    Steps,
    cell_text,
    fit,
    foot,
    items_text,
    lines,
    opening,
    plain,
    title,
    underlined,
)
from services.spreadsheet import harmless

TEXT = N_("Text")
LONGEST = 31  # letters of the name of a sheet
WIDEST, PROSE = 60, 100  # letters of a column
PATIENCE = 200  # lines
MOST = 32_767  # letters of a cell
SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_UNFIT = re.compile(r"[\[\]:*?/\\\s]+")


def write(printed: Printed, out: BinaryIO, progress: Progress | None = None) -> None:
    """Writes the workbook."""
    with Workbook(out, SAFE) as book:
        about = {"title": title(printed)[:255], "author": fit(printed.organisation)[:255], "keywords": MADE_HERE}
        book.set_properties(about)
        writing = _Writing(book, printed, Steps(printed, progress))
        front, blocks = opening(printed)
        if front:
            writing.before = [fit(printed.organisation), *map(fit, printed.title)]
        for block in writing.steps.blocks(blocks):
            writing.block(block)
        writing.close()


class _Writing:
    """The workbook that is being written. `before`: what is said above the first words, if there are any beside tables."""

    def __init__(self, book: Any, printed: Printed, steps: Steps) -> None:
        self.book, self.printed, self.steps = book, printed, steps
        self.before: list[str] = []
        self._waiting: list[tuple[list[str], bool]] = []
        self._tables: dict[str, _Sheet] = {}
        self._text: _Sheet | None = None
        self._looks = {
            (bold, form): book.add_format({"valign": "top", "text_wrap": True, "bold": bold, "num_format": form})
            for bold in (False, True)
            for form in ("General", "yyyy-mm-dd")
        }
        self._looks[False, "underlined"] = book.add_format({"underline": 1})

    def block(self, block: Block) -> None:
        """The next block: tables of one name and width go on on one sheet."""
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Columns):
            for across in zip_longest(*map(items_text, block.columns), fillvalue=""):
                self._say(list(across))
        elif isinstance(block, Heading):
            told = [plain(tuple(runs)) for runs in lines(block.words)]
            for each in told if block.level == 1 else ["\n".join(told)]:
                self._say([each], bold=True)
        else:
            for line in items_text(block) if isinstance(block, Items) else [plain(block.words)]:
                self._say([line])

    def close(self) -> None:
        """What is known at the end: how wide each column is; a workbook has one sheet at least."""
        if self._waiting or not self._tables:
            self._tell()
        for sheet in self._tables.values():
            sheet.fit()

    def _say(self, cells: list[str], bold: bool = False) -> None:
        """A line beside the tables, told after the first of them if it comes soon: its sheet is the one that opens."""
        self._waiting.append((cells, bold))
        if len(self._waiting) > PATIENCE:
            self._tell()

    def _tell(self) -> None:
        if self._text is None:
            self._text = self._sheet(say(TEXT, self.printed.lang), Grid(Table("", (), (), (1.0,))))
            self._text.sheet.set_column(0, 0, PROSE)
            self._waiting[:0] = [([line], True) for line in self.before if line]
        for cells, bold in self._waiting:
            self._text.line(cells, self._looks[bold, "General"])
        self._waiting = []

    def _table(self, table: Table) -> None:
        grid = Grid(table)
        key = f"{table.name}\n{grid.columns}"
        sheet = self._tables.get(key)
        if sheet is None:
            sheet = self._tables[key] = self._sheet(table.name, grid)
            for row in table.head:
                sheet.row(row, grid, head=True)
            sheet.sheet.freeze_panes(len(table.head), 0)
            if table.head:
                sheet.sheet.repeat_rows(0, len(table.head) - 1)
        else:
            for row in table.head:
                grid.places(row)
        for row in self.steps.rows(table):
            sheet.row(row, grid)

    def _sheet(self, name: str, grid: Grid) -> _Sheet:
        sheet = self.book.add_worksheet(self._named(name))
        sheet.set_paper(1)  # letter
        sheet.fit_to_pages(1, 0)
        if self.printed.landscape:
            sheet.set_landscape()
        pages = say(PAGES, self.printed.lang, page="\0P", pages="\0N")
        left, right = (text.replace("&", "&&").replace("\0", "&") for text in (foot(self.printed)[:180], pages))
        sheet.set_footer(f"&L{left}&R{right}")
        return _Sheet(sheet, self._looks, grid.columns)

    def _named(self, name: str) -> str:
        """A name that no other sheet has, of letters that one may have."""
        plain = _UNFIT.sub(" ", fit(name)).strip(" '") or title(self.printed) or "1"
        plain = _UNFIT.sub(" ", plain).strip(" '")
        taken = {sheet.get_name().lower() for sheet in self.book.worksheets()} | {"history"}
        found, n = plain[:LONGEST].strip(" '"), 1
        while found.lower() in taken:
            n += 1
            found = f"{plain[: LONGEST - len(str(n)) - 3].strip()} ({n})"
        return found


class _Sheet:
    """One sheet, row after row; how wide its columns must be."""

    def __init__(self, sheet: Any, looks: dict[tuple[bool, str], Any], columns: int) -> None:
        self.sheet, self._looks, self._at = sheet, looks, 0
        self._widths = [6] * columns

    def line(self, cells: Iterable[str], look: Any) -> None:
        """A line of text, a cell for each."""
        for column, cell in enumerate(cells):
            self.sheet.write_string(self._at, column, harmless(cell)[:MOST], look)
        self._at += 1

    def row(self, row: Row, grid: Grid, head: bool = False) -> None:
        """A row of a table; what is merged is merged, and says its words once."""
        for place in grid.places(row):
            bold = head or row.whole or bool(place.cell and place.cell.header)
            self._cell(place, bold)
            self._merge(place)
            if place.cell and place.across == 1:
                longest = max((len(line) for line in cell_text(place.cell).split("\n")), default=0)
                self._widths[place.column] = min(WIDEST, max(self._widths[place.column], longest + 2))
        self._at += 1

    def fit(self) -> None:
        """Gives each column the width of its longest line, up to the widest."""
        for column, width in enumerate(self._widths):
            self.sheet.set_column(column, column, width)

    def _cell(self, place: Place, bold: bool) -> None:
        value = place.cell.value if place.cell else None
        look = self._looks[bold, "yyyy-mm-dd" if isinstance(value, date) else "General"]
        for beside in range(place.across):
            column = place.column + beside
            if beside or place.cell is None or (value is None and not place.cell.blocks):
                self.sheet.write_blank(self._at, column, None, look)
            elif isinstance(value, date):
                self.sheet.write_datetime(self._at, column, value, look)
            elif isinstance(value, int | float):
                self.sheet.write_number(self._at, column, value, look)
            else:
                said = harmless(cell_text(place.cell) if value is None else value)[:MOST]
                self._words(column, said, underlined(place.cell), look)

    def _words(self, column: int, said: str, verdicts: Iterable[str], look: Any) -> None:
        """Words, of which those that are underlined stay so."""
        pieces: list[Any] = []
        for verdict in verdicts:
            before, found, after = said.partition(verdict)
            if found:
                pieces += [*([before] if before else []), self._looks[False, "underlined"], found]
                said = after
        if not pieces:
            self.sheet.write_string(self._at, column, said, look)
        else:  # a spreadsheet takes two pieces or more
            self.sheet.write_rich_string(self._at, column, *pieces, said or " ", look)

    def _merge(self, place: Place) -> None:
        """What is merged is known to the sheet apart from its cells, which are written row by row: its own way of merging
        writes them all at once, which a sheet on the disk cannot."""
        down = place.cell.down if place.cell else 1
        if place.cell and (down > 1 or place.across > 1):
            self.sheet.merge.append([self._at, place.column, self._at + down - 1, place.column + place.across - 1])
