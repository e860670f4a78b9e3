"""The dates towards which clocks run, of the cases that the viewer may see and of their threads with offices."""

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

# Threads are few beside cases: theirs are found by stream, so that no list of a million deadlines is read for them.
_PAGE = """
WITH wanted AS MATERIALIZED (
    SELECT d.demarche_id AS stream, 'demarche:' || d.number AS ref, seen.title, d.office,
           coalesce(nullif(d.row::jsonb->'owner', 'null'), seen.owner) AS owner
      FROM read.demarches d CROSS JOIN LATERAL (
        SELECT string_agg(c.row->>'title', ' – ' ORDER BY array_position(d.cases, c.case_id)) AS title,
               (array_agg(c.row::jsonb->'owner' ORDER BY array_position(d.cases, c.case_id))
                    FILTER (WHERE c.owner IS NOT NULL))[1] AS owner
          FROM read.cases c
         WHERE c.case_id = ANY (d.cases) AND NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
    ) AS seen WHERE seen.title IS NOT NULL
), of_cases AS (
    SELECT d.*, c.ref, c.row->>'title' AS title, c.row::jsonb->'owner' AS owner, NULL::uuid AS office
      FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
     WHERE NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s) AND {asked}
     ORDER BY d.ends, d.clock LIMIT %(limit)s
), of_threads AS (
    SELECT d.*, w.ref, w.title, w.owner, w.office
      FROM wanted w CROSS JOIN LATERAL (SELECT * FROM suivi.due d WHERE d.stream = w.stream OFFSET 0) AS d WHERE {asked}
     ORDER BY d.ends, d.clock LIMIT %(limit)s
)
SELECT clock, ref, title, kind, about, due, ends, state, next_at, step, owner, office
  FROM (SELECT * FROM of_cases UNION ALL SELECT * FROM of_threads) AS d ORDER BY ends, clock LIMIT %(limit)s""".replace(
    "{asked}", """(d.ends, d.clock) > (%(ends)s, %(clock)s)
       AND (%(state)s::text IS NULL OR d.state = %(state)s)
       AND (%(before)s::timestamptz IS NULL OR d.ends <= %(before)s)""")  # fmt: skip
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
    _, ref, title, kind, about, due, ends, state, next_at, step, owner, office = row
    return {"ref": ref, "title": title, "office": str(office) if office else None, "kind": kind, "turn": turn(kind),
            "about": about, "due": due, "ends": utc(ends), "state": state, "next_at": utc(next_at), "step": step,
            "owner": owner}  # fmt: skip


def _end(home: Home, before: str | None) -> datetime | None:
    day = None if before is None else latest(read_date(before, today(home)))
    return None if day is None else end_of_day(day, home.store.present.calendar.zone)


def _place(after: str) -> tuple[datetime, UUID]:
    ends, clock = read_cursor(after, 2)
    try:
        return datetime.fromisoformat(ends).astimezone(UTC), UUID(clock)
    except (ValueError, OverflowError) as error:
        raise CursorUnreadable() from error
