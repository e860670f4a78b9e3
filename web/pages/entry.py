"""The way in, and out: by password, then by code; by one-time link; and a way back for who forgot their password."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from services import tokens
from services.home import Home
from services.signing_in import sessions
from services.signing_in.attempts import BegunTooLongAgo
from services.signing_in.codes import CodeWrong
from services.signing_in.entering import LoginWrong, begin_second, by_code, by_password
from services.signing_in.invitations import forgot
from services.signing_in.limits import TriedTooOften, count, count_place
from services.signing_in.opening import account_named
from services.signing_in.passwords import TooManyAtOnce
from web.doorstep import ENTER, HOME, doorstep, next_of
from web.entering import PUBLIC, Own
from web.failures import LinkSpent
from web.guard import HEAD
from web.origin import FromElsewhere
from web.pages import entry_passkeys, entry_provider, invitation
from web.pages.letting_in import (
    attempt_of,
    carry,
    carry_attempt,
    device_of,
    drop_attempt,
    entering,
    let_go,
    let_in,
    noted,
    place_of,
    said,
    status_for,
)
from web.rendering import HEADERS, Page, asked_language, render

CODE, FORGOTTEN = f"{ENTER}/code", f"{ENTER}/oubli"
LONGEST = 200  # characters of a login that are looked at

router = APIRouter(include_in_schema=False)
for area in (entry_passkeys, entry_provider, invitation):
    router.include_router(area.router)


@router.get(ENTER, dependencies=[PUBLIC])
async def enter(request: Request, lien: str | None = None, suite: str = "") -> Response:
    """The page on which one enters; with a one-time link, redeems it, and the redirection takes its secret out of the
    address bar. HEAD spends nothing."""
    if lien is None:
        return doorstep(request, following=next_of(suite) if suite else "")
    if HEAD in request.scope:
        return Response(headers=HEADERS)
    async with request.app.state.desks.lend() as home:
        secret = await run_sync(_redeemed, home, lien, device_of(request.headers.get("user-agent", "")))
    if secret is None:
        raise LinkSpent()
    answer = RedirectResponse(HOME, 303, headers=HEADERS)
    carry(request, answer, secret)
    return answer


def _redeemed(home: Home, link: str, device: str) -> str | None:
    secret = tokens.redeem(home.store, link, device)
    entered = tokens.entered(home.store, secret, "session") if secret else None
    if entered:
        noted(home.store, "signed-in", entered.person, "link")
    return secret


@router.post(ENTER, dependencies=[PUBLIC])
async def sign_in(request: Request) -> Response:
    """Takes a login and a password."""
    form = await said(request)
    login, to = form.get("identifiant", "")[:LONGEST], next_of(form.get("suite", ""))
    try:
        async with entering(request) as home:
            return await run_sync(_by_password, request, home, login, form.get("mot_de_passe", ""), to)
    except (LoginWrong, TriedTooOften, TooManyAtOnce, FromElsewhere) as refusal:
        status, headers = status_for(refusal)
        return doorstep(request, status, refusal, login, to if to != HOME else "", headers)


def _by_password(request: Request, home: Home, login: str, password: str, to: str) -> Response:
    try:
        account = by_password(home.store, login, password, place_of(request))
    except LoginWrong:
        known = account_named(home.store, login)
        noted(home.store, "sign-in-refused", known.person if known else None, "password")
        raise
    if (begun := begin_second(home.store, account)) is None:
        return let_in(request, home.store, account, "password", to)
    answer = RedirectResponse(_page(request).link(CODE, suite=to if to != HOME else None), 303, headers=HEADERS)
    carry_attempt(request, answer, begun)
    return answer


@router.get(CODE, dependencies=[PUBLIC])
async def ask_code(request: Request, suite: str = "") -> Response:
    """The second step."""
    return _code_page(request, next_of(suite))


@router.post(CODE, dependencies=[PUBLIC])
async def take_code(request: Request) -> Response:
    """Takes a code after the password."""
    form = await said(request)
    to = next_of(form.get("suite", ""))
    try:
        async with entering(request) as home:
            return await run_sync(_by_code, request, home, form.get("code", ""), to)
    except BegunTooLongAgo as over:
        answer = doorstep(request, 403, over, following=to if to != HOME else "")
        drop_attempt(request, answer)
        return answer
    except (CodeWrong, TriedTooOften, TooManyAtOnce, FromElsewhere) as refusal:
        return _code_page(request, to, refusal)


def _by_code(request: Request, home: Home, code: str, to: str) -> Response:
    try:
        return let_in(request, home.store, by_code(home.store, attempt_of(request), code), "password", to)
    except CodeWrong:
        noted(home.store, "sign-in-refused", None, "code")
        raise


def _code_page(request: Request, to: str, refusal: SuiviError | None = None) -> Response:
    status, headers = status_for(refusal) if refusal else (200, {})
    page = _page(request)
    answer = render(page, "entry_code.html", status, refusal=page.say(refusal) if refusal else "",
                    following=to if to != HOME else "")  # fmt: skip
    answer.headers.update(headers)
    return answer


@router.get(FORGOTTEN, dependencies=[PUBLIC])
async def ask_who(request: Request) -> Response:
    """Asks whose password was forgotten."""
    return _forgotten_page(request)


@router.post(FORGOTTEN, dependencies=[PUBLIC])
async def send_link(request: Request) -> Response:
    """Has a link sent, if there is somewhere to send it. The answer is the same."""
    word = (await said(request)).get("identifiant", "")[:LONGEST]
    try:
        async with entering(request) as home:
            await run_sync(_forgot, request, home, word)
    except (TriedTooOften, TooManyAtOnce, FromElsewhere) as refusal:
        return _forgotten_page(request, typed=word, refusal=refusal)
    return _forgotten_page(request, sent=bool(word.strip()))


def _forgot(request: Request, home: Home, word: str) -> None:
    if word.strip():
        count_place(home.store, place_of(request))
        count(home.store, "forgotten", word.strip().casefold(), 5)
        forgot(home.store, home.settings, word)


def _forgotten_page(request: Request, sent: bool = False, typed: str = "", refusal: SuiviError | None = None) -> Response:
    status, headers = status_for(refusal) if refusal else (200, {})
    page = _page(request)
    told: dict[str, Any] = {"sent": sent, "typed": typed, "refusal": page.say(refusal) if refusal else ""}
    answer = render(page, "entry_forgotten.html", status, **told)
    answer.headers.update(headers)
    return answer


@router.post("/sortir")
def sign_out(desk: Own, request: Request) -> Response:
    """Ends this session."""
    if desk.entered.session:
        sessions.end(desk.home.store, desk.entered.person, desk.entered.session)
        noted(desk.home.store, "signed-out", desk.entered.person)
    answer = RedirectResponse(_page(request).link(ENTER), 303, headers=HEADERS | {"Clear-Site-Data": '"cache"'})
    let_go(request, answer)
    return answer


def _page(request: Request) -> Page:
    return Page(asked_language(request), request.url.path, {"lang": request.query_params.get("lang", "")})
