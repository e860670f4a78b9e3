"""What the stories of a year share: the passes of an hour, and the calendar of what was sent."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil
from zoneinfo import ZoneInfo

from services.home import Home
from services.settings import Settings
from services.store import Store
from workers.passes import make_delivery

ZONE = ZoneInfo("America/Toronto")


def make_passes(home: Home, smtp_url: str) -> None:
    """The log placed and told, letters prepared, mail written and sent."""
    settings = Settings(home.settings.home, home.settings.user, smtp_url=smtp_url, mail_from="suivi@example.org")
    home.catch_up()
    make_delivery(home.store, settings)
    home.catch_up()
    make_delivery(home.store, settings)  # what a letter that was just prepared made known


def sent_between(home: Home) -> list[tuple[datetime, str]]:
    """When each message went, and what it says first."""
    rows = home.store.connection.execute("SELECT sent_at, subject FROM suivi.outbox WHERE state = 'sent'").fetchall()
    return [(sent_at.astimezone(ZONE), subject) for sent_at, subject in rows]


EVERY_HOUR = bool(os.environ.get("SUIVI_EVERY_HOUR"))
_NEXT = """SELECT least((SELECT min(next_at) FROM suivi.due),
                        (SELECT min(not_before) FROM suivi.outbox WHERE state = 'waiting'))"""


def hours(store: Store, start: datetime, end: datetime) -> Iterator[datetime]:
    """The full hours from one instant to another at which something is due; all of them with SUIVI_EVERY_HOUR. One is
    enough between two, since nothing happens in the others."""
    at, hour = start.timestamp(), timedelta(hours=1).total_seconds()
    while at < end.timestamp():
        (due,) = store.connection.execute(_NEXT).fetchone() or (None,)
        idle = max(0, ceil((due.timestamp() - at) / hour) - 1) if due and not EVERY_HOUR else 0
        at += hour * (1 + idle)
        yield datetime.fromtimestamp(min(at, end.timestamp()), ZONE)


def print_calendar(sent: list[tuple[datetime, str]]) -> None:
    """Day by day, what went out."""
    for day, messages in groupby(sorted(sent), key=lambda one: one[0].date()):
        print(f"{day:%Y-%m-%d %a}", *(f"   {at:%H:%M}  {subject}" for at, subject in messages), sep="\n", file=sys.stderr)
