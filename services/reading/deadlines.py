"""The dates towards which clocks run, of the cases that the viewer may see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.errors import Invalid
from domain.time import end_of_day, latest, read_date
from services.home import Home
from services.reading.clocks import turn
from services.reading.histories import utc
from services.reading.names import named
from services.reading.pages import CursorUnreadable, Page, cursor, read_cursor
from services.reading.when import today

STATES = ("running", "acknowledged", "lapsed", "spent")

_PAGE = """
SELECT d.clock, c.ref, c.row->>'title', d.kind, d.about, d.due, d.ends, d.state, d.next_at, d.step, c.row->'owner'
  FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
 WHERE NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
   AND (d.ends, d.clock) > (%(ends)s, %(clock)s)
   AND (%(state)s::text IS NULL OR d.state = %(state)s)
   AND (%(before)s::timestamptz IS NULL OR d.ends <= %(before)s)
 ORDER BY d.ends, d.clock LIMIT %(limit)s"""
_FIRST = datetime.min.replace(year=2, tzinfo=UTC), UUID(int=0)


class DeadlineStateUnknown(Invalid):
    """“{state}” is not a state of a deadline. The states: {states}."""


def deadlines(
    home: Home, limit: int, after: str | None = None, state: str | None = None, before: str | None = None
) -> Page:
    """By the instant at which they end. `before`: only those whose last day comes by the end of that date."""
    if state is not None and state not in STATES:
        raise DeadlineStateUnknown(state=state, states=list(STATES))
    viewer = home.viewer()
    ends, clock = _FIRST if after is None else _place(after)
    rows = home.reader.execute(
        _PAGE, {"viewer": viewer.person, "roles": sorted(viewer.roles), "ends": ends, "clock": clock,
                "state": state, "before": _end(home, before), "limit": limit + 1}, prepare=True,
    ).fetchall()  # fmt: skip
    more = cursor([rows[limit - 1][6].isoformat(), str(rows[limit - 1][0])]) if len(rows) > limit else None
    return Page(named(home, [_shape(row) for row in rows[:limit]]), more)


def _shape(row: tuple[Any, ...]) -> dict[str, Any]:
    _, ref, title, kind, about, due, ends, state, next_at, step, owner = row
    return {"ref": ref, "title": title, "kind": kind, "turn": turn(kind), "about": about, "due": due, "ends": utc(ends),
            "state": state, "next_at": utc(next_at), "step": step, "owner": owner}  # fmt: skip


def _end(home: Home, before: str | None) -> datetime | None:
    day = None if before is None else latest(read_date(before, today(home)))
    return None if day is None else end_of_day(day, home.store.present.calendar.zone)


def _place(after: str) -> tuple[datetime, UUID]:
    ends, clock = read_cursor(after, 2)
    try:
        return datetime.fromisoformat(ends).astimezone(UTC), UUID(clock)
    except (ValueError, OverflowError) as error:
        raise CursorUnreadable() from error
