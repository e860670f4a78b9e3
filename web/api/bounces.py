"""`/bounces`: notices that a message could not be delivered, as mail servers send them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from services.mail import record_bounce
from web.api.answers import answer
from web.api.parameters import NO_QUERY
from web.entering import Writer

router = APIRouter(tags=["mail"])


async def _content(request: Request) -> bytes:
    return await request.body()


@router.post("/bounces", dependencies=[NO_QUERY])
def bounce(desk: Writer, content: Annotated[bytes, Depends(_content)]) -> Response:
    """Records that a message came back. The same notice again changes nothing."""
    done = record_bounce(desk.home.store, desk.home.settings, desk.entered.actor, content)
    return answer(desk, {"id": str(done.id), "state": done.state, "answer": done.answer, "told": done.told})
