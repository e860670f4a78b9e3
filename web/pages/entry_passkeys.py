"""Entering by a passkey: the script asks what to sign, and sends what was signed."""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from domain.errors import SuiviError
from services.home import Home
from services.signing_in.attempts import BegunTooLongAgo
from services.signing_in.limits import TriedTooOften, count_place
from services.signing_in.opening import account_of
from services.signing_in.passkeys import NoPasskeysHere, PasskeyRefused, begin_entering, person_of
from services.signing_in.passwords import TooManyAtOnce
from web.doorstep import ENTER, site_for
from web.entering import PUBLIC
from web.languages import language
from web.origin import FromElsewhere
from web.pages.letting_in import attempt_of, carry_attempt, entering, let_in, noted, place_of, said, status_for
from web.problems import problem
from web.rendering import HEADERS

PATH = f"{ENTER}/cle"
REFUSALS = (PasskeyRefused, NoPasskeysHere, BegunTooLongAgo, TriedTooOften, TooManyAtOnce, FromElsewhere)

router = APIRouter(include_in_schema=False)


@router.post(PATH + "/demande", dependencies=[PUBLIC])
async def ask_passkey(request: Request) -> Response:
    """What a passkey is to sign."""
    try:
        async with entering(request) as home:
            return await run_sync(_asked, request, home)
    except REFUSALS as refusal:
        return told(request, refusal)


def _asked(request: Request, home: Home) -> Response:
    count_place(home.store, place_of(request))
    secret, options = begin_entering(home.store, site_for(request))
    answer = Response(options, media_type="application/json", headers={"Cache-Control": "no-store"})
    carry_attempt(request, answer, secret)
    return answer


@router.post(PATH, dependencies=[PUBLIC])
async def take_passkey(request: Request) -> Response:
    """Takes what a passkey signed."""
    form = await said(request)
    try:
        async with entering(request) as home:
            return await run_sync(_taken, request, home, form.get("reponse", ""), form.get("suite", ""))
    except REFUSALS as refusal:
        return told(request, refusal)


def _taken(request: Request, home: Home, signed: str, to: str) -> Response:
    try:
        person = person_of(home.store, site_for(request), attempt_of(request), signed)
        account = account_of(home.store, person)
        if account is None:
            raise PasskeyRefused()
    except PasskeyRefused:
        noted(home.store, "sign-in-refused", None, "passkey")
        raise
    return led(let_in(request, home.store, account, "passkey", to))


def led(answer: Response) -> Response:
    """The same answer for a script: where to go, in place of a redirection, which it would follow by itself."""
    told = JSONResponse({"to": answer.headers["location"]}, headers=HEADERS)
    for name, value in answer.raw_headers:
        if name == b"set-cookie":
            told.raw_headers.append((name, value))
    return told


def told(request: Request, refusal: SuiviError) -> Response:
    """A refusal, for a script to show."""
    status, headers = status_for(refusal)
    answer = problem(refusal, language(request), headers)
    answer.status_code = status
    return answer
