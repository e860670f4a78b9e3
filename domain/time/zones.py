"""Days and instants. Days are those of the organisation's zone; instants are kept in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Invalid

ZONE = "America/Toronto"  # the organisation's, until it says another

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")


class BadInstant(Invalid):
    """“{words}” is not a moment that can be read. Accepted: a day (2024-06-26, which means the end
    of that day), a day and an hour (2024-06-26T14:05), or the same with its zone (2024-06-26T18:05Z)."""


def end_of_day(day: date, zone: str) -> datetime:
    """The last microsecond of `day` in `zone` (an IANA name), in UTC. A day may last 23 or 25 hours."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of an aware `instant` in `zone`; at the two ends of time, where that zone has none, the last one."""
    try:
        return instant.astimezone(ZoneInfo(zone)).date()
    except OverflowError:
        return instant.date()


def parse_instant(text: str, zone: str) -> datetime:
    """The UTC instant of an ISO 8601 text: a day means its end in `zone`, a time without offset is of `zone`
    (the first of the two when clocks go back). Raises BadInstant."""
    text = text.strip()
    try:
        if _DAY.fullmatch(text):
            return end_of_day(date.fromisoformat(text), zone)
        if _INSTANT.fullmatch(text):
            instant = datetime.fromisoformat(text)
            return (instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInstant(words=text) from error
    raise BadInstant(words=text)
