"""“Remind me in three weeks”: whoever asks is told on that day, they alone, whatever becomes of the case meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amendments import CorrectFact, RetractFact
from domain.case.case import Case
from domain.case.commands import CloseCaseUndone, ReopenCase, SetDue, WithdrawCase
from domain.case.decisions import handle
from domain.clocks import PERSONAL, AcknowledgeStep, Clock, RecomputeClocks, RemindMe, SnoozeClock, TakeSteps, refusals
from domain.errors import SuiviError
from domain.time import Calendar
from tests.domain.given import act, recorded, standing_of, stored
from tests.domain.given import adopted as adoption
from tests.domain.winding import EVERYBODY, a_case, at, sweep

ME, HER, ADMINISTRATOR = UUID(int=61), UUID(int=62), UUID(int=63)
ON = "2024-07-17"  # a Wednesday, three weeks later
RINGS = at(2024, 7, 17, 12)


def ask(case: Case, command: Any, person: UUID = ME, **more: Any) -> None:
    """As a door would: what is refused leaves no trace, and what is recorded folds to what stands."""
    before = standing_of(case)
    try:
        handle(case, command, act(actor=person, roles=EVERYBODY, **more))
    except SuiviError:
        assert standing_of(case) == before
        raise
    assert standing_of(Case.fold(stored(case.history))) == standing_of(case)


def asked(*persons: UUID, until: str = ON) -> Case:
    case = a_case()
    for person in persons or (ME,):
        ask(case, RemindMe(until=until, text="appeler"), person)
    return case


def personal(case: Case) -> list[Clock]:
    return [clock for clock in case.clocks.values() if clock.kind == PERSONAL]


def reaching(case: Case) -> dict[str, tuple[UUID, ...]]:
    return {"asker": tuple(UUID(clock.about) for clock in personal(case))}


def test_whoever_asked_is_told_on_that_day_once() -> None:
    case = asked()
    (clock,) = personal(case)
    assert (clock.about, clock.due, clock.next and clock.next.at) == (str(ME), ON, RINGS)
    assert sweep(case, at(2024, 7, 17, 11, 59), reach={"asker": (ME,)}) == []
    (step,) = sweep(case, RINGS, reach={"asker": (ME,)})
    assert (step.told, step.unheld, step.next) == ((ME,), (), None)
    assert sweep(case, at(2026, 1, 1), reach={"asker": (ME,)}) == []


def test_whoever_cannot_be_reached_is_told_nothing_and_nobody_instead() -> None:
    (step,) = sweep(asked(), RINGS, reach={"asker": ()})
    assert (step.told, step.unheld) == ((), ("asker",))


def test_on_a_day_off_it_comes_on_the_next_working_day() -> None:
    (clock,) = personal(asked(until="2024-07-20"))
    assert clock.next and clock.next.at == at(2024, 7, 22, 12)


def test_a_case_that_is_over_or_that_nobody_vouches_for_reminds_as_well() -> None:
    case = asked()
    ask(case, CloseCaseUndone(reason="manque de temps"))
    ask(case, RemindMe(until="2024-08-01"), HER)
    ask(case, ReopenCase(reason="à revoir"))
    assert len(personal(case)) == 2
    imported = Case.fold(recorded([adoption(source={"imported": UUID(int=9), "first_line": 1, "last_line": 2})]))  # type: ignore[arg-type]
    assert not imported.established
    ask_only = RemindMe(until=ON)
    handle(imported, ask_only, act(actor=ME))
    assert [clock.due for clock in personal(imported)] == [ON]
    handle(imported, WithdrawCase(version=imported.version), act(roles=frozenset({"system"})))
    assert personal(imported) == []


def test_a_later_one_takes_the_place_of_the_same_persons_only() -> None:
    case = asked(ME, HER)
    ask(case, RemindMe(until="2024-09-03"), ME)
    assert {clock.about: clock.due for clock in personal(case)} == {str(ME): "2024-09-03", str(HER): ON}


def test_taken_back_it_no_longer_runs_and_the_former_one_does() -> None:
    case = asked()
    ask(case, RemindMe(until="2024-09-03", text="autre chose"), ME)
    version = max(r.originator_version for r in case.history if r.event.__class__.__name__ == "PersonalReminderSet")
    with pytest.raises(SuiviError):
        ask(case, CorrectFact(event=version, set={"until": "2024-09-04"}, reason="erreur"))
    ask(case, CorrectFact(event=version, set={"text": "la ministre"}, reason="erreur"))
    assert case.personal[str(ME)].text == "la ministre"
    ask(case, RetractFact(event=version, reason="plus la peine"))
    assert [clock.due for clock in personal(case)] == [ON]


def test_called_off_before_it_rings_by_whoever_asked_and_nobody_else() -> None:
    case = asked()
    with pytest.raises(refusals.NothingRang):
        ask(case, AcknowledgeStep(clock=PERSONAL), HER)
    with pytest.raises(refusals.NothingRang):
        ask(case, AcknowledgeStep(), ME)  # what was not named and has not rung is left alone
    ask(case, AcknowledgeStep(clock=PERSONAL), ME)
    assert personal(case) == [] and case.personal == {}
    ask(case, RemindMe(until=ON), ME)  # the same day again
    assert [clock.next and clock.next.at for clock in personal(case)] == [RINGS]


def test_acknowledged_once_it_rang_it_is_gone() -> None:
    case = asked(ME, HER)
    sweep(case, RINGS, reach=reaching(case))
    ask(case, AcknowledgeStep(), ME, now=RINGS)
    assert [clock.about for clock in personal(case)] == [str(HER)]


def test_what_others_do_with_the_reminders_of_the_case_leaves_it_alone() -> None:
    case = asked()
    ask(case, SetDue(due="2024-07-10"), HER)
    ask(case, SnoozeClock(until="2024-08-30"), HER)
    assert [clock.until for clock in personal(case)] == [None]
    ask(case, SnoozeClock(until="2024-08-30", clock=PERSONAL), ME)
    assert [clock.next and clock.next.at for clock in personal(case)] == [at(2024, 8, 30, 12)]
    sweep(case, at(2024, 9, 2, 12))
    ask(case, AcknowledgeStep(), HER, now=at(2024, 9, 2, 13))
    assert len(personal(case)) == 1


def test_an_administrator_asks_for_whom_they_act_for() -> None:
    case = a_case()
    ask(case, RemindMe(until=ON), ADMINISTRATOR, on_behalf_of=ME)
    assert [clock.about for clock in personal(case)] == [str(ME)]
    ask(case, AcknowledgeStep(clock=PERSONAL), ME)
    assert personal(case) == []


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        ("2024-06-26", refusals.RemindPast),
        ("2024-05", refusals.RemindPast),
        ("2024-06", None),
        ("2024-08/..", refusals.RemindUnending),
    ],
)
def test_a_day_to_come_that_is_known(until: str, refusal: type[SuiviError] | None) -> None:
    if refusal is None:
        assert len(personal(asked(until=until))) == 1
    else:
        with pytest.raises(refusal):
            asked(until=until)


def test_changed_working_days_reckon_it_anew() -> None:
    case = asked()
    closed = Calendar(days_off=frozenset({date(2024, 7, 17)}), version=2)
    handle(case, RecomputeClocks(), act(calendar=closed, roles=frozenset({"system"})))
    assert [clock.next and clock.next.at for clock in personal(case)] == [at(2024, 7, 18, 12)]


MOVES = [SetDue(due="2024-08-15"), CloseCaseUndone(reason="non"), ReopenCase(reason="si"), SnoozeClock(until="2024-12-01"),
         AcknowledgeStep(), RemindMe(until="2024-11-05")]  # fmt: skip


@given(st.lists(st.sampled_from(MOVES), max_size=8))
def test_whatever_others_do_it_rings_on_its_day_for_whoever_asked(commands: list[Any]) -> None:
    case = asked()
    for command in commands:
        try:
            ask(case, command, HER)
        except SuiviError:
            continue
    (mine,) = [clock for clock in personal(case) if clock.about == str(ME)]
    assert mine.next and mine.next.at == RINGS
    handle(case, TakeSteps(clock=mine.id, reach={"asker": (ME,)}), act(now=RINGS, roles=frozenset({"system"})))
    assert case.clocks[mine.id].state == "spent"
