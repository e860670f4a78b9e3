"""What the pages on which one enters share: the cookies, the turn that each waits for, what was typed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from threading import BoundedSemaphore
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from services import access
from services.accounts import Account
from services.home import Home
from services.signing_in import attempts
from services.signing_in.limits import TriedTooOften
from services.signing_in.passwords import TooManyAtOnce
from services.signing_in.sessions import LASTS, Means, open_session
from services.store import Store
from web.bodies import FormTooLong, written
from web.doorstep import next_of
from web.entering import cookie_of
from web.origin import refuse_elsewhere
from web.problems import TokenNeeded, status_of
from web.rendering import HEADERS

AT_ONCE = 4  # people entering at the same time; half of the seats are for those who are in
RETRY = 3  # seconds
MANY = 40  # fields
ATTEMPT, SECURE_ATTEMPT = "suivi_essai", "__Host-suivi-essai"
_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_NAMES = {"Macintosh": "Mac", "CrOS": "ChromeOS"}
_turns = BoundedSemaphore(AT_ONCE)


@asynccontextmanager
async def entering(request: Request) -> AsyncIterator[Home]:
    """A home for someone who enters by a form of ours."""
    refuse_elsewhere(request)
    async with turn(request) as home:
        yield home


@asynccontextmanager
async def turn(request: Request) -> AsyncIterator[Home]:
    """A home for someone who enters. Too many at once are told to come back, and hold up nobody who is in."""
    await request.body()
    if not _turns.acquire(blocking=False):
        raise TooManyAtOnce()
    try:
        async with request.app.state.desks.lend() as home:
            yield home
    finally:
        _turns.release()


async def said(request: Request) -> dict[str, str]:
    """What a form holds, one text a field."""
    try:
        return {name: values[0] for name, values in written(await request.body(), MANY).items()}
    except FormTooLong:
        return {}


def let_in(request: Request, store: Store, account: Account, means: Means, to: str) -> Response:
    """A new session, whatever the browser had before, and the page that was asked for."""
    secret = open_session(store, account.person, means, device_of(request.headers.get("user-agent", "")))
    if secret is None:
        raise TokenNeeded()
    noted(store, "signed-in", account.person, means)
    answer = RedirectResponse(next_of(to), 303, headers=HEADERS)
    carry(request, answer, secret)
    drop_attempt(request, answer)
    return answer


def carry(request: Request, answer: Response, secret: str) -> None:
    """Gives the browser the cookie of its session."""
    settings = request.app.state.settings
    answer.set_cookie(
        cookie_of(settings), secret, max_age=int(LASTS.total_seconds()), path="/", httponly=True, samesite="lax",
        secure=settings.url.startswith("https:"),
    )  # fmt: skip


def let_go(request: Request, answer: Response) -> None:
    """Takes it back."""
    _drop(request, answer, cookie_of(request.app.state.settings))


def carry_attempt(request: Request, answer: Response, secret: str) -> None:
    """Gives the browser the cookie of what it has begun."""
    answer.set_cookie(
        _attempt(request), secret, max_age=int(attempts.LASTS.total_seconds()), path="/", httponly=True, samesite="lax",
        secure=request.app.state.settings.url.startswith("https:"),
    )  # fmt: skip


def attempt_of(request: Request) -> str:
    """The secret of what the browser has begun."""
    return request.cookies.get(_attempt(request), "")


def drop_attempt(request: Request, answer: Response) -> None:
    """What was begun is over."""
    _drop(request, answer, _attempt(request))


def _attempt(request: Request) -> str:
    return SECURE_ATTEMPT if request.app.state.settings.url.startswith("https:") else ATTEMPT


def _drop(request: Request, answer: Response, name: str) -> None:
    secure = request.app.state.settings.url.startswith("https:")
    answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)


def place_of(request: Request) -> str:
    """The address that asks, as the connection has it."""
    return request.client.host if request.client else ""


def device_of(agent: str) -> str:
    """The kind of browser, in a few words: “Firefox, Linux”."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((_NAMES.get(each, each) for each in _SYSTEMS if re.search(rf"\b{each}\b", agent)), "")
    return ", ".join(filter(None, (browser, system)))


def noted(store: Store, what: str, person: Any = None, about: str = "") -> None:
    """Writes it into the access log."""
    access.record(store, what, person, about)


def status_for(error: SuiviError) -> tuple[int, Mapping[str, str]]:
    """The status of a refusal, and what it says to programs."""
    if isinstance(error, TriedTooOften):
        return 429, {"Retry-After": str(error.seconds)}
    if isinstance(error, TooManyAtOnce):
        return 429, {"Retry-After": str(RETRY)}
    return status_of(error), {}
