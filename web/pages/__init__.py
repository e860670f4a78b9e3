"""The pages that people read."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from services import tokens
from services.accounts import person_of
from web.entering import COOKIE, PUBLIC, Reader
from web.failures import LinkSpent
from web.guard import HEAD
from web.pages import inbox, one_button
from web.pages.alarms import alarms
from web.pages.case import case_model
from web.pages.health import health_model
from web.pages.listing import PATH, Filters, list_model
from web.pages.outbox import letter_model, outbox_model
from web.pages.times import times_model
from web.rendering import HEADERS, Page, asked_language, render

router = APIRouter(include_in_schema=False)
router.include_router(one_button.router)
router.include_router(inbox.router)


def page_of(desk: Reader, request: Request) -> Page:
    """What every page has, of this request."""
    present, person = desk.home.store.present, person_of(desk.home.store, desk.entered.person)
    page = Page(asked_language(request, person.lang if person else None), request.url.path, dict(request.query_params),
                present.calendar.today(present.now), desk.entered.login)  # fmt: skip
    return replace(page, alarms=alarms(page, desk.home))


ThisPage = Annotated[Page, Depends(page_of)]


@router.get("/", dependencies=[PUBLIC])
def go_to_list() -> Response:
    """The list is the front page."""
    return RedirectResponse(PATH, 303)


@router.get(PATH)
def show_list(desk: Reader, page: ThisPage) -> Response:
    """The list of cases."""
    model = list_model(page, desk.home, Filters.read(page.asked))
    return render(page, "cases.html", times=times_model(page, desk.home.store.present.calendar.zone), **model)


@router.get(PATH + "/{ref}")
def show_case(desk: Reader, page: ThisPage, ref: str) -> Response:
    """One case."""
    model = case_model(page, desk.home, ref)
    return render(page, "case.html", times=times_model(page, desk.home.store.present.calendar.zone), **model)


@router.get("/envois")
def show_outbox(desk: Reader, page: ThisPage) -> Response:
    """What goes out, went out, or was set aside."""
    return render(page, "outbox.html", **outbox_model(page, desk.home))


@router.get("/envois/{id}")
def show_letter(desk: Reader, page: ThisPage, id: str) -> Response:
    """One message."""
    return render(page, "letter.html", **letter_model(page, desk.home, id))


@router.get(inbox.PATH)
def show_inbox(desk: Reader, page: ThisPage) -> Response:
    """What the reader was told."""
    answer = render(page, "inbox.html", **inbox.inbox_model(page, desk.home))
    answer.headers.update(inbox.HEADERS)
    return answer


@router.get("/etat")
def show_health(desk: Reader, page: ThisPage) -> Response:
    """How the system is, in sentences."""
    return render(page, "health.html", **health_model(page, desk.home))


@router.get("/entrer", dependencies=[PUBLIC])
async def enter(request: Request, lien: str = "") -> Response:
    """Redeems a one-time link; the redirection takes its secret out of the address bar. HEAD spends nothing."""
    if HEAD in request.scope:
        return Response(headers=HEADERS)
    async with request.app.state.desks.lend() as home:
        secret = await run_sync(tokens.redeem, home.store, lien)
    if secret is None:
        raise LinkSpent()
    answer = RedirectResponse(PATH, 303, headers=HEADERS)
    answer.set_cookie(
        COOKIE, secret, max_age=int(tokens.SESSION.total_seconds()), path="/", httponly=True, samesite="strict",
        secure=request.app.state.settings.url.startswith("https:"),
    )  # fmt: skip
    return answer
