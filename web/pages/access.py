"""The access log, as an auditor reads it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from projections.phrases.catalogue import N_
from services import access
from services.accounts import all_accounts
from services.home import Home
from services.reading.names import words_of
from web.entering import Auditor
from web.pages.these import NowPage
from web.rendering import Page, address_of, render
from workflows.vocabulary import ROLES

PATH = "/acces"
LINES = 100  # of one page

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_access(desk: Auditor, page: NowPage) -> Response:
    """Who entered, what an auditor read, what was changed that no history tells."""
    return render(page, "access.html", **access_model(page, desk.home))


def access_model(page: Page, home: Home) -> dict[str, Any]:
    """A page of it, newest first, with what may be filtered by."""
    what = page.asked.get("quoi") if page.asked.get("quoi") in access.WHAT else None
    accounts = {each.login: each.person for each in all_accounts(home.store)}
    person = accounts.get(page.asked.get("qui", ""))
    after = page.asked.get("apres", "")
    before = int(after) if after.isdecimal() and len(after) < 18 else access.NEWEST
    lines = access.read(home.reader, before=before, limit=LINES + 1, person=person, what=what)
    names = words_of(home, [[line.person, line.about] for line in lines])
    shown = lines[:LINES]
    return {
        "rows": [_row(page, home, names, line) for line in shown],
        "whats": sorted(((word, page.say(label)) for word, label in access.WHAT.items()), key=lambda one: one[1].casefold()),
        "people": sorted(accounts), "what": what, "who": page.asked.get("qui", "") if person else "",
        "following": page.here(apres=str(shown[-1].id)) if len(lines) > LINES else None,
        "first": page.here(apres=None) if after else None,
    }  # fmt: skip


def _row(page: Page, home: Home, names: dict[Any, str], line: access.Access) -> dict[str, Any]:
    zone = home.store.present.calendar.zone
    about = next((name for id, name in names.items() if str(id) == line.about), line.about)
    return {
        "when": page.say(N_("{instant}"), instant=line.at, zone=zone),
        "who": names.get(line.person, page.say(N_("someone unknown"))) if line.person else page.say(N_("someone unknown")),
        "what": page.say(access.WHAT[line.what]) if line.what in access.WHAT else line.what,
        "about": about if len(about) != 36 else "",
        "href": page.link(address_of(line.about)) if line.what == "named-read" else "",
        "role": page.say(ROLES[line.role]) if line.role in ROLES else "",
    }
