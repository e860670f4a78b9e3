"""Meetings with the holder of an office or with its staff: hoped for, fixed, moved, cancelled, held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from msgspec import Struct

from domain.base import Recorded
from domain.demarche.events import ThreadMoved
from domain.values import Edtf, FreeText, PersonId

if TYPE_CHECKING:
    from domain.demarche.demarche import Demarche

Met = Literal["holder", "staff"]


class Meeting(Struct):
    """A meeting, or one link of its chain: hoped for, fixed, moved (the next link says to when), cancelled or held."""

    date: Edtf | None
    state: Literal["hoped", "fixed", "moved", "cancelled", "held"]
    place: FreeText | None = None
    met: Met | None = None
    holder: UUID | None = None
    delegation: dict[str, FreeText] = {}
    reason: FreeText | None = None


class MeetingFixed(ThreadMoved, frozen=True, kw_only=True):
    """A meeting is fixed, or only hoped for (`confirmed` false)."""

    date: Edtf | None = None
    place: FreeText | None = None
    confirmed: bool = True

    def change(self, demarche: Demarche, at: Recorded) -> None:
        if demarche.meeting:  # what was hoped for is now certain, or said again
            demarche.meetings.remove(demarche.meeting)
        state: Literal["fixed", "hoped"] = "fixed" if self.confirmed else "hoped"
        demarche.meetings.append(Meeting(self.date, state, self.place))
        if self.confirmed:
            demarche.silent_said = False
            demarche.last_contact = self.occurred or demarche.last_contact


class MeetingMoved(ThreadMoved, frozen=True, kw_only=True):
    """The meeting was put to another date: one more link of the chain."""

    date: Edtf
    place: FreeText | None = None
    reason: FreeText | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        place = self.place
        if meeting := demarche.meeting:
            meeting.state, meeting.reason, place = "moved", self.reason, place or meeting.place
        demarche.meetings.append(Meeting(self.date, "fixed", place))
        demarche.last_contact = self.occurred or demarche.last_contact


class MeetingCancelled(ThreadMoved, frozen=True, kw_only=True):
    """The meeting was called off, and why: the office is awaited again."""

    reason: FreeText

    def change(self, demarche: Demarche, at: Recorded) -> None:
        if meeting := demarche.meeting:
            meeting.state, meeting.reason = "cancelled", self.reason
        demarche.contact(self, at, "answer")


class MeetingHeld(ThreadMoved, frozen=True, kw_only=True):
    """Someone met us: the holder of the office, or its staff only. `delegation`: charge -> how many of us."""

    met: Met
    holder: PersonId | None = None
    delegation: dict[str, FreeText] = {}
    place: FreeText | None = None
    text: FreeText | None = None

    def change(self, demarche: Demarche, at: Recorded) -> None:
        known = demarche.meeting
        if known:
            demarche.meetings.remove(known)
        date = self.occurred or (known.date if known else None)
        place = self.place or (known.place if known else None)
        demarche.meetings.append(Meeting(date, "held", place, self.met, self.holder, self.delegation))
        demarche.holder = self.holder or demarche.holder
        demarche.silent_said = False
        demarche.turn_ours(self, at)
