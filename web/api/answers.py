"""Answers in JSON: their language, their version, their pages."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from web.entering import Desk
from web.languages import NAMES


def answer(desk: Desk, body: Any, status: int = 200, version: int | None = None, **headers: str) -> Response:
    """A JSON answer; `version` becomes its strong ETag. What is private to a token is kept by no cache between."""
    told = {"Content-Language": NAMES[desk.lang], "Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
    if version is not None:
        told["ETag"] = etag(version)
    return Response(msgspec.json.encode(body), status, {**told, **headers}, "application/json")


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'
