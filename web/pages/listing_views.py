"""The views that people keep: named, shared, renamed, deleted, opened first."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from services.views import ViewUnknown, ask_anew, change, keep, open_first, remove
from web.entering import Own
from web.pages.doing_typed import Given, Typed
from web.pages.listing_filters import PATH, kept_for, question
from web.pages.these import NowPage
from web.rendering import Page, render

router = APIRouter(include_in_schema=False)
VIEWS = f"{PATH}/vues"


@router.get(VIEWS)
def show_views(desk: Own, page: NowPage) -> Response:
    """The views that the reader keeps, and those of others."""
    views = [{"view": view, "href": page.link(PATH, voir=view.id)} for view in kept_for(desk.home)]
    return render(page, "cases_views.html", views=views)


@router.post(VIEWS)
def keep_view(desk: Own, page: NowPage, given: Given) -> Response:
    """A new view, of what the list was asked."""
    id = keep(desk.home.store, desk.entered.person, given.one("name"), _question(given), bool(given.one("shared")))
    return _to(page, voir=id)


@router.post(VIEWS + "/{id}")
def change_view(desk: Own, page: NowPage, id: str, given: Given) -> Response:
    """Renames a view, asks it anew, opens it first, or deletes it: as the button says."""
    view = _id(id)
    match given.one("do"):
        case "delete":
            remove(desk.home.store, desk.entered.person, view)
            return RedirectResponse(page.link(VIEWS), 303)
        case "home" | "not-home" as said:
            open_first(desk.home.store, desk.entered.person, view if said == "home" else None)
        case "ask":
            ask_anew(desk.home.store, desk.entered.person, view, _question(given))
        case _:
            change(desk.home.store, desk.entered.person, view, given.one("name"), bool(given.one("shared")))
    return _to(page, voir=view)


def _question(given: Typed) -> dict[str, Any]:
    """What the list was asked, as its address had it; the cases of an import stay those."""
    return question(dict(parse_qsl(given.one("asked"))))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ViewUnknown() from error


def _to(page: Page, **query: Any) -> Response:
    return RedirectResponse(page.link(PATH, **query), 303)
