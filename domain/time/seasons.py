"""The seasons: the day on which each begins, those of the organisation that this process serves.

Fixed days, so that a deadline does not move with astronomy (`docs/adr/0003-dates.md`, `docs/adr/0025-occurrences.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

Season = Literal["spring", "summer", "autumn", "winter"]

SEASONS: tuple[Season, ...] = get_args(Season)
"""In the order of their codes of EDTF: 21 is spring, 24 winter."""

Start = tuple[int, int]
"""A month and a day."""


class Seasons(NamedTuple):
    """The first (month, day) of each; it lasts until the day before the next begins. Winter is the one that follows the
    autumn of its year: `2020-24` ends in 2021, in whichever year it begins."""

    spring: Start = (3, 20)
    summer: Start = (6, 21)
    autumn: Start = (9, 22)
    winter: Start = (12, 21)

    @classmethod
    def of(cls, said: Mapping[Season, str]) -> Seasons:
        """From days as `MM-DD`; those that are left out are the usual ones."""
        return USUAL.changed(said)

    def changed(self, said: Mapping[Season, str]) -> Seasons:
        """With other first days for some of them."""
        return self._replace(**{name: (int(day[:2]), int(day[3:])) for name, day in said.items()})

    @property
    def said(self) -> dict[Season, str]:
        """Each with its first day, as `MM-DD`."""
        return {name: "{:02}-{:02}".format(*day) for name, day in zip(SEASONS, self, strict=True)}

    @property
    def fit(self) -> bool:
        """Whether they follow one another within a year, each on a day that every year has."""
        in_order = self.spring < self.summer < self.autumn and not self.spring <= self.winter <= self.autumn
        return in_order and all(_fit(start) for start in self)

    def first(self, year: int, code: int) -> date:
        """The first day of a season (21 to 24) of a year. Raises ValueError after the year 9999."""
        begins = self[code - 21]
        return date(year + (code == 24 and begins < self.autumn), *begins)

    def days(self, year: int, code: int) -> tuple[date, date]:
        """Its first and last day. Raises ValueError for a winter that ends after the year 9999."""
        after = self.first(year + 1, 21) if code == 24 else self.first(year, code + 1)
        return self.first(year, code), after - timedelta(days=1)


def _fit(start: Start) -> bool:
    try:
        return date(2023, *start).year == 2023
    except ValueError:
        return False


USUAL = Seasons()


class _Process:
    """What the one organisation of this process goes by."""

    seasons = USUAL


def use_seasons(seasons: Seasons) -> None:
    """From now on, a season of EDTF has these days in this process. Told by whoever reads the organisation."""
    _Process.seasons = seasons


def seasons_in_use() -> Seasons:
    """The table that holds."""
    return _Process.seasons
