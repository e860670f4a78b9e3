"""`/export`: what the organisation holds, as a file."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from services.leaving import FORMS, Form, export, named_for
from web.api.attachments import disposition
from web.api.parameters import Nothing
from web.api.reports import pieces
from web.entering import Administrator
from web.guard import HEAD

router = APIRouter(tags=["log"])


class ExportAsked(Nothing):
    """Which file."""

    format: Form = Field("zip", description="An archive of tables, files and the log; or the log alone, as CloudEvents.")


@router.get("/export", name="take everything away")
def everything(desk: Administrator, request: Request, asked: Annotated[ExportAsked, Query()]) -> Response:
    """What you may read of everything, to leave Suivi with. It is made whole before a byte of it is sent."""
    headers = {
        "Content-Disposition": disposition(named_for(desk.home, asked.format)), "Content-Type": FORMS[asked.format],
        "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store",
        "Vary": "Authorization, Cookie",
    }  # fmt: skip
    if request.scope.get(HEAD):
        return Response(None, 200, headers)
    made = TemporaryFile()  # noqa: SIM115 - closed once it is sent
    try:
        export(desk.home, made, asked.format, lang=desk.lang)
    except BaseException:
        made.close()
        raise
    return StreamingResponse(pieces(made), 200, headers | {"Content-Length": str(made.tell())})
