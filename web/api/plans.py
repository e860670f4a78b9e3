"""`/plans`: work plans, with their trees."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from domain.words import slug, sort_key
from services import reading
from services.reading import When
from services.reading.histories import by_version
from services.reading.pages import Row, page_of
from services.reading.plans import carried, plan, plans, possible
from web.api.acting import Body, Key, Match, record, version_of
from web.api.answers import answer, as_of, listed
from web.api.parameters import NO_QUERY, AtPagedTimes, AtTimes, Nothing, Ref, Verb, Word
from web.entering import Desk, Insider, Reader, Writer
from web.policies import PREFIX

router = APIRouter(prefix="/plans", tags=["plans"])


class CarryFilters(Nothing):
    """Which items, and where to."""

    to: Word = Field(description="The plan where they would go on: its key or its REF.")
    items: list[Word] = Field([], description="Some items: `3.4`, or `3.4=2.1` with its number there; by default all.")
    residuals: bool = Field(True, description="Of items that are done in part, what is left.")


@router.get("", name="list plans")
def all_plans(desk: Reader, request: Request, asked: AtPagedTimes) -> Response:
    """The plans, by period."""
    page = page_of(plans(desk.home, asked.when), by_period, asked.after, asked.limit)
    return listed(desk, request, page, asked.when)


@router.get("/{ref}", name="one of plans")
def one_plan(desk: Reader, ref: Ref, asked: AtTimes) -> Response:
    """One plan with its tree. Its ETag is the version that `If-Match` takes; what its items say changes without it."""
    found = plan(desk.home, ref, asked.when, desk.lang)
    return answer(desk, found, as_of(desk, asked.when), version=found["version"])


@router.get("/{ref}/history", name="history of plans")
def history(desk: Insider, request: Request, ref: Ref, asked: AtPagedTimes) -> Response:
    """Everything that happened to it, in sentences; what happened to its items is in theirs."""
    entries = reading.history(desk.home, plan_ref(ref), asked.when, desk.lang)
    return listed(desk, request, page_of(entries, by_version, asked.after, asked.limit), asked.when)


@router.get("/{ref}/actions", name="actions of plans", dependencies=[NO_QUERY])
def actions(desk: Reader, ref: Ref) -> Response:
    """Every verb, as you may use it now: what it needs, or why it is not possible."""
    return answer(desk, {"items": possible(desk.home, ref, desk.lang)})


@router.get("/{ref}/preview", name="preview of plans")
def preview(desk: Insider, ref: Ref, asked: Annotated[CarryFilters, Query()]) -> Response:
    """What carrying its items over to another plan would do; nothing is recorded."""
    return answer(desk, {"items": carried(desk.home, ref, asked.to, asked.items, asked.residuals)})


@router.post("", name="new in plans", dependencies=[NO_QUERY], status_code=201)
def create(desk: Writer, said: Body, key: Key = None) -> Response:
    """A new plan, under its `key`; without one, under a key made of its name."""
    given = said.facts.pop("key", None)
    new = given if isinstance(given, str) else slug(str(said.facts.get("name", "")))
    ask = said.ask(plan_ref(new), "create", None)
    return record(desk, ask, key, partial(_read, desk, new), f"{PREFIX}/plans/{quote(new)}")


@router.post("/{ref}/{verb}", name="act on plans", dependencies=[NO_QUERY])
def change(desk: Writer, ref: Ref, verb: Verb, said: Body, key: Key = None, match: Match = None) -> Response:
    """Records something of it."""
    ask = said.ask(plan_ref(ref), verb, version_of(match, verb))
    return record(desk, ask, key, partial(_read, desk, ref))


def plan_ref(ref: str) -> str:
    """The REF of a key, or of itself."""
    return f"plan:{ref.removeprefix('plan:')}"


def by_period(row: Row) -> list[str]:
    """The order of plans."""
    return [row["period"] or "", sort_key(row["title"]), row["key"]]


def _read(desk: Desk, ref: str) -> dict[str, Any]:
    return plan(desk.home, ref, When(), desk.lang)
