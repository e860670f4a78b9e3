"""Acts that end a clock against sweeps, at the due instant; and planted bugs, each seen by the same checks.

SUIVI_CLOCK_RACE=2000 for the full race."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest

from domain.case.case import Case
from domain.clocks import Clock
from services import execute, sweeping
from services.act import Ask, act
from services.recipients import Recipients
from services.schema import Urls
from services.store import Store
from services.sweeping import Swept
from tests.services.clock_racing import ACTS, ClockRace, await_alone, clock_race, deadlocks, take_what_was_read
from tests.services.clockwork import Clockwork, clockwork, local

SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))
ROUNDS = int(os.environ.get("SUIVI_CLOCK_RACE", 6 * 5))
BATCHES = -(-ROUNDS // (len(ACTS) - 1))


@pytest.fixture
def race(database: Urls) -> Iterator[ClockRace]:
    with clock_race(database, SEED) as race:
        yield race


@pytest.mark.timeout(60 + ROUNDS)
def test_no_step_is_recorded_after_the_act_that_ends_its_clock(race: ClockRace) -> None:
    race.run(BATCHES)
    print(dict(race.counts))
    assert {race.counts[verb] for verb in ACTS if verb != "nothing"} == {BATCHES}


def test_twin_a_sweep_that_decides_from_what_it_read(race: ClockRace, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(store: Store, _swept: Swept, _who: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
        take_what_was_read(store, stream, clock, step, str(step))

    monkeypatch.setattr(sweeping, "_take", take)
    with pytest.raises(AssertionError, match="after the act that ended it"):
        race.run(4)


def hold_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep that holds the due row from before it asks until after it appended."""
    really = sweeping._take

    def take(store: Store, swept: Swept, who: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
        with suppress(psycopg.Error), store.connection.transaction():
            store.connection.execute("SELECT FROM suivi.due WHERE clock = %s FOR UPDATE", (clock,))
            really(store, swept, who, clock, stream, step)

    monkeypatch.setattr(sweeping, "_take", take)


def answer_during_a_sweep(work: Clockwork, urls: Urls, monkeypatch: pytest.MonkeyPatch, patience: str) -> None:
    """An officer answers between a sweep's question and its append, and would wait for others `patience` long."""
    asked, answered, really = threading.Event(), threading.Event(), Recipients.reach

    def reach(self: Recipients, case: Case, clock: Clock) -> dict[str, tuple[UUID, ...]]:
        asked.set()
        answered.wait(30)
        return really(self, case, clock)

    monkeypatch.setattr(Recipients, "reach", reach)
    ref = work.due(17, "2024-09-18")
    work.move_to(local("2024-09-19 08:00"))

    def sweep() -> None:
        with Store(urls.writer) as store:
            sweeping.sweep(store)

    def answer() -> None:
        with Store(urls.writer) as store:
            store.connection.execute(f"SET lock_timeout = '{patience}'")
            act(store, work.actor, Ask(ref=ref, verb="complete", facts={"completion": "full"}))

    with ThreadPoolExecutor(2) as pool:
        sweeper = pool.submit(sweep)
        try:
            assert asked.wait(30)
            officer = pool.submit(answer)
            while not officer.done() and not work.store.connection.execute(_BLOCKED).fetchone():
                time.sleep(0.01)
        finally:
            answered.set()
        sweeper.result()
        officer.result()


_BLOCKED = "SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted"


def test_an_officer_waits_for_no_sweep(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    with clockwork(database) as work:
        answer_during_a_sweep(work, database, monkeypatch, "1ms")
        await_alone(work.store.connection)
        assert deadlocks(work.store.connection) == 0 and not work.steps()


def test_twin_an_officer_waits_for_a_sweep_that_holds_the_due_row(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_the_row(monkeypatch)
    monkeypatch.setattr(execute, "PATIENCE", 0.0)
    with clockwork(database) as work, pytest.raises(execute.FateUnknown) as blocked:
        answer_during_a_sweep(work, database, monkeypatch, "300ms")
    assert isinstance(blocked.value.__cause__, psycopg.errors.LockNotAvailable)


def test_twin_a_sweep_that_holds_the_due_row_deadlocks(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_the_row(monkeypatch)
    with clockwork(database) as work:
        answer_during_a_sweep(work, database, monkeypatch, "30s")
        await_alone(work.store.connection)
        assert deadlocks(work.store.connection) == 1
