"""Writers, sequencers and followers let loose on one database while connections are cut under them.

What is drawn comes from one seed, what the scheduler does not: a race is run, not replayed."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from domain.base import Act
from domain.directory import Body, CreateBody, Rename
from domain.errors import Conflict
from services import sequencer
from services.schema import Urls
from services.store import Append, Recorder, Store
from tests.services.invariants import At

ACTOR = UUID(int=1)
LONGEST = 0.03  # seconds that a transaction stays open after its append
MANNERS = {"at once": 5, "lingering": 2, "rolled back": 1, "hung up": 1.5, "gap tried": 0.5}  # and their weights
OPEN = ("lingering", "rolled back")  # in a transaction that stays open for a while
_KNOWN = "SELECT streams, versions FROM suivi.command_log WHERE command_id = %s"


def act(command_id: UUID) -> Act:
    """Someone who may keep the directory."""
    return Act(actor=ACTOR, roles=frozenset({"officer"}), now=datetime(2026, 1, 1, 12, tzinfo=UTC), command_id=command_id)


def append(command_id: UUID, **more: Any) -> Append:
    return Append(command_id, ACTOR, command_id.bytes * 2, **more)


def body(command_id: UUID, name: str = "Un comité") -> Body:
    """A new stream with one event."""
    stream = uuid4()
    created: Body = Body.create(stream, f"k-{stream}", CreateBody(name=name), act(command_id))
    return created


def new_events(bodies: Sequence[Body]) -> list[At]:
    return [(event.originator_id, event.originator_version) for one in bodies for event in one.new]


def save(store: Store, bodies: Sequence[Body], command_id: UUID) -> None:
    """As the application does: the events and the command, in one statement."""
    store.save(*bodies, append=append(command_id))


class RolledBack(Exception):
    """On purpose, after the append."""


class Line:
    """A connection that can be cut from outside; `renew` makes another."""

    def __init__(self, connect: Callable[[], psycopg.Connection], guard: threading.Lock) -> None:
        self._connect, self._guard = connect, guard
        self._open()

    def renew(self) -> None:
        self.close()
        self._open()

    def close(self) -> None:
        self.connection.close()
        with self._guard:
            self._socket.close()

    def hang_up(self) -> None:
        """The client no longer hears: what it sent is carried out all the same."""
        with suppress(OSError):  # closed or hung up already
            self._socket.shutdown(socket.SHUT_RDWR)

    def _open(self) -> None:
        self.connection = self._connect()
        with self._guard:
            self._socket = socket.socket(fileno=os.dup(self.connection.fileno()))
            self.pid = self.connection.info.backend_pid


@dataclass
class Race:
    """One race: its size, how it saves (a planted twin has its own way), and what its runners noted."""

    urls: Urls
    superuser_url: str
    seed: int
    commands: int
    writers: int = 20
    save: Callable[[Store, Sequence[Body], UUID], None] = save
    acknowledged: dict[UUID, list[At]] = field(default_factory=dict)
    followed: list[list[tuple[int, UUID, int]]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """To the end, with everything placed and followed from the first on. Raises what a runner raised."""
        self.followed.clear()
        self.guard = threading.Lock()
        self.lines: list[Line] = []
        self.written, self.placed, self.over = threading.Event(), threading.Event(), threading.Event()
        self.shared = self._shared_streams()
        with ThreadPoolExecutor(self.writers + 6) as pool:
            cutter = pool.submit(self._cut)
            followers = [pool.submit(self._follow, n) for n in range(2)]
            sequencers = [pool.submit(self._place, n) for n in range(3)]
            writers = [pool.submit(self._write, n) for n in range(self.writers)]
            _await(writers, self._await_unheard, self.written.set)
            _await(sequencers, self.placed.set)
            _await(followers, self.over.set)
        for done in (*writers, *sequencers, *followers, cutter):
            done.result()

    def count(self, what: str) -> None:
        with self.guard:
            self.counts[what] = self.counts.get(what, 0) + 1

    def _shared_streams(self) -> list[UUID]:
        command_id = uuid4()
        bodies = [body(command_id) for _ in range(12)]
        self.acknowledged[command_id] = new_events(bodies)
        store = Store(self.urls.writer)
        self.save(store, bodies, command_id)
        store.close()
        return [one.id for one in bodies]

    @contextmanager
    def _line(self, connect: Callable[[], psycopg.Connection]) -> Iterator[Line]:
        line = Line(connect, self.guard)
        with self.guard:
            self.lines.append(line)
        try:
            yield line
        finally:
            with self.guard:
                self.lines.remove(line)
            line.close()

    def _write(self, number: int) -> None:
        store = Store(self.urls.writer)

        def connect() -> psycopg.Connection:
            store.reconnect()
            return store.connection

        with self._line(connect) as line:
            writer = Writer(self, store, line, Random(f"{self.seed}/{number}"))
            for _ in range(self.commands):
                writer.carry_out(uuid4())

    def _place(self, number: int) -> None:
        random = Random(f"{self.seed}/sequencer {number}")
        with self._line(lambda: psycopg.connect(self.urls.writer, autocommit=True)) as line:
            while True:
                ending = self.written.is_set()
                try:
                    placed = sequencer.sequence(line.connection, random.choice((1, 7, 50, 1_000)))
                except psycopg.OperationalError:
                    line.renew()
                    continue
                if not placed and ending:
                    return
                if not placed:
                    time.sleep(0.003)

    def _follow(self, number: int) -> None:
        seen: list[tuple[int, UUID, int]] = []
        self.followed.append(seen)
        with self._line(lambda: psycopg.connect(self.urls.reader, autocommit=True)) as line:
            while True:
                ending = self.placed.is_set()
                last = seen[-1][0] if seen else 0
                try:
                    new = Recorder(line.connection).select_notifications(last, 100, inclusive_of_start=False)
                except psycopg.OperationalError:
                    line.renew()
                    continue
                seen += [(one.id, UUID(str(one.originator_id)), one.originator_version) for one in new]
                if not new and ending:
                    return
                if not new:
                    time.sleep(0.003)

    def _cut(self) -> None:
        """Every few milliseconds the server ends someone's connection."""
        random = Random(f"{self.seed}/cutter")
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            while not self.over.wait(random.uniform(0.005, 0.03)):
                with self.guard:
                    for line in random.sample(self.lines, min(1, len(self.lines))):
                        connection.execute("SELECT pg_terminate_backend(%s)", (line.pid,))

    def _await_unheard(self) -> None:
        """What writers sent over connections since hung up is carried out to its end."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = %s"
        login = conninfo_to_dict(self.urls.writer)
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            while True:
                with self.guard:
                    known = {line.pid for line in self.lines}
                    there = connection.execute(query, (login["dbname"], login["user"])).fetchall()
                if all(pid in known for (pid,) in there):
                    return
                time.sleep(0.01)


class Writer:
    """Carries commands out, each until its fate is known: acknowledged, or gone back on."""

    def __init__(self, race: Race, store: Store, line: Line, random: Random) -> None:
        self.race, self.store, self.line, self.random = race, store, line, random
        self.unheard: set[UUID] = set()  # lost on the way: an earlier try may still be stored, so no going back

    def carry_out(self, command_id: UUID) -> None:
        while True:
            try:
                told = self._known(command_id) or self._attempt(command_id)
                self.race.acknowledged[command_id] = told
                return
            except RolledBack:
                return
            except Conflict:
                self.race.count("conflict")
            except psycopg.errors.DeadlockDetected:
                raise
            except psycopg.OperationalError:
                self.race.count("lost")
                self.unheard.add(command_id)
                self.line.renew()

    def _known(self, command_id: UUID) -> list[At] | None:
        """What is recorded of the command, whatever became of the answer."""
        row = self.line.connection.execute(_KNOWN, (command_id,)).fetchone()
        if row is None:
            return None
        self.race.count("stored unheard")
        return list(zip(*row, strict=True))

    def _attempt(self, command_id: UUID) -> list[At]:
        """One event alone as often as not; else up to four streams in any order, one to three events each."""
        most = self.random.choice((1, 3))
        bodies = self._bodies(command_id, most)
        manner = self.random.choices(*zip(*MANNERS.items(), strict=True))[0]
        if manner == "rolled back" and command_id in self.unheard:
            manner = "lingering"
        if manner == "gap tried":
            bodies[0].version += 1
        for one in bodies:
            for _ in range(self.random.randint(1, most)):
                one.handle(Rename(name=f"Comité {self.random.random()}"), act(command_id))
        events = new_events(bodies)
        self.race.count(manner)
        with self.store.connection.transaction() if manner in OPEN else nullcontext():
            if manner == "hung up":
                threading.Timer(self.random.uniform(0, 0.006), self.line.hang_up).start()
            self.race.save(self.store, bodies, command_id)
            if manner in OPEN:
                self.store.connection.execute("SELECT pg_sleep(%s)", (self.random.uniform(0, LONGEST),))
            if manner == "rolled back":
                raise RolledBack()
        return events

    def _bodies(self, command_id: UUID, most: int) -> list[Body]:
        shared = self.random.sample(self.race.shared, self.random.randint(1, most))
        bodies = [self.store.load(Body, stream) for stream in shared]
        return [*bodies, body(command_id)] if most > 1 and self.random.random() < 0.5 else bodies


def _await(futures: Sequence[Future[None]], *then: Callable[[], object]) -> None:
    for future in futures:
        future.exception()
    for step in then:
        step()
