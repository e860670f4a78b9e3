"""`/inbox`: what one was told, one's own only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.mail.inbox import inbox, mark_read, notice
from services.reading.pages import Row, page_of
from web.api.answers import answer, listed
from web.api.parameters import NO_QUERY, OfInbox
from web.entering import Own

router = APIRouter(tags=["inbox"])
Id = Annotated[str, Path(max_length=36, pattern="^[0-9a-fA-F-]+$", description="The id of a notice, or its beginning.")]


@router.get("/inbox")
def notices(desk: Own, request: Request, asked: OfInbox) -> Response:
    """Your own notices, unread ones first."""
    return listed(desk, request, page_of(inbox(desk.home, asked.unread), _order, asked.after, asked.limit))


@router.post("/inbox/{id}/read", dependencies=[NO_QUERY])
def read(desk: Own, id: Id) -> Response:
    """Marks one as read; doing it again changes nothing."""
    found = notice(desk.home, id)
    mark_read(desk.home.store, desk.entered.actor, UUID(found["id"]))
    return answer(desk, notice(desk.home, found["id"]))


def _order(row: Row) -> list[str]:
    """Unread ones first, the latest first."""
    age = 10**12 - int(datetime.fromisoformat(row["created_at"]).timestamp())
    return ["1" if row["read_at"] else "0", f"{age:013}", row["id"]]
