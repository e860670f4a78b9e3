"""Random lives of clocks, and that faults planted in them are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

from domain.amendments import FactRetracted
from domain.base import Act
from domain.case.case import Case
from domain.case.decisions import SPECIAL
from domain.case.tasks import TaskFinished
from domain.clocks import Clock, ClockSnoozed, RecomputeClocks, StepAcknowledged, TakeSteps, ladder
from domain.clocks.clocked import Clocked
from domain.time import Calendar
from tests.domain.clockwork import Clockwork

Clockwork.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestClockwork = Clockwork.TestCase

SEARCH = settings(
    max_examples=400, stateful_step_count=40, deadline=None, phases=[Phase.generate], derandomize=True,
    report_multiple_bugs=False, database=None,
)  # fmt: skip

Patch = Callable[[pytest.MonkeyPatch], None]
PLACED, TAKE, STEP, WIND, END = ladder._placed, Clocked.take_steps, Clocked._step, Clocked.wind, Calendar.end


def steps_share_a_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ladder, "_placed", lambda clock, place, last, calendar: PLACED(clock, place, None, calendar))


def a_snooze_is_forgotten_by_the_next_step(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ladder, "_placed", lambda c, place, last, calendar: PLACED(replace(c, until=None), place, last, calendar))


def an_answer_is_not_heard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(StepAcknowledged, "apply", lambda event, case, at: None)


def a_snooze_does_not_revive(patch: pytest.MonkeyPatch) -> None:
    def apply(event: ClockSnoozed, case: Any, at: Any) -> None:
        clock: Clock = case.clocks[event.clock]
        clock.ring, clock.until = event.next, (event.until, event.next)

    patch.setattr(ClockSnoozed, "apply", apply)


def every_step_is_told(patch: pytest.MonkeyPatch) -> None:
    def take_steps(case: Any, command: Any, act: Act) -> None:
        patch.setattr(Clocked, "_step", lambda self, c, ring, after, reach, a: STEP(self, c, ring, after, command, a))
        TAKE(case, command, act)

    patch.setitem(SPECIAL, TakeSteps, take_steps)


def a_step_is_taken_an_hour_early(patch: pytest.MonkeyPatch) -> None:
    def take_steps(case: Any, command: Any, act: Act) -> None:
        TAKE(case, command, replace(act, now=act.now + timedelta(hours=1)))

    patch.setitem(SPECIAL, TakeSteps, take_steps)


def a_passed_date_rings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Calendar, "end", lambda calendar, day: END(calendar, day) + timedelta(days=3))


def an_act_does_not_wind(patch: pytest.MonkeyPatch) -> None:
    def wind(case: Case, act: Act) -> None:
        if not isinstance(case.new[-1].event, TaskFinished | FactRetracted):
            WIND(case, act)

    patch.setattr(Clocked, "wind", wind)


def nothing_is_reckoned_anew(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(SPECIAL, RecomputeClocks, lambda case, command, act: None)


FAULTS: tuple[Patch, ...] = (
    steps_share_a_day, a_snooze_is_forgotten_by_the_next_step, an_answer_is_not_heard, a_snooze_does_not_revive,
    every_step_is_told, a_step_is_taken_an_hour_early, a_passed_date_rings, an_act_does_not_wind, nothing_is_reckoned_anew,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(fault: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Clockwork, settings=SEARCH)
