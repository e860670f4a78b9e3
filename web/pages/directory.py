"""Offices, bodies and people."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from web.entering import Insider
from web.pages.offices import office_page, offices_page
from web.pages.parties import bodies_page, body_page, people_page, person_page
from web.pages.these import ThisPage
from web.rendering import PLACES, render

router = APIRouter(include_in_schema=False)


@router.get(PLACES["office"])
def show_offices(desk: Insider, page: ThisPage) -> Response:
    """The offices that are written to."""
    return render(page, "offices.html", **offices_page(page, desk.home))


@router.get(PLACES["office"] + "/{key}")
def show_office(desk: Insider, page: ThisPage, key: str) -> Response:
    """One office."""
    return render(page, "office.html", **office_page(page, desk.home, key))


@router.get(PLACES["body"])
def show_bodies(desk: Insider, page: ThisPage) -> Response:
    """The bodies."""
    return render(page, "bodies.html", **bodies_page(page, desk.home))


@router.get(PLACES["body"] + "/{key}")
def show_body(desk: Insider, page: ThisPage, key: str) -> Response:
    """One body."""
    return render(page, "party.html", **body_page(page, desk.home, key))


@router.get(PLACES["person"])
def show_people(desk: Insider, page: ThisPage) -> Response:
    """The people."""
    return render(page, "people.html", **people_page(page, desk.home))


@router.get(PLACES["person"] + "/{key}")
def show_person(desk: Insider, page: ThisPage, key: str) -> Response:
    """One person."""
    return render(page, "party.html", **person_page(page, desk.home, key))
