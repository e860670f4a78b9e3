"""Every verb as a form, made from its command and from the moves that are allowed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from web.entering import Own, Uploader, Writer
from web.pages import doing_help, doing_together, doing_undo
from web.pages.doing_forms import done, send, show
from web.pages.doing_matter import NEW_WORDS, matter_of, new_matter
from web.pages.doing_typed import Given
from web.pages.these import NowPage
from web.rendering import PLACES

__all__ = ["done", "router"]

OWN_VERBS = ("subscribe", "unsubscribe")  # of whoever reads it: nothing is done to the case

router = APIRouter(include_in_schema=False)


def beginning(kind: str, place: str) -> None:
    """The routes of the form that makes something new."""
    path = f"{place}/{NEW_WORDS.get(kind, 'nouvelle')}"

    @router.get(path, name=f"form of a new {kind}")
    def show_new(desk: Writer, page: NowPage) -> Response:
        return show(desk, page, new_matter(kind))

    @router.post(path, name=f"make a {kind}")
    def make(desk: Writer, page: NowPage, given: Given) -> Response:
        return send(desk, page, new_matter(kind), given)


def owned(kind: str, place: str, verb: str) -> None:
    """The routes of a verb that is of the reader alone."""
    path = f"{place}/{{key}}/agir/{verb}"

    @router.get(path, name=f"form of {verb} of a {kind}")
    def show_own(desk: Own, page: NowPage, key: str) -> Response:
        return show(desk, page, matter_of(desk.home, kind, key, verb, page.lang))

    @router.post(path, name=f"{verb} of a {kind}")
    def do_own(desk: Own, page: NowPage, key: str, given: Given) -> Response:
        return send(desk, page, matter_of(desk.home, kind, key, verb, page.lang), given)


def filed(kind: str, place: str) -> None:
    """The route that takes a file."""

    @router.post(f"{place}/{{key}}/agir/attach", name=f"attach to a {kind} by a form")
    def attach(desk: Uploader, page: NowPage, key: str, given: Given) -> Response:
        return send(desk, page, matter_of(desk.home, kind, key, "attach", page.lang), given)


def acted(kind: str, place: str) -> None:
    """The routes of every other verb."""
    path = f"{place}/{{key}}/agir/{{verb}}"

    @router.get(path, name=f"form of a verb of a {kind}")
    def show_form(desk: Writer, page: NowPage, key: str, verb: str, event: str = "") -> Response:
        return show(desk, page, matter_of(desk.home, kind, key, verb, page.lang, event))

    @router.post(path, name=f"do a verb of a {kind}")
    def do(desk: Writer, page: NowPage, key: str, verb: str, given: Given) -> Response:
        return send(desk, page, matter_of(desk.home, kind, key, verb, page.lang, given.one("event")), given)


for each, where in PLACES.items():
    beginning(each, where)
    if each == "case":
        for own in OWN_VERBS:
            owned(each, where, own)
    if each in ("case", "demarche"):
        filed(each, where)
    acted(each, where)
for area in (doing_undo, doing_together, doing_help):
    router.include_router(area.router)
