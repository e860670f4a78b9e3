"""The threads with offices: `read.demarches`, one row each, as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg
from msgspec import json
from psycopg import sql

from domain.base import Recorded
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheSent
from projections import log
from projections.demarche_rows import shape
from projections.follower import Tables, touched

STREAMS = 200  # histories read at once when filling


class Demarches:
    """A thread is short: whatever is told of it, its row is made anew from its whole history."""

    name = "demarches"
    version = 2
    tables: Mapping[str, str] = {
        "demarches": """demarche_id uuid PRIMARY KEY, number integer NOT NULL, office uuid, cases uuid[] NOT NULL,
                        state text NOT NULL, final boolean NOT NULL, unanswered boolean NOT NULL, awaits boolean NOT NULL,
                        turn text NOT NULL, owner uuid, since date, mailing uuid, row json NOT NULL, position bigint NOT NULL"""
    }
    indexes: Sequence[str] = (
        "CREATE INDEX ON {demarches} (number)",
        "CREATE INDEX ON {demarches} (office)",
        "CREATE INDEX ON {demarches} (mailing)",
        "CREATE INDEX ON {demarches} USING gin (cases)",
    )

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        begun = {entry.originator_id for entry in entries if isinstance(entry.event, DemarcheSent)}
        query = sql.SQL("SELECT demarche_id FROM {} WHERE demarche_id = ANY (%s)").format(tables["demarches"])
        known = {stream for (stream,) in connection.execute(query, (touched(entries),))}
        if streams := [stream for stream in touched(entries) if stream in begun | known]:
            self._write(connection, tables, streams, entries[-1].position or 0)

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        streams = list(log.streams_beginning_with(connection, [DemarcheSent.__name__]))
        for start in range(0, len(streams), STREAMS):
            self._write(connection, tables, streams[start : start + STREAMS], upto)
        progress(upto)

    def forget(self) -> None:
        """It remembers nothing."""

    def _write(self, connection: psycopg.Connection, tables: Tables, streams: list[UUID], upto: int) -> None:
        rows = [_row(history) for history in log.histories(connection, streams, upto)]
        with connection.cursor() as cursor:
            cursor.executemany(sql.SQL(_UPSERT).format(tables["demarches"]), rows)


_UPSERT = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
             ON CONFLICT (demarche_id) DO UPDATE SET office = EXCLUDED.office, cases = EXCLUDED.cases,
             state = EXCLUDED.state, final = EXCLUDED.final, unanswered = EXCLUDED.unanswered,
             awaits = EXCLUDED.awaits, turn = EXCLUDED.turn, owner = EXCLUDED.owner, since = EXCLUDED.since,
             row = EXCLUDED.row, position = EXCLUDED.position"""


def _row(history: list[Recorded]) -> tuple[Any, ...]:
    demarche = Demarche.fold(history)
    shown = shape(demarche)
    return (
        demarche.id, shown["number"], demarche.office, demarche.cases, demarche.state, demarche.final,
        demarche.unanswered, demarche.awaits, demarche.whose_turn, demarche.owner.id if demarche.owner else None,
        shown["since"], shown["mailing"], json.encode(shown).decode(), history[-1].position,
    )  # fmt: skip
