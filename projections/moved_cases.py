"""Which cases something was recorded of between two entries of the log: the case itself, or one of its threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

_OF_CASES = """
  FROM read.cases c
 WHERE suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
   AND (c.case_id IN (SELECT case_id FROM threaded)
        OR c.position > %(start)s AND (c.position <= %(end)s OR EXISTS (
               SELECT FROM suivi.log l WHERE l.stream = c.case_id AND l.position > %(start)s AND l.position <= %(end)s)))"""

_THREADED = """
WITH threaded AS MATERIALIZED (
    SELECT DISTINCT unnest(d.cases) AS case_id FROM read.demarches d
     WHERE d.position > %(start)s AND (d.position <= %(end)s OR EXISTS (
               SELECT FROM suivi.log l WHERE l.stream = d.demarche_id AND l.position > %(start)s AND l.position <= %(end)s)))"""

_PAGE = sql.SQL(
    f"{_THREADED} SELECT c.case_id, c.place, c.visibility {_OF_CASES} AND (c.place, c.case_id) > (%(place)s, %(case)s)"
    " ORDER BY c.place, c.case_id LIMIT %(limit)s"
)
_COUNT = sql.SQL(f"{_THREADED} SELECT count(*) {_OF_CASES}")

# Those that were there, and of which nothing was recorded in between.
_STILL = sql.SQL(f"""{_THREADED}
SELECT count(*) FROM read.cases c
 WHERE suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s) AND NOT (c.withdrawn AND c.position <= %(start)s)
   AND c.case_id NOT IN (SELECT case_id FROM threaded)
   AND (c.position <= %(start)s OR c.position > %(end)s AND (
            SELECT min(l.position) <= %(start)s AND bool_and(l.position <= %(start)s OR l.position > %(end)s)
              FROM suivi.log l WHERE l.stream = c.case_id))""")

FIRST = "", UUID(int=0)


class Place(NamedTuple):
    """A case, where it stands among the others, and whom it is shown to."""

    case: UUID
    place: str
    visibility: str


@dataclass(frozen=True)
class Between:
    """After the entry `start`, up to the entry `end`, as far as the viewer may see."""

    start: int
    end: int
    viewer: UUID | None
    roles: list[str]


def moved_cases(
    connection: psycopg.Connection, between: Between, after: tuple[str, UUID] = FIRST, limit: int = 50
) -> list[Place]:
    """Up to `limit` of them, by assembly and number, that follow a place."""
    asked = vars(between) | {"place": after[0], "case": after[1], "limit": limit}
    return [Place(*row) for row in connection.execute(_PAGE, asked)]


def count_moved(connection: psycopg.Connection, between: Between) -> int:
    """How many they are."""
    row = connection.execute(_COUNT, vars(between)).fetchone()
    return int(row[0]) if row else 0


def count_still(connection: psycopg.Connection, between: Between) -> int:
    """How many cases were there of which nothing was recorded in between."""
    row = connection.execute(_STILL, vars(between)).fetchone()
    return int(row[0]) if row else 0
