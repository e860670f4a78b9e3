"""What every aggregate shares: events with their envelope, the act that causes them, and the fold that knows of
corrections and retractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import reduce
from typing import Any, ClassVar, Self
from uuid import UUID

from msgspec import Struct, convert, json, structs, to_builtins

from domain.errors import Refused
from domain.time import day_of, latest, local_day
from domain.values import Edtf, FreeText, Source

ZONE = "America/Toronto"
ROLES = ("system", "officer", "secretary", "administrator", "auditor")


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What happened. A subclass says the facts and, in `apply`, their effect on the aggregate.

    `occurred` is when (EDTF, or null), `role` and `on_behalf_of` say how the actor acted, `words` keeps the dates
    as they were written. The class name is the topic on disk; `revision` rises when the shape changes, with an
    `upcast_vN_vN+1` beside it. Events hold values only, never one another: the garbage collector may pass them by
    (`gc`), which more than halves the time of loading many."""

    occurred: Edtf | None = None
    source: Source | None = None
    role: str = ""
    on_behalf_of: UUID | None = None
    words: dict[str, str] = {}

    revision: ClassVar[int] = 1
    since_ever: ClassVar[bool] = False  # undated, it holds from ever
    timeless: ClassVar[bool] = False  # known, it holds whatever the day asked about
    fixed: ClassVar[frozenset[str]] = frozenset()  # what `correct` may not touch

    def apply(self, aggregate: Any, at: Recorded) -> None:
        """Changes `aggregate` into what it is after this event."""
        raise NotImplementedError(type(self).__name__)


class FactCorrected(Event, frozen=True, kw_only=True):
    """Facts of an earlier event of this stream were wrong; `facts` are the right ones."""

    version: int
    facts: dict[str, Any]
    reason: FreeText


class FactRetracted(Event, frozen=True, kw_only=True):
    """An earlier event of this stream did not happen."""

    version: int
    reason: FreeText


class Recorded(Struct, frozen=True, gc=False):
    """An event in its envelope. `position` and `logged_at` are known once it is in the log."""

    originator_id: UUID
    originator_version: int
    event: Event
    actor: UUID
    command_id: UUID
    recorded_at: datetime | None = None
    position: int | None = None
    logged_at: datetime | None = None

    def day(self, zone: str = ZONE) -> date:
        """The day from which an as-of reading counts this event (`docs/adr/0004-two-times.md`)."""
        if self.event.timeless or (self.event.since_ever and self.event.occurred is None):
            return date.min
        return day_of(self.event.occurred, self.limit(zone))

    def limit(self, zone: str = ZONE) -> date:
        """The day by which the event had happened for certain: its document's date, else its recording."""
        reference = self.event.source and self.event.source.reference
        return (latest(reference) if reference else None) or local_day(self.recorded_at or datetime.now().astimezone(), zone)


class Act(Struct, frozen=True, kw_only=True):
    """Who asks, in which roles, and when it happened. `today` is the day in the organisation's zone."""

    actor: UUID
    roles: frozenset[str]
    today: date
    command_id: UUID
    on_behalf_of: UUID | None = None
    occurred: Edtf | None = None
    source: Source | None = None
    words: dict[str, str] = {}

    @property
    def role(self) -> str:
        """The role recorded with what follows: the closest to the cases of those the actor has."""
        return next((role for role in ROLES if role in self.roles), "")

    @property
    def day(self) -> date:
        """The day of the act, at the latest: what a date to come is compared with."""
        return day_of(self.occurred, self.today)


class Command(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What someone asks. `verb` is its word at every door."""

    verb: ClassVar[str] = ""


class EventUnknown(Refused):
    """There is no event {version} in this history that could be corrected or retracted."""


class CreationStands(Refused):
    """The first event of a history cannot be retracted; correct its facts, or take its import back."""


class FactFixed(Refused):
    """The fact “{fact}” of this event cannot be corrected; retract the event and record it again. What can be corrected: {possible}."""  # noqa: E501 - one sentence


class FactUnfit(Refused):
    """The correction does not fit: {reason}."""


class FactNeeded(Refused):
    """“{fact}” cannot be left empty."""


class CorrectFact(Command, frozen=True, kw_only=True):
    verb = "correct"
    event: int  # its version in this stream
    set: dict[str, Any]
    reason: FreeText


class RetractFact(Command, frozen=True, kw_only=True):
    verb = "retract"
    event: int
    reason: FreeText


AMENDMENTS = (FactCorrected, FactRetracted)


class Aggregate:
    """Decides: command and state give events, or a refusal. Holds its whole history, since the past is amendable."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.version = 0
        self.history: list[Recorded] = []
        self.new: list[Recorded] = []

    @classmethod
    def project(cls, initial: Self | None, events: Iterable[Recorded]) -> Self | None:
        """The fold that the repository calls; null when there is nothing to fold."""
        history = list(events)
        return cls.fold(history) if history else initial

    @classmethod
    def fold(cls, history: list[Recorded], as_of: date | None = None) -> Self:
        """The aggregate after `history`; with `as_of`, after what had certainly happened by the end of that day."""
        self = cls(history[0].originator_id)
        self.history = history
        self.version = history[-1].originator_version
        self.replay(as_of)
        return self

    def collect_events(self) -> Sequence[Recorded]:
        """The events not yet saved, which are then no longer new."""
        new, self.new = self.new, []
        return new

    def trigger(self, event: Event, act: Act) -> None:
        """Records `event` as caused by `act` and applies it."""
        recorded = Recorded(self.id, self.version + 1, event, act.actor, act.command_id)
        self.version += 1
        self.history.append(recorded)
        self.new.append(recorded)
        if isinstance(event, AMENDMENTS):
            self.replay()
        else:
            event.apply(self, recorded)

    def replay(self, as_of: date | None = None) -> None:
        """Folds the history anew."""
        self.start()
        for recorded in standing(self.history):
            if as_of is None or recorded.day() <= as_of:
                recorded.event.apply(self, recorded)

    def start(self) -> None:
        """Sets the state before any event."""

    def correct(self, command: CorrectFact, act: Act) -> None:
        """Replaces facts of an earlier event; the state it led to stays."""
        need(command, "set", "reason")
        event = self.amendable(command.event)
        facts = fitting(event, command.set)
        self.trigger(FactCorrected(version=command.event, facts=facts, reason=command.reason, **said(act)), act)

    def retract(self, command: RetractFact, act: Act) -> None:
        """Takes an earlier event back."""
        need(command, "reason")
        if command.event == 1:
            raise CreationStands()
        self.retractable(command.event)
        self.trigger(FactRetracted(version=command.event, reason=command.reason, **said(act)), act)

    def amendable(self, version: int) -> Event:
        """The event of that version as it now stands; a retracted one, or an amendment, is out of reach."""
        for recorded in standing(self.history):
            if recorded.originator_version == version:
                return recorded.event
        raise EventUnknown(version=version)

    def retractable(self, version: int) -> Event:
        """As `amendable`, and a correction that was not itself taken back."""
        gone = retracted(self.history)
        for recorded in self.history:
            if recorded.originator_version == version not in gone and isinstance(recorded.event, FactCorrected):
                return recorded.event
        return self.amendable(version)


def standing(history: Sequence[Recorded]) -> Sequence[Recorded]:
    """The events that stand, with their corrected facts, in order; amendments themselves left out."""
    if not any(isinstance(r.event, AMENDMENTS) for r in history):
        return history
    gone = retracted(history)
    facts: dict[int, list[dict[str, Any]]] = {}
    for r in history:
        if isinstance(r.event, FactCorrected) and r.originator_version not in gone:
            facts.setdefault(r.event.version, []).append(r.event.facts)
    return [
        structs.replace(r, event=reduce(corrected, facts.get(r.originator_version, ()), r.event))
        for r in history
        if r.originator_version not in gone and not isinstance(r.event, AMENDMENTS)
    ]


def retracted(history: Iterable[Recorded]) -> set[int]:
    """The versions of the events that were taken back."""
    return {r.event.version for r in history if isinstance(r.event, FactRetracted)}


def corrected(event: Event, facts: dict[str, Any]) -> Event:
    """`event` with other facts; a mapping is corrected key by key. Raises msgspec.ValidationError if they do not fit."""
    whole = to_builtins(event)
    for fact, value in facts.items():
        keyed = isinstance(getattr(event, fact, None), dict) and isinstance(value, dict)
        whole[fact] = whole.get(fact, {}) | value if keyed else value
    return convert(whole, type(event))


ENVELOPE = frozenset({"source", "role", "on_behalf_of", "words"})


def fitting(event: Event, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the event would store them, or a refusal that says which can be corrected."""
    possible = [f for f in event.__struct_fields__ if f not in ENVELOPE | event.fixed]
    for fact in facts:
        if fact not in possible:
            raise FactFixed(fact=fact, possible=possible)
    for field in structs.fields(event):
        if field.required and blank(facts.get(field.name, field)):
            raise FactNeeded(fact=field.name)
    try:
        right = corrected(event, facts)
    except ValueError as error:
        raise FactUnfit(reason=str(error)) from error
    return {fact: _stored(getattr(right, fact), value) for fact, value in facts.items()}


def _stored(right: Any, value: Any) -> Any:
    """What a correction keeps: plain JSON; of a mapping, only the keys that were given."""
    plain = json.decode(json.encode(right))
    return {key: plain[key] for key in value} if isinstance(right, dict) and isinstance(value, dict) else plain


def blank(value: Any) -> bool:
    """Whether nothing is said: null, or nothing but spaces in it."""
    return value is None or value in ((), [], {}) or (isinstance(value, str) and not value.strip())


def need(command: Command, *facts: str) -> None:
    """Refuses what is left empty."""
    for fact in facts:
        if blank(getattr(command, fact)):
            raise FactNeeded(fact=fact)


def said(act: Act) -> dict[str, Any]:
    """The envelope facts that every event takes from its act."""
    return {"occurred": act.occurred, "source": act.source, "role": act.role,
            "on_behalf_of": act.on_behalf_of, "words": act.words}
