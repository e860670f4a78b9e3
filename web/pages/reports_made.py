"""A document on its way: begun, had as soon as it is ready, and told of by a page that looks again by itself until then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, BinaryIO
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from projections.phrases.catalogue import N_
from services.home import Home, seated
from services.leaving import FORMS
from services.reports.preparing import Made, Preparation, PreparationGone, Preparations, Work, pieces
from services.reports.words import Progress
from services.reports.writing import FORMATS
from web.api.attachments import disposition
from web.entering import Desk, Reader
from web.guard import HEAD
from web.pages.case import size_said
from web.pages.these import NowPage
from web.problems import status_of
from web.rendering import HEADERS, Page, render

PLACE = "/rapports/prets"
PATIENCE = 1.5  # seconds before a page tells how far it is
LOOKS = 2  # seconds between two looks of that page
TYPES = {**{name: format.media_type for name, format in FORMATS.items()}, **FORMS}
FILE = "default-src 'none'; sandbox"
SCREEN = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a document of ours, with its own style and no script
)

router = APIRouter(include_in_schema=False)
Write = Callable[[Home, BinaryIO, Progress], str]


def begun(request: Request, desk: Desk, write: Write) -> Preparation:
    """Begins a document, whose name `write` gives, and waits a moment for it."""
    return begun_with(request, desk, lambda home, out, progress: Made(write(home, out, progress)))


def begun_with(request: Request, desk: Desk, work: Work) -> Preparation:
    """The same of whatever takes time."""
    mine, urls = desk.home, request.app.state.desks.urls

    @contextmanager
    def opened() -> Iterator[Home]:
        with seated(mine.settings, urls) as home, home.store.present.held():
            yield replace(home, known_viewer=mine.known_viewer)

    return _all(request).start(mine.viewer(), opened, work, PATIENCE)


def following(page: Page, one: Preparation, shown: bool = False) -> Response:
    """The file if it is there, else the page that tells how far it is. `shown`: on the screen, not to be saved."""
    if one.made and one.made.place:
        return RedirectResponse(page.link(one.made.place), 303, headers=HEADERS)
    place = f"{PLACE}/{one.id}" + ("/document" if one.made else "")
    return RedirectResponse(page.link(place, ecran="1" if shown else None), 303, headers=HEADERS)


@router.get(PLACE + "/{id}")
def show_preparation(desk: Reader, page: NowPage, request: Request, id: str) -> Response:
    """How far it is; the browser asks again by itself until it is there."""
    one = _found(request, desk, id)
    if one.made and one.made.place:
        return following(page, one)
    answer = render(page, "report_made.html", status_of(one.unmade.error) if one.unmade else 200, **_model(page, one))
    if not one.ended:
        answer.headers["Refresh"] = str(LOOKS)
    return answer


@router.get(PLACE + "/{id}/document")
def give_document(desk: Reader, request: Request, id: str) -> Response:
    """The document, to be saved, or on the screen."""
    one = _found(request, desk, id)
    if one.made is None:
        raise PreparationGone()
    name = one.made.called
    shown = bool(request.query_params.get("ecran")) and name.endswith(".html")
    headers = {
        "Content-Disposition": "inline" if shown else disposition(name), "Content-Length": str(one.size),
        "Content-Type": TYPES[name.rpartition(".")[2]], "Content-Security-Policy": SCREEN if shown else FILE,
        "Cache-Control": "private, no-store", "Vary": "Cookie",
    }  # fmt: skip
    if request.scope.get(HEAD):
        return Response(None, 200, headers)
    return StreamingResponse(pieces(one), 200, headers)


def _model(page: Page, one: Preparation) -> dict[str, Any]:
    here = f"{PLACE}/{one.id}"
    shown = page.asked.get("ecran")
    return {
        "error": one.unmade.said[page.lang] if one.unmade else "", "done": one.done, "steps": one.steps,
        "said": page.say(_told(one), done=one.done, steps=one.steps),
        "name": one.made.called if one.made else "", "size": size_said(page, one.size) if one.made else "",
        "file": page.link(f"{here}/document", ecran=shown) if one.made else "", "screen": bool(shown), "again": page.here(),
    }  # fmt: skip


def _told(one: Preparation) -> str:
    if not one.steps:
        return N_("It has begun.")
    return (
        N_("{done} of {steps} are written.")
        if one.done < one.steps
        else N_("All {steps} are written; it is being laid out.")
    )


def _found(request: Request, desk: Desk, id: str) -> Preparation:
    try:
        return _all(request).find(desk.home.viewer(), UUID(id))
    except ValueError as error:
        raise PreparationGone() from error


def _all(request: Request) -> Preparations:
    found: Preparations = request.app.state.preparations
    return found
