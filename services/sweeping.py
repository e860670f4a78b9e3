"""One pass of the clocks: every step that has come is taken, by the case or the thread that owns the clock.

The sweep locks nothing. It reads which steps are due and asks each case, under the step's id as command id: repeats,
races and replays find it taken, and an answer that came a moment before leaves nothing to take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import psycopg

from domain.clocks import EscalationStepTaken, RecomputeClocks, TakeSteps
from services import subjects, watching
from services.execute import SYSTEM, TooBusy, Work, commit
from services.occurring import let_come
from services.recipients import Recipients
from services.store import Store, StoreFull

PAGE = 200
TRIES = 8  # of a step that cannot be recorded, before it is set aside in sight of a human
FIRST_RETRY = "1 minute"  # doubled each time

_UNTROUBLED = "(t.clock IS NULL OR NOT t.parked AND t.retry_at <= suivi.now())"
_DUE = f"""SELECT d.next_at, d.clock, d.stream, d.next_id FROM suivi.due d LEFT JOIN suivi.troubles t USING (clock)
           WHERE d.next_at <= suivi.now() AND (d.next_at, d.clock) > (%s, %s)
             AND {_UNTROUBLED} ORDER BY d.next_at, d.clock LIMIT %s"""
_OUTDATED = f"""SELECT d.calendar, d.clock, d.stream FROM suivi.due d LEFT JOIN suivi.troubles t USING (clock)
                 WHERE d.next_at IS NOT NULL AND d.calendar < %s AND (d.calendar, d.clock) > (%s, %s)
                   AND {_UNTROUBLED} ORDER BY d.calendar, d.clock LIMIT %s"""
_SETTLED = """DELETE FROM suivi.troubles t
               WHERE NOT EXISTS (SELECT FROM suivi.due d WHERE d.clock = t.clock AND d.next_at IS NOT NULL)"""
_TROUBLE = f"""INSERT INTO suivi.troubles AS t (clock, tries, reason, retry_at)
               VALUES (%s, 1, %s, suivi.now() + interval '{FIRST_RETRY}')
               ON CONFLICT (clock) DO UPDATE
                  SET tries = t.tries + 1, reason = EXCLUDED.reason, parked = t.tries + 1 >= %s,
                      retry_at = suivi.now() + interval '{FIRST_RETRY}' * 2 ^ t.tries"""


@dataclass
class Swept:
    """What one pass did: steps taken, cases whose clocks were reckoned anew, clocks whose step or cases whose turns failed,
    turns that came of what comes back."""

    steps: int = 0
    recomputed: int = 0
    failed: int = 0
    turns: int = 0


def sweep(store: Store, limit: int | None = None, stopping: Callable[[], bool] = lambda: False) -> Swept:
    """Takes every step that has come, at most of `limit` clocks, until `stopping`. Raises when the database is away
    or full; one case that cannot be asked does not hold up the others."""
    store.present.look()
    watching.beat(store.connection, "sweep")
    store.connection.execute(_SETTLED, prepare=True)
    swept, recipients = Swept(), Recipients(store)
    _recompute(store, swept, stopping)
    at, clock, asked = datetime.min, UUID(int=0), 0
    while not stopping() and (limit is None or asked < limit):
        page = min(PAGE, limit - asked) if limit else PAGE
        rows = store.connection.execute(_DUE, (at, clock, page), prepare=True).fetchall()
        for _, late, stream, step in rows:
            _take(store, swept, recipients, late, stream, step)
        asked += len(rows)
        if len(rows) < page:
            break
        at, clock = rows[-1][:2]
    if not stopping() and limit is None:
        swept.turns, failed = let_come(store, stopping)
        swept.failed += failed
    if swept.steps:
        watching.beat(store.connection, "sweep")
    return swept


def _take(store: Store, swept: Swept, recipients: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
    """The step's id is spent by the step alone: nothing else is ever stored under it."""
    taken: list[EscalationStepTaken] = []

    def decide(work: Work) -> None:
        subject = subjects.load(store, stream)
        work.loaded[stream] = subject
        taken.clear()
        running = subject.clocks.get(clock)
        if running is None or running.calendar != work.act.calendar.version:
            return  # it has stopped; or the working days just changed, and the next pass reckons it anew first
        reach = recipients.reach(subject, running)
        subjects.handle(subject, TakeSteps(clock=clock, reach=reach, fallback=reach["secretary"]), work.act)
        taken.extend(new.event for new in subject.new if isinstance(new.event, EscalationStepTaken))
        work.taken |= {("step", str(event.id)): stream for event in taken}

    with _apart(store, swept, clock):
        outcome = commit(store, SYSTEM, {"step": str(step)}, decide, step)
        swept.steps += 0 if outcome.repeated else len(taken)


def _recompute(store: Store, swept: Swept, stopping: Callable[[], bool]) -> None:
    """Reckons anew, as events, what was reckoned with working days that are no longer those of the organisation."""
    version = store.present.calendar.version
    calendar, clock, done = -1, UUID(int=0), set[UUID]()
    while not stopping():
        rows = store.connection.execute(_OUTDATED, (version, calendar, clock, PAGE), prepare=True).fetchall()
        if not rows:
            return
        for _, outdated, stream in rows:
            if stream not in done:
                done.add(stream)
                _reckon(store, swept, outdated, stream)
        calendar, clock = rows[-1][:2]


def _reckon(store: Store, swept: Swept, clock: UUID, stream: UUID) -> None:
    def decide(work: Work) -> None:
        subject = work.loaded[stream] = subjects.load(store, stream)
        subjects.handle(subject, RecomputeClocks(), work.act)

    with _apart(store, swept, clock):
        swept.recomputed += bool(commit(store, SYSTEM, {"reckon": str(stream)}, decide, uuid4()).versions)


@contextmanager
def _apart(store: Store, swept: Swept, clock: UUID) -> Iterator[None]:
    """Whatever is wrong with one case, the others are on time: it is counted, and tried again later."""
    try:
        yield
        store.connection.execute("DELETE FROM suivi.troubles WHERE clock = %s", (clock,), prepare=True)
    except TooBusy:
        return  # officers are at it: the next sweep asks again
    except (StoreFull, psycopg.OperationalError):
        raise
    except Exception as error:
        swept.failed += 1
        store.connection.execute(_TROUBLE, (clock, type(error).__name__, TRIES))
