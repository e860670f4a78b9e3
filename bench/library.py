"""What Suivi is compared with: the eventsourcing library's own application, aggregate, recorder and runner for
PostgreSQL, as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from psycopg.conninfo import conninfo_to_dict

from bench.ground import BATCH, TEXT

LARGEST = BATCH  # events a save: beyond some 700 the library's pipelined insert hangs


class Resolution(Aggregate):
    """The library's example of an aggregate, with as much text as a case's events bear."""

    @event("Adopted")
    def __init__(self, title: str, text: str) -> None:
        self.title, self.text, self.state = title, text, "adopted"
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        """The guard that a command has."""
        if self.state not in ("adopted", "referred", "in_progress"):
            raise ValueError(self.state)
        self._note(text=text)

    @event("Noted")
    def _note(self, text: str) -> None:
        self.notes.append(text)


class Resolutions(Application[UUID]):
    name = "resolutions"


def environment(url: str, **more: str) -> dict[str, str]:
    """The library's settings for a database; what is not here is its default."""
    parts = conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parts["dbname"]),
        "POSTGRES_HOST": str(parts["host"]),
        "POSTGRES_PORT": str(parts["port"]),
        "POSTGRES_USER": str(parts["user"]),
        "POSTGRES_PASSWORD": str(parts["password"]),
    } | more


def prepare(url: str) -> None:
    """Makes the tables."""
    Resolutions(env=environment(url)).close()


def adopt(url: str, count: int, events: int) -> list[UUID]:
    """So many aggregates of so many events each."""
    app = Resolutions(env=environment(url, CREATE_TABLE="n"))
    ids = []
    together = max(1, LARGEST // events)
    for start in range(0, count, together):
        made = [_resolution(min(events, LARGEST)) for _ in range(min(together, count - start))]
        app.save(*made)
        ids += [one.id for one in made]
        for version in range(LARGEST, events, LARGEST):
            _noted(made[0], min(LARGEST, events - version))
            app.save(made[0])
    app.close()
    return ids


def _resolution(events: int) -> Resolution:
    return _noted(Resolution(title="Des soins à domicile", text=TEXT), events - 1)


def _noted(resolution: Resolution, times: int) -> Resolution:
    for n in range(times):
        resolution.note(f"{n} {TEXT}")
    return resolution


def commands(url: str, ids: list[UUID], processes: int) -> Callable[[int], Callable[[], Any]]:
    """A process's command: load one, ask it, save it."""

    def make(number: int) -> Callable[[], Any]:
        app = Resolutions(env=environment(url, CREATE_TABLE="n", POSTGRES_POOL_SIZE="1"))
        mine = iter(ids[number::processes] * 1_000)

        def command() -> None:
            resolution: Resolution = app.repository.get(next(mine))
            resolution.note(TEXT)
            app.save(resolution)

        return command

    return make
