"""Pages go out compressed."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from web.assets import PREFIX as STATIC

SMALLEST = 600  # bytes that are worth it
LEVEL = 5
AS_THEY_ARE = ("/api/", STATIC + "/")  # whose ETag names these very bytes; what is compressed already


class Packed:
    """An ASGI middleware around `GZipMiddleware`, for what people read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.packing = app, GZipMiddleware(app, SMALLEST, LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        as_it_is = scope["type"] != "http" or scope["path"].startswith(AS_THEY_ARE)
        await (self.app if as_it_is else self.packing)(scope, receive, send)
