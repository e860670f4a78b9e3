"""What commands and events share: the envelope of an event, and the act that causes it."""

from __future__ import annotations

from datetime import date, datetime
from threading import Lock
from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct, json

from domain.errors import Refused
from domain.time import ZONE, day_of, latest, local_day
from domain.time.working import Calendar
from domain.values import Edtf, Source

ROLES = ("system", "officer", "secretary", "administrator", "auditor")


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What happened. A subclass says the facts and, in `apply`, their effect on the aggregate.

    `occurred` is when (EDTF, or null), `role` and `on_behalf_of` say how the actor acted, `words` keeps the dates
    as they were written. The class name is the topic on disk; `revision` rises when the shape changes, with an
    `upcast_vN_vN+1` beside it. Events hold values only, never one another: garbage collection passes them by (`gc`)."""

    occurred: Edtf | None = None
    source: Source | None = None
    role: str = ""
    on_behalf_of: UUID | None = None
    words: dict[str, str] = {}

    revision: ClassVar[int] = 1
    machine: ClassVar[bool] = False  # recorded by the engine by itself
    since_ever: ClassVar[bool] = False  # undated, it holds from ever
    timeless: ClassVar[bool] = False  # known, it holds whatever the day asked about
    fixed: ClassVar[frozenset[str]] = frozenset()  # what `correct` may not touch

    def apply(self, aggregate: Any, at: Recorded) -> None:
        """Changes `aggregate` into what it is after this event."""
        raise NotImplementedError(type(self).__name__)


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
    """Who asks, in which roles, and when it happened. `now` is the instant in the store's time, `calendar` the
    organisation's working days."""

    actor: UUID
    roles: frozenset[str]
    now: datetime
    command_id: UUID
    calendar: Calendar = Calendar()
    on_behalf_of: UUID | None = None
    occurred: Edtf | None = None
    source: Source | None = None
    words: dict[str, str] = {}
    loaded: bool = False  # told in bulk, of a past that nobody here vouches for yet

    @property
    def person(self) -> UUID:
        """Whose act it is: of whoever an administrator acts for, else of the actor."""
        return self.on_behalf_of or self.actor

    @property
    def today(self) -> date:
        """The day in the organisation's zone."""
        return self.calendar.today(self.now)

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


_met: set[type[Struct]] = set()
_meeting = Lock()


def meet(kind: type[Struct]) -> None:
    """Lets msgspec look at the types of a structure before it is read, one thread at a time: two that look at the same
    ones at once end the process."""
    if kind not in _met:
        with _meeting:
            json.Decoder(kind)
            _met.add(kind)


class FactNeeded(Refused):
    """“{fact}” cannot be left empty."""


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
