"""`/demarches/{ref}/letter`: the reminder that may be sent to an office, as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from domain.values import Lang
from services.letters.drafting import MEDIA_TYPE, letter_to
from web.api.attachments import disposition
from web.api.parameters import Nothing, Ref
from web.entering import Insider

router = APIRouter(tags=["demarches"])


class LetterAsked(Nothing):
    """In which language."""

    lang: Lang | None = Field(None, description="`fr` or `en`; the organisation's unless said.")


@router.get("/demarches/{ref}/letter")
def letter(desk: Insider, ref: Ref, asked: Annotated[LetterAsked, Query()]) -> Response:
    """A reminder letter to the office and its holder of today, as a Word document to read, change and send."""
    made = letter_to(desk.home, ref, asked.lang)
    headers = {"Content-Disposition": disposition(made.name), "Content-Security-Policy": "default-src 'none'; sandbox",
               "Cache-Control": "private, no-store"}  # fmt: skip
    return Response(made.content, headers=headers, media_type=MEDIA_TYPE)
