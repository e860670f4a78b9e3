"""What comes back within a case: its turns come once, are done, and are counted by period."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.amendments import RetractFact
from domain.case.case import Case
from domain.case.commands import FinishTask, StartCase
from domain.case.decisions import handle
from domain.case.progress import Progress, progress
from domain.case.tasks import TaskAdded, TaskReworded
from domain.case.turns import (
    LetOccur,
    MeetingOf,
    OccurrenceCame,
    OccurrenceDropped,
    OccurrenceFinished,
    OccurrenceUnknown,
    ReturnsNot,
    next_asked,
)
from domain.clocks import ClockStarted
from domain.time import Calendar
from domain.time.occurrences import RhythmUnreadable
from domain.time.schedules import Schedule, read_schedule
from domain.values import ONCE, Count, Source
from projections.phrases.progress import write_progress
from tests.domain.given import act, adopted, recorded

BODY = UUID(int=77)


def case_of(*words: str, schedules: tuple[Schedule, ...] = (), **facts: Any) -> Case:
    """A case with a task for each schedule."""
    read = (*(read_schedule(each)[0].schedule for each in words), *schedules)
    tasks = [TaskAdded(number=n, text="x", schedule=each) for n, each in enumerate(read, 1)]
    return Case.fold(recorded([adopted(**facts), *tasks]))


def on(day: str, **more: Any) -> Any:
    """The sweep, or an officer, on that day."""
    return act(now=datetime.fromisoformat(day).replace(hour=15, tzinfo=UTC), **more)


def let(case: Case, day: str, *meetings: MeetingOf, **more: Any) -> list[Any]:
    """What comes on that day."""
    before = len(case.new)
    handle(case, LetOccur(meetings=meetings), on(day, **more))
    again = Case.fold(case.history)
    assert again.turns == case.turns
    return [new.event for new in case.new[before:] if isinstance(new.event, OccurrenceCame | OccurrenceDropped)]


def meeting(date_: str, number: int = 1, off: bool = False, names: tuple[str, ...] = ("Conseil d’administration",)) -> MeetingOf:
    return MeetingOf(BODY, number, names, date_, off)


def test_a_turn_comes_once_when_its_period_begins() -> None:
    case = case_of("au moins deux fois par mois")
    (came,) = let(case, "2024-06-26")
    assert (came.occurrence, came.due, came.wanted) == ("2024-06", date(2024, 6, 30), Count(2))
    assert let(case, "2024-06-26") == let(case, "2024-06-30") == []
    assert [each.occurrence for each in let(case, "2024-07-01")] == ["2024-07"]


def test_after_an_outage_each_turn_comes_with_its_own_date() -> None:
    case = case_of("chaque mois")
    let(case, "2024-06-26")
    assert [each.occurrence for each in let(case, "2024-09-02")] == ["2024-07", "2024-08", "2024-09"]


def test_a_schedule_that_is_reworded_turns_by_its_new_rhythm() -> None:
    case = case_of("chaque mois")
    let(case, "2024-06-26")
    yearly = read_schedule("annuellement")[0].schedule
    case.trigger(TaskReworded(task=1, text="x", schedule=yearly), on("2024-06-27"))
    assert [each.occurrence for each in let(case, "2024-06-28")] == ["2024"]
    assert let(case, "2024-06-29") == []


def test_an_outage_of_years_is_caught_up_by_the_hundred() -> None:
    case = case_of("chaque jour")
    let(case, "2024-01-01")
    assert [len(let(case, "2024-12-31")) for _ in range(5)] == [100, 100, 100, 65, 0]


def test_the_day_is_the_one_of_the_organisation() -> None:
    """At one in the morning, universal time, it is still the evening before in Quebec; on the day that has 23 hours too."""
    case = case_of("chaque mois")
    let(case, "2024-06-26")
    at = act(now=datetime(2024, 7, 1, 1, tzinfo=UTC))
    handle(case, LetOccur(), at)
    assert "2024-07" not in case.turns[1]
    handle(case, LetOccur(), act(now=datetime(2024, 7, 1, 4, tzinfo=UTC)))
    assert "2024-07" in case.turns[1]
    spring = case_of("chaque jour")
    handle(spring, LetOccur(), act(now=datetime(2024, 3, 10, 4, 59, tzinfo=UTC)))  # 9 March, 23:59
    handle(spring, LetOccur(), act(now=datetime(2024, 3, 11, 3, 59, tzinfo=UTC)))  # 10 March, 23:59
    assert list(spring.turns[1]) == ["2024-03-09", "2024-03-10"]


def test_nothing_comes_of_what_nobody_vouches_for_or_that_is_over() -> None:
    imported = case_of("chaque mois", source=Source(UUID(int=5), 1, 2))
    assert let(imported, "2024-06-26") == []
    handle(imported, StartCase(), on("2024-06-26"))
    assert len(let(imported, "2024-06-26")) == 1
    old = case_of("chaque année, de 2012 à 2015")
    assert let(old, "2024-06-26") == [] and next_asked(old, old.tasks[1], date(2024, 6, 26), 1) is None
    finished = case_of("chaque mois")
    handle(finished, FinishTask(task=1, whole=True), on("2024-06-26"))
    assert finished.tasks[1].done and let(finished, "2024-07-26") == []


@pytest.mark.parametrize("words", ["au besoin", "après la réponse", "périodiquement", "juin 2025", "à chacun des CA"])
def test_what_waits_or_is_needed_has_no_turn_of_its_own(words: str) -> None:
    case = case_of(words)
    assert let(case, "2024-06-26") == [] and next_asked(case, case.tasks[1], date(2024, 6, 26), 1) is None


def test_a_rhythm_that_cannot_be_counted_never_comes_and_harms_no_other() -> None:
    bad = Schedule(words="?", kind="recurring", rrule="FREQ=LUNAIRE")
    case = case_of("chaque mois", schedules=(bad,))
    assert [each.task for each in let(case, "2024-06-26")] == [1]
    assert next_asked(case, case.tasks[2], date(2024, 6, 26), 1) is None
    with pytest.raises(RhythmUnreadable):
        handle(case, FinishTask(task=2), on("2024-06-26"))


def test_a_turn_is_reminded_of_until_it_is_done_often_enough() -> None:
    case = case_of("au moins deux fois par mois")
    let(case, "2024-06-26")

    def due() -> list[str]:
        return [each.due for each in case.deadlines()]

    assert due() == ["2024-06-30"]
    assert any(isinstance(new.event, ClockStarted) and new.event.due == "2024-06-30" for new in case.new)
    handle(case, FinishTask(task=1), on("2024-06-27"))
    assert due() == ["2024-06-30"]
    handle(case, FinishTask(task=1), on("2024-06-28"))
    assert due() == [] and not case.tasks[1].done
    let(case, "2024-07-01")
    assert due() == ["2024-07-31"]
    let(case, "2024-08-01")
    assert due() == ["2024-08-31"]  # the month that was missed is told by its progress


def test_done_n_of_at_least_m_is_told_by_period() -> None:
    case = case_of("au moins deux par année")
    let(case, "2024-06-26")
    handle(case, FinishTask(task=1), on("2024-06-27"))
    handle(case, FinishTask(task=1, occurrence="2023"), on("2024-06-27"))
    handle(case, FinishTask(task=1, occurrence="2023-05-06"), on("2024-06-27"))
    assert progress(case, 1, "2024") == Progress(1, Count(2), "2024")
    assert progress(case, 1, "2023/2024") == Progress(3, Count(4), "2023/2024")
    assert progress(case, 1, "2022") == Progress(0, Count(2), "2022")
    assert progress(case, 1, "2024/..") is None and progress(case, 9, "2024") is None
    said = write_progress(Progress(1, Count(2), "2024"), "fr"), write_progress(Progress(1, Count(2), "2024"), "en")
    assert said == ("fait 1 fois sur au moins 2, en 2024", "done 1 time of at least 2, in 2024")
    assert write_progress(Progress(2, Count(2, 3), "2024-05"), "fr") == "fait 2 fois sur au moins 2 et au plus 3, en mai 2024"
    assert write_progress(Progress(0, ONCE, "2020-23"), "fr") == "fait 0 fois sur 1, à l’automne 2020"


def test_what_was_done_is_taken_back_like_any_fact() -> None:
    case = case_of("annuellement")
    handle(case, FinishTask(task=1), on("2024-06-26"))
    finish = next(new.originator_version for new in case.new if isinstance(new.event, OccurrenceFinished))
    handle(case, RetractFact(event=finish, reason="erreur"), on("2024-06-26"))
    assert progress(case, 1, "2024") == Progress(0, ONCE, "2024")


def test_a_task_that_does_not_come_back_is_finished_as_ever() -> None:
    case = case_of("juin 2025")
    with pytest.raises(ReturnsNot):
        handle(case, FinishTask(task=1, occurrence="2025-06"), on("2024-06-26"))
    handle(case, FinishTask(task=1), on("2024-06-26"))
    assert case.tasks[1].done


def test_a_meeting_that_is_announced_moved_and_called_off() -> None:
    case = case_of("deux semaines avant chaque CA", "à chaque AG")
    (came,) = let(case, "2024-06-26", meeting("2024-09-19"))
    assert (came.task, came.occurrence, came.due) == (1, "2024-09-19", date(2024, 9, 5))
    assert let(case, "2024-06-27", meeting("2024-09-19")) == []
    (moved,) = let(case, "2024-06-28", meeting("2024-10-03"))
    assert (moved.due, len(case.turns[1])) == (date(2024, 9, 19), 1)
    (off,) = let(case, "2024-06-29", meeting("2024-10-03", off=True))
    assert isinstance(off, OccurrenceDropped) and case.turns[1] == {}
    assert let(case, "2024-06-30", meeting("2024-10-03", off=True)) == []
    assert progress(case, 1, "2024") is None


def test_each_meeting_is_a_turn_and_is_counted() -> None:
    case = case_of("à chacun des CA")
    let(case, "2024-06-26", meeting("2024-09-19", 1), meeting("2024-11-21", 2))
    with pytest.raises(OccurrenceUnknown):
        handle(case, FinishTask(task=1), on("2024-06-26"))
    handle(case, FinishTask(task=1, occurrence="2024-09-19"), on("2024-09-19"))
    assert progress(case, 1, "2024") == Progress(1, Count(2, 2), "2024")
    handle(case, FinishTask(task=1), on("2024-11-21"))
    assert progress(case, 1, "2024") == Progress(2, Count(2, 2), "2024")
    with pytest.raises(OccurrenceUnknown):
        handle(case, FinishTask(task=1, occurrence="2031-01-01"), on("2024-11-21"))


@pytest.mark.parametrize(
    ("words", "names", "same"),
    [
        ("à chacun des CA", ("Conseil d’administration",), True), ("à chacun des CA", ("C.A.",), True),
        ("à chaque assemblée générale", ("AG",), True), ("avant chacune des assemblées générales", ("Assemblée générale",), True),
        ("à chacun des CA", ("Comité d’accueil",), True), ("à chacun des CA", ("Comité exécutif",), False),
        ("à chaque congrès", ("Congrès",), True), ("à toutes les réunions du conseil", ("Conseil",), False),
    ],
)  # fmt: skip
def test_a_body_is_meant_by_its_name_or_its_initials(words: str, names: tuple[str, ...], same: bool) -> None:
    assert bool(let(case_of(words), "2024-06-26", meeting("2024-09-19", names=names))) is same


def test_a_year_that_begins_in_april_turns_in_april() -> None:
    case = case_of("annuellement")
    (came,) = let(case, "2024-06-26", calendar=Calendar(year_begins=4))
    assert (came.occurrence, came.due) == ("2024-04/2025-03", date(2025, 3, 31))
