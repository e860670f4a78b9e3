"""What a file is, by what it holds: its first bytes, the members of an archive, the tags or separators of a text."""

from __future__ import annotations

import csv
import re
from collections import Counter

from services.imports.documents.document import Format

_HEAD = 4096
_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|h1|meta)\b", re.IGNORECASE)
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*<", re.DOTALL)
_SEPARATORS = ";,"
_LINES = 60
_SAME = 0.7  # of the rows that have as many cells as the headings


def format_of(content: bytes) -> Format | None:
    """The format of a file; none if it is neither a text nor one that is read here."""
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/document.xml" in content else "xlsx" if b"xl/workbook.xml" in content else None
    if _is_page(head):
        return "html"
    return None


def _is_page(head: bytes) -> bool:
    """Whether a text opens with a tag and has those of a page."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    return bool(_OPENS.match(head)) and bool(_TAGS.search(head))


def separator_of(text: str) -> str | None:
    """The separator of a table that a spreadsheet saved; none for a text. A comma before a blank is of a sentence; a text
    between tabs is read as one that holds tables."""
    lines = [line for line in text.split("\n", _LINES)[:_LINES] if line.strip()]
    if len(lines) < 2:
        return None
    for separator in _SEPARATORS:
        count = len(next(csv.reader([lines[0]], delimiter=separator), []))
        spaced = Counter(
            line.count(f"{separator} ") > 0.5 * line.count(separator) for line in lines if separator in line
        )
        if count < 2 or spaced[True] > spaced[False]:
            continue
        rows = [row for row in csv.reader(lines, delimiter=separator) if row]
        if sum(len(row) == count for row in rows) >= _SAME * len(rows):
            return separator
    return None
