"""The only way in for whoever changes something: HTTP, terminal, importers and clocks alike.

`commit` runs one decision until it is stored or refused: load, decide, append in one transaction, and on a conflict
look the command id up, then load and decide again. An append error never means “not stored”."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from random import random
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

import msgspec
import psycopg

from domain.aggregate import Aggregate
from domain.base import Act
from domain.case.case import Case
from domain.demarche.demarche import Demarche
from domain.errors import Conflict, Forbidden, Refused, SuiviError, Unavailable
from domain.organisation import ORGANISATION
from services.refs import Refs
from services.store import Append, CommandRepeated, Key, KeyTaken, Store, VersionConflict

PATIENCE = 10.0  # seconds for which a command that others outrun is decided again
RACES = (VersionConflict, KeyTaken, CommandRepeated)  # lost to another writer: decide again
A = TypeVar("A", bound=Aggregate)


class StaleVersion(Conflict):
    """{ref} has changed since you read it (it is at version {now}, you had {read}). Nothing was recorded; look again."""


class OtherRequest(Refused):
    """This command id was already used for another request. Nothing was recorded; use a new id."""


class OtherActor(Forbidden):
    """This command id was already used by someone else. Nothing was recorded; use a new id."""


class TooBusy(Unavailable):
    """Others keep writing here at the same moment. Nothing was recorded; try again in a moment."""


class FateUnknown(Unavailable):
    """The database is lost again and again: it is not known whether this was recorded. Ask again with the same command id, or look at the history."""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with an account. `on_behalf_of` is set when an administrator acts for them."""

    person: UUID
    roles: frozenset[str]
    on_behalf_of: UUID | None = None


SYSTEM = Actor(uuid5(ORGANISATION, "suivi"), frozenset({"system"}))
"""What the clocks do, they do in the name of Suivi itself."""


@dataclass(frozen=True)
class Outcome:
    """What was stored: stream -> version. `repeated`: by an earlier call with the same command id; else `before` has the
    versions until then."""

    versions: dict[UUID, int]
    repeated: bool = False
    entered: tuple[str, ...] = ()
    before: dict[UUID, int] = field(default_factory=dict)


@dataclass
class Work:
    """What one decision loads and makes, saved together."""

    store: Store
    act: Act
    refs: Refs
    loaded: dict[UUID, Aggregate] = field(default_factory=dict)
    taken: dict[tuple[str, str], UUID] = field(default_factory=dict)  # keys of what this work makes
    known: dict[tuple[str, str], UUID | None] = field(default_factory=dict)  # keys looked up: the stream, or nothing
    free: list[tuple[str, str]] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    successors: dict[UUID, str] = field(default_factory=dict)  # cases to be created, and their REF
    contents: dict[str, bytes] = field(default_factory=dict)  # of the files that this work attaches, by SHA-256

    def case(self, stream: UUID) -> Case:
        """The case."""
        return self.load(Case, stream)

    def seen(self, case: A | None) -> A | None:
        """The case, if the actor may see it, or the thread, if one of its cases: what they may not see is absent."""
        who = self.act.person
        if isinstance(case, Case):
            return case if case.seen_by(who, self.act.roles) else None
        if isinstance(case, Demarche):
            return case if any(self.case(each).seen_by(who, self.act.roles) for each in case.cases) else None
        return case

    def prefetch(self, refs: list[str]) -> None:
        """Finds and loads many cases in two round trips; a single one is left to `key` and `load`."""
        if len(refs) > 1:
            found = self.refs.cases(refs)
            self.known |= {("case", ref): found.get(ref) for ref in refs}
            cases = self.store.load_all(Case, list(set(found.values())))
            self.loaded.update({case.id: case for case in cases})

    def load(self, kind: type[A], stream: UUID) -> A:
        """The aggregate, loaded once."""
        if stream not in self.loaded:
            self.loaded[stream] = self.store.load(kind, stream)
        aggregate = self.loaded[stream]
        assert isinstance(aggregate, kind)
        return aggregate

    def find(self, kind: type[A], scope: str, key: str) -> A | None:
        """The aggregate behind a key, found and loaded in one round trip."""
        place = scope, key
        if place in self.taken or place in self.known:
            stream = self.key(scope, key)
            return self.load(kind, stream) if stream else None
        found = self.store.find(kind, scope, key)
        self.known[place] = found.id if found else None
        if found is None:
            return None
        self.loaded.setdefault(found.id, found)  # it may have been loaded already, under another of its keys
        return self.load(kind, found.id)

    def add(self, aggregate: A, *keys: tuple[str, str]) -> A:
        """A new aggregate, with the keys that only it may have."""
        self.loaded[aggregate.id] = aggregate
        self.taken |= dict.fromkeys(keys, aggregate.id)
        return aggregate

    def key(self, scope: str, key: str) -> UUID | None:
        """The stream behind a key, taken by this very work or before."""
        place = scope, key
        if place not in self.taken and place not in self.known:
            self.known[place] = self.refs.key(scope, key)
        return self.taken.get(place) or self.known.get(place)

    @property
    def keys(self) -> list[Key]:
        """The keys that are stored with what this work makes."""
        return [Key(scope, key, stream) for (scope, key), stream in self.taken.items()]

    def id(self, name: str) -> UUID:
        """An id for something new, the same whenever this command is tried again."""
        return uuid5(self.act.command_id, name)


def commit(
    store: Store,
    actor: Actor,
    request: Any,
    decide: Callable[[Work], None],
    command_id: UUID | None = None,
    **act: Any,
) -> Outcome:
    """Runs `decide` and stores what it did, all or nothing, once for each `command_id`. `request` is what was asked,
    as plain data: its HMAC tells a repetition from another request under the same id."""
    command_id = command_id or uuid4()
    digest = _digest(store, request)
    lost, end = False, time.monotonic() + PATIENCE
    for lost_races in count():
        try:
            work = Work(store, _act(store, actor, command_id, **act), Refs(store))
            decide(work)
            changed = [aggregate for aggregate in work.loaded.values() if aggregate.new]
            if not changed:
                return _done(store, command_id, actor, digest) or Outcome({})
            before = {a.id: a.version - len(a.new) for a in changed}
            append = Append(command_id, actor.person, digest, work.keys, work.free, contents=work.contents)
            store.save(*changed, append=append)
            return Outcome({a.id: a.version for a in changed}, entered=tuple(work.entered), before=before)
        except (SuiviError, psycopg.OperationalError) as error:
            lost = isinstance(error, psycopg.OperationalError)
            if done := _done(store, command_id, actor, digest, lost):
                return done
            if not isinstance(error, (*RACES, psycopg.OperationalError)):
                raise
            if time.monotonic() > end:
                raise (FateUnknown() if lost else TooBusy()) from error
            time.sleep(random() * min(lost_races * 0.001, 0.02))  # who lost often lets the others pass
    raise AssertionError("count() never ends")


def rehearse(store: Store, decide: Callable[[Work], None], actor: Actor | None = None) -> None:
    """Runs a decision and stores nothing; in the name of nobody who is known, unless someone is meant."""
    nobody = Actor(uuid4(), frozenset({"system", "officer"}))
    decide(Work(store, _act(store, actor or nobody, uuid4()), Refs(store)))


def _act(store: Store, actor: Actor, command_id: UUID, **more: Any) -> Act:
    return Act(actor=actor.person, roles=actor.roles, on_behalf_of=actor.on_behalf_of, command_id=command_id,
               now=store.present.now, calendar=store.present.calendar, **more)  # fmt: skip


def _digest(store: Store, request: Any) -> bytes:
    content = msgspec.json.encode(request, order="deterministic")
    return hmac.digest(store.request_key, content, "sha256")


def _done(store: Store, command_id: UUID, actor: Actor, digest: bytes, lost: bool = False) -> Outcome | None:
    """What an earlier run of this command stored, if one did."""
    if lost:
        store.reconnect()
    row = store.connection.execute(
        "SELECT actor, request, streams, versions FROM suivi.command_log WHERE command_id = %s", (command_id,)
    ).fetchone()
    if row is None:
        return None
    by, request, streams, versions = row
    if by != actor.person:
        raise OtherActor()
    if not hmac.compare_digest(bytes(request), digest):
        raise OtherRequest()
    return Outcome(dict(zip(streams, versions, strict=True)), repeated=True)


def expect(aggregate: Aggregate, ref: str, version: int | None) -> None:
    """Refuses when the aggregate has moved on since the caller read it."""
    if version is not None and aggregate.version != version:
        raise StaleVersion(ref=ref, now=aggregate.version, read=version)
