"""The log under twenty writers with cut connections; and planted bugs, each seen by the same checks."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from uuid import UUID

import psycopg
import pytest

from domain.directory import Body
from services import sequencer
from services.schema import Urls
from services.servers import Server
from services.store import Store
from tests.services import racing
from tests.services.invariants import (
    Aftermath,
    At,
    aftermath,
    check_chain,
    check_commands,
    check_followers,
    check_log,
    check_streams,
)
from tests.services.planting import append_with, changed
from tests.services.racing import ACTOR, MANNERS, Race

SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))


@pytest.fixture
def race(server: Server, database: Urls) -> Race:
    print(f"SUIVI_SEED={SEED}")
    return Race(database, server.superuser_url, SEED, commands=int(os.environ.get("SUIVI_RACE", 40)))


def test_nothing_is_lost_repeated_or_out_of_order(race: Race) -> None:
    race.run()
    store = aftermath(race.urls.owner)
    check_log(store)
    check_streams(store)
    check_chain(store)
    check_commands(store, race.acknowledged)
    check_followers(store, race.followed)
    print(f"{len(store.events)} events of {len(store.commands)} commands; {race.counts}")
    assert race.counts.keys() == {*MANNERS, "lost", "conflict", "stored unheard"}, "something was never met"


def twin(race: Race, sql: str = "") -> Aftermath:
    """A short race with a bug planted by `sql`, as the owner."""
    with psycopg.connect(race.urls.owner) as connection:
        connection.execute(sql)
    race.commands = 8
    race.run()
    return aftermath(race.urls.owner)


def twin_without_command_log(race: Race) -> Aftermath:
    row = "(p_command, p_actor, p_request, p_streams, p_versions, instant)"
    return twin(race, append_with(f"INSERT INTO suivi.command_log VALUES {row};", ""))


def record_command(store: Store, command_id: UUID, events: Sequence[At]) -> None:
    streams, versions = zip(*events, strict=True)
    store.connection.execute(
        "INSERT INTO suivi.command_log VALUES (%s, %s, %s, %s, %s, now()) ON CONFLICT DO NOTHING",
        (command_id, ACTOR, command_id.bytes * 2, list(streams), list(versions)),
    )


def test_twin_a_position_drawn_at_insert_is_lost_for_followers(race: Race) -> None:
    placing = append_with(
        "INSERT INTO suivi.pending (stream, version)\n    SELECT n.stream, n.version\n",
        "INSERT INTO suivi.log\n    SELECT nextval('suivi.drawn'), n.stream, n.version, instant, '{}', sha256('{}')\n",
    )
    drawing = "CREATE SEQUENCE suivi.drawn; GRANT USAGE ON SEQUENCE suivi.drawn TO suivi_writer;"
    store = twin(race, drawing + placing)
    with pytest.raises(AssertionError, match="a follower never saw"):
        check_followers(store, race.followed)
    with pytest.raises(AssertionError, match="positions break"):  # what was rolled back burnt a number
        check_log(store)


def test_twin_pending_ids_drawn_ahead_put_a_stream_out_of_order(race: Race) -> None:
    store = twin(race, "ALTER SEQUENCE suivi.pending_id_seq CACHE 50")
    with pytest.raises(AssertionError, match="placed in another order"):
        check_streams(store)


def test_twin_sequencing_in_no_order(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "_TAKE", changed(sequencer._TAKE, "ORDER BY t.id", "ORDER BY random()"))
    store = twin(race)
    with pytest.raises(AssertionError, match="placed in another order"):
        check_streams(store)
    with pytest.raises(AssertionError, match="the header says something else"):
        check_chain(store)


def test_twin_sequencers_that_do_not_hold_the_head(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "_HEAD", changed(sequencer._HEAD, "FOR UPDATE SKIP LOCKED", ""))
    store = twin(race, "ALTER TABLE suivi.log DROP CONSTRAINT log_pkey")
    with pytest.raises(AssertionError, match="positions break"):
        check_log(store)


def test_twin_command_recorded_after_its_events(race: Race) -> None:
    def save(store: Store, bodies: Sequence[Body], command_id: UUID) -> None:
        events = racing.new_events(bodies)
        racing.save(store, bodies, command_id)
        record_command(store, command_id, events)

    race.save = save
    store = twin_without_command_log(race)
    with pytest.raises(AssertionError, match=r"the effect of|without effect"):
        check_commands(store, race.acknowledged)


def test_twin_command_recorded_before_its_events(race: Race) -> None:
    def save(store: Store, bodies: Sequence[Body], command_id: UUID) -> None:
        record_command(store, command_id, racing.new_events(bodies))
        racing.save(store, bodies, command_id)

    race.save = save
    store = twin_without_command_log(race)
    with pytest.raises(AssertionError, match="acknowledged, and lost"):
        check_commands(store, race.acknowledged)


def test_twin_versions_unchecked_leave_gaps(race: Race) -> None:
    """A gap stays, or is filled by someone who writes after what they should have come before."""
    store = twin(race, append_with("WHERE n.version = 1\n", "WHERE n.version > 0\n"))
    with pytest.raises(AssertionError, match=r"versions break|placed in another order"):
        check_streams(store)
