"""Steps as a sweep takes them: once each, the highest one told; answered, put off, reckoned anew."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid5

import pytest

from domain.case.case import Case
from domain.case.commands import AddTask, FinishTask, SetDue
from domain.case.decisions import handle
from domain.clocks import (
    AcknowledgeStep,
    Clock,
    ClockRecomputed,
    ClockSnoozed,
    RecomputeClocks,
    SnoozeClock,
    StepAcknowledged,
    TakeSteps,
    refusals,
)
from domain.errors import SuiviError
from domain.time import Calendar, Edtf
from tests.domain.given import act, standing_of
from tests.domain.winding import CHAIR, EVERYBODY, OWNER, SECRETARY, a_case, at, of_clocks, sweep

BY = "2024-09-06"  # Friday: steps on 9 and 16 September, 30 September being a holiday; the third on 1 October
FIRST, SECOND = at(2024, 9, 9, 12), at(2024, 9, 16, 12)
LATER = Calendar(days_off=frozenset({date(2024, 9, 9)}), version=5)


def only(case: Case) -> Clock:
    (clock,) = case.clocks.values()
    return clock


def ask(case: Case, command: Any, now: datetime, **more: Any) -> None:
    """As a door would: what is refused leaves no trace."""
    before = standing_of(case)
    try:
        handle(case, command, act(roles=EVERYBODY, now=now, **more))
    except SuiviError:
        assert standing_of(case) == before
        raise


def due_on(day: str = BY) -> Case:
    return a_case(SetDue(due=day))


def test_nothing_is_taken_before_its_instant() -> None:
    case = due_on()
    assert sweep(case, at(2024, 9, 9, 11, 59, 59)) == []
    (step,) = sweep(case, FIRST)
    assert (step.step, step.repetition, step.at, step.told) == (1, 1, FIRST, (OWNER,))
    assert (step.id, step.tell, step.unheld) == (uuid5(step.clock, "1.1"), ("owner",), ())
    assert step.next is not None and step.next.at == SECOND
    assert sweep(case, FIRST) == sweep(case, at(2024, 9, 16, 11)) == []


def test_after_an_outage_each_step_is_recorded_and_the_highest_one_told() -> None:
    case = due_on()
    steps = sweep(case, at(2024, 12, 1, 15))
    assert [(s.step, s.repetition, s.at) for s in steps] == [
        (1, 1, FIRST), (2, 1, SECOND), (3, 1, at(2024, 10, 1, 12)), (3, 2, at(2024, 10, 23, 12)), (3, 3, at(2024, 11, 14, 13)),
    ]  # fmt: skip
    assert [s.told for s in steps] == [(), (), (), (), (SECRETARY,)]
    assert [s.unheld for s in steps] == [()] * 5
    assert [s.next and s.next.id for s in steps[:-1]] == [s.id for s in steps[1:]]
    assert [s.step for s in sweep(case, at(2026, 1, 1))] == [3]
    assert only(case).state == "spent" and sweep(case, at(2027, 1, 1)) == []


def test_everybody_of_the_highest_step_is_told_once() -> None:
    case = due_on()
    reach = {"owner": (OWNER, SECRETARY), "secretary": (SECRETARY,)}
    assert sweep(case, SECOND, reach=reach)[-1].told == (OWNER, SECRETARY)


@pytest.mark.parametrize(
    ("reach", "told", "unheld"),
    [
        ({"owner": (OWNER,), "secretary": (SECRETARY,)}, (OWNER, SECRETARY), ()),
        ({"secretary": (SECRETARY,)}, (SECRETARY,), ("owner",)),
        ({"owner": (), "secretary": (CHAIR,)}, (CHAIR, SECRETARY), ("owner",)),
        ({}, (SECRETARY,), ("owner", "secretary")),
    ],
)
def test_where_nobody_is_found_the_secretary_is_told(reach: Any, told: Any, unheld: Any) -> None:
    step = sweep(due_on(), SECOND, reach=reach)[-1]
    assert (step.told, step.unheld) == (told, unheld)


def test_without_any_secretary_the_step_is_recorded_all_the_same() -> None:
    case = due_on()
    handle(case, TakeSteps(clock=only(case).id, reach={}), act(now=FIRST))
    assert (of_clocks(case)[-1].told, of_clocks(case)[-1].unheld) == ((), ("owner",))  # type: ignore[attr-defined]


def test_a_clock_that_stopped_has_no_step() -> None:
    case = due_on()
    clock = only(case).id
    ask(case, SetDue(due="2024-10"), at(2024, 9, 8, 15))
    handle(case, TakeSteps(clock=clock, reach={}), act(now=SECOND))
    assert not [event for event in of_clocks(case) if event.clock == clock and hasattr(event, "told")]


def test_acknowledged_it_is_silent_until_it_is_put_off() -> None:
    case = due_on()
    with pytest.raises(refusals.NothingRang):
        ask(case, AcknowledgeStep(), at(2024, 9, 9, 11))
    sweep(case, FIRST)
    ask(case, AcknowledgeStep(), at(2024, 9, 9, 13), occurred="2024-09-08")
    assert isinstance(acknowledged := of_clocks(case)[-1], StepAcknowledged)
    assert (acknowledged.occurred, acknowledged.role) == ("2024-09-08", "officer")
    assert (only(case).state, only(case).next) == ("acknowledged", None)
    assert sweep(case, at(2026, 1, 1)) == []
    with pytest.raises(refusals.NothingRang):
        ask(case, AcknowledgeStep(), at(2024, 9, 9, 14))
    ask(case, SnoozeClock(until="2026-02-03"), at(2026, 1, 2, 15))
    assert [s.step for s in sweep(case, at(2026, 2, 3, 13))] == [2]


def test_put_off_the_ladder_keeps_its_distance() -> None:
    case = due_on()
    sweep(case, FIRST)
    ask(case, SnoozeClock(until="2024-10-05"), at(2024, 9, 10, 15))  # a Saturday
    assert isinstance(snoozed := of_clocks(case)[-1], ClockSnoozed)
    assert (snoozed.until, snoozed.next.step, snoozed.next.at) == ("2024-10-05", 2, at(2024, 10, 7, 12))
    assert sweep(case, at(2024, 10, 7, 11)) == []
    # the third comes 10 working days after the second: 14 October is a holiday
    assert [(s.step, s.at) for s in sweep(case, at(2024, 10, 21, 12))] == [(2, at(2024, 10, 7, 12)), (3, at(2024, 10, 21, 12))]


def test_put_off_again_from_where_it_then_stands() -> None:
    case = due_on()
    ask(case, SnoozeClock(until="2024-09-20"), at(2024, 9, 10, 15))
    ask(case, SnoozeClock(until="2024-09-27"), at(2024, 9, 11, 15))
    assert [(s.step, s.at) for s in sweep(case, at(2024, 10, 7, 12))] == [(1, at(2024, 9, 27, 12)), (2, at(2024, 10, 7, 12))]


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        ("2024-09-08", refusals.SnoozePast),
        ("2024-09-09", refusals.SnoozePast),  # today
        ("2024-08", refusals.SnoozePast),
        ("2024-09-13", refusals.LaterAlready),
        ("2024-09-14", refusals.LaterAlready),  # Saturday: Monday 16 is when it comes anyway
        ("2024-09/..", refusals.SnoozeUnending),
        ("9999", refusals.SnoozeUnending),
        ("2024-09-17", None),
        ("2024-09", None),
    ],
)
def test_put_off_to_later_only(until: str, refusal: type[SuiviError] | None) -> None:
    case = due_on()
    sweep(case, FIRST)
    if refusal is None:
        ask(case, SnoozeClock(until=until), at(2024, 9, 9, 13))
        return
    with pytest.raises(refusal) as refused:
        ask(case, SnoozeClock(until=until), at(2024, 9, 9, 13))
    assert isinstance(refused.value.facts["until"], Edtf)  # a date, which is read in words


def test_when_several_run_those_that_rang_are_put_off_and_what_comes_later_stays() -> None:
    case = a_case(SetDue(due=BY), AddTask(text="a", due="2024-09-11"), AddTask(text="b", due="2024-12-02"))
    due, first, second = case.clocks.values()
    sweep(case, FIRST)
    ask(case, SnoozeClock(until="2024-10-01"), at(2024, 9, 9, 14))
    assert due.next and due.next.at == at(2024, 10, 1, 12)
    assert first.next and first.next.at == at(2024, 9, 12, 12)
    ask(case, AcknowledgeStep(), at(2024, 9, 9, 15))
    ask(case, SnoozeClock(until="2024-11-01"), at(2024, 9, 9, 16))  # nothing that runs has rung
    assert due.state == "acknowledged" and second.next and second.next.at == at(2024, 12, 3, 13)
    assert first.next and first.next.at == at(2024, 11, 1, 12)
    ask(case, SnoozeClock(until="2024-11-05", clock="due"), at(2024, 9, 9, 17))
    assert due.next and due.next.at == at(2024, 11, 5, 13)


@pytest.mark.parametrize(
    ("words", "meant"),
    [(None, [0, 1, 2]), ("due", [0]), ("task", [1, 2]), ("task 2", [2]), (" task  1 ", [1]), ("ID", [1])],
)
def test_which_clock_is_meant(words: str | None, meant: list[int]) -> None:
    case = a_case(SetDue(due=BY), AddTask(text="a", due=BY), AddTask(text="b", due=BY))
    clocks = list(case.clocks.values())
    sweep(case, FIRST)
    ask(case, AcknowledgeStep(clock=str(clocks[1].id) if words == "ID" else words), at(2024, 9, 9, 14))
    assert [n for n, clock in enumerate(clocks) if clock.state == "acknowledged"] == meant


def test_a_clock_that_is_not_there_is_named_with_those_that_are() -> None:
    case = a_case(SetDue(due=BY), AddTask(text="a", due=BY), AddTask(text="b", due=BY), FinishTask(task=1))
    with pytest.raises(refusals.ClockUnknown) as refusal:
        ask(case, AcknowledgeStep(clock="task 1"), FIRST)
    assert refusal.value.facts == {"clock": "task 1", "known": ["due", "task 2"]}
    for command, kind in (
        (AcknowledgeStep(clock="due"), refusals.NothingRang),
        (SnoozeClock(until="2030", clock="due"), refusals.NothingRuns),
    ):
        with pytest.raises(kind):
            ask(a_case(), command, FIRST)


def test_changed_working_days_reckon_anew_what_is_to_come() -> None:
    case = due_on()
    handle(case, RecomputeClocks(), act(calendar=LATER, now=at(2024, 9, 8, 15)))
    assert isinstance(event := of_clocks(case)[-1], ClockRecomputed)
    assert (event.calendar, event.next.at, event.ends) == (5, at(2024, 9, 10, 12), only(case).ends)
    assert (only(case).ladder, only(case).calendar) == (a_case(SetDue(due=BY)).clocks.popitem()[1].ladder, 5)
    before = len(case.history)
    for calendar in (LATER, Calendar(version=4)):  # what is known already, or older than that
        handle(case, RecomputeClocks(), act(calendar=calendar))
    assert len(case.history) == before
    assert [s.at for s in sweep(case, at(2024, 9, 17, 12), calendar=LATER)] == [at(2024, 9, 10, 12), at(2024, 9, 17, 12)]


def test_what_no_longer_rings_is_not_reckoned_anew() -> None:
    case = a_case(SetDue(due=BY), AddTask(text="a", due="2024-06-25"))
    sweep(case, FIRST)
    ask(case, AcknowledgeStep(), at(2024, 9, 9, 14))
    before = len(case.history)
    handle(case, RecomputeClocks(), act(calendar=LATER, now=at(2024, 9, 9, 15)))
    assert len(case.history) == before


def test_fewer_days_off_never_put_a_step_before_the_last_one() -> None:
    closed = Calendar(days_off=frozenset(date(2024, 9, day) for day in range(9, 28)), version=1)
    case = a_case()
    handle(case, SetDue(due=BY), act(calendar=closed))
    assert [s.at for s in sweep(case, at(2024, 10, 1, 12), calendar=closed)] == [at(2024, 10, 1, 12)]
    handle(case, RecomputeClocks(), act(calendar=Calendar(version=2), now=at(2024, 10, 1, 13)))
    (ring,) = [clock.next for clock in case.clocks.values()]
    assert ring and (ring.step, ring.at) == (2, at(2024, 10, 2, 12))
    steps = sweep(case, at(2024, 10, 3, 12), calendar=Calendar(version=2))
    assert [(s.step, s.at) for s in steps] == [(2, at(2024, 10, 2, 12)), (3, at(2024, 10, 3, 12))]


def test_other_hours_and_another_zone_are_followed_too() -> None:
    case = due_on()
    calendar = Calendar(zone="America/Vancouver", opens=time(9), version=2)
    handle(case, RecomputeClocks(), act(calendar=calendar))
    assert only(case).next and only(case).next.at == at(2024, 9, 9, 16)  # type: ignore[union-attr]
    assert only(case).ends == at(2024, 9, 7, 6, 59, 59, 999999)
