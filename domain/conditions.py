"""Waiting until a case or a thread has ended, instead of until a date.

The one that waits keeps what it waits for; the one that is awaited keeps by whom, so that its end is told to them in
the same append. Who waits decides what then happens, or nothing, if it waits no more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.base import Act, Command, Event, Recorded, said
from domain.errors import Refused


class Awaited(Event, frozen=True, kw_only=True):
    """Another case or thread waits until this one has ended."""

    machine = True

    by: UUID

    def apply(self, aggregate: Any, at: Recorded) -> None:
        if self.by not in aggregate.awaited_by:
            aggregate.awaited_by.append(self.by)


class BeAwaited(Command, frozen=True, kw_only=True):
    """That `by` waits until this has ended: said with what waits, no verb at the doors."""

    by: UUID


class EndWait(Command, frozen=True, kw_only=True):
    """That what was waited for has ended: said with its end, no verb at the doors."""

    upon: UUID


class AlreadyOver(Refused):
    """{ref} is over already: there is nothing to wait for. Give a date instead."""


class WaitsForItself(Refused):
    """{ref} cannot wait until it has ended itself. Name another case or thread, or give a date."""


class WaitsInCircle(Refused):
    """{ref} cannot wait for {upon}, which waits for it: {chain}. Nothing would ever end. Give a date instead."""


class AwaitedStands(Refused):
    """Entry {version} says that something waits for the end of this, which is taken back where it waits."""


def be_awaited(aggregate: Any, command: BeAwaited, act: Act) -> None:
    """Keeps who waits, once."""
    if command.by not in aggregate.awaited_by:
        aggregate.trigger(Awaited(by=command.by, **at_once(act)), act)


def at_once(act: Act) -> dict[str, Any]:
    """The envelope of what follows from an act by itself: it happens when it is recorded."""
    return said(act) | {"occurred": None, "source": None, "words": {}}
