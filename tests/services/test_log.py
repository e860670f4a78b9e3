"""Placing: one at a time, in batches, at times that never go back; and the log as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.codec import StoredRow
from services.schema import Urls
from services.sequencer import sequence, sequence_all
from services.store import Recorder
from tests.services.invariants import aftermath, check_chain, check_log, check_streams
from tests.services.racing import ACTOR, append


@pytest.fixture
def recorder(database: Urls) -> Iterator[Recorder]:
    with psycopg.connect(database.writer, autocommit=True) as connection:
        yield Recorder(connection)


def put(recorder: Recorder, count: int, topic: str = "Noted") -> UUID:
    """A new stream."""
    stream, command = uuid4(), uuid4()
    rows = [StoredRow(stream, n + 1, topic, b"%d" % n, ACTOR, command) for n in range(count)]
    recorder.insert_events(rows, append=append(command))
    return stream


def test_nothing_waits(recorder: Recorder) -> None:
    assert sequence(recorder.connection) == 0
    assert recorder.max_notification_id() is None
    assert list(recorder.select_notifications(1, 10)) == []


def test_who_finds_another_at_it_returns_at_once(recorder: Recorder, database: Urls) -> None:
    put(recorder, 3)
    with psycopg.connect(database.writer) as other, other.transaction(force_rollback=True):
        assert sequence(other) == 3  # and its transaction goes on
        assert sequence(recorder.connection) == 0
    assert sequence(recorder.connection) == 3


def test_batches_are_bounded(recorder: Recorder, database: Urls) -> None:
    for count in (7, 18):
        put(recorder, count)
    assert [sequence(recorder.connection, 10) for _ in range(4)] == [10, 10, 5, 0]
    store = aftermath(database.owner)
    check_log(store)
    check_chain(store)


def test_three_thousand_events_of_one_append(recorder: Recorder, database: Urls) -> None:
    put(recorder, 3_000)
    assert sequence(recorder.connection) == 1_000
    assert sequence_all(recorder.connection) == 2_000
    store = aftermath(database.owner)
    check_log(store)
    check_streams(store)
    check_chain(store)


def test_a_clock_set_back_does_not_set_the_log_back(recorder: Recorder, database: Urls) -> None:
    later = datetime(2190, 1, 1, tzinfo=UTC)
    recorder.connection.execute("UPDATE suivi.log_head SET logged_at = %s", (later,))
    put(recorder, 2)
    sequence(recorder.connection)
    store = aftermath(database.owner)
    assert {row.logged_at for row in store.log} == {later}
    check_chain(store)


def test_a_later_commit_with_an_earlier_mark_is_placed_behind(recorder: Recorder, database: Urls) -> None:
    with psycopg.connect(database.writer) as slow:
        first = put(Recorder(slow), 1)
        second = put(recorder, 1)
        assert sequence_all(recorder.connection) == 1
    assert sequence_all(recorder.connection) == 1
    assert [row.stream for row in aftermath(database.owner).log] == [second, first]


def test_the_log_is_read_by_position(recorder: Recorder) -> None:
    a, b = put(recorder, 2), put(recorder, 2, topic="Other")
    sequence_all(recorder.connection)
    put(recorder, 1)  # not placed: not there for anyone
    every = [(1, a, 1), (2, a, 2), (3, b, 1), (4, b, 2)]

    def read(*args: int | None, **more: bool) -> list[tuple[int, UUID | str, int]]:
        rows = recorder.select_notifications(*args, **more)  # type: ignore[arg-type]
        return [(row.id, row.originator_id, row.originator_version) for row in rows]

    assert read(None, 10) == every
    assert read(1, 10) == every
    assert read(2, 2) == every[1:3]
    assert read(2, 10, inclusive_of_start=False) == every[2:]
    assert read(2, 10, 3) == every[1:3]
    assert read(5, 10) == []
    assert [row.id for row in recorder.select_notifications(1, 10, topics=["Other"])] == [3, 4]
    assert recorder.max_notification_id() == 4


def test_events_of_a_stream_are_read_by_version(recorder: Recorder) -> None:
    stream = put(recorder, 4)

    def read(gt: int | None = None, lte: int | None = None) -> list[int]:
        return [row.originator_version for row in recorder.select_events(stream, gt=gt, lte=lte)]

    assert read() == [1, 2, 3, 4]
    assert read(1, 3) == [2, 3]
    assert read(lte=0) == []
    assert recorder.select_events(uuid4()) == []
