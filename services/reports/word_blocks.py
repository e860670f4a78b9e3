"""The blocks of a printed document as the XML of a Word document, piece by piece. The order of what an element holds is
that of ECMA-376, part 1: a word processor that finds another says that the file is damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from services.reports.grid import Grid, Place, is_short, shares
from services.reports.printed import Block, Cell, Columns, Heading, Items, Row, Run, Table, Text
from services.reports.word_styles import CASE, CELL, GRID, LABEL, LEAD, LEVELS, REMARK, SECTION, SUBTITLE, TITLE, Styles
from services.reports.words import Outline, Steps, fit, lines

HEADINGS = {1: TITLE, 2: SECTION, 3: CASE}
LOOKS = {"text": "", "lead": LEAD, "remark": REMARK, "subtitle": SUBTITLE}
COUNTED = ("1.", "a.")
END = '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'  # two tables that touch would be one


@dataclass
class Writing:
    """The document that is being written: its styles, the width of its tables in twentieths of a point, how many times
    larger its letters are than usual, and the lists that count by themselves so far, each with its kind and level. `lists`:
    the width of lists side by side, which no margin is made narrower for."""

    styles: Styles
    width: int
    steps: Steps
    scale: float = 1
    counting: list[tuple[int, int, int]] = field(default_factory=list)
    tables: bool = False
    lists: int = 0
    outline: Outline = field(default_factory=Outline)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The XML of the blocks."""
        for block in self.steps.blocks(blocks):
            if isinstance(block, Table):
                self.tables = True
                yield from self._table(block)
            elif isinstance(block, Heading):
                yield self._heading(block)
            elif isinstance(block, Columns):
                yield self._columns(block)
            else:
                yield from self._flow(block)

    def _heading(self, heading: Heading) -> str:
        told = lines(heading.words)
        label = [told.pop(0)] if heading.level == 3 and len(told) > 1 else []
        runs = "".join(self._run(run, LABEL) for line in label for run in line) + (
            "<w:r><w:br/></w:r>" if label else ""
        )
        level = self.outline.level(heading)
        page = "<w:pageBreakBefore/>" if heading.new_page else ""
        outline = f'<w:outlineLvl w:val="{level - 1}"/>' if level != heading.level else ""
        return self._paragraph(HEADINGS[heading.level], runs + self._lines(told), f"<w:keepNext/>{page}", outline)

    def _flow(self, block: Text | Items, cell: Cell | None = None) -> Iterator[str]:
        if isinstance(block, Items):
            yield from self._items(block, 0, cell)
        else:
            after = '<w:jc w:val="center"/>' if cell and cell.centred else ""
            style = LOOKS[block.look] if block.look != "text" or not cell else CELL
            yield self._paragraph(style, self._lines(lines(block.words), bold=bool(cell and cell.header)), "", after)

    def _items(self, items: Items, level: int, cell: Cell | None) -> Iterator[str]:
        number, level = self._list(items.mark, level), min(level, LEVELS - 1)
        mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        unit = round((200 if cell else 360) * self.scale)
        near = f'<w:spacing w:after="{40 if cell else 70}"/><w:ind w:left="{unit * (level + 1)}" w:hanging="{unit}"/>'
        for item in items.items:
            yield self._paragraph(CELL if cell else "", self._lines(lines(item.words)), mark, near)
            if item.within:
                yield from self._items(item.within, level + 1, cell)

    def _list(self, mark: str, level: int) -> int:
        """The list that items belong to: those that count have each its own, which begins anew."""
        kind = self.styles.lists[mark]
        if mark not in COUNTED:
            return self.styles.first + list(self.styles.lists).index(mark)
        number = self.styles.first + len(self.styles.lists) + len(self.counting)
        self.counting.append((number, kind, min(level, LEVELS - 1)))
        return number

    def numbers(self) -> Iterator[str]:
        """The lists that were used, to be defined beside the text."""
        for n, kind in enumerate(self.styles.lists.values()):
            yield f'<w:num w:numId="{self.styles.first + n}"><w:abstractNumId w:val="{kind}"/></w:num>'
        for number, kind, level in self.counting:
            yield (f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="{level}">'
                   '<w:startOverride w:val="1"/></w:lvlOverride></w:num>')  # fmt: skip

    def _paragraph(self, style: str, runs: str, before: str = "", after: str = "") -> str:
        """`before`, `after`: properties that stand before and after the spaces of a paragraph."""
        named = f"<w:pStyle w:val={quoteattr(self.styles.ids[style])}/>" if style else ""
        properties = f"<w:pPr>{named}{before}{after}</w:pPr>" if named or before or after else ""
        return f"<w:p>{properties}{runs}</w:p>"

    def _lines(self, told: list[list[Run]], bold: bool = False) -> str:
        return "<w:r><w:br/></w:r>".join("".join(self._run(run, bold=bold) for run in line) for line in told)

    def _run(self, run: Run, style: str = "", bold: bool = False) -> str:
        worn = f"<w:rStyle w:val={quoteattr(self.styles.ids[style])}/>" if style else ""
        worn += "<w:b/>" if run.bold or bold else '<w:b w:val="0"/>' if style else ""
        worn += "<w:i/>" if run.italic else ""
        worn += '<w:u w:val="single"/>' if run.underlined else ""
        worn += '<w:vertAlign w:val="superscript"/>' if run.raised else ""
        properties = f"<w:rPr>{worn}</w:rPr>" if worn else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'

    def _table(self, table: Table) -> Iterator[str]:
        grid = Grid(table)
        widths = [round(self.width * share) for share in shares(table, grid.columns)]
        yield self._open(widths, GRID, fit(table.name))
        for row in table.head:
            yield self._row(row, grid, widths, head=True)
        for row in self.steps.rows(table):
            yield self._row(row, grid, widths)
        yield f"</w:tbl>{END}"

    def _open(self, widths: list[int], style: str, name: str) -> str:
        named = f"<w:tblStyle w:val={quoteattr(self.styles.ids[style])}/>" if style else ""
        caption = f"<w:tblCaption w:val={quoteattr(name)}/>" if name else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
                f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
                f' w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>')  # fmt: skip

    def _row(self, row: Row, grid: Grid, widths: list[int], head: bool = False) -> str:
        places = grid.places(row)
        whole = head or row.whole or is_short(places, widths)
        kept = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>" if whole else ""
        cells = "".join(self._cell(place, widths, head or row.whole) for place in places)
        return f"<w:tr>{kept}{cells}</w:tr>"

    def _cell(self, place: Place, widths: list[int], head: bool) -> str:
        width = sum(widths[place.column : place.column + place.across])
        across = f'<w:gridSpan w:val="{place.across}"/>' if place.across > 1 else ""
        cell = place.cell
        if cell is None:
            merged, told = "<w:vMerge/>", self._paragraph(CELL, "")
        else:
            merged = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
            shown = Cell(cell.blocks, header=head or cell.header, centred=cell.centred)
            told = "".join(each for block in cell.blocks for each in self._flow(block, shown))
            told = told or self._paragraph(CELL, "")
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merged}</w:tcPr>{told}</w:tc>'

    def _columns(self, block: Columns) -> str:
        width = (self.lists or self.width) // max(1, len(block.columns))
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{''.join(self._items(items, 0, Cell())) or self._paragraph(CELL, '')}</w:tc>"
            for items in block.columns
        )
        return f"{self._open([width] * len(block.columns), '', '')}<w:tr>{cells}</w:tr></w:tbl>{END}"
