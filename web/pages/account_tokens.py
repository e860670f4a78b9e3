"""One’s own access tokens: made, shown once, revoked."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services import tokens
from services.execute import Actor
from services.tokens import DaysUnfit, NameUnfit, ScopeUnknown, Token, TokenThere, TokenUnknown
from web.entering import WRITE, Desk, Own
from web.pages.account_common import PATH, Mine, Said, noted, unproven
from web.pages.letting_in import status_for
from web.pages.these import NowPage
from web.rendering import HEADERS, Page, render

TOKENS = f"{PATH}/jetons"
DAYS = (30, 90, 365)
USUAL = 90
ALLOWS = {"read": N_("read"), "write": N_("read and write")}

router = APIRouter(include_in_schema=False)


@router.get(TOKENS)
def ask_token(desk: Own, page: NowPage) -> Response:
    """What a new token is for."""
    if away := unproven(desk, TOKENS):
        return away
    return _page(desk, page)


def _page(desk: Desk, page: Page, typed: dict[str, str] | None = None, refusal: SuiviError | None = None) -> Response:
    status, headers = status_for(refusal) if refusal else (200, {})
    answer = render(
        page, "account_token.html", status, secret="", refusal=page.say(refusal) if refusal else "",
        typed={"nom": "", "portee": "read", "jours": str(USUAL)} | (typed or {}), days=DAYS, writes=desk.may(WRITE),
    )  # fmt: skip
    answer.headers.update(headers)
    return answer


@router.post(TOKENS)
def make_token(desk: Own, page: NowPage, request: Request, mine: Mine, form: Said) -> Response:
    """Makes one, and shows it once."""
    if away := unproven(desk, TOKENS):
        return away
    try:
        made, secret = _made(desk, form)
    except (NameUnfit, ScopeUnknown, DaysUnfit, TokenThere) as refusal:
        return _page(desk, page, form, refusal)
    noted(desk, "token-made", made.name)
    return render(page, "account_token.html", secret=secret, refusal="", row=_row(page, made))


def _made(desk: Desk, form: dict[str, str]) -> tuple[Token, str]:
    scope, days = form.get("portee", "read"), form.get("jours", "")
    if scope == "write" and not desk.may(WRITE):
        scope = "read"
    return tokens.add(desk.home.store, desk.entered.actor, form.get("nom", ""), [scope],
                      int(days) if days.isdecimal() and len(days) < 5 else 0)  # fmt: skip


@router.post(TOKENS + "/revoquer")
def revoke_token(desk: Own, request: Request, mine: Mine, form: Said) -> Response:
    """Ends one of one’s own."""
    name = form.get("nom", "")
    with suppress(TokenUnknown):  # it was revoked already
        tokens.revoke(desk.home.store, _only_self(desk), name)
        noted(desk, "token-revoked", name)
    return RedirectResponse(f"{PATH}#jetons", 303, headers=HEADERS)


def rows(page: Page, desk: Desk) -> list[dict[str, Any]]:
    """One’s own tokens that serve."""
    return [_row(page, token) for token in tokens.all_tokens(desk.home.store, _only_self(desk))]


def _row(page: Page, token: Token) -> dict[str, Any]:
    allowed = ALLOWS["write" if "write" in token.scopes else "read"]
    return {"name": token.name, "allows": page.say(allowed),
            "until": page.say(N_("until {day}"), day=token.expires_at.date())}  # fmt: skip


def _only_self(desk: Desk) -> Actor:
    """The person, without the powers of an administrator over everyone’s tokens."""
    return Actor(desk.entered.person, desk.entered.roles - {"administrator"})
