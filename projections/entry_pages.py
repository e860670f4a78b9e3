"""The log page by page, the latest first, as far as a viewer may see: every page is read along an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from projections.log import EVERYTHING


@dataclass(frozen=True)
class Sought:
    """Which entries. Null: all. `first` and `last` are positions, `day` one by which it had happened; `imported`: those
    of one import, which are otherwise left out for its one line, unless a case is asked about; `quiet`: also what Suivi
    keeps for itself."""

    family: str | None = None
    actor: UUID | None = None
    assembly: str | None = None
    streams: Sequence[UUID] | None = None
    first: int | None = None
    last: int | None = None
    amends: bool = False
    imported: UUID | None = None
    quiet: bool = False
    day: date | None = None


class Found(NamedTuple):
    """An entry: its place, its stream, and the cases that it is about, as far as they are seen."""

    position: int
    stream: UUID
    about: str
    cases: list[dict[str, Any]]
    number: int | None


_SEEN = """
  LEFT JOIN read.demarches d ON e.about = 'thread' AND d.demarche_id = e.stream
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('ref', c.ref, 'numbers', c.row->'numbers', 'title', c.row->'title',
                                      'visibility', c.visibility)
                    ORDER BY array_position(d.cases, c.case_id)) AS cases
      FROM read.cases c
     WHERE c.case_id = ANY (CASE e.about WHEN 'case' THEN ARRAY[e.stream] WHEN 'thread' THEN d.cases END)
       AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
  ) AS seen"""

_PAGE = sql.SQL(
    "SELECT e.position, e.stream, e.about, coalesce(seen.cases, '[]'::json), d.number FROM read.entries e" + _SEEN +
    " WHERE e.position < %(before)s AND (e.about = 'open' OR seen.cases IS NOT NULL) AND {asked}"
    " ORDER BY e.position DESC LIMIT %(limit)s"
)  # fmt: skip
_ASKED = {
    "family": sql.SQL("e.family = %(family)s"),
    "actor": sql.SQL("e.actor = %(actor)s"),
    "assembly": sql.SQL("e.assembly = %(assembly)s"),
    "streams": sql.SQL("e.stream = ANY (%(streams)s)"),
    "first": sql.SQL("e.position > %(first)s"),
    "last": sql.SQL("e.position <= %(last)s"),
    "amends": sql.SQL("e.amends"),
    "imported": sql.SQL("e.imported = %(imported)s"),
    "day": sql.SQL("e.happened <= %(day)s"),
}

_OF_CASE = """
SELECT c.case_id FROM read.cases c WHERE c.case_id = %(case)s AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
UNION ALL
SELECT d.demarche_id FROM read.demarches d JOIN read.cases c ON c.case_id = %(case)s
 WHERE d.cases @> ARRAY[%(case)s::uuid] AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)"""

# Each actor once, by one step along the index for each of them.
_ACTORS = """
WITH RECURSIVE each AS (
    (SELECT actor FROM read.entries WHERE NOT quiet ORDER BY actor LIMIT 1)
    UNION ALL
    SELECT (SELECT e.actor FROM read.entries e WHERE NOT e.quiet AND e.actor > each.actor ORDER BY e.actor LIMIT 1)
      FROM each WHERE each.actor IS NOT NULL
) SELECT d.kind || ':' || d.key, d.name FROM each JOIN read.directory d ON d.entry = each.actor ORDER BY d.sort LIMIT %s"""

# Of each stretch of days, up to so many entries that are seen: a million of them cost no more than a few.
_DOTS = """
SELECT stretch.place, dots.n FROM unnest(%(firsts)s::date[], %(lasts)s::date[]) WITH ORDINALITY AS stretch(first, last, place)
 CROSS JOIN LATERAL (SELECT count(*) AS n FROM (
    SELECT FROM read.entries e {seen}
     WHERE NOT e.quiet AND e.{day} BETWEEN stretch.first AND stretch.last
       AND (e.about = 'open' OR seen.cases IS NOT NULL) AND (%(streams)s::uuid[] IS NULL OR e.stream = ANY (%(streams)s))
     LIMIT %(most)s) AS few) AS dots
 WHERE dots.n > 0 ORDER BY stretch.place"""


def page_of_entries(
    connection: psycopg.Connection, sought: Sought, viewer: UUID | None, roles: list[str],
    before: int = EVERYTHING, limit: int = 50,
) -> list[Found]:  # fmt: skip
    """Up to `limit` entries that come before a position, the latest first."""
    facts = vars(sought)
    asked = [said for name, said in _ASKED.items() if facts[name] is not None and facts[name] is not False]
    asked += [] if sought.quiet else [sql.SQL("NOT e.quiet")]
    asked += [] if sought.imported or sought.streams is not None else [sql.SQL("e.imported IS NULL")]
    query = _PAGE.format(asked=sql.SQL(" AND ").join(asked or [sql.SQL("true")]))
    given = facts | {
        "streams": list(sought.streams or ()),
        "viewer": viewer,
        "roles": roles,
        "before": before,
        "limit": limit,
    }
    return [Found(*row) for row in connection.execute(query, given)]


def streams_of_case(connection: psycopg.Connection, case: UUID, viewer: UUID | None, roles: list[str]) -> list[UUID]:
    """A case and its threads, if the viewer may see it."""
    rows = connection.execute(_OF_CASE, {"case": case, "viewer": viewer, "roles": roles})
    return [stream for (stream,) in rows]


def actors(connection: psycopg.Connection, most: int) -> list[tuple[str, str]]:
    """Up to so many of those who ever recorded something, by REF and name."""
    return connection.execute(_ACTORS, (most,)).fetchall()


def assemblies(connection: psycopg.Connection) -> dict[str, str]:
    """Key -> name of each assembly, as it is now called."""
    return dict(
        connection.execute("SELECT key, name FROM read.directory WHERE kind = 'assembly' ORDER BY sort").fetchall()
    )


def dots(
    connection: psycopg.Connection, day: str, stretches: Sequence[tuple[date, date]], viewer: UUID | None,
    roles: list[str], streams: Sequence[UUID] | None = None, most: int = 4,
) -> dict[int, int]:  # fmt: skip
    """Place of a stretch of days -> how many entries are of it, counted up to `most`. `day`: `recorded` or `happened`."""
    query = sql.SQL(_DOTS).format(seen=sql.SQL(_SEEN), day=sql.Identifier(day))
    given = {"firsts": [first for first, _ in stretches], "lasts": [last for _, last in stretches], "viewer": viewer,
             "roles": roles, "most": most, "streams": None if streams is None else list(streams)}  # fmt: skip
    return {place - 1: n for place, n in connection.execute(query, given)}
