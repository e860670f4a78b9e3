"""The lists of cases made anew from a long log, beside the library's runner with its one transaction for each event."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from random import Random
from typing import Any

import psycopg
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL

from bench import library
from bench.figures import Figure
from bench.ground import Ground
from services.sequencer import sequence_all

EVENTS = int(os.environ.get("BENCH_EVENTS", "300000"))
LONGEST = 100  # histories of 10 events, 20, 30… to this
PROCESS = """
import json, sys, time
import psycopg
from bench.machine import peak_memory
from projections import follower
from projections.cases import Cases
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    start = time.perf_counter()
    done = follower.rebuild(connection, Cases())
    print(json.dumps([done, time.perf_counter() - start, peak_memory()]))
"""


def measure(ground: Ground) -> list[Figure]:
    """The rebuild runs in a process of its own, so that the peak of its memory is its own."""
    made = _histories(ground)
    command = [sys.executable, "-c", PROCESS, ground.home.urls.writer]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    done, seconds, memory = json.loads(told)
    pace = _library_pace(ground.other_url)
    return [
        Figure("events made, placed in the log", made, "events/s"),
        Figure(f"rebuild of the cases, {done:,} events", done / seconds, "events/s", note=f"{seconds:.0f} s"),
        Figure("the library's runner", pace, "events/s"),
        Figure("rebuild ÷ the library's runner", done / seconds / pace, "×", 20),
        Figure("rebuild: peak memory of its process", memory, "MB", 300, most=True),
    ]


def _histories(ground: Ground) -> float:
    """Cases of 10 to 100 events, `EVENTS` in all, sequenced: the log, without the lists. Events a second."""
    random, start, made = Random(1), time.perf_counter(), 0
    while made < EVENTS:
        events = random.randrange(10, LONGEST + 1, 10)
        ground.adopt(500 // events, events)
        made += 500 // events * events
    sequence_all(ground.home.store.connection)
    with psycopg.connect(ground.home.urls.owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE suivi.events, suivi.log")
    return made / (time.perf_counter() - start)


class View(PostgresTrackingRecorder):
    """One row for each aggregate, as the library's own views are written."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sql_create_statements.append(
            SQL("CREATE TABLE IF NOT EXISTS view (id uuid PRIMARY KEY, note text, events integer)").format()
        )

    def put(self, event: Any, tracking: Any) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO view VALUES (%s, %s, 1)"
                " ON CONFLICT (id) DO UPDATE SET note = excluded.note, events = view.events + 1",
                (event.originator_id, getattr(event, "text", None)), prepare=True,
            )  # fmt: skip


class OneByOne(Projection[View]):
    """The library's projection."""

    name = "view"

    @singledispatchmethod
    def process_event(self, event: object, tracking: object) -> None:
        self.view.put(event, tracking)


def _library_pace(url: str, seconds: float = 4) -> float:
    """Events a second, once it runs."""
    library.prepare(url)
    library.adopt(url, 2_000, 10)
    environment = library.environment(url)
    count = "SELECT coalesce(sum(events), 0) FROM view"
    runner = ProjectionRunner(
        application_class=library.Resolutions, projection_class=OneByOne, view_class=View, env=environment
    )
    with runner, psycopg.connect(url, autocommit=True) as connection:
        time.sleep(1)
        before, start = connection.execute(count).fetchall()[0][0], time.perf_counter()
        time.sleep(seconds)
        after, elapsed = connection.execute(count).fetchall()[0][0], time.perf_counter() - start
    return int(after - before) / elapsed
