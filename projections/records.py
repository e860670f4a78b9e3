"""The records: `read.records`, one row each, as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from msgspec import json

from domain.base import Recorded
from domain.record.events import RecordCreated
from domain.record.record import Record
from projections.folded import Folded
from projections.record_rows import shape


class Records(Folded):
    """A record is short."""

    name = "records"
    version = 1
    tables: Mapping[str, str] = {
        "records": """record_id uuid PRIMARY KEY, number integer NOT NULL, kind text NOT NULL, withdrawn boolean NOT NULL,
                      row json NOT NULL, position bigint NOT NULL"""
    }
    indexes: Sequence[str] = ("CREATE INDEX ON {records} (number)", "CREATE INDEX ON {records} (kind, number)")

    begins = RecordCreated
    key = "record_id"
    upsert = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s)
                ON CONFLICT (record_id) DO UPDATE SET kind = EXCLUDED.kind, withdrawn = EXCLUDED.withdrawn,
                row = EXCLUDED.row, position = EXCLUDED.position"""

    @staticmethod
    def row(history: list[Recorded]) -> tuple[Any, ...]:
        record = Record.fold(history)
        shown = shape(record)
        told = json.encode(shown).decode()
        return record.id, shown["number"], shown["kind"], record.withdrawn, told, history[-1].position


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
