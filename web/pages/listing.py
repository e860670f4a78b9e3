"""The list of cases, as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from domain.words import natural
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.reading.lists import assembly_titles
from web.entering import Reader
from web.pages import agenda, band, board, listing_files, listing_views
from web.pages.listing_filters import PATH, kept_for
from web.pages.listing_frame import Frame, counted, frame_model, frame_of
from web.pages.listing_rows import row_model
from web.pages.these import ThisPage
from web.rendering import Page, render
from workflows.vocabulary import VERBS

__all__ = ["PATH", "router"]

ROWS = 50  # of one page
TOGETHER = ("assign", "refer", "set-due", "start", "postpone", "note", "complete")  # what is done to several at once

router = APIRouter(include_in_schema=False)
router.include_router(listing_views.router)


@router.get(PATH)
def show_list(desk: Reader, page: ThisPage) -> Response:
    """The cases, as a list, in columns, in a calendar or on a timeline; or as a file."""
    if not page.asked.keys() - {"lang"} and (first := next((v for v in kept_for(desk.home) if v.home), None)):
        return RedirectResponse(page.link(PATH, voir=first.id), 303)
    frame = frame_of(page, desk.home)
    if page.asked.get("format") in listing_files.FILES:
        return listing_files.file_of(frame, page.asked["format"])
    match frame.filters.shape:
        case "colonnes":
            return render(page, "board.html", **frame_model(frame), **board.board_model(frame))
        case "calendrier":
            return render(page, "agenda.html", **frame_model(frame), **agenda.agenda_model(frame))
        case "frise":
            return render(page, "band.html", **frame_model(frame), **band.band_model(frame))
    return render(page, "cases.html", **frame_model(frame), **list_model(frame))


def list_model(frame: Frame) -> dict[str, Any]:
    """What the template of the list shows beside its frame."""
    page, filters = frame.page, frame.filters
    found = frame.rows(ROWS, after=filters.after)
    alone = not filters.after and not found.next
    return {
        "groups": groups(frame, found.rows),
        "counted": counted_words(page, frame.total, found.rows if alone else None),
        "gaps": gaps(frame, found.rows) if alone else "",
        "following": page.here(after=found.next) if found.next else None,
        "first": page.here(after=None) if filters.after else None,
        "together": [{"verb": verb, "word": _capital(page.say(VERBS[verb]))} for verb in TOGETHER]
        if page.may("write")
        else [],
    }


def groups(frame: Frame, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows by assembly, in the order by number; its name is said where there are several."""
    if frame.filters.order != "number":
        return (
            [{"name": "", "rows": [row_model(frame.page, row, frame.day) | _whole(row) for row in rows]}]
            if rows
            else []
        )
    keys = {row["home"] for row in rows}
    names = assembly_titles(frame.home, keys) if len(keys) > 1 else {}
    by_assembly: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_assembly.setdefault(row["home"], []).append(row_model(frame.page, row, frame.day))
    return [{"name": names.get(key) or key, "rows": each} for key, each in by_assembly.items()]


def _whole(row: Row) -> dict[str, Any]:
    """Of which assembly, where the order does not tell."""
    return {"assembly": row["home"]}


def counted_words(page: Page, total: int, rows: Sequence[Row] | None) -> str:
    """« 25 dossiers, 29 numéros. »; the numbers where all the cases are in sight."""
    several = page.count(N_("{n} case"), "{n} cases", total).replace(str(total), counted(page, total), 1)
    numbers = sum(len(row["numbers"]) for row in rows or ())
    if rows is None or numbers == total:
        return page.say(N_("{cases}."), cases=several)
    return page.say(
        N_("{cases}, {numbers}."), cases=several, numbers=page.count(N_("{n} number"), "{n} numbers", numbers)
    )


def gaps(frame: Frame, rows: Sequence[Row]) -> str:
    """The numbers from the first to the last that no case of the assembly bears, where all of it is in sight."""
    filters = frame.filters
    if set(filters.given) - {"order", "vue"} != {"assembly"} or filters.refs is not None:
        return ""
    borne = {int(number) for row in rows for number in row["numbers"] if number.isdecimal()}
    missing = [n for n in range(1, max(borne, default=0)) if n not in borne] if len(borne) > 1 else []
    if not missing or len(missing) > len(borne):
        return ""
    listed = sorted(map(str, missing), key=natural)
    return frame.page.count(N_("Number absent from the follow-up: {numbers}."), "Numbers absent from the follow-up: {numbers}.",
                            len(listed), numbers=listed)  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
