"""A simulated store: its time stands still until it is moved, and only goes on. `suivi.keep_time` holds the same rules."""

from __future__ import annotations

from datetime import datetime

import psycopg

from domain.errors import Refused
from services.store import Store

LIVING = "SV003"  # what `suivi.keep_time` raises


class NotSimulated(Refused):
    """This store lives in real time, and its clock cannot be moved. A simulated one begins in an empty folder: SUIVI_HOME=FOLDER suivi demo --simulated"""  # noqa: E501 - one sentence


class StoreBegun(Refused):
    """This store holds something already, and a simulated one begins empty. Choose a folder of its own: SUIVI_HOME=FOLDER suivi demo --simulated"""  # noqa: E501 - one sentence


class SimulatedAlready(Refused):
    """This store is simulated already; its time is {now}."""


class NoWayBack(Refused):
    """The time of a simulated store only goes on: it is {now} there, and {asked} is over."""


def simulated_at(store: Store) -> datetime | None:
    """The time of a simulated store; null where time is real."""
    row = store.connection.execute("SELECT simulated_at FROM suivi.clock").fetchone()
    return row[0] if row else None


def begin(store: Store, instant: datetime) -> None:
    """Makes an empty store simulated, for ever, with this aware instant as its time. Raises StoreBegun, SimulatedAlready."""
    try:
        begun = store.connection.execute(
            "UPDATE suivi.clock SET simulated_at = %s WHERE simulated_at IS NULL", (instant,)
        )
    except psycopg.Error as error:
        if error.sqlstate != LIVING:
            raise
        raise StoreBegun() from error
    if not begun.rowcount:
        raise SimulatedAlready(now=simulated_at(store))
    store.present.look()


def advance(store: Store, instant: datetime) -> None:
    """Moves the time of a simulated store on to this aware instant. Raises NotSimulated, NoWayBack."""
    try:
        moved = store.connection.execute(
            "UPDATE suivi.clock SET simulated_at = %s WHERE simulated_at IS NOT NULL", (instant,)
        )
    except psycopg.Error as error:
        if error.sqlstate != LIVING:
            raise
        raise NoWayBack(now=simulated_at(store), asked=instant) from error
    if not moved.rowcount:
        raise NotSimulated()
