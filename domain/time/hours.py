"""Hours of the day, as people write them, and the instants that they are."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Invalid

_HOUR = re.compile(r"\s*([01]?[0-9]|2[0-3])\s*(?:[:hH]\s*([0-5][0-9])?)?\s*")


class HourUnreadable(Invalid):
    """“{words}” is not an hour that can be read. Write for instance 8:30 or 17:00."""


def read_hour(words: str) -> time:
    """The hour that is meant by 8:30, 8 h 30, 17h or 17. Raises `HourUnreadable`."""
    found = _HOUR.fullmatch(words)
    if found is None:
        raise HourUnreadable(words=words)
    return time(int(found[1]), int(found[2] or 0))


def instant_of(day: date, hour: time, zone: str) -> datetime:
    """When it is `hour` on `day` in `zone` (an IANA name), in UTC. An hour that the clocks leap over is the next that
    exists; of one that comes twice, the first is meant."""
    wall = datetime.combine(day, hour)
    while True:
        instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            return instant
        wall += timedelta(minutes=1)
