"""What must hold of every store at rest, each as a check that fails with what does not hold."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row

from services.sequencer import NO_LEAF, instant

At = tuple[UUID, int]  # an event: its stream and version
QUERIES = (
    "* FROM suivi.events ORDER BY stream, version",
    "* FROM suivi.log ORDER BY position",
    "* FROM suivi.command_log",
    "(SELECT count(*) FROM suivi.pending), size, name FROM suivi.log_head",
)


class Aftermath(NamedTuple):
    """The durable tables; rows bear the names of the columns. `waiting`: committed, not yet placed."""

    events: list[Any]
    log: list[Any]
    commands: list[Any]
    waiting: int
    size: int
    name: str


def aftermath(url: str) -> Aftermath:
    """Reads everything, in one snapshot."""
    with psycopg.connect(url, row_factory=namedtuple_row) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        rows = [connection.execute(f"SELECT {query}").fetchall() for query in QUERIES]
    events, log, commands, (waiting, size, name) = *rows[:3], rows[3][0]
    return Aftermath(events, log, commands, waiting, size, name)


def check_log(store: Aftermath) -> None:
    """Every event is placed exactly once; positions are 1, 2, 3…; the time of placing never goes back."""
    assert store.waiting == 0, f"{store.waiting} events still wait for a place"
    placed = Counter((row.stream, row.version) for row in store.log)
    stored = Counter((row.stream, row.version) for row in store.events)
    assert placed == stored, f"not placed once: {stored - placed}, placed too often: {placed - stored}"
    positions = [row.position for row in store.log]
    assert positions == list(range(1, len(positions) + 1)), f"positions break at {_breaks(positions)}"
    assert store.size == len(positions), f"the head says {store.size}, the log has {len(positions)}"
    times: list[datetime] = [row.logged_at for row in store.log]
    assert times == sorted(times), "the time of placing goes back"


def check_streams(store: Aftermath) -> None:
    """Versions are 1, 2, 3… in each stream, and stand in that order in the log."""
    stored, placed = defaultdict(list), defaultdict(list)
    for row in store.events:
        stored[row.stream].append(row.version)
    for row in store.log:
        placed[row.stream].append(row.version)
    for stream, versions in stored.items():
        assert versions == list(range(1, len(versions) + 1)), f"versions break at {_breaks(versions)}"
        assert placed[stream] == versions, f"placed in another order: {_breaks(placed[stream])}"


def check_chain(store: Aftermath) -> None:
    """Each leaf is the hash of its header; each header says its row, its payload and the leaf before it."""
    events = {(row.stream, row.version): row for row in store.events}
    last: dict[UUID, bytes] = {}
    for row in store.log:
        event, header = events[row.stream, row.version], json.loads(row.header)
        prev = last.get(row.stream)
        assert row.leaf == hashlib.sha256(b"\x00" + row.header).digest(), f"{row.position}: another leaf"
        assert header == {
            "format": 1,
            "log": store.name,
            "stream": str(row.stream),
            "version": row.version,
            "topic": event.topic,
            "actor": str(event.actor),
            "command_id": str(event.command_id),
            "key_ids": [str(key) for key in event.key_ids],
            "recorded_at": instant(event.recorded_at),
            "logged_at": instant(row.logged_at),
            "payload_sha256": hashlib.sha256(event.data).hexdigest(),
            "prev": prev.hex() if prev else NO_LEAF,
        }, f"{row.position}: the header says something else than the rows"
        last[row.stream] = row.leaf


def check_commands(store: Aftermath, acknowledged: Mapping[UUID, Iterable[At]]) -> None:
    """Each command acknowledged is known, with its events and no other, once; nothing else was recorded."""
    effects = defaultdict(list)
    for row in store.events:
        effects[row.command_id].append((row.stream, row.version))
    known = {row.command_id: sorted(zip(row.streams, row.versions, strict=True)) for row in store.commands}
    lost = set(acknowledged) - set(effects)
    assert not lost, f"acknowledged, and lost: {lost}"
    assert known.keys() == effects.keys(), f"unknown, or without effect: {known.keys() ^ effects.keys()}"
    for command, effect in effects.items():
        assert known[command] == sorted(effect), f"the effect of {command} is not the one known"
    unwanted = set(effects) - set(acknowledged)
    assert not unwanted, f"gone back on, and recorded: {unwanted}"
    for command, told in acknowledged.items():
        assert sorted(told) == known[command], f"{command} was told something else than what was recorded"


def check_followers(store: Aftermath, followed: Sequence[Sequence[tuple[int, UUID, int]]]) -> None:
    """Whoever read the log by position as it grew has seen exactly the log."""
    log = [(row.position, row.stream, row.version) for row in store.log]
    for seen in followed:
        unseen = sorted(set(log) - set(seen))
        assert not unseen, f"a follower never saw {unseen[:5]}"
        assert list(seen) == log, "a follower saw another order than the log"


def _breaks(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Where the next number is not the next one; the first few."""
    return [(a, b) for a, b in zip([0, *numbers], numbers, strict=False) if b != a + 1][:5]
