"""Who is at the door: a token, or the cookie of a session, becomes a desk at which one request is served.

A handler gets a desk by saying what it is for (`Reader`, `Writer`, `Own`), and that is its policy; `PUBLIC` says that it
serves everyone. A route without one of the three keeps the application from starting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import Depends, Request

from services import tokens
from services.home import Home
from services.settings import Lang
from services.tokens import Entered
from web.languages import language
from web.origin import from_here
from web.problems import ScopeMissing, TokenNeeded

COOKIE = "suivi_session"
SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Desk:
    """What a request is served with: the home as the person sees it, who they are, their language."""

    home: Home
    entered: Entered
    lang: Lang


async def reads(request: Request) -> AsyncIterator[Desk]:
    """For whoever may read."""
    async with _desk(request, "read") as desk:
        yield desk


async def writes(request: Request) -> AsyncIterator[Desk]:
    """For whoever may write."""
    async with _desk(request, "write") as desk:
        yield desk


async def uploads(request: Request) -> AsyncIterator[Desk]:
    """For whoever may write, and sends a file: who they are is asked before a byte of it is read, and few files are in
    hand at once."""
    desks = request.app.state.desks
    async with desks.lend() as home:
        await _entered(request, home, "write")
    async with desks.room(), _desk(request, "write") as desk:
        yield desk


async def owns(request: Request) -> AsyncIterator[Desk]:
    """For whoever may read, in what is theirs alone; a session too, from a page of ours for certain."""
    async with _desk(request, "read", own=True) as desk:
        yield desk


async def public() -> None:
    """For everyone."""


@asynccontextmanager
async def _desk(request: Request, scope: str, own: bool = False) -> AsyncIterator[Desk]:
    _shown(request, own)
    await request.body()  # nobody who sends slowly keeps a desk
    async with request.app.state.desks.lend() as home:
        entered = await _entered(request, home, scope, own)
        yield Desk(replace(home, settings=replace(home.settings, user=entered.login)), entered, language(request))


async def _entered(request: Request, home: Home, scope: str, own: bool = False) -> Entered:
    """Who shows that secret, if it allows that."""
    entered = await run_sync(tokens.entered, home.store, *_shown(request, own))
    if entered is None:
        raise TokenNeeded()
    if scope not in entered.scopes:
        raise ScopeMissing(scopes=sorted(entered.scopes))
    return entered


def _shown(request: Request, own: bool) -> tuple[str, tokens.Kind]:
    """The secret that the request shows. A cookie, which a browser sends whoever asks it to, opens safe methods only; and,
    where the page that asks is ours, what is the person's own."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() == "bearer" and secret.strip():
            return secret.strip(), "api"
        raise TokenNeeded()
    if (request.method in SAFE or (own and from_here(request))) and (secret := request.cookies.get(COOKIE, "")):
        return secret, "session"
    raise TokenNeeded()


Reader = Annotated[Desk, Depends(reads, scope="function")]
Writer = Annotated[Desk, Depends(writes, scope="function")]
Uploader = Annotated[Desk, Depends(uploads, scope="function")]
Own = Annotated[Desk, Depends(owns, scope="function")]
PUBLIC = Depends(public)
POLICIES = {reads: "read", writes: "write", uploads: "write", owns: "own", public: "public"}
