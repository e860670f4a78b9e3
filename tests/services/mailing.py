"""A post office for tests: a simulated store whose dates pass when told, and real mail servers beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from psycopg.rows import dict_row

from projections import follower
from projections.registry import PROJECTIONS
from services.accounts import Account, add, enter
from services.act import Ask, act, act_all
from services.execute import Actor
from services.mail import react
from services.schema import Urls
from services.sequencer import sequence_all
from services.settings import Settings
from services.simulation import advance, begin
from services.store import Store
from services.sweeping import sweep
from tests.ports import free_port

T = TypeVar("T")

ZONE = ZoneInfo("America/Toronto")
MONDAY = datetime(2024, 9, 16, 12, tzinfo=ZONE)
RUNG = datetime(2024, 9, 18, 10, tzinfo=ZONE)  # a working day after what was due on the 17th


class PostOffice:
    """`ana` is secretary and administrator; cases are due on the 17th, and it is the 16th."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings

    @property
    def ana(self) -> Actor:
        return enter(self.store, "ana")[0]

    def do(self, ref: str, verb: str, by: Actor | None = None, **facts: Any) -> None:
        """One verb, shown in the lists at once."""
        act(self.store, by or self.ana, Ask(ref=ref, verb=verb, facts=facts))
        self.settle()

    def settle(self) -> None:
        sequence_all(self.store.connection)
        for projection in PROJECTIONS:
            while follower.follow(self.store.connection, projection):
                pass

    def person(self, login: str, name: str, mail: str | None, *roles: str) -> Account:
        account = add(self.store, self.ana, login, roles or ("officer",), name, mail)
        self.settle()
        return account

    def due(self, number: int = 17, owner: str | None = "Marie", title: str = "Un jardin", on: str = "2024-09-17") -> str:
        """A case under way that is due; its REF."""
        ref = f"2023:{number}"
        self.do(ref, "adopt", titles={str(number): title})
        self.do(ref, "start")
        if owner:
            self.do(ref, "assign", owner=owner)
        self.do(ref, "set-due", due=on)
        return ref

    def tasks(self, n: int, ref: str = "2023:17") -> None:
        """So many more messages that are due with the case, at once."""
        facts = {"text": "Imprimer", "owner": "Marie", "due": "2024-09-17"}
        act_all(self.store, self.ana, [Ask(ref=ref, verb="add-task", facts=facts) for _ in range(n)])
        self.settle()

    def reach(self, instant: datetime = RUNG) -> int:
        """Moves the time on and takes the steps that have come; how many."""
        advance(self.store, instant)
        steps = sweep(self.store).steps
        self.settle()
        return steps

    def ring(self, instant: datetime = RUNG) -> int:
        """The same, and what is to be told is written; how many messages."""
        self.reach(instant)
        return react(self.store, self.settings)

    def rows(self) -> list[dict[str, Any]]:
        """The outbox, as it is."""
        with self.store.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute("SELECT * FROM suivi.outbox ORDER BY created_at, stream, recipient").fetchall()

    def states(self) -> list[str]:
        return sorted(row["state"] for row in self.rows())

    def let_leases_end(self) -> None:
        """As if what keeps the messages from being tried were over."""
        self.store.connection.execute("UPDATE suivi.outbox SET leased_till = clock_timestamp() - interval '1 second'"
                                      " WHERE leased_till IS NOT NULL")  # fmt: skip

    def sending_to(self, url: str | None) -> Settings:
        return replace(self.settings, smtp_url=url)

    @contextmanager
    def another(self) -> Iterator[Store]:
        """A store over a connection of its own: for a thread."""
        with Store(self.store.url) as store:
            yield store

    def at_once(self, times: int, work: Callable[[Store], T]) -> list[T]:
        """What each of so many answers, with a store of their own, let go together."""
        together = Barrier(times, timeout=300)

        def go(_: int) -> T:
            with self.another() as store:
                together.wait()
                return work(store)

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(go, range(times)))


@contextmanager
def post_office(urls: Urls, beginning: datetime | None = MONDAY) -> Iterator[PostOffice]:
    """In an empty database; without a beginning, in real time."""
    settings = Settings(Path(os.environ["SUIVI_TEST_HOME"]), "ana", mail_from="Suivi <suivi@example.org>",
                        url="https://suivi.example.org")  # fmt: skip
    for projection in PROJECTIONS:
        projection.forget()
    with Store(urls.writer) as store:
        for projection in PROJECTIONS:
            follower.install(store.connection, projection)
        if beginning:
            begin(store, beginning)
        office = PostOffice(store, settings)
        office.do("person:ana", "set-address", mail="ana@example.org")
        office.do("assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        office.person("marie", "Marie", "marie@example.org")
        yield office


class Sink:
    """A mail server that keeps what it takes; `senders`: whither each message returns if it cannot be delivered."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []
        self.senders: list[str] = []
        self.url = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.rcpt_tos, envelope.content))
        self.senders.append(envelope.mail_from)
        return "250 taken"

    @property
    def messages(self) -> list[EmailMessage]:
        return [parsed(content) for _, content in self.taken]

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _answering(taking: Sink) -> SimpleNamespace:
    """How it answers, and no more: each connection looks at all that this has, and would read every message again."""
    return SimpleNamespace(**{name: getattr(taking, name) for name in dir(taking) if name.startswith(("handle_", "auth_"))})


@contextmanager
def sink(
    scheme: str = "smtp", login: str = "", query: str = "", taking: Sink | None = None, **options: Any
) -> Iterator[Sink]:
    """A mail server that runs."""
    taking = taking or Sink()
    port = free_port()
    controller = Controller(_answering(taking), hostname="127.0.0.1", port=port, ready_timeout=30,
                            server_hostname="localhost", **options)  # fmt: skip  # else it asks a name server each time
    controller.start()
    taking.url = f"{scheme}://{login}127.0.0.1:{port}{query}"
    try:
        yield taking
    finally:
        controller.stop()
