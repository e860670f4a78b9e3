"""The outermost wall, before any route: names that are not ours, what no text of ours holds, bodies that never end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import SuiviError
from services.attachments.files import LARGEST as FILE
from services.attachments.files import MEGABYTES, FileTooLarge
from services.settings import Settings
from web.problems import LARGEST, AddressUnknown, BodyTooLarge, HostUnknown, TooSlow, answered, unforeseen

SECONDS = 20  # for a body to come
LARGE_SECONDS = 120  # for a file
LARGE = ("/attach", "/proposal", "/importer", "/imports")  # how the addresses end that take a file
AROUND = 64 * 2**10  # bytes of a form, beside its file
HEAD = "suivi.head"  # in the scope of what was asked by HEAD, for a route that does more than answer
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def hosts_of(settings: Settings) -> frozenset[str]:
    """The names under which the server answers: those of this machine, and its public one."""
    return frozenset({"127.0.0.1", "localhost", (urlsplit(settings.url).hostname or "localhost").lower()})


class Guard:
    """An ASGI middleware. The name is checked against DNS rebinding: a page of elsewhere, whose name was made to lead
    here, is refused."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if error := self._unfit(request):
            await answered(request, error)(scope, receive, _guarded(send))
            return
        asked = {**scope, "method": "GET", HEAD: True} if scope["method"] == "HEAD" else scope
        told = Told(_guarded(_headless(send) if scope["method"] == "HEAD" else send))
        try:
            await self.app(asked, _hurried(receive, _limit(scope)), told)
        except Unsent as unsent:
            await told.instead(answered(request, unsent.error, {"Connection": "close"}), scope, receive)
        except Exception as error:  # further out, its message would be written to the log
            await told.instead(unforeseen(request, error), scope, receive)

    def _unfit(self, request: Request) -> SuiviError | None:
        if host_of(request) not in self.hosts:
            return HostUnknown()
        if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
            return AddressUnknown()  # no text of the database can hold it
        said, limit = request.headers.get("content-length", "0"), _limit(request.scope)
        return limit.error if not said.isdecimal() or len(said) > 9 or int(said) > limit.most else None


class Limit(NamedTuple):
    """How many bytes a body may have, within how many seconds, and what is said of one that is larger."""

    most: int
    seconds: int
    error: SuiviError


def _limit(scope: Scope) -> Limit:
    if scope["method"] == "POST" and scope["path"].endswith(LARGE):
        return Limit(FILE + AROUND, LARGE_SECONDS, FileTooLarge(most=MEGABYTES))
    return Limit(LARGEST, SECONDS, BodyTooLarge(most=LARGEST))


class Told:
    """What is sent, and whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self.send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self.send(message)

    async def instead(self, response: Response, scope: Scope, receive: Receive) -> None:
        """Another answer; one that has begun stays as it is, cut short."""
        if not self.begun:
            await response(scope, receive, self.send)


class Unsent(BaseException):
    """The body did not come as it should. Passes by whoever catches an `Exception`."""

    def __init__(self, error: SuiviError) -> None:
        self.error = error


def host_of(request: Request) -> str:
    """The name that the request asks for, without its port."""
    return request.headers.get("host", "").rpartition("@")[2].partition(":")[0].lower()


def _hurried(receive: Receive, limit: Limit) -> Receive:
    """What comes, if it comes in time and is not too large; after the body, only the connection's end is waited for."""
    end = anyio.current_time() + limit.seconds
    left, whole = limit.most, False

    async def received() -> Message:
        nonlocal left, whole
        if whole:
            return await receive()
        with anyio.move_on_after(end - anyio.current_time()):
            message = await receive()
            whole = not message.get("more_body", False)
            left -= len(message.get("body", b""))
            if left < 0:
                raise Unsent(limit.error)
            return message
        raise Unsent(TooSlow(seconds=limit.seconds))

    return received


def _headless(send: Send) -> Send:
    """HEAD is GET without the body (RFC 9110, 9.3.2): no route needs to know."""

    async def sent(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sent


def _guarded(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent
