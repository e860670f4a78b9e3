"""Entering with the organisation’s provider: there, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from services.accounts import LastAdministrator
from services.home import Home
from services.signing_in.attempts import BegunTooLongAgo
from services.signing_in.id_tokens import IdentityRefused
from services.signing_in.identities import IdentityTaken, NoRoleInGroups, NotInvited, enter, link
from services.signing_in.limits import TriedTooOften, count_place
from services.signing_in.oidc import ProviderAway, begin, finish
from services.signing_in.passwords import TooManyAtOnce
from services.signing_in.provider import Provider
from services.tokens import entered
from web.doorstep import doorstep, next_of
from web.entering import PUBLIC, Own, cookie_of
from web.origin import FromElsewhere
from web.pages.letting_in import attempt_of, carry_attempt, drop_attempt, let_in, noted, place_of, status_for, turn
from web.problems import AddressUnknown
from web.rendering import HEADERS

THERE, BACK, LINK = "/oidc/entrer", "/oidc/retour", "/oidc/relier"
ACCOUNT = "/compte"
REFUSALS = (IdentityRefused, NotInvited, NoRoleInGroups, LastAdministrator, IdentityTaken, BegunTooLongAgo, ProviderAway,
            TriedTooOften, TooManyAtOnce, FromElsewhere)  # fmt: skip

router = APIRouter(include_in_schema=False)


def provider_of(request: Request) -> Provider:
    """The provider that is set. Raises `AddressUnknown` where there is none."""
    found: Provider | None = request.app.state.settings.provider
    if found is None:
        raise AddressUnknown()
    return found


@router.get(THERE, dependencies=[PUBLIC])
async def go_there(request: Request, suite: str = "") -> Response:
    """To the provider; nothing is changed but what this browser has begun."""
    provider = provider_of(request)
    try:
        async with turn(request) as home:
            return await run_sync(_going, request, home, provider, next_of(suite))
    except REFUSALS as refusal:
        return _refused(request, refusal)


def _going(request: Request, home: Home, provider: Provider, to: str) -> Response:
    count_place(home.store, place_of(request))
    return _sent(request, *begin(home.store, provider, _back(request), to))


@router.post(LINK)
def link_account(desk: Own, request: Request) -> Response:
    """To the provider, for someone who is in and has proved who they are, to enter by it from now on."""
    provider = provider_of(request)
    if desk.entered.session is None or not desk.entered.proven:
        return RedirectResponse(f"{ACCOUNT}/preuve", 303, headers=HEADERS)
    return _sent(request, *begin(desk.home.store, provider, _back(request), ACCOUNT, desk.entered.person))


@router.get(BACK, dependencies=[PUBLIC])
async def come_back(request: Request) -> Response:
    """Back from the provider."""
    provider = provider_of(request)
    try:
        async with turn(request) as home:
            return await run_sync(_coming, request, home, provider)
    except REFUSALS as refusal:
        return _refused(request, refusal)


def _coming(request: Request, home: Home, provider: Provider) -> Response:
    try:
        begun, claims = finish(home.store, provider, attempt_of(request), dict(request.query_params))
        if begun.person is None:
            return let_in(request, home.store, enter(home.store, provider, claims), "provider", begun.facts["following"])
        return _linked(request, home, begun.person, claims)
    except (IdentityRefused, NotInvited, NoRoleInGroups):
        noted(home.store, "sign-in-refused", None, "provider")
        raise


def _linked(request: Request, home: Home, person: UUID, claims: Mapping[str, Any]) -> Response:
    """Only the one who began, and who is still in."""
    secret = request.cookies.get(cookie_of(request.app.state.settings), "")
    inside = entered(home.store, secret, "session")
    if inside is None or inside.person != person:
        raise BegunTooLongAgo()
    link(home.store, inside.person, claims)
    noted(home.store, "factor-added", inside.person, "provider")
    answer = RedirectResponse(ACCOUNT, 303, headers=HEADERS)
    drop_attempt(request, answer)
    return answer


def _sent(request: Request, secret: str, place: str) -> Response:
    answer = RedirectResponse(place, 303, headers=HEADERS)
    carry_attempt(request, answer, secret)
    return answer


def _back(request: Request) -> str:
    """Where the provider leads back to, to the letter as it was registered there."""
    return f"{request.app.state.settings.url}{BACK}"


def _refused(request: Request, refusal: SuiviError) -> Response:
    status, headers = status_for(refusal)
    answer = doorstep(request, status, refusal, headers=headers)
    drop_attempt(request, answer)
    return answer
