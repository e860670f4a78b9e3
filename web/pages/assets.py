"""What pages are dressed in, as a browser asks for it: once."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.assets import ASSETS, PREFIX
from web.entering import PUBLIC
from web.problems import AddressUnknown

YEAR = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@router.get(PREFIX + "/{name}", dependencies=[PUBLIC])
def show_asset(request: Request, name: str) -> Response:
    """One of them. Raises `AddressUnknown`."""
    if (found := ASSETS.get(name)) is None:
        raise AddressUnknown()
    headers = {"Cache-Control": YEAR, "Vary": "Accept-Encoding", "Content-Type": found.kind}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers=headers | {"Content-Encoding": "gzip"})
    return Response(found.content, headers=headers)
