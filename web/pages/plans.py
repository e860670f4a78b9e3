"""Work plans: their list, and one of them with its tree as minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.time import Edtf, latest
from projections.phrases.catalogue import N_
from projections.phrases.plans import FORMS, PARTS
from projections.phrases.rows import Row, who
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.plan_sheets import PlanSheet, plan_sheet, plans_listed
from web.entering import Reader
from web.pages import plans_carry
from web.pages.plans_filters import Chosen, chosen_of, filters_model
from web.pages.plans_tree import Tree, kept, target_said, tree
from web.pages.states import counts, rules_of
from web.pages.these import ThisPage
from web.rendering import PLACES, Page, address_of, render

PATH = PLACES["plan"]
CHANGES = (
    ("adopt-part", N_("Adopt a part of it")), ("set-target", N_("Set a target")), ("list", N_("Keep a list")),
    ("rename", N_("Rename")), ("conclude", N_("Conclude the plan")),
)  # fmt: skip
OPEN, ADOPTED = "proposed", "adopted"

router = APIRouter(include_in_schema=False)
router.include_router(plans_carry.router)


@router.get(PATH)
def show_plans(desk: Reader, page: ThisPage) -> Response:
    """The plans, the latest first."""
    return render(page, "plans.html", **plans_model(page, desk.home))


@router.get(PATH + "/{key}")
def show_plan(desk: Reader, page: ThisPage, key: str) -> Response:
    """One plan: its tree, and how each item stands."""
    return render(page, "plan.html", **plan_model(page, desk.home, key))


def plans_model(page: Page, home: Home) -> dict[str, Any]:
    """What the template of the list shows."""
    rows = [
        {"title": row["title"], "href": page.link(address_of(row["ref"])), "years": years_said(row["period"]),
         "facts": facts(page, row), "counted": counted(page, row), "counts": counts(page, row["states"], rules_of(plan=True)),
         "next": _next(page, row["next"]), "adoption": [_adoption_line(page, part) for part in row["adoption"]],
         "concluded": row["concluded"]}
        for row in plans_listed(home, page.when)
    ]  # fmt: skip
    writes = page.may("write") and not page.past
    return {"rows": rows, "new": page.link(f"{PATH}/nouveau") if writes else "",
            "bring": page.link("/importer") if writes else ""}  # fmt: skip


def years_said(period: str | None) -> str:
    """« 2019 2022 », one under the other in the margin; nothing where the period is not said."""
    return " ".join(dict.fromkeys(part[:4] for part in (period or "").split("/") if part[:4].isdecimal()))


def facts(page: Page, row: Row) -> list[str]:
    """What it is, for when, whose."""
    form = page.say(FORMS[row["form"]])
    period = page.day(row["period"]) if row["period"] else page.say(N_("period not said"))
    return [form[:1].upper() + form[1:], period, *filter(None, [who(row["body"]) or row["author"]])]


def counted(page: Page, row: Row) -> str:
    """« 15 actions, dont 4 ouvertes »."""
    n, left = row["items"], row["open"]
    items = page.count(N_("{n} item"), "{n} items", n)
    if not n or not left:
        return page.say(N_("{items}, none open"), items=items) if n else items
    return page.count(N_("{items}, {n} open"), "{items}, {n} open", left, items=items)


def _next(page: Page, coming: Row | None) -> dict[str, str] | None:
    if coming is None:
        return None
    return {"day": page.day(coming["date"]), "title": coming["title"], "href": page.link(address_of(coming["ref"])),
            "number": coming["ref"].partition(":")[2]}  # fmt: skip


def plan_model(page: Page, home: Home, key: str) -> dict[str, Any]:
    """What the template of one shows."""
    sheet, day = plan_sheet(home, key, page.when, page.lang), day_of_reading(home, page.when)
    row, writes = sheet.row, page.may("write") and not page.past and not sheet.row["concluded"]
    whole = tree(page, Tree(sheet, day, writes))
    chosen = chosen_of(page)
    shown = kept(whole, chosen)
    place = address_of(row["ref"])
    return {
        "row": row, "facts": facts(page, row), "years": years_said(row["period"]),
        "counted": counted(page, row), "counts": counts(page, row["states"], rules_of(plan=True)),
        "adoption": [_adoption(page, part, place if writes else "") for part in row["adoption"]],
        "unadopted": page.link(f"{place}/agir/adopt-part", what="plan") if writes and not row["adoption"] else "",
        "targets": [target_said(page, each) for each in row["targets"]],
        "entries": shown, "filters": filters_model(page, whole, chosen), "told": _told(page, whole, shown, chosen),
        "lists": [_list(page, each, place if writes else "") for each in row["lists"]],
        "links": [*_carried(page, sheet), *_taken(page, sheet)],
        "acts": _acts(page, row, place, day) if writes else [],
        "over": bool(row["concluded"]),
        "reopen": page.link("/historique", dossier=row["ref"]) if page.may("inside") else "",
    }  # fmt: skip


def _told(page: Page, whole: Sequence[Any], shown: Sequence[Any], chosen: Chosen) -> str:
    """« 3 actions sur 15 », where some are left out."""
    if not chosen.any:
        return ""
    n, all_of_it = (sum(one["is"] == "item" for one in entries) for entries in (shown, whole))
    return page.count(N_("{n} item of {all}"), "{n} items of {all}", n, all=all_of_it)


def _adoption_line(page: Page, part: Row) -> str:
    """« Plan d’action : pour adoption au CD… »."""
    return page.say(N_("{part}: {said}"), part=_part(page, part), said=_adopted_said(page, part))


def _part(page: Page, part: Row) -> str:
    words = page.say(PARTS[part["what"]])
    return words[:1].upper() + words[1:]


def _adopted_said(page: Page, part: Row) -> str:
    """In the words of the document, where it has some; else who and when."""
    whose, on = who(part["body"]) or part["by"] or "", Edtf(part["on"]) if part["on"] else None
    if part["words"]:
        return str(part["words"])
    if part["state"] == ADOPTED:
        return page.say(N_("adoption: {whose}, {on}"), whose=whose, on=on) if whose and on else page.say(
            N_("adoption: {said}"), said=on or whose or page.say(N_("date not said")))  # fmt: skip
    return page.say(N_("for adoption: {whose}, {on}"), whose=whose, on=on) if whose and on else page.say(
        N_("for adoption: {said}"), said=on or whose or page.say(N_("date not said")))  # fmt: skip


def _adoption(page: Page, part: Row, place: str) -> dict[str, str]:
    """One part: what was said of its adoption, whether it is, and where it is recorded."""
    adopted = part["state"] == ADOPTED
    return {
        "part": _part(page, part), "said": _adopted_said(page, part),
        "state": page.say(N_("adopted") if adopted else N_("not adopted yet")),
        "act": page.link(f"{place}/agir/adopt-part", what=part["what"]) if place and not adopted else "",
    }  # fmt: skip


def _list(page: Page, each: Row, place: str) -> dict[str, Any]:
    return {"title": each["title"], "columns": each["columns"],
            "change": page.link(f"{place}/agir/list", title=each["title"]) if place else ""}  # fmt: skip


def _carried(page: Page, sheet: PlanSheet) -> list[dict[str, str]]:
    """What went on in another plan."""
    return [
        _way(page, each["to"], each["items"], N_("Carried over to {plan}: {items}."))
        for each in sheet.row["carried_over"]
    ]


def _taken(page: Page, sheet: PlanSheet) -> list[dict[str, str]]:
    """What came from another plan."""
    pairs = [(each["origin"], each["items"]) for each in sheet.row["taken_over"]]
    return [_way(page, plan, items, N_("Taken over from {plan}: {items}.")) for plan, items in pairs]


def _way(page: Page, plan: Any, items: Mapping[str, str], words: str) -> dict[str, str]:
    """« Actions 1.3 et 1.4 (qui devient 2.1) »."""
    renamed = N_("{here}, which is {there} there")
    said = [here if here == there else page.say(renamed, here=here, there=there) for here, there in items.items()]
    ref = plan.get("ref") if isinstance(plan, dict) else None
    name = plan.get("name", "") if isinstance(plan, dict) else page.say(N_("another plan"))
    return {
        "said": page.say(words, plan=name, items=said),
        "href": page.link(address_of(ref)) if ref else "",
        "name": name,
    }


def _acts(page: Page, row: Row, place: str, day: Any) -> list[dict[str, str]]:
    """What is done to the whole of it, the most useful first: of a plan whose time is over, carrying on."""
    end = latest(row["period"]) if row["period"] else None
    enter = {"href": page.link(f"{place}/agir/enter-node"), "words": page.say(N_("Add to the plan"))}
    carry = {"href": page.link(f"{place}/reporter"), "words": page.say(N_("Carry items over to another plan"))}
    first = [carry, enter] if row["open"] and end and end < day else [enter, *([carry] if row["items"] else [])]
    return first + [{"href": page.link(f"{place}/agir/{verb}"), "words": page.say(words)} for verb, words in CHANGES]
