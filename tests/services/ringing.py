"""What must hold of every store with clocks, each as a check that fails with what does not hold; told by the events
alone, by rules of their own: nothing of the aggregate is asked."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from domain import codec
from domain.clocks import (
    ClockEvent,
    ClockRecomputed,
    ClockSnoozed,
    ClockStarted,
    ClockStopped,
    EscalationStepTaken,
    Ring,
    StepAcknowledged,
)
from domain.demarche.demarche import Demarche
from projections.due import due_rows
from services.rebuilding import rebuild_due
from services.store import Store

TOPICS = [name for name, event in codec.topics().items() if issubclass(event, ClockEvent)]
_ROWS = """SELECT clock, stream, kind, about, due, ends, state, calendar, step, repetition, next_id, next_at
             FROM suivi.due ORDER BY clock"""


def check_clocks(store: Store) -> int:
    """Everything below, of a store at rest; returns how many steps were taken."""
    count = check_steps(store)
    check_due_rows(store)
    check_nothing_waits(store)
    return count


def check_steps(store: Store) -> int:
    """Each step was the one that came next on a clock that ran, once, not before its instant, under its own id and
    key. Returns how many there were."""
    rings: dict[UUID, Ring | None] = {}
    past, ids = set[UUID](), Counter[UUID]()
    for each in store.events_of(TOPICS):
        event, at = each.event, each.recorded_at
        assert at
        match event:
            case EscalationStepTaken():
                ids[event.id] += 1
                ring = rings.get(event.clock)
                assert ids[event.id] == 1, f"{event.step}.{event.repetition} of {event.clock}: taken twice"
                assert ring, f"{event.step}.{event.repetition} of {event.clock}: recorded although the clock did not run"
                assert (event.id, event.at) == (ring.id, ring.at), f"{event.clock}: another step than the next one"
                assert event.at <= at, f"{event.clock}: recorded {at}, early, for {event.at}"
                assert event.clock not in past, f"{event.clock}: it rings for a date that was past when it was set"
                rings[event.clock] = event.next
            case ClockStarted():
                rings[event.clock] = event.next
                if event.ends < at and event.kind not in Demarche.waits:
                    past.add(event.clock)
            case ClockSnoozed() | ClockRecomputed():
                rings[event.clock] = event.next
            case StepAcknowledged() | ClockStopped():
                rings[event.clock] = None
    keys = Counter(UUID(key) for (key,) in store.connection.execute("SELECT key FROM suivi.keys WHERE scope = 'step'"))
    assert keys == ids, f"steps without their key: {ids - keys}, keys without their step: {keys - ids}"
    return ids.total()


def check_due_rows(store: Store) -> None:
    """They are what the events lead to, and what a rebuild makes of them."""
    rows = store.connection.execute(_ROWS).fetchall()
    folded = {row["clock"]: row for row in due_rows(store.events_of(TOPICS)) if row["op"] == "start"}
    assert {row[0] for row in rows} == set(folded), "clocks without a due row, or rows without a clock"
    for row in rows:
        names = ("clock", "stream", "kind", "about", "due", "ends", "state", "calendar", "step", "repetition",
                 "next_id", "next_at")  # fmt: skip
        assert dict(zip(names, row, strict=True)) == {n: folded[row[0]][n] for n in names}, "a due row lags behind"
    rebuild_due(store)
    assert store.connection.execute(_ROWS).fetchall() == rows, "a rebuild makes other due rows"


def check_nothing_waits(store: Store) -> None:
    """No step that has come is left."""
    waiting = store.connection.execute("SELECT clock FROM suivi.due WHERE next_at <= suivi.now()").fetchall()
    assert not waiting, f"{len(waiting)} steps were missed"


def check_ended(store: Store, ended: dict[UUID, tuple[int, datetime | None]]) -> None:
    """Clock -> the version at which an act silenced it, and until when (null: for ever)."""
    for each in store.events_of(["EscalationStepTaken"]):
        event = each.event
        assert isinstance(event, EscalationStepTaken)
        version, until = ended.get(event.clock, (each.originator_version, None))
        late = each.originator_version > version and (until is None or event.at < until)
        assert not late, f"a step of {event.clock} was recorded after the act that ended it"
