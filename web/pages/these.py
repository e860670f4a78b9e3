"""What a handler asks for beside its desk: the page of this request."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request

from services.accounts import person_of
from web.entering import INSIDE, Desk, policies
from web.pages.alarms import alarms
from web.pages.times import times_model
from web.pages.toast import toast_of
from web.rendering import Page, asked_language


def page_now(request: Request) -> Page:
    """A page that has but the present. Its handler asks for a desk first, and that is its policy."""
    desk: Desk = request.state.desk
    present, person = desk.home.store.present, person_of(desk.home.store, desk.entered.person)
    page = Page(
        asked_language(request, person.lang if person else None), request.url.path, dict(request.query_params),
        present.calendar.today(present.now), desk.entered.login, name=person.name if person else desk.entered.login,
        powers=frozenset(power.name for power in policies() if desk.may(power)), token=desk.token,
    )  # fmt: skip
    inside = page.may(INSIDE.name)
    return replace(page, alarms=alarms(page, desk.home) if inside else (), toast=toast_of(page, desk))


def page_at_its_times(request: Request) -> Page:
    """A page that is read at the two times."""
    page, desk = page_now(request), request.state.desk
    return replace(page, times=times_model(page, desk.home.store.present.calendar.zone))


NowPage = Annotated[Page, Depends(page_now)]
ThisPage = Annotated[Page, Depends(page_at_its_times)]
