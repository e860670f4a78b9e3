"""The third step of an import: what it made; to establish what it read, and to take it back whole."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from domain.errors import Refused
from projections.phrases.catalogue import N_
from projections.phrases.rows import CONFIDENCE
from services.confirming import confirm_these, is_proposed
from services.imports.past import Past, past_import
from services.imports.service import undo_import
from web.entering import Desk, Writer
from web.pages.importing_checked import BARS
from web.pages.states import shown_state
from web.pages.these import NowPage
from web.pages.toast import DONE
from web.rendering import HEADERS, PLACES, Page, address_of, render

router = APIRouter(prefix="/importer/fait/{key}", include_in_schema=False)

KINDS = {
    "follow-up": N_("follow-up of resolutions"), "table": N_("register of resolutions"),
    "directory": N_("table of offices and ministers"), "annual-report": N_("annual report"),
    "plan": N_("work or action plan"),
}  # fmt: skip
PATIENCE = 1.0  # seconds that the lists may take to show it


@router.get("")
def show_import(desk: Writer, page: NowPage, key: str) -> Response:
    """One import, with its cases."""
    return _shown(desk, page, key)


@router.post("/annuler")
def take_back(desk: Writer, page: NowPage, key: str) -> Response:
    """Takes it back whole, unless something was recorded since."""
    try:
        _, outcome = undo_import(desk.home, desk.entered.actor, key)
    except Refused as refusal:
        return _shown(desk, page, key, page.say(refusal))
    desk.home.settle(outcome, PATIENCE)
    return RedirectResponse(page.link(f"/importer/fait/{key}"), 303, headers=HEADERS)


@router.post("/etablir")
def establish(desk: Writer, page: NowPage, key: str) -> Response:
    """Establishes the states that were read with high confidence, of the cases of this import."""
    one, command = past_import(desk.home, key), uuid4()
    refs = [row["ref"] for row in one.rows if is_proposed(row, "high")]
    _, outcome = confirm_these(desk.home, desk.entered.actor, refs, id=command)
    desk.home.settle(outcome, PATIENCE)
    return RedirectResponse(page.link(f"/importer/fait/{key}", **{DONE: command}), 303, headers=HEADERS)


def _shown(desk: Desk, page: Page, key: str, refusal: str = "") -> Response:
    one = past_import(desk.home, key)
    return render(page, "import_done.html", 409 if refusal else 200, refusal=refusal, **done_model(page, one))


def done_model(page: Page, one: Past) -> dict[str, Any]:
    """What the page of an import shows."""
    rows = [] if one.undone else [_case(page, row) for row in one.rows]
    return {
        "one": past_model(page, one), "rows": rows, "action": f"/importer/fait/{one.id}",
        "n_high": sum(is_proposed(row, "high") for row in one.rows) if not one.undone else 0,
        "n_open": sum(bool(row["proposals"]) for row in one.rows) if not one.undone else 0,
        "missing": list(one.missing),
        "list": _list(page, one),
        "plan": page.link(address_of(f"plan:{one.plan}")) if one.plan else "",
        "others": [{"ref": ref, "href": page.link(address_of(ref))} for ref in one.refs] if one.kind == "directory" else [],
    }  # fmt: skip


def _list(page: Page, one: Past) -> str:
    """Where what came in stands with the rest: the cases of its assembly, or the records."""
    if one.kind == "annual-report":
        return page.link(PLACES["record"])
    return page.link("/dossiers", assembly=one.assembly) if one.assembly else ""


def _case(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    proposals = [
        {"part": each["part"], "state": shown_state(page, each), "bars": BARS[each["confidence"]],
         "confidence": page.say(CONFIDENCE[each["confidence"]])}
        for each in row["proposals"]
    ]  # fmt: skip
    return {"numbers": row["numbers"], "title": row["title"], "href": page.link(address_of(row["ref"])),
            "state": shown_state(page, row), "proposals": proposals}  # fmt: skip


def past_model(page: Page, one: Past) -> dict[str, Any]:
    """An import in a list; a plan is told apart from the cases of its items."""
    return {
        "id": one.id, "file": one.file, "kind": page.say(KINDS[one.kind]) if one.kind in KINDS else one.kind, "day": one.day,
        "by": one.by, "assembly": one.assembly or one.plan,
        "created": one.created, "plans": one.plans, "updated": one.updated, "undone": one.undone,
        "href": page.link(f"/importer/fait/{one.id}"), "of_cases": one.kind not in ("directory", "annual-report"),
        "undoable": one.kind != "directory",
    }  # fmt: skip
