"""The list of cases as a file for a spreadsheet: the same filters, every case of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response

from projections.phrases.rows import Row
from services import access
from services.spreadsheet import case_cells, sheet_file, xlsx_file
from web.pages.listing_frame import Frame

FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
PAGE, MOST = 1_000, 20_000  # rows


def file_of(frame: Frame, form: str) -> Response:
    """The file, under a name that says the day; that it was taken is written down."""
    access.record(frame.home.store, "exported", frame.home.viewer().person, frame.page.path)
    cells = case_cells(_rows(frame), frame.page.lang)
    content = xlsx_file(cells) if form == "xlsx" else sheet_file(cells, frame.page.lang)
    name = f"dossiers-{frame.day.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=FILES[form], headers=headers)


def _rows(frame: Frame) -> Iterator[Row]:
    after, given = None, 0
    while given < MOST:
        page = frame.rows(PAGE, after=after)
        yield from page.rows
        given, after = given + len(page.rows), page.next
        if after is None:
            return
