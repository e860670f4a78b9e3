"""HTML: paragraphs, lists and tables of a page, without its scripts and styles. Nothing that it names is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from domain.media import MADE_HERE
from services.imports.documents.document import Cell, Place, Row
from services.imports.documents.flow import Flow
from services.imports.documents.fragments import Tags
from services.imports.documents.layout import Layout, Refusal

_EDGES = {"footer"}  # what runs at the foot of each page
_HIDDEN = {"script", "style", "head", "template", "noscript", "svg", "object", "select"}
_BLOCKS = {"p", "div", "br", "section", "article", "header", "main", "blockquote", "dt", "dd", "dl", "pre",
           "figure", "figcaption", "address", "aside", "nav", "form", "fieldset", "caption"}  # fmt: skip
_INLINE = {"ul", "ol", "li", "u", "ins", "b", "strong"}
_HEADINGS = {f"h{n}" for n in range(1, 7)}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)
_KNOWN = {"utf-8", "utf8", "iso-8859-1", "windows-1252", "us-ascii", "iso-8859-15"}
_NOWHERE = Place(0)
_NONE: Mapping[str, str | None] = {}
_MOST_TAGS = 400_000
_DEEPEST = 12
_WIDEST = 64


def read_markup(content: bytes) -> Layout:
    """The page that these bytes are."""
    page = _Page()
    page.feed(decoded(content))
    page.close()
    page.flush()
    while page.tables:
        page.end_table()
    if (words := " ".join(page.edge.split())) and not page.layout.made_here:
        page.layout.aside("heads", words=words[:80])
    return page.layout


def decoded(content: bytes) -> str:
    """The characters of a page: as it says, else UTF-8, else Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    said = _CHARSET.search(content[:2048])
    charset = said[1].decode().lower() if said else "utf-8"
    for each in (charset if charset in _KNOWN else "utf-8", "utf-8", "windows-1252"):
        try:
            return content.decode("windows-1252" if each == "iso-8859-1" else each).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


@dataclass
class _Open:
    """A table that is being read."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    tags: Tags | None = None  # of the cell that is open
    across: int = 1
    down: int = 1
    heads: int = 0
    in_head: bool = False


class _Page(HTMLParser):
    """The tags of a page on their way into a layout."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.layout = Layout()
        self.tags = Tags()
        self.tables: list[_Open] = []
        self.hidden = self.met = self.edges = self.typed = 0  # elements that are open, and tags met
        self.edge = ""
        self.listed = False

    @property
    def current(self) -> Tags:
        """Where words go now."""
        return next((table.tags for table in reversed(self.tables) if table.tags), self.tags)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met += 1
        if self.met > _MOST_TAGS:
            raise Refusal("long", most=_MOST_TAGS)
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in _EDGES:
            self.edges += 1
        elif tag == "meta" and dict(attrs).get("name") == "generator" and dict(attrs).get("content") == MADE_HERE:
            self.layout.made_here = self.tags.flow.apart = True
        elif tag == "table":
            self.begin_table()
        elif tag == "pre":
            self._turn(tag, False)
            self.typed, self.listed = self.typed + 1, False
        elif tag in ("tr", "td", "th", "thead", "tbody", "tfoot") and self.tables:
            self._cell_tag(tag, dict(attrs))
        else:
            self._turn(tag, False, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _EDGES:
            self.edges = max(0, self.edges - 1)
        elif tag == "table" and self.tables:
            self.end_table()
        elif tag == "pre":
            self._turn(tag, True)
            self.typed, self.listed = max(0, self.typed - 1), False
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
        elif tag in ("tr", "thead") and self.tables:
            self._end_row()
            self.tables[-1].in_head = self.tables[-1].in_head and tag != "thead"
        else:
            self._turn(tag, True)

    def handle_data(self, data: str) -> None:
        if self.edges:
            self.edge += "" if self.hidden else data
        elif not self.hidden and self.typed and self.current is self.tags:
            for index, line in enumerate(data.split("\n")):
                if index:
                    self.flush(ends=True)
                self.current.say(line)
        elif not self.hidden and (data.strip() or self.current.flow.runs):
            self.current.say(data)

    def _turn(self, tag: str, closes: bool, attributes: Mapping[str, str | None] = _NONE) -> None:
        if tag in _INLINE or tag in _HEADINGS:
            self.current.turn(tag, closes)
            if tag in ("ul", "ol", "li"):
                self.current.count(tag, closes, attributes)
        elif tag in _BLOCKS:
            self.current.turn(tag if tag in ("p", "br") else "div", closes)
        if self.current is self.tags and (tag in _BLOCKS or tag in _HEADINGS) and tag != "br" and not self.tags.lists:
            self.flush(ends=closes and tag == "p")

    def flush(self, ends: bool = False) -> None:
        """Puts down the paragraphs outside tables that were read so far; `ends`: one ends here, empty or not."""
        flow = self.tags.flow
        if lines := flow.lines(_NOWHERE):
            self.layout.put_paragraph(lines, flow, follows=self.listed and bool(lines[0].level or self.typed))
            self.listed = bool(lines[-1].level or self.typed)
        elif ends:
            self.layout.end_row()
            self.listed = self.listed and not self.typed
        flow.runs.clear()
        self.tags.open()

    def begin_table(self) -> None:
        if len(self.tables) >= _DEEPEST:
            raise Refusal("deep")
        if not self.tables:
            self.flush()
        self.tables.append(_Open())

    def end_table(self) -> None:
        """A table within a cell is told as lines of that cell."""
        self._end_row()
        table = self.tables.pop()
        if self.tables:
            for row in table.rows:
                self.current.open()
                self.current.say(" ".join(cell.text for cell in row.cells))
            self.current.open()
        elif any(cell.lines for row in table.rows for cell in row.cells):
            self.layout.put_table(table.rows, _NOWHERE)
            self.listed = False

    def _cell_tag(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if tag in ("td", "th"):
            self._end_cell()
            table.tags = Tags(Flow(self.layout.made_here))
            table.across, table.down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            table.heads += tag == "th"
        else:
            self._end_row()
            table.in_head = tag == "thead" or (table.in_head and tag == "tr")

    def _end_cell(self) -> None:
        table = self.tables[-1]
        if table.tags:
            table.cells.append(Cell(table.tags.flow.lines(_NOWHERE), table.across, table.down))
            table.tags = None

    def _end_row(self) -> None:
        self._end_cell()
        table = self.tables[-1]
        if table.cells:
            header = table.in_head or table.heads == len(table.cells)
            table.rows.append(Row(tuple(table.cells), _NOWHERE, header=header))
        table.cells, table.heads = [], 0


def _span(said: str | None) -> int:
    return max(1, min(int(said), _WIDEST)) if said and said.isascii() and said.isdigit() and len(said) < 6 else 1
