"""Reads the log: the only source of every projection, in the order of positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg

from domain.base import Recorded
from domain.codec import open as open_event

EVERYTHING = 2**62

_ENTRIES = """SELECT e.stream, e.version, e.topic, e.data, e.actor, e.command_id, e.recorded_at, l.position, l.logged_at
                FROM suivi.log l JOIN suivi.events e USING (stream, version)"""
_AFTER = f"{_ENTRIES} WHERE l.position > %s ORDER BY l.position LIMIT %s"
_OF_STREAMS = f"{_ENTRIES} WHERE l.stream = ANY (%s) AND l.position <= %s ORDER BY l.stream, l.version"


def after(connection: psycopg.Connection, position: int, limit: int) -> list[Recorded]:
    """The entries that follow a position, in order."""
    return _read(connection, _AFTER, (position, limit))


def of_streams(connection: psycopg.Connection, streams: Iterable[UUID], upto: int = EVERYTHING) -> list[Recorded]:
    """The whole history of some streams up to a position, stream by stream, each in order."""
    return _read(connection, _OF_STREAMS, (list(streams), upto))


def histories(connection: psycopg.Connection, streams: Iterable[UUID], upto: int = EVERYTHING) -> list[list[Recorded]]:
    """The same, one list for each stream that has events."""
    entries = of_streams(connection, streams, upto)
    return [list(history) for _, history in groupby(entries, key=lambda entry: entry.originator_id)]


def size(connection: psycopg.Connection) -> int:
    """The last position; 0 for an empty log."""
    row = connection.execute("SELECT size FROM suivi.log_head").fetchone()
    return int(row[0]) if row else 0


def position_at(connection: psycopg.Connection, instant: Any) -> int:
    """The last position whose `logged_at` is not after the instant: what was known then, for ever the same."""
    row = connection.execute(
        "SELECT coalesce(max(position), 0) FROM suivi.log WHERE logged_at = "
        "(SELECT max(logged_at) FROM suivi.log WHERE logged_at <= %s)", (instant,)
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else 0


def beginnings(connection: psycopg.Connection, streams: Iterable[UUID]) -> dict[UUID, str]:
    """Stream -> the name of its first event, whatever its revision."""
    rows = connection.execute(
        "SELECT stream, split_part(topic, '.', 1) FROM suivi.events WHERE version = 1 AND stream = ANY (%s)", (list(streams),)
    )
    return dict(rows.fetchall())


def streams_beginning_with(connection: psycopg.Connection, topics: Sequence[str]) -> Iterator[UUID]:
    """The streams whose first event is of these topics, whatever its revision, in the order of their beginning in the log."""
    rows = connection.execute(
        "SELECT e.stream FROM suivi.events e JOIN suivi.log l USING (stream, version)"
        " WHERE e.version = 1 AND split_part(e.topic, '.', 1) = ANY (%s) ORDER BY l.position", (list(topics),)
    )  # fmt: skip
    return (stream for (stream,) in rows)


def streams_with(connection: psycopg.Connection, topic: str, position: int) -> Iterator[UUID]:
    """The streams that hold an event of a topic after a position."""
    rows = connection.execute(
        "SELECT DISTINCT stream FROM suivi.events JOIN suivi.log USING (stream, version)"
        " WHERE split_part(topic, '.', 1) = %s AND position > %s", (topic, position),
    )  # fmt: skip
    return (stream for (stream,) in rows)


def _read(connection: psycopg.Connection, query: Any, parameters: tuple[Any, ...]) -> list[Recorded]:
    rows = connection.cursor(binary=True).execute(query, parameters, prepare=True)
    return [
        Recorded(stream, version, open_event(topic, data), actor, command, recorded_at, position, logged_at)
        for stream, version, topic, data, actor, command, recorded_at, position, logged_at in rows
    ]
