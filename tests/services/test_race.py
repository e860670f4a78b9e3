"""The log under twenty writers with cut connections; and planted bugs, each seen by the same checks."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence
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

TRIES = 100  # races, of which nearly each meets what it is about
SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))


@pytest.fixture
def race(server: Server, database: Urls) -> Race:
    print(f"SUIVI_SEED={SEED}")
    return Race(database, server.superuser_url, SEED, commands=int(os.environ.get("SUIVI_RACE", 40)))


@pytest.mark.timeout(1_200)
def test_nothing_is_lost_repeated_or_out_of_order(race: Race) -> None:
    """One race, and others until everything was met."""
    for _ in range(TRIES):
        race.run()
        store = aftermath(race.urls.owner)
        check_log(store)
        check_streams(store)
        check_chain(store)
        check_commands(store, race.acknowledged)
        check_followers(store, race.followed)
        if race.counts.keys() == {*MANNERS, "lost", "conflict", "stored unheard"}:
            break
        race.seed += 1
    else:
        pytest.fail(f"something was never met: {race.counts}")
    print(f"{len(store.events)} events of {len(store.commands)} commands; {race.counts}")


def twin(race: Race, sql: str, *seen: tuple[Callable[[Aftermath], None], str]) -> None:
    """Short races with a bug planted by `sql`, as the owner, until each check has `seen` it."""
    with psycopg.connect(race.urls.owner) as connection:
        connection.execute(sql)
    race.commands, left = 8, [*seen]
    for _ in range(TRIES):
        race.run()
        store = aftermath(race.urls.owner)
        left = [(check, said) for check, said in left if not fails(check, store, said)]
        if not left:
            return
        race.seed += 1
    pytest.fail(f"never seen: {[said for _, said in left]}")


def fails(check: Callable[[Aftermath], None], store: Aftermath, said: str) -> bool:
    try:
        check(store)
    except AssertionError as error:
        return re.search(said, str(error)) is not None
    return False


WITHOUT_COMMAND_LOG = append_with(
    "INSERT INTO suivi.command_log VALUES (p_command, p_actor, p_request, p_streams, p_versions, instant);", ""
)


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
    unseen = lambda store: check_followers(store, race.followed), "a follower never saw"
    twin(race, drawing + placing, unseen, (check_log, "positions break"))  # what was rolled back burnt a number


def test_twin_pending_ids_drawn_ahead_put_a_stream_out_of_order(race: Race) -> None:
    twin(race, "ALTER SEQUENCE suivi.pending_id_seq CACHE 50", (check_streams, "placed in another order"))


def test_twin_sequencing_in_no_order(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "_TAKE", changed(sequencer._TAKE, "ORDER BY t.id", "ORDER BY random()"))
    headers = check_chain, "the header says something else"
    twin(race, "", (check_streams, "placed in another order"), headers)


def test_twin_sequencers_that_do_not_hold_the_head(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "_HEAD", changed(sequencer._HEAD, "FOR UPDATE SKIP LOCKED", ""))
    twin(race, "ALTER TABLE suivi.log DROP CONSTRAINT log_pkey", (check_log, "positions break"))


def test_twin_command_recorded_after_its_events(race: Race) -> None:
    def save(store: Store, bodies: Sequence[Body], command_id: UUID) -> None:
        events = racing.new_events(bodies)
        racing.save(store, bodies, command_id)
        record_command(store, command_id, events)

    race.save = save
    known = lambda store: check_commands(store, race.acknowledged), r"the effect of|without effect"
    twin(race, WITHOUT_COMMAND_LOG, known)


def test_twin_command_recorded_before_its_events(race: Race) -> None:
    def save(store: Store, bodies: Sequence[Body], command_id: UUID) -> None:
        record_command(store, command_id, racing.new_events(bodies))
        racing.save(store, bodies, command_id)

    race.save = save
    twin(race, WITHOUT_COMMAND_LOG, (lambda store: check_commands(store, race.acknowledged), "acknowledged, and lost"))


def test_twin_versions_unchecked_leave_gaps(race: Race) -> None:
    """A gap stays, or is filled by someone who writes after what they should have come before."""
    unchecked = append_with("WHERE n.version = 1\n", "WHERE n.version > 0\n")
    twin(race, unchecked, (check_streams, r"versions break|placed in another order"))
