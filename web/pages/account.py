"""What is one’s own: language, password, devices; and the way out of everywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services.accounts import person_of
from services.act import Ask, act
from services.home import Home
from services.signing_in import codes, passkeys, passwords, sessions
from services.signing_in.identities import linked
from services.signing_in.limits import TriedTooOften, clear, count
from services.signing_in.passwords import OldPasswordWrong, PasswordTooLong, TooManyAtOnce, TooObvious, TooShort
from web.doorstep import ENTER, site_for
from web.entering import Desk, Own
from web.pages import account_calendar, account_factors, account_tokens
from web.pages.account_common import PATH, Mine, Said, carried_on, noted, same_page
from web.pages.letting_in import let_go, status_for
from web.pages.these import NowPage
from web.rendering import HEADERS, Page, render
from workflows.vocabulary import ROLES

MEANS = {
    "link": N_("by a one-time link"), "password": N_("by password"), "passkey": N_("by passkey"),
    "provider": N_("by the provider"), "invitation": N_("by invitation"), "reset": N_("by a link that was sent"),
}  # fmt: skip
REFUSALS = (OldPasswordWrong, TooShort, PasswordTooLong, TooObvious, TooManyAtOnce, TriedTooOften)

router = APIRouter(include_in_schema=False)
for area in (account_calendar, account_factors, account_tokens):
    router.include_router(area.router)


@router.get(PATH)
def show_account(desk: Own, page: NowPage, request: Request) -> Response:
    """Everything of one’s own on one page."""
    return account_page(desk, page, request)


def account_page(desk: Desk, page: Page, request: Request, refusal: SuiviError | None = None, at: str = "") -> Response:
    """The page, with what kept a form of it from being taken."""
    status, headers = status_for(refusal) if refusal else (200, {})
    answer = render(page, "account.html", status, refusal=page.say(refusal) if refusal else "", refused_at=at,
                    **account_model(desk, page, request))  # fmt: skip
    answer.headers.update(headers)
    return answer


def account_model(desk: Desk, page: Page, request: Request) -> dict[str, Any]:
    """What one enters with, and where one has entered."""
    store, person, provider = desk.home.store, desk.entered.person, request.app.state.settings.provider
    keys = passkeys.passkeys(store, person)
    has_password = passwords.has_password(store, person)
    zone = store.present.calendar.zone
    return {
        "login": desk.entered.login,
        "roles": [page.say(ROLES[role]) for role in sorted(desk.entered.roles)],
        "has_password": has_password, "least": passwords.SHORTEST,
        "bare": not has_password and not keys,
        "passkeys": [{"id": key.id, "name": key.name, "told": _told(page, zone, key)} for key in keys],
        "passkeys_here": site_for(request) is not None,
        "codes": codes.has_codes(store, person), "codes_left": codes.codes_left(store, person),
        "provider": provider.name if provider else "", "linked": bool(provider and linked(store, provider, person)),
        "devices": [_device(page, zone, each, desk.entered.session) for each in sessions.devices(store, person)],
        "tokens": account_tokens.rows(page, desk),
        "calendars": account_calendar.calendar_rows(page, desk),
        "own_language": who.lang if (who := person_of(store, person)) else None,
        "session": desk.entered.session is not None,
    }  # fmt: skip


def _told(page: Page, zone: str, key: passkeys.Passkey) -> str:
    added = page.say(N_("added on {day}"), day=key.created_at.date())
    if key.used_at is None:
        return added
    return added + ", " + page.say(N_("used {instant}"), instant=key.used_at, zone=zone)


def _device(page: Page, zone: str, device: sessions.Device, mine: UUID | None) -> dict[str, Any]:
    return {
        "id": device.id, "here": device.id == mine, "name": device.device or page.say(N_("Unknown device")),
        "told": page.say(N_("last used {instant}"), instant=device.seen_at, zone=zone),
        "means": page.say(MEANS[device.means]),
    }  # fmt: skip


@router.post(PATH + "/langue")
def choose_language(desk: Own, request: Request, mine: Mine, form: Said) -> Response:
    """The language in which one reads."""
    chosen = form.get("langue", "")
    if chosen in ("fr", "en"):
        _speak(desk.home, desk, chosen)
    return RedirectResponse(PATH, 303, headers=HEADERS)


def _speak(home: Home, desk: Desk, lang: str) -> None:
    person = person_of(home.store, desk.entered.person)
    if person is not None and person.lang != lang:
        outcome = act(home.store, desk.entered.actor, Ask(ref=f"person:{person.key}", verb="set-language", facts={"lang": lang}))
        home.settle(outcome, 1.0)


@router.post(PATH + "/mot-de-passe")
def change_password(desk: Own, page: NowPage, request: Request, mine: Mine, form: Said) -> Response:
    """Another password for the old one; a first one, for someone who has just proved who they are."""
    return _change(desk, page, request, form.get("ancien", ""), form.get("mot_de_passe", ""))


def _change(desk: Desk, page: Page, request: Request, old: str, new: str) -> Response:
    store, who = desk.home.store, desk.entered
    names = (who.login, page.name)
    try:
        if passwords.has_password(store, who.person):
            count(store, "password", str(who.person))
            passwords.change(store, who.person, old, new, *names, keep=who.session)
            clear(store, "password", str(who.person))
        elif not who.proven:
            return RedirectResponse(f"{PATH}/preuve", 303, headers=HEADERS)
        else:
            passwords.choose(store, who.person, new, *names)
            sessions.end_all(store, who.person, but=who.session)
    except REFUSALS as refusal:
        return account_page(desk, same_page(page), request, refusal, "mot-de-passe")
    noted(desk, "password-changed")
    return carried_on(request, desk, PATH)


@router.post(PATH + "/appareils/{id}/fermer")
def close_device(desk: Own, request: Request, mine: Mine, id: UUID) -> Response:
    """Ends one session of one’s own."""
    if sessions.end(desk.home.store, desk.entered.person, id):
        noted(desk, "session-ended")
    return _out(request) if id == desk.entered.session else RedirectResponse(f"{PATH}#appareils", 303, headers=HEADERS)


@router.post(PATH + "/appareils/fermer")
def close_devices(desk: Own, request: Request, mine: Mine) -> Response:
    """Ends every session of one’s own, this one too."""
    sessions.end_all(desk.home.store, desk.entered.person)
    noted(desk, "signed-out", "everywhere")
    return _out(request)


def _out(request: Request) -> Response:
    answer = RedirectResponse(ENTER, 303, headers=HEADERS)
    let_go(request, answer)
    return answer
