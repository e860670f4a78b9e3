"""One registry, many readers: a file is read by what it holds, whatever it is called. Texts are read here; every other
format by a program apart (`child`), never in this process."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import msgspec

from services.confined.running import Overrun, run_confined
from services.imports import notices
from services.imports.documents import refusals
from services.imports.documents.document import Cell, Document
from services.imports.documents.formats import format_of, separator_of
from services.imports.documents.layout import MOST_LINES
from services.imports.documents.plain import read_plain
from services.imports.documents.sheet_text import read_separated
from services.imports.documents.wire import Answer
from services.imports.reading import LIMIT, LIMIT_BYTES, Source, decode, file_content, lines_of, read_table
from services.imports.report import Problem

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 20.0  # seconds


def read_document(name: str, content: bytes) -> Document:
    """The document that these bytes are. Raises a subclass of `Invalid` that says why they cannot be read, and what would be
    accepted; of `Unavailable`, if nothing can be read on this machine now."""
    if len(content) > LIMIT_BYTES:
        raise notices.TooLarge(name=name, limit=LIMIT)
    if format_of(content) is None:
        return _text(name, content)
    return _told(name, content)


def read_path(path: Path) -> Document:
    """The document in a file of this machine."""
    name, content = file_content(path)
    return read_document(name, content)


def source_of(document: Document) -> Source:
    """The text of a document, as the grammars of running text take it; with the rows of its first table, where its format
    tells its cells apart."""
    table = None if document.format in ("text", "csv") else next(document.tables, None)
    rows = tuple((row.place.line, [words(cell) for cell in row.cells]) for row in table.rows) if table else None
    return Source(document.name, document.sha256, document.text, lines_of(document.text), rows)


def words(cell: Cell) -> str:
    """A cell as it was written, line by line."""
    return "\n".join(f"{line.mark} {line.text}" if line.mark else line.text for line in cell.lines)


def _text(name: str, content: bytes) -> Document:
    """A table that a spreadsheet saved in its own encoding, else a text in UTF-8."""
    try:
        source = decode(name, content)
    except notices.NotUtf8:
        source = decode(name, content, read_table)
        if separator_of(source.text) is None and "\t" not in source.text.split("\n", 1)[0]:
            raise
    if len(source.lines) > MOST_LINES:
        raise refusals.TooManyLines(name=name, most=MOST_LINES)
    separator = separator_of(source.text)
    return read_separated(source, separator) if separator else read_plain(source)


def _told(name: str, content: bytes) -> Document:
    """What the program apart says of it."""
    try:
        said = run_confined(CHILD, content, PATIENCE, libraries=True)
        answer = msgspec.json.decode(unicodedata.normalize("NFC", said.decode()), type=Answer)
    except Overrun as error:
        raise refusals.TakesTooMuch(name=name) from error
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise refusals.DocumentsUnread() from error
    if answer.error:
        raise refusals.of(answer.error, name, answer.facts)
    problems = tuple(Problem(each.line, "warning", refusals.aside(each.code, each.facts)) for each in answer.asides)
    sha256, blocks = hashlib.sha256(content).hexdigest(), tuple(each.block for each in answer.blocks)
    return Document(
        name, sha256, answer.format, answer.text, blocks, answer.pages, problems, answer.made_here,  # type: ignore[arg-type]
    )  # fmt: skip
