"""How a workflow answers: in which order it looks, and what it says is possible instead."""

from __future__ import annotations

from timeit import timeit

import pytest

from tests.workflows.views import Part
from workflows.library import library
from workflows.machine import holds
from workflows.vocabulary import GUARDS
from workflows.workflow import Choice, Refusal, Step, View, Workflow

RESOLUTION = library()["resolution.v1"]


def refused(
    verb: str, view: View, role: str = "officer", facts: str = "", stated: str | None = None
) -> Refusal:
    answer = RESOLUTION.decide(verb, view, [role], facts.split(), stated)
    assert isinstance(answer, Refusal)
    return answer


def test_a_guard_that_a_view_does_not_answer_does_not_hold() -> None:
    assert not any(holds(View(), guard) for guard in GUARDS)
    assert all(holds(Part("adopted"), guard) for guard in GUARDS)


def test_it_looks_at_the_verb_then_the_role_the_state_the_guard_and_the_facts() -> None:
    stuck = Part("done", successor_unmoved=False)
    assert refused("fly", stuck, "auditor").kind == "unknown_verb"
    assert refused("reopen", Part("adopted", successor_unmoved=False), "auditor").kind == "role"
    assert refused("reopen", Part("adopted", successor_unmoved=False)).kind == "state"
    assert refused("reopen", stuck).kind == "guard"
    assert refused("reopen", Part("done")).kind == "facts"


def test_a_refusal_says_what_is_possible_instead() -> None:
    refusal = refused("start", Part("done"))
    assert refusal.possible == (
        "confirm", "carry-over", "reopen", "note", "approve-report",
        "link", "attach", "correct", "retract", "acknowledge-step", "snooze",
        "remind-me", "subscribe", "unsubscribe",
    )  # fmt: skip
    assert refused("start", Part("done"), "administrator").possible == ("restrict", "migrate", "subscribe", "unsubscribe")
    assert refused("note", Part("done"), "auditor").possible == ("subscribe", "unsubscribe")
    assert refused("note", View(), "officer", "text").possible == ("adopt",)


def test_a_refusal_says_who_may() -> None:
    refusal = refused("restrict", Part("adopted"), "officer", "visibility")
    assert refusal.roles_allowed == ("secretary", "administrator")


def test_a_refusal_names_every_missing_fact() -> None:
    assert refused("postpone", Part("adopted")).missing == ("until", "reason")
    assert refused("postpone", Part("adopted"), facts="reason").missing == ("until",)


def test_a_done_case_carries_over_a_residual_only() -> None:
    assert refused("carry-over", Part("done"), facts="to").missing == ("residual",)
    assert refused("carry-over", Part("not_done"), facts="to residual").kind == "state"


def test_a_confirmed_state_must_be_stated_and_known() -> None:
    assert refused("confirm", Part("adopted"), facts="state").missing == ("state",)
    assert refused("confirm", Part("adopted"), facts="state", stated="finished").kind == "unknown_state"


def test_retract_leaves_the_state_unless_a_move_is_retracted() -> None:
    view = Part("in_progress")
    for stated, expected in ((None, "in_progress"), ("adopted", "adopted")):
        answer = RESOLUTION.decide("retract", view, ["officer"], ["event", "reason"], stated)
        assert isinstance(answer, Step) and answer.to == expected


def test_resume_goes_back_to_where_the_pause_began() -> None:
    answer = RESOLUTION.decide("resume", Part("blocked", before="referred"), ["officer"], [])
    assert isinstance(answer, Step) and answer.to == "referred"


def choices(view: View, role: str = "officer") -> dict[tuple[str, str | None], Choice]:
    return {(choice.verb, choice.to): choice for choice in RESOLUTION.possible(view, [role])}


def test_a_choice_tells_where_it_leads_and_what_it_needs() -> None:
    found = choices(Part("adopted"))
    assert found["refer", "referred"].required == ("body",)
    assert found["refer", "referred"].optional == ("mandate", "due")
    assert found["confirm", None].allowed
    whole, residual = found["carry-over", "carried_over"], found["carry-over", "adopted"]
    assert (whole.required, residual.required) == (("to",), ("to", "residual"))


def test_what_is_impossible_is_a_choice_with_its_reason() -> None:
    resume = choices(Part("adopted"))["resume", None]
    assert not resume.allowed
    assert resume.refusal is not None and resume.refusal.kind == "state"
    allowed = {choice.verb for choice in RESOLUTION.possible(Part("adopted"), ["auditor"]) if choice.allowed}
    assert allowed == {"subscribe", "unsubscribe"}


def test_only_creating_verbs_are_offered_where_nothing_exists() -> None:
    assert [choice.verb for choice in RESOLUTION.possible(View(), ["officer"])] == ["adopt"]
    assert "adopt" not in {choice.verb for choice in RESOLUTION.possible(Part("adopted"), ["officer"])}


@pytest.mark.parametrize("verb", ["refer", "confirm", "carry-over", "reopen"])
def test_a_decision_takes_microseconds(verb: str) -> None:
    view = Part("adopted")
    one = min(timeit(lambda: decide(RESOLUTION, verb, view), number=200) / 200 for _ in range(20))
    assert one < 15e-6


def decide(workflow: Workflow, verb: str, view: View) -> Step | Refusal:
    return workflow.decide(verb, view, ("secretary",), ("body", "state", "to"), "blocked")
