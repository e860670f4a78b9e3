"""A store whose time tests move: simulated, with a secretary, an owner and a body whose chair can be written to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.case.case import Case
from domain.clocks import EscalationStepTaken
from services import accounts
from services.act import Ask, act_all
from services.execute import Actor, Outcome
from services.home import Home
from services.refs import Refs
from services.schema import Urls
from services.sequencer import sequence_all
from services.sweeping import Swept, sweep
from tests.homes import SECRETARY, do, opened

ZONE = ZoneInfo("America/Toronto")
START = datetime(2024, 9, 18, 9, tzinfo=ZONE)  # a Wednesday


class Clockwork:
    """A home in simulated time, with the people that ladders tell."""

    def __init__(self, home: Home) -> None:
        self.home, self.store = home, home.store
        self.actor: Actor = accounts.enter(home.store, SECRETARY)[0]

    def people(self) -> None:
        """The secretary has an address; Léa and the committee's chair, Noé, too; the assembly is there."""
        do(self.home, f"person:{SECRETARY}", "set-address", mail="ana@example.org")
        do(self.home, "person:lea", "create", name="Léa Roy", mail="lea@example.org")
        do(self.home, "person:noe", "create", name="Noé Côté", mail="noe@example.org")
        do(self.home, "body:climat", "create", name="Comité climat")
        do(self.home, "body:climat", "appoint", person="person:noe", charge="chair")
        do(self.home, "assembly:2023", "create", name="Assemblée de 2023", date="2023-05-13")

    def do(self, ref: str, verb: str, **facts: Any) -> Outcome:
        return do(self.home, ref, verb, by=self.actor, **facts)

    def adopt(self, number: int, **facts: Any) -> str:
        """A case of the assembly, by hand: a confirmed one."""
        ref = f"2023:{number}"
        self.do(ref, "adopt", title=f"Résolution {number}", **facts)
        return ref

    def due(self, number: int, due: str, owner: str | None = "person:lea") -> str:
        """A case that is due, and who sees to it."""
        ref = self.adopt(number)
        if owner:
            self.do(ref, "assign", owner=owner)
        self.do(ref, "set-due", due=due)
        return ref

    def due_at_once(self, numbers: Sequence[int], due: str) -> None:
        """Many cases that are due, with Léa as their owner."""
        for some in (numbers[n : n + 50] for n in range(0, len(numbers), 50)):
            asks = [Ask(ref=f"2023:{number}", verb=verb, facts=facts) for number in some for verb, facts in (
                ("adopt", {"title": f"Résolution {number}"}), ("assign", {"owner": "person:lea"}), ("set-due", {"due": due}),
            )]  # fmt: skip
            act_all(self.store, self.actor, asks)
        sequence_all(self.store.connection)

    def move_to(self, instant: datetime | None) -> None:
        self.store.connection.execute("UPDATE suivi.clock SET simulated_at = %s", (instant,))

    def sweep_at(self, instant: datetime) -> Swept:
        self.move_to(instant)
        return sweep(self.store)

    def case(self, ref: str) -> Case:
        return self.store.load(Case, Refs(self.store).case(ref))

    def steps(self, ref: str | None = None) -> list[EscalationStepTaken]:
        """The steps taken, in order; of all cases without a REF."""
        events = [each.event for each in self.case(ref).history] if ref else [
            each.event for each in self.store.events_of(["EscalationStepTaken"])]  # fmt: skip
        return [event for event in events if isinstance(event, EscalationStepTaken)]

    def rows(self) -> list[tuple[Any, ...]]:
        """The due rows."""
        return self.store.connection.execute("SELECT * FROM suivi.due ORDER BY clock").fetchall()

    def person(self, key: str) -> UUID:
        return self.refs_of("person", key)

    def refs_of(self, scope: str, key: str) -> UUID:
        stream = Refs(self.store).key(scope, key)
        assert stream
        return stream


@contextmanager
def clockwork(urls: Urls, start: datetime = START) -> Iterator[Clockwork]:
    """The store is simulated from before its first event."""
    with opened(urls) as home:
        home.store.connection.execute("UPDATE suivi.clock SET simulated_at = %s", (start,))
        work = Clockwork(home)
        work.people()
        yield work


def local(text: str) -> datetime:
    """An instant of the zone: 2024-10-01 08:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """Every full hour from one instant to another, as time passes (a day of the clock change has 23 or 25)."""
    at, hour = start.timestamp(), timedelta(hours=1).total_seconds()
    while at <= end.timestamp():
        yield datetime.fromtimestamp(at, ZONE)
        at += hour
