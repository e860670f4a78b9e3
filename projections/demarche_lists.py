"""The lists of threads: page by page as they stand, and which cases of each a viewer may see. A thread is seen by
whoever may see at least one of its cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

LAST = date.max.isoformat()  # where a thread stands of which nobody knows since when it waits

Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which threads. Null: all. `cases`: those of any of them; `oldest`: those that have waited longest first, else by
    number."""

    unanswered: bool = False
    state: str | None = None
    turn: str | None = None
    office: UUID | None = None
    case: UUID | None = None
    owner: UUID | None = None
    number: int | None = None
    oldest: bool = False
    cases: Sequence[UUID] | None = None


_SEEN = """
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('id', c.case_id, 'ref', c.ref, 'title', c.row->'title', 'owner', c.row->'owner')
                    ORDER BY array_position(d.cases, c.case_id)) AS cases
      FROM read.cases c
     WHERE c.case_id = ANY (d.cases) AND NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
) AS seen"""

_PAGE = f"""
SELECT page.row, page.cases, page.since::text, (
           SELECT json_agg('demarche:' || o.number ORDER BY o.number) FROM read.demarches o
            WHERE o.mailing = page.mailing AND o.number <> page.number)
  FROM (
    SELECT d.row, d.number, d.mailing, seen.cases,
           CASE WHEN %(oldest)s THEN coalesce(d.since, %(last)s::date) ELSE %(last)s::date END AS since
      FROM read.demarches d {_SEEN}
     WHERE seen.cases IS NOT NULL
       AND (NOT %(unanswered)s OR d.unanswered)
       AND (%(of_number)s::int IS NULL OR d.number = %(of_number)s)
       AND (%(state)s::text IS NULL OR d.state = %(state)s)
       AND (%(turn)s::text IS NULL OR d.turn = %(turn)s)
       AND (%(office)s::uuid IS NULL OR d.office = %(office)s)
       AND (%(case)s::uuid IS NULL OR d.cases @> ARRAY[%(case)s::uuid])
       AND (%(cases)s::uuid[] IS NULL OR d.cases && %(cases)s::uuid[])
       AND (%(owner)s::uuid IS NULL OR %(owner)s::uuid = coalesce(d.owner, (
           SELECT (one->'owner'->>'id')::uuid FROM json_array_elements(seen.cases) WITH ORDINALITY AS each(one, place)
            WHERE one->'owner'->>'id' IS NOT NULL ORDER BY place LIMIT 1)))
  ) AS page
 WHERE (page.since, page.number) > (%(since)s::date, %(number)s)
 ORDER BY page.since, page.number LIMIT %(limit)s"""

_CASES = f"SELECT d.demarche_id, seen.cases FROM read.demarches d {_SEEN} WHERE seen.cases IS NOT NULL"
_REFS = f"""
SELECT d.demarche_id, d.number FROM read.demarches d {_SEEN}
 WHERE seen.cases IS NOT NULL AND d.demarche_id = ANY (%(ids)s::uuid[])"""

FIRST = "0001-01-01", 0  # the place before every thread


class Listed(NamedTuple):
    """A thread in a list: its row, those of its cases that are seen (with their REFs, titles and owners), the other
    threads of its mailing, and the day that it stands at in the list."""

    row: Row
    cases: list[Row]
    since: str
    mailing: list[str]


def page_of_threads(
    connection: psycopg.Connection, wanted: Wanted, viewer: UUID | None, roles: list[str],
    after: tuple[str, int] = FIRST, limit: int | None = None,
) -> list[Listed]:  # fmt: skip
    """Up to `limit` threads that follow a place, as they stand."""
    place = {"since": after[0], "number": after[1], "limit": limit, "last": LAST}
    asked = {**vars(wanted), "of_number": wanted.number, **place, "viewer": viewer, "roles": roles}
    rows = connection.execute(_PAGE, asked, prepare=True)
    return [Listed(row, cases, since, mailing or []) for row, cases, since, mailing in rows]


def cases_of_threads(connection: psycopg.Connection, viewer: UUID | None, roles: list[str]) -> dict[UUID, list[Row]]:
    """Thread -> those of its cases that the viewer may see; threads without any are left out."""
    return dict(connection.execute(_CASES, {"viewer": viewer, "roles": roles}, prepare=True).fetchall())


def refs_of_threads(
    connection: psycopg.Connection, ids: Iterable[str], viewer: UUID | None, roles: list[str]
) -> dict[str, str]:
    """id -> the REF of a thread, of those that the viewer may see."""
    rows = connection.execute(_REFS, {"ids": list(ids), "viewer": viewer, "roles": roles}, prepare=True)
    return {str(thread): f"demarche:{number}" for thread, number in rows}


def streams_of_threads(connection: psycopg.Connection, numbers: Sequence[int]) -> dict[int, UUID]:
    """Number -> thread, whoever asks."""
    rows = connection.execute("SELECT number, demarche_id FROM read.demarches WHERE number = ANY (%s)", (list(numbers),))
    return dict(rows.fetchall())


_COUNTS = f"""
SELECT count(*), count(*) FILTER (WHERE d.unanswered), count(*) FILTER (WHERE d.turn = 'them'),
       count(*) FILTER (WHERE d.turn = 'us')
  FROM read.demarches d {_SEEN}
 WHERE seen.cases IS NOT NULL
   AND (%(office)s::text IS NULL
        OR d.office = (SELECT o.entry FROM read.directory o WHERE o.kind || ':' || o.key = %(office)s))"""
_OFFICES = f"""
SELECT o.kind || ':' || o.key, o.name, count(*), count(*) FILTER (WHERE d.unanswered)
  FROM read.demarches d JOIN read.directory o ON o.entry = d.office {_SEEN}
 WHERE seen.cases IS NOT NULL GROUP BY 1, 2"""


def counts_of_threads(
    connection: psycopg.Connection, office: str | None, viewer: UUID | None, roles: list[str]
) -> dict[str, int]:
    """How many threads the viewer may see, of one office (its REF) or of all: `all`, `unanswered`, `them`, `us`."""
    row = connection.execute(_COUNTS, {"office": office, "viewer": viewer, "roles": roles}, prepare=True).fetchone()
    return dict(zip(("all", "unanswered", "them", "us"), row or (0, 0, 0, 0), strict=True))


def offices_of_threads(connection: psycopg.Connection, viewer: UUID | None, roles: list[str]) -> list[tuple[str, str]]:
    """REF and name of each office that a thread which the viewer may see is with."""
    rows = connection.execute(_OFFICES, {"viewer": viewer, "roles": roles}, prepare=True)
    return [(ref, name) for ref, name, _, _ in rows]


def threads_by_office(
    connection: psycopg.Connection, viewer: UUID | None, roles: list[str]
) -> dict[str, tuple[int, int]]:
    """REF of an office -> how many threads with it the viewer may see, and how many of these are unanswered."""
    rows = connection.execute(_OFFICES, {"viewer": viewer, "roles": roles}, prepare=True)
    return {ref: (threads, unanswered) for ref, _, threads, unanswered in rows}
