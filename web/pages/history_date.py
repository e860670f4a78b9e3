"""The cases as they were known, or stood, at a date chosen on the line of days."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, who
from services.home import Home
from services.reading.journal import assemblies_by_name
from services.reading.pages import cases_page
from web.pages.history_rail import rail
from web.pages.states import part_chips, shown_state
from web.rendering import Page, address_of

PATH = "/historique/date"
ROWS = 100  # of a page


def date_model(
    page: Page, home: Home, typed: str | None = None, reading: str | None = None, fault: str = "", back: str = PATH
) -> dict[str, Any]:
    """What the template shows: the field with what was typed, the rail, the list."""
    times = dict(page.times or {})
    times |= {"back": back, "reading": reading or times["reading"], "day": typed if typed is not None else times["day"]}
    label, arrived = page.say(N_("At which date")), times["reading"] == "arrive"
    here = {"de": times["seen"].isoformat(), "lecture": times["reading"], "as_of": None, "known_at": None}
    part = None if fault else cases_page(home, page.when, ROWS, page.asked.get("after"))
    return {
        "times": times | {"day": times["day"] or page.day(times["seen"])},
        "fault": fault,
        "rail": rail(page, home, [(times["seen"], label, "date-jour")], "happened" if arrived else "recorded"),
        "groups": groups(page, home, part.items) if part else [],
        "following": page.here(after=part.next) if part and part.next else None,
        "first": page.here(after=None) if page.asked.get("after") else None,
        "compare": page.link("/historique/comparer", **here),
    }  # fmt: skip


def groups(page: Page, home: Home, rows: list[Row]) -> list[dict[str, Any]]:
    """The cases by assembly."""
    names = assemblies_by_name(home)
    return [
        {"name": names.get(key) or key, "rows": [_row(page, row) for row in each]}
        for key, each in groupby(rows, key=lambda row: row["home"])
    ]


def _row(page: Page, row: Row) -> dict[str, Any]:
    return {
        "numbers": " – ".join(row["numbers"]), "long": len(row["numbers"]) > 1, "title": row["title"],
        "href": page.link(address_of(row["ref"])), "state": shown_state(page, row),
        "chips": part_chips(page, row), "owner": who(row["owner"]), "due": page.day(row["due"]) if row["due"] else "",
    }  # fmt: skip
