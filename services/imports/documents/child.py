"""Reads the document on its standard input, and tells what is in it.

It is started by `services.imports.documents.reading`, by its path: alone, with little memory and time, and no way to open a
file or a connection once the libraries that its format needs are loaded."""

from __future__ import annotations

import codecs
import logging
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # it is started by its path, alone

import msgspec

from services.confined.limits import confine
from services.imports.documents.formats import format_of
from services.imports.documents.layout import Layout, Refusal
from services.imports.documents.wire import Answer, encode

SECONDS = 18  # of processor
CHARSETS = ("utf-8", "ascii", "iso-8859-1", "windows-1252", "cp437", "mac-roman", "utf-16", "utf-16-le", "utf-16-be",
            "utf-32", "unicode-escape", "raw-unicode-escape", "idna", "punycode")  # fmt: skip


def reader_of(format: str) -> Callable[[bytes], Layout]:
    """The reader of a format, with the libraries that it needs. What they load late is loaded now."""
    if format == "docx":
        from services.imports.documents.word import read_word

        return read_word
    if format == "xlsx":
        from services.imports.documents.workbook import read_workbook

        return read_workbook
    if format == "pdf":
        from services.imports.documents.printed_pages import read_pages

        return read_pages
    from services.imports.documents.markup import read_markup

    return read_markup


def told(format: str, reader: Callable[[bytes], Layout], content: bytes) -> Answer:
    """What a reader says, or why it does not."""
    try:
        layout = reader(content)
    except Refusal as refusal:
        return Answer(error=refusal.code, facts=refusal.facts)
    except RecursionError:
        return Answer(error="deep")
    except MemoryError:
        return Answer(error="large")
    except Exception:
        return Answer(error="damaged")
    if not any(line.strip() for line in layout.said):
        return Answer(error="empty")
    return encode(format, layout)


def main() -> None:
    """One document, whatever comes."""
    content = sys.stdin.buffer.read()
    format = format_of(content) or "html"
    reader = reader_of(format)
    for charset in CHARSETS:
        codecs.lookup(charset)
    logging.disable()
    confine(SECONDS)
    answer = told(format, reader, content)
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
