"""`/plans/{key}/reporter`: items of a plan go on in another one: chosen, looked at before, done in one press, undone in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.errors import Forbidden, Refused, SuiviError, Unavailable
from domain.words import slug
from projections.case_lists import is_final
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.act import Ask, act_all
from services.execute import OtherRequest
from services.home import Home, ListsBehind
from services.reading import When
from services.reading.plan_sheets import plans_listed
from services.reading.plans import carried, ordered, plan
from services.refs import fit_key
from web.api.acting import PATIENCE
from web.entering import Desk, Writer
from web.pages.doing_forms import AGAIN, done
from web.pages.doing_typed import FORM, Given, Typed
from web.pages.states import shown_state
from web.pages.these import NowPage
from web.problems import status_of
from web.rendering import PLACES, Page, address_of, render

PATH = PLACES["plan"] + "/{key}/reporter"
CHOSEN, THERE, TO, DO = "n", "la-", "vers", "faire"
ANOTHER = "nouveau"  # a plan that is to be
FACTS = ("name", "period", "reason")  # what is typed beside

router = APIRouter(include_in_schema=False)


class NoneMeant(Refused):
    """No item is chosen. Tick those that go on."""


class PlanNotChosen(Refused):
    """Choose the plan where they go on."""


class NextPlanUnnamed(Refused):
    """The new plan needs a title."""


@router.get(PATH)
def show_carry(desk: Writer, page: NowPage, key: str, request: Request) -> Response:
    """What can go on, and where to."""
    given = Typed({CHOSEN: request.query_params.getlist(CHOSEN), TO: request.query_params.getlist(TO)})
    return _shown(desk, page, key, given)


@router.post(PATH)
def carry(desk: Writer, page: NowPage, key: str, given: Given) -> Response:
    """What would be done; then, asked again, does it."""
    try:
        asks = _asks(key, given)
        ahead = carried(
            desk.home, key, asks[-1].facts["to"], asks[-1].facts["items"], begin=asks[0] if asks[1:] else None
        )
        if not given.one(DO):
            return _shown(desk, page, key, given, ahead)
        id = given.id(desk.entered.person)
        outcome = act_all(desk.home.store, desk.entered.actor, asks, id)
    except OtherRequest:
        return _shown(desk, page, key, given, fault=page.say(AGAIN), status=422)
    except Unavailable:
        raise
    except SuiviError as error:
        if status_of(error) in (404, 500):
            raise
        return _shown(
            desk, page, key, given, fault=page.say(error), status=403 if isinstance(error, Forbidden) else 422
        )
    with suppress(ListsBehind):
        desk.home.settle(outcome, PATIENCE)
    return done(page, address_of(f"plan:{key}"), id)


def _asks(key: str, given: Typed) -> list[Ask]:
    """The new plan, if it is one; then the carry-over. Raises what is missing."""
    chosen, to, asks = given.all(CHOSEN), given.one(TO).strip(), []
    if not chosen:
        raise NoneMeant()
    if not to:
        raise PlanNotChosen()
    if to == ANOTHER:
        facts = {name: given.one(name).strip() for name in ("name", "period") if given.one(name).strip()}
        if "name" not in facts:
            raise NextPlanUnnamed()
        to = fit_key(slug(facts["name"]))
        asks.append(Ask(ref=f"plan:{to}", verb="create", facts=facts))
    items = [f"{number}={there}" if (there := given.one(THERE + number).strip()) else number for number in chosen]
    reason = given.one("reason").strip()
    carrying = {"to": f"plan:{to}", "items": items} | ({"reason": reason} if reason else {})
    return [*asks, Ask(ref=f"plan:{key}", verb="carry-over", facts=carrying)]


def _shown(
    desk: Desk, page: Page, key: str, given: Typed, ahead: Sequence[Row] = (), fault: str = "", status: int = 200
) -> Response:
    found = plan(desk.home, key, When(), page.lang)
    items = _items(page, found, given, ahead)
    others = _others(desk.home, found)
    to = given.one(TO) or (others[-1]["key"] if len(others) == 1 else "" if others else ANOTHER)
    n = len(ahead)
    model: dict[str, Any] = {
        "title": page.say(N_("Carry items over to another plan")), "plan": found["title"],
        "back": page.link(address_of(found["ref"])),
        "items": items, "others": others, "another": ANOTHER, "to": to, "fault": fault, "ahead": n,
        "press": page.count(N_("Carry {n} item over"), "Carry {n} items over", n) if n else "",
        "typed": {name: given.one(name) for name in FACTS}, "id": given.one(FORM)[:100] or str(uuid4()),
        "action": PATH.replace("{key}", key), "names": {"chosen": CHOSEN, "there": THERE, "to": TO, "do": DO, "id": FORM},
        "where": _where(page, others, to, given) if n else "",
    }  # fmt: skip
    return render(page, "plan_carry.html", status, **model)


def _where(page: Page, others: Sequence[Row], to: str, given: Typed) -> str:
    """What the plan is called where they go on."""
    if to == ANOTHER:
        return page.say(N_("“{plan}”, which is entered with them"), plan=given.one("name").strip())
    return page.say(N_("“{plan}”"), plan=next((each["title"] for each in others if each["key"] == to), to))


def _others(home: Home, found: Row) -> list[Row]:
    """The plans where items may go on."""
    return [row for row in plans_listed(home, When()) if row["key"] != found["key"] and not row["concluded"]]


def _items(page: Page, found: Row, given: Typed, ahead: Sequence[Row]) -> list[dict[str, Any]]:
    """The items of which something is left, in the order of the tree; of those that are meant, what becomes of them."""
    becomes = {row["number"]: row for row in ahead}
    rows = [node for node in ordered(found["nodes"]) if node["case"] and _left(node["case"])]
    chosen = given.all(CHOSEN)
    return [
        {"number": node["called"], "title": node["text"], "href": page.link(address_of(node["ref"])),
         "state": shown_state(page, node["case"]), "ticked": node["called"] in chosen,
         "there": given.one(THERE + node["called"]) or becomes.get(node["called"], {}).get("to", ""),
         "becomes": _becomes(page, becomes.get(node["called"]))}
        for node in rows
    ]  # fmt: skip


def _left(case: Mapping[str, Any]) -> bool:
    """Whether something of it may go on: an open item, or what is left of one that was done in part."""
    return bool(case["residuals"]) or not is_final(case["workflow"], case["state"])


def _becomes(page: Page, one: Row | None) -> list[str]:
    """What a carry-over does to one item, there and here."""
    if one is None:
        return []
    there = N_("Entered there as {number}.") if one["new"] else N_("Linked there to {number}, which exists already.")
    here = N_("Here, it is closed as carried over.")
    if one["residual"]:
        return [page.say(there, number=one["to"]), page.say(N_("Only this goes on: {text}"), text=one["residual"])]
    return [page.say(there, number=one["to"]), page.say(here)]
