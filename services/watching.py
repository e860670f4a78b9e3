"""Whether the clocks go: beats of each pass, and the watcher that compares what was due with what was recorded.

Cheap enough to be asked by every page: each question is answered by an index, whatever the number of deadlines."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import timedelta

import psycopg

STILL = timedelta(minutes=5)  # without a beat, or with a step left undone, for so long: a clock stands still

_BEAT = """INSERT INTO suivi.heartbeats (name, at, who) VALUES (%s, clock_timestamp(), %s)
           ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at, who = EXCLUDED.who"""
_WATCH = """SELECT (SELECT clock_timestamp() - at FROM suivi.heartbeats WHERE name = 'sweep'),
                   (SELECT clock_timestamp() - at FROM suivi.heartbeats WHERE name = 'deliver'),
                   (SELECT suivi.now() - min(next_at) FROM suivi.due d LEFT JOIN suivi.troubles t USING (clock)
                     WHERE next_at <= suivi.now() AND t.clock IS NULL),
                   (SELECT count(*) FROM suivi.troubles),
                   (SELECT count(*) FROM (SELECT FROM suivi.outbox WHERE state IN ('parked', 'bounced')
                                            AND created_at > suivi.now() - interval '30 days'
                                            AND reason !~ '^."(CaseHidden|Overtaken|BackFromBackup)"' LIMIT 1000) AS p),
                   (SELECT simulated_at IS NOT NULL FROM suivi.clock)"""


@dataclass(frozen=True)
class Watch:
    """`sweep`, `deliver`: time since the last pass, null before the first. `undone`: for how long the oldest step has
    been due without being recorded, `troubles` apart: clocks whose step failed, whether it is tried again or was set
    aside. `parked`: messages of the last 30 days that were set aside or came back and that somebody should see to (counted to
    1,000): not those that were overtaken, or that their reader may not see."""

    sweep: timedelta | None
    deliver: timedelta | None
    undone: timedelta | None
    troubles: int
    parked: int
    simulated: bool

    @property
    def still(self) -> bool:
        """Whether nobody winds the clocks. The time of a simulated store stands still by itself."""
        silent = self.sweep is None or self.sweep > STILL
        late = self.undone is not None and self.undone > STILL
        return not self.simulated and (silent or late)


def beat(connection: psycopg.Connection, name: str) -> None:
    """Says that a pass (`sweep`, `deliver`) is being made, by which process."""
    connection.execute(_BEAT, (name, f"{socket.gethostname()}:{os.getpid()}"), prepare=True)


def beat_of(connection: psycopg.Connection, name: str) -> timedelta | None:
    """How long ago the last pass was made; null before the first."""
    row = connection.execute(
        "SELECT clock_timestamp() - at FROM suivi.heartbeats WHERE name = %s", (name,), prepare=True
    ).fetchone()
    return row[0] if row else None


def watch(connection: psycopg.Connection) -> Watch:
    """How the clocks go, as the reader or the writer sees it."""
    row = connection.execute(_WATCH, prepare=True).fetchone()
    assert row
    return Watch(*row)
