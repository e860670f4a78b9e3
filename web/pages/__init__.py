"""The pages that people read, and the forms by which they act."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from web.entering import Insider
from web.pages import (
    access,
    account,
    administration,
    assemblies,
    assets,
    case,
    directory,
    doing,
    entry,
    history,
    home,
    importing,
    inbox,
    listing,
    migrating,
    one_button,
    plans,
    public,
    records,
    reports,
    reports_made,
    reports_workshop,
    search,
    settings,
    threads,
    workflows,
)
from web.pages.health import health_model
from web.pages.outbox import letter_model, outbox_model
from web.pages.these import NowPage
from web.rendering import render

router = APIRouter(include_in_schema=False)
for area in (
    assets, home, migrating, doing, history, listing, case, threads, directory, assemblies, plans, search, importing, inbox,
    one_button, entry, account, records, reports_made, reports_workshop, reports, administration, settings, workflows,
    access, public,
):  # fmt: skip
    router.include_router(area.router)


@router.get("/envois")
def show_outbox(desk: Insider, page: NowPage) -> Response:
    """What goes out, went out, or was set aside."""
    return render(page, "outbox.html", **outbox_model(page, desk.home))


@router.get("/envois/{id}")
def show_letter(desk: Insider, page: NowPage, id: str) -> Response:
    """One message."""
    return render(page, "letter.html", **letter_model(page, desk.home, id))


@router.get("/etat")
def show_health(desk: Insider, page: NowPage) -> Response:
    """How the system is, in sentences."""
    return render(page, "health.html", **health_model(page, desk.home))
