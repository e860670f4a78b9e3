"""DOCX: the words of its paragraphs and tables, in order. Headers, footnotes, text boxes and what is hidden are left aside,
and said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.media import MADE_HERE
from services.imports.documents.archives import Archive
from services.imports.documents.document import Cell, Place, Row
from services.imports.documents.flow import Flow
from services.imports.documents.layout import Layout, Refusal
from services.imports.documents.numbering import Numbering, W, number_of, value_of

_DESCENDED = {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "moveTo", "bdo", "dir"}
_NOWHERE = Place(0)
_DEEPEST = 12  # tables within tables


def read_word(content: bytes) -> Layout:
    """The document that the archive holds."""
    archive = Archive(content)
    root = archive.tree("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Refusal("damaged")
    layout = Layout()
    layout.made_here = _made_here(archive)
    reader = _Word(layout, Numbering(archive.tree("word/numbering.xml"), archive.tree("word/styles.xml")))
    reader.blocks(body)
    reader.finish()
    _aside(archive, layout)
    return layout


def _made_here(archive: Archive) -> bool:
    """Whether the document says so among its keywords."""
    about = archive.tree("docProps/core.xml")
    said = [each.text or "" for each in about if str(each.tag).endswith("}keywords")] if about is not None else []
    return MADE_HERE in [each.strip() for each in said]


def _aside(archive: Archive, layout: Layout) -> None:
    """What stands in the parts that are not read."""
    for code, prefix in (("footnotes", "word/footnotes"), ("footnotes", "word/endnotes"), ("heads", "word/header"),
                         ("heads", "word/footer"), ("comments", "word/comments.")):  # fmt: skip
        said = [
            _words(archive.tree(name)) for name in archive.names() if name.startswith(prefix) and name.endswith(".xml")
        ]
        words = " ".join(each for each in said if each.strip(" 0123456789/-–—"))
        if words and not (layout.made_here and code == "heads"):  # title and day, which stand above as well
            layout.aside(code, words=" ".join(words.split())[:80])


def _words(root: Any) -> str:
    return " ".join(text.text for text in root.iter(f"{W}t") if text.text)


class _Word:
    """Paragraphs and tables on their way into a layout."""

    def __init__(self, layout: Layout, numbering: Numbering) -> None:
        self.layout, self.numbering = layout, numbering
        self.listed = False  # whether the last paragraph was an item
        self.depth = 0
        self.hidden = self.boxed = ""

    def finish(self) -> None:
        for code, words in (("hidden", self.hidden), ("boxes", self.boxed)):
            if words.strip():
                self.layout.aside(code, words=" ".join(words.split())[:80])

    def blocks(self, parent: Any) -> None:
        """The paragraphs and tables of the body."""
        for element in _elements(parent):
            if element.tag == f"{W}p":
                self.paragraph(element)
            elif element.tag == f"{W}tbl":
                rows = tuple(self.rows(element))
                if any(cell.lines for row in rows for cell in row.cells):
                    self.layout.put_table(rows, _NOWHERE)
                    self.listed = False

    def paragraph(self, element: Any) -> None:
        """One paragraph, after a blank line unless an item follows an item."""
        flow = Flow(self.layout.made_here)
        turned = self.said(element, flow)
        lines = flow.lines(_NOWHERE)
        if turned == "before":
            self.layout.open_page()
        listed = bool(lines) and bool(lines[0].level)
        if lines:
            self.layout.put_paragraph(lines, flow, follows=listed and self.listed)
            self.listed = listed
        else:
            self.layout.end_row()
        if turned == "after":
            self.layout.open_page()

    def said(self, element: Any, flow: Flow) -> str:
        """Puts the words of a paragraph in a flow, and says on which side of them a page breaks."""
        level, mark, number, style = self.numbering.of(element)
        flow.open(level, mark, item=bool(level), style=style)
        flow.say(f"{number} " if number else "")
        turned = ""
        broken = element.find(f"{W}pPr/{W}pageBreakBefore")
        if broken is not None and value_of(broken) not in ("0", "false"):
            turned = "before"
        for run in _runs(element):
            turned = self.run(run, flow, bool(turned) or _any(flow)) or turned
        return turned

    def run(self, run: Any, flow: Flow, began: bool) -> str:
        shown = run.find(f"{W}rPr")
        under, bold = _is_on(shown, "u"), _is_on(shown, "b")
        if _is_on(shown, "vanish"):
            self.hidden += _words(run)
            return ""
        turned = ""
        for piece in run:
            name = str(piece.tag).removeprefix(W)
            if name == "t":
                flow.say(piece.text or "", under, bold)
            elif name == "br" and piece.get(f"{W}type") == "page":
                turned = "after" if began else "before"
            elif name in ("br", "cr"):
                flow.break_line()
            elif name == "sym":
                flow.say("•" if piece.get(f"{W}char", "").upper() in ("F0B7", "F0A7") else "", under, bold)
            elif name in ("tab", "noBreakHyphen"):
                flow.say("\t" if name == "tab" else "-", under, bold)
            elif name in ("pict", "drawing", "AlternateContent") or str(piece.tag).endswith("}AlternateContent"):
                self.boxed += _boxed(piece)
        return turned

    def rows(self, table: Any) -> Iterator[Row]:
        """The rows of a table; a cell that one beside or above covers is not repeated."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refusal("deep")
        grid: list[list[tuple[int, bool, Cell, int]]] = []  # of each row: column, covered from above, cell, across
        heads: list[bool] = []
        for row in _elements(table, "tr"):
            heads.append(_is_on(row.find(f"{W}trPr"), "tblHeader"))
            grid.append(list(self.cells(row)))
        self.depth -= 1
        for index, cells in enumerate(grid):
            kept = []
            for column, covered, cell, across in cells:
                if covered and not cell.lines:
                    continue
                kept.append(Cell(cell.lines, across, 1 + _covered(grid, index + 1, column)))
            yield Row(tuple(kept), _NOWHERE, header=heads[index])

    def cells(self, row: Any) -> Iterator[tuple[int, bool, Cell, int]]:
        skipped = row.find(f"{W}trPr/{W}gridBefore")
        at = number_of(skipped, 0)
        if at:
            yield 0, False, Cell(), min(at, 64)
        for cell in _elements(row, "tc"):
            said = cell.find(f"{W}tcPr")
            across = min(max(1, number_of(said.find(f"{W}gridSpan") if said is not None else None, 1)), 64)
            merged = said.find(f"{W}vMerge") if said is not None else None
            yield at, merged is not None and value_of(merged) != "restart", self.cell(cell), across
            at += across

    def cell(self, cell: Any) -> Cell:
        """The paragraphs of a cell; those of a table within it follow, row by row."""
        flow = Flow(self.layout.made_here)
        for element in _elements(cell):
            if element.tag == f"{W}p":
                self.said(element, flow)
            elif element.tag == f"{W}tbl":
                for row in self.rows(element):
                    flow.open()
                    flow.say(" ".join(each.text for each in row.cells))
        return Cell(flow.lines(_NOWHERE))


def _elements(parent: Any, *names: str) -> Iterator[Any]:
    """The children of those names (paragraphs and tables, unless said), through what only wraps them."""
    wanted = {f"{W}{name}" for name in names or ("p", "tbl")}
    waiting = list(parent)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif isinstance(element.tag, str) and element.tag.removeprefix(W) in _DESCENDED:
            waiting += list(element)[::-1]


def _runs(paragraph: Any) -> Iterator[Any]:
    yield from _elements(paragraph, "r")


def _any(flow: Flow) -> bool:
    return any(words.strip() for words, _, _ in flow.runs[-1].pieces)


def _is_on(properties: Any, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and value_of(found) not in ("none", "0", "false")


def _covered(grid: list[list[tuple[int, bool, Cell, int]]], start: int, column: int) -> int:
    """How many rows from there on a cell above covers in that column."""
    count = 0
    for row in grid[start:]:
        if not any(at == column and covered and not cell.lines for at, covered, cell, _ in row):
            break
        count += 1
    return count


def _boxed(piece: Any) -> str:
    """The words of a text box, once: a drawing holds them twice."""
    boxes = list(piece.iter(f"{W}txbxContent"))
    return " " + _words(boxes[0]) if boxes else ""
