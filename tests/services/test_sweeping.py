"""The sweep takes each step once, when it has come, and never another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.time.working import Calendar
from services import watching
from services.organisation import configure
from services.rebuilding import rebuild_due
from services.schema import Urls
from services.sweeping import TRIES, sweep
from tests.homes import opened, secretary
from tests.services.clockwork import START, Clockwork, clockwork, hours, local


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    with clockwork(database) as work:
        yield work


def test_nothing_before_its_hour_then_once(work: Clockwork) -> None:
    ref = work.due(17, "2024-09-27")  # a Friday: the first step is on Tuesday, for Monday 30 September is a holiday
    clock = next(iter(work.case(ref).clocks.values()))
    assert clock.next and clock.next.at == local("2024-10-01 08:00")
    assert work.sweep_at(local("2024-10-01 07:59")).steps == 0
    assert work.sweep_at(local("2024-10-01 08:00")).steps == 1
    assert sweep(work.store).steps == 0
    (step,) = work.steps(ref)
    assert (step.step, step.repetition, step.at) == (1, 1, local("2024-10-01 08:00"))
    assert step.told == (work.person("lea"),) and step.unheld == ()
    assert step.next and step.next.at == local("2024-10-08 08:00")


def test_after_an_outage_each_step_is_recorded_and_one_is_told(work: Clockwork) -> None:
    ref = work.due(17, "2024-09-27")
    assert work.sweep_at(local("2025-06-02 10:00")).steps == 6
    steps = work.steps(ref)
    assert [(s.step, s.repetition) for s in steps] == [(1, 1), (2, 1), (3, 1), (3, 2), (3, 3), (3, 4)]
    assert [bool(s.told) for s in steps] == [False] * 5 + [True]
    assert steps[0].at == local("2024-10-01 08:00") and steps[-1].next is None
    assert sorted(s.at for s in steps) == [s.at for s in steps]
    assert sweep(work.store).steps == 0 and work.rows()[0][6] == "spent"


def test_a_date_already_past_lapses(work: Clockwork) -> None:
    ref = work.due(17, "2024-09-17")
    (clock,) = work.case(ref).clocks.values()
    assert clock.state == "lapsed" and clock.next is None
    assert work.sweep_at(local("2026-01-05 10:00")).steps == 0 and work.steps() == []


def test_nobody_for_a_role_is_said_to_the_secretary(work: Clockwork) -> None:
    nobody = work.due(17, "2024-09-18", owner=None)
    silent = work.due(18, "2024-09-18", owner="person:lea")
    work.do("person:lea", "set-address", mail=None)
    work.sweep_at(local("2024-09-19 08:00"))
    for ref in (nobody, silent):
        (step,) = work.steps(ref)
        assert step.told == (work.actor.person,) and step.unheld == ("owner",)


def test_a_body_answers_by_its_chair_then_its_secretary(work: Clockwork) -> None:
    ref = work.adopt(17)
    work.do(ref, "refer", body="body:climat", due="2024-09-18")
    work.sweep_at(local("2024-09-19 08:00"))
    assert work.steps(ref)[-1].told == (work.person("noe"),)
    work.do("body:climat", "end-term", person="person:noe", charge="chair")
    work.do("body:climat", "appoint", person="person:lea", charge="secretary")
    work.sweep_at(local("2024-09-26 08:00"))
    assert work.steps(ref)[-1].told == (work.person("lea"), work.actor.person)  # the case itself has no owner


def test_who_may_not_see_the_case_is_not_told(work: Clockwork) -> None:
    ref = work.due(17, "2024-09-18")
    work.do(ref, "restrict", visibility="officers")
    work.sweep_at(local("2024-09-19 08:00"))
    assert work.steps(ref)[0].told == (work.actor.person,)


def test_acts_that_settle_it_stop_the_clock(work: Clockwork) -> None:
    done = work.due(17, "2024-09-20")
    work.do(done, "complete", completion="full")
    later = work.due(18, "2024-09-20")
    work.do(later, "set-due", due="2025-01-10")
    seen = work.due(19, "2024-09-18")
    work.sweep_at(local("2024-09-19 08:00"))
    work.do(seen, "acknowledge-step")
    put_off = work.due(20, "2024-09-20")
    work.do(put_off, "snooze", until="2024-12-24")
    work.sweep_at(local("2024-12-31 10:00"))
    assert {ref: len(work.steps(ref)) for ref in (done, later, seen, put_off)} == {done: 0, later: 0, seen: 1, put_off: 1}
    assert work.steps(put_off)[0].at == local("2024-12-24 08:00")


def test_other_working_days_reckon_running_clocks_anew(work: Clockwork) -> None:
    ref = work.due(17, "2024-09-18")
    configure(work.store, work.actor, {"days_off": ["2024-09-19"]})
    swept = work.sweep_at(local("2024-09-19 08:00"))
    assert (swept.recomputed, swept.steps) == (1, 0)
    assert work.sweep_at(local("2024-09-20 08:00")).steps == 1
    assert work.steps(ref)[0].at == local("2024-09-20 08:00")


def test_the_due_rows_are_made_anew_as_they_are(work: Clockwork) -> None:
    for number in range(1, 6):
        work.due(number, f"2024-09-{18 + number}")
    work.do("2023:1", "add-task", text="écrire", due="2024-10-04")
    work.sweep_at(local("2024-09-23 08:00"))
    work.do("2023:1", "acknowledge-step", clock="due")
    work.do("2023:2", "complete", completion="full")
    work.do("2023:3", "snooze", until="2024-11-01")
    rows = work.rows()
    assert rebuild_due(work.store) == len(rows) == 5
    assert work.rows() == rows


def test_one_poisonous_case_does_not_hold_up_the_others(work: Clockwork) -> None:
    refs = [work.due(number, "2024-09-18") for number in range(1, 8)]
    stream = work.case(refs[3]).id
    work.store.connection.execute("UPDATE suivi.due SET stream = %s WHERE stream = %s", (uuid4(), stream))
    swept = work.sweep_at(local("2024-09-19 08:00"))
    assert (swept.steps, swept.failed) == (6, 1)
    for _ in range(TRIES + 3):
        work.move_to(work.store.present.now + timedelta(days=1))
        sweep(work.store)
    tries, parked = work.store.connection.execute("SELECT tries, parked FROM suivi.troubles").fetchone() or (0, False)
    assert (tries, parked) == (TRIES, True)
    assert watching.watch(work.store.connection).troubles == 1
    rebuild_due(work.store)
    assert sweep(work.store).steps > 0 and work.steps(refs[3])


def test_a_simulated_year_hour_by_hour(work: Clockwork) -> None:
    """Each step once, in working hours of working days, on both sides of both clock changes."""
    dates = ["2024-09-20", "2024-10-11", "2024-11-01", "2024-12-20", "2024-12-31", "2025-03-07", "2025-04-17", "2025-06-23"]
    refs = [work.due(number, due) for number, due in enumerate(dates, 1)]
    work.do(refs[0], "add-task", text="écrire à la ministre", owner="person:lea", due="2024-23")
    work.do(refs[1], "refer", body="body:climat", due="2024-12-24")
    work.do(refs[2], "postpone", until="2025-03-09", reason="après le congrès")
    for hour in hours(START, local("2025-09-18 09:00")):
        work.move_to(hour)
        if work.store.connection.execute("SELECT 1 FROM suivi.due WHERE next_at <= suivi.now()").fetchone():
            sweep(work.store)
    calendar, steps = Calendar(), work.steps()
    assert len({step.id for step in steps}) == len(steps) == 11 * 6 - 1  # the last of a ladder begun in June comes later
    for step in steps:
        assert calendar.works(step.at.astimezone(START.tzinfo).date())
        assert step.at.astimezone(START.tzinfo).hour == 8 and step.told
    recorded = work.store.connection.execute(
        "SELECT recorded_at FROM suivi.events WHERE topic = 'EscalationStepTaken' ORDER BY recorded_at"
    ).fetchall()
    assert sorted(step.at for step in steps) == [at.astimezone(UTC) for (at,) in recorded], "none early, none late"


def test_simulated_time_only_goes_on(database: Urls) -> None:
    with clockwork(database) as work:
        for back in (START - timedelta(days=1), None):
            with pytest.raises(psycopg.Error, match="only goes on"):
                work.move_to(back)


def test_a_store_that_has_lived_is_never_simulated(database: Urls) -> None:
    with opened(database) as home:
        secretary(home)
        with pytest.raises(psycopg.Error, match="lives in real time"):
            home.store.connection.execute("UPDATE suivi.clock SET simulated_at = now()")


def test_step_ids_are_those_of_the_clock_wherever_they_are_computed(work: Clockwork) -> None:
    ref = work.due(17, "2024-09-18")
    (clock,) = work.case(ref).clocks.values()
    assert clock.next
    before = clock.next.id
    work.sweep_at(local("2024-09-19 08:00"))
    assert work.steps(ref)[0].id == before
    key = work.store.connection.execute("SELECT stream FROM suivi.keys WHERE scope = 'step' AND key = %s", (str(before),))
    assert key.fetchone() == (work.case(ref).id,)
    logged = work.store.connection.execute("SELECT 1 FROM suivi.command_log WHERE command_id = %s", (before,)).fetchone()
    assert logged == (1,)
    assert isinstance(before, UUID) and date(2024, 9, 18) < work.store.present.calendar.today(work.store.present.now)
