"""The read tables and the due rows, made anew, and where each projection stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import json

from domain import codec
from domain.clocks import ClockEvent
from domain.errors import NotFound
from projections import follower, log
from projections.due import due_rows
from projections.follower import Projection
from projections.registry import PROJECTIONS
from services.home import Home
from services.store import Store

DUE = "due"  # durable rows, written by the append: made anew from the same function, never followed


class ProjectionUnknown(NotFound):
    """There are no lists called “{name}”. There are: {known}."""


def rebuild(home: Home, name: str | None, progress: Callable[[int, int], None]) -> list[dict[str, Any]]:
    """Makes the tables of one projection (by its name or one of its tables'), or of all, anew beside the live ones,
    then swaps them. Tells `progress` the entries done, of how many."""
    if name in (None, DUE):
        rebuild_due(home.store)
    if name == DUE:
        return status(home)
    home.catch_up()
    total = log.size(home.store.connection)
    for projection in named(name):
        follower.rebuild(home.store.connection, projection, lambda done: progress(done, total))
    return status(home)


def named(name: str | None) -> list[Projection]:
    """The projections that a name means."""
    found = [p for p in PROJECTIONS if name is None or name == p.name or name in p.tables]
    if not found:
        raise ProjectionUnknown(name=name, known=[*(p.name for p in PROJECTIONS), DUE])
    return found


def rebuild_due(store: Store) -> int:
    """Makes the due rows anew from the events, in one transaction that holds back what would write some; returns how
    many there are. A step that was taken stays taken: nothing is told anyone. What was set aside is tried again."""
    connection = store.connection
    with connection.transaction():
        connection.execute("LOCK TABLE suivi.due IN EXCLUSIVE MODE")
        topics = [name for name, event in codec.topics().items() if issubclass(event, ClockEvent)]
        rows = due_rows(store.events_of(topics))
        connection.execute("DELETE FROM suivi.due")
        started = [row for row in rows if row["op"] == "start"]
        connection.execute("SELECT suivi.write_due(convert_from(%b, 'UTF8')::jsonb)", (json.encode(started),))
        connection.execute("DELETE FROM suivi.troubles")
    return len(started)


def status(home: Home) -> list[dict[str, Any]]:
    """Each projection: its version, its position in the log, how far behind it is, and why it stopped if it did."""
    rows = home.store.connection.execute(
        "SELECT p.name, p.version, p.generation, p.position, h.size - p.position, p.failed"
        " FROM suivi.projections p, suivi.log_head h ORDER BY p.name"
    )
    keys = ("name", "version", "generation", "position", "lag", "failed")
    return [dict(zip(keys, row, strict=True)) for row in rows]
