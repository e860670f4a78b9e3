"""What the reader was told, unread first; and the button that marks it as read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.home import Home
from services.mail.inbox import inbox, mark_read
from web.entering import Own
from web.languages import language
from web.pages.listing import PATH as CASES
from web.pages.these import NowPage
from web.rendering import Page, render

PATH = "/boite"
HEADERS = {"Referrer-Policy": "same-origin"}  # else an older browser does not say where a form comes from
SECTIONS = ((False, "unread", N_("Not read yet")), (True, "read", N_("Read")))

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_inbox(desk: Own, page: NowPage) -> Response:
    """What the reader was told."""
    answer = render(page, "inbox.html", **inbox_model(page, desk.home))
    answer.headers.update(HEADERS)
    return answer


@router.post(PATH + "/lu")
def mark_all(desk: Own, request: Request) -> Response:
    """Marks everything as read, and shows the inbox again."""
    mark_read(desk.home.store, desk.entered.actor)
    return _again(request)


@router.post(PATH + "/{id}/lu")
def mark_one(desk: Own, request: Request, id: UUID) -> Response:
    """Marks one notice as read, and shows the inbox again."""
    mark_read(desk.home.store, desk.entered.actor, id)
    return _again(request)


def inbox_model(page: Page, home: Home) -> dict[str, Any]:
    """The notices, those that were not read first."""
    zone = home.store.present.calendar.zone
    rows = inbox(home)
    sections = [
        {"key": key, "name": page.say(name), "read": read,
         "rows": [_notice(page, row, zone) for row in rows if bool(row["read_at"]) is read]}
        for read, key, name in SECTIONS
    ]  # fmt: skip
    return {"sections": [section for section in sections if section["rows"]], "all_read": page.link(PATH + "/lu")}


def _notice(page: Page, row: Row, zone: str) -> dict[str, Any]:
    """One notice, in words."""
    return {
        "id": row["id"],
        "href": page.link(f"/envois/{row['id']}"),
        "mark": page.link(f"{PATH}/{row['id']}/lu"),
        "subject": row["subject"],
        "summary": row["summary"] or "",
        "tongue": row["lang"],
        "case": row["ref"],
        "case_href": "" if row["ref"].startswith("demarche:") else page.link(f"{CASES}/{row['ref']}"),
        "when": page.say(N_("{instant}"), instant=datetime.fromisoformat(row["created_at"]), zone=zone),
    }


def _again(request: Request) -> Response:
    asked = request.query_params.get("lang")
    kept = f"?lang={asked}" if asked in ("fr", "en") and asked != language(request) else ""
    return RedirectResponse(PATH + kept, 303)
