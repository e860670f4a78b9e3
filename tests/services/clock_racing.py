"""Officers who settle, move or silence deadlines at the very instant at which a reminder is due, against sweepers.

What is drawn comes from one seed, what the scheduler does not: a race is run, not replayed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from threading import Barrier, Event
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from domain.base import Act
from domain.clocks import TakeSteps
from services import subjects
from services.act import Ask, act
from services.execute import SYSTEM, Work, commit
from services.rebuilding import rebuild_due
from services.schema import Urls
from services.store import Store
from services.sweeping import sweep
from tests.services.clockwork import Clockwork, clockwork
from tests.services.ringing import check_clocks, check_ended

OFFICERS, SWEEPERS = 3, 5
PATIENCE = 300.0  # seconds for a rival, on a slow machine: only what never comes fails
LATER = "2090-01-10"
NOTHING = "nothing"  # the case that nobody touches: its step is taken
ACTS: dict[str, dict[str, Any]] = {
    "report-back": {"body": "body:climat", "text": "favorable"},
    "complete": {"completion": "full"},
    "set-due": {"due": LATER},
    "acknowledge-step": {},
    "snooze": {"until": LATER},
    "finish-task": {"task": "1"},
    NOTHING: {},
}


class Entry(NamedTuple):
    """A case that is due at the instant, what will be done to it, and the clock that this ends."""

    ref: str
    verb: str
    stream: UUID
    clock: UUID


@dataclass
class ClockRace:
    """One after the other, batches of seven cases: one for each act, one left alone."""

    work: Clockwork
    urls: Urls
    seed: int
    number: int = 0
    ended: dict[UUID, tuple[int, datetime | None]] = field(default_factory=dict)
    seconds: set[UUID] = field(default_factory=set)  # clocks that are raced for their second step
    lost: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)  # of the batch that is raced
    before: Callable[[Entry], object] = lambda entry: None  # each act
    acts: dict[str, dict[str, Any]] = field(default_factory=lambda: ACTS)

    def run(self, batches: int) -> None:
        """To the end, then everything is checked."""
        self.random = Random(self.seed)
        before = deadlocks(self.work.store.connection)
        with ExitStack() as stack, ThreadPoolExecutor(OFFICERS + SWEEPERS + 2) as pool:
            stores = [stack.enter_context(Store(self.urls.writer)) for _ in range(OFFICERS + SWEEPERS + 1)]
            for _ in range(batches):
                self._batch(pool, stores)
        self.check(before)

    def check(self, deadlocks_before: int) -> None:
        """After everything has come to rest."""
        store = self.work.store
        sweep(store)
        await_alone(store.connection)
        assert deadlocks(store.connection) == deadlocks_before, "someone was in a deadlock"
        check_ended(store, self.ended)
        self.counts["steps"] = check_clocks(store)
        rung = {step.clock for step in self.work.steps() if step.step == 1 + (step.clock in self.seconds)}
        self.counts["sweeps that came first"] = len(rung & self.ended.keys())
        assert not self.lost, f"acts that were acknowledged and are not recorded: {self.lost}"
        alone = [ref for ref, verb in self.refs if verb == NOTHING and not self.steps_of(ref)]
        assert not alone, f"no step was taken of {alone}"

    @property
    def refs(self) -> Iterator[tuple[str, str]]:
        for number in range(1, self.number + 1):
            yield self.ref(number), [*self.acts][(number - 1) % len(self.acts)]

    def ref(self, number: int) -> str:
        """What is raced for, the number-th."""
        return f"2023:{number}"

    days = (1, 5, 6)  # working days from one batch to the first reminder, to the due day, and to the instant

    def _batch(self, pool: ThreadPoolExecutor, stores: list[Store]) -> None:
        work, calendar = self.work, self.work.store.present.calendar
        today = calendar.today(work.store.present.now)
        first, last, instant = (calendar.after(today, n) for n in self.days)
        entries = [self.prepare(verb, today if verb == "acknowledge-step" else last) for verb in self.acts]
        work.sweep_at(calendar.opening(first))
        self._let_loose(pool, stores, entries, calendar.opening(instant))
        for entry in entries:
            if entry.verb == NOTHING:
                self.forget(entry.ref)

    def prepare(self, verb: str, due: date) -> Entry:
        """A case whose reminder comes at the instant; the second one, where it is to be acknowledged."""
        self.number += 1
        ref, day = self.work.adopt(self.number), f"{due:%Y-%m-%d}"
        if verb == "report-back":
            self.work.do(ref, "refer", body="body:climat", due=day)
        elif verb == "finish-task":
            self.work.do(ref, "add-task", text="écrire à la ministre", owner="person:lea", due=day)
        else:
            self.work.do(ref, "set-due", due=day)
        case = self.work.case(ref)
        (clock,) = case.clocks
        if verb == "acknowledge-step":
            self.seconds.add(clock)
        return Entry(ref, verb, case.id, clock)

    def steps_of(self, ref: str) -> list[Any]:
        """The steps that were taken of it."""
        return [*self.work.steps(ref)]

    def forget(self, ref: str) -> None:
        """It is of no more interest."""
        self.work.do(ref, "complete", completion="full")

    def _let_loose(self, pool: ThreadPoolExecutor, stores: list[Store], entries: list[Entry], instant: datetime) -> None:
        """Officers, sweepers, whoever moves the time, and now and then a rebuild of the due rows: all at once."""
        acts, self.entries = [entry for entry in entries if entry.verb != NOTHING], entries
        self.random.shuffle(acts)
        sweepers = self.random.randint(1, SWEEPERS)
        rebuilding = self.random.random() < 0.1
        runners = OFFICERS + sweepers + 1 + rebuilding
        start, over = Barrier(runners), Event()
        self.counts.update({"batches": 1, "sweepers": sweepers, "rebuilds": rebuilding})

        def run(task: Callable[..., object], *given: Any) -> Future[None]:
            def go() -> None:
                start.wait()
                task(*given, Random(f"{self.seed}/{self.number}/{len(given)}/{given[1:]}"))

            return pool.submit(go)

        officers = [run(self._act, stores[n], acts[n::OFFICERS]) for n in range(OFFICERS)]
        others = [run(self._sweep, stores[OFFICERS + n], over) for n in range(sweepers)]
        mover = run(self._move, instant)
        if rebuilding:
            others.append(run(lambda store, _: rebuild_due(store), stores[-1]))
        errors = [done.exception() for done in (*officers, mover)]
        over.set()
        errors += [done.exception() for done in others]
        for error in filter(None, errors):
            raise error

    def _act(self, store: Store, entries: list[Entry], random: Random) -> None:
        for ref, verb, stream, clock in entries:
            time.sleep(random.uniform(0, 0.03))
            self.before(Entry(ref, verb, stream, clock))
            version = act(store, self.work.actor, Ask(ref=ref, verb=verb, facts=self.acts[verb])).versions[stream]
            until = datetime.fromisoformat(f"{LATER}T00:00:00-05:00") if verb == "snooze" else None
            self.ended[clock] = version, until
            self.counts[verb] += 1
            if subjects.load(store, stream).version < version:
                self.lost.append(ref)

    def _sweep(self, store: Store, over: Event, random: Random) -> None:
        while not over.is_set():
            sweep(store)
        sweep(store)

    def _move(self, instant: datetime, random: Random) -> None:
        time.sleep(random.uniform(0, 0.03))
        with psycopg.connect(self.urls.writer, autocommit=True) as connection:
            connection.execute("UPDATE suivi.clock SET simulated_at = %s", (instant,))


@contextmanager
def clock_race(urls: Urls, seed: int) -> Iterator[ClockRace]:
    """In a simulated store of its own."""
    print(f"SUIVI_SEED={seed}")
    with clockwork(urls) as work:
        yield ClockRace(work, urls, seed)


def take_what_was_read(
    store: Store, stream: UUID, clock: UUID, command_id: UUID, *keys: str, meanwhile: Callable[[], object]
) -> None:
    """A bug to plant in sweeps: decides on the case as it stood with the due row, and records it whatever happened
    `meanwhile`."""
    read = subjects.load(store, stream)
    asked = Act(actor=SYSTEM.person, roles=SYSTEM.roles, now=store.present.now, command_id=command_id)
    subjects.handle(read, TakeSteps(clock=clock, reach={}), asked)
    meanwhile()

    def decide(work: Work) -> None:
        subject = work.loaded[stream] = subjects.load(store, stream)
        for new in read.new:
            subject.trigger(new.event, work.act)
        work.taken |= {("step", key): stream for key in keys}

    commit(store, SYSTEM, {"step": str(command_id)}, decide, command_id)


def until(done: Callable[[], object], what: str) -> None:
    """Waits for a rival."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.002)


def deadlocks(connection: psycopg.Connection) -> int:
    """How many the server ever broke up in this database."""
    row = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    assert row
    return int(row[0])


def await_alone(connection: psycopg.Connection) -> None:
    """Until the other connections of the writer have ended: only then is all counted that they met."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = session_user"
    while (connection.execute(query).fetchone() or (0,))[0] > 1:
        time.sleep(0.01)
