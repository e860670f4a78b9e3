"""What a definition must satisfy beyond its shape: every word is known, every state can be reached and left,
every move can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows import errors
from workflows.definition import AnyBut, Definition, LadderStep, Move, OpenBut
from workflows.errors import DefinitionError, nearest
from workflows.source import Place, Source, Trail
from workflows.vocabulary import (
    CLOCKS,
    ELSE,
    FACTS,
    GENERIC,
    GUARDS,
    NOTHING,
    RESERVED,
    ROLES,
    SOURCES,
    TARGETS,
    TELL,
    VERBS,
)

Problems = Iterator[DefinitionError]


def check(definition: Definition, source: Source) -> Problems:
    """Words first: the paths through the states mean nothing while one of them is unknown."""
    found = [*_name(definition, source), *_states(definition, source)]
    for index, move in enumerate(definition.moves):
        found += _words(move, source, index)
        found += _sources(definition, move, source, index)
        found += _targets(definition, move, source, index)
        found += _own_name(move, source, index)
    found += _clocks(definition, source)
    if not found:
        found = [*_order(definition, source), *_creation(definition, source), *_paths(definition, source)]
    yield from found


def _name(definition: Definition, source: Source) -> Problems:
    expected = f"{definition.name}.yaml"
    if source.file.name != expected:
        place = source.place(("workflow",))
        yield source.problem(errors.OtherFileName, place, name=definition.name, expected=expected)


def _states(definition: Definition, source: Source) -> Problems:
    for state in definition.states:
        if state in RESERVED:
            place = source.place(("states", state), key=True)
            yield source.problem(errors.ReservedState, place, word=state, known=", ".join(sorted(RESERVED)))
    yield from _state(definition.initial, definition.states, source, source.place(("initial",)))


def _state(word: str, known: Iterable[str], source: Source, place: Place) -> Problems:
    if word not in (accepted := list(known)):
        yield source.problem(errors.UnknownState, place, word=word, known=nearest(word, accepted))


def _words(move: Move, source: Source, index: int) -> Problems:
    at: Trail = ("moves", index)
    named = [
        (errors.UnknownVerb, VERBS, move.verb, source.place((*at, "verb"))),
        (errors.UnknownFact, FACTS, move.given, source.place((*at, "given"))),
        *(
            (errors.UnknownRole, ROLES, role, source.place((*at, "roles", i)))
            for i, role in enumerate(move.roles)
        ),
        *(
            (errors.UnknownGuard, GUARDS, name, source.place((*at, "guards", i)))
            for i, name in enumerate(move.guards)
        ),
        *(
            (errors.UnknownFact, FACTS, fact, source.place((*at, "facts", fact), key=True))
            for fact in move.facts
        ),
    ]
    for kind, known, word, place in named:
        if word is not None and word not in known:
            yield source.problem(kind, place, word=word, known=nearest(word, known))


def _sources(definition: Definition, move: Move, source: Source, index: int) -> Problems:
    at: Trail = ("moves", index, "from")
    states = list(definition.states)
    match move.source:
        case OpenBut(open_but=words):
            named = [(word, states, source.place((*at, "open_but", i))) for i, word in enumerate(words)]
        case AnyBut(any_but=words):
            named = [(word, states, source.place((*at, "any_but", i))) for i, word in enumerate(words)]
        case str() as word:
            named = [(word, [*states, *SOURCES], source.place(at))]
        case words:
            several = [*states, *(word for word in SOURCES if word != NOTHING)]
            named = [(word, several, source.place((*at, i))) for i, word in enumerate(words)]
    unknown = [problem for word, known, place in named for problem in _state(word, known, source, place)]
    yield from unknown
    if not unknown and not definition.sources(move):
        yield source.problem(errors.NoSource, source.place(at), word=move.key)


def _targets(definition: Definition, move: Move, source: Source, index: int) -> Problems:
    at: Trail = ("moves", index, "to")
    words = [*definition.states, *TARGETS]
    if isinstance(move.to, str):
        yield from _state(move.to, words, source, source.place(at))
        return
    starts = definition.sources(move)
    for state, target in move.to.items():
        yield from _state(state, [*starts, ELSE], source, source.place((*at, state), key=True))
        yield from _state(target, words, source, source.place((*at, state)))
    for state in starts:
        if move.target(state) is None:
            yield source.problem(errors.TargetMissing, source.place(at), word=move.key, state=state)


def _own_name(move: Move, source: Source, index: int) -> Problems:
    at: Trail = ("moves", index)
    if move.verb != GENERIC and (move.name or move.label):
        place = source.place((*at, "name" if move.name else "label"), key=True)
        yield source.problem(errors.NameNotAllowed, place, word=move.verb)
    if move.verb == GENERIC and not (move.name and move.label):
        yield source.problem(errors.NameMissing, source.place((*at, "verb")))
    if move.verb == GENERIC and move.name in VERBS:
        yield source.problem(errors.NameTaken, source.place((*at, "name")), word=move.name)


def _clocks(definition: Definition, source: Source) -> Problems:
    """Every clock has a ladder, every ladder a clock, and each is climbed upwards."""
    for kind, ladder in definition.clocks.items():
        if kind not in CLOCKS:
            place = source.place(("clocks", kind), key=True)
            yield source.problem(errors.UnknownClock, place, word=kind, known=nearest(kind, CLOCKS))
        if ladder not in definition.ladders:
            place = source.place(("clocks", kind))
            yield source.problem(errors.UnknownLadder, place, word=ladder, known=nearest(ladder, definition.ladders))
    for name, steps in definition.ladders.items():
        if name not in definition.clocks.values():
            place = source.place(("ladders", name), key=True)
            yield source.problem(errors.LadderUnused, place, word=name)
        yield from _ladder(name, steps, source)


def _ladder(name: str, steps: tuple[LadderStep, ...], source: Source) -> Problems:
    reached = -1
    for index, step in enumerate(steps):
        at: Trail = ("ladders", name, index)
        for i, word in enumerate(step.tell):
            if word not in TELL:
                place = source.place((*at, "tell", i))
                yield source.problem(errors.UnknownReader, place, word=word, known=nearest(word, TELL))
        if step.after <= reached:
            yield source.problem(errors.LadderDescends, source.place((*at, "after")))
        reached = step.after + (step.repeat.every * (step.repeat.times - 1) if step.repeat else 0)


def _order(definition: Definition, source: Source) -> Problems:
    """A move is never taken when an earlier one of its verb and state asks no more than it does."""
    earlier: dict[tuple[str, str], list[tuple[set[str | None], int]]] = {}
    for index, move in enumerate(definition.moves):
        place = source.place(("moves", index, "verb"))
        asks = {*move.guards, move.given} - {None}
        for state in definition.sources(move):
            before = earlier.setdefault((move.key, state), [])
            for other in [line for fewer, line in before if fewer <= asks][:1]:
                yield source.problem(errors.MoveNeverTaken, place, word=move.key, state=state, other=other)
            before.append((asks, place.line))


def _creation(definition: Definition, source: Source) -> Problems:
    creating = [(index, move) for index, move in enumerate(definition.moves) if move.creates]
    if not creating:
        yield source.problem(errors.NoCreation, source.place(("moves",)), initial=definition.initial)
    for index, move in creating:
        if move.target(NOTHING) != definition.initial:
            place = source.place(("moves", index, "to"))
            yield source.problem(errors.CreationElsewhere, place, word=move.key, initial=definition.initial)


def _paths(definition: Definition, source: Source) -> Problems:
    """Reached by moves, not by a state that someone states: that is a way to say what is, not a way to get
    there."""
    arrows = set(_arrows(definition))
    reached = _closure({definition.initial}, arrows)
    finals = {state for state in definition.states if definition.states[state].final}
    leading = _closure(finals, {(end, start) for start, end in arrows})
    for state in definition.states:
        place = source.place(("states", state), key=True)
        if state not in reached:
            yield source.problem(errors.Unreachable, place, word=state)
        if state not in leading:
            yield source.problem(errors.DeadEnd, place, word=state)


def _arrows(definition: Definition) -> Iterator[tuple[str, str]]:
    for move in definition.moves:
        for state in definition.sources(move):
            target = move.target(state)
            if target == "before":
                yield state, definition.initial
            elif target in definition.states:
                yield state, target


def _closure(known: set[str], arrows: set[tuple[str, str]]) -> set[str]:
    while more := {b for a, b in arrows if a in known} - known:
        known = known | more
    return known
