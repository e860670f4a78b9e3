"""The only file that knows `transitions`: one shared machine for each definition, asked without attaching
anything (an attached model is kept for ever; a machine for each case costs seventeen times more)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from transitions import EventData
from transitions import Machine as _Machine
from transitions import Transition as _Transition

from workflows.vocabulary import NOTHING, TARGETS

if TYPE_CHECKING:
    from workflows.definition import Definition, Move


class Given:
    """The condition that a fact is given."""

    def __init__(self, fact: str) -> None:
        self.fact = fact

    def __call__(self, facts: Collection[str]) -> bool:
        return self.fact in facts


class Arc(_Transition):
    """One move from one state. `leads` is a state or a word of TARGETS."""

    def __init__(self, *args: Any, move: Move, leads: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.move = move
        self.leads = leads


def holds(view: Any, guard: str) -> bool:
    """Whether a guard holds for what is viewed: one that the view does not answer does not."""
    return bool(getattr(view, guard, False))


class Machine(_Machine):
    """Conditions are names of boolean properties of the view, and `Given`, which is asked about the facts."""

    transition_cls = Arc

    @staticmethod
    def resolve_callable(func: Any, event_data: EventData) -> Any:
        """A guard by its name, as the view answers it."""
        if not isinstance(func, str):
            return func
        answer = holds(event_data.model, func)
        return lambda *_: answer

    def __init__(self, definition: Definition) -> None:
        super().__init__(
            model=None, states=[NOTHING, *definition.states], initial=NOTHING, auto_transitions=False
        )
        for move in definition.moves:
            for state in definition.sources(move):
                self._add(move, state, str(move.target(state)))

    def _add(self, move: Move, state: str, leads: str) -> None:
        conditions: list[str | Callable[..., bool | None]] = [*move.guards]
        if move.given:
            conditions.append(Given(move.given))
        dest = None if leads in TARGETS else leads
        self.add_transition(move.key, state, dest, conditions=conditions, move=move, leads=leads)

    def arcs(self, verb: str, state: str) -> list[Arc]:
        """The moves of a verb from a state, whatever their conditions."""
        return self.events[verb].transitions.get(state, [])  # type: ignore[return-value]  # made by transition_cls

    def first(self, verb: str, view: Any, facts: Collection[str]) -> Arc | None:
        """The first move whose conditions hold, with the view as a throw-away model."""
        event = self.events[verb]
        data = EventData(self.states[view.state], event, self, view, (facts,), {})
        for arc in self.arcs(verb, view.state):
            if all(condition.check(data) for condition in arc.conditions):
                return arc
        return None
