"""The list of cases at a time that is over, or as of a date: the whole of it is read, then asked what the list of the
present asks of the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from domain.time import earliest, latest
from domain.words import natural, sort_key
from projections.case_lists import known_cases
from projections.case_pages import Sought
from projections.case_rows import place_of
from projections.case_turns import LATE_AFTER
from services.home import Home
from services.reading.cases import having
from services.reading.demarches import day_of_reading, demarches
from services.reading.lists import VIEWS, Asked, Listed, view_of
from services.reading.names import named
from services.reading.pages import page_of
from services.reading.when import When

Row = dict[str, Any]


@dataclass(frozen=True)
class Then:
    """The list at that time, read once for all that a page asks of it."""

    home: Home
    when: When

    def listed(self, asked: Asked, after: str | None, limit: int) -> Listed:
        """A page of the cases as they stood."""
        page = page_of(self._fitting(asked), KEYS[asked.order], after, limit)
        return Listed(named(self.home, page.items), page.next)

    def totals(self, asked: Asked) -> dict[str, int]:
        """View -> how many cases it had with these filters; of what was not known then, none."""
        rows = self._fitting(asked)
        views = {view: Asked(view_of(Sought(), view, self._day)) for view in VIEWS}
        return {view: sum(_fits(row, of_view, self._day) for row in rows) for view, of_view in views.items()}

    @cached_property
    def _day(self) -> date:
        return day_of_reading(self.home, self.when)

    @cached_property
    def _rows(self) -> list[Row]:
        return _rows(self.home, self.when, self._day)

    def _fitting(self, asked: Asked) -> list[Row]:
        return [row for row in self._rows if _fits(row, asked, self._day)]


KEYS: dict[str, Callable[[Row], list[str]]] = {
    "number": lambda row: [place_of(row)],
    "any": lambda row: [place_of(row)],
    "due": lambda row: [_end(row).isoformat(), place_of(row)],
    "wait": lambda row: [f"{99_999 - ((row['wait'] or {}).get('least') or 0):05}", place_of(row)],
}


def _end(row: Row) -> date:
    return (latest(row["due"]) if row["due"] else None) or date.max


def _rows(home: Home, when: When, day: date) -> list[Row]:
    """Every case as it stood, with what a list tells beside the contract as far as it was known."""
    viewer, threads = home.viewer(), dict[str, list[Row]]()
    for thread in demarches(home, when):
        for ref in thread["cases"]:
            threads.setdefault(ref, []).append(thread)
    rows = known_cases(home.reader, when.known(home), viewer.person, sorted(viewer.roles))
    rows.sort(key=lambda row: (sort_key(row["home"]), natural(row["numbers"][0])))
    return [row | _told(row, [] if row["final"] else threads.get(row["ref"], []), day) for row in rows]


def _told(row: Row, threads: Sequence[Row], day: date) -> Row:
    turns = {thread["whose_turn"] for thread in threads}
    offices = [thread["office"] for thread in threads if thread["whose_turn"] == "them" and thread["office"]]
    awaited = offices or [one["on"] for one in row["waiting_on"]]
    if row["final"]:
        turn = "nobody"
    elif "us" in turns or not (awaited or "them" in turns or row["state"] in ("blocked", "referred", "postponed")):
        turn = "us"
    else:
        turn = "nobody" if row["state"] == "postponed" and not awaited else "them"
    waits = [one["days_waiting"] for one in threads if one["days_waiting"] is not None]
    least = max(waits, default=None)
    due = _end(row)
    dates = [{"kind": "due", "about": "", "date": row["due"]}] if row["due"] and not row["final"] else []
    return {
        "turn": turn,
        "awaited": awaited if turn == "them" else [],
        "wait": {"least": least, "most": least} if turn == "them" else None,
        "dates": dates,
        "next": dates[0] | {"over": due < day} if dates else None,
        "awaiting": [],
        "late": None,
    }


def _fits(row: Row, asked: Asked, day: date) -> bool:
    """What the database is asked of the present."""
    if asked.words and not having(asked.words)(row):
        return False
    return all(CONDITIONS[name](row, value, day) for name, value in asked.sought.asked().items())


def _overdue(row: Row, value: date, day: date) -> bool:
    waits = (row["wait"] or {}).get("least") or 0
    return not row["final"] and (_end(row) < value or waits >= LATE_AFTER.days)


def _dated(row: Row, value: Any, day: date) -> bool:
    first, last = (earliest(row["due"]), latest(row["due"])) if row["due"] else (None, None)
    return bool(first and last and first < value.upper and last >= value.lower)


CONDITIONS: dict[str, Callable[[Row, Any, date], bool]] = {
    "state": lambda row, value, day: bool(row["state"] == value),
    "due_before": lambda row, value, day: not row["final"] and _end(row) < value,
    "late_on": _overdue,
    "owner": lambda row, value, day: bool(row["owner"] and row["owner"]["id"] == str(value)),
    "body": lambda row, value, day: str(value) in row["bodies"],
    "assembly": lambda row, value, day: bool(row["home"] == value),
    "turn": lambda row, value, day: bool(row["turn"] == value),
    "final": lambda row, value, day: bool(row["final"] == value),
    "ownerless": lambda row, value, day: not row["owner"] and not row["final"],
    "received_from": lambda row, value, day: False,
    "silent_since": lambda row, value, day: False,
    "standing": lambda row, value, day: bool(row["standing"]) == value and not row["final"],
    "proposed": lambda row, value, day: bool(row["proposals"]) == value,
    "refs": lambda row, value, day: row["ref"] in value,
    "dated": _dated,
}
