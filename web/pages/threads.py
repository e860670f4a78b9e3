"""The correspondence: the threads with offices, those that have waited longest first; and the page of one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, who
from projections.phrases.threads import number_of
from services.home import Home
from services.reading.correspondence import correspondence
from services.reading.demarches import Asked
from web.entering import Insider
from web.pages.correspondence import holder_said, office_name
from web.pages.these import ThisPage
from web.pages.thread import thread_page
from web.pages.waiting import Thresholds, limits_of, outcome_model, tally_model, waiting_model
from web.rendering import Page, address_of, render

PATH = "/correspondance"
ROWS = 100  # of one page
VIEWS = {
    "": (N_("Unanswered"), Asked(unanswered=True), "unanswered"),
    "attente": (N_("With the offices"), Asked(turn="them"), "them"),
    "nous": (N_("Ours to do"), Asked(turn="us"), "us"),
    "toutes": (N_("All the threads"), Asked(), "all"),
}

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_correspondence(desk: Insider, page: ThisPage) -> Response:
    """The threads."""
    return render(page, "threads.html", **list_model(page, desk.home))


@router.get(PATH + "/{number:int}")
def show_thread(desk: Insider, page: ThisPage, number: int) -> Response:
    """One thread."""
    return render(page, "thread.html", **thread_page(page, desk.home, str(number)))


def list_model(page: Page, home: Home) -> dict[str, Any]:
    """One view of the threads, page by page, and how many each view has."""
    asked_view = page.asked.get("vue", "")
    view = asked_view if asked_view in VIEWS else ""
    office = page.asked.get("charge") or None
    found = correspondence(home, page.when, VIEWS[view][1], office, page.asked.get("after"), ROWS)
    limits = limits_of(home)
    return {
        "rows": [row_model(page, row, limits) for row in found.rows],
        "views": [
            {"word": page.say(word), "n": found.counts[count], "current": name == view,
             "href": page.link(PATH, vue=name, charge=office)}
            for name, (word, _, count) in VIEWS.items()
        ],
        "view": view,
        "office": office or "",
        "offices": [(ref, name[:1].upper() + name[1:]) for ref, name in found.offices],
        "all": page.link(PATH, vue=view) if office else "",
        "everything": page.link(PATH, vue="toutes"),
        "total": found.counts[VIEWS[view][2]],
        "first": page.here(after=None) if page.asked.get("after") else "",
        "following": page.here(after=found.next) if found.next else "",
        "new": page.link(f"{PATH}/nouvelle") if page.may("write") and not page.past else "",
    }  # fmt: skip


def row_model(page: Page, row: Row, limits: Thresholds) -> dict[str, Any]:
    """One thread in the list."""
    return {
        "number": number_of(row["ref"]),
        "href": page.link(address_of(row["ref"])),
        "office": office_name(page, row),
        "full": who(row["office"]),
        "subject": row["subject"] or "",
        "holder": holder_said(page, row),
        "cases": [{"number": ref.partition(":")[2], "href": page.link(address_of(ref))} for ref in row["cases"]],
        "tally": tally_model(page, row),
        "outcome": outcome_model(page, row),
        "wait": waiting_model(page, row, limits),
        "closed": row["final"],
    }
