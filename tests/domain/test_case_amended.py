"""Mistakes are daily life: what was recorded wrongly is corrected, or taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.amendments import (
    CorrectFact,
    CreationStands,
    EventUnknown,
    FactCorrected,
    FactFixed,
    FactRetracted,
    FactUnfit,
    RetractFact,
)
from domain.base import Event, FactNeeded
from domain.case.commands import AddTask
from domain.case.events import CaseAssigned, CaseAwaited, CaseNoted, CaseStateProposed
from domain.case.moves import CaseBlocked, CaseClosedUndone, CaseCompleted, CasePostponed, CaseReferred, CaseStarted
from domain.case.refusals import FactsMissing, FutureAct, MoveFollowed, NumbersUnknown, StateFixed, TitleMissing
from domain.case.tasks import TaskAdded
from domain.values import Evidence, Party, Proposal
from tests.domain.given import BODY, HER, PERSON, Then, adopted, given, moved

REFERRED = moved(CaseReferred, "referred", due="2024-09")
STARTED = moved(CaseStarted, "in_progress")


def correct(event: int, **facts: Any) -> CorrectFact:
    return CorrectFact(event=event, set=facts, reason="mal noté")


def retract(event: int) -> RetractFact:
    return RetractFact(event=event, reason="n’a pas eu lieu")


def corrected(version: int, **facts: Any) -> FactCorrected:
    return FactCorrected(version=version, facts=facts, reason="mal noté")


def retracted(version: int) -> FactRetracted:
    return FactRetracted(version=version, reason="n’a pas eu lieu")


def test_corrected_facts_keep_the_state() -> None:
    then = given(adopted(), REFERRED, STARTED).when(correct(2, due="2024-12"))
    then.then(corrected(2, due="2024-12")).leaving(state="in_progress", referrals=[(BODY, "2024-12")])


def test_facts_are_corrected_in_a_closed_case_and_more_than_once() -> None:
    closed = [adopted(), moved(CaseCompleted, "done")]
    given(*closed).when(correct(2, completion="partial")).leaving(state="done", completion="partial")
    given(*closed, corrected(2, completion="partial")).when(correct(2, review="2026")).leaving(completion="partial")
    given(*closed, corrected(2, completion="partial")).when(correct(2, completion="temporary")).leaving(
        completion="temporary"
    )


def test_a_title_is_corrected_by_its_number() -> None:
    case = given(adopted("5", "33"))
    then = case.when(correct(1, titles={"33": "Le vrai titre"}))
    then.then(corrected(1, titles={"33": "Le vrai titre"})).leaving(title="Titre 5 – Le vrai titre", state="adopted")
    case.when(correct(1, titles={"34": "Ailleurs"})).then(NumbersUnknown, numbers=["34"])
    case.when(correct(1, titles={"33": " "})).then(TitleMissing, numbers=["33"])


def test_each_correction_touches_only_the_keys_it_names() -> None:
    history = [adopted("5", "33"), corrected(1, titles={"5": "Faux"}), corrected(1, titles={"33": "Vrai"})]
    given(*history).when(retract(2)).leaving(title="Titre 5 – Vrai")


def test_a_corrected_adoption_happens_on_its_corrected_date() -> None:
    then = given(adopted()).when(correct(1, adopted_on="2023-05-14"))
    then.then(corrected(1, occurred="2023-05-14", adopted_on="2023-05-14"))
    given(adopted()).when(correct(1, adopted_on="2025")).then(FutureAct, occurred="2025")


def test_when_it_happened_is_corrected_but_not_to_a_day_to_come() -> None:
    given(adopted(), STARTED).when(correct(2, occurred="2024-05")).then(corrected(2, occurred="2024-05"))
    given(adopted(), STARTED).when(correct(2, occurred=None)).then(corrected(2, occurred=None))
    given(adopted(), STARTED).when(correct(2, occurred="2024-07")).then(FutureAct)


def test_someone_in_words_becomes_someone_of_the_directory() -> None:
    waiting = CaseAwaited(on=Party("words", words="la ministre"))
    then = given(adopted(), waiting).when(correct(2, on=HER))
    then.then(corrected(2, on={"kind": "person", "id": str(PERSON)}))
    assert then.aggregate.waiting_on[0].on == HER
    back = given(adopted(), CaseAwaited(on=HER)).when(correct(2, on=Party("words", words="la ministre")))
    assert back.aggregate.waiting_on[0].on == Party("words", words="la ministre")


@pytest.mark.parametrize("fact", ["state", "parts"])
def test_the_state_is_not_corrected(fact: str) -> None:
    given(adopted(), STARTED).when(correct(2, **{fact: "done"})).then(StateFixed)


@pytest.mark.parametrize(
    "fact", ["initial", "workflow", "numbers", "ref", "assembly", "origin", "kind", "role", "flavour"]
)
def test_what_cannot_be_corrected_is_said_with_what_can(fact: str) -> None:
    refusal = given(adopted()).when(correct(1, **{fact: "autre"})).then(FactFixed, fact=fact).refusal
    assert refusal and {"titles", "text", "adopted_on", "occurred", "submitted_by"} <= set(refusal.facts["possible"])


def test_a_correction_must_fit() -> None:
    given(adopted(), moved(CaseCompleted, "done")).when(correct(2, completion="almost")).then(FactUnfit)
    given(adopted(), REFERRED).when(correct(2, body="le comité")).then(FactUnfit)
    given(adopted(), moved(CaseClosedUndone, "not_done")).when(correct(2, reason=" ")).then(FactNeeded, fact="reason")
    given(adopted(), STARTED).when(CorrectFact(event=2, set={}, reason="mal noté")).then(FactsMissing)
    given(adopted(), STARTED).when(CorrectFact(event=2, set={"occurred": "2024"}, reason="")).then(FactsMissing)


AMENDED: list[tuple[list[Event], int]] = [
    ([STARTED], 3),
    ([STARTED], 0),
    ([STARTED, retracted(2)], 2),
    ([STARTED, retracted(2)], 3),
]


@pytest.mark.parametrize(("events", "version"), AMENDED)
def test_there_is_no_such_event_to_amend(events: list[Event], version: int) -> None:
    given(adopted(), *events).when(correct(version, occurred="2024")).then(EventUnknown, version=version)
    given(adopted(), *events).when(retract(version)).then(EventUnknown, version=version)


def test_a_correction_is_not_itself_corrected() -> None:
    given(adopted(), STARTED, corrected(2, occurred="2024")).when(correct(3, reason="autre")).then(EventUnknown)


def test_what_is_retracted_leaves_the_state_before_it() -> None:
    given(adopted(), REFERRED).when(retract(2)).then(retracted(2)).leaving(state="adopted", moved=False, referrals=[])
    given(adopted(), REFERRED, STARTED).when(retract(3)).leaving(state="referred", moved=True)
    closed = given(adopted(), STARTED, moved(CaseCompleted, "done")).when(retract(3))
    closed.leaving(state="in_progress", completion=None)


def test_a_move_goes_only_if_no_later_move_of_its_part_stands() -> None:
    history = [adopted(), REFERRED, STARTED]
    given(*history).when(retract(2)).then(MoveFollowed, version=2, later=3)
    given(*history, retracted(3)).when(retract(2)).leaving(state="adopted")
    given(*history, CaseNoted(text="à voir"), corrected(2, due="2025")).when(retract(3)).leaving(state="referred")


def test_a_later_move_of_another_part_does_not_hold_it() -> None:
    first, second = moved(CaseStarted, "in_progress", "5"), moved(CaseBlocked, "blocked", "33", case="in_progress")
    case = given(adopted("5", "33"), first, second)
    case.when(retract(2)).leaving(states={"5": "adopted", "33": "blocked"}, state="blocked")
    both = moved(CasePostponed, "postponed", "5", "33")
    given(adopted("5", "33"), both, second).when(retract(2)).then(MoveFollowed, later=3)
    given(adopted("5", "33"), first, both).when(retract(2)).then(MoveFollowed, later=3)


def test_the_proposal_that_a_retracted_move_had_dropped_is_back() -> None:
    proposal = Proposal("done", (Evidence("c’est fait", 1, 2),), "low")
    history = [adopted(), CaseStateProposed(proposals=(proposal,)), STARTED]
    given(*history).when(retract(3)).leaving(state="adopted", proposals=[proposal])


def test_what_moves_nothing_is_retracted_at_any_time() -> None:
    history = [adopted(), CaseAssigned(owner=HER), STARTED, CaseNoted(text="à voir"), moved(CaseCompleted, "done")]
    given(*history).when(retract(2)).leaving(owner=None, state="done")
    given(*history).when(retract(4)).leaving(notes=[], state="done")


def test_a_retracted_correction_leaves_what_was_recorded_first() -> None:
    history = [adopted(), REFERRED, corrected(2, due="2024-12"), corrected(2, due="2025")]
    given(*history).when(retract(4)).then(retracted(4)).leaving(referrals=[(BODY, "2024-12")])
    given(*history).when(retract(3)).leaving(referrals=[(BODY, "2025")])
    given(*history, retracted(4)).when(retract(3)).leaving(referrals=[(BODY, "2024-09")])
    given(*history, retracted(4)).when(retract(4)).then(EventUnknown)


def test_the_creation_stands() -> None:
    given(adopted(), STARTED).when(retract(1)).then(CreationStands)


def test_the_number_of_a_retracted_task_is_not_given_again() -> None:
    history = [adopted(), TaskAdded(number=1, text="écrire"), retracted(2)]
    given(*history).when(AddTask(text="appeler")).then(TaskAdded(number=2, text="appeler"))


def test_whose_words_they_are_stays_known() -> None:
    then: Then = given(adopted(), STARTED).when(retract(2), on_behalf_of=UUID(int=70))
    assert then.aggregate.new[0].event.on_behalf_of == UUID(int=70)
