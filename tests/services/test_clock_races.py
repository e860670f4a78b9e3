"""Acts that end a clock against sweeps, at the due instant; and planted bugs, each seen by the same checks.

SUIVI_CLOCK_RACE=2000 for the full race."""

from __future__ import annotations

import os
import random
import threading
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
from tests.services.clock_racing import (
    ACTS,
    NOTHING,
    PATIENCE,
    ClockRace,
    await_alone,
    clock_race,
    deadlocks,
    take_what_was_read,
    until,
)
from tests.services.clockwork import Clockwork, clockwork, local

SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))
ROUNDS = int(os.environ.get("SUIVI_CLOCK_RACE", 6 * 5))
BATCHES = -(-ROUNDS // (len(ACTS) - 1))


@pytest.fixture
def race(database: Urls) -> Iterator[ClockRace]:
    with clock_race(database, SEED) as race:
        yield race


@pytest.mark.timeout(2 * PATIENCE + ROUNDS)
def test_no_step_is_recorded_after_the_act_that_ends_its_clock(race: ClockRace) -> None:
    race.run(BATCHES)
    print(dict(race.counts))
    assert {race.counts[verb] for verb in ACTS if verb != NOTHING} == {BATCHES}


@pytest.mark.parametrize("verb", [verb for verb in ACTS if verb != NOTHING])
def test_twin_a_sweep_that_decides_from_what_it_read(race: ClockRace, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer acts once a sweep has read the case, and the sweep records once that is acknowledged."""
    read: set[UUID] = set()

    def take(store: Store, _swept: Swept, _who: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
        def meanwhile() -> None:
            if any(entry.clock == clock and entry.verb == verb for entry in race.entries):
                read.add(clock)
                until(lambda: clock in race.ended, f"{verb}, acknowledged")

        take_what_was_read(store, stream, clock, step, str(step), meanwhile=meanwhile)

    monkeypatch.setattr(sweeping, "_take", take)
    race.before = lambda entry: entry.verb != verb or until(lambda: entry.clock in read, "a sweep that has read the case")
    with pytest.raises(AssertionError, match="after the act that ended it"):
        race.run(1)


def hold_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep that holds the due row from before it asks until after it appended."""
    really = sweeping._take

    def take(store: Store, swept: Swept, who: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
        with suppress(psycopg.Error), store.connection.transaction():
            store.connection.execute("SELECT FROM suivi.due WHERE clock = %s FOR UPDATE", (clock,))
            really(store, swept, who, clock, stream, step)

    monkeypatch.setattr(sweeping, "_take", take)


def answer_during_a_sweep(work: Clockwork, urls: Urls, monkeypatch: pytest.MonkeyPatch, patience: str | None) -> None:
    """An officer answers between a sweep's question and its append, and would wait for others `patience` long; without
    it for as long as it takes, and the sweep goes on once they wait."""
    asked, answered, really = threading.Event(), threading.Event(), Recipients.reach

    def reach(self: Recipients, case: Case, clock: Clock) -> dict[str, tuple[UUID, ...]]:
        asked.set()
        answered.wait(PATIENCE)
        return really(self, case, clock)

    monkeypatch.setattr(Recipients, "reach", reach)
    ref = work.due(17, "2024-09-18")
    work.move_to(local("2024-09-19 08:00"))

    def sweep() -> None:
        with Store(urls.writer) as store:
            sweeping.sweep(store)

    def answer() -> None:
        with Store(urls.writer) as store:
            if patience:
                store.connection.execute(f"SET lock_timeout = '{patience}'")
            act(store, work.actor, Ask(ref=ref, verb="complete", facts={"completion": "full"}))

    with ThreadPoolExecutor(2) as pool:
        sweeper = pool.submit(sweep)
        try:
            assert asked.wait(PATIENCE)
            officer = pool.submit(answer)
            until(lambda: officer.done() or (not patience and work.store.connection.execute(_BLOCKED).fetchone()), "the answer")
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
        answer_during_a_sweep(work, database, monkeypatch, None)
        await_alone(work.store.connection)
        assert deadlocks(work.store.connection) == 1
