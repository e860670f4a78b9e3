"""The lists of cases: as they stand, or as they stood at the two times (`docs/adr/0004-two-times.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from domain.case.events import Part
from domain.case.rules import completion_of_case, state_of_case
from projections.log import EVERYTHING
from workflows.library import library


@dataclass(frozen=True)
class Known:
    """What is read: the log up to `position` (null: all of it), and of that what had happened by the end of `day`."""

    position: int | None = None
    day: date | None = None


_CURRENT = """SELECT {row} FROM read.cases
               WHERE NOT withdrawn AND suivi.may_see(visibility, people, %(viewer)s, %(roles)s)"""

# Who may see a case is asked of the present, whatever the time read about.
_KNOWN = """
WITH seen AS (
    SELECT case_id FROM read.cases
     WHERE suivi.may_see(visibility, people, %(viewer)s, %(roles)s) {only}
), known AS (
    SELECT s.* FROM read.case_states s JOIN seen USING (case_id)
     WHERE known_from <= %(position)s AND (known_until IS NULL OR known_until > %(position)s)
       AND effective_day <= %(day)s
), shown AS (
    SELECT DISTINCT ON (case_id) case_id, row FROM known WHERE row IS NOT NULL
     ORDER BY case_id, position DESC
), last AS (
    SELECT DISTINCT ON (case_id, label) case_id, label, value
      FROM known, jsonb_each(sets) AS part(label, value)
     WHERE sets IS NOT NULL ORDER BY case_id, label, position DESC
), parts AS (
    SELECT case_id, jsonb_object_agg(label, value) AS sets FROM last GROUP BY case_id
), begun AS (
    SELECT case_id FROM known WHERE version = 1
)
SELECT {row}, sets FROM begun JOIN shown USING (case_id) JOIN parts USING (case_id)
"""

_KEPT = ("ref", "home", "assembly", "numbers", "state", "workflow", "parts", "visibility")
_OUTLINE = "json_build_object('id', case_id, {})".format(", ".join(f"'{key}', row->'{key}'" for key in _KEPT))
_ONLY = "AND case_id = ANY (%(only)s)"


def current_cases(connection: psycopg.Connection, viewer: UUID | None, roles: list[str]) -> list[dict[str, Any]]:
    """Every case that the viewer may see, as it stands."""
    rows = connection.execute(_CURRENT.format(row="row"), {"viewer": viewer, "roles": roles}, prepare=True)
    return [_final(row) for (row,) in rows]


def known_cases(
    connection: psycopg.Connection, known: Known, viewer: UUID | None, roles: list[str],
    only: Sequence[UUID] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The same as it stood; state, parts and completion are exact, the rest as last known by that day. `only`: of these
    cases."""
    return [_final(row) for row in _known(connection, "row", known, viewer, roles, only)]


def _known(
    connection: psycopg.Connection, row: str, known: Known, viewer: UUID | None, roles: list[str],
    only: Sequence[UUID] | None = None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    position = EVERYTHING if known.position is None else known.position
    asked = {"viewer": viewer, "roles": roles, "position": position, "day": known.day or date.max, "only": list(only or ())}
    rows = connection.execute(_KNOWN.format(row=row, only="" if only is None else _ONLY), asked, prepare=True)
    return (_as_set(row, sets) for row, sets in rows if row)


class Outline(NamedTuple):
    """The least of a case that says where it stands: `home` is its assembly or its plan; `named`: it is for some people."""

    id: UUID
    ref: str
    home: str
    assembly: str | None
    numbers: tuple[str, ...]
    state: str
    named: bool


def outlines(
    connection: psycopg.Connection, known: Known, viewer: UUID | None, roles: list[str]
) -> Iterator[Outline]:
    """Of every case that the viewer may see, as it stands or stood."""
    if known == Known():
        found = connection.execute(_CURRENT.format(row=_OUTLINE), {"viewer": viewer, "roles": roles}, prepare=True)
        rows: Iterable[dict[str, Any]] = (row for (row,) in found)
    else:
        rows = _known(connection, _OUTLINE, known, viewer, roles)
    return (
        Outline(UUID(row["id"]), row["ref"], intern(row["home"]), row["assembly"] and intern(row["assembly"]),
                tuple(row["numbers"]), intern(row["state"]), row["visibility"] == "named")
        for row in rows
    )  # fmt: skip


def _as_set(row: dict[str, Any], sets: dict[str, tuple[str, str | None]]) -> dict[str, Any]:
    """The row with the state, the parts and the completion that the events themselves set."""
    numbers = {part["label"]: tuple(part["numbers"]) for part in row["parts"]}
    parts = [Part(label, numbers[label], *_state(sets[label])) for label in numbers if sets.get(label)]
    state = state_of_case(parts, lambda state: is_final(row["workflow"], state))
    shown = [{"label": p.label, "numbers": list(p.numbers), "state": p.state, "completion": p.completion} for p in parts]
    return row | {"state": state, "completion": completion_of_case(parts, state), "parts": shown}


def _state(value: tuple[str, str | None]) -> tuple[str, str, str | None]:
    state, completion = value
    return state, state, completion


def _final(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"final": is_final(row["workflow"], row["state"])}


def is_final(rules: str, state: str) -> bool:
    """Whether nothing more is expected of a case in that state, under those rules (a version or a kind)."""
    return library().knowing(rules, state).is_final(state)


def names_of(connection: psycopg.Connection, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """id -> the REF and the name of an entry of the directory, as they now are."""
    rows = connection.execute(
        "SELECT entry, kind, key, name FROM read.directory WHERE entry = ANY (%s::uuid[])", (list(set(ids)),)
    )
    return {str(entry): {"ref": f"{kind}:{key}", "name": name} for entry, kind, key, name in rows}


def refs_of(
    connection: psycopg.Connection, ids: Iterable[str], viewer: UUID | None, roles: list[str]
) -> dict[str, str]:
    """id -> the REF of a case, of those that the viewer may see."""
    rows = connection.execute(
        "SELECT case_id, ref FROM read.cases WHERE case_id = ANY (%s::uuid[]) AND suivi.may_see(visibility, people, %s, %s)",
        (list(ids), viewer, roles),
    )
    return {str(case): ref for case, ref in rows}


def seen_of(
    connection: psycopg.Connection, cases: Iterable[UUID], viewer: UUID | None, roles: list[str]
) -> set[UUID]:
    """Of some cases, those that the viewer may see."""
    rows = connection.execute(
        "SELECT case_id FROM read.cases WHERE case_id = ANY (%s) AND suivi.may_see(visibility, people, %s, %s)",
        (list(cases), viewer, roles),
    )
    return {case for (case,) in rows}


def may_see(connection: psycopg.Connection, case: UUID, viewer: UUID | None, roles: list[str]) -> bool:
    """Whether the viewer may see one case; false for one that is not there."""
    row = connection.execute(
        "SELECT suivi.may_see(visibility, people, %s, %s) FROM read.cases WHERE case_id = %s", (viewer, roles, case)
    ).fetchone()
    return bool(row and row[0])
