"""XLSX: the values of its sheets as they were last computed; dates as dates. Formulas are never run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from domain.media import MADE_HERE
from services.imports.documents.archives import Archive, refuse_definitions
from services.imports.documents.document import Cell, Line, Place, Row
from services.imports.documents.flow import Flow
from services.imports.documents.layout import Layout, Refusal
from services.imports.documents.marks import split_mark
from services.imports.documents.sheet_text import unquoted

MOST_ROWS = 20_000
MOST_COLUMNS = 200
BESIDE = ("Texte", "Text")  # the sheet of our own workbooks that holds what is said beside their tables
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRIPS = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError)


def read_workbook(content: bytes) -> Layout:
    """The sheets that are shown, each with its table."""
    archive = Archive(content)
    for name in archive.names():
        if name.endswith((".xml", ".rels", ".vml")):
            refuse_definitions(archive.read(name))
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False, rich_text=True)
        formulas = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
        layout = Layout()
        layout.made_here = ours = book.properties.keywords == MADE_HERE
        beside = [each for each in sheets if each.title in BESIDE and (ours or len(sheets) > 1)]
        for sheet in beside:
            _read_beside(sheet, layout, ours)
        for sheet in sheets:
            if sheet not in beside:
                _read_sheet(sheet, formulas[sheet.title], layout, len(sheets) - len(beside) > 1, ours)
        for sheet in beside:
            _read_beside(sheet, layout, ours, below=True)
    except _TRIPS as error:
        raise Refusal("damaged") from error
    hidden = [each.title for each in book.worksheets if each.sheet_state != "visible"]
    if hidden:
        layout.aside("hidden_sheet", sheet=hidden[0])
    if not layout.blocks:
        raise Refusal("empty")
    return layout


def _read_sheet(sheet: Any, formulas: Any, layout: Layout, named: bool, ours: bool) -> None:
    merged = _merged(sheet)
    rows = list(_rows(sheet, merged, ours))
    rows = [row for row in rows if any(cell.lines for cell in row.cells)]
    if not rows:
        return
    if named:
        layout.gap()
        layout.put([Line(str(sheet.title), Place(0, sheet=sheet.title), style=1)])
    at = 0
    while at < len(rows) and sum(bool(cell.lines) for cell in rows[at].cells) == 1 and at + 1 < len(rows):
        layout.gap()
        layout.put([line for cell in rows[at].cells for line in cell.lines])
        at += 1
    layout.put_table(_trimmed(rows[at:]), Place(0, sheet=sheet.title))
    for cell in _uncounted(sheet, formulas):
        layout.aside("uncounted", sheet=str(sheet.title), cell=cell)


def _read_beside(sheet: Any, layout: Layout, ours: bool, below: bool = False) -> None:
    """What our own workbooks say beside their tables: above them, lines; `below` them, lists of columns under their titles,
    from the first row of several columns on."""
    rows = [row for row in _rows(sheet, {}, ours) if any(cell.lines for cell in row.cells)]
    counts = [sum(bool(cell.lines) for cell in row.cells) for row in rows]
    first = next((at - 1 for at, count in enumerate(counts) if count > 1), len(rows))
    at = first if below else 0
    while at < (len(rows) if below else first):
        upto = at
        while upto < len(rows) and counts[upto] > 1:
            upto += 1
        layout.gap()
        if upto > at:
            layout.put_table(_trimmed(rows[at:upto]), Place(0, sheet=sheet.title))
        else:
            layout.put([line for cell in rows[at].cells for line in cell.lines])
        at = max(upto, at + 1)


def _rows(sheet: Any, merged: dict[tuple[int, int], tuple[int, int]], ours: bool) -> Iterator[Row]:
    """The rows that were written, without the places that another cell covers. In a workbook of `ours` each line is told
    apart, and a list may go on from one row to the next."""
    covered = {
        (row + down, column + across)
        for (row, column), (height, width) in merged.items()
        for down in range(height) for across in range(width) if down or across
    }  # fmt: skip
    inline, before = _underlined(sheet), ""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS:
            raise Refusal("rows", most=MOST_ROWS, sheet=str(sheet.title))
        kept = []
        for index, cell in enumerate(cells[:MOST_COLUMNS], 1):
            if (number, index) in covered:
                continue
            place = Place(0, sheet=sheet.title, cell=f"{get_column_letter(index)}{number}")
            height, width = merged.get((number, index), (1, 1))
            lines = _lines(cell.value, place, inline.get(place.cell or "", []), ours, before)
            if ours and lines and sheet.title in BESIDE and cell.font.b:  # a heading, whatever its level
                lines = tuple(replace(line, style=1) for line in lines)
            before = lines[-1].mark if ours and lines else ""
            kept.append(Cell(lines, width, height))
        yield Row(tuple(kept), Place(0, sheet=sheet.title, cell=f"A{number}"))


def _lines(value: Any, place: Place, inline: Sequence[str], ours: bool, before: str) -> tuple[Line, ...]:
    if value is None:
        return ()
    pieces = list(_pieces(value, inline))
    flow = Flow(ours or _told_apart("".join(words for words, _ in pieces)))
    flow.open()
    for words, underlined in pieces:
        first, *others = words.split("\n")
        flow.say(first, underlined)
        for line in others:
            flow.open()
            flow.say(line, underlined)
    return flow.lines(place, before)


def _told_apart(words: str) -> bool:
    """Whether line breaks tell the items of a cell apart: each of its lines begins one."""
    lines = [line for line in words.split("\n") if line.strip()]
    return len(lines) > 1 and all(split_mark(line)[0] for line in lines)


def _pieces(value: Any, inline: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The words of a cell, and whether they are underlined: as the table of words says, or the cell itself (`inline`)."""
    if isinstance(value, CellRichText):
        for piece in value:
            under = isinstance(piece, TextBlock) and piece.font.u not in (None, "none")
            yield said(piece.text if isinstance(piece, TextBlock) else piece), under
        return
    rest = unquoted(said(value))
    for words in inline:
        before, found, rest = rest.partition(words)
        yield from ((before, False), (found, True))
    yield rest, False


def _underlined(sheet: Any) -> dict[str, list[str]]:
    """The words that are underlined in the cells that hold their own words, which openpyxl reads without their looks."""
    found: dict[str, list[str]] = {}
    source = sheet._get_source()
    for _, cell in etree.iterparse(source, tag=f"{_NAMESPACE}c", resolve_entities=False, no_network=True):
        for run in cell.iterfind(f"{_NAMESPACE}is/{_NAMESPACE}r"):
            line = run.find(f"{_NAMESPACE}rPr/{_NAMESPACE}u")
            words = run.findtext(f"{_NAMESPACE}t")
            if words and line is not None and line.get("val") != "none":
                found.setdefault(cell.get("r", ""), []).append(said(words))
        cell.clear()
    source.close()
    return found


def said(value: Any) -> str:
    """A value as it is to be read: dates in ISO 8601, whole numbers without a fraction."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")


def _trimmed(rows: list[Row]) -> list[Row]:
    """Without the columns on the right that are empty in every row; the same number of columns in each."""
    width = max(sum(cell.across for cell in _full(row)) for row in rows)
    trimmed = []
    for row in rows:
        cells, count = [], 0
        for cell in row.cells:
            if count < width:
                cells.append(cell)
            count += cell.across
        cells += [Cell()] * max(0, width - count)
        trimmed.append(Row(tuple(cells), row.place, row.header))
    return trimmed


def _full(row: Row) -> list[Cell]:
    last = max((index for index, cell in enumerate(row.cells) if cell.lines), default=-1)
    return list(row.cells[: last + 1])


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Where cells are merged: row and column -> how many rows and columns."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    source = sheet._get_source()
    for _, element in etree.iterparse(source, tag=f"{_NAMESPACE}mergeCell", resolve_entities=False, no_network=True):
        left, top, right, bottom = (each or 1 for each in range_boundaries(element.get("ref", "")))
        if len(found) > MOST_ROWS:
            break
        height, width = min(bottom - top + 1, MOST_ROWS), min(right - left + 1, MOST_COLUMNS)
        if height * width <= MOST_ROWS:
            found[top, left] = (height, width)
    source.close()
    return found


def _uncounted(sheet: Any, formulas: Any) -> Iterator[str]:
    """Cells with a formula that was never computed: their value is not known."""
    pairs = zip(sheet.iter_rows(), formulas.iter_rows(), strict=False)
    for number, (values, written) in enumerate(pairs, 1):
        for index, (value, formula) in enumerate(zip(values, written, strict=False), 1):
            if value.value is None and isinstance(formula.value, str) and formula.value.startswith("="):
                yield f"{get_column_letter(index)}{number}"
