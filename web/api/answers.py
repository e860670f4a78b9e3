"""Answers in JSON: their language, the times they were asked for, their version, their pages."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Request
from starlette.responses import Response

from services.reading import When
from services.reading.pages import Page
from services.reading.when import today
from web.entering import Desk
from web.languages import NAMES

AS_OF = "Suivi-As-Of"
POSITION = "Suivi-Log-Position"


Headers = dict[str, str]


def answer(
    desk: Desk, body: Any, headers: Headers | None = None, *, status: int = 200, version: int | None = None
) -> Response:
    """A JSON answer; `version` becomes its strong ETag. No cache between keeps what a token was needed for."""
    return Response(msgspec.json.encode(body), status, _headers(desk, version) | (headers or {}), "application/json")


def _headers(desk: Desk, version: int | None) -> Headers:
    told = {"Content-Language": NAMES[desk.lang], "Cache-Control": "private, no-cache",
            "Vary": "Accept-Language, Authorization, Cookie"}  # fmt: skip
    return told | ({} if version is None else {"ETag": etag(version)})


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'


def one(desk: Desk, request: Request, found: dict[str, Any], when: When) -> Response:
    """One thing with its version; 304 to who has it already."""
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    headers = as_of(desk, when)
    if etag(found["version"]) in known or known == ["*"]:
        return Response(None, 304, _headers(desk, found["version"]) | headers)
    return answer(desk, found, headers, version=found["version"])


def listed(
    desk: Desk, request: Request, page: Page, when: When | None = None, headers: Headers | None = None
) -> Response:
    """A page of a list; the header Link says where the next one is (RFC 8288)."""
    told = (headers or {}) | (as_of(desk, when) if when else {})
    if page.next is not None:
        url = request.url.include_query_params(after=page.next)
        told["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return answer(desk, {"items": page.items}, told)


def as_of(desk: Desk, when: When) -> Headers:
    """The day that the answer speaks of; where `known_at` was asked for, the position of the log up to which it knows."""
    known = when.known(desk.home)
    told = {AS_OF: known.day.isoformat() if known.day else today(desk.home)}
    return told | ({POSITION: str(known.position)} if known.position is not None else {})
