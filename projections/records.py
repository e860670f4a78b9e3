"""The records: `read.records`, one row each, as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg
from msgspec import json
from psycopg import sql

from domain.base import Recorded
from domain.record.events import RecordCreated
from domain.record.record import Record
from projections import log
from projections.follower import Tables, touched
from projections.record_rows import shape

STREAMS = 200  # histories read at once when filling


class Records:
    """A record is short: whatever is told of it, its row is made anew from its whole history."""

    name = "records"
    version = 1
    tables: Mapping[str, str] = {
        "records": """record_id uuid PRIMARY KEY, number integer NOT NULL, kind text NOT NULL, withdrawn boolean NOT NULL,
                      row json NOT NULL, position bigint NOT NULL"""
    }
    indexes: Sequence[str] = ("CREATE INDEX ON {records} (number)", "CREATE INDEX ON {records} (kind, number)")

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        begun = {entry.originator_id for entry in entries if isinstance(entry.event, RecordCreated)}
        query = sql.SQL("SELECT record_id FROM {} WHERE record_id = ANY (%s)").format(tables["records"])
        known = {stream for (stream,) in connection.execute(query, (touched(entries),))}
        if streams := [stream for stream in touched(entries) if stream in begun | known]:
            self._write(connection, tables, streams, entries[-1].position or 0)

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        streams = list(log.streams_beginning_with(connection, [RecordCreated.__name__]))
        for start in range(0, len(streams), STREAMS):
            self._write(connection, tables, streams[start : start + STREAMS], upto)
        progress(upto)

    def forget(self) -> None:
        """It remembers nothing."""

    def _write(self, connection: psycopg.Connection, tables: Tables, streams: list[UUID], upto: int) -> None:
        rows = [_row(history) for history in log.histories(connection, streams, upto)]
        with connection.cursor() as cursor:
            cursor.executemany(sql.SQL(_UPSERT).format(tables["records"]), rows)


_UPSERT = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s)
             ON CONFLICT (record_id) DO UPDATE SET kind = EXCLUDED.kind, withdrawn = EXCLUDED.withdrawn,
             row = EXCLUDED.row, position = EXCLUDED.position"""


def _row(history: list[Recorded]) -> tuple[Any, ...]:
    record = Record.fold(history)
    shown = shape(record)
    return (
        record.id,
        shown["number"],
        shown["kind"],
        record.withdrawn,
        json.encode(shown).decode(),
        history[-1].position,
    )


_LISTED = """
SELECT row FROM read.records
 WHERE NOT withdrawn AND number > %(after)s AND (%(kind)s::text IS NULL OR kind = %(kind)s)
 ORDER BY number LIMIT %(limit)s"""


def listed(
    connection: psycopg.Connection, kind: str | None = None, after: int = 0, limit: int | None = None
) -> list[dict[str, Any]]:
    """The records that stand, by number, of one kind or of all."""
    rows = connection.execute(_LISTED, {"kind": kind, "after": after, "limit": limit}, prepare=True)
    return [row for (row,) in rows]
