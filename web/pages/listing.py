"""The list of cases, as a page shows it: views with their counts, filters, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.time import latest, local_day
from projections.case_rows import place_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, proposed, state_of, who
from services.home import Home
from services.reading import assembly_names, cases
from services.reading.cases import having, is_overdue
from services.reading.clocks import next_reminders
from services.reading.pages import page_of
from web.pages.states import named_state, part_chips, shown_state
from web.rendering import Page
from workflows.library import library

PATH = "/dossiers"
ROWS = 200  # of one page
FILTERS = ("state", "overdue", "owner", "body", "assembly", "query")


@dataclass(frozen=True)
class Filters:
    """What the address asks of the list; empty is not asked. `after`: where the last page ended."""

    state: str | None = None
    overdue: bool = False
    owner: str | None = None
    body: str | None = None
    assembly: str | None = None
    query: str | None = None
    after: str | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filters:
        """As the address has them."""
        given = {name: asked.get(name, "").strip() or None for name in (*FILTERS, "after")}
        return cls(**{**given, "overdue": given["overdue"] is not None})  # type: ignore[arg-type]  # a flag, then texts

    @property
    def any(self) -> bool:
        return any((self.state, self.overdue, self.owner, self.body, self.assembly, self.query))


def list_model(page: Page, home: Home, filters: Filters) -> dict[str, Any]:
    """What the template of the list shows."""
    state = named_state(filters.state) if filters.state else None
    whole = cases(home, page.when)
    found = whole
    if filters.owner or filters.body:
        found = cases(home, page.when, owner=filters.owner, body=filters.body)
    if filters.query:
        found = list(filter(having(filters.query), found))
    if filters.assembly:
        found = [row for row in found if row["assembly"] == filters.assembly]
    day = reading_day(page, home)
    shown = [row for row in found if state in (None, row["state"])]
    if filters.overdue:
        shown = [row for row in shown if is_overdue(row, day)]
    part = page_of(shown, lambda row: [place_of(row)], filters.after, ROWS)
    return {
        "filters": filters,
        "views": views(page, found, filters, state, day),
        "groups": (grouped := groups(page, home, part.items, day)),
        "reminders": any(row["next"] for group in grouped for row in group["rows"]),
        "total": len(shown),
        "counted": counted(page, shown),
        "without": page.link(PATH) if filters.any and whole else None,
        "whole": len(whole),
        "following": page.here(after=part.next) if part.next else None,
        "first": page.here(after=None) if filters.after else None,
        "choices": choices(whole, filters),
    }


def reading_day(page: Page, home: Home) -> date:
    """The day at which lateness is seen."""
    return page.when.known(home).day or page.today or date.max


def views(page: Page, rows: list[Row], filters: Filters, state: str | None, day: date) -> list[dict[str, Any]]:
    """All, those overdue, and each state that some case is in, with how many there are."""
    late = sum(is_overdue(row, day) for row in rows)
    every = state is None and not filters.overdue
    listed = [
        _view(page, page.say(N_("All")), len(rows), every),
        *([_view(page, page.say(N_("Overdue")), late, filters.overdue, overdue="1")] if late or filters.overdue else ()),
    ]
    for known in library().latest("resolution").states:
        n = sum(row["state"] == known for row in rows)
        if n or known == state:
            word = shown_state(page, {"state": known, "completion": None}).whole
            listed.append(_view(page, word, n, known == state, state=known))
    return listed


def _view(page: Page, word: str, n: int, current: bool, **query: str) -> dict[str, Any]:
    asked = {"state": None, "overdue": None, "after": None} | query
    return {"word": word, "n": n, "current": current, "href": page.here(**asked)}


def groups(page: Page, home: Home, rows: list[Row], day: date) -> list[dict[str, Any]]:
    """The rows by assembly; its name is said where there are several."""
    names = assembly_names(home, page.when)
    nexts = next_reminders(home, [row["ref"] for row in rows]) if page.when.now else {}
    zone = home.store.present.calendar.zone
    by_assembly: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        ring = nexts.get(row["ref"])
        reminder = page.day(local_day(ring, zone)) if ring else ""
        by_assembly.setdefault(row["assembly"], []).append(row_model(page, row, day) | {"next": reminder})
    return [{"name": names.get(key) or key, "rows": each} for key, each in by_assembly.items()]


def row_model(page: Page, row: Row, day: date) -> dict[str, Any]:
    """One line of the list."""
    return {
        "ref": row["ref"],
        "href": page.link(f"{PATH}/{row['ref']}"),
        "numbers": " – ".join(row["numbers"]),
        "title": row["title"],
        "state": shown_state(page, row),
        "said": state_of(row, page.lang),
        "chips": part_chips(page, row),
        "proposed": proposed(row, page.lang),
        "owner": who(row["owner"]),
        "due": page.day(row["due"]) if row["due"] else "",
        "late": lateness(page, row, day),
        "closed": row["final"],
    }


def lateness(page: Page, row: Row, day: date) -> str:
    """« en retard de 84 j », once the due date is over, to its last day."""
    end = latest(row["due"]) if is_overdue(row, day) else None
    return page.count(N_("{n} day late"), "{n} days late", (day - end).days) if end else ""


def counted(page: Page, rows: list[Row]) -> str:
    """« 25 dossiers, 29 numéros. »"""
    n, numbers = len(rows), sum(len(row["numbers"]) for row in rows)
    several = page.count(N_("{n} case"), "{n} cases", n)
    if numbers == n:
        return page.say(N_("{cases}."), cases=several)
    return page.say(N_("{cases}, {numbers}."), cases=several, numbers=page.count(N_("{n} number"), "{n} numbers", numbers))


def choices(rows: list[Row], filters: Filters) -> dict[str, list[tuple[str, str]]]:
    """What each filter may be: (value, name). What the address asks is among them, whatever it is."""
    found = {
        "owner": _named(row["owner"] for row in rows),
        "body": _named(body for row in rows for body in row["bodies"]),
        "assembly": {row["assembly"]: row["assembly"] for row in rows},
    }
    asked = {"owner": filters.owner, "body": filters.body, "assembly": filters.assembly}
    return {
        name: sorted((known | ({value: value} if (value := asked[name]) and value not in known else {})).items(),
                     key=lambda item: item[1].casefold())
        for name, known in found.items()
    }  # fmt: skip


def _named(parties: Iterable[Any]) -> dict[str, str]:
    return {one["ref"]: one["name"] for one in parties if one and one.get("ref")}
