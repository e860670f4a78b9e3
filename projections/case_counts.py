"""How many cases there are, by assembly, state and whose turn it is: in all, by who follows them, by body. Kept with
the cases, in the same transaction, so that to count costs the same whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from projections.follower import Tables

NOBODY = UUID(int=0)  # stands for whoever follows a case that nobody follows
EVERY = ""  # stands for all assemblies together: they are as many as they are

COLUMNS = """axis text NOT NULL, entry uuid NOT NULL, assembly text NOT NULL, visibility text NOT NULL, state text NOT NULL,
             final boolean NOT NULL, turn text NOT NULL, n bigint NOT NULL,
             PRIMARY KEY (axis, entry, assembly, visibility, state, final, turn)"""

INDEXES = ("CREATE INDEX ON {case_counts} (n) WHERE n = 0",)


class Counted(NamedTuple):
    """What a case is counted by."""

    assembly: str
    visibility: str
    state: str
    final: bool
    turn: str
    owner: UUID | None
    bodies: tuple[UUID, ...]
    withdrawn: bool


Key = tuple[str, UUID, str, str, str, bool, str]


def keys_of(case: Counted) -> list[Key]:
    """The counts that a case is in: `all`, that of its owner, that of each body; of its assembly, and of every one."""
    if case.withdrawn:
        return []
    axes = [("all", NOBODY), ("owner", case.owner or NOBODY), *(("body", body) for body in case.bodies)]
    return [(axis, entry, assembly, *case[1:5]) for axis, entry in axes for assembly in (EVERY, case.assembly)]


def counted(connection: psycopg.Connection, tables: Tables, cases: Iterable[UUID]) -> list[Counted]:
    """What some cases are now counted by."""
    query = sql.SQL(
        "SELECT assembly, visibility, state, final, turn, owner, bodies, withdrawn FROM {} WHERE case_id = ANY (%s)"
    )
    rows = connection.execute(query.format(tables["cases"]), (list(cases),))
    return [Counted._make((*row[:6], tuple(row[6]), row[7])) for row in rows]


def recount(
    connection: psycopg.Connection, tables: Tables, before: Iterable[Counted], after: Iterable[Counted]
) -> None:
    """Takes away what was, adds what is."""
    change: Counter[Key] = Counter(key for case in after for key in keys_of(case))
    change.subtract(key for case in before for key in keys_of(case))
    moved = [(*key, n) for key, n in sorted(change.items(), key=str) if n]
    if not moved:
        return
    table = tables["case_counts"]
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL(_ADD).format(table), moved)
    connection.execute(sql.SQL("DELETE FROM {} WHERE n = 0").format(table))


_ADD = """INSERT INTO {} AS c VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
          ON CONFLICT (axis, entry, assembly, visibility, state, final, turn) DO UPDATE SET n = c.n + EXCLUDED.n"""

_ALL = """
INSERT INTO {counts}
SELECT axis, entry, coalesce(of_assembly, assembly), visibility, state, final, turn, count(*)
  FROM {cases} CROSS JOIN (VALUES (%(every)s::text), (NULL)) AS each (of_assembly) CROSS JOIN LATERAL (
    SELECT 'all' AS axis, %(nobody)s::uuid AS entry
    UNION ALL SELECT 'owner', coalesce(owner, %(nobody)s::uuid)
    UNION ALL SELECT 'body', unnest(bodies)
  ) AS axes WHERE NOT withdrawn
 GROUP BY 1, 2, 3, 4, 5, 6, 7"""


def count_all(connection: psycopg.Connection, tables: Tables) -> None:
    """Counts the cases of tables that were just filled."""
    query = sql.SQL(_ALL).format(counts=tables["case_counts"], cases=tables["cases"])
    connection.execute(query, {"nobody": NOBODY, "every": EVERY})
