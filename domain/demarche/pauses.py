"""Pauses of a thread: a time during which nobody is chased, with its reason and its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from domain.base import Recorded
from domain.demarche.events import DemarcheEvent
from domain.time import latest
from domain.values import Awaitable, Edtf, FreeText

if TYPE_CHECKING:
    from domain.demarche.demarche import Demarche


class Pause(Struct):
    """A time during which nobody is chased."""

    since: Edtf
    reason: FreeText
    until: Edtf | None = None
    upon: UUID | None = None
    over: Edtf | None = None

    def days(self, today: date) -> int:
        """How long it lasted, or has lasted by `today`, in days."""
        since, over = latest(self.since), latest(self.over) if self.over else None
        return max(((over or today) - since).days, 0) if since else 0


class DemarchePaused(DemarcheEvent, frozen=True, kw_only=True):
    """Nobody is chased until a date, until another thread or case has ended, or until someone resumes it."""

    fixed = frozenset({"upon"})

    reason: FreeText
    until: Edtf | None = None
    upon: Awaitable | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        demarche.pauses.append(Pause(at.day().isoformat(), self.reason, self.until, self.upon))


class DemarcheResumed(DemarcheEvent, frozen=True, kw_only=True):
    """It goes on, perhaps because `upon` has ended: the days of the pause do not count."""

    fixed = frozenset({"upon"})

    reason: FreeText | None = None
    upon: Awaitable | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        if pause := demarche.pause:
            pause.over = at.day().isoformat()
            demarche.put_back(timedelta(pause.days(at.day())))
