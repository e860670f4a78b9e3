"""Meetings of a body: announced, moved as often as need be, cancelled, held. Every link of the chain is kept."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from domain.base import Act, Command, Event, Recorded, need, said
from domain.errors import Refused
from domain.time import Edtf as Written
from domain.time import day_of
from domain.values import Edtf, FreeText

State = Literal["announced", "moved", "cancelled", "held"]


class MeetingUnknown(Refused):
    """No meeting of this body is meant by “{meeting}”. Those that are announced: {meetings}."""


class MeetingUnstated(Refused):
    """This body has several meetings that are announced, or none: say which, by its date. Announced: {meetings}."""


class MeetingThere(Refused):
    """A meeting of this body is announced for that date already ({date}). Nothing was recorded."""


class Link(Struct, frozen=True):
    """What a meeting was before: its date, and why that changed."""

    date: Edtf
    state: State
    reason: FreeText | None = None


class BodyMeeting(Struct):
    """A meeting of a body, known by its number there. `confirmed`: false while its date may change; `before`: the dates
    that it had."""

    number: int
    date: Edtf
    state: State = "announced"
    place: FreeText | None = None
    confirmed: bool = True
    reason: FreeText | None = None
    before: tuple[Link, ...] = ()

    @property
    def to_come(self) -> bool:
        """Whether it is still to be held."""
        return self.state == "announced"


class AnnounceMeeting(Command, frozen=True, kw_only=True):
    """`date` may be a month or a season; `confirmed`: false where it may still change."""

    verb = "announce-meeting"
    date: Edtf
    place: FreeText | None = None
    confirmed: bool = True


class MoveBodyMeeting(Command, frozen=True, kw_only=True):
    """`meeting`: its date until now; without it, the only one that is announced."""

    verb = "move-meeting"
    date: Edtf
    meeting: Edtf | None = None
    place: FreeText | None = None
    reason: FreeText | None = None
    confirmed: bool = True


class CancelBodyMeeting(Command, frozen=True, kw_only=True):
    verb = "cancel-meeting"
    reason: FreeText
    meeting: Edtf | None = None


class HoldBodyMeeting(Command, frozen=True, kw_only=True):
    """`meeting`: its date; one that nobody announced is held on the date that is said."""

    verb = "hold-meeting"
    meeting: Edtf | None = None
    place: FreeText | None = None


class BodyMeetingEvent(Event, frozen=True, kw_only=True):
    """Something about one meeting of a body. One that this reading leaves out is passed over."""

    fixed = frozenset({"number"})

    number: int


class BodyMeetingAnnounced(BodyMeetingEvent, frozen=True, kw_only=True):
    """A body will meet then."""

    date: Edtf
    place: FreeText | None = None
    confirmed: bool = True

    def apply(self, body: Any, at: Recorded) -> None:
        body.meetings[self.number] = BodyMeeting(self.number, self.date, place=self.place, confirmed=self.confirmed)


class BodyMeetingMoved(BodyMeetingEvent, frozen=True, kw_only=True):
    """It will meet at another date: one more link of the chain."""

    date: Edtf
    place: FreeText | None = None
    reason: FreeText | None = None
    confirmed: bool = True

    def apply(self, body: Any, at: Recorded) -> None:
        if meeting := body.meetings.get(self.number):
            meeting.before += (Link(meeting.date, "moved", self.reason),)
            meeting.date, meeting.place, meeting.confirmed = self.date, self.place or meeting.place, self.confirmed


class BodyMeetingCancelled(BodyMeetingEvent, frozen=True, kw_only=True):
    """It will not meet then."""

    reason: FreeText

    def apply(self, body: Any, at: Recorded) -> None:
        if meeting := body.meetings.get(self.number):
            meeting.state, meeting.reason = "cancelled", self.reason


class BodyMeetingHeld(BodyMeetingEvent, frozen=True, kw_only=True):
    """It met."""

    date: Edtf
    place: FreeText | None = None

    def apply(self, body: Any, at: Recorded) -> None:
        meeting = body.meetings.setdefault(self.number, BodyMeeting(self.number, self.date))
        meeting.date, meeting.state, meeting.confirmed = self.date, "held", True
        meeting.place = self.place or meeting.place


COMMANDS: tuple[type[Command], ...] = (AnnounceMeeting, MoveBodyMeeting, CancelBodyMeeting, HoldBodyMeeting)
MEETINGS = (BodyMeetingAnnounced, BodyMeetingMoved, BodyMeetingCancelled, BodyMeetingHeld)


class Meets:
    """What a body adds: its meetings, and what is decided of them."""

    meetings: dict[int, BodyMeeting]
    history: list[Recorded]

    def meet(self, command: Command, act: Act) -> BodyMeetingEvent:
        """The event that a command about a meeting becomes. Raises a refusal."""
        facts = said(act)
        match command:
            case AnnounceMeeting():
                self._refuse_double(command.date)
                return BodyMeetingAnnounced(
                    number=self._new(), date=command.date, place=command.place, confirmed=command.confirmed, **facts
                )
            case MoveBodyMeeting():
                meeting = self._meant(command.meeting)
                self._refuse_double(command.date)
                return BodyMeetingMoved(
                    number=meeting.number, date=command.date, place=command.place, reason=command.reason,
                    confirmed=command.confirmed, **facts,
                )  # fmt: skip
            case CancelBodyMeeting():
                need(command, "reason")
                return BodyMeetingCancelled(number=self._meant(command.meeting).number, reason=command.reason, **facts)
            case HoldBodyMeeting():
                return self._held(command, act)
        raise NotImplementedError(type(command).__name__)

    def _held(self, command: HoldBodyMeeting, act: Act) -> BodyMeetingHeld:
        """The one that is announced for that date, else one that nobody had announced."""
        date = command.meeting or act.occurred
        found = [each for each in self._to_come() if date in (None, each.date)]
        if len(found) != 1 and date is None:
            raise MeetingUnstated(meetings=self._dates())
        number = found[0].number if found else self._new()
        when = act.occurred or date or found[0].date
        return BodyMeetingHeld(number=number, date=when, place=command.place, **said(act) | {"occurred": when})

    def _new(self) -> int:
        """Numbers are not given twice, even when a meeting is taken back."""
        return max((each.event.number for each in self.history if isinstance(each.event, BodyMeetingEvent)), default=0) + 1

    def _meant(self, date: str | None) -> BodyMeeting:
        found = [each for each in self._to_come() if date in (None, each.date)]
        if len(found) == 1:
            return found[0]
        if date is None:
            raise MeetingUnstated(meetings=self._dates())
        raise MeetingUnknown(meeting=Written(date), meetings=self._dates())

    def _refuse_double(self, date: str) -> None:
        if any(each.date == date for each in self._to_come()):
            raise MeetingThere(date=Written(date))

    def _to_come(self) -> list[BodyMeeting]:
        return [each for each in self.meetings.values() if each.to_come]

    def _dates(self) -> list[Written]:
        return [Written(each.date) for each in sorted(self._to_come(), key=lambda each: day_of(each.date, date.max))]

