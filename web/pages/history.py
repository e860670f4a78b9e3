"""The whole history, a list at a date, two dates compared, a case step by step; and the way to any page at a date."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from domain.time import BadDate
from projections.phrases.catalogue import N_
from web.entering import Insider, Reader
from web.pages.history_compare import comparison_model, comparison_rows
from web.pages.history_date import date_model
from web.pages.history_files import file_answer
from web.pages.history_log import log_model, log_rows
from web.pages.history_replay import replay_model
from web.pages.these import ThisPage, page_now
from web.pages.times import READINGS, TIMES, day_asked, times_model
from web.rendering import HEADERS, Page, render

PATH = "/historique"
DATE = PATH + "/date"

router = APIRouter(include_in_schema=False)


def page_of_its_own(request: Request) -> Page:
    """A page with dates of its own: its button leads to the list at a date."""
    page = page_now(request)
    asked = {name: value for name, value in page.asked.items() if name not in TIMES}
    page = replace(page, asked=asked)
    times = times_model(page, request.state.desk.home.store.present.calendar.zone)
    return replace(page, times=times | {"back": DATE})


OwnPage = Annotated[Page, Depends(page_of_its_own)]


@router.get(PATH)
def show_log(desk: Insider, page: ThisPage) -> Response:
    """The log, the latest first."""
    model = log_model(page, desk.home)
    return render(page, "history.html", 422 if model["fault"] else 200, **model)


@router.get(PATH + "/journal.csv")
def save_log(desk: Insider, page: ThisPage) -> Response:
    """The same, as a file."""
    return file_answer(desk, page, page.say(N_("log")), log_rows(page, desk.home))


@router.get(DATE)
def show_date(desk: Reader, page: ThisPage) -> Response:
    """The cases as they stood, or were known, at a date chosen on the line of days."""
    return render(page, "history_date.html", **date_model(page, desk.home))


@router.get(PATH + "/vers")
def go_to_date(desk: Reader, page: OwnPage, vers: str = DATE, jour: str = "", lecture: str = "savait") -> Response:
    """Any page, at the date that someone typed; what cannot be read comes back with what was typed."""
    try:
        day = day_asked(page, jour)
    except BadDate as error:
        model = date_model(page, desk.home, typed=jour, reading=lecture, fault=page.say(error), back=vers)
        return render(page, "history_date.html", 422, **model)
    asked = dict.fromkeys(TIMES) | {READINGS.get(lecture, "known_at"): day and day.isoformat()}
    there = urlsplit(vers if is_ours(vers) else DATE)
    return RedirectResponse(page.link(there.path, **dict(parse_qsl(there.query)) | asked), 303, headers=HEADERS)


@router.get(PATH + "/comparer")
def show_comparison(desk: Insider, page: OwnPage) -> Response:
    """What changed between two dates."""
    model = comparison_model(page, desk.home)
    return render(page, "history_compare.html", 422 if model["faults"] else 200, **model)


@router.get(PATH + "/comparer.csv")
def save_comparison(desk: Insider, page: OwnPage) -> Response:
    """The same, as a file."""
    return file_answer(desk, page, page.say(N_("comparison")), comparison_rows(page, desk.home))


@router.get("/dossiers/{ref}/rejouer")
def show_replay(desk: Insider, page: OwnPage, ref: str) -> Response:
    """One case, step by step."""
    return render(page, "history_replay.html", **replay_model(page, desk.home, ref))


def is_ours(address: str) -> bool:
    """Whether it is a page of this application: a path, and nothing that a browser would take for another place."""
    return address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
