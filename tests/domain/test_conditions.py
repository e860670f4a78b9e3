"""A task that waits until something else has ended has no date until then, and keeps the one that it then gets."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.case import refusals
from domain.case.case import Case
from domain.case.commands import AddTask, CloseCaseUndone, FinishTask, ReopenCase
from domain.case.decisions import handle
from domain.case.tasks import TaskBecameDue
from domain.conditions import Awaited, AwaitedStands, BeAwaited, EndWait
from domain.demarche.commands import PauseDemarche, ResumeDemarche
from domain.demarche.pauses import Pause
from domain.errors import SuiviError
from domain.time import Calendar
from tests.domain.given import CASE, act, standing_of, stored
from tests.domain.threads import do, running, sent
from tests.domain.winding import EVERYBODY, a_case

THREAD, OTHER = UUID(int=71), UUID(int=72)
ASKED = AddTask(text="relire la réponse", upon=THREAD)


def ask(case: Case, command: Command, **more: object) -> None:
    before = standing_of(case)
    try:
        handle(case, command, act(roles=EVERYBODY, **more))
    except SuiviError:
        assert standing_of(case) == before
        raise
    assert standing_of(Case.fold(stored(case.history))) == standing_of(case)


def became_due(case: Case) -> list[tuple[int, str]]:
    return [(r.event.task, r.event.due) for r in case.history if isinstance(r.event, TaskBecameDue)]


def test_it_has_a_date_and_a_clock_once_that_has_ended() -> None:
    case = a_case(ASKED, AddTask(text="autre", upon=OTHER, within=3))
    assert case.waits_upon == {THREAD, OTHER} and not case.clocks
    ask(case, EndWait(upon=THREAD), occurred="2024-05-01")  # happened in May, known on 26 June
    assert became_due(case) == [(1, "2024-07-11")]  # ten working days later, 1 July being a holiday
    assert [(clock.kind, clock.about, clock.due) for clock in case.clocks.values()] == [("task", "1", "2024-07-11")]
    assert case.waits_upon == {OTHER}
    ask(case, EndWait(upon=THREAD))  # told twice
    assert len(became_due(case)) == 1


def test_the_days_are_those_of_the_organisation() -> None:
    case = a_case(AddTask(text="appeler", upon=THREAD, within=1))
    ask(case, EndWait(upon=THREAD), calendar=Calendar(days_off=frozenset({date(2024, 6, 27)})))
    assert became_due(case) == [(1, "2024-06-28")]


def test_a_task_that_is_finished_or_taken_back_waits_for_nothing() -> None:
    case = a_case(ASKED, ASKED)
    ask(case, FinishTask(task=1))
    added = next(r.originator_version for r in case.history if getattr(r.event, "number", None) == 2)
    with pytest.raises(SuiviError):
        ask(case, CorrectFact(event=added, set={"upon": str(OTHER)}, reason="erreur"))
    ask(case, RetractFact(event=added, reason="plus la peine"))
    assert case.waits_upon == frozenset()
    ask(case, EndWait(upon=THREAD))
    assert became_due(case) == []


def test_in_a_case_that_is_over_it_gets_its_date_and_no_clock_until_it_is_reopened() -> None:
    case = a_case(ASKED)
    ask(case, CloseCaseUndone(reason="trop tard"))
    ask(case, EndWait(upon=THREAD))
    assert became_due(case) and not case.clocks
    ask(case, ReopenCase(reason="à revoir"))
    assert [clock.kind for clock in case.clocks.values()] == ["task"]


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (AddTask(text="x", within=3), refusals.WithinWhat),
        (AddTask(text="x", upon=THREAD, due="2024-09-01"), refusals.DateOrCondition),
        (AddTask(text="x", upon=THREAD, within=0), refusals.WithinUnfit),
        (AddTask(text="x", upon=THREAD, within=999_999_999), refusals.WithinUnfit),
    ],
)
def test_what_does_not_go_together_is_refused(command: AddTask, refusal: type[SuiviError]) -> None:
    with pytest.raises(refusal):
        ask(a_case(), command)


def test_who_waits_is_kept_once_and_is_not_taken_back_there() -> None:
    case = a_case()
    for by in (OTHER, THREAD, OTHER):
        ask(case, BeAwaited(by=by))
    assert case.awaited_by == [OTHER, THREAD]
    version = next(r.originator_version for r in case.history if isinstance(r.event, Awaited))
    for command in (
        RetractFact(event=version, reason="non"), CorrectFact(event=version, set={"by": str(CASE)}, reason="non")
    ):  # fmt: skip
        with pytest.raises(AwaitedStands):
            ask(case, command)
    assert case.awaited_by == [OTHER, THREAD]


def test_a_pause_ends_with_what_it_waited_for() -> None:
    demarche = do(sent("2024-09-16"), "2024-09-20", PauseDemarche(reason="on attend l’autre", upon=OTHER))
    assert demarche.waits_upon == {OTHER} and running(demarche) == {}
    do(demarche, "2024-10-01", EndWait(upon=THREAD))  # not that one
    assert demarche.paused
    do(demarche, "2024-10-01", EndWait(upon=OTHER))
    assert not demarche.paused and demarche.waits_upon == frozenset()
    assert list(running(demarche)) == ["answer"]
    assert demarche.pauses[0].days(date(2030, 1, 1)) == 11
    before = demarche.version
    assert do(demarche, "2024-10-02", EndWait(upon=OTHER)).version == before


def test_a_pause_that_someone_ended_waits_no_more() -> None:
    demarche = do(sent("2024-09-16"), "2024-09-20", PauseDemarche(reason="on attend l’autre", upon=OTHER))
    do(demarche, "2024-09-25", ResumeDemarche())
    assert demarche.waits_upon == frozenset()


def test_how_long_it_was_suspended() -> None:
    assert Pause("2024-09-20", "élections").days(date(2024, 9, 30)) == 10
    assert Pause("2024-09-20", "élections", over="2024-09-22").days(date(2024, 9, 30)) == 2
    assert Pause("2024-09-20", "élections").days(date(2024, 9, 19)) == 0
