"""Whether everything goes, part by part, without a word of what is recorded: what a watcher of machines reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

import psycopg

from services import watching

Status = Literal["ok", "late", "down"]
LATE = timedelta(seconds=30)  # that an event waits for its place in the log, or the log for the lists

_PARTS = """
WITH waiting AS (SELECT min(recorded_at) AS since FROM suivi.pending JOIN suivi.events USING (stream, version)
), unlisted AS (SELECT min(l.logged_at) AS since FROM suivi.projections p JOIN suivi.log l ON l.position = p.position + 1
), real AS (SELECT simulated_at IS NULL AS time FROM suivi.clock)
SELECT coalesce((SELECT clock_timestamp() - since FROM waiting, real WHERE time), interval '0'),
       coalesce((SELECT clock_timestamp() - since FROM unlisted, real WHERE time), interval '0'),
       (SELECT count(*) FROM suivi.projections WHERE failed IS NOT NULL),
       (SELECT count(*) FROM (SELECT FROM suivi.outbox WHERE state = 'waiting' LIMIT 1000) AS waiting)"""


def health(connection: psycopg.Connection) -> dict[str, Any]:
    """`status`: the worst of the parts; each part has its own, with durations in seconds."""
    row = connection.execute(_PARTS).fetchone()
    assert row
    unplaced, unlisted, failed, waiting = row
    watch = watching.watch(connection)
    undone = watch.undone or timedelta()
    parts: dict[str, dict[str, Any]] = {
        "database": {"status": "ok"},
        "log": {"status": _within(unplaced, LATE), "seconds": _seconds(unplaced)},
        "projections": {"status": "down" if failed else _within(unlisted, LATE), "seconds": _seconds(unlisted),
                        "failed": failed},
        "sweep": {"status": _beating(watch, watch.sweep), "seconds": _seconds(watch.sweep)},
        "deliver": {"status": _beating(watch, watch.deliver), "seconds": _seconds(watch.deliver)},
        "steps": {"status": "ok" if watch.simulated else _worse(_within(undone, watching.STILL), watch.troubles),
                  "seconds": _seconds(undone), "failed": watch.troubles},
        "outbox": {"status": "late" if watch.parked else "ok", "waiting": waiting, "parked": watch.parked},
    }  # fmt: skip
    statuses = [part["status"] for part in parts.values()]
    worst = next(each for each in ("down", "late", "ok") if each in statuses)
    return {"status": worst, "simulated": watch.simulated, "components": parts}


def no_database() -> dict[str, Any]:
    """The same, where the database does not answer."""
    return {"status": "down", "components": {"database": {"status": "down"}}}


def _within(lag: timedelta, most: timedelta) -> Status:
    return "ok" if lag <= most else "late"


def _worse(status: Status, failed: int) -> Status:
    return "late" if failed else status


def _beating(watch: watching.Watch, beat: timedelta | None) -> Status:
    """The time of a simulated store stands still by itself: nobody is missed there."""
    if watch.simulated:
        return "ok"
    return "down" if beat is None else _within(beat, watching.STILL)


def _seconds(lag: timedelta | None) -> float | None:
    return None if lag is None else round(lag.total_seconds(), 1)
