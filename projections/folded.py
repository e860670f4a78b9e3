"""A projection of one row for each stream of a kind, made anew from its whole history whatever is told of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

import psycopg
from psycopg import sql

from domain.base import Event, Recorded
from projections import log
from projections.follower import Tables, touched

STREAMS = 200  # histories read at once when filling


class Folded(ABC):
    """For streams that are short. The table is named after the projection, its first column is `key`, the stream."""

    name: str
    version: int
    tables: Mapping[str, str]
    indexes: Sequence[str]
    begins: ClassVar[type[Event]]
    """What a stream of the kind begins with."""
    key: ClassVar[str]
    upsert: ClassVar[str]
    """The statement that writes a row, `{}` being the table."""

    @staticmethod
    @abstractmethod
    def row(history: list[Recorded]) -> tuple[Any, ...]:
        """The row of a stream, in the order of its columns."""

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        begun = {entry.originator_id for entry in entries if isinstance(entry.event, self.begins)}
        table, key = tables[self.name], sql.Identifier(self.key)
        query = sql.SQL("SELECT {} FROM {} WHERE {} = ANY (%s)").format(key, table, key)
        known = {stream for (stream,) in connection.execute(query, (touched(entries),))}
        if streams := [stream for stream in touched(entries) if stream in begun | known]:
            self._write(connection, tables, streams, entries[-1].position or 0)

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        streams = list(log.streams_beginning_with(connection, [self.begins.__name__]))
        for start in range(0, len(streams), STREAMS):
            self._write(connection, tables, streams[start : start + STREAMS], upto)
        progress(upto)

    def forget(self) -> None:  # noqa: B027 - there is nothing to forget
        """It remembers nothing."""

    def _write(self, connection: psycopg.Connection, tables: Tables, streams: list[UUID], upto: int) -> None:
        rows = [self.row(history) for history in log.histories(connection, streams, upto)]
        with connection.cursor() as cursor:
            cursor.executemany(sql.SQL(self.upsert).format(tables[self.name]), rows)
