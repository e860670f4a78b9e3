"""What a clock did: it started towards a due date, its ladder was climbed, someone answered, it stopped.

The ladder and the next step stand in the events: replaying asks no rule and no calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.base import Event, Recorded
from domain.values import Edtf, FreeText, PersonId

PERSONAL = "personal"
"""The kind of the clocks that people set for themselves; `about` is whose."""


class Rung(Struct, frozen=True, omit_defaults=True):
    """One step of a ladder: so many working days `after` the due day (0: that day, or the next working one), the
    classes of people to `tell`; repeated `every` so many working days, `times` in all. `draft`: the letter that is
    prepared with it."""

    after: int
    tell: tuple[str, ...]
    every: int = 0
    times: int = 1
    draft: str = ""


class Ring(Struct, frozen=True):
    """A step to come: its place on the ladder (both from 1), its instant (UTC), and the id that it will have."""

    step: int
    repetition: int
    at: datetime
    id: UUID


class ClockEvent(Event, frozen=True, kw_only=True):
    """Something about one clock. `kind` and `about` say which of the deadlines; `due` is its date."""

    machine = True

    clock: UUID
    kind: str
    about: str = ""
    due: Edtf


class ClockStarted(ClockEvent, frozen=True, kw_only=True):
    """A clock runs towards a due date that `ends` at that instant, with its ladder pinned; or the date had `lapsed`
    before, and it will never ring. `calendar` is the version of the working days it was reckoned with."""

    ends: datetime
    ladder: tuple[Rung, ...]
    calendar: int
    lapsed: bool = False
    next: Ring | None = None

    def apply(self, aggregate: Any, at: Recorded) -> None:
        aggregate.clocks[self.clock] = Clock(
            id=self.clock, kind=self.kind, about=self.about, due=self.due, ends=self.ends, ladder=self.ladder,
            calendar=self.calendar, ring=self.next, state="lapsed" if self.lapsed else "running",
        )  # fmt: skip


class EscalationStepTaken(ClockEvent, frozen=True, kw_only=True):
    """A step that was due `at` that instant. `told`: the persons it goes to, none when a higher step was taken with
    it; `unheld`: the classes of `tell` that nobody could be found for; `draft`: the letter to be prepared, if any."""

    id: UUID
    step: int
    repetition: int
    at: datetime
    tell: tuple[str, ...]
    draft: str = ""
    told: tuple[PersonId, ...] = ()
    unheld: tuple[str, ...] = ()
    next: Ring | None = None

    def apply(self, aggregate: Any, at: Recorded) -> None:
        if clock := aggregate.clocks.get(self.clock):
            clock.rung = self.at
            clock.lead_to(self.next)


class StepAcknowledged(ClockEvent, frozen=True, kw_only=True):
    """Someone has seen it: this clock reminds nobody any more, and a personal one is gone."""

    machine = False

    def apply(self, aggregate: Any, at: Recorded) -> None:
        if clock := aggregate.clocks.get(self.clock):
            clock.state = "acknowledged"
        if self.kind == PERSONAL:
            aggregate.personal.pop(self.about, None)


class ClockSnoozed(ClockEvent, frozen=True, kw_only=True):
    """Someone put it off: silent until then; the ladder goes on from there."""

    machine = False

    until: Edtf
    next: Ring

    def apply(self, aggregate: Any, at: Recorded) -> None:
        if clock := aggregate.clocks.get(self.clock):
            clock.lead_to(self.next)
            clock.until = self.until, self.next


class ClockRecomputed(ClockEvent, frozen=True, kw_only=True):
    """The working days changed: the date stays, the instants are reckoned anew."""

    ends: datetime
    calendar: int
    next: Ring

    def apply(self, aggregate: Any, at: Recorded) -> None:
        if clock := aggregate.clocks.get(self.clock):
            clock.ends, clock.calendar = self.ends, self.calendar
            clock.lead_to(self.next)


class ClockStopped(ClockEvent, frozen=True, kw_only=True):
    """What it ran towards is settled, was changed or has gone."""

    def apply(self, aggregate: Any, at: Recorded) -> None:
        aggregate.clocks.pop(self.clock, None)


class PersonalReminderSet(Event, frozen=True, kw_only=True):
    """Someone is to be reminded of it on a day, whatever becomes of it; it takes the place of their former one."""

    fixed = frozenset({"person", "until"})

    person: PersonId
    until: Edtf
    text: FreeText | None = None

    def apply(self, aggregate: Any, at: Recorded) -> None:
        aggregate.personal[str(self.person)] = self


class Clock(Struct, kw_only=True):
    """A clock as it stands: running, acknowledged, lapsed, or spent (at the end of its ladder). `ring`: the step that
    comes next, or would; `rung`: when the last one was due; `until`: what it was snoozed to, and the step then next."""

    id: UUID
    kind: str
    about: str
    due: Edtf
    ends: datetime
    ladder: tuple[Rung, ...]
    calendar: int
    ring: Ring | None
    state: str
    rung: datetime | None = None
    until: tuple[Edtf, Ring] | None = None

    def lead_to(self, ring: Ring | None) -> None:
        """The step that comes next, if any is left."""
        self.ring = ring
        self.state = "running" if ring else "spent"

    @property
    def next(self) -> Ring | None:
        """The step that will be taken unless something is done."""
        return self.ring if self.state == "running" else None

    @property
    def facts(self) -> dict[str, Any]:
        """What every event about it repeats."""
        return {"clock": self.id, "kind": self.kind, "about": self.about, "due": self.due}
