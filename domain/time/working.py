"""Working days and hours of an organisation: which days count, and when a day's work begins.

Days are those of the organisation's zone; instants are aware on the way in and UTC on the way out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from domain.time.zones import ZONE, end_of_day, local_day

Jurisdiction = Literal["QC", "CA", "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "SK", "YT"]
"""Whose holidays are known: `CA` is the federal public administration, the others a province or territory."""

JURISDICTIONS: tuple[Jurisdiction, ...] = get_args(Jurisdiction)

Legislature = Literal["QC", "CA"]
"""Whose recesses count: the National Assembly of Quebec, the Parliament of Canada."""

LEGISLATURES: tuple[Legislature, ...] = get_args(Legislature)

Period = tuple[date, date]
"""The first and the last day, both within."""

_DAY = timedelta(days=1)
_LANGUAGES = {"fr": "fr", "en": "en_CA"}


@cache
def _holidays(jurisdiction: Jurisdiction, year: int, lang: str) -> Mapping[date, str]:
    """The holidays of one year and their names, as the `holidays` library has them; it knows 1867 to 2100.

    Quebec: those of its labour standards and its National Holiday. There an employer chooses Good Friday or Easter
    Monday; the library takes Good Friday, and who takes Monday too says so among the days off of the organisation.

    Federal: the library's `government` category is that of the Canada Labour Code; the public administration's
    collective agreements add Easter Monday, which the library has among Quebec's optional days. They are the ones
    to be chosen, for it is with that administration that a letter to a minister waits. A Saturday's or Sunday's
    holiday is observed on the next free weekday."""
    from holidays import country_holidays  # a tenth of a start-up, and most commands count no day

    subdivision, categories = (
        ("QC", ("government", "optional")) if jurisdiction == "CA" else (jurisdiction, ("public",))
    )
    return dict(
        country_holidays("CA", subdiv=subdivision, years=year, categories=categories, language=_LANGUAGES[lang])
    )


def spans(days: Iterable[date]) -> list[str]:
    """Days as EDTF, those that follow one another as an interval."""
    found: list[list[date]] = []
    for day in sorted(days):
        if found and found[-1][-1] + _DAY == day:
            found[-1].append(day)
        else:
            found.append([day])
    return [span(each[0], each[-1]) for each in found]


def span(first: date, last: date) -> str:
    """A period as EDTF; a single day as that day."""
    return f"{first}" if first == last else f"{first}/{last}"


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same days as periods in order, those that meet or follow one another as one. None is reversed."""
    found: list[Period] = []
    for first, last in sorted(periods):
        if found and first <= found[-1][1] + _DAY:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return tuple(found)


class Calendar(Struct, frozen=True, kw_only=True):
    """Which days are worked, from when to when. A day off in any of `jurisdictions` is no working day.

    `days_off` are the organisation's own; `opens` and `closes` are hours of `zone` (an IANA name), `opens` the
    earlier; `version` is that of the organisation's stream when this was read, 0 before anything was configured.
    `year_begins`: the month in which a year of the organisation does.
    `recesses` are those of each legislature, `merged`; they are no working days of this calendar but of the one that
    `in_session` gives, in which they stand in `away`."""

    zone: str = ZONE
    jurisdictions: tuple[Jurisdiction, ...] = ("QC", "CA")
    days_off: frozenset[date] = frozenset()
    opens: time = time(8)
    closes: time = time(18)
    version: int = 0
    recesses: tuple[tuple[Legislature, tuple[Period, ...]], ...] = ()
    year_begins: int = 1
    away: tuple[Period, ...] = ()

    def in_session(self, legislature: str | None) -> Calendar:
        """The days that count while an answer is awaited from there: this calendar without the recesses of that
        legislature, if it has any."""
        away = dict[str | None, tuple[Period, ...]](self.recesses).get(legislature, ())
        return self if away == self.away else replace(self, away=away)

    def works(self, day: date) -> bool:
        """Monday to Friday, neither a holiday nor a day off of the organisation's own, nor `away`."""
        return (
            day.weekday() < 5
            and day not in self.days_off
            and self._back(day) is None
            and not any(day in _holidays(jurisdiction, day.year, "fr") for jurisdiction in self.jurisdictions)
        )

    def after(self, day: date, n: int) -> date:
        """The n-th working day after `day`; with 0, `day` itself if it is one, else the next. `n` is not negative."""
        if n == 0 and self.works(day):
            return day
        for _ in range(max(n, 1)):
            day += _DAY
            while not self.works(day):
                day = (self._back(day) or day) + _DAY
        return day

    def _back(self, day: date) -> date | None:
        """The last day of the recess that `day` falls in; null outside."""
        place = bisect_right(self.away, (day, date.max)) - 1
        return last if place >= 0 and day <= (last := self.away[place][1]) else None

    def opening(self, day: date) -> datetime:
        """The instant at which work begins on `day`, were it a working day."""
        return self._instant(day, self.opens)

    def reopening(self, instant: datetime) -> datetime:
        """`instant` itself while work is going on, else the next opening."""
        day = self.today(instant)
        if not self.works(day) or instant >= self._instant(day, self.closes):
            return self.opening(self.after(day, 1))
        return max(instant.astimezone(UTC), self.opening(day))

    def end(self, day: date) -> datetime:
        """The last microsecond of `day`: still of that day, as in `end_of_day`."""
        return end_of_day(day, self.zone)

    def today(self, instant: datetime) -> date:
        """The day that it is at `instant`."""
        return local_day(instant, self.zone)

    def holidays(self, first: date, last: date, lang: str) -> Iterator[tuple[date, str]]:
        """The weekdays from `first` to `last` that are holidays, with their names in `lang` (fr, en)."""
        for number in range((last - first).days + 1):
            day = first + number * _DAY
            found = (_holidays(jurisdiction, day.year, lang).get(day) for jurisdiction in self.jurisdictions)
            names = list(dict.fromkeys(filter(None, found)))
            if names and day.weekday() < 5:
                yield day, ", ".join(names)

    def _instant(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC)
