"""What is asked of clocks: three verbs for people, two orders of the sweep."""

from __future__ import annotations

from uuid import UUID

from domain.base import Command
from domain.values import Edtf, FreeText, PersonId


class AcknowledgeStep(Command, frozen=True, kw_only=True):
    """`clock` says which: a kind (due, report, task, until, review…), a task (`task 2`) or an id; without it, every
    clock that has rung. One's own reminder (`personal`) need not have rung: it is then called off."""

    verb = "acknowledge-step"
    clock: str | None = None


class SnoozeClock(Command, frozen=True, kw_only=True):
    """As above; without `clock`, those that run and have rung, else those that run, else those acknowledged."""

    verb = "snooze"
    until: Edtf
    clock: str | None = None


class RemindMe(Command, frozen=True, kw_only=True):
    """On the day that `until` ends on, or the next working one, whatever becomes of it. A later one takes its place."""

    verb = "remind-me"
    until: Edtf
    text: FreeText | None = None


class TakeSteps(Command, frozen=True, kw_only=True):
    """The sweep's: every step of the clock that has come is taken. `reach`: class of people -> who they are now;
    `fallback`: who is told for a class that nobody could be found for."""

    clock: UUID
    reach: dict[str, tuple[PersonId, ...]]
    fallback: tuple[PersonId, ...] = ()


class RecomputeClocks(Command, frozen=True, kw_only=True):
    """The sweep's: what was reckoned with other working days is reckoned anew."""
