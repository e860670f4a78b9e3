"""One page of the list of cases as they stand, in an order of its own, from where the last page ended. Only the
conditions that are asked stand in the query, so that the database finds its index for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.range import Range

SCANNED = 500  # rows read at once where a query looks into their words

Row = dict[str, Any]


@dataclass(frozen=True)
class Sought:
    """Which cases: in a state; open and due before a day; open and late on a day; followed by someone, referred to a
    body, of an assembly; whose turn it is; open or closed; that nobody follows; received from a day on; open, of which
    nothing was heard since a day; with a state to be established; of these REFs; with a date in these days. Null: all."""

    state: str | None = None
    due_before: date | None = None
    late_on: date | None = None
    owner: UUID | None = None
    body: UUID | None = None
    assembly: str | None = None
    turn: str | None = None
    final: bool | None = None
    ownerless: bool | None = None
    received_from: date | None = None
    silent_since: date | None = None
    standing: bool | None = None
    proposed: bool | None = None
    refs: Sequence[str] | None = None
    dated: Range[date] | None = None

    def asked(self) -> dict[str, Any]:
        """What is asked, by name."""
        return {name: value for name, value in vars(self).items() if value is not None}


# What each condition is compared with stands in its braces.
CONDITIONS: Mapping[str, sql.SQL] = {
    "state": sql.SQL("state = {}"),
    "due_before": sql.SQL("due_day < {} AND NOT final"),
    "late_on": sql.SQL("late_on <= {}"),
    "owner": sql.SQL("owner = {}"),
    "body": sql.SQL("bodies @> ARRAY[{}::uuid]"),
    "assembly": sql.SQL("assembly = {}"),
    "turn": sql.SQL("turn = {}"),
    "final": sql.SQL("final = {}"),
    "ownerless": sql.SQL("owner IS NULL AND NOT final AND {}"),
    "received_from": sql.SQL("received >= {}"),
    "silent_since": sql.SQL("heard <= {} AND NOT final"),
    "standing": sql.SQL("standing = {} AND NOT final"),
    "proposed": sql.SQL("proposed > 0 AND {}"),
    "refs": sql.SQL("ref = ANY ({})"),
    "dated": sql.SQL("days && {} AND NOT isempty(days)"),
}
SEEN = sql.SQL("NOT withdrawn AND suivi.may_see(visibility, people, %(viewer)s, %(roles)s)")

# Each order ends with the place, which no two cases share.
_DUE, _SINCE = sql.SQL("coalesce(due_day, 'infinity')"), sql.SQL("coalesce(since, 'infinity')")
# `any`: as they come, for those who want only some.
ORDERS: Mapping[str, sql.Composable | None] = {"number": None, "due": _DUE, "wait": _SINCE, "any": None}

_PAGE = sql.SQL("""
SELECT case_id, {key} AS key, place, row, final, turn, since, late_on, facts FROM read.cases
 WHERE {seen} AND {asked} AND {following} ORDER BY {order} LIMIT %(limit)s""")


class Found(NamedTuple):
    """A case of a list. `key`: where it stands in the order of the list; `row`: as the contract shapes it, with `final`."""

    id: UUID
    key: list[str]
    row: Row
    turn: str
    since: date | None
    late_on: date | None
    facts: Row


class Reading(NamedTuple):
    """Who reads, and in which roles."""

    viewer: UUID | None
    roles: list[str]


def asked_of(sought: Sought, prefix: str = "") -> sql.Composable:
    """The conditions that are asked, together; what they are compared with is named with the prefix."""
    each = [CONDITIONS[name].format(sql.Placeholder(prefix + name)) for name in sought.asked()]
    return sql.SQL(" AND ").join(each) if each else sql.SQL("true")


def cases_found(
    connection: psycopg.Connection, reading: Reading, sought: Sought, after: Sequence[str] | None, limit: int,
    order: str = "number", words: sql.Composable | None = None,
) -> list[Found]:  # fmt: skip
    """Up to `limit` cases that follow a place; `words`: one more condition of theirs."""
    asked = {**sought.asked(), **_after(after), **reading._asdict(), "limit": limit}
    rows = connection.execute(_query(sought, order, after, words), asked, prepare=False)  # a plan for each
    return [_found(row, order) for row in rows]


def cases_by_state(
    connection: psycopg.Connection, reading: Reading, sought: Sought, states: Sequence[str], limit: int,
    words: sql.Composable | None = None,
) -> list[Found]:  # fmt: skip
    """The first cases of each state, up to `limit` of each: a question of its own for each state, so that each finds its
    index."""
    wanted = [replace(sought, state=state) for state in states if sought.state in (None, state)]
    each = [sql.SQL("({})").format(_query(one, "number", None, words, f"s{n}_")) for n, one in enumerate(wanted)]
    if not each:
        return []
    asked = {f"s{n}_{name}": value for n, one in enumerate(wanted) for name, value in one.asked().items()}
    query = sql.SQL(" UNION ALL ").join(each)
    rows = connection.execute(query, {**asked, **reading._asdict(), "limit": limit}, prepare=False)
    return [_found(row, "number") for row in rows]


def _found(listed: Sequence[Any], order: str) -> Found:
    id, key, place, row, final, turn, since, late, facts = listed
    return Found(id, [str(key), place] if ORDERS[order] else [place], row | {"final": final}, turn, since, late, facts)


def _query(
    sought: Sought, order: str, after: Sequence[str] | None, words: sql.Composable | None, prefix: str = ""
) -> sql.Composed:
    first, asked = ORDERS[order], asked_of(sought, prefix)
    asked = asked if words is None else sql.SQL("{} AND {}").format(asked, words)
    following: sql.Composable = sql.SQL("true")
    if after is not None:
        following = sql.SQL("({}, place) > (%(first)s::text::date, %(place)s)").format(first) if first else _FOLLOWING
    return _PAGE.format(
        key=(sql.SQL("({})::text").format(first) if first else sql.SQL("''")), seen=SEEN, asked=asked, following=following,
        order=_order(order),
    )  # fmt: skip


def _order(name: str) -> sql.Composable:
    first = ORDERS[name]
    if name == "any":
        return sql.SQL("NULL::int")
    return sql.SQL("{}, place").format(first) if first else sql.SQL("place")


_FOLLOWING = sql.SQL("place > %(place)s")


def _after(after: Sequence[str] | None) -> dict[str, str]:
    return {} if after is None else {"first": after[0], "place": after[-1]}


def page_of_cases(
    connection: psycopg.Connection, sought: Sought, after: str, limit: int, viewer: UUID | None, roles: list[str],
    fits: Callable[[Row], bool] | None = None,
) -> list[Row]:  # fmt: skip
    """Up to `limit` rows that follow a place. `fits` says of a row what the database cannot: those that do not are
    passed over."""
    found: list[Row] = []
    for row in _rows(connection, Reading(viewer, roles), sought, after, limit if fits is None else SCANNED):
        if fits is None or fits(row):
            found.append(row)
        if len(found) == limit:
            break
    return found


def _rows(connection: psycopg.Connection, reading: Reading, sought: Sought, after: str, batch: int) -> Iterator[Row]:
    while True:
        found = cases_found(connection, reading, sought, [after], batch)
        yield from (one.row for one in found)
        if len(found) < batch:
            return
        after = found[-1].key[-1]
