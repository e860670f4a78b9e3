"""PDF: the words of its pages in reading order, columns one after the other, tables by their rules or their alignment."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from services.imports.documents.document import Line, Place
from services.imports.documents.layout import Layout, Refusal
from services.imports.documents.marks import split_mark
from services.imports.documents.print_columns import Band, bands
from services.imports.documents.print_lines import Strip, Word, strips
from services.imports.documents.print_tables import aligned_rows, is_table, ruled_rows
from services.imports.lines import is_terminal

MOST_PAGES = 2_000
_EDGE = 3  # lines at the top and the foot of a page that may run through the document
_NUMBER = re.compile(r"[-–—|\s]*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:/|de|sur|of)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_WORDS = re.compile(r"\w+(?:[-‐‑]\w+)*")
_DRAWN = re.compile(r"[-–—_=]{4,}")  # a rule made of letters
_NOWHERE = Place(0)
_THIN = 2.0  # points


@dataclass
class _Sheet:
    """A page: its words outside tables, in lines, and its tables with the words that they hold."""

    lines: list[Strip]
    tables: list[tuple[float, Any, list[Word]]] = field(default_factory=list)
    furniture: set[int] = field(default_factory=set)  # identities of lines that run through the document


def read_pages(content: bytes) -> Layout:
    """The document that these bytes print."""
    try:
        with pdfplumber.open(BytesIO(content)) as file:
            if len(file.pages) > MOST_PAGES:
                raise Refusal("pages", most=MOST_PAGES)
            sheets = [_sheet(page) for page in file.pages]
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Refusal("locked") from error
    except PdfminerException as error:
        locked = "Password" in repr(error) or "Encryption" in repr(error)
        raise Refusal("locked" if locked else "damaged") from error
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        raise Refusal("scan")
    _find_furniture(sheets)
    return _laid_out(sheets)


def _sheet(page: Any) -> _Sheet:
    words = list(_words(page))
    tables = [table for table in page.find_tables() if is_table(table)]
    held: list[tuple[float, Any, list[Word]]] = []
    for table in tables:
        x0, top, x1, bottom = table.bbox
        inside = [w for w in words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1 and top - 1 <= w.middle <= bottom + 1]
        if inside:
            held.append((top, table, inside))
            words = [word for word in words if word not in inside]
    page.close()
    return _Sheet(strips(words), held)


def _words(page: Any) -> Iterator[Word]:
    rules = [(r["x0"], r["x1"], r["top"]) for r in (*page.lines, *page.rects) if abs(r["bottom"] - r["top"]) <= _THIN]
    rules = [rule for rule in rules if rule[1] - rule[0] > 1]
    found = page.extract_words(
        x_tolerance_ratio=0.15, y_tolerance=2, extra_attrs=["fontname"], keep_blank_chars=False, use_text_flow=False
    )
    for each in found:
        x0, x1, bottom = each["x0"], each["x1"], each["bottom"]
        size = bottom - each["top"]
        near = [(a, b) for a, b, y in rules if bottom - 0.3 * size <= y <= bottom + 0.12 * size]
        under = sum(max(0.0, min(b, x1) - max(a, x0)) for a, b in near) >= 0.5 * (x1 - x0)  # letters cut the rule
        text = each["text"].replace("\u00ad", "-").replace("\0", "")
        if text.strip() and not _DRAWN.fullmatch(text):
            yield Word(text, x0, x1, each["top"], bottom, bool(_BOLD.search(each["fontname"])), under)


def _find_furniture(sheets: list[_Sheet]) -> None:
    """Lines that stand at the top or the foot of most pages, and page numbers."""
    edges = [[*sheet.lines[:_EDGE], *sheet.lines[-_EDGE:]] for sheet in sheets]
    keys = Counter(key for lines in edges for key in {_key(line) for line in lines})
    enough = max(2, len(sheets) / 2)
    for sheet, lines in zip(sheets, edges, strict=True):
        ends = {id(line) for line in (sheet.lines[:1] + sheet.lines[-1:])}
        for line in lines:
            number = id(line) in ends and _NUMBER.fullmatch(line.text) and len(sheet.lines) + len(sheet.tables) > 1
            runs = len(sheets) > 1 and keys[_key(line)] >= enough and _may_run(line.text)
            if number or runs:
                sheet.furniture.add(id(line))
    for line in sheets[0].lines[:_EDGE]:  # what opens the document may be its title
        if not _NUMBER.fullmatch(line.text):
            sheets[0].furniture.discard(id(line))


def _may_run(text: str) -> bool:
    """Whether words may be a running head: short, no sentence, no item."""
    return len(text) <= 120 and not is_terminal(text) and not split_mark(text)[0]


def _key(line: Strip) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _laid_out(sheets: list[_Sheet]) -> Layout:
    layout = Layout(paged=True)
    known = frozenset(word for sheet in sheets for line in _all(sheet) for word in _WORDS.findall(line.casefold()))
    for index, sheet in enumerate(sheets):
        if index:
            layout.open_page()
        for _, kind, what in sorted(_parts(sheet), key=lambda part: part[0]):
            if kind == "table":
                _, table, words = what
                layout.put_table(ruled_rows(table, words, known), _NOWHERE)
            elif kind == "band" and what.columns:
                layout.put_table(aligned_rows(what, known), _NOWHERE)
            else:
                _put(layout, what, kind == "band")
        if not sheet.lines and not sheet.tables:
            layout.aside("blank_page", page=index + 1)
    return layout


def _all(sheet: _Sheet) -> Iterator[str]:
    yield from (line.text for line in sheet.lines)
    yield from (word.text for _, _, words in sheet.tables for word in words)


def _parts(sheet: _Sheet) -> Iterator[tuple[tuple[float, int], str, Any]]:
    """The tables, the bands of lines between them and what runs through the document, with the order of each."""
    cuts = sorted(top for top, _, _ in sheet.tables)
    edges = [float("-inf"), *cuts, float("inf")]
    for top, table, words in sheet.tables:
        yield (top, 0), "table", (top, table, words)
    for low, high in itertools.pairwise(edges):
        lines = [line for line in sheet.lines if low <= line.top < high]
        running = [line for line in lines if id(line) in sheet.furniture]
        shown = bands([line for line in lines if id(line) not in sheet.furniture])
        for line in running:
            yield (line.top, 0), "running", Band((line,))
        top = low
        for order, band in enumerate(shown, 1):
            top = max(top, band.top)
            yield (top, order), "band", band


def _put(layout: Layout, band: Band, shown: bool) -> None:
    """Lines of running text, as printed; a blank line where the page leaves one."""
    steps = sorted(b.top - a.top for a, b in zip(band.lines, band.lines[1:], strict=False) if b.top > a.top)
    usual = steps[len(steps) // 4] if steps else 0.0
    layout.gap()
    for index, line in enumerate(band.lines):
        above = band.lines[index - 1] if index else line
        if line.bold != above.bold or line.top - above.top > max(1.4 * usual, 1.25 * line.height):
            layout.gap()
        following = band.lines[index + 1] if index + 1 < len(band.lines) else None
        wrapped = following is not None and following.top - line.top <= 1.4 * usual and following.bold == line.bold
        mark, said = split_mark(line.text)
        under = " ".join(word.text for word in line.words if word.underlined)
        layout.put(
            [Line(said, _NOWHERE, mark, 1 if mark else 0, line.bold, (under,) if under else (), wrapped=wrapped)], shown
        )
    layout.gap()
