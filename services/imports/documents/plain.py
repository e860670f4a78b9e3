"""A plain text read into lines and tables. Extracted from another format, it may hold form feeds, rows of cells between
tabs, fragments of HTML, Markdown, and raised letters written as LaTeX; none of it is guessed, all of it may be absent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from services.imports.documents.document import Block, Document, Line
from services.imports.documents.fragments import read_fragment
from services.imports.documents.marks import split_mark, unraised
from services.imports.documents.rows import Numbered, goes_on, is_barred, is_tabbed, read_barred, read_tabbed
from services.imports.reading import Source

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_TAG = re.compile(r"</?(?:ul|ol|li|p|u|b|strong|br|div|span|h[1-6])\b", re.IGNORECASE)
_MOST_BOLD = 6  # lines of one bold paragraph


def read_plain(source: Source) -> Document:
    """The document of a text as it was decoded; `Document.text` is that very text."""
    lines = _numbered(source.lines)
    blocks = tuple(_blocks(lines))
    pages = max((line.page or 1 for line in lines), default=1) if any("\f" in each for each in source.lines) else None
    return Document(source.name, source.sha256, "text", source.text, blocks, pages)


def _blocks(lines: list[Numbered]) -> Iterator[Block]:
    width = 0  # of the table right above
    for group in _groups(lines):
        for block in _read(group, width):
            width = 0 if isinstance(block, Line) else block.width
            yield block


def _numbered(lines: tuple[str, ...]) -> list[Numbered]:
    """The lines without their form feeds, which are told by pages."""
    paged = any("\f" in line for line in lines)
    page, opens, numbered = 1, True, []
    for number, raw in enumerate(lines, 1):
        pieces = raw.split("\f")
        for index, piece in enumerate(pieces):
            page, opens = page + (index > 0), opens or index > 0
            if index and not piece.strip() and index < len(pieces) - 1:
                continue
            numbered.append(Numbered(number, piece.rstrip("\r"), page if paged else None, opens and paged))
            opens = opens and not piece.strip()
    return numbered


def _groups(lines: list[Numbered]) -> Iterator[list[Numbered]]:
    """The lines that stand together between blank ones. A line of nothing but tabs is blank."""
    group: list[Numbered] = []
    for line in lines:
        if line.text.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _read(group: list[Numbered], width: int) -> Iterator[Block]:
    """The tables and the lines of a group, in order."""
    at = 0
    while at < len(group):
        text = group[at].text
        if is_barred(text) and (end := _run(group, at, is_barred)) - at > 1:
            yield read_barred(group[at:end])
        elif is_tabbed(text, width):
            end = _table_end(group, at)
            yield read_tabbed(group[at:end])
        else:
            end = at + 1
            end = _run(group, end, lambda text: not (is_barred(text) or is_tabbed(text)))
            yield from _running(group[at:end])
        at = end


def _run(group: list[Numbered], at: int, of_kind: Callable[[str], bool]) -> int:
    """The index after the lines of one kind that begin at `at`."""
    return next((index for index in range(at, len(group)) if not of_kind(group[index].text)), len(group))


def _table_end(group: list[Numbered], at: int) -> int:
    """The index after the last row of a group, and after the lines that go on with its last cell."""
    last = max(index for index in range(at, len(group)) if "\t" in group[index].text)
    return _run(group, last + 1, goes_on)


def _running(lines: list[Numbered]) -> Iterator[Line]:
    bold_until = 0
    for index, line in enumerate(lines):
        if index >= bold_until:
            bold_until = _bold_end(lines, index)
        wrapped = index + 1 < len(lines)
        if index < bold_until:
            text = line.text.strip().removeprefix("**").removesuffix("**").strip()
            yield replace(_line(line, text, wrapped), bold=True)
        elif _TAG.search(line.text):
            told = read_fragment(line.text, line.place)
            yield from (replace(each, opens_page=line.opens and not n) for n, each in enumerate(told))
        else:
            yield _line(line, line.text, wrapped)


def _bold_end(lines: list[Numbered], at: int) -> int:
    """The index after a paragraph between two « ** », at the least `at`. Those two signs alone are a mark of their own."""
    if not re.match(r"\s*\*\*[^\s*]", lines[at].text):
        return at
    for index in range(at, min(at + _MOST_BOLD, len(lines))):
        inner = lines[index].text.strip()
        inner = inner.removeprefix("**") if index == at else inner
        if "**" in inner:
            return index + 1 if inner.endswith("**") and inner.count("**") == 1 else at
    return at


def _line(line: Numbered, text: str, wrapped: bool) -> Line:
    heading = _HEADING.match(text)
    mark, said = ("", text[heading.end() :].strip()) if heading else split_mark(text)
    said = " ".join(unraised(said).split())
    return Line(
        said, line.place, mark=mark, level=1 if mark else 0, style=len(heading[1]) if heading else 0, wrapped=wrapped,
        opens_page=line.opens,
    )  # fmt: skip
