"""The parts of a case, and its state as a rule over them."""

from __future__ import annotations

from itertools import product

import pytest

from domain.case.case import Case
from domain.case.commands import AssignCase, CompleteCase, NoteCase, ReferCase, ResumeCase, StartCase
from domain.case.events import CaseNoted, Part
from domain.case.moves import CaseBlocked, CaseCompleted, CaseReferred, CaseStarted
from domain.case.refusals import NotFromHere, PartUnknown, WholeOnly
from domain.case.rules import completion_of_case, state_of_case
from tests.domain.given import BODY, HER, adopted, given, moved, recorded
from workflows.library import library

RESOLUTION = library()["resolution.v1"]
LIMBS = {"au Québec": ("21",), "au Canada": ("21",), "ailleurs": ("22",)}

OPEN = ("in_progress", "blocked", "referred", "postponed", "adopted")
FINAL = ("done", "not_done", "carried_over", "superseded")


def state(*states: str) -> str:
    return state_of_case([Part(str(n), (), each, each) for n, each in enumerate(states)], RESOLUTION.is_final)


def completion(*parts: tuple[str, str | None]) -> str | None:
    folded = [Part(str(n), (), each, each, how) for n, (each, how) in enumerate(parts)]
    return completion_of_case(folded, state_of_case(folded, RESOLUTION.is_final))


@pytest.mark.parametrize("pair", [*product(OPEN, (*OPEN, *FINAL))])
def test_the_first_that_an_open_part_has(pair: tuple[str, str]) -> None:
    expected = min((each for each in pair if each in OPEN), key=OPEN.index)
    assert state(*pair) == state(*reversed(pair)) == expected


@pytest.mark.parametrize("pair", [*product(FINAL, FINAL)])
def test_none_open(pair: tuple[str, str]) -> None:
    alike = pair[0] if pair[0] == pair[1] else None
    assert state(*pair) == (alike or ("done" if "done" in pair else "not_done"))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("done", "full")], "full"),
        ([("done", "full"), ("done", "full")], "full"),
        ([("done", "temporary"), ("done", "temporary")], "temporary"),
        ([("done", "full"), ("done", "temporary")], "partial"),
        ([("done", "full"), ("not_done", None)], "partial"),
        ([("done", "full"), ("in_progress", None)], None),
        ([("not_done", None), ("superseded", None)], None),
    ],
)
def test_how_far_a_case_is_done(parts: list[tuple[str, str | None]], expected: str | None) -> None:
    assert completion(*parts) == expected


def test_without_a_part_the_verb_is_for_every_part_that_allows_it() -> None:
    history = [adopted("5", "33", "36"), moved(CaseStarted, "in_progress", "33"), moved(CaseCompleted, "done", "36")]
    then = given(*history).when(StartCase()).then(moved(CaseStarted, "in_progress", "5"))
    then.leaving(states={"5": "in_progress", "33": "in_progress", "36": "done"}, state="in_progress")
    given(*history).when(ReferCase(body=BODY)).then(
        CaseReferred(parts={"5": "referred", "33": "in_progress"}, state="in_progress", body=BODY)
    )


def test_a_label_is_known_without_its_capitals_and_accents() -> None:
    case = Case.fold(recorded([adopted("21", "22", limbs=LIMBS)]))
    for label in ("au Québec", "Au Quebec", "AU QUÉBEC"):
        assert [part.label for part in case.chosen(label)] == ["au Québec"]
    with pytest.raises(PartUnknown):
        case.chosen("au Québ")


def test_a_verb_that_no_part_allows_is_refused() -> None:
    refusal = given(adopted("5", "33")).when(ResumeCase()).then(NotFromHere, ref="2023:5 (5)").refusal
    assert {"refer to a body", "start", "postpone"} <= set(refusal.facts["possible"] if refusal else ())


def test_with_a_part_it_is_for_that_one_only() -> None:
    bundle = adopted("5", "33", "36")
    blocked = moved(CaseBlocked, "blocked", "33")
    then = given(bundle).when(StartCase(part="33")).then(moved(CaseStarted, "in_progress", "33"))
    then.leaving(states={"5": "adopted", "33": "in_progress", "36": "adopted"}, state="in_progress")
    given(bundle, blocked).when(StartCase(part="33")).then(NotFromHere, ref="2023:5 (33)")


def test_a_part_is_named_by_its_label_else_by_a_number() -> None:
    case = given(adopted("21", "22", limbs=LIMBS))
    case.when(StartCase(part="au Canada")).then(moved(CaseStarted, "in_progress", "au Canada"))
    case.when(StartCase(part="22")).then(moved(CaseStarted, "in_progress", "ailleurs"))
    case.when(StartCase(part="21")).then(moved(CaseStarted, "in_progress", "au Québec", "au Canada"))
    misleading = given(adopted("1", "2", limbs={"2": ("1",), "1": ("2",)}))
    misleading.when(StartCase(part="1")).then(moved(CaseStarted, "in_progress", "1"))


def test_an_unknown_part_is_refused_with_those_that_are_known() -> None:
    case = given(adopted("21", "22", limbs=LIMBS))
    case.when(StartCase(part="en Ontario")).then(PartUnknown, part="en Ontario", parts=list(LIMBS))
    case.when(NoteCase(text="à voir", part="en Ontario")).then(PartUnknown)


def test_a_note_may_be_of_one_part_but_an_owner_is_of_the_whole() -> None:
    case = given(adopted("21", "22", limbs=LIMBS))
    case.when(NoteCase(text="à voir", part="au Canada")).then(CaseNoted(text="à voir", part="au Canada"))
    case.when(AssignCase(owner=HER, part="au Canada")).then(WholeOnly, verb="assign", part="au Canada")


def test_a_closed_part_stays_closed_while_another_goes_on() -> None:
    history = [adopted("5", "33"), moved(CaseCompleted, "done", "5", case="adopted")]
    then = given(*history).when(CompleteCase(completion="temporary"))
    then.then(moved(CaseCompleted, "done", "33", completion="temporary"))
    then.leaving(state="done", completion="partial")


def test_no_rule_is_asked_when_a_history_is_folded() -> None:
    """Its workflow may be gone, and no rule of any would lead there: what was recorded is what stands."""
    history = [adopted(workflow="resolution.v99"), moved(CaseCompleted, "done"), moved(CaseBlocked, "blocked", on=HER)]
    case = Case.fold(recorded([*history, moved(CaseStarted, "asleep")]))
    assert [(part.state, part.before, part.moved) for part in case.parts] == [("asleep", "asleep", True)]
    assert (case.title, case.ref, len(case.blocks)) == ("Titre 17", "2023:17", 1)
