"""The formats that a printed document is written in, by name: what each is, and how it becomes a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from domain.errors import Invalid
from domain.media import OPEN_XML
from services.reports.printed import Printed
from services.reports.words import Progress


class FormatUnknown(Invalid):
    """“{format}” is not a format of documents. The formats: {formats}."""


Write = Callable[[Printed, BinaryIO, Progress | None, Path | None], None]


@dataclass(frozen=True)
class Format:
    """A format: the media type of its files, and what writes them."""

    media_type: str
    write: Write


def _docx(printed: Printed, out: BinaryIO, progress: Progress | None, folder: Path | None) -> None:
    from services.reports.as_docx import write

    write(printed, out, progress, folder)


def _pdf(printed: Printed, out: BinaryIO, progress: Progress | None, folder: Path | None) -> None:
    from services.reports.as_pdf import write

    write(printed, out, progress)


def _xlsx(printed: Printed, out: BinaryIO, progress: Progress | None, folder: Path | None) -> None:
    from services.reports.as_xlsx import write

    write(printed, out, progress)


def _html(printed: Printed, out: BinaryIO, progress: Progress | None, folder: Path | None) -> None:
    from services.reports.as_html import write

    write(printed, out, progress)


def _csv(printed: Printed, out: BinaryIO, progress: Progress | None, folder: Path | None) -> None:
    from services.reports.as_csv import write

    write(printed, out, progress)


FORMATS = {
    "docx": Format(f"{OPEN_XML}wordprocessingml.document", _docx),
    "pdf": Format("application/pdf", _pdf),
    "xlsx": Format(f"{OPEN_XML}spreadsheetml.sheet", _xlsx),
    "html": Format("text/html; charset=utf-8", _html),
    "csv": Format("text/csv; charset=utf-8", _csv),
}


def write(
    printed: Printed, format: str, out: BinaryIO, progress: Progress | None = None, folder: Path | None = None
) -> None:
    """Writes the document in a format; `progress` is told how many steps are done of how many, `folder` is the data folder,
    where templates of one's own are. Raises a sentence where it cannot be made; what was written by then is no document."""
    format_of(format).write(printed, out, progress, folder)


def format_of(name: str) -> Format:
    """The format of that name. Raises `FormatUnknown`."""
    if name not in FORMATS:
        raise FormatUnknown(format=name, formats=list(FORMATS))
    return FORMATS[name]
