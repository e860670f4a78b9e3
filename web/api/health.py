"""`/health` and `/ready`: for whoever watches the machine; they hold nothing of anyone's."""

from __future__ import annotations

from typing import Any

import msgspec
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.errors import Unavailable
from services.health import health, no_database
from web.api.parameters import NO_QUERY
from web.desks import AllTaken
from web.entering import PUBLIC

router = APIRouter(tags=["health"])


@router.get("/health", dependencies=[PUBLIC, NO_QUERY])
async def healthy(request: Request) -> Response:
    """Whether everything goes, part by part: 200 if nothing is down, else 503."""
    try:
        async with request.app.state.desks.lend() as home:
            found = await run_sync(health, home.store.connection)
    except AllTaken:
        raise
    except Unavailable:
        found = no_database()
    return _answer(found, 503 if found["status"] == "down" else 200)


@router.get("/ready", dependencies=[PUBLIC, NO_QUERY])
async def ready(request: Request) -> Response:
    """Whether requests are served: 200, or a problem 503."""
    async with request.app.state.desks.lend():
        return _answer({"status": "ok"}, 200)


def _answer(body: dict[str, Any], status: int) -> Response:
    return Response(msgspec.json.encode(body), status, {"Cache-Control": "no-store"}, "application/json")
