"""A case whose clocks are wound by commands, and what they did in short words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.base import Command
from domain.case.case import Case
from domain.case.commands import AdoptCase
from domain.case.decisions import handle
from domain.clocks import ClockEvent, ClockStarted, ClockStopped, EscalationStepTaken, TakeSteps
from tests.domain.given import ASSEMBLY, CASE, act, standing_of, stored

EVERYBODY = frozenset({"officer", "secretary"})
OWNER, CHAIR, SECRETARY = (UUID(int=n) for n in range(51, 54))
REACH = {"owner": (OWNER,), "body": (CHAIR,), "secretary": (SECRETARY,)}

Done = tuple[str, str, str, str]  # start, lapsed or stop; the kind, what it is about, the date


def at(*parts: int) -> datetime:
    """An instant in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def a_case(*commands: Command, numbers: Sequence[str] = ("17",), **more: Any) -> Case:
    """A case adopted by hand, and what was done with it since. `more`: of each act."""
    command = AdoptCase(assembly=ASSEMBLY, numbers=tuple(numbers), titles={n: f"Titre {n}" for n in numbers})
    case = Case.adopt(CASE, command, act(roles=EVERYBODY, **more), ("2023", "2023-05-13"))
    for each in commands:
        handle(case, each, act(roles=EVERYBODY, **more))
    return case


def done(case: Case, command: Command, **more: Any) -> list[Done]:
    """What the clocks did by themselves upon a command, sorted."""
    before = len(case.history)
    handle(case, command, act(roles=EVERYBODY, **more))
    assert standing_of(Case.fold(stored(case.history))) == standing_of(case)
    return sorted(_word(r.event) for r in case.history[before:] if isinstance(r.event, ClockStarted | ClockStopped))


def _word(event: ClockStarted | ClockStopped) -> Done:
    word = "stop" if isinstance(event, ClockStopped) else "lapsed" if event.lapsed else "start"
    return word, event.kind, event.about, event.due


def sweep(case: Case, now: datetime, **more: Any) -> list[EscalationStepTaken]:
    """One pass over the clocks of the case: the steps that it records."""
    before = len(case.history)
    for clock in [*case.clocks]:
        reach = {"reach": REACH, "fallback": (SECRETARY,)} | {key: more.pop(key) for key in ("reach",) if key in more}
        handle(case, TakeSteps(clock=clock, **reach), act(now=now, roles=frozenset({"system"}), **more))  # type: ignore[arg-type]
    return [r.event for r in case.history[before:] if isinstance(r.event, EscalationStepTaken)]


def of_clocks(case: Case) -> list[ClockEvent]:
    """Everything that the clocks of the case did."""
    return [r.event for r in case.history if isinstance(r.event, ClockEvent)]
