"""The tables of a plan as one sheet: rows by the words of their headings, whatever pages and tables they are cut into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from services.imports.documents.document import Cell, Document, Line, Place, Row, Table
from services.imports.documents.plain import read_plain
from services.imports.documents.reading import source_of
from services.imports.plans.columns import Columns, Role, read_columns
from services.imports.plans.cuts import is_cut, joined
from services.imports.plans.reading import Form
from services.imports.plans.words import alike

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}(?:\s*(?:/|de|of|sur)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
_RULE = re.compile(r"[-–—_=|:\s]+")
_EMPTY = Cell()
_LIKE = 0.75  # how much of two rows of headings is the same, on average, for one to repeat the other
_HEADING = 7  # words of a heading


@dataclass(frozen=True)
class Laid:
    """One row. `cells`: by column, without what a cell above or beside covers; `columns`: what stands where;
    `continues`: it is the first of its table, under no heading or a repeated one."""

    cells: dict[int, Cell]
    columns: Columns
    line: int
    continues: bool = False

    def lines(self, role: Role) -> tuple[Line, ...]:
        """The lines of the cell of a role; none if it is empty."""
        at = self.columns.column(role)
        return self.cells.get(at, _EMPTY).lines if at is not None else ()

    def text(self, role: Role) -> str:
        return " ".join(line.text for line in self.lines(role)).strip()

    @property
    def filled(self) -> list[int]:
        """The columns that hold words."""
        return [at for at, cell in sorted(self.cells.items()) if cell.text.strip()]

    @property
    def alone(self) -> tuple[Line, ...]:
        """The lines of the only cell that holds words, of a row that says but one thing; else none."""
        filled = self.filled
        return self.cells[filled[0]].lines if len(filled) == 1 else ()

    @property
    def last_line(self) -> int:
        return max((line.place.line for cell in self.cells.values() for line in cell.lines), default=self.line)


@dataclass(frozen=True)
class Heading:
    """A row of headings, with the words of the rows above it that group them (« NOS ORIENTATIONS (Adoptées …) »), and their
    lines."""

    columns: Columns
    cells: tuple[str, ...]
    above: tuple[tuple[str, int], ...]
    line: int


Part = Heading | Laid | Line


@dataclass(frozen=True)
class Sheet:
    """`before`: the lines above the first heading; `body`: headings, rows and the lines between tables, in order;
    `lists`: tables that are none of the plan's, each with the line above it; `extracted`: from a format that loses bullets;
    `cuts`: the lines of the rows that ended one of the page before."""

    form: Form
    before: tuple[Line, ...]
    body: tuple[Part, ...]
    lists: tuple[tuple[Line | None, Table], ...]
    extracted: bool = True
    cuts: tuple[int, ...] = ()

    @property
    def headings(self) -> Iterator[Heading]:
        return (each for each in self.body if isinstance(each, Heading))


@dataclass
class _Laying:
    """What is known while the blocks go by."""

    columns: Columns | None = None
    above: list[tuple[str, int]] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    lists: list[tuple[Line | None, Table]] = field(default_factory=list)
    title: Line | None = None  # the last line that stands above the next table
    cuts: list[int] = field(default_factory=list)


def lay(document: Document) -> Sheet | None:
    """The document as a sheet, by its tables; if none has the headings of a plan, by the tabs of its text. Null without."""
    sheet = _laid(document)
    if sheet or document.format in ("text", "csv") or "\t" not in document.text:
        return sheet
    return _laid(replace(document, format="text", blocks=read_plain(source_of(document)).blocks))


def _laid(document: Document) -> Sheet | None:
    laying = _Laying()
    for block in document.blocks:
        if isinstance(block, Line):
            _take_line(laying, block)
        else:
            _take_table(laying, block)
            laying.title = None
    if laying.columns is None:
        return None
    form = next(each.columns.form for each in laying.body if isinstance(each, Heading))
    body, lists = _lists_apart(laying.body, form)
    return Sheet(form, tuple(laying.before), tuple(body), (*lists, *laying.lists), document.format in ("text", "pdf"),
                 tuple(laying.cuts))  # fmt: skip


def _lists_apart(body: list[Part], form: Form) -> tuple[list[Part], list[tuple[Line | None, Table]]]:
    """A spreadsheet holds the lists under the plan in the same columns: under a row that says one thing, rows whose first
    cell is a bullet, which no item is."""
    lists: list[tuple[Line | None, Table]] = []
    kept: list[Part] = []
    listing = False
    for part in body:
        if form == "axes" or not isinstance(part, Laid) or not _is_listed(part):
            listing = False
            kept.append(part)
            continue
        row = Row(tuple(cell for _, cell in sorted(part.cells.items())), Place(part.line))
        if not listing:
            above = kept[-1] if kept else None
            title = above.alone[0] if isinstance(above, Laid) and above.alone else None
            kept = kept[:-1] if title else kept
            lists.append((title, Table((row,), row.place)))
        else:
            lists[-1] = (lists[-1][0], replace(lists[-1][1], rows=(*lists[-1][1].rows, row)))
        listing = True
    return kept, lists


def _is_listed(row: Laid) -> bool:
    """Whether the first cell that holds words holds a bullet, in the column of the items."""
    first = row.cells[row.filled[0]].lines if row.filled else ()
    at = row.columns.column("what" if row.columns.form == "work" else "goal")
    return bool(first) and row.filled[0] == at and all(line.mark and not line.mark[0].isalpha() for line in first)


def _take_line(laying: _Laying, line: Line) -> None:
    said = line.text.strip()
    if not said or _PAGE_NUMBER.fullmatch(said) or _RULE.fullmatch(said):
        return
    laying.title = line
    (laying.body if laying.columns else laying.before).append(line)


def _take_table(laying: _Laying, table: Table) -> None:
    rows = list(grid(table))
    if not any(any(map(str.isalnum, cell.text)) for _, cells in rows for cell in cells.values()):
        return
    texts = [[cells[at].text if at in cells else "" for at in range(table.width)] for _, cells in rows]
    found = [read_columns(said) for said in texts]
    if not any(found) and not _goes_on(laying, table):
        if laying.columns:
            _take_list(laying, table)
        elif bullets := _bullets(table):
            laying.before += bullets
        else:
            for (row, _), said in zip(rows, texts, strict=True):
                laying.above += [(cell, row.place.line) for cell in said if cell.strip()]
        return
    first = True
    for (row, cells), said, columns in zip(rows, texts, found, strict=True):
        first = _take_row(laying, row, cells, said, columns, first)


def _bullets(table: Table) -> list[Line]:
    """A list that a reader took for a table: a sign alone in the first column, its words in the second."""
    rows = [[line for cell in row.cells for line in cell.lines] for row in table.rows]
    if not all(len(lines) == 2 and len(lines[0].text) == 1 and not lines[0].text.isalnum() for lines in rows):
        return []
    return [replace(words, mark=sign.text, level=1) for sign, words in rows]


def _take_list(laying: _Laying, table: Table) -> None:
    """A list beside the plan, under the line above it; without one, the last list goes on."""
    if laying.body and laying.body[-1] is laying.title:
        laying.body.pop()
    if laying.title is None and laying.lists and laying.lists[-1][1].width == table.width:
        title, before = laying.lists[-1]
        laying.lists[-1] = (title, replace(before, rows=before.rows + table.rows))
    else:
        laying.lists.append((laying.title, table))


def _take_row(
    laying: _Laying, row: Row, cells: dict[int, Cell], said: list[str], columns: Columns | None, first: bool
) -> bool:
    """One row of a table of the plan; whether the next one is still the first below the headings."""
    columns = _repeated(said, laying) or columns
    if columns and (laying.columns is None or columns.form == laying.columns.form):
        laying.columns = columns
        laying.body.append(Heading(columns, tuple(said), tuple(laying.above), row.place.line))
        laying.above = []
        return True
    if laying.columns is None or _groups(said, laying):
        laying.above += [(cell, row.place.line) for cell in said if cell.strip()]
        return True
    if any(cell.strip(" -–—|") for cell in said):
        _lay_row(laying, Laid(cells, laying.columns, row.place.line, continues=first))
        return False
    return first


def _lay_row(laying: _Laying, row: Laid) -> None:
    """A row of its own, or the end of the one that a page cut."""
    last = next((at for at in range(len(laying.body) - 1, -1, -1) if isinstance(laying.body[at], Laid)), None)
    before = laying.body[last] if last is not None else None
    if last is not None and isinstance(before, Laid) and row.continues and is_cut(before, row):
        laying.body[last] = replace(before, cells=joined(before, row))
        laying.cuts.append(row.line)
    else:
        laying.body.append(row)


def _repeated(said: list[str], laying: _Laying) -> Columns | None:
    """The columns of the first headings, if a row says them again with more slips than could be read alone."""
    first = next((each for each in laying.body if isinstance(each, Heading)), None)
    if first is None or len(said) != len(first.cells) or not all(len(cell.split()) <= _HEADING for cell in said):
        return None
    pairs = [(one, other) for one, other in zip(first.cells, said, strict=True) if one.strip() or other.strip()]
    like = [alike(one, other) for one, other in pairs]
    return first.columns if like and sum(like) / len(like) > _LIKE and min(like) > _LIKE / 2 else None


def _groups(said: list[str], laying: _Laying) -> bool:
    """Whether a row stands above headings that are repeated: it says of several columns together what is in one cell,
    as the row above the first headings did."""
    before = next((each.above for each in laying.body if isinstance(each, Heading)), ())
    openings = {" ".join(words.split()[:2]).casefold() for words, _ in before}
    filled = [cell for cell in said if cell.strip()]
    said_again = all(" ".join(cell.split()[:2]).casefold() in openings for cell in filled)
    return bool(openings and filled) and said_again


def _goes_on(laying: _Laying, table: Table) -> bool:
    """Whether a table without headings goes on with the last one: as wide, but for rows whose cells moved by a column; no line
    above it names another list."""
    columns = laying.columns
    widths = {sum(cell.across for cell in row.cells) for row in table.rows}
    if (
        columns is None
        or laying.lists
        or not (table.width == columns.width or widths == {columns.width, columns.width + 1})
    ):
        return False
    listed = [cell for row in table.rows for cell in row.cells if cell.lines]
    bare = bool(listed) and all(line.mark or line.level for cell in listed for line in cell.lines)
    return laying.title is None or not bare


def grid(table: Table) -> Iterator[tuple[Row, dict[int, Cell]]]:
    """Each row with its cells by column: what a cell above or beside covers holds nothing."""
    covered: dict[int, int] = {}  # column -> rows that a cell above still covers
    for row in table.rows:
        cells: dict[int, Cell] = {}
        at = 0
        held = {column for column, rows in covered.items() if rows > 0}
        for cell in row.cells:
            while at in held:
                at += 1
            cells[at] = cell
            for column in range(at, at + cell.across):
                covered[column] = max(covered.get(column, 0), cell.down)
            at += cell.across
        covered = {column: rows - 1 for column, rows in covered.items()}
        yield row, cells
