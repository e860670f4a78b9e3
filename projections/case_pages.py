"""One page of the list of cases as they stand, in its order, from where the last page ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg

from workflows.library import library

SCANNED = 500  # rows read at once where a query looks into their words


@dataclass(frozen=True)
class Sought:
    """Which cases: in a state, open and due before a day, followed by someone, referred to a body. Null: all."""

    state: str | None = None
    due_before: date | None = None
    owner: UUID | None = None
    body: UUID | None = None


_PAGE = """
SELECT place, row FROM read.cases
 WHERE NOT withdrawn AND place > %(after)s AND suivi.may_see(visibility, people, %(viewer)s, %(roles)s)
   AND (%(state)s::text IS NULL OR state = %(state)s)
   AND (%(due_before)s::date IS NULL OR due_day < %(due_before)s AND (row->>'kind') || ' ' || state <> ALL (%(finals)s))
   AND (%(owner)s::uuid IS NULL OR owner = %(owner)s)
   AND (%(body)s::uuid IS NULL OR %(body)s = ANY (bodies))
 ORDER BY place LIMIT %(limit)s"""


def page_of_cases(
    connection: psycopg.Connection, sought: Sought, after: str, limit: int, viewer: UUID | None, roles: list[str],
    fits: Callable[[dict[str, Any]], bool] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Up to `limit` rows that follow a place. `fits` says of a row what the database cannot: those that do not are
    passed over."""
    asked = {"state": sought.state, "due_before": sought.due_before, "owner": sought.owner, "body": sought.body,
             "viewer": viewer, "roles": roles, "finals": _finals()}  # fmt: skip
    found: list[dict[str, Any]] = []
    for row in _rows(connection, asked, after, limit if fits is None else SCANNED):
        if fits is None or fits(row):
            found.append(row)
        if len(found) == limit:
            break
    return found


def _rows(connection: psycopg.Connection, asked: dict[str, Any], after: str, batch: int) -> Iterator[dict[str, Any]]:
    while True:
        rows = connection.execute(_PAGE, {**asked, "after": after, "limit": batch}, prepare=True).fetchall()
        for _, row in rows:
            yield row | {"final": f"{row['kind']} {row['state']}" in asked["finals"]}
        if len(rows) < batch:
            return
        after = rows[-1][0]


def _finals() -> list[str]:
    """“kind state”, for each state in which nothing more is expected of a case of that kind."""
    kinds = {workflow.definition.workflow for workflow in library()}
    latest = {kind: library().latest(kind) for kind in kinds}
    return sorted(f"{kind} {state}" for kind, workflow in latest.items() for state in workflow.states
                  if workflow.is_final(state))  # fmt: skip
