"""How and when someone is told: at once or gathered, from which hour on, not while away, in whose place instead."""

from __future__ import annotations

from datetime import date, time
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.aggregate import Aggregate
from domain.base import Act, Command, Event, Recorded, said
from domain.errors import Forbidden, Invalid, Refused
from domain.organisation import KEEPERS, NothingConfigured
from domain.time import Edtf as Written
from domain.time import earliest, latest, read_hour
from domain.values import Edtf, PersonId

Rhythm = Literal["at_once", "daily", "weekly"]
KindRhythm = Literal["at_once", "daily", "weekly", "none"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")
NoticeKind = Literal["reminder", "news", "personal"]
KINDS: tuple[NoticeKind, ...] = ("reminder", "news", "personal")
"""What one may be told: the steps of deadlines, what became of what one subscribes to, what one asked to be told."""


class NoticesRole(Forbidden):
    """How someone is told, and when they are away, is set by themselves, the secretary or an administrator."""


class NoticeKindUnknown(Invalid):
    """“{kind}” is no kind of notice. The kinds: {kinds}."""


class AbsenceReversed(Refused):
    """One cannot be away from {since} until {until}: it would end before it begins. Nothing was recorded."""


class AbsenceOver(Refused):
    """{until} is over: an absence that has ended changes nothing any more. Nothing was recorded."""


class AbsenceUnending(Refused):
    """Say until which day; {until} does not end on a known day. Without “until”, the absence lasts until come-back."""


class OwnReplacement(Refused):
    """Nobody replaces themselves. Name someone else, or nobody. Nothing was recorded."""


class NotAway(Refused):
    """No absence is known that could end."""


class NoticesStand(Refused):
    """What was set about notices and absences is neither corrected nor retracted: set it again, and the last one holds."""


class SetNotices(Command, frozen=True, kw_only=True):
    """Each fact that is given takes the place of the former. `hour`: as people write it; empty for the opening.
    `kinds`: kind of notice -> its own rhythm; `none`: not by mail, in the inbox alone."""

    verb = "set-notices"
    rhythm: Rhythm | None = None
    kinds: dict[str, KindRhythm] = {}
    hour: str | None = None
    weekday: Weekday | None = None


class BeAway(Command, frozen=True, kw_only=True):
    """From the beginning of `since` (today) to the end of `until` (until they come back)."""

    verb = "be-away"
    since: Edtf | None = None
    until: Edtf | None = None
    replaced_by: PersonId | None = None


class ComeBack(Command, frozen=True, kw_only=True):
    verb = "come-back"


class Notices(Struct, frozen=True):
    """How someone is told. Without `hour`, from the opening of the organisation on; `weekday` is that of a weekly mail."""

    rhythm: Rhythm = "at_once"
    kinds: dict[str, KindRhythm] = {}
    hour: time | None = None
    weekday: Weekday = "monday"

    def of(self, kind: str) -> KindRhythm:
        """The rhythm of a kind of notice."""
        return self.kinds.get(kind, self.rhythm)


class Absence(Struct, frozen=True):
    """From the first day to the last, both included; without a last one, until they come back."""

    first: date
    last: date | None = None
    replaced_by: UUID | None = None

    def holds(self, day: date) -> bool:
        """Whether they are away on that day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: Absence) -> bool:
        """Whether there is a day on which both hold."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


class NoticesSet(Event, frozen=True, kw_only=True):
    """What holds from then on: the facts that are not null. An empty `hour` is the opening."""

    fixed = frozenset({"rhythm", "kinds", "hour", "weekday"})

    rhythm: Rhythm | None = None
    kinds: dict[str, KindRhythm] = {}
    hour: str | None = None
    weekday: Weekday | None = None

    def apply(self, person: Any, at: Recorded) -> None:
        given = {"rhythm": self.rhythm, "weekday": self.weekday}
        facts: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if self.hour is not None:
            facts["hour"] = time.fromisoformat(self.hour) if self.hour else None
        person.notices = replace(person.notices, kinds=person.notices.kinds | self.kinds, **facts)


class WentAway(Event, frozen=True, kw_only=True):
    """An absence, from one day to another, in the place of any that was known before."""

    fixed = frozenset({"since", "until", "replaced_by"})

    since: Edtf
    until: Edtf | None = None
    replaced_by: PersonId | None = None

    def apply(self, person: Any, at: Recorded) -> None:
        last = date.fromisoformat(self.until) if self.until else None
        person.absence = Absence(date.fromisoformat(self.since), last, self.replaced_by)


class CameBack(Event, frozen=True, kw_only=True):
    """The absence that was known holds no longer."""

    def apply(self, person: Any, at: Recorded) -> None:
        person.absence = None


REACH = (NoticesSet, WentAway, CameBack)
"""What is recorded of how and when someone is told."""


class Reachable(Aggregate):
    """Someone who can be told something."""

    def start(self) -> None:
        super().start()
        self.notices = Notices()
        self.absence: Absence | None = None

    def away(self, day: date) -> bool:
        """Whether they are away on that day."""
        return self.absence is not None and self.absence.holds(day)

    def reach(self, command: Command, act: Act) -> bool:
        """Decides what is asked of how they are told; false for anything else."""
        if not isinstance(command, SetNotices | BeAway | ComeBack):
            return False
        if self.id not in (act.actor, act.on_behalf_of) and not act.roles & KEEPERS:
            raise NoticesRole()
        match command:
            case SetNotices():
                self.trigger(_notices(command, act), act)
            case BeAway():
                self.trigger(self._absence(command, act), act)
            case ComeBack():
                if self.absence is None or (self.absence.last and self.absence.last < act.today):
                    raise NotAway()
                self.trigger(CameBack(**said(act)), act)
        return True

    def amendable(self, version: int) -> Event:
        """Nothing of this is."""
        if isinstance(event := super().amendable(version), REACH):
            raise NoticesStand()
        return event

    def _absence(self, command: BeAway, act: Act) -> WentAway:
        if command.replaced_by == self.id:
            raise OwnReplacement()
        absence = absence_of(command, act)
        until = absence.last.isoformat() if absence.last else None
        return WentAway(since=absence.first.isoformat(), until=until, replaced_by=command.replaced_by, **said(act))


def absence_of(command: BeAway, act: Act) -> Absence:
    """The absence that is meant. Raises what cannot be one."""
    first = (earliest(command.since) if command.since else None) or act.today
    last = latest(command.until) if command.until else None
    if command.until and last is None:
        raise AbsenceUnending(until=Written(command.until))
    if last and last < first:
        raise AbsenceReversed(since=first, until=last)
    if last and last < act.today:
        raise AbsenceOver(until=last)
    return Absence(first, last, command.replaced_by)


def _notices(command: SetNotices, act: Act) -> NoticesSet:
    if unknown := [kind for kind in command.kinds if kind not in KINDS]:
        raise NoticeKindUnknown(kind=unknown[0], kinds=list(KINDS))
    if command == SetNotices():
        raise NothingConfigured(possible=list(SetNotices.__struct_fields__))
    hour = command.hour and (f"{read_hour(command.hour):%H:%M}" if command.hour.strip() else "")
    return NoticesSet(rhythm=command.rhythm, kinds=command.kinds, hour=hour, weekday=command.weekday, **said(act))
