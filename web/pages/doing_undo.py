"""`/annuler`: takes back what was just done, in one press."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import SuiviError, Unavailable
from projections.phrases.catalogue import N_
from services.home import ListsBehind
from services.undoing import DeedUnknown, deed, undo
from web.api.acting import PATIENCE
from web.entering import Desk, Writer
from web.pages.doing_forms import done
from web.pages.doing_typed import FORM, Given, Typed
from web.pages.these import NowPage
from web.pages.toast import DONE
from web.problems import status_of
from web.rendering import Page, address_of, render

PATH = "/annuler"
BACK = "vers"  # the page on which the button stood
REASON = N_("undone right away")

router = APIRouter(include_in_schema=False)


@router.post(PATH)
def take_back(desk: Writer, page: NowPage, given: Given) -> Response:
    """Takes back what a command of the reader’s own did; says why where it cannot."""
    id = given.id(desk.entered.person) if given.one(FORM) else uuid4()
    try:
        outcome = undo(desk.home, desk.entered.actor, _command(given), page.say(REASON), id)
    except Unavailable:
        raise
    except SuiviError as error:
        if status_of(error) == 500:
            raise
        return render(page, "undo.html", status_of(error), why=page.say(error), back=page.link(_following(desk, page, given)))
    with suppress(ListsBehind):
        desk.home.settle(outcome, PATIENCE)
    return done(page, _following(desk, page, given), id)


def _command(given: Typed) -> UUID:
    try:
        return UUID(given.one(DONE))
    except ValueError:
        raise DeedUnknown() from None


def _following(desk: Desk, page: Page, given: Typed) -> str:
    """The page on which the button stood, else that of what was done."""
    asked = given.one(BACK)
    if asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable() and "?" not in asked:
        return asked
    with suppress(SuiviError):
        found = deed(desk.home, desk.entered.actor, _command(given), page.lang)
        return address_of(found.each[0].ref) if found else "/"
    return "/"


