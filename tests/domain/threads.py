"""A thread to a ministry, and what is done with it day by day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.base import Command
from domain.clocks import EscalationStepTaken, TakeSteps
from domain.demarche.commands import SendDemarche
from domain.demarche.decisions import handle
from domain.demarche.demarche import Demarche
from domain.demarche.view import Addressee
from domain.errors import SuiviError
from tests.domain.given import CASE, HER, act, standing_of, stored
from tests.domain.winding import EVERYBODY, REACH, SECRETARY

THREAD, OFFICE, ELSEWHERE = (UUID(int=n) for n in range(31, 34))
MINISTER = UUID(int=35)
LETTER = SendDemarche(cases=(CASE,), office=(OFFICE,), owner=HER)
SENT_ON = "2024-06-26"


def noon(day: str) -> datetime:
    """Noon in Montréal."""
    return datetime.fromisoformat(f"{day}T16:00:00").replace(tzinfo=UTC)


def sent(day: str = SENT_ON, legislature: str | None = "QC", command: SendDemarche = LETTER, **more: Any) -> Demarche:
    """A letter that left on that day."""
    office = Addressee(OFFICE, legislature, MINISTER) if command.office else None  # type: ignore[arg-type]
    return Demarche.send(THREAD, 4, command, act(**{"roles": EVERYBODY, "now": noon(day), "occurred": day} | more), office)


def do(demarche: Demarche, day: str, command: Command, **more: Any) -> Demarche:
    """What someone does on that day. A refusal leaves no trace, and what is recorded folds to what stands."""
    before = standing_of(demarche)
    try:
        handle(demarche, command, act(**{"roles": EVERYBODY, "now": noon(day), "occurred": day} | more))
    except SuiviError:
        assert standing_of(demarche) == before, "a refusal has left a trace"
        raise
    history = stored(demarche.history)
    assert history == demarche.history, "an event comes back from its bytes as another"
    assert standing_of(Demarche.fold(history)) == standing_of(demarche)
    return demarche


def told(demarche: Demarche, until: str, **more: Any) -> list[tuple[str, str, int]]:
    """The steps that a sweep takes by that day: the day, the kind of clock, the step."""
    before = len(demarche.history)
    for clock in [*demarche.clocks]:
        command = TakeSteps(clock=clock, reach=REACH, fallback=(SECRETARY,))
        handle(demarche, command, act(**{"now": noon(until), "roles": frozenset({"system"})} | more))
    taken = [r.event for r in demarche.history[before:] if isinstance(r.event, EscalationStepTaken)]
    return [(event.at.date().isoformat(), event.kind, event.step) for event in taken]


def running(demarche: Demarche) -> dict[str, str | None]:
    """Each clock that runs, and the day of its next step."""
    return {clock.kind: clock.next.at.date().isoformat() if clock.next else None for clock in demarche.clocks.values()}
