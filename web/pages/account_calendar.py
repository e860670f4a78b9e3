"""The addresses of one's own calendar: made, shown once, renewed, revoked."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from projections.phrases.catalogue import N_
from services import feeds
from services.feeds import FEEDS, Address, Feed
from web.entering import Desk, Own
from web.pages.account_common import PATH, Mine, Said, noted, unproven
from web.pages.these import NowPage
from web.rendering import HEADERS, Page, render

CALENDAR = f"{PATH}/calendrier"
NAMES = {"mine": N_("What I see to"), "all": N_("Everything that I may see")}

router = APIRouter(include_in_schema=False)


@router.get(CALENDAR)
def ask_calendar(desk: Own, page: NowPage) -> Response:
    """Which calendar it is to be."""
    if away := unproven(desk, CALENDAR):
        return away
    rows = calendar_rows(page, desk)
    return render(page, "account_calendar.html", address="", feeds=[_named(page, feed, rows) for feed in FEEDS])


@router.post(CALENDAR)
def make_calendar(desk: Own, page: NowPage, request: Request, mine: Mine, form: Said) -> Response:
    """Makes an address, and shows it once; the former one of that calendar serves no more."""
    if away := unproven(desk, CALENDAR):
        return away
    feed = _feed(form)
    secret = feeds.make(desk.home.store, desk.entered.person, feed, page.lang)
    noted(desk, "feed-made", feed)
    address = f"{request.app.state.settings.url}/api/v1/calendar/{secret}.ics"
    answer = render(page, "account_calendar.html", address=address, name=page.say(NAMES[feed]))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post(CALENDAR + "/revoquer")
def revoke_calendar(desk: Own, request: Request, mine: Mine, form: Said) -> Response:
    """Ends one of one's own, at once."""
    feed = _feed(form)
    if feeds.revoke(desk.home.store, desk.entered.person, feed):
        noted(desk, "feed-revoked", feed)
    return RedirectResponse(f"{PATH}#calendrier", 303, headers=HEADERS)


def _feed(form: dict[str, str]) -> Feed:
    """What was chosen; what one sees to, if it is neither."""
    typed = form.get("calendrier", "")
    return next((feed for feed in FEEDS if feed == typed), "mine")


def calendar_rows(page: Page, desk: Desk) -> list[dict[str, Any]]:
    """One's own addresses that serve."""
    return [_row(page, each) for each in feeds.addresses(desk.home.store, desk.entered.person)]


def _row(page: Page, one: Address) -> dict[str, Any]:
    return {"feed": one.feed, "name": page.say(NAMES[one.feed]),
            "told": page.say(N_("address made on {day}"), day=one.added_at.date())}  # fmt: skip


def _named(page: Page, feed: Feed, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"feed": feed, "name": page.say(NAMES[feed]), "there": any(row["feed"] == feed for row in rows)}
