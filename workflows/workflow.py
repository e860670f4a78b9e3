"""A workflow as the domain asks it: where does this verb lead, or why not, and what is possible instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from workflows.machine import Arc, Machine, holds
from workflows.vocabulary import GUARDS, NOTHING, STATED

if TYPE_CHECKING:
    from workflows.definition import Definition, Move


class View:
    """What a workflow may know of what it rules: of a part of a case, of a thread; of what does not exist yet, from where
    only creating verbs are possible. A guard of the vocabulary that a view does not answer does not hold there."""

    @property
    def state(self) -> str:
        return NOTHING

    @property
    def before(self) -> str:
        """The last state that was no pause, nor the mere prospect of a meeting."""
        return NOTHING


Kind = Literal["unknown_verb", "role", "state", "guard", "unknown_state", "facts"]


@dataclass(frozen=True, slots=True)
class Step:
    """Yes: the resulting state (the present one when it does not change), by this move."""

    to: str
    move: Move


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why.

    `guard`: the one that does not hold. `roles_allowed`: who may, when `kind` is role. `missing`: facts to be
    given. `possible`: the verbs that these roles may use now.
    """

    kind: Kind
    verb: str
    state: str
    guard: str | None = None
    roles_allowed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A verb as it stands now. `to` is None when refused, or when the command itself states it."""

    verb: str
    to: str | None
    refusal: Refusal | None
    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        return self.refusal is None


class Workflow:
    """One version of one workflow. Holds no case and never changes."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.name = definition.name
        self.initial = definition.initial
        self.states = tuple(definition.states)
        self._machine = Machine(definition)
        self._moves: dict[str, list[Move]] = {}
        for move in definition.moves:
            self._moves.setdefault(move.key, []).append(move)
        self.verbs = tuple(self._moves)
        self._roles = {
            verb: tuple(dict.fromkeys(role for move in self._moves[verb] for role in move.roles))
            for verb in self.verbs
        }
        self._known: dict[tuple[object, ...], tuple[str, ...]] = {}

    def __repr__(self) -> str:
        return f"Workflow({self.name})"

    def label(self, state: str, lang: str) -> str:
        """What a person reads; KeyError for a state of another workflow."""
        return self.definition.states[state].label[lang]

    def is_final(self, state: str) -> bool:
        return self.definition.states[state].final

    def moves(self, verb: str) -> tuple[Move, ...]:
        """The moves of a verb, in the order of the file; none for an unknown verb."""
        return tuple(self._moves.get(verb, ()))

    def creates(self, verb: str) -> bool:
        return any(move.creates for move in self.moves(verb))

    def decide(
        self, verb: str, view: View, roles: Collection[str], facts: Collection[str], stated: str | None = None
    ) -> Step | Refusal:
        """Asks for one verb (or a move's own name). `facts`: the names of those given; `stated`: the state
        that the command names. Checked in this order: verb, roles, state, guards, stated state, facts."""
        answer = self._judge(verb, view, roles, facts, stated)
        if isinstance(answer, Step):
            return answer
        return replace(answer, possible=self._permitted(view, frozenset(roles)))

    def possible(self, view: View, roles: Collection[str]) -> tuple[Choice, ...]:
        """Every verb, with what it needs or why it is refused now; once more for a move that a fact tells
        apart. A verb that creates is left out wherever something exists, and the others where nothing
        does."""
        creating = view.state == NOTHING
        verbs = [verb for verb in self.verbs if self.creates(verb) == creating]
        return tuple(choice for verb in verbs for choice in self._choices(verb, view, roles))

    def _permitted(self, view: View, roles: frozenset[str]) -> tuple[str, ...]:
        """The verbs possible now, remembered: a refusal is as quick as a step."""
        key = (view.state, roles, *(holds(view, guard) for guard in GUARDS))
        if key not in self._known:
            choices = self.possible(view, roles)
            self._known[key] = tuple(dict.fromkeys(choice.verb for choice in choices if choice.allowed))
        return self._known[key]

    def _choices(self, verb: str, view: View, roles: Collection[str]) -> Iterator[Choice]:
        given = [(), *((move.given,) for move in self._moves[verb] if move.given)]
        arcs = dict.fromkeys(arc for facts in given if (arc := self._machine.first(verb, view, facts)))
        for move in [arc.move for arc in arcs] or self._moves[verb][:1]:
            answer = self._judge(verb, view, roles, move.required, self.initial)
            refusal = answer if isinstance(answer, Refusal) else None
            to = answer.to if isinstance(answer, Step) and move.target(view.state) not in STATED else None
            yield Choice(verb, to, refusal, move.required, move.optional)

    def _judge(
        self, verb: str, view: View, roles: Collection[str], facts: Collection[str], stated: str | None
    ) -> Step | Refusal:
        allowed = self._roles.get(verb)
        if allowed is None:
            return Refusal("unknown_verb", verb, view.state)
        if not _meet(allowed, roles):
            return Refusal("role", verb, view.state, roles_allowed=allowed)
        arc = self._machine.first(verb, view, facts)
        if arc is None:
            return self._explain(verb, view, facts)
        if not _meet(arc.move.roles, roles):
            return Refusal("role", verb, view.state, roles_allowed=arc.move.roles)
        return self._step(arc, view, facts, stated)

    def _step(self, arc: Arc, view: View, facts: Collection[str], stated: str | None) -> Step | Refusal:
        if stated is not None and stated not in self.states:
            return Refusal("unknown_state", arc.move.key, view.state)
        unsaid = ("state",) if arc.leads == "stated" and stated is None else ()
        missing = tuple(dict.fromkeys((*_missing(arc.move, facts), *unsaid)))
        if missing:
            return Refusal("facts", arc.move.key, view.state, missing=missing)
        return Step(_resulting(arc.leads, view, stated), arc.move)

    def _explain(self, verb: str, view: View, facts: Collection[str]) -> Refusal:
        """Why no move of a known verb is taken: none starts here, or a guard or the fact that tells it apart
        fails."""
        arcs = self._machine.arcs(verb, view.state)
        if not arcs:
            return Refusal("state", verb, view.state)
        failing = [_failing(arc.move, view) for arc in arcs]
        if None in failing:
            move = arcs[failing.index(None)].move
            return Refusal("facts", verb, view.state, missing=_missing(move, facts))
        return Refusal("guard", verb, view.state, guard=failing[0])


def _missing(move: Move, facts: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in move.required if name not in facts)


def _failing(move: Move, view: View) -> str | None:
    return next((guard for guard in move.guards if not holds(view, guard)), None)


def _meet(allowed: tuple[str, ...], roles: Collection[str]) -> bool:
    return any(role in roles for role in allowed)


def _resulting(leads: str, view: View, stated: str | None) -> str:
    match leads:
        case "unchanged":
            return view.state
        case "before":
            return view.before
        case word if word in STATED:
            return view.state if stated is None else stated
        case state:
            return state
