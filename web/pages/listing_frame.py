"""What the list, the columns, the calendar and the timeline of cases share: the views with their counts, the filters in
the address, the kept views, and what is said where there is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from projections.case_totals import MOST, Load
from projections.phrases.catalogue import N_
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.lists import Asked, Listed, choices, listed, totals
from services.reading.lists_then import Then
from services.refs import Refs
from services.views import View
from web.pages.listing_filters import OF_TABS, PATH, SHAPES, TABS, Filters, kept_for, question, within
from web.pages.states import open_and_closed, rules_of, said_of
from web.rendering import Page, address_of
from workflows.workflow import Workflow

WORDS = {
    "all": N_("All"), "us": N_("For us to act"), "them": N_("Awaiting others"), "late": N_("Overdue"), "silent": N_("No news"),
    "ownerless": N_("Nobody follows"), "proposed": N_("State to be established"), "standing": N_("Standing follow-up"),
    "recent": N_("Received lately"), "closed": N_("Closed"),
}  # fmt: skip
HOMES = {"assembly": N_("Assembly"), "plan": N_("Plan")}
OPTIONS = 60  # people and bodies to choose from: those with the most open cases
ALWAYS = ("all", "us", "them", "late", "closed")  # shown even where they are empty
SHAPE_WORDS = {"liste": N_("List"), "colonnes": N_("Columns"), "calendrier": N_("Calendar"), "frise": N_("Timeline")}
ORDER_WORDS = {"number": N_("By number"), "due": N_("Most late first"), "wait": N_("Longest waiting first")}
TURN_WORDS = {"us": N_("Ours"), "them": N_("Theirs"), "nobody": N_("Nobody’s")}
NONE_OF_TABS = dict.fromkeys((*OF_TABS, "after"))


@dataclass(frozen=True)
class Frame:
    """A list as it is asked: of which day, with which filters, what the address may choose."""

    page: Page
    home: Home
    filters: Filters
    views: Sequence[View]
    base: Asked
    asked: Asked
    day: date
    loads: Sequence[Load]
    totals: dict[str, int]
    then: Then | None

    @cached_property
    def plan(self) -> str:
        """The key of the plan whose items alone are listed; nothing where they are of an assembly, or of several."""
        key = self.filters.get("assembly")
        return key if key and Refs(self.home.store).key("plan", key) else ""

    @cached_property
    def rules(self) -> list[Workflow]:
        """Those that the cases asked for may follow."""
        plans = any(load.axis == "plan" for load in self.loads)
        only = bool(self.plan) if self.filters.get("assembly") or not plans else None
        return rules_of(only)

    @property
    def total(self) -> int:
        """How many cases the question has; one more than `MOST` where nobody counts further."""
        return self.totals[self.filters.tab]

    def rows(self, limit: int, asked: Asked | None = None, after: str | None = None) -> Listed:
        """A page of its cases, as they stand or stood."""
        wanted = asked or self.asked
        return self.then.listed(wanted, after, limit) if self.then else listed(self.home, wanted, after, limit)


def frame_of(page: Page, home: Home) -> Frame:
    """Reads the address, and what there is to choose from."""
    views = kept_for(home)
    filters = Filters.read(home, page.asked, views)
    base, day = filters.base(home), day_of_reading(home, page.when)
    then = None if page.when.now else Then(home, page.when)
    counts = then.totals(base) if then else totals(home, base)
    return Frame(page, home, filters, views, base, within(base, filters, day), day, choices(home), counts, then)


def frame_model(frame: Frame) -> dict[str, Any]:
    """What the template of every shape shows around its cases."""
    page, filters = frame.page, frame.filters
    return {
        "filters": filters,
        "tabs": [tab for name in TABS if (tab := _tab(frame, name))],
        "chips": _chips(frame),
        "shapes": [{"name": name, "word": page.say(SHAPE_WORDS[name]), "current": name == filters.shape,
                    "href": page.here(vue=None if name == "liste" else name, after=None, mois=None)} for name in SHAPES],
        "orders": [{"word": page.say(word), "current": name == filters.order,
                    "href": page.here(order=None if name == "number" else name, after=None)}
                   for name, word in ORDER_WORDS.items()],
        "order": page.say(ORDER_WORDS[filters.order]),
        "kept": [{"view": view, "href": page.link(PATH, voir=view.id), "current": view == filters.view} for view in frame.views],
        "view": filters.view,
        "fresh": page.link(PATH, tous="1", vue=None if filters.shape == "liste" else filters.shape),
        "total": frame.total,
        "whole": frame.totals["all"],
        "everything": everything(frame) if filters.any and not frame.total else 0,
        "without_tab": page.here(**NONE_OF_TABS) if filters.tab != "all" else None,
        "tab_word": page.say(WORDS[filters.tab]),
        "files": {name: page.here(format=name, after=None) for name in ("csv", "xlsx")},
        "told": told(frame),
        "plan": page.link(address_of(f"plan:{frame.plan}")) if frame.plan else "",
        "asked_words": urlencode(question(filters.given)),
    }  # fmt: skip


def everything(frame: Frame) -> int:
    """How many cases there are without any filter."""
    return (frame.then.totals(Asked()) if frame.then else totals(frame.home, Asked()))["all"]


def _tab(frame: Frame, name: str) -> dict[str, Any] | None:
    page, n, current = frame.page, frame.totals[name], name == frame.filters.tab
    if not n and not current and name not in ALWAYS:
        return None
    asked = {
        **NONE_OF_TABS,
        **TABS[name],
        **({"tous": "1"} if name == "all" and not page.asked.keys() - {"lang"} else {}),
    }
    return {
        "name": name,
        "word": page.say(WORDS[name]),
        "n": counted(page, n),
        "current": current,
        "href": page.here(**asked),
    }


def counted(page: Page, n: int) -> str:
    """« 25 », « plus de 500 »."""
    return (
        page.say(N_("over {n}"), n=MOST)
        if n == MOST + 1
        else f"{n:,}".replace(",", "\u00a0" if page.lang == "fr" else ",")
    )


def _chips(frame: Frame) -> list[dict[str, Any]]:
    """Each filter: what is asked, and what may be."""
    page, filters = frame.page, frame.filters
    named: dict[str, list[tuple[str, str, int]]] = {"assembly": [], "plan": [], "owner": [], "body": []}
    busiest = sorted(frame.loads, key=lambda load: -load.n)[:OPTIONS]
    for load in (load for load in frame.loads if load.axis in HOMES or load in busiest):
        named[load.axis].append((load.ref, load.ref if load.axis in HOMES else load.name, load.n))
    states = [(state, said_of(page, state, frame.rules), 0) for part in open_and_closed(frame.rules) for state in part]
    turns = [(turn, page.say(word), 0) for turn, word in TURN_WORDS.items()]
    homes = [home for home in HOMES if not filters.get("assembly") or bool(frame.plan) == (home == "plan")]
    asked = (
        *(("assembly", page.say(HOMES[home]), named[home], filters.get("assembly")) for home in homes),
        ("state", page.say(N_("State")), states, frame.base.sought.state),
        ("turn", page.say(N_("Whose turn")), turns, filters.get("turn")),
        ("owner", page.say(N_("In charge")), named["owner"], filters.get("owner")),
        ("body", page.say(N_("Referred to")), named["body"], filters.get("body")),
    )
    return [_chip(page, name, word, options, value) for name, word, options, value in asked if options or value]


def _chip(
    page: Page, name: str, word: str, options: Iterable[tuple[str, str, int]], value: str | None
) -> dict[str, Any]:
    off = NONE_OF_TABS if name == "turn" else {"after": None}
    shown = next((said for each, said, _ in options if each == value), value)
    return {
        "name": name,
        "word": word,
        "value": shown,
        "off": page.here(**{**off, name: None}) if value else "",
        "options": [{"word": said, "n": n, "current": each == value, "href": page.here(**{**off, name: each})}
                    for each, said, n in options],
    }  # fmt: skip


def told(frame: Frame) -> str:
    """The filters in words, for paper: « À nous d’agir · Assemblée : 2023 »."""
    page, filters = frame.page, frame.filters
    said = [frame.filters.view.name] if frame.filters.view else []
    said += [page.say(WORDS[filters.tab])] if filters.tab != "all" else []
    said += [page.say(N_("{name}: {value}"), name=chip["word"], value=chip["value"]) for chip in _chips(frame)
             if chip["value"] and chip["name"] != "turn"]  # fmt: skip
    said += [page.say(N_("words: “{words}”"), words=filters.get("query"))] if filters.get("query") else []
    return " · ".join(said)
