"""Rows as a file for a spreadsheet, which is written down."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

from services import access
from services.spreadsheet import sheet_file
from web.entering import Desk
from web.rendering import HEADERS, Page


def file_answer(desk: Desk, page: Page, name: str, rows: Iterable[list[str]]) -> Response:
    """A file of that name and of today, as a spreadsheet in the reader's language takes it."""
    content = sheet_file(list(rows), page.lang)
    access.record(desk.home.store, "exported", desk.entered.person, page.path)
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="suivi-{name}-{page.today}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
