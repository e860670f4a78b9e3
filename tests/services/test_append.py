"""One append: all or nothing, at exactly the expected versions, each key and each command once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.codec import StoredRow
from domain.directory import Body, Rename
from domain.errors import Conflict
from services.schema import Urls
from services.sequencer import sequence_all
from services.store import CommandRepeated, Key, KeyTaken, Recorder, Store, VersionConflict
from tests.services.invariants import At, aftermath, check_log, check_streams
from tests.services.planting import append_with
from tests.services.racing import ACTOR, act, append, body


@pytest.fixture
def recorder(database: Urls) -> Iterator[Recorder]:
    with psycopg.connect(database.writer, autocommit=True) as connection:
        yield Recorder(connection)


A, B = UUID(int=0xA), UUID(int=0xB)


def put(recorder: Recorder, *events: At, command: UUID | None = None, **more: object) -> None:
    command = command or uuid4()
    rows = [StoredRow(stream, version, "Noted", b"{}", ACTOR, command) for stream, version in events]
    recorder.insert_events(rows, append=append(command, **more))


def stored(recorder: Recorder) -> list[At]:
    rows = recorder.connection.execute("SELECT stream, version FROM suivi.events ORDER BY stream, version")
    return [(stream, version) for stream, version in rows]


def keys(recorder: Recorder) -> dict[str, UUID]:
    return dict(recorder.connection.execute("SELECT key, stream FROM suivi.keys").fetchall())


@pytest.mark.parametrize(
    "events",
    [
        [(A, 1)],
        [(A, 2)],
        [(A, 4)],
        [(A, 0)],
        [(A, -1)],
        [(B, 2)],
        [(A, 3), (A, 5)],
        [(A, 4), (A, 5)],
        [(A, 4), (A, 3)],
        [(A, 3), (A, 3)],
        [(A, 3), (B, 2)],
        [(B, 1), (A, 2)],
        [(B, 2), (B, 1)],
    ],
)
def test_only_the_very_next_versions_are_taken(recorder: Recorder, events: list[At]) -> None:
    put(recorder, (A, 1), (A, 2))
    with pytest.raises((VersionConflict, psycopg.errors.CheckViolation)):
        put(recorder, *events)
    assert stored(recorder) == [(A, 1), (A, 2)]
    put(recorder, (A, 3), (A, 4), (B, 1))
    assert len(stored(recorder)) == 5


def test_a_version_not_committed_yet_is_not_built_upon(recorder: Recorder, database: Urls) -> None:
    put(recorder, (A, 1))
    with psycopg.connect(database.writer) as other:
        put(Recorder(other), (A, 2))
        with pytest.raises(VersionConflict):
            put(recorder, (A, 3))
    put(recorder, (A, 3))


def test_a_key_is_borne_once_and_nothing_else_is_stored(recorder: Recorder) -> None:
    put(recorder, (A, 1), keys=[Key("case", "17", A)])
    refused = uuid4()
    with pytest.raises(KeyTaken):
        put(recorder, (B, 1), command=refused, keys=[Key("case", "18", B), Key("case", "17", B)])
    assert stored(recorder) == [(A, 1)]
    assert keys(recorder) == {"17": A}
    put(recorder, (B, 1), command=refused, keys=[Key("case", "18", B), Key("resolution", "17", B)])


def test_a_freed_key_may_be_taken_again_in_the_same_append_or_later(recorder: Recorder) -> None:
    put(recorder, (A, 1), keys=[Key("case", "17", A), Key("case", "18", A)])
    put(recorder, (A, 2), (B, 1), free=[("case", "17")], keys=[Key("case", "17", B)])
    assert keys(recorder) == {"17": B, "18": A}
    put(recorder, (A, 3), free=[("case", "18"), ("case", "never taken")])
    put(recorder, (B, 2), keys=[Key("case", "18", B)])
    assert keys(recorder) == {"17": B, "18": B}


def test_a_key_stays_taken_when_what_would_free_it_is_refused(recorder: Recorder) -> None:
    put(recorder, (A, 1), keys=[Key("case", "17", A)])
    with pytest.raises(VersionConflict):
        put(recorder, (A, 5), free=[("case", "17")])
    assert keys(recorder) == {"17": A}


def test_a_command_is_recorded_once(recorder: Recorder) -> None:
    command = uuid4()
    put(recorder, (B, 1), (A, 1), (A, 2), command=command)
    with pytest.raises(VersionConflict):
        put(recorder, (B, 1), (A, 1), (A, 2), command=command)
    with pytest.raises(CommandRepeated):
        put(recorder, (A, 3), command=command)
    rows = recorder.connection.execute("SELECT command_id, actor, request, streams, versions FROM suivi.command_log")
    assert rows.fetchall() == [(command, ACTOR, command.bytes * 2, [B, A, A], [1, 1, 2])]
    assert stored(recorder) == [(A, 1), (A, 2), (B, 1)]


def test_what_is_rolled_back_leaves_nothing(recorder: Recorder, database: Urls) -> None:
    with pytest.raises(ZeroDivisionError), recorder.connection.transaction():
        put(recorder, (A, 1), (B, 1), keys=[Key("case", "17", A)])
        raise ZeroDivisionError
    put(recorder, (B, 1))
    sequence_all(recorder.connection)
    store = aftermath(database.owner)
    assert [(row.position, row.stream, row.version) for row in store.log] == [(1, B, 1)]
    assert len(store.commands) == 1
    assert keys(recorder) == {}


def test_the_order_given_is_the_order_in_the_log(recorder: Recorder, database: Urls) -> None:
    given = [(B, 1), (A, 1), (UUID(int=3), 1), (A, 2), (B, 2)]
    put(recorder, *given)
    sequence_all(recorder.connection)
    assert [(row.stream, row.version) for row in aftermath(database.owner).log] == given


def test_of_sixteen_who_write_the_same_version_one_does(recorder: Recorder, database: Urls) -> None:
    start = threading.Barrier(16)

    def write(_: int) -> list[int]:
        won = []
        with psycopg.connect(database.writer, autocommit=True) as connection:
            mine = Recorder(connection)
            for version in range(1, 31):
                start.wait()
                try:
                    put(mine, (A, version))
                    won.append(version)
                except VersionConflict:
                    continue
        return won

    with ThreadPoolExecutor(16) as pool:
        winners = list(pool.map(write, range(16)))
    assert sorted(version for won in winners for version in won) == list(range(1, 31))
    assert [version for stream, version in stored(recorder) if stream == A] == list(range(1, 31))


LINGER = """
    CREATE FUNCTION suivi.linger() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END $$;
    CREATE TRIGGER linger BEFORE INSERT ON suivi.events FOR EACH ROW EXECUTE FUNCTION suivi.linger();
"""


def opposite_orders(database: Urls, threads: int, rounds: int, sql: str = "") -> None:
    """Each thread writes the same streams in an order of its own, slowly, until all its commands are stored or one has
    failed."""
    with psycopg.connect(database.owner) as connection:
        connection.execute(LINGER + sql)
    start = uuid4()
    streams = [body(start) for _ in range(4)]
    store = Store(database.writer)
    store.save(*streams, append=append(start))
    store.close()

    failed = threading.Event()

    def write(number: int) -> None:
        random = Random(number)
        with Store(database.writer) as store:
            for _ in range(rounds):
                if failed.is_set():
                    return
                try:
                    rename_all(store, random.sample([one.id for one in streams], len(streams)))
                except BaseException:
                    failed.set()
                    raise

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(write, range(threads)))


def rename_all(store: Store, streams: list[UUID]) -> None:
    command = uuid4()
    while True:
        bodies = [store.load(Body, stream) for stream in streams]
        for one in bodies:
            one.handle(Rename(name="Un autre nom"), act(command))
        try:
            store.save(*bodies, append=append(command))
            return
        except Conflict:
            continue


def test_streams_in_opposite_orders_never_block_each_other(database: Urls) -> None:
    opposite_orders(database, threads=16, rounds=4)
    with psycopg.connect(database.writer, autocommit=True) as connection:
        sequence_all(connection)
    store = aftermath(database.owner)
    check_log(store)
    check_streams(store)
    assert len(store.events) == 4 + 16 * 4 * 4


def test_twin_locks_in_the_order_given_block_each_other(database: Urls) -> None:
    given = append_with("ORDER BY n.stream, n.version;", ";")
    with pytest.raises(psycopg.errors.DeadlockDetected):
        opposite_orders(database, threads=3, rounds=1_000, sql=given)
