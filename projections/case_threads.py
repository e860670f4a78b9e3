"""The threads with offices as their cases count them, kept with the cases so that whose turn it is in each can be looked
for and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from msgspec import json
from psycopg import sql

from domain.base import Recorded
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheSent
from projections import log
from projections.case_turns import Facts, Thread, late_on, thread_of, turn_of
from projections.follower import Tables, touched

STREAMS = 200  # histories read at once when filling

COLUMNS = """demarche_id uuid PRIMARY KEY, cases uuid[] NOT NULL, turn text NOT NULL, since date, facts json NOT NULL"""
INDEXES = ("CREATE INDEX ON {case_threads} USING gin (cases)",)

_UPSERT = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s) ON CONFLICT (demarche_id) DO UPDATE SET
             cases = EXCLUDED.cases, turn = EXCLUDED.turn, since = EXCLUDED.since, facts = EXCLUDED.facts"""


def take(connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> list[Thread]:
    """The threads that some entries touch, as they were and as they now are."""
    if not entries:
        return []
    begun = {entry.originator_id for entry in entries if isinstance(entry.event, DemarcheSent)}
    query = sql.SQL("SELECT * FROM {} WHERE demarche_id = ANY (%s)").format(tables["case_threads"])
    before = [Thread(*row) for row in connection.execute(query, (touched(entries),))]
    known = begun | {thread.id for thread in before}
    if not known:
        return []
    return before + _write(connection, tables, [stream for stream in touched(entries) if stream in known], entries[-1].position)


def fill(connection: psycopg.Connection, tables: Tables, upto: int) -> None:
    """Every thread of the log up to a position."""
    streams = list(log.streams_beginning_with(connection, [DemarcheSent.__name__]))
    for start in range(0, len(streams), STREAMS):
        _write(connection, tables, streams[start : start + STREAMS], upto)


def _write(connection: psycopg.Connection, tables: Tables, streams: list[UUID], upto: int | None) -> list[Thread]:
    threads = [thread_of(Demarche.fold(history)) for history in log.histories(connection, streams, upto or 0)]
    rows = [(*thread[:4], json.encode(thread.facts).decode()) for thread in threads]
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL(_UPSERT).format(tables["case_threads"]), rows)
    return threads


def threads_of(connection: psycopg.Connection, tables: Tables, cases: Iterable[UUID]) -> Mapping[UUID, Sequence[Thread]]:
    """Case -> its threads."""
    return _threads(connection, tables["case_threads"], cases)


def shown_threads(connection: psycopg.Connection, cases: Iterable[UUID]) -> Mapping[UUID, Sequence[Thread]]:
    """Case -> its threads, as lists read them."""
    return _threads(connection, sql.Identifier("read", "case_threads"), cases)


def _threads(connection: psycopg.Connection, table: sql.Composable, cases: Iterable[UUID]) -> dict[UUID, list[Thread]]:
    query = sql.SQL("SELECT * FROM {} WHERE cases && %s ORDER BY demarche_id").format(table)
    found: dict[UUID, list[Thread]] = {}
    for row in connection.execute(query, (list(cases),)):
        for case in (thread := Thread(*row)).cases:
            found.setdefault(case, []).append(thread)
    return found


def retell(connection: psycopg.Connection, tables: Tables, cases: Collection[UUID]) -> None:
    """Says anew whose turn it is in cases of which only threads changed."""
    if not cases:
        return
    query = sql.SQL("SELECT case_id, facts, final, due_day FROM {} WHERE case_id = ANY (%s)").format(tables["cases"])
    threads = threads_of(connection, tables, cases)
    rows = [_retold(row, threads.get(row[0], ())) for row in connection.execute(query, (list(cases),)).fetchall()]
    update = sql.SQL("UPDATE {} SET turn = %s, since = %s, days = %s, late_on = %s WHERE case_id = %s")
    with connection.cursor() as cursor:
        cursor.executemany(update.format(tables["cases"]), rows)


def _retold(row: tuple[UUID, Facts, bool, date | None], threads: Sequence[Thread]) -> tuple[Any, ...]:
    id, facts, final, due = row
    turn = turn_of(facts, threads)
    return (*turn, late_on(final, due, turn.since), id)
