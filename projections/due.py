"""The due rows that events lead to: one pure function for the append, which stores them with the events, and for
`suivi rebuild due`. They are durable, and never fed by a follower."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.base import Recorded
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

Row = dict[str, Any]


def due_rows(events: Iterable[Recorded]) -> list[Row]:
    """What is to be written (`op`: start, move or stop), a row for each clock that the events concern."""
    rows: dict[UUID, Row] = {}
    for recorded in events:
        if isinstance(event := recorded.event, ClockEvent):
            before = rows.get(event.clock)
            row = _row(event, recorded.originator_id)
            if before and before["op"] == "start" and row["op"] == "move":
                row = before | {key: value for key, value in row.items() if key not in ("op", "clock")}
            elif before and row["op"] == "move":
                row = before | row
            rows[event.clock] = row
    return list(rows.values())


def _row(event: ClockEvent, stream: UUID) -> Row:
    match event:
        case ClockStarted():
            state = "lapsed" if event.lapsed else "running"
            place = {"stream": stream, "kind": event.kind, "about": event.about, "due": event.due}
            dates = {"ends": event.ends, "calendar": event.calendar}
            return {"op": "start", "clock": event.clock, "state": state} | place | dates | _next(event.next)
        case ClockStopped():
            return {"op": "stop", "clock": event.clock}
        case StepAcknowledged():
            return {"op": "move", "clock": event.clock, "state": "acknowledged"} | _next(None)
        case ClockRecomputed():
            dates = {"ends": event.ends, "calendar": event.calendar}
            return {"op": "move", "clock": event.clock, "state": "running"} | dates | _next(event.next)
        case EscalationStepTaken() | ClockSnoozed():
            state = "running" if event.next else "spent"
            return {"op": "move", "clock": event.clock, "state": state} | _next(event.next)
    raise NotImplementedError(type(event).__name__)


def _next(ring: Ring | None) -> Row:
    if ring is None:
        return {"step": None, "repetition": None, "next_id": None, "next_at": None}
    return {"step": ring.step, "repetition": ring.repetition, "next_id": ring.id, "next_at": ring.at}
