"""A desk at which tests act: a store of its own, its lists when asked for, and what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from domain.base import Event
from domain.case.case import Case
from domain.directory import Body
from projections import follower
from projections.registry import PROJECTIONS
from services.act import Ask, act, act_all
from services.execute import Actor, Outcome
from services.refs import Refs, read_ref
from services.schema import Urls
from services.sequencer import sequence_all
from services.store import Store

HER = Actor(UUID(int=1), frozenset({"secretary", "officer"}))
HIM = Actor(UUID(int=2), frozenset({"officer"}))
AUDITOR = Actor(UUID(int=3), frozenset({"auditor"}))


class Desk:
    """`store` is one connection: a thread needs a desk of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.refs = Refs(store)

    def ask(self, ref: str, verb: str, *, part: str | None = None, occurred: str | None = None, **facts: Any) -> Ask:
        """What a door would pass on; `if_version` among the facts is not one."""
        version = facts.pop("if_version", None)
        return Ask(ref=ref, verb=verb, facts=facts, part=part, occurred=occurred, if_version=version)

    def act(self, ref: str, verb: str, *, actor: Actor = HER, id: UUID | None = None, **more: Any) -> Outcome:
        """Does it."""
        return act(self.store, actor, self.ask(ref, verb, **more), id)

    def act_all(self, *asks: Ask, actor: Actor = HER, id: UUID | None = None) -> Outcome:
        return act_all(self.store, actor, list(asks), id)

    def case(self, ref: str) -> Case:
        return self.store.load(Case, self.refs.case(ref))

    def body(self, key: str) -> Body:
        stream = self.refs.key("body", key)
        assert stream
        return self.store.load(Body, stream)

    def last(self, ref: str) -> Event:
        """What somebody recorded last of a case; what clocks made of it aside."""
        return [recorded.event for recorded in self.case(ref).history if not recorded.event.machine][-1]

    def count(self) -> int:
        """How many events there are in all."""
        row = self.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
        assert row
        return int(row[0])

    def settle(self) -> None:
        """Gives everything its place, and brings the lists to the end of the log."""
        sequence_all(self.store.connection)
        for projection in PROJECTIONS:
            while follower.follow(self.store.connection, projection):
                pass

    def position(self, ref: str, version: int) -> int:
        """Where an event of a case is in the log."""
        query = "SELECT position FROM suivi.log WHERE stream = %s AND version = %s"
        row = self.store.connection.execute(query, (self.refs.case(ref), version)).fetchone()
        assert row
        return int(row[0])

    def address(self, ref: str) -> str:
        """The whole REF."""
        return self.refs.full(read_ref(ref))


@contextmanager
def opened(urls: Urls) -> Iterator[Desk]:
    """A desk at a database that may have no lists yet."""
    with Store(urls.writer) as store:
        for projection in PROJECTIONS:
            follower.install(store.connection, projection)
        yield Desk(store)


def furnished(desk: Desk) -> Desk:
    """With the assemblies of 2023 and 2024, and the case 2023:17."""
    desk.act_all(
        desk.ask("assembly:2023", "create", name="Annuelle 2023", date="2023-05-13"),
        desk.ask("assembly:2024", "create", name="Annuelle 2024", date="2024-05-11"),
        desk.ask("2023:17", "adopt", title="Des vélos pour les quartiers"),
    )
    return desk
