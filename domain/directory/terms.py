"""Terms: who holds a charge over which time, asked by day, as far as imprecise dates can tell."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.time import earliest, latest
from domain.values import Edtf

HOLDERS = ("holder", "interim")
"""The charges of an office whose holder speaks for it; the others are of its staff."""


class Term(Struct):
    """Who holds a charge in a body, in an office or at an assembly. `begun` and `ended` are the days by which it had
    begun, and was over, for certain; a null person is one who was not named."""

    person: UUID | None
    charge: str
    since: Edtf | None = None
    until: Edtf | None = None
    over: bool = False
    begun: date = date.min
    ended: date | None = None

    @property
    def interim(self) -> bool:
        """Whether it is held until someone is appointed."""
        return self.charge == "interim"

    def end(self, until: Edtf | None, limit: date) -> None:
        """It is over, since `until` if that is known."""
        self.until, self.over, self.ended = until, True, certain(until, limit)

    def may_hold(self, first: date, last: date) -> bool:
        """Whether one of the days from `first` to `last` may lie within it: not so only where certainly none does."""
        since = earliest(self.since) if self.since else None
        return (since is None or since <= last) and (self.ended is None or first <= self.ended)

    def holds(self, day: date) -> bool:
        """Whether the day certainly lies within it."""
        last = earliest(self.until) if self.until else None
        return self.begun <= day and (not self.over or (last is not None and day <= last))


def certain(said: Edtf | None, limit: date) -> date:
    """The day by which what is dated so had happened for certain: never later than `limit`, the day by which it was
    known, unless it was announced for later."""
    if said is None:
        return limit
    first, last = earliest(said), latest(said.removesuffix("/..")) or limit
    return last if first and first > limit else min(last, limit)
