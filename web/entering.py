"""Who is at the door: a token, or the cookie of a session, becomes a desk at which one request is served.

A handler gets a desk by saying for whom it is (`Reader`, `Insider`, `Writer`, …), and that is its policy; `PUBLIC` says
that it serves everyone. A route without exactly one of them keeps the application from starting. What a workflow lets
each role do, and what each may see, is asked further in: this is the outer door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import Depends, Request

from domain.case.case import SEEING
from domain.errors import Forbidden
from services import tokens
from services.home import Home, Viewer
from services.settings import Lang, Settings
from services.tokens import Entered
from web.languages import language
from web.origin import certain, token_of
from web.problems import ScopeMissing, TokenNeeded

COOKIE = "suivi_session"
SECURE_COOKIE = "__Host-suivi"  # a browser takes it from this very host alone, and over TLS
SAFE = {"GET", "HEAD"}


class ForAnotherRole(Forbidden):
    """This is for another role than yours. Ask your secretary’s office for it."""


class CannotWrite(ForAnotherRole):
    """You can read everything here, but not record. Ask your secretary’s office for the role of officer."""


@dataclass(frozen=True)
class Policy:
    """Whom a route serves: those with one of the roles (null: any), whose token allows the scope."""

    name: str
    scope: str = "read"
    roles: frozenset[str] | None = None
    refusal: type[Forbidden] = ForAnotherRole


WRITERS = SEEING - {"auditor"}
READ = Policy("read")
OWN = Policy("own")
INSIDE = Policy("inside", roles=SEEING)
WRITE = Policy("write", "write", WRITERS, CannotWrite)
KEEP = Policy("keep", "write", frozenset({"secretary", "administrator"}))
ADMINISTER = Policy("administer", "write", frozenset({"administrator"}))
AUDIT = Policy("audit", roles=frozenset({"auditor", "administrator"}))


@dataclass(frozen=True)
class Desk:
    """What a request is served with: the home as the person sees it, who they are, their language; of a session, the
    token for its forms."""

    home: Home
    entered: Entered
    lang: Lang
    token: str = ""

    def may(self, policy: Policy) -> bool:
        """Whether that policy lets this person in."""
        return policy.scope in self.entered.scopes and (policy.roles is None or bool(policy.roles & self.entered.roles))


def served(policy: Policy) -> Callable[[Request], AsyncIterator[Desk]]:
    """What FastAPI asks for a desk under a policy."""

    async def desks(request: Request) -> AsyncIterator[Desk]:
        async with _desk(request, policy) as desk:
            yield desk

    return desks


async def uploads(request: Request) -> AsyncIterator[Desk]:
    """For whoever may write, and sends a file: who they are is asked before a byte of it is read, and few files are in
    hand at once."""
    desks = request.app.state.desks
    async with desks.lend() as home:
        await _entered(request, home, WRITE)
    async with desks.room(), _desk(request, WRITE) as desk:
        yield desk


async def public() -> None:
    """For everyone."""


@asynccontextmanager
async def _desk(request: Request, policy: Policy) -> AsyncIterator[Desk]:
    secret, kind = await _shown(request)
    await request.body()  # nobody who sends slowly keeps a desk
    async with request.app.state.desks.lend() as home:
        entered = await _entered(request, home, policy)
        token = token_of(secret) if kind == "session" else ""
        viewer = Viewer(entered.person, entered.roles)
        mine = replace(home, settings=replace(home.settings, user=entered.login), known_viewer=viewer)
        request.state.desk = Desk(mine, entered, language(request), token)  # for the page of this request
        with home.store.present.held():
            yield request.state.desk


async def _entered(request: Request, home: Home, policy: Policy) -> Entered:
    """Who shows that secret, if the policy lets them in."""
    entered = await run_sync(tokens.entered, home.store, *(await _shown(request)))
    if entered is None:
        raise TokenNeeded()
    if policy.scope not in entered.scopes:
        raise ScopeMissing(scopes=sorted(entered.scopes))
    if policy.roles is not None and not policy.roles & entered.roles:
        raise policy.refusal()
    return entered


async def _shown(request: Request) -> tuple[str, tokens.Kind]:
    """The secret that the request shows. A cookie, which a browser sends whoever asks it to, opens safe methods; the
    others, where the page that asks is ours for certain."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() == "bearer" and secret.strip():
            return secret.strip(), "api"
        raise TokenNeeded()
    secret = request.cookies.get(cookie_of(request.app.state.settings), "")
    if secret and (request.method in SAFE or await certain(request, secret)):
        return secret, "session"
    raise TokenNeeded()


def cookie_of(settings: Settings) -> str:
    """The name of the cookie of a session."""
    return SECURE_COOKIE if settings.url.startswith("https:") else COOKIE


reads, insides, writes = served(READ), served(INSIDE), served(WRITE)
owns, keeps, administers, audits = served(OWN), served(KEEP), served(ADMINISTER), served(AUDIT)
Reader = Annotated[Desk, Depends(reads, scope="function")]
Insider = Annotated[Desk, Depends(insides, scope="function")]
Writer = Annotated[Desk, Depends(writes, scope="function")]
Uploader = Annotated[Desk, Depends(uploads, scope="function")]
Own = Annotated[Desk, Depends(owns, scope="function")]
Keeper = Annotated[Desk, Depends(keeps, scope="function")]
Administrator = Annotated[Desk, Depends(administers, scope="function")]
Auditor = Annotated[Desk, Depends(audits, scope="function")]
PUBLIC = Depends(public)
POLICIES: dict[Any, str] = {
    reads: READ.name, insides: INSIDE.name, writes: WRITE.name, uploads: WRITE.name, owns: OWN.name,
    keeps: KEEP.name, administers: ADMINISTER.name, audits: AUDIT.name, public: "public",
}  # fmt: skip


def policies() -> tuple[Policy, ...]:
    """All that ask who comes."""
    return READ, OWN, INSIDE, WRITE, KEEP, ADMINISTER, AUDIT
