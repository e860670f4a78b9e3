"""Rows as a file that a spreadsheet opens. No cell can become a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

from starlette.responses import Response

from services import access
from web.entering import Desk
from web.rendering import HEADERS, Page

# What begins a formula, after any blanks, at the start of a cell or of a line within it.
_BEGINS = re.compile(r"(?m)^(?=[\s\u00a0]*'*[\s\u00a0]*[=+\-@\t])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def file_answer(desk: Desk, page: Page, name: str, rows: Iterable[list[str]]) -> Response:
    """A file of that name and of today, with the separator that a spreadsheet in the reader's language takes."""
    lines = StringIO(newline="")
    csv.writer(lines, delimiter=";" if page.lang == "fr" else ",").writerows(
        [harmless(cell) for cell in row] for row in rows
    )
    access.record(desk.home.store, "exported", desk.entered.person, page.path, "")
    filed = f"suivi-{name}-{page.today}.csv"
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{filed}"'}
    return Response(lines.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def harmless(text: str) -> str:
    """The text without control characters, each line that could be run behind an apostrophe."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BEGINS.sub("'", _CONTROL.sub("", unified))
