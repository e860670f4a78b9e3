"""given(events).when(command).then(events or a refusal): the one shape of a test of the domain.

Whatever is tried, a refusal must leave the aggregate as it was, what is recorded must fold to what stands in
memory, and must come back from its stored bytes as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain import codec
from domain.aggregate import Aggregate
from domain.base import Act, Command, Event, Recorded
from domain.case.case import Case
from domain.case.commands import AdoptCase
from domain.case.decisions import handle
from domain.case.events import CaseAdopted
from domain.case.moves import Moved
from domain.directory import Create, Entry
from domain.errors import SuiviError
from domain.values import Limb, Party

CASE, OTHER, ASSEMBLY, BODY, PERSON, OFFICER = (UUID(int=n) for n in range(1, 7))
TODAY = date(2024, 6, 26)
NOW = datetime(2024, 6, 26, 14, tzinfo=UTC)
RECORDED = datetime(2024, 1, 1, 17, tzinfo=UTC)
HER = Party("person", PERSON)

FACTS: dict[str, dict[str, Any]] = {
    "CaseReferred": {"body": BODY},
    "ReportReceived": {"body": BODY},
    "CasePostponed": {"until": "2025", "reason": "trop tôt"},
    "CaseBlocked": {"on": HER, "reason": "enquête en cours"},
    "CaseCompleted": {"completion": "full"},
    "CaseClosedUndone": {"reason": "manque de temps"},
    "CaseCarriedOver": {"to": OTHER},
    "CaseSuperseded": {"by": OTHER},
    "CaseReopened": {"reason": "à revoir"},
}
"""What a move needs besides, where the test does not care."""


def act(**more: Any) -> Act:
    """An officer, on TODAY."""
    usual = {"actor": OFFICER, "roles": frozenset({"officer"}), "now": NOW, "command_id": UUID(int=99)}
    return Act(**usual | more)


def adopted(*numbers: str, limbs: Mapping[str, Sequence[str]] | None = None, **facts: Any) -> CaseAdopted:
    """The adoption of 2023:17, of a bundle, or of a resolution with limbs."""
    numbers = numbers or ("17",)
    parts = limbs or {number: (number,) for number in numbers}
    usual = {
        "workflow": "resolution.v1", "initial": "adopted", "assembly": ASSEMBLY, "ref": f"2023:{numbers[0]}",
        "numbers": numbers, "titles": {number: f"Titre {number}" for number in numbers},
        "parts": tuple(Limb(label, tuple(of)) for label, of in parts.items()), "occurred": "2023-05-13",
    }  # fmt: skip
    return CaseAdopted(**usual | facts)


def moved(kind: type[Moved], state: str, *parts: str, case: str | None = None, **facts: Any) -> Any:
    """A move of the parts (of the single one, 17, if none is said) to a state; `case`: the case's, if another."""
    steps = dict.fromkeys(parts or ("17",), state)
    return kind(parts=steps, state=case or state, **FACTS.get(kind.__name__, {}) | facts)


def recorded(events: Sequence[Event], stream: UUID = CASE) -> list[Recorded]:
    """The events in their envelopes, a minute apart."""
    return [
        Recorded(stream, n, event, OFFICER, UUID(int=n), RECORDED + timedelta(minutes=n), n, RECORDED)
        for n, event in enumerate(events, 1)
    ]


def standing_of(aggregate: Aggregate | None) -> Any:
    """Everything that an aggregate is, but its history and what it was told."""
    told = ("history", "new", "moved_successors", "threads_awaiting", "addressee")
    if aggregate is None:
        return None
    return deepcopy({name: value for name, value in vars(aggregate).items() if name not in told})


def stored(events: Sequence[Recorded]) -> list[Recorded]:
    """The events as they come back from their bytes."""
    return [replace(r, event=codec.open(codec.topic_of(type(r.event)), codec.seal(r.event))) for r in events]


def given(*events: Event, kind: type[Aggregate] = Case, **told: Any) -> Given:
    """What happened before; `told`: what whoever loads the aggregate tells it."""
    return Given(kind, events, told)


class Given:
    def __init__(self, kind: type[Aggregate], events: Sequence[Event], told: Mapping[str, Any]) -> None:
        self.kind, self.events, self.told = kind, events, told

    def when(self, command: Command, **more: Any) -> Then:
        """Someone asks; `more` is what is unusual about the act."""
        deed = act(**more)
        aggregate = self.kind.fold(recorded(self.events)) if self.events else None
        vars(aggregate).update(self.told) if aggregate else None
        before = standing_of(aggregate)
        try:
            aggregate = self._ask(aggregate, command, deed)
        except SuiviError as refusal:
            assert standing_of(aggregate) == before, "a refusal has left a trace"
            return Then(deed, aggregate, refusal)
        return Then(deed, aggregate, None)

    def _ask(self, aggregate: Any, command: Command, deed: Act) -> Aggregate:
        if isinstance(command, AdoptCase):
            return Case.adopt(CASE, command, deed, ("2023", "2023-05-13"))
        if isinstance(command, Create):
            assert issubclass(self.kind, Entry)
            return self.kind.create(CASE, "entry", command, deed)
        if isinstance(aggregate, Case):
            handle(aggregate, command, deed)
        else:
            aggregate.handle(command, deed)
        return aggregate


class Then:
    def __init__(self, deed: Act, aggregate: Any, refusal: SuiviError | None) -> None:
        self.deed, self.aggregate, self.refusal = deed, aggregate, refusal

    def then(self, *expected: Event | type[SuiviError], **facts: Any) -> Then:
        """These events, each with the envelope of the act; or this refusal, with these facts among others. What the
        clocks record beside is compared only where it is expected: `test_clocks.py` has all of it."""
        if isinstance(expected[0], type):
            assert self.refusal is not None, f"not refused: {[r.event for r in self.aggregate.new]}"
            assert type(self.refusal) is expected[0]
            assert {name: self.refusal.facts[name] for name in facts} == facts
            return self
        if self.refusal:
            raise self.refusal
        new = [r.event for r in self.aggregate.new]
        told = new if any(event.machine for event in expected) else [event for event in new if not event.machine]
        assert told == [self._said(event) for event in expected]
        return self.leaving(**facts)

    def leaving(self, **facts: Any) -> Then:
        """How the aggregate stands then. `states`: label -> state."""
        if self.refusal:
            raise self.refusal
        history = stored(self.aggregate.history)
        assert history == self.aggregate.history, "an event comes back from its bytes as another"
        assert standing_of(type(self.aggregate).fold(history)) == standing_of(self.aggregate)
        for name, value in facts.items():
            assert self._fact(name) == value, name
        return self

    def _fact(self, name: str) -> Any:
        if name == "states":
            return {part.label: part.state for part in self.aggregate.parts}
        return getattr(self.aggregate, name)

    def _said(self, event: Any) -> Event:
        deed = self.deed
        envelope = {"role": deed.role, "on_behalf_of": deed.on_behalf_of, "words": deed.words}
        return replace(event, occurred=event.occurred or deed.occurred, source=event.source or deed.source, **envelope)
