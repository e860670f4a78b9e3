"""Mailers that are killed: every message goes at least once, and what goes twice bears the same Message-ID.

SUIVI_KILLS=200 for more."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services.mail import deliver
from services.schema import Urls
from services.servers import Server
from tests.services.mailing import PostOffice, Sink, post_office, sink

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SUIVI_KILLS", 6))
SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))
PATIENCE = 300.0  # seconds for anything to come, on a slow machine: only what never comes fails


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    print(f"SUIVI_SEED={SEED}")
    with post_office(database) as office:
        office.due()
        yield office


def start(office: PostOffice, relay: Sink, fault: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.faults.mailer", office.store.url, relay.url, fault], cwd=ROOT)


def ids(office: PostOffice) -> set[str]:
    return {row["message_id"] for row in office.rows()}


def test_killed_between_the_yes_and_the_mark_it_goes_again_under_the_same_id(office: PostOffice) -> None:
    office.tasks(2)
    office.ring()
    with sink() as relay:
        for _ in range(3):
            assert start(office, relay, "after-yes").wait(PATIENCE) == -signal.SIGKILL
        assert (len(relay.ids), office.states()) == (3, ["waiting"] * 3)
        office.let_leases_end()
        assert deliver(office.store, office.sending_to(relay.url)).sent == 3
    assert Counter(relay.ids) == Counter(dict.fromkeys(ids(office), 2))
    assert office.states() == ["sent"] * 3


def test_twin_a_mailer_that_marks_first_loses_mail(office: PostOffice) -> None:
    office.ring()
    with sink() as relay:
        assert start(office, relay, "mark-first").wait(PATIENCE) == -signal.SIGKILL
        office.let_leases_end()
        assert deliver(office.store, office.sending_to(relay.url)).sent == 0
    assert (relay.ids, office.states()) == ([], ["sent"])


@pytest.mark.slow
@pytest.mark.timeout(3 * PATIENCE + 60 * KILLS)
def test_killed_at_any_time_nothing_is_lost(office: PostOffice, server: Server) -> None:
    """Two mailers at once, killed at random; connections to the database are cut as well."""
    chance = random.Random(SEED)
    for number in range(KILLS):  # small cases: each message asks its case whether it still rings
        office.tasks(20, office.due(100 + number, owner=None, on="2025-09-17"))
    office.ring()
    with sink() as relay:
        mailers = [start(office, relay) for _ in range(2)]
        try:
            for n in range(KILLS):
                await_more(relay, 3, mailers)
                time.sleep(chance.uniform(0, 0.1))
                victim = n % 2
                mailers[victim].kill()
                mailers[victim].wait()
                cut_a_connection(office, server)
                mailers[victim] = start(office, relay)
            assert [mailer.wait(PATIENCE + 10 * KILLS) for mailer in mailers] == [0, 0]
        finally:
            for mailer in mailers:
                mailer.kill()
                mailer.wait()
    print(f"{KILLS} kills, as many connections cut: {len(relay.ids)} deliveries of {len(set(relay.ids))} messages")
    assert set(relay.ids) == ids(office)
    assert office.states() == ["sent"] * (20 * KILLS + 1)
    assert len(relay.ids) - len(set(relay.ids)) <= 3 * KILLS


def await_more(relay: Sink, n: int, mailers: list[subprocess.Popen[bytes]]) -> None:
    """Until the server has taken so many more, or nobody sends any more."""
    wanted, end = len(relay.taken) + n, time.monotonic() + PATIENCE
    while len(relay.taken) < wanted and any(mailer.poll() is None for mailer in mailers):
        assert time.monotonic() < end
        time.sleep(0.01)


def cut_a_connection(office: PostOffice, server: Server) -> None:
    """Of one mailer, as when a network fails."""
    database = office.store.connection.info.dbname
    with psycopg.connect(make_conninfo(server.superuser_url, dbname=database), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid NOT IN (pg_backend_pid(), %s) LIMIT 1", (office.store.connection.info.backend_pid,)
        )  # fmt: skip
