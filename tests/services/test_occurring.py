"""What comes back is let come by the sweep: once, on time, by the organisation's days, whoever else sweeps."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.case.tasks import TaskAdded
from domain.case.turns import OccurrenceCame
from domain.conditions import at_once
from domain.time.schedules import read_schedule
from services import occurring, subjects
from services.execute import Work, commit
from services.organisation import configure
from services.schema import Urls
from services.store import Store
from services.sweeping import sweep
from tests.services.clockwork import Clockwork, clockwork, local


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    with clockwork(database) as work:
        yield work


def line(work: Clockwork, number: int, words: str) -> str:
    """A case with a line of that schedule."""
    ref = work.adopt(number)
    schedule = read_schedule(words)[0].schedule
    stream = work.case(ref).id

    def decide(work_: Work) -> None:
        case = work_.loaded[stream] = subjects.load(work.store, stream)
        case.trigger(TaskAdded(number=1, text="Rencontre", schedule=schedule, **at_once(work_.act)), work_.act)

    commit(work.store, work.actor, {"line": str(uuid4())}, decide)
    work.home.catch_up()
    return ref


def at(work: Clockwork, instant: str) -> Any:
    swept = work.sweep_at(local(instant))
    work.home.catch_up()
    return swept


def came(work: Clockwork, ref: str) -> list[tuple[str, date]]:
    return [(each.event.occurrence, each.event.due) for each in work.case(ref).history
            if isinstance(each.event, OccurrenceCame)]  # fmt: skip


def rows(work: Clockwork) -> list[tuple[Any, ...]]:
    query = "SELECT task, next_on, awaits FROM suivi.rhythms ORDER BY stream, task"
    return work.store.connection.execute(query).fetchall()


def test_a_turn_comes_when_its_month_begins_and_never_twice(work: Clockwork) -> None:
    ref = line(work, 1, "chaque mois")
    assert at(work, "2024-09-18 10:00").turns == 1
    assert came(work, ref) == [("2024-09", date(2024, 9, 30))] and rows(work) == [(1, date(2024, 10, 1), False)]
    assert at(work, "2024-09-30 23:59").turns == 0
    assert at(work, "2024-10-01 00:01").turns == 1
    assert at(work, "2024-10-01 00:02").turns == 0
    assert [due for due, _ in came(work, ref)] == ["2024-09", "2024-10"]
    assert work.case(ref).tasks[1].done is False


def test_after_three_months_without_a_sweep_each_has_come(work: Clockwork) -> None:
    ref = line(work, 1, "chaque mois")
    at(work, "2024-09-18 10:00")
    assert at(work, "2024-12-02 08:00").turns == 3
    assert [period for period, _ in came(work, ref)] == ["2024-09", "2024-10", "2024-11", "2024-12"]


def test_ten_sweeps_at_once_let_it_come_once(work: Clockwork, database: Urls) -> None:
    refs = [line(work, number, "chaque semaine") for number in (1, 2, 3)]
    at(work, "2024-09-18 10:00")
    work.move_to(local("2024-09-23 09:00"))
    start = threading.Barrier(5)

    def go() -> None:
        with Store(database.writer) as store:
            start.wait()
            sweep(store)

    with ThreadPoolExecutor(5) as pool:
        for done in [pool.submit(go) for _ in range(5)]:
            done.result()
    assert [len(came(work, ref)) for ref in refs] == [2, 2, 2]


def test_a_pass_reads_nothing_of_the_past(work: Clockwork) -> None:
    line(work, 1, "chaque mois")
    at(work, "2024-09-18 10:00")
    at(work, "2024-09-18 10:01")
    (position,) = work.store.connection.execute("SELECT position FROM suivi.rhythms_read").fetchone() or (0,)
    assert position == work.store.connection.execute("SELECT max(position) FROM suivi.log").fetchone()[0]  # type: ignore[index]
    _, cases, bodies, more = occurring._news(work.store)
    assert (cases, bodies, more) == ([], set(), False)


def test_a_lost_table_is_made_again_from_the_log(work: Clockwork) -> None:
    ref = line(work, 1, "chaque mois")
    at(work, "2024-09-18 10:00")
    work.store.connection.execute("DELETE FROM suivi.rhythms")
    work.store.connection.execute("UPDATE suivi.rhythms_read SET position = 0")
    assert at(work, "2024-10-01 10:00").turns == 1
    assert [period for period, _ in came(work, ref)] == ["2024-09", "2024-10"]


def test_what_is_over_comes_no_more_and_what_is_reopened_does(work: Clockwork) -> None:
    ref = line(work, 1, "chaque mois")
    at(work, "2024-09-18 10:00")
    work.do(ref, "start")
    work.do(ref, "complete", completion="full")
    work.home.catch_up()
    assert at(work, "2024-10-01 10:00").turns == 0 and rows(work) == [(1, None, False)]
    work.do(ref, "reopen", reason="à revoir")
    work.home.catch_up()
    assert at(work, "2024-10-02 10:00").turns == 1


def test_a_meeting_brings_its_turn_and_takes_it_away(work: Clockwork) -> None:
    ref = line(work, 1, "deux semaines avant chaque CA")
    work.do("body:ca", "create", name="Conseil d’administration")
    work.do("body:ca", "announce-meeting", date="2024-11-21", place="Québec")
    work.home.catch_up()
    assert at(work, "2024-09-18 10:00").turns == 1
    assert came(work, ref) == [("2024-11-21", date(2024, 11, 7))]
    work.do("body:ca", "move-meeting", date="2024-12-05", reason="tempête")
    work.home.catch_up()
    at(work, "2024-09-18 10:01")
    assert came(work, ref)[-1] == ("2024-12-05", date(2024, 11, 21)) and len(work.case(ref).turns[1]) == 1
    work.do("body:ca", "cancel-meeting", reason="quorum")
    work.home.catch_up()
    at(work, "2024-09-18 10:02")
    assert work.case(ref).turns[1] == {}


def test_a_line_that_is_added_later_hears_of_the_meetings_to_come(work: Clockwork) -> None:
    work.do("body:ca", "create", name="CA")
    work.do("body:ca", "announce-meeting", date="2024-11-21")
    work.home.catch_up()
    at(work, "2024-09-18 10:00")
    ref = line(work, 1, "à chacun des CA")
    at(work, "2024-09-18 10:01")
    assert came(work, ref) == [("2024-11-21", date(2024, 11, 21))]


def test_one_poisonous_case_does_not_hold_up_the_others(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = line(work, 1, "chaque mois")
    good = line(work, 2, "chaque mois")
    at(work, "2024-09-18 10:00")
    poison = work.case(bad).id

    def ask(store: Store, stream: Any, meetings: Any) -> int:
        if stream == poison:
            raise RuntimeError("no")
        return whole(store, stream, meetings)

    whole = occurring._ask
    with monkeypatch.context() as patch:
        patch.setattr(occurring, "_ask", ask)
        swept = at(work, "2024-10-01 10:00")
    assert (swept.turns, swept.failed) == (1, 1)
    assert len(came(work, good)) == 2 and len(came(work, bad)) == 1
    assert at(work, "2024-10-02 10:00").turns == 1  # asked again the next day


def test_a_year_that_begins_in_april_is_that_of_the_settings(work: Clockwork) -> None:
    configure(work.store, work.actor, {"year_begins": "avril", "seasons": {"hiver": "1er décembre"}})
    ref = line(work, 1, "annuellement")
    at(work, "2024-09-18 10:00")
    assert came(work, ref) == [("2024-04/2025-03", date(2025, 3, 31))]


def test_another_month_is_that_of_what_waits_too(work: Clockwork) -> None:
    """No case has anything new: the settings alone bring the turn of a year that begins earlier."""
    ref = line(work, 1, "annuellement")
    at(work, "2024-09-18 10:00")
    assert came(work, ref) == [("2024", date(2024, 12, 31))] and rows(work) == [(1, date(2025, 1, 1), False)]
    configure(work.store, work.actor, {"year_begins": "novembre"})
    at(work, "2024-11-02 10:00")
    assert came(work, ref)[-1] == ("2024-11/2025-10", date(2025, 10, 31))
    assert rows(work) == [(1, date(2025, 11, 1), False)]


def test_the_hours_of_the_change_of_clocks_bring_each_day_once(work: Clockwork) -> None:
    ref = line(work, 1, "chaque jour")
    for instant in (datetime(2024, 11, 3, 4, 30, tzinfo=UTC), datetime(2024, 11, 3, 5, 30, tzinfo=UTC),
                    datetime(2024, 11, 3, 6, 30, tzinfo=UTC), datetime(2024, 11, 4, 4, 59, tzinfo=UTC)):  # fmt: skip
        work.sweep_at(instant)
        work.home.catch_up()
    assert [period for period, _ in came(work, ref)] == ["2024-11-03"]
