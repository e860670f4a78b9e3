"""What goes on in a house while it is attacked: officers who record, and time that passes."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple, Protocol
from uuid import UUID, uuid4, uuid5

import httpx
import psycopg

from domain.errors import SuiviError, Unavailable
from services.act import Ask, act
from services.execute import Actor
from services.simulation import advance
from services.store import Store
from tests.services.clockwork import ZONE

PATIENCE = 300.0  # seconds for a command to be answered, whatever happens to the house
AGAIN = 0.05
LATEST = timedelta(days=1)  # that a message may wait before time stands still for it, in working hours
REFUSED = (400, 409, 412, 422)


class Answer(NamedTuple):
    """What an officer was told of a command that was recorded; `version` of its case, where it was told exactly."""

    ref: str
    verb: str
    version: int | None
    again: bool


class Door(Protocol):
    """A way to record something. Each call asks once; null: refused. Raises `Unavailable` when it is to be asked again."""

    def command(self, key: str) -> UUID: ...

    def ask(self, ref: str, verb: str, facts: dict[str, str], key: str) -> Answer | None: ...

    def close(self) -> None: ...


@dataclass
class Web:
    """Over HTTP, with a token and an Idempotency-Key."""

    url: str
    token: str
    person: UUID
    troubles: Counter[str]

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=PATIENCE, headers={
            "Authorization": f"Bearer {self.token}", "If-Match": "*"})  # fmt: skip

    def command(self, key: str) -> UUID:
        return uuid5(self.person, key)

    def ask(self, ref: str, verb: str, facts: dict[str, str], key: str) -> Answer | None:
        path, said = ("/cases", {"ref": ref, **facts}) if verb == "adopt" else (f"/cases/{ref}/{verb}", facts)
        try:
            answer = self.client.post(path, json=said, headers={"Idempotency-Key": key})
        except httpx.TransportError as error:
            self.troubles[type(error).__name__] += 1
            raise Unavailable() from error
        if answer.status_code >= 500:
            self.troubles[str(answer.status_code)] += 1
            raise Unavailable()
        if answer.status_code in REFUSED:
            return None
        assert answer.is_success, f"{verb} {ref}: {answer.status_code} {answer.text}"
        return Answer(ref, verb, None, "Idempotent-Replayed" in answer.headers)

    def close(self) -> None:
        self.client.close()


@dataclass
class InProcess:
    """Through the services, as the terminal does."""

    writer: str
    actor: Actor
    store: Store | None = None

    def command(self, key: str) -> UUID:
        return uuid5(self.actor.person, key)

    def ask(self, ref: str, verb: str, facts: dict[str, str], key: str) -> Answer | None:
        try:
            self.store = self.store or Store(self.writer)
            if self.store.connection.closed:
                self.store.reconnect()
            done = act(self.store, self.actor, Ask(ref=ref, verb=verb, facts=facts), self.command(key))
        except psycopg.OperationalError as error:
            raise Unavailable() from error
        except Unavailable:
            raise
        except SuiviError:
            return None
        (version,) = done.versions.values()
        return Answer(ref, verb, version, done.repeated)

    def close(self) -> None:
        if self.store:
            self.store.close()


class Gate:
    """Officers pass, any number at once; time moves only while nobody is on the way, since a date that is good when a
    command is decided is to be good when it is recorded."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._inside, self._closed = 0, False

    @contextmanager
    def passing(self) -> Iterator[None]:
        with self._news:
            self._news.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._news:
                self._inside -= 1
                self._news.notify_all()

    @contextmanager
    def closed(self, patience: float) -> Iterator[bool]:
        """Whether everyone is out."""
        with self._news:
            self._closed = True
        try:
            with self._news:
                empty = self._news.wait_for(lambda: self._inside == 0, patience)
            yield empty
        finally:
            with self._news:
                self._closed = False
                self._news.notify_all()


@dataclass
class Traffic:
    """What officers were told, and when nothing was due: `settled` instants, at which no step was left to take."""

    writer: str
    now: datetime
    over: threading.Event = field(default_factory=threading.Event)
    gate: Gate = field(default_factory=Gate)
    refs: list[str] = field(default_factory=list)
    answers: dict[UUID, Answer] = field(default_factory=dict)
    refused: set[UUID] = field(default_factory=set)
    settled: list[datetime] = field(default_factory=list)
    asked_again: int = 0

    def work(self, number: int, door: Door, random: Random) -> None:
        """One officer, until it is over; the last command too is asked until its fate is known."""
        for n in range(1, 10**6):
            if self.over.is_set():
                return
            new = n == 1 or random.random() < 0.05
            ref = f"2023:{number * 100_000 + n}" if new else random.choice(self.refs[-12:])
            verb, facts = ("adopt", {"title": f"Résolution {n}"}) if new else draw(random, self.now)
            self._record(door, ref, verb, facts)
            time.sleep(random.uniform(0, 0.25))

    def _record(self, door: Door, ref: str, verb: str, facts: dict[str, str]) -> None:
        key, end = str(uuid4()), time.monotonic() + PATIENCE
        with self.gate.passing():
            while True:
                try:
                    answer = door.ask(ref, verb, facts, key)
                    break
                except Unavailable:
                    assert time.monotonic() < end, f"{type(door).__name__}: {verb} {ref} is never answered"
                    self.asked_again += 1
                    time.sleep(AGAIN)
        if answer is None:
            self.refused.add(door.command(key))
            return
        self.answers[door.command(key)] = answer
        if verb == "adopt":
            self.refs.append(ref)

    def keep_time(self, random: Random) -> None:
        """Moves it on by hours, mostly working ones and once every step that has come is taken; not while mail waits for
        long."""
        store: Store | None = None
        while not self.over.wait(random.uniform(0.2, 0.6)):
            try:
                store = store or Store(self.writer)
                if store.connection.closed:
                    store.reconnect()
                with self.gate.closed(1.0) as quiet:
                    if quiet:
                        self._move(store, random)
            except psycopg.OperationalError:
                continue
        if store:
            store.close()

    def _move(self, store: Store, random: Random) -> None:
        row = store.connection.execute(_HOW_IT_STANDS).fetchone()
        assert row
        now, due, oldest = row
        if not due:
            self.settled.append(now)
        later = now + timedelta(hours=random.uniform(1, 9))
        opening, afterwards = map(store.present.calendar.reopening, (now, later))
        if random.random() < 0.8:
            later = afterwards
        if oldest and oldest < later - LATEST and opening > now:
            later = opening
        elif (due and random.random() < 0.8) or (oldest and oldest < later - LATEST):
            return
        advance(store, later)
        self.now = later


_HOW_IT_STANDS = """SELECT suivi.now(), EXISTS (SELECT FROM suivi.due WHERE next_at <= suivi.now()),
                           (SELECT min(not_before) FROM suivi.outbox WHERE state = 'waiting')"""


def draw(random: Random, now: datetime) -> tuple[str, dict[str, str]]:
    """Something that an officer may want; some of it is not possible where it is asked."""

    def day(first: int, last: int) -> str:
        return f"{now.astimezone(ZONE).date() + timedelta(days=random.randint(first, last))}"

    verbs: dict[str, tuple[int, dict[str, str]]] = {
        "set-due": (4, {"due": day(-1, 2)}),
        "add-task": (4, {"text": "écrire à la ministre", "owner": "person:lea", "due": day(0, 2)}),
        "finish-task": (2, {"task": str(random.randint(1, 4))}),
        "refer": (3, {"body": "body:climat", "due": day(0, 2)}),
        "report-back": (2, {"body": "body:climat", "text": "favorable"}),
        "assign": (2, {"owner": "person:lea"}),
        "note": (3, {"text": "rien de neuf"}),
        "acknowledge-step": (2, {}),
        "snooze": (1, {"until": day(1, 4)}),
        "postpone": (1, {"until": day(0, 3), "reason": "trop tôt"}),
        "resume": (1, {}),
        "complete": (1, {"completion": "full"}),
    }
    (verb,) = random.choices([*verbs], [weight for weight, _ in verbs.values()])
    return verb, verbs[verb][1]
