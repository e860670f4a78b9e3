"""The organisation that a store serves: its name, its zone, its working days and hours, the language it writes."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid5
from zoneinfo import available_timezones

from msgspec import Meta

from domain.aggregate import Aggregate
from domain.agreement import Inclusive
from domain.base import Act, Command, Event, Recorded, need, said
from domain.errors import Forbidden, Invalid, Refused
from domain.time import (
    LEGISLATURES,
    USUAL,
    ZONE,
    Calendar,
    Jurisdiction,
    Legislature,
    Period,
    Season,
    Seasons,
    merged,
)
from domain.values import Lang

ORGANISATION = uuid5(UUID(int=0), "organisation")
"""The one stream; a store serves one organisation."""

Hour = Annotated[time, Meta(tz=False)]
LONGEST_WAIT = 3650  # days after which an office can be said to be late
KEEPERS = frozenset({"secretary", "administrator"})
YEAR = timedelta(days=366)
"""The longest recess, both days counted."""


class OrganisationRole(Forbidden):
    """What holds for the whole organisation is kept by the secretary and administrators; you have neither role."""


class NothingConfigured(Invalid):
    """Say what is to hold from now on: at least one of {possible}."""


class ZoneUnknown(Invalid):
    """“{zone}” is not a time zone that is known. Write for instance America/Toronto, America/Halifax or UTC."""


class HoursReversed(Refused):
    """Work cannot begin at {opens} and end at {closes}: it ends later than it begins, on the same day. Nothing was recorded."""


class NoWorkingDay(Refused):
    """With these days off, no working day would be left in {year}. Nothing was recorded."""


class RecessReversed(Refused):
    """A recess begins before it ends: {first} does not come before {last}. Nothing was recorded."""


class RecessUnending(Refused):
    """A recess ends within a year; this one would go from {first} to {last}. Nothing was recorded."""


class WaitUnfit(Refused):
    """An office is late after 1 to {most} days of waiting; {days} is not one of these. Nothing was recorded."""


class ThresholdsReversed(Refused):
    """A wait is late before it is very late: {late} days is not less than {very}. Nothing was recorded."""


class SeasonsUnfit(Refused):
    """Spring, summer, autumn and winter begin in this order, each on a day that every year has: {days} cannot be.
    Nothing was recorded."""


class YearUnfit(Refused):
    """A year begins in a month from 1 (January) to 12 (December); {month} is not one of these. Nothing was recorded."""


class ConfigurationStands(Refused):
    """What was configured is neither corrected nor retracted: configure it again, and the last one holds."""


class ConfigureOrganisation(Command, frozen=True, kw_only=True):
    """Each fact that is given takes the place of the former; what is left out stays: of `recesses`, the legislatures
    that are left out, of `seasons` those that are. Recesses of none are those of nobody, seasons of none the usual ones."""

    verb = "configure"

    name: str | None = None
    zone: str | None = None
    jurisdictions: tuple[Jurisdiction, ...] | None = None
    days_off: tuple[date, ...] | None = None
    opens: Hour | None = None
    closes: Hour | None = None
    lang: Lang | None = None
    recesses: dict[Legislature, tuple[Period, ...]] | None = None
    late_after: int | None = None
    very_late_after: int | None = None
    seasons: dict[Season, str] | None = None
    year_begins: int | None = None
    inclusive: Inclusive | None = None
    spaced_signs: bool | None = None


class OrganisationConfigured(Event, frozen=True, kw_only=True):
    """What holds from then on: the facts that are not null. An empty list is a fact. `recesses` are those of the
    legislatures that it names, in order, none meeting another. An office is late to answer `late_after` so many days, and
    very late `very_late_after` so many. `seasons`: the first day, `MM-DD`, of those that it names; `year_begins`: the month
    (1 to 12) in which its year does. `inclusive`: how it writes words for men and women; `spaced_signs`: whether it puts a
    thin space before ; ! ? (both in what is generated in French)."""

    revision = 5

    name: str | None = None
    zone: str | None = None
    jurisdictions: tuple[Jurisdiction, ...] | None = None
    days_off: tuple[date, ...] | None = None
    opens: Hour | None = None
    closes: Hour | None = None
    lang: Lang | None = None
    recesses: dict[Legislature, tuple[Period, ...]] | None = None
    late_after: int | None = None
    very_late_after: int | None = None
    seasons: dict[Season, str] | None = None
    year_begins: int | None = None
    inclusive: Inclusive | None = None
    spaced_signs: bool | None = None

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        """Recesses came with the second shape: the first says nothing of them."""

    @staticmethod
    def upcast_v2_v3(facts: dict[str, Any]) -> None:
        """The days after which a wait is late came with the third shape."""

    @staticmethod
    def upcast_v3_v4(facts: dict[str, Any]) -> None:
        """Seasons, and the month in which the year begins, came with the fourth shape."""

    @staticmethod
    def upcast_v4_v5(facts: dict[str, Any]) -> None:
        """How it writes came with the fifth shape."""

    def apply(self, organisation: Any, at: Recorded) -> None:
        for fact in FACTS:
            if (value := getattr(self, fact)) is not None:
                setattr(organisation, fact, _after(organisation, fact, value))


def _after(organisation: Organisation, fact: str, value: Any) -> Any:
    """What a fact is once it is given: whose recesses and which seasons it names are changed, the others stay."""
    match fact:
        case "recesses":
            return organisation.recesses | value
        case "seasons":
            return organisation.seasons.changed(value)
        case _:
            return value


FACTS = ConfigureOrganisation.__struct_fields__


class Organisation(Aggregate):
    """The organisation. One that nobody configured has what is usual in Quebec."""

    def __init__(self, id: UUID = ORGANISATION) -> None:
        super().__init__(id)
        self.start()

    def start(self) -> None:
        self.name = ""
        self.zone = ZONE
        self.jurisdictions: tuple[Jurisdiction, ...] = ("QC", "CA")
        self.days_off: tuple[date, ...] = ()
        self.opens = time(8)
        self.closes = time(18)
        self.lang: Lang = "fr"
        self.recesses: dict[Legislature, tuple[Period, ...]] = {}
        self.late_after = 30
        self.very_late_after = 60
        self.seasons = USUAL
        self.year_begins = 1
        self.inclusive: Inclusive = "doublets"
        self.spaced_signs = False

    @property
    def calendar(self) -> Calendar:
        """Its working days and hours, under the version of this stream."""
        recesses = tuple((whose, held) for whose in LEGISLATURES if (held := self.recesses.get(whose)))
        return Calendar(zone=self.zone, jurisdictions=self.jurisdictions, days_off=frozenset(self.days_off),
                        opens=self.opens, closes=self.closes, version=self.version,
                        recesses=recesses, year_begins=self.year_begins)  # fmt: skip

    def configure(self, command: ConfigureOrganisation, act: Act) -> None:
        """Lets what is given hold from now on."""
        if not act.roles & KEEPERS:
            raise OrganisationRole()
        facts: dict[str, Any] = {fact: value for fact in FACTS if (value := getattr(command, fact)) is not None}
        if not facts:
            raise NothingConfigured(possible=list(FACTS))
        need(command, *(fact for fact in facts if not isinstance(facts[fact], tuple | dict)))
        if "zone" in facts and facts["zone"] not in available_timezones():
            raise ZoneUnknown(zone=facts["zone"])
        if "days_off" in facts:
            facts["days_off"] = tuple(sorted(set(facts["days_off"])))
        if "jurisdictions" in facts:
            facts["jurisdictions"] = tuple(dict.fromkeys(facts["jurisdictions"]))
        if "recesses" in facts:
            given = facts["recesses"] or dict.fromkeys(LEGISLATURES, ())
            facts["recesses"] = {whose: _sound(periods) for whose, periods in given.items()}
        if "seasons" in facts:
            facts["seasons"] = facts["seasons"] or USUAL.said
        event = OrganisationConfigured(**facts, **said(act))
        self._check(event)
        self.trigger(event, act)

    def _check_waits(self, event: OrganisationConfigured) -> None:
        """Whether an office can be late, and then very late."""
        late = self.late_after if event.late_after is None else event.late_after
        very = self.very_late_after if event.very_late_after is None else event.very_late_after
        for days in (late, very):
            if not 1 <= days <= LONGEST_WAIT:
                raise WaitUnfit(days=days, most=LONGEST_WAIT)
        if late >= very:
            raise ThresholdsReversed(late=late, very=very)

    def amendable(self, version: int) -> Event:
        """None is."""
        raise ConfigurationStands()

    def _check(self, event: OrganisationConfigured) -> None:
        """Whether what would then stand can be worked with."""
        opens, closes = event.opens or self.opens, event.closes or self.closes
        if opens >= closes:
            raise HoursReversed(opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}")
        self._check_waits(event)
        _check_year(self.seasons, event)
        days_off = self.days_off if event.days_off is None else event.days_off
        jurisdictions = self.jurisdictions if event.jurisdictions is None else event.jurisdictions
        calendar = Calendar(jurisdictions=jurisdictions, days_off=frozenset(days_off))
        for year in sorted({day.year for day in days_off}):
            first = date(year, 1, 1)
            if not any(calendar.works(first + timedelta(days=n)) for n in range(365)):
                raise NoWorkingDay(year=str(year))


def _check_year(seasons: Seasons, event: OrganisationConfigured) -> None:
    """Whether seasons follow one another, and the year begins in a month."""
    if event.seasons:
        try:
            fit = seasons.changed(event.seasons).fit
        except ValueError:
            fit = False
        if not fit:
            raise SeasonsUnfit(days=[f"{name} {day}" for name, day in event.seasons.items()])
    if event.year_begins is not None and not 1 <= event.year_begins <= 12:
        raise YearUnfit(month=event.year_begins)


def _sound(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The recesses in order, those that meet as one; each ends, and in good time."""
    for first, last in periods:
        if last < first:
            raise RecessReversed(first=first, last=last)
    found = merged(periods)
    for first, last in found:
        if last - first >= YEAR:
            raise RecessUnending(first=first, last=last)
    return found
