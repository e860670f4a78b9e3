"""The part of RFC 5545 that a plan needs: a frequency, its interval, and the months or the day in it."""

from __future__ import annotations

import re
from typing import NamedTuple

FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
"""Letter of ISO 8601 -> frequency of RFC 5545."""

MONTHS_OF_SEASON = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 1, 2)}
"""Season of EDTF -> the months in which what comes back at that season is looked for."""


_OF_NO_YEAR = re.compile(r"XXXX-[0-9]{2}(?:-[0-9]{2})?")


class Rhythm(NamedTuple):
    """What comes back: each `interval` of `freq`, in these months, on this day."""

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    day: int | None = None
    weekday: str | None = None

    def text(self) -> str:
        """RRULE, its parts in one order."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.day:
            parts.append(f"BYMONTHDAY={self.day}")
        if self.weekday:
            parts.append(f"BYDAY={self.weekday}")
        return ";".join(parts)

    @classmethod
    def of(cls, rrule: str) -> Rhythm:
        """What `text` wrote."""
        said = dict(part.partition("=")[::2] for part in rrule.split(";"))
        months = tuple(int(month) for month in said.get("BYMONTH", "").split(",") if month)
        day = int(said["BYMONTHDAY"]) if "BYMONTHDAY" in said else None
        return cls(said["FREQ"], int(said.get("INTERVAL", 1)), months, day, said.get("BYDAY"))

    def within(self, said: str) -> Rhythm | None:
        """Each year at a date that names no year (`XXXX-09`, `XXXX-05-01`, `{XXXX-03,XXXX-09}`); None if it cannot."""
        begin, range_, end = said.partition("/")
        if range_:
            return self._between(begin, end)
        if not all(_OF_NO_YEAR.fullmatch(each) for each in said.strip("{}").split(",")):
            return None
        members = [each.split("-") for each in said.strip("{}").split(",")]
        alone = len(members) == 1
        fits = all(alone or len(each) == 2 for each in members)
        if self != Rhythm("YEARLY", self.interval) or not fits:
            return None
        months = [month for each in members for month in MONTHS_OF_SEASON.get(int(each[1]), (int(each[1]),))]
        return self._replace(months=tuple(months), day=int(members[0][2]) if len(members[0]) > 2 else None)

    def _between(self, begin: str, end: str) -> Rhythm | None:
        """In each month from one to the other: `XXXX-06` to `XXXX-08`."""
        months = [int(each[5:]) for each in (begin, end) if _OF_NO_YEAR.fullmatch(each) and len(each) == 7]
        if len(months) != 2 or not 1 <= months[0] < months[1] <= 12 or self != Rhythm("YEARLY", self.interval):
            return None
        return self._replace(months=tuple(range(months[0], months[1] + 1)))

    def when(self, seasons: bool) -> str | None:
        """What `within` made the months and the day of; `seasons`: as seasons, where the months are theirs."""
        if not self.months:
            return None
        codes = [code for code, three in MONTHS_OF_SEASON.items() if set(three) <= set(self.months)]
        if seasons and len(codes) * 3 == len(self.months):
            codes.sort(key=lambda code: self.months.index(MONTHS_OF_SEASON[code][0]))
            members = [f"XXXX-{code}" for code in codes]
        else:
            members = [f"XXXX-{month:02}" + (f"-{self.day:02}" if self.day else "") for month in self.months]
        if len(members) > 2 and self.months == tuple(range(self.months[0], self.months[-1] + 1)):
            return f"{members[0]}/{members[-1]}"
        return members[0] if len(members) == 1 else "{" + ",".join(members) + "}"
