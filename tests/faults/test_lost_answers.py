"""Who loses the connection while waiting for an answer learns what became of the command, and never does it twice."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.directory import Body, Rename
from services.execute import Actor, OtherActor, OtherRequest, Outcome, Work, commit
from services.schema import Urls
from services.sequencer import sequence_all
from services.store import Store
from tests.services.invariants import aftermath, check_commands, check_log, check_streams
from tests.services.racing import act, append, body

ACTOR = Actor(UUID(int=1), frozenset({"officer"}))


@pytest.fixture
def store(database: Urls) -> Iterator[Store]:
    store = Store(database.writer)
    yield store
    store.close()


@pytest.fixture
def stream(store: Store) -> UUID:
    """At version 1."""
    command_id = uuid4()
    one = body(command_id)
    store.save(one, append=append(command_id))
    return one.id


def rename(store: Store, stream: UUID, name: str, command_id: UUID, actor: Actor = ACTOR) -> Outcome:
    def decide(work: Work) -> None:
        work.load(Body, stream).handle(Rename(name=name), work.act)

    return commit(store, actor, ["rename", stream, name], decide, command_id)


@contextmanager
def in_the_way(database: Urls, stream: UUID, version: int) -> Iterator[None]:
    """Someone is writing that version, and goes back on it in the end: whoever writes it too waits until then."""
    other, command_id = Store(database.writer), uuid4()
    with other.connection.transaction(force_rollback=True):
        one = other.load(Body, stream)
        assert one.version == version - 1
        one.handle(Rename(name="Un nom de passage"), act(command_id))
        other.save(one, append=append(command_id))
        yield
    other.close()


def await_waiting(database: Urls, count: int) -> None:
    """Until so many wait for a lock; only their own login, not its group, may see that."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database.writer, autocommit=True, options="-c role=none") as connection:
        while connection.execute(query).fetchone() != (count,):
            time.sleep(0.005)


def hang_up(connection: psycopg.Connection) -> None:
    with socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def test_a_command_cut_while_it_is_carried_out_is_asked_again_and_done_once(
    database: Urls, store: Store, stream: UUID
) -> None:
    """The look-up finds nothing yet, so it is asked again while the first is still at it; one of the two is stored."""
    done: dict[UUID, Outcome] = {}
    with ThreadPoolExecutor(1) as pool:
        for version in range(2, 12):
            command_id = uuid4()
            with in_the_way(database, stream, version):
                asked = pool.submit(rename, store, stream, f"Nom {version}", command_id)
                await_waiting(database, 1)
                hang_up(store.connection)
                await_waiting(database, 2)
            done[command_id] = asked.result()
            assert done[command_id].versions == {stream: version}
    await_waiting(database, 0)
    sequence_all(store.connection)
    after = aftermath(database.owner)
    first = next(row.command_id for row in after.events if row.version == 1)
    told = {command: list(outcome.versions.items()) for command, outcome in done.items()}
    check_commands(after, told | {first: [(stream, 1)]})
    check_log(after)
    check_streams(after)


def test_a_command_asked_again_has_the_same_answer(store: Store, stream: UUID) -> None:
    command_id = uuid4()
    first = rename(store, stream, "Un nom", command_id)
    rename(store, stream, "Un autre nom", uuid4())
    again = rename(store, stream, "Un nom", command_id)
    assert (again.versions, first.repeated, again.repeated) == (first.versions, False, True)
    assert store.load(Body, stream).name == "Un autre nom"


def test_an_id_serves_one_request_of_one_person(store: Store, stream: UUID) -> None:
    command_id = uuid4()
    rename(store, stream, "Un nom", command_id)
    with pytest.raises(OtherRequest):
        rename(store, stream, "Un autre nom", command_id)
    with pytest.raises(OtherActor):
        rename(store, stream, "Un nom", command_id, Actor(UUID(int=2), frozenset({"officer"})))
    assert store.load(Body, stream).version == 2
