"""Loads the demonstration through the ordinary door, one append a case: whatever is missing, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from domain.errors import Forbidden, Refused, SuiviError
from domain.time import ZONE
from services.act import Ask, act_all
from services.demonstration.source import Demonstration
from services.execute import Actor
from services.home import Home
from services.refs import Refs
from services.simulation import simulated_at
from services.store import Store

KEY = "demo-2023"  # a key of its own: a real assembly of 2023 can stand beside it
STANDS_AT = datetime(2024, 9, 18, 9, tzinfo=ZoneInfo(ZONE))  # when all of it had happened, and nothing more


class DemonstrationRole(Forbidden):
    """The demonstration is loaded by the secretary; you do not have that role here."""


class OfBefore(Refused):
    """The assembly {key} is here already, from elsewhere: a document, or an earlier version of Suivi. It stays as it is, and the demonstration was not loaded. To see it, choose an empty folder: SUIVI_HOME=FOLDER suivi demo"""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Loaded:
    """What is there: the REF of every case under `key`, those `created` this time, and why none are, if so."""

    key: str
    cases: tuple[str, ...] = ()
    created: tuple[str, ...] = ()
    numbers: int = 0
    notice: SuiviError | None = None


def load(
    home: Home, actor: Actor, key: str = KEY, progress: Callable[[int, int], None] = lambda done, total: None
) -> Loaded:
    """Loads what is missing of the demonstration, and brings the lists up to date. Tells `progress` the cases seen to,
    of how many. Raises DemonstrationRole; an assembly of the same key that is not this one is left alone, with a notice."""
    told, loading = Demonstration.read(), Loading(home.store, actor)
    if loading.taken(key):
        return Loaded(key, notice=OfBefore(key=key))
    loading.once("assembly", key, told.begun(key, loading.entries()))
    lives = dict(told.followed(key))
    created = []
    for done, (ref, asks) in enumerate(lives.items(), start=1):
        created += [ref] if loading.once("case", ref, asks) else []
        progress(done, len(lives))
    loading.write(key, lambda first: told.written(key, first))
    home.catch_up()
    return Loaded(key, tuple(lives), tuple(created), sum(len(case.titles) for case in told.cases))


class Loading:
    """One loading into a store: what is there already, whoever brought it in, is passed over."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self.store, self.actor, self.refs = store, actor, Refs(store)

    def taken(self, key: str) -> bool:
        """Whether an assembly of that key is there that no loading made."""
        stream = self.refs.key("assembly", key)
        return stream not in (None, uuid5(self.command("assembly", key), f"assembly:{key}"))

    def entries(self) -> set[str]:
        """The people, bodies and offices that are there."""
        return {f"{scope}:{key}" for scope in ("person", "body", "office") for key in self.refs.keys(scope)}

    def once(self, scope: str, key: str, asks: list[Ask]) -> bool:
        """Does all of it in one append, unless what it creates is there; whether it did."""
        if self.refs.key(scope, key):
            return False
        if "secretary" not in self.actor.roles:
            raise DemonstrationRole()
        try:
            return not act_all(self.store, self.actor, asks, self.command(scope, key)).repeated
        except SuiviError:
            if self.refs.key(scope, key) is None:
                raise
            return False  # another loading was quicker

    def write(self, key: str, asks: Callable[[int], list[Ask]]) -> bool:
        """The threads with offices, all in one append unless they are there; whether it did. In real time nobody here
        vouches for them yet: they ring once someone acts on them."""
        id = self.command("demarches", key)
        if self._done(id):
            return False
        if "secretary" not in self.actor.roles:
            raise DemonstrationRole()
        loaded = simulated_at(self.store) is None
        try:
            return not act_all(self.store, self.actor, asks(self.refs.next_demarche()), id, loaded).repeated
        except SuiviError:
            if not self._done(id):
                raise
            return False  # another loading was quicker

    def _done(self, id: UUID) -> bool:
        """Whether that append was stored, by whomever."""
        found = self.store.connection.execute("SELECT FROM suivi.command_log WHERE command_id = %s", (id,)).fetchone()
        return found is not None

    def command(self, scope: str, key: str) -> UUID:
        """The id of the append that creates something: the same each time in this store, another in any other."""
        return uuid5(NAMESPACE_URL, f"{self.store_name}/{scope}/{key}")

    @cached_property
    def store_name(self) -> str:
        row = self.store.connection.execute("SELECT name FROM suivi.log_head").fetchone()
        assert row
        return str(row[0])
