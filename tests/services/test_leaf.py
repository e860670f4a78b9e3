"""The leaf of each event: written down in a standard form, recomputed from what is exported, and telling of any change.

The verifier here shares no code with the application."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from domain.codec import StoredRow
from services.schema import Urls
from services.sequencer import Taken, header_of, leaves_of, sequence_all
from services.store import Recorder
from tests.services.racing import ACTOR, append

ASCII = st.text(st.characters(codec="ascii"))
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC))


@given(ASCII, ASCII, MOMENTS, MOMENTS, st.uuids(), st.integers(1, 2**31 - 1), st.lists(st.uuids()), st.binary())
def test_a_header_is_canonical_json(
    name: str,
    topic: str,
    logged: datetime,
    recorded: datetime,
    stream: UUID,
    version: int,
    keys: list[UUID],
    data: bytes,
) -> None:
    payload, prev = hashlib.sha256(data).digest(), hashlib.sha256(topic.encode()).digest()
    event = Taken(stream, version, topic, recorded, ACTOR, stream, keys, payload, None)
    facts: dict[str, Any] = {
        "format": 1,
        "log": name,
        "stream": str(stream),
        "version": version,
        "topic": topic,
        "recorded_at": recorded.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "logged_at": logged.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor": str(ACTOR),
        "command_id": str(stream),
        "key_ids": [str(key) for key in keys],
        "payload_sha256": payload.hex(),
    }
    assert header_of(name, logged, event, None) == rfc8785.dumps(facts | {"prev": "0" * 64})
    assert header_of(name, logged, event, prev) == rfc8785.dumps(facts | {"prev": prev.hex()})


def test_a_header_says_its_instants_in_utc() -> None:
    at = datetime(2024, 7, 4, 23, 30, tzinfo=ZoneInfo("America/Toronto"))
    event = Taken(UUID(int=1), 1, "Noted", at, ACTOR, UUID(int=2), [], b"\0" * 32, None)
    header = json.loads(header_of("suivi/x", at, event, None))
    assert (header["recorded_at"], header["logged_at"]) == ("2024-07-05T03:30:00.000000Z",) * 2


def test_a_leaf_of_a_batch_links_to_the_one_before_it_in_its_stream() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    before = b"\1" * 32

    def event(stream: int, version: int, prev: bytes | None) -> Taken:
        return Taken(UUID(int=stream), version, "Noted", at, ACTOR, UUID(int=9), [], b"\0" * 32, prev)

    batch = [event(1, 5, before), event(2, 1, None), event(1, 6, None), event(2, 2, None)]
    headers, leaves = leaves_of("suivi/x", at, batch)
    links = [json.loads(header)["prev"] for header in headers]
    assert links == [before.hex(), "0" * 64, leaves[0].hex(), leaves[1].hex()]


@dataclass(frozen=True)
class Row:
    """A row of an export: the event and its place."""

    position: int
    stream: UUID
    version: int
    topic: str
    data: bytes
    actor: UUID
    command_id: UUID
    recorded_at: datetime
    logged_at: datetime
    header: bytes
    leaf: bytes


def faults(name: str, rows: list[Row]) -> list[str]:
    """What an auditor finds who has only the rows."""
    found, last = [], dict[UUID, tuple[int, str]]()
    for place, row in enumerate(rows, 1):
        version, prev = last.get(row.stream, (0, "0" * 64))
        facts: dict[str, Any] = {
            "format": 1, "log": name, "stream": str(row.stream), "version": row.version, "topic": row.topic,
            "actor": str(row.actor), "command_id": str(row.command_id), "key_ids": [], "prev": prev,
            "recorded_at": row.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "logged_at": row.logged_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "payload_sha256": hashlib.sha256(row.data).hexdigest(),
        }  # fmt: skip
        if row.position != place or row.version != version + 1:
            found.append(f"{place}: something is missing, repeated or moved before it")
        if row.header != rfc8785.dumps(facts):
            found.append(f"{place}: it is not what was recorded")
        if row.leaf != hashlib.sha256(b"\0" + row.header).digest():
            found.append(f"{place}: another leaf")
        last[row.stream] = (row.version, row.leaf.hex())
    return found


@pytest.fixture
def exported(database: Urls) -> Iterator[tuple[str, list[Row]]]:
    """The log of three streams, eight events, placed in three batches."""
    streams = [uuid4() for _ in range(3)]
    with psycopg.connect(database.writer, autocommit=True) as connection:
        for events in ([(0, 1), (1, 1), (0, 2)], [(2, 1), (1, 2)], [(0, 3), (0, 4), (2, 2)]):
            command = uuid4()
            rows = [StoredRow(streams[s], v, "Noted", b'{"n":%d}' % v, ACTOR, command) for s, v in events]
            Recorder(connection).insert_events(rows, append=append(command))
            sequence_all(connection)
    with psycopg.connect(database.reader) as connection:
        found = connection.execute("SELECT name FROM suivi.log_head").fetchone()
        placed = connection.execute(
            "SELECT position, stream, version, topic, data, actor, command_id, recorded_at, logged_at, header, leaf"
            "  FROM suivi.log JOIN suivi.events USING (stream, version) ORDER BY position"
        ).fetchall()
    assert found
    yield found[0], [Row(*row) for row in placed]


def test_a_whole_log_is_recomputed_from_what_a_reader_may_see(exported: tuple[str, list[Row]]) -> None:
    name, rows = exported
    assert len(rows) == 8
    assert faults(name, rows) == []
    assert len(faults(f"{name}x", rows)) == 8


@pytest.mark.parametrize("column", ["data", "header", "leaf"])
def test_one_byte_changed_anywhere_is_noticed(exported: tuple[str, list[Row]], column: str) -> None:
    name, rows = exported
    for n, row in enumerate(rows):
        value: bytes = getattr(row, column)
        for at in range(len(value)):
            changes: dict[str, Any] = {column: value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]}
            assert faults(name, [*rows[:n], replace(row, **changes), *rows[n + 1 :]]), f"{column} of {n}, byte {at}"


CHANGES: dict[str, Callable[[Row], Row]] = {
    "topic": lambda row: replace(row, topic="Noted2"),
    "stream": lambda row: replace(row, stream=uuid4()),
    "version": lambda row: replace(row, version=row.version + 1),
    "actor": lambda row: replace(row, actor=uuid4()),
    "command": lambda row: replace(row, command_id=uuid4()),
    "recorded": lambda row: replace(row, recorded_at=row.recorded_at + timedelta(microseconds=1)),
    "logged": lambda row: replace(row, logged_at=row.logged_at - timedelta(microseconds=1)),
    "position": lambda row: replace(row, position=row.position + 1),
}


@pytest.mark.parametrize("fact", CHANGES)
def test_another_fact_is_noticed(exported: tuple[str, list[Row]], fact: str) -> None:
    name, rows = exported
    for n, row in enumerate(rows):
        assert faults(name, [*rows[:n], CHANGES[fact](row), *rows[n + 1 :]]), n


def test_an_event_removed_repeated_or_moved_is_noticed(exported: tuple[str, list[Row]]) -> None:
    """But for the last one: that needs a count signed elsewhere."""
    name, rows = exported
    for n in range(len(rows) - 1):
        assert faults(name, rows[:n] + rows[n + 1 :]), f"{n} removed"
        assert faults(name, [*rows[:n], rows[n], *rows[n:]]), f"{n} repeated"
        assert faults(name, [*rows[:n], rows[n + 1], rows[n], *rows[n + 2 :]]), f"{n} moved"
        renumbered = [replace(row, position=k) for k, row in enumerate(rows[:n] + rows[n + 1 :], 1)]
        gone = rows[n].version < max(row.version for row in rows if row.stream == rows[n].stream)
        assert bool(faults(name, renumbered)) is gone, f"{n} removed, the others renumbered"
