"""`/reports`: documents to print, as files."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from domain.values import Lang
from projections.phrases.catalogue import say
from services.reading.pages import Page
from services.reports import registry
from services.reports.asked import Asked, filters_of
from services.reports.writing import format_of
from web.api.answers import AS_OF, listed
from web.api.attachments import disposition
from web.api.parameters import NO_QUERY, Times, Word
from web.entering import Reader
from web.guard import HEAD

router = APIRouter(prefix="/reports", tags=["reports"])
PIECE = 1 << 16  # bytes
Name = Annotated[str, Path(max_length=100, description="The name of a report: `GET /reports` lists them.")]


class ReportAsked(Times):
    """Which report, and how it is printed."""

    format: Literal["docx", "pdf", "xlsx", "html", "csv"] = Field("docx", description="What kind of file.")
    to: Word | None = Field(None, description="The key of the assembly, or of the plan, that it is about or goes to.")
    lang: Lang | None = Field(None, description="`fr` or `en`; the organisation's unless said.")
    large: bool = Field(False, description="In large letters, to be read aloud from the floor.")
    standing: bool = Field(False, description="A plan as a work plan, with the state of each item.")
    gaps: bool = Field(False, description="At the end of a follow-up, the numbers of which it says nothing.")
    year: Word | None = Field(None, description="The year of an annual report, by the one in which it begins.")

    @property
    def wanted(self) -> Asked:
        """The same, for the reports."""
        filters = filters_of(self.standing, self.gaps, self.year)
        return Asked(self.as_of, self.known_at, self.to, filters, self.lang, self.large)


@router.get("", name="list reports", dependencies=[NO_QUERY])
def reports(desk: Reader, request: Request) -> Response:
    """The reports that you may have: `name`, and what each `says`."""
    works_here = desk.home.viewer().works_here
    rows = [{"name": name, "says": say(report.said, desk.lang)} for name, report in registry.REPORTS.items()
            if works_here or not report.office]  # fmt: skip
    return listed(desk, request, Page(rows))


@router.get("/{name}", name="a report")
def report(desk: Reader, request: Request, name: Name, asked: Annotated[ReportAsked, Query()]) -> Response:
    """A report of what you may see, as a file. It is made whole before a byte of it is sent: what cannot be made is a
    problem, never half a file."""
    made = TemporaryFile()  # noqa: SIM115 - closed once it is sent
    try:
        day, called = registry.write(desk.home, name, asked.wanted, asked.format, made)
    except BaseException:
        made.close()
        raise
    headers = {
        "Content-Disposition": disposition(called), "Content-Length": str(made.tell()), AS_OF: day.isoformat(),
        "Content-Type": format_of(asked.format).media_type, "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store", "Vary": "Authorization, Cookie",
    }  # fmt: skip
    if request.scope.get(HEAD):
        made.close()
        return Response(None, 200, headers)
    return StreamingResponse(pieces(made), 200, headers)


def pieces(made: BinaryIO) -> Iterator[bytes]:
    """What was written to a file, from its beginning; then it is closed."""
    with made:
        made.seek(0)
        while piece := made.read(PIECE):
            yield piece
