"""The event store: the library's application and repository over one append statement of ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    JSONTranscoder,
    Mapper,
    Notification,
    Recording,
    Subscription,
)
from msgspec import json

from domain.aggregate import Aggregate
from domain.base import Recorded
from domain.codec import EventMapper, StoredRow
from domain.errors import Conflict, Unavailable
from projections.due import due_rows
from services.present import Present

PATIENCE = 10.0  # seconds for the server to come back after a crash
A = TypeVar("A", bound=Aggregate)


class VersionConflict(Conflict):
    """Someone else recorded something here at the same moment. Nothing of yours was recorded; look again, then retry."""


class KeyTaken(Conflict):
    """Something already bears this number or this key."""


class StoreFull(Unavailable):
    """The disk of the database is full: nothing of this was recorded. Free some space, then try again."""


class CommandRepeated(Conflict):
    """This command was already recorded."""


class Key(NamedTuple):
    """What may exist only once: (scope, key) -> stream."""

    scope: str
    key: str
    stream: UUID


class Append(NamedTuple):
    """What is stored in one transaction besides the events."""

    command_id: UUID
    actor: UUID
    request: bytes
    keys: Sequence[Key] = ()
    free: Sequence[tuple[str, str]] = ()
    due: bytes | None = None  # the due rows that the events lead to, as JSON
    contents: Mapping[str, bytes] = {}  # of files that the events attach, by their SHA-256


_COLUMNS = "stream, version, topic, data, actor, command_id, recorded_at"  # in the order of StoredRow
_SELECT = f"SELECT {_COLUMNS} FROM suivi.events WHERE stream = %s AND version > %s AND version <= %s ORDER BY version"
_BY_KEY = f"""SELECT {_COLUMNS} FROM suivi.keys JOIN suivi.events USING (stream)
               WHERE scope = %s AND key = %s ORDER BY version"""
_PLACED = """SELECT l.stream, l.version, e.topic, e.data, l.position
               FROM suivi.log l JOIN suivi.events e USING (stream, version)"""
_APPEND = ("SELECT suivi.append(%b::uuid, %b::uuid, %b::bytea, %b::uuid[], %b::int[], %b::text[], %b::bytea[],"
           " %b::text[], %b::text[], %b::text[], %b::text[], %b::uuid[], convert_from(%b, 'UTF8')::jsonb)")  # fmt: skip
_APPEND_ONE = "SELECT suivi.append_one(%b::uuid, %b::uuid, %b::bytea, %b::uuid, %b::int, %b::text, %b::bytea)"
_KEEP = "INSERT INTO suivi.attachments (sha256, content) VALUES (decode(%s, 'hex'), %b) ON CONFLICT DO NOTHING"
_LAST = 2**31 - 1


class Recorder(ApplicationRecorder):
    """Stores and reads events over one connection, which may not be shared by threads."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self.rows = connection.cursor(binary=True, row_factory=_stored_row)

    def insert_events(self, stored_events: Sequence[Any], **more: Any) -> None:
        """One transaction, one statement but for contents: see `services/sql/001_log.sql`. `append` says what is stored
        besides the events. Raises a Conflict, and stores nothing."""
        append: Append = more["append"]
        try:
            with self.connection.transaction() if append.contents else nullcontext():
                self._insert(stored_events, append)
        except psycopg.errors.DiskFull as error:
            raise StoreFull() from error
        except psycopg.errors.UniqueViolation as error:
            raise _conflict(error.diag.constraint_name) from error
        except psycopg.Error as error:
            if error.sqlstate != "SV001":
                raise
            raise VersionConflict() from error

    def _insert(self, stored_events: Sequence[Any], append: Append) -> None:
        """Contents first, in the order of their hashes: they are locked before anything of the append."""
        for each, content in sorted(append.contents.items()):
            self.connection.execute(_KEEP, (each, content))
        if len(stored_events) == 1 and not append.keys and not append.free and append.due is None:
            self.connection.execute(_APPEND_ONE, _parameters_of_one(stored_events[0], append), prepare=True)
        else:
            self.connection.execute(_APPEND, _parameters(stored_events, append), prepare=True)

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None, desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[Any]:  # fmt: skip
        bounds = (originator_id, gt or 0, _LAST if lte is None else lte)
        return self.rows.execute(_SELECT, bounds, prepare=True).fetchall()

    def select_by_key(self, scope: str, key: str) -> Sequence[Any]:
        """The events of the stream behind a key, in the one round trip."""
        return self.rows.execute(_BY_KEY, (scope, key), prepare=True).fetchall()

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:  # fmt: skip
        """The log, by position."""
        first = (start or 1) if inclusive_of_start else (start or 0) + 1
        rows = self.connection.execute(
            f"{_PLACED} WHERE l.position BETWEEN %s AND %s AND (%s::text[] = '{{}}' OR topic = ANY (%s))"
            " ORDER BY l.position LIMIT %s",
            (first, 2**62 if stop is None else stop, list(topics), list(topics), limit),
        )
        return [Notification(stream, version, topic, bytes(data), position)
                for stream, version, topic, data, position in rows]  # fmt: skip

    def max_notification_id(self) -> int | None:
        row = self.connection.execute("SELECT nullif(size, 0) FROM suivi.log_head").fetchone()
        return row[0] if row else None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        raise NotImplementedError("followers poll the log: projections.follower")


class Store(Application[UUID]):
    """Loads aggregates and saves what they decided, over one connection of the writer."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(env={"PERSISTENCE_MODULE": "eventsourcing.popo"})

    def construct_recorder(self) -> ApplicationRecorder:
        return Recorder(psycopg.connect(self.url, autocommit=True))

    @property
    def connection(self) -> psycopg.Connection:
        """The connection, for reading beside what this class offers."""
        assert isinstance(self.recorder, Recorder)
        return self.recorder.connection

    @cached_property
    def request_key(self) -> bytes:
        """What keys the HMAC of the command log."""
        row = self.connection.execute("SELECT request_key FROM suivi.log_head").fetchone()
        assert row
        return bytes(row[0])

    @cached_property
    def present(self) -> Present:
        """The time of the store, and the organisation as it is now."""
        return Present(self)

    def reconnect(self) -> None:
        """A new connection in place of one that was lost; waits a little for a server that recovers."""
        self.connection.close()
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.recorder = self.construct_recorder()
                break
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        self.events = self.construct_event_store()
        self._repository = self.construct_repository()

    def close(self) -> None:
        self.connection.close()
        super().close()

    def construct_mapper(self) -> Mapper[UUID]:
        return EventMapper(JSONTranscoder())  # never asked: the mapper encodes whole events

    def save(self, *objs: Any, **kwargs: Any) -> list[Recording[UUID]]:
        """Stores what aggregates decided. The library's own looks for snapshots to take and for someone to notify:
        here there are none, and followers read the log."""
        events = [event for one in objs for event in one.collect_events()]
        if rows := due_rows(events):
            kwargs["append"] = kwargs["append"]._replace(due=json.encode(rows))
        return self.events.put(events, **kwargs)

    def load(self, kind: type[A], stream: UUID) -> A:
        """The aggregate as it stands. Raises the library's AggregateNotFoundError for an unknown stream."""
        return self.repository.get(stream, projector_func=kind.project)

    def load_history(self, stream: UUID) -> list[Recorded]:
        """The events of a stream, whatever it is."""
        assert isinstance(self.recorder, Recorder)
        return [self.mapper.to_domain_event(row) for row in self.recorder.select_events(stream)]  # type: ignore[misc]  # the mapper gives Recorded

    def find(self, kind: type[A], scope: str, key: str) -> A | None:
        """The aggregate behind a key, null if nothing bears it."""
        assert isinstance(self.recorder, Recorder)
        return kind.project(None, map(self.mapper.to_domain_event, self.recorder.select_by_key(scope, key)))  # type: ignore[arg-type]  # the mapper gives Recorded

    def load_all(self, kind: type[A], streams: Sequence[UUID]) -> list[A]:
        """Several aggregates in one round trip; streams without events are left out."""
        rows = self.connection.cursor(binary=True, row_factory=_stored_row).execute(
            f"SELECT {_COLUMNS} FROM suivi.events WHERE stream = ANY (%s) ORDER BY stream, version", (list(streams),)
        )
        histories = groupby(rows, key=lambda row: row.originator_id)
        event: Callable[[Any], Any] = self.mapper.to_domain_event
        return [kind.fold([event(row) for row in history]) for _, history in histories]

    def events_of(self, topics: Sequence[str]) -> Iterator[Recorded]:
        """Every event of some kinds, stream by stream: for what is made anew from all of them."""
        with self.connection.cursor(binary=True, row_factory=_stored_row) as cursor:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM suivi.events WHERE split_part(topic, '.', 1) = ANY (%s)"
                " ORDER BY stream, version", (list(topics),),
            )  # fmt: skip
            yield from map(self.mapper.to_domain_event, cursor)  # type: ignore[arg-type]  # the mapper gives Recorded


def _stored_row(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], StoredRow]:
    return lambda values: StoredRow(*values)


def _parameters(rows: Sequence[StoredRow], append: Append) -> tuple[Any, ...]:
    scopes, keys, streams = zip(*append.keys, strict=True) if append.keys else ((), (), ())
    free_scopes, free_keys = zip(*append.free, strict=True) if append.free else ((), ())
    return (
        append.command_id, append.actor, append.request,
        [r.originator_id for r in rows], [r.originator_version for r in rows], [r.topic for r in rows],
        [r.state for r in rows], list(free_scopes), list(free_keys), list(scopes), list(keys), list(streams), append.due,
    )  # fmt: skip


def _parameters_of_one(row: StoredRow, append: Append) -> tuple[Any, ...]:
    return (
        append.command_id, append.actor, append.request,
        row.originator_id, row.originator_version, row.topic, row.state,
    )  # fmt: skip


def _conflict(constraint: str | None) -> Conflict:
    return {"keys_pkey": KeyTaken, "command_log_pkey": CommandRepeated}.get(constraint or "", VersionConflict)()
