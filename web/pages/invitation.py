"""The page that a link of a mail opens: an account for who was invited, another password for who had forgotten theirs.
Opening it changes nothing: mail scanners open every link."""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services.accounts import person_of
from services.home import Home
from services.mail.letters import language as written_in
from services.signing_in.entering import begin_second
from services.signing_in.invitations import accept
from services.signing_in.limits import TriedTooOften, count_place
from services.signing_in.links import PATH, Link, LinkOpensNothing, read
from services.signing_in.passwords import SHORTEST, PasswordTooLong, TooManyAtOnce, TooObvious, TooShort
from web.doorstep import ENTER, HOME, site_for
from web.entering import PUBLIC
from web.origin import FromElsewhere
from web.pages.letting_in import carry_attempt, entering, let_in, noted, place_of, said, status_for, turn
from web.rendering import HEADERS, Page, asked_language, render
from workflows.vocabulary import ROLES

ACCOUNT = "/compte"
UNHEARD = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
LONGEST = 100  # characters of a secret that are looked at
REFUSALS = (LinkOpensNothing, TooShort, PasswordTooLong, TooObvious, TooManyAtOnce, TriedTooOften, FromElsewhere)
HEADINGS = {"invitation": N_("Open your account"), "reset": N_("Choose another password")}

router = APIRouter(include_in_schema=False)


@router.get(PATH, dependencies=[PUBLIC])
async def show_invitation(request: Request, lien: str = "") -> Response:
    """What the link is for."""
    try:
        async with turn(request) as home:
            return await run_sync(_page, request, home, lien[:LONGEST], None)
    except REFUSALS as refusal:
        return _nothing(request, refusal)


@router.post(PATH, dependencies=[PUBLIC])
async def accept_invitation(request: Request) -> Response:
    """Takes it, with the password that was chosen, or for a passkey to be made next."""
    form = await said(request)
    secret = form.get("lien", "")[:LONGEST]
    password = None if form.get("moyen") == "cle" and site_for(request) else form.get("mot_de_passe", "")
    try:
        async with entering(request) as home:
            return await run_sync(_accepted, request, home, secret, password)
    except REFUSALS as refusal:
        return _nothing(request, refusal)


def _accepted(request: Request, home: Home, secret: str, password: str | None) -> Response:
    count_place(home.store, place_of(request))
    if password is None and read(home.store, secret).kind == "reset":
        password = ""
    try:
        link, account = accept(home.store, secret, password)
    except (TooShort, PasswordTooLong, TooObvious) as refusal:
        return _page(request, home, secret, refusal)
    noted(home.store, "account-changed" if link.kind == "invitation" else "password-changed", link.person, link.kind)
    if (begun := begin_second(home.store, account)) is not None:  # a new password is no code
        answer: Response = RedirectResponse(f"{ENTER}/code", 303, headers=HEADERS)
        carry_attempt(request, answer, begun)
        return answer
    return let_in(request, home.store, account, link.kind, f"{ACCOUNT}/cle" if password is None else HOME)


def _page(request: Request, home: Home, secret: str, refusal: SuiviError | None) -> Response:
    count_place(home.store, place_of(request))
    link: Link = read(home.store, secret)
    person, organisation = person_of(home.store, link.person), home.store.present.organisation
    own = written_in(person, organisation) if person else organisation.lang
    page = Page(asked_language(request, own), PATH, {"lang": request.query_params.get("lang", "")})
    status, headers = status_for(refusal) if refusal else (200, {})
    answer = render(
        page, "invitation.html", status, heading=page.say(HEADINGS[link.kind]), kind=link.kind, secret=secret,
        who=person.name if person else "", organisation=organisation.name, least=SHORTEST,
        roles=[page.say(ROLES[role]) for role in link.roles], until=link.expires_at,
        zone=organisation.calendar.zone, refusal=page.say(refusal) if refusal else "", passkeys=site_for(request) is not None,
    )  # fmt: skip
    answer.headers.update({**UNHEARD, **headers})
    return answer


def _nothing(request: Request, refusal: SuiviError) -> Response:
    """A link that opens nothing, whatever the reason; or too many at once."""
    status, headers = status_for(refusal)
    page = Page(asked_language(request), PATH, {"lang": request.query_params.get("lang", "")})
    answer = render(page, "invitation.html", status, heading=page.say(N_("This link opens nothing")) if status != 429
                    else page.say(N_("One moment")), kind="", refusal=page.say(refusal))  # fmt: skip
    answer.headers.update({**UNHEARD, **headers})
    return answer
