"""What an import proposes, and how an officer establishes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.case.commands import ConfirmCase, NoteCase, ProposeState, ReferCase, ResumeCase, StartCase
from domain.case.events import CaseStateProposed
from domain.case.moves import CaseBlocked, CaseCompleted, CaseConfirmed, CaseReferred, CaseResumed, CaseStarted
from domain.case.refusals import CompletionMissing, GuardUnmet, NothingProposed, RoleMissing, StateUnknown
from domain.values import Evidence, Proposal, Source
from tests.domain.given import BODY, HER, adopted, given, moved

REPORT = Source(UUID(int=50), 12, 14, reference="2024-09")


def proposal(state: str, part: str | None = None, completion: str | None = None, text: str = "c’est fait") -> Proposal:
    return Proposal(state, (Evidence(text, 12, 14),), "high", part, completion)


def proposed(*proposals: Proposal, source: Source | None = REPORT) -> CaseStateProposed:
    return CaseStateProposed(proposals=proposals, source=source)


def confirmed(state: str, *parts: str, case: str | None = None, **facts: Any) -> Any:
    return moved(CaseConfirmed, state, *parts, case=case, **facts)


DONE = proposal("done", completion="partial")


def test_a_proposal_moves_nothing() -> None:
    then = given(adopted()).when(ProposeState(proposals=(DONE,)), source=REPORT)
    then.then(proposed(DONE)).leaving(state="adopted", proposals=[DONE], moved=False)


def test_what_is_proposed_is_established_on_the_day_of_its_document() -> None:
    expected = confirmed("done", completion="partial", reason="c’est fait", occurred="2024-09")
    then = given(adopted(), proposed(DONE)).when(ConfirmCase()).then(expected)
    then.leaving(state="done", completion="partial", proposals=[])


def test_what_is_said_goes_before_what_is_proposed() -> None:
    case = given(adopted(), proposed(DONE))
    said = ConfirmCase(completion="full", reason="selon le comité")
    case.when(said, occurred="2024-06-20").then(
        confirmed("done", completion="full", reason="selon le comité", occurred="2024-06-20")
    )
    case.when(ConfirmCase(state="done")).then(
        confirmed("done", completion="partial", reason="c’est fait", occurred="2024-09")
    )
    case.when(ConfirmCase(state="in_progress")).then(confirmed("in_progress", occurred="2024-09")).leaving(
        completion=None, proposals=[]
    )


def test_a_document_without_a_date_gives_none() -> None:
    case = given(adopted(), proposed(DONE, source=None))
    case.when(ConfirmCase()).then(confirmed("done", completion="partial", reason="c’est fait"))


OTHERWISE = ("adopted", "referred", "in_progress", "postponed", "blocked", "not_done", "carried_over", "superseded")


@pytest.mark.parametrize("state", OTHERWISE)
def test_any_state_is_established_before_any_move(state: str) -> None:
    given(adopted()).when(ConfirmCase(state=state, reason="d’après le procès-verbal")).then(
        confirmed(state, reason="d’après le procès-verbal")
    )


def test_done_says_how_far() -> None:
    given(adopted()).when(ConfirmCase(state="done")).then(CompletionMissing)
    given(adopted(), proposed(proposal("done"))).when(ConfirmCase()).then(CompletionMissing)
    given(adopted()).when(ConfirmCase(state="done", completion="temporary")).then(
        confirmed("done", completion="temporary")
    )


def test_a_state_that_does_not_exist_is_refused() -> None:
    given(adopted()).when(ConfirmCase(state="asleep")).then(StateUnknown)


def test_nothing_proposed_and_nothing_said() -> None:
    states = given(adopted()).when(ConfirmCase()).then(NothingProposed).refusal
    assert states and len(states.facts["states"]) == 9


def test_after_a_move_nothing_is_established_unless_it_is_proposed_anew() -> None:
    started = moved(CaseStarted, "in_progress")
    for command in (ConfirmCase(state="blocked"), ConfirmCase()):
        then = given(adopted(), started).when(command)
        then.then(GuardUnmet, guard="nothing has moved yet, or a proposed state is pending")
    given(adopted(), started, proposed(proposal("blocked"))).when(ConfirmCase()).leaving(state="blocked")
    once = given(adopted(), proposed(DONE), confirmed("in_progress"))
    once.when(ConfirmCase(state="blocked")).then(GuardUnmet)


def test_any_other_move_drops_the_proposal_and_a_note_does_not() -> None:
    given(adopted(), proposed(DONE)).when(StartCase()).leaving(proposals=[])
    given(adopted(), proposed(DONE)).when(NoteCase(text="à vérifier")).leaving(proposals=[DONE])
    further = given(adopted(), moved(CaseReferred, "referred"), proposed(DONE))
    further.when(ReferCase(body=BODY)).leaving(state="referred", proposals=[])
    given(adopted(), proposed(DONE), moved(CaseStarted, "in_progress")).when(ConfirmCase()).then(GuardUnmet)


@pytest.mark.parametrize("state", ["postponed", "blocked"])
def test_what_was_established_as_paused_resumes_in_progress(state: str) -> None:
    given(adopted(), confirmed(state)).when(ResumeCase()).then(moved(CaseResumed, "in_progress"))
    earlier = [adopted(), moved(CaseReferred, "referred"), proposed(proposal(state)), confirmed(state)]
    given(*earlier).when(ResumeCase()).then(moved(CaseResumed, "in_progress"))
    given(*earlier, moved(CaseBlocked, "blocked", on=HER)).when(ResumeCase()).then(moved(CaseResumed, "in_progress"))


BUNDLE = adopted("5", "33", "36")
PART = proposal("in_progress", "33", text="on y travaille")


def test_only_the_parts_with_a_proposal_are_established() -> None:
    then = given(BUNDLE, proposed(PART)).when(ConfirmCase())
    then.then(confirmed("in_progress", "33", reason="on y travaille", occurred="2024-09"))
    given(BUNDLE, proposed(PART)).when(ConfirmCase(part="5")).then(NothingProposed)


def test_the_proposals_of_the_parts_each_keep_their_completion() -> None:
    full, part = proposal("done", "5", "full", "réglé"), proposal("done", "36", "partial", "en partie")
    then = given(BUNDLE, proposed(full, PART, part)).when(ConfirmCase())
    then.then(
        CaseConfirmed(
            parts={"5": "done", "33": "in_progress", "36": "done"}, state="in_progress", occurred="2024-09",
            completions={"5": "full", "36": "partial"}, reason="réglé on y travaille en partie",
        )
    )  # fmt: skip
    assert {p.label: p.completion for p in then.aggregate.parts} == {"5": "full", "33": None, "36": "partial"}


def test_a_proposal_for_the_whole_is_for_each_part_but_its_words_are_said_once() -> None:
    then = given(BUNDLE, proposed(DONE)).when(ConfirmCase())
    expected = confirmed("done", "5", "33", "36", completion="partial", reason="c’est fait", occurred="2024-09")
    then.then(expected).leaving(state="done", completion="partial", proposals=[])


def test_a_move_of_one_part_drops_its_own_proposal_only() -> None:
    mine, other = proposal("done", "5", "full"), PART
    given(BUNDLE, proposed(mine, other)).when(StartCase(part="5")).leaving(proposals=[other])
    then = given(BUNDLE, proposed(mine, other)).when(ConfirmCase(part="5"))
    then.then(confirmed("done", "5", case="adopted", completion="full", reason="c’est fait", occurred="2024-09"))
    then.leaving(proposals=[other])


def test_the_parts_that_have_not_moved_are_established_though_others_have() -> None:
    history = [BUNDLE, moved(CaseCompleted, "done", "5", case="adopted")]
    given(*history).when(ConfirmCase(state="blocked", reason="grève")).then(
        confirmed("blocked", "33", "36", reason="grève")
    )
    given(*history).when(ConfirmCase(state="blocked", part="5")).then(GuardUnmet)


def test_the_proposal_of_a_part_goes_before_that_of_the_whole() -> None:
    case = given(BUNDLE, proposed(DONE, PART))
    case.when(ConfirmCase(part="33")).leaving(states={"5": "adopted", "33": "in_progress", "36": "adopted"})


def test_who_may_establish() -> None:
    then = given(adopted(), proposed(DONE)).when(ConfirmCase(), roles=frozenset({"auditor"}))
    then.then(RoleMissing, roles=["auditor"])
    given(adopted()).when(ConfirmCase(), roles=frozenset({"auditor"})).then(RoleMissing)
