"""CSV: the rows of a table that a spreadsheet saved, each with the line on which it begins."""

from __future__ import annotations

import csv
from io import StringIO

from services import spreadsheet
from services.imports.documents.document import Cell, Document, Place, Row, Table
from services.imports.documents.flow import Flow
from services.imports.documents.refusals import TornRow
from services.imports.reading import Source
from services.imports.report import Problem


def unquoted(cell: str) -> str:
    """A cell without the apostrophes that kept a spreadsheet from running it, and without blanks around it."""
    return spreadsheet.unquoted(cell).strip()


def read_separated(source: Source, separator: str, apart: bool = False) -> Document:
    """The document of a table; `Document.text` is the text as it was decoded. `apart`: no sign inside a line begins another."""
    rows, problems, begins = list[Row](), list[Problem](), 1
    reader = csv.reader(StringIO(source.text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            place = Place(begins)
            if any(cell.strip() for cell in cells):
                rows.append(Row(tuple(_cell(cell, place, apart) for cell in cells), place))
            begins = reader.line_num + 1
    except csv.Error:
        problems.append(Problem(begins, "error", TornRow()))
    blocks = (Table(tuple(rows), rows[0].place),) if rows else ()
    return Document(source.name, source.sha256, "csv", source.text, blocks, None, tuple(problems))


def _cell(text: str, place: Place, apart: bool) -> Cell:
    flow = Flow(apart)
    for line in unquoted(text).split("\n"):
        flow.open()
        flow.say(line)
    return Cell(flow.lines(place))
