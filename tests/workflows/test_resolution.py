"""The moves of a resolution, row by row as the people who use it wrote them down: nothing here is read from
the definition."""

from __future__ import annotations

import pytest

from tests.workflows.views import Part
from workflows.library import library
from workflows.workflow import Refusal, Step, View

RESOLUTION = library()["resolution.v1"]

OPEN = ("adopted", "referred", "in_progress", "postponed", "blocked")
FINAL = ("done", "not_done", "carried_over", "superseded")
ANY = (*OPEN, *FINAL)
SAME = "(unchanged)"
BEFORE, STATED = "in_progress", "blocked"

ROWS: list[tuple[str, tuple[str, ...], dict[str, str] | str, str, str]] = [
    # verb, from, to, mandatory facts, optional facts
    ("reword", OPEN, SAME, "text", "stage reason"),
    ("confirm", ANY, STATED, "state", "completion reason"),
    ("refer", OPEN, {"adopted": "referred"}, "body", "mandate due"),
    ("report-back", OPEN, {"referred": "in_progress"}, "body", "text"),
    ("start", ("adopted", "referred"), "in_progress", "", ""),
    ("postpone", OPEN, "postponed", "until reason", ""),
    ("block", ("adopted", "referred", "in_progress", "postponed"), "blocked", "on reason", "since condition"),
    ("resume", ("postponed", "blocked"), BEFORE, "", "reason"),
    ("complete", OPEN, "done", "completion", "residuals review"),
    ("close-undone", OPEN, "not_done", "reason", ""),
    ("carry-over", OPEN, "carried_over", "to", "reason"),
    ("carry-over", (*OPEN, "done"), SAME, "to residual", "reason"),
    ("supersede", OPEN, "superseded", "by", ""),
    ("reopen", FINAL, "in_progress", "reason", ""),
    ("split", OPEN, SAME, "", "numbers parts number reason"),
    ("merge", OPEN, SAME, "other", "reason"),
    ("migrate", ANY, SAME, "to", "states reason"),
    ("note", ANY, SAME, "text", "occurred audience"),
    ("approve-report", ANY, SAME, "text", "assembly"),
    ("assign", OPEN, SAME, "owner", ""),
    ("set-due", OPEN, SAME, "", "due standing cadence"),
    ("wait", OPEN, SAME, "on", "since condition"),
    ("link", ANY, SAME, "to kind", ""),
    ("attach", ANY, SAME, "file kind", "note"),
    ("add-task", OPEN, SAME, "text", "owner due upon within"),
    ("finish-task", OPEN, SAME, "task", "occurrence whole"),
    ("correct", ANY, SAME, "event set reason", ""),
    ("retract", ANY, STATED, "event reason", ""),
    ("restrict", ANY, SAME, "visibility", "people"),
    ("acknowledge-step", ANY, SAME, "", "clock"),
    ("snooze", ANY, SAME, "until", "clock"),
    ("subscribe", ANY, SAME, "", "person"),
    ("unsubscribe", ANY, SAME, "", "person"),
    ("remind-me", ANY, SAME, "until", "text"),
]

CELLS = [(row, state) for row in ROWS for state in ANY]


def test_the_states() -> None:
    assert RESOLUTION.states == ANY
    assert RESOLUTION.initial == "adopted"
    assert [state for state in RESOLUTION.states if RESOLUTION.is_final(state)] == list(FINAL)


def test_the_verbs_are_those_of_the_table_and_adopt() -> None:
    assert set(RESOLUTION.verbs) == {row[0] for row in ROWS} | {"adopt"}


@pytest.mark.parametrize(("row", "state"), CELLS, ids=lambda cell: cell if isinstance(cell, str) else cell[0])
def test_a_cell_of_the_table(
    row: tuple[str, tuple[str, ...], dict[str, str] | str, str, str], state: str
) -> None:
    verb, sources, to, required, _ = row
    part = Part(state, before=BEFORE, confirmable=True, successor_unmoved=True)
    answer = RESOLUTION.decide(verb, part, {"secretary"}, required.split(), stated=STATED)
    if state not in sources:
        assert isinstance(answer, Refusal)
        assert answer.kind == ("facts" if (verb, state) == ("carry-over", "done") else "state")
        return
    expected = to.get(state, SAME) if isinstance(to, dict) else to
    assert isinstance(answer, Step)
    assert answer.to == (state if expected == SAME else expected)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_facts_of_a_row(row: tuple[str, tuple[str, ...], dict[str, str] | str, str, str]) -> None:
    verb, sources, _, required, optional = row
    part = Part(sources[0], before=BEFORE, confirmable=True, successor_unmoved=True)
    answer = RESOLUTION.decide(verb, part, {"secretary"}, required.split(), stated=STATED)
    assert isinstance(answer, Step)
    assert set(answer.move.required) == set(required.split())
    assert set(answer.move.optional) == set(optional.split())
    for missing in required.split():
        others = [name for name in required.split() if name != missing]
        refusal = RESOLUTION.decide(verb, part, {"secretary"}, others, stated=STATED)
        if missing == "residual":  # without it, the other row of the table is meant
            assert isinstance(refusal, Step) and refusal.to == "carried_over"
        else:
            assert isinstance(refusal, Refusal) and refusal.missing == (missing,)


def test_adopt_creates_an_adopted_case_and_nothing_else_creates() -> None:
    answer = RESOLUTION.decide("adopt", View(), {"officer"}, ["assembly", "numbers", "titles"])
    assert isinstance(answer, Step)
    assert answer.to == "adopted"
    assert set(answer.move.optional) == {
        "parts",
        "text",
        "submitted_by",
        "mover",
        "seconder",
        "adopted_on",
        "vote",
        "minutes_ref",
        "standing",
        "cadence",
        "origin",
    }
    assert [verb for verb in RESOLUTION.verbs if RESOLUTION.creates(verb)] == ["adopt"]
    again = RESOLUTION.decide("adopt", Part("adopted"), {"officer"}, ["assembly", "numbers", "titles"])
    assert isinstance(again, Refusal) and again.kind == "state"


def test_a_state_is_confirmed_only_before_any_move_or_while_a_proposal_is_pending() -> None:
    part = Part("in_progress", confirmable=False)
    refusal = RESOLUTION.decide("confirm", part, {"officer"}, ["state"], stated="done")
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.guard) == ("guard", "confirmable")


def test_nothing_is_reopened_once_its_successor_has_moved() -> None:
    refusal = RESOLUTION.decide(
        "reopen", Part("carried_over", successor_unmoved=False), {"officer"}, ["reason"]
    )
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.guard) == ("guard", "successor_unmoved")


LADDERS = {
    # deadline: working days after it -> who is told
    "due": {1: "owner", 6: "owner secretary", 16: "secretary", 31: "secretary", 46: "secretary", 61: "secretary"},
    "task": {1: "owner", 6: "owner secretary", 16: "secretary", 31: "secretary", 46: "secretary", 61: "secretary"},
    "report": {1: "body", 6: "body owner", 16: "secretary", 31: "secretary", 46: "secretary", 61: "secretary"},
    "until": {0: "owner", 5: "owner secretary", 15: "secretary", 30: "secretary", 45: "secretary", 60: "secretary"},
    "review": {0: "owner", 5: "owner secretary", 15: "secretary", 30: "secretary", 45: "secretary", 60: "secretary"},
    "personal": {0: "asker"},
}


def test_when_and_whom_the_reminders_tell() -> None:
    definition = RESOLUTION.definition
    told = {
        kind: {
            step.after + n * (step.repeat.every if step.repeat else 0): " ".join(step.tell)
            for step in definition.ladders[ladder]
            for n in range(step.repeat.times if step.repeat else 1)
        }
        for kind, ladder in definition.clocks.items()
    }
    assert told == LADDERS


WRITERS = {"officer", "secretary"}


@pytest.mark.parametrize("verb", RESOLUTION.verbs)
def test_who_may(verb: str) -> None:
    expected = {
        "restrict": {"secretary", "administrator"},
        "migrate": {"secretary", "administrator"},
        "adopt": WRITERS | {"system"},
        "note": WRITERS | {"system"},
        "subscribe": WRITERS | {"auditor", "administrator"},
        "unsubscribe": WRITERS | {"auditor", "administrator", "system"},
    }
    assert {role for move in RESOLUTION.moves(verb) for role in move.roles} == expected.get(verb, WRITERS)


def test_state_words_agree_with_a_resolution() -> None:
    assert [RESOLUTION.label(state, "fr") for state in OPEN] == [
        "Adoptée",
        "Confiée",
        "En cours",
        "Remise",
        "Bloquée",
    ]
    assert RESOLUTION.label("done", "en") == "Closed, done"
