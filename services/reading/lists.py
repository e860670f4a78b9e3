"""The list of cases at any number of them: a page in one of its orders, whose turn it is in each, how many there are of
each kind. What it costs does not grow with the number of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from psycopg import sql
from psycopg.types.range import Range

from projections import search_pages, search_words
from projections.case_counts import NOBODY
from projections.case_lives import Stage, lives_of
from projections.case_pages import Reading, Sought, cases_by_state, cases_found
from projections.case_totals import Load, Total, capped_totals, kept_totals, loads, names_of_assemblies
from services import access
from services.home import Home
from services.reading.pages import CursorUnreadable, cursor, read_cursor
from services.reading.waits import told
from services.reading.when import today

SILENT_AFTER = timedelta(days=60)  # without a word of anyone
RECENT = timedelta(days=30)  # since it was received
VIEWS = ("all", "us", "them", "late", "silent", "ownerless", "proposed", "standing", "recent", "closed")
ANY = Sought()
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a list is asked: conditions, words, and its order (`number`, `due`: the most late first, `wait`: the longest
    first)."""

    sought: Sought = ANY
    words: str | None = None
    order: str = "number"


@dataclass(frozen=True)
class Listed:
    """A page of a list, and the cursor of the next: null at the end."""

    rows: list[Row]
    next: str | None = None


def reading_of(home: Home) -> Reading:
    """Who reads."""
    viewer = home.viewer()
    return Reading(viewer.person, sorted(viewer.roles))


def listed(home: Home, asked: Asked, after: str | None = None, limit: int = 100) -> Listed:
    """A page of the cases as they stand. Each row is as the contract shapes it, with `turn`, `awaited`, `wait`, `next`
    and `late` (`services.reading.waits`)."""
    start = None if after is None else place_in(asked.order, after)
    reading = reading_of(home)
    found = cases_found(home.reader, reading, asked.sought, start, limit + 1, asked.order, having_words(asked, reading))
    more = cursor(found[limit - 1].key) if len(found) > limit else None
    rows = told(home, found[:limit])
    access.note_named(home, rows)
    return Listed(rows, more)


def place_in(order: str, after: str) -> list[str]:
    """The place that a cursor means in a list of that order. Raises `CursorUnreadable`."""
    place = read_cursor(after, 2 if order in ("due", "wait") else 1)
    if len(place) == 2 and place[0] != "infinity":
        try:
            date.fromisoformat(place[0])
        except ValueError as error:
            raise CursorUnreadable() from error
    return place


def having_words(asked: Asked, reading: Reading) -> sql.Composable | None:
    """The condition that a case has the words asked for."""
    if not asked.words or (query := search_words.sought(asked.words)).nothing:
        return None
    viewer = search_pages.Viewer(reading.viewer, reading.roles)
    return search_pages.on_case(query, viewer, sql.Identifier("cases", "case_id"))


def view_of(sought: Sought, view: str, day: date) -> Sought:
    """The same, of one of the views that every list has."""
    more: Mapping[str, Any] = {
        "us": {"turn": "us"}, "them": {"turn": "them"}, "late": {"late_on": day}, "ownerless": {"ownerless": True},
        "proposed": {"proposed": True}, "standing": {"standing": True},
        "silent": {"silent_since": day - SILENT_AFTER}, "recent": {"received_from": day - RECENT}, "closed": {"final": True},
    }  # fmt: skip
    return replace(sought, **more.get(view, {}))


def between(asked: Asked, first: date, last: date) -> Asked:
    """The same, of cases with a date in these days, as they come."""
    return replace(asked, sought=replace(asked.sought, dated=Range(first, last, "[]")), order="any")


def lives(home: Home, refs: Sequence[str]) -> dict[str, list[Stage]]:
    """REF -> the states that the case went through."""
    return lives_of(home.reader, refs, *reading_of(home))


def totals(home: Home, asked: Asked) -> dict[str, int]:
    """View -> how many cases it has with these filters; one more than `MOST` where nobody counts further."""
    reading, day = reading_of(home), date.fromisoformat(today(home))
    kept = _kept(home, reading, asked) | ({"ownerless": 0} if asked.sought.owner else {})
    others = {view: view_of(asked.sought, view, day) for view in VIEWS if view not in kept}
    return kept | capped_totals(home.reader, reading, others, having_words(asked, reading))


def _kept(home: Home, reading: Reading, asked: Asked) -> dict[str, int]:
    """Those that are counted already; none where the filters are others than the counts are kept by."""
    if (axis := _axis(asked)) is None:
        return {}
    given = asked.sought.asked()
    found = kept_totals(home.reader, reading, axis, given.get(axis, NOBODY), given.get("assembly"))
    return counts_of([total for total in found if given.get("state") in (None, total.state)])


def _axis(asked: Asked) -> str | None:
    """By what the cases asked for are counted already; null if they are not."""
    given = asked.sought.asked().keys()
    if asked.words or not given <= {"assembly", "state", "owner", "body"} or {"owner", "body"} <= given:
        return None
    return "owner" if "owner" in given else "body" if "body" in given else "all"


def counts_of(found: list[Total]) -> dict[str, int]:
    """The views that the kept counts tell of."""
    return {
        "all": sum(total.n for total in found),
        "us": sum(total.n for total in found if total.turn == "us"),
        "them": sum(total.n for total in found if total.turn == "them"),
        "closed": sum(total.n for total in found if total.final),
    }


def columns(home: Home, asked: Asked, wanted: Sequence[str], limit: int) -> list[Row]:
    """The first cases in each of some states, up to `limit` of each."""
    reading = reading_of(home)
    found = cases_by_state(home.reader, reading, asked.sought, wanted, limit, having_words(asked, reading))
    return told(home, found)


def totals_by_state(home: Home, asked: Asked, wanted: Sequence[str]) -> dict[str, int]:
    """State -> how many cases are in it, with these filters; one more than `MOST` where nobody counts further."""
    reading, given = reading_of(home), asked.sought.asked()
    plain = replace(asked, sought=replace(asked.sought, turn=None, final=None))
    axis = _axis(plain)
    if axis is None:
        each = {state: replace(asked.sought, state=state) for state in wanted if given.get("state") in (None, state)}
        return capped_totals(home.reader, reading, each, having_words(asked, reading))
    found: dict[str, int] = {}
    for total in kept_totals(home.reader, reading, axis, given.get(axis, NOBODY), given.get("assembly")):
        if all(given.get(name) in (None, value) for name, value in total._asdict().items() if name != "n"):
            found[total.state] = found.get(total.state, 0) + total.n
    return found


def assembly_titles(home: Home, keys: Iterable[str]) -> dict[str, str]:
    """Key -> name, of some assemblies."""
    return names_of_assemblies(home.reader, keys)


def choices(home: Home) -> list[Load]:
    """What the filters may be: who follows open cases, which bodies have some, with how many; the assemblies."""
    return loads(home.reader, reading_of(home))
