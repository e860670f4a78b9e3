"""The cells of a workbook, read from its XML (ECMA-376, part 1, 18.3 and 18.4): what is there, not what a library makes
of it."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(workbook: bytes) -> list[list[str]]:
    """The texts of the first sheet, row by row. Raises AssertionError if a cell holds anything but a text."""
    with ZipFile(BytesIO(workbook)) as parts:
        strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(piece.text or "" for piece in item.iter(f"{_MAIN}t")) for item in strings]
    assert not list(sheet.iter(f"{_MAIN}f"))
    return [[_text(cell, texts) for cell in row] for row in sheet.iter(f"{_MAIN}row")]


def _text(cell: ElementTree.Element, texts: list[str]) -> str:
    value = cell.find(f"{_MAIN}v")
    if value is None:
        return ""
    assert cell.get("t") == "s"
    return texts[int(value.text or "")]
