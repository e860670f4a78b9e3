"""What a workflow answers is what the state machine does, on a real model, everywhere."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.workflows.views import Part
from workflows.library import library
from workflows.machine import Machine
from workflows.vocabulary import FACTS, GUARDS, NOTHING, ROLES, TARGETS
from workflows.workflow import Step, Workflow

ALL = [(each, verb) for each in library() for verb in each.verbs]


def model_of(machine: Machine, state: str, values: tuple[bool, ...]) -> Any:
    model = Part.of(state, values)
    machine.add_model(model, initial=state)
    return model


def guards_of(workflow: Workflow) -> list[tuple[bool, ...]]:
    """Every value of each guard that it asks for, in the order of the vocabulary; the others all hold, or none does."""
    asked = {guard for verb in workflow.verbs for move in workflow.moves(verb) for guard in move.guards}
    return [tuple(values) for other in (True, False)
            for values in product(*((True, False) if guard in asked else (other,) for guard in GUARDS))]  # fmt: skip


@pytest.mark.parametrize(("workflow", "verb"), ALL, ids=str)
def test_every_state_guard_and_telling_fact(workflow: Workflow, verb: str) -> None:
    machine = Machine(workflow.definition)
    telling = [()] + [(move.given,) for move in workflow.moves(verb) if move.given]
    for state, values, given in product((NOTHING, *workflow.states), guards_of(workflow), telling):
        model = model_of(machine, state, values)
        view = Part.of(state, values)
        facts = [fact for fact in FACTS if fact in given or fact not in {g for t in telling for g in t}]
        answer = workflow.decide(verb, view, ROLES, facts, stated=workflow.initial)
        assert isinstance(answer, Step) == getattr(model, f"may_{verb}")(facts)
        if isinstance(answer, Step):
            assert getattr(model, verb)(facts)
            dynamic = answer.move.target(state) in set(TARGETS) - {"unchanged"}
            assert model.state == (state if dynamic else answer.to)
        machine.remove_model(model)


@pytest.mark.parametrize("workflow", list(library()), ids=str)
def test_what_is_possible_is_what_decides(workflow: Workflow) -> None:
    for state, values, role in product(workflow.states, guards_of(workflow), ROLES):
        view = Part.of(state, values)
        for choice in workflow.possible(view, [role]):
            answer = workflow.decide(choice.verb, view, [role], choice.required, stated=workflow.initial)
            assert choice.allowed == isinstance(answer, Step)
            if isinstance(answer, Step):
                assert choice.to in (answer.to, None)


def test_a_machine_keeps_nothing() -> None:
    workflow = library()["resolution.v1"]
    for state in workflow.states:
        workflow.decide("note", Part(state), ["officer"], ["text"])
    assert workflow._machine.models == []
