"""`/calendar/{token}.ics`: one's calendar for the programs that show it, which cannot sign in. The address is the secret."""

from __future__ import annotations

from dataclasses import replace

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from services import calendars, feeds
from services.home import Home, Viewer
from services.signing_in.limits import TriedTooOften, count_place
from web.api.parameters import NO_QUERY
from web.entering import PUBLIC
from web.problems import AddressUnknown, answered

HEADERS = {
    "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow",
    "Content-Disposition": 'inline; filename="suivi.ics"',
}  # fmt: skip
UNLOGGED = frozenset({"auditor"})  # what this role alone lets one read is written down each time: no program reads it

router = APIRouter(tags=["calendar"])


@router.get("/calendar/{token}.ics", dependencies=[PUBLIC, NO_QUERY])
async def read_calendar(request: Request, token: str) -> Response:
    """The dates of whoever was given this address, as iCalendar: a reference and a step, no names. 404 once it is revoked."""
    place = request.client.host if request.client else ""
    async with request.app.state.desks.lend() as home:
        try:
            content = await run_sync(_content, home, token, place)
        except TriedTooOften as refusal:
            return answered(request, refusal, HEADERS | {"Retry-After": str(refusal.seconds)})
    if content is None:
        return answered(request, AddressUnknown(), HEADERS)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=HEADERS)


def _content(home: Home, token: str, place: str) -> bytes | None:
    """Null for what opens nothing; only those tries count against the place they come from."""
    found = feeds.opened(home.store, token)
    if found is None:
        count_place(home.store, place)
        return None
    viewer = Viewer(found.person, found.roles - UNLOGGED)
    mine = replace(home, settings=replace(home.settings, user=found.login), known_viewer=viewer)
    with home.store.present.held():
        return calendars.calendar(mine, calendars.entries(mine, found.lang, found.feed), found.lang)
