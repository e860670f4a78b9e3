"""One registry, many readers: a file is read by what it holds, whatever it is called."""

from __future__ import annotations

from services.imports.documents.document import Document
from services.imports.documents.plain import read_plain
from services.imports.reading import decode


def read_document(name: str, content: bytes) -> Document:
    """The document that these bytes are. Raises a subclass of `Invalid` that says why they cannot be read, and what would be
    accepted."""
    return read_plain(decode(name, content))
