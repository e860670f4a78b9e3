"""What one enters with beside a password: passkeys, codes of an application, printed codes; and the proof that changing
them asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services.signing_in import attempts, codes, entering, passkeys, passwords
from services.signing_in.attempts import BegunTooLongAgo
from services.signing_in.codes import CodeWrong
from services.signing_in.entering import PasswordWrong
from services.signing_in.limits import TriedTooOften
from services.signing_in.passkeys import (
    NoPasskeysHere,
    PasskeyNameUnfit,
    PasskeyRefused,
    PasskeyThere,
    TooManyPasskeys,
)
from services.signing_in.passwords import TooManyAtOnce
from web.doorstep import next_of, site_for
from web.entering import Desk, Own
from web.pages.account_common import PATH, PROOF, Mine, Said, carried_on, noted, unproven
from web.pages.entry_passkeys import led, told
from web.pages.letting_in import attempt_of, carry_attempt, status_for
from web.pages.these import NowPage
from web.rendering import HEADERS, Page, render

KEY, CODE, PRINTED = f"{PATH}/cle", f"{PATH}/code", f"{PATH}/secours"
REFUSALS = (PasskeyRefused, PasskeyThere, PasskeyNameUnfit, TooManyPasskeys, NoPasskeysHere, BegunTooLongAgo)

router = APIRouter(include_in_schema=False)


@router.get(PROOF)
def ask_proof(desk: Own, page: NowPage, request: Request, suite: str = "") -> Response:
    """Asks someone who is in to prove who they are once more."""
    return _proof_page(desk, page, request, next_of(suite))


def _proof_page(desk: Desk, page: Page, request: Request, to: str, refusal: SuiviError | None = None) -> Response:
    store, person = desk.home.store, desk.entered.person
    status, headers = status_for(refusal) if refusal else (200, {})
    has_key = bool(passkeys.passkeys(store, person)) and site_for(request) is not None
    answer = render(page, "account_proof.html", status, refusal=page.say(refusal) if refusal else "", following=to,
                    has_password=passwords.has_password(store, person), has_key=has_key)  # fmt: skip
    answer.headers.update(headers)
    return answer


@router.post(PROOF)
def take_proof(desk: Own, page: NowPage, request: Request, mine: Mine, form: Said) -> Response:
    """Takes a password, and goes on with a new secret for the session."""
    to = next_of(form.get("suite", ""))
    try:
        entering.again(desk.home.store, desk.entered.person, form.get("mot_de_passe", ""))
    except (PasswordWrong, TriedTooOften, TooManyAtOnce) as refusal:
        return _proof_page(desk, page, request, to, refusal)
    return carried_on(request, desk, to)


@router.post(PROOF + "/cle")
def take_proof_of_key(desk: Own, request: Request, mine: Mine, form: Said) -> Response:
    """Takes what a passkey of the person’s signed."""
    try:
        person = passkeys.person_of(desk.home.store, site_for(request), attempt_of(request), form.get("reponse", ""))
        if person != desk.entered.person:
            raise PasskeyRefused()
    except REFUSALS as refusal:
        return told(request, refusal)
    return led(carried_on(request, desk, next_of(form.get("suite", ""))))


@router.get(KEY)
def ask_key(desk: Own, page: NowPage, request: Request) -> Response:
    """The page on which a passkey is made."""
    if away := unproven(desk, KEY):
        return away
    return render(page, "account_key.html", here=site_for(request) is not None)


@router.post(KEY + "/demande")
def begin_key(desk: Own, page: NowPage, request: Request, mine: Mine) -> Response:
    """What the browser is to make."""
    if away := unproven(desk, KEY):
        return led(away)
    try:
        secret, options = passkeys.begin_adding(desk.home.store, site_for(request), desk.entered.person, desk.entered.login,
                                                page.name)  # fmt: skip
    except REFUSALS as refusal:
        return told(request, refusal)
    answer = Response(options, media_type="application/json", headers={"Cache-Control": "no-store"})
    carry_attempt(request, answer, secret)
    return answer


@router.post(KEY)
def add_key(desk: Own, request: Request, mine: Mine, form: Said) -> Response:
    """Keeps what the browser made."""
    if away := unproven(desk, KEY):
        return led(away)
    try:
        passkeys.add(desk.home.store, site_for(request), desk.entered.person, attempt_of(request), form.get("reponse", ""),
                     form.get("nom", ""))  # fmt: skip
    except REFUSALS as refusal:
        return told(request, refusal)
    noted(desk, "factor-added", "passkey")
    return led(carried_on(request, desk, PATH))


@router.post(KEY + "/{id}/retirer")
def remove_key(desk: Own, request: Request, mine: Mine, id: UUID) -> Response:
    """Takes a passkey away."""
    if away := unproven(desk, PATH):
        return away
    if passkeys.remove(desk.home.store, desk.entered.person, id):
        noted(desk, "factor-removed", "passkey")
    return carried_on(request, desk, PATH)


@router.get(CODE)
def ask_codes(desk: Own, page: NowPage, request: Request) -> Response:
    """A new key for the application on the phone, as a picture and in letters."""
    if away := unproven(desk, CODE):
        return away
    key = codes.new_key()
    answer = _codes_page(desk, page, key)
    carry_attempt(request, answer, attempts.begin(desk.home.store, "code", desk.entered.person, key=key))
    return answer


def _codes_page(desk: Desk, page: Page, key: str, refusal: SuiviError | None = None) -> Response:
    status, headers = status_for(refusal) if refusal else (200, {})
    shown = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    answer = render(page, "account_code.html", status, picture=picture(codes.address_of(key, desk.entered.login)), key=shown,
                    refusal=page.say(refusal) if refusal else "")  # fmt: skip
    answer.headers.update(headers)
    return answer


def picture(text: str) -> Markup:
    """A square that a phone reads, black on white whatever the page."""
    return Markup(segno.make(text, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="code-picture", lineclass=None))  # fmt: skip


@router.post(CODE)
def take_code(desk: Own, page: NowPage, request: Request, mine: Mine, form: Said) -> Response:
    """Begins with codes, once the phone shows one that fits."""
    if away := unproven(desk, CODE):
        return away
    store, person = desk.home.store, desk.entered.person
    typed = form.get("code", "")
    try:
        begun = attempts.look(store, "code", attempt_of(request))
    except BegunTooLongAgo:
        return RedirectResponse(CODE, 303, headers=HEADERS)
    if begun.person != person:
        return RedirectResponse(CODE, 303, headers=HEADERS)
    try:
        codes.enrol(store, person, begun.facts["key"], typed)
    except (CodeWrong, TriedTooOften) as refusal:
        return _codes_page(desk, page, begun.facts["key"], refusal)
    attempts.take(store, "code", attempt_of(request))
    noted(desk, "factor-added", "code")
    return _printed(desk, page, request)


@router.post(CODE + "/retirer")
def leave_codes(desk: Own, request: Request, mine: Mine) -> Response:
    """Asks for no code any more."""
    if away := unproven(desk, PATH):
        return away
    codes.leave(desk.home.store, desk.entered.person)
    noted(desk, "factor-removed", "code")
    return carried_on(request, desk, PATH)


@router.post(PRINTED)
def print_codes(desk: Own, page: NowPage, request: Request, mine: Mine) -> Response:
    """New printed codes, shown once."""
    if away := unproven(desk, PATH):
        return away
    return _printed(desk, page, request)


def _printed(desk: Desk, page: Page, request: Request) -> Response:
    noted(desk, "factor-added", "printed codes")
    model: dict[str, Any] = {"heading": page.say(N_("Your recovery codes")), "printed": codes.print_codes(
        desk.home.store, desk.entered.person)}  # fmt: skip
    return render(page, "account_printed.html", **model)
