"""Working days that change under the sweeps, nights on which the hour changes, leap days and ends of years."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.clocks import ClockRecomputed
from domain.time.working import Calendar
from services import sweeping
from services.organisation import configure
from services.recipients import Recipients
from services.schema import Urls
from services.store import Store
from services.sweeping import Swept, sweep
from tests.services.clockwork import Clockwork, clockwork, local
from tests.services.planting import planted
from tests.services.ringing import check_clocks, check_nothing_waits

RUNG = local("2024-09-19 08:00")  # of what is due on the 18th
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    with clockwork(database) as work:
        yield work


def change_between_look_and_question(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass has reckoned anew what was outdated, and then the day becomes a day off: nobody is reminded on it."""
    really, ref = sweeping._recompute, work.due(17, "2024-09-18")

    def recompute(store: Store, *more: object) -> None:
        really(store, *more)  # type: ignore[arg-type]  # what it was called with
        if not configured:
            configured.append(configure(store, work.actor, {"days_off": ["2024-09-19"]}))

    configured: list[object] = []
    monkeypatch.setattr(sweeping, "_recompute", recompute)
    assert work.sweep_at(RUNG).steps == 0, "someone was reminded on the day that is off"
    work.sweep_at(RUNG + HALF_HOUR)
    work.sweep_at(local("2024-09-20 08:00"))
    check_nothing_waits(work.store)
    assert [step.at for step in work.steps(ref)] == [local("2024-09-20 08:00")]
    check_clocks(work.store)


def test_a_day_that_becomes_a_day_off_on_the_way(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    change_between_look_and_question(work, monkeypatch)


def test_twin_what_is_reckoned_anew_spends_the_id_of_the_step(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is then taken for recorded, for ever."""
    take = planted(
        sweeping._take,
        "running = subject.clocks.get(clock)\n        if running is None or running.calendar != work.act.calendar.version:",
        "subjects.handle(subject, RecomputeClocks(), work.act)\n"
        "        running = subject.clocks.get(clock)\n        if running is None:",
    )
    monkeypatch.setattr(sweeping, "_take", take)
    with pytest.raises(AssertionError, match="1 steps were missed"):
        change_between_look_and_question(work, monkeypatch)


def test_twin_a_sweep_that_asks_whatever_the_calendar(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    take = planted(sweeping._take, "running is None or running.calendar != work.act.calendar.version", "running is None")
    monkeypatch.setattr(sweeping, "_take", take)
    with pytest.raises(AssertionError, match="on the day that is off"):
        change_between_look_and_question(work, monkeypatch)


@pytest.mark.parametrize("seed", range(3))
def test_the_calendar_is_edited_while_three_sweep(
    work: Clockwork, database: Urls, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Twice, one after the other. What is asked after the answer "configured" knows it."""
    work.due_at_once(range(1, 41), "2024-09-18")
    work.move_to(RUNG)
    configured, over, really = threading.Event(), threading.Event(), sweeping._take
    late: list[UUID] = []

    def take(store: Store, swept: Swept, who: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
        after, before = configured.is_set(), swept.steps
        really(store, swept, who, clock, stream, step)
        late.extend([clock] if after and swept.steps > before else [])

    def go() -> None:
        with Store(database.writer) as store:
            while not over.is_set():
                sweep(store)

    monkeypatch.setattr(sweeping, "_take", take)
    with ThreadPoolExecutor(3) as pool:
        sweepers = [pool.submit(go) for _ in range(3)]
        time.sleep(0.02 * seed)
        for days in (["2024-09-19"], ["2024-09-19", "2024-09-20"]):
            configure(work.store, work.actor, {"days_off": days})
            configured.set()
        over.set()
        for done in sweepers:
            done.result()
    assert not late, "someone was reminded on a day off"
    before = len(work.steps())
    for instant in (RUNG, local("2024-09-20 08:00"), local("2024-09-20 17:30")):
        assert work.sweep_at(instant).steps == 0
    assert work.sweep_at(local("2024-09-23 08:00")).steps == 40 - before
    assert {row[7] for row in work.rows()} == {2}, "a row is reckoned with former working days"
    anew = [each.event for each in work.store.events_of(["ClockRecomputed"])]
    assert len(anew) >= 40 and all(isinstance(event, ClockRecomputed) for event in anew)
    assert check_clocks(work.store) == 40


SEASONS = {
    "the hour goes back": ("2024-11-01", {
        "2024-10-31": "2024-11-01T12:00Z", "2024-11-01": "2024-11-04T13:00Z", "2024-11-02": "2024-11-04T13:00Z",
        "2024-11-03": "2024-11-04T13:00Z", "2024-11-04": "2024-11-05T13:00Z",
    }),
    "the year ends": ("2024-12-31", {"2024-12-30": "2024-12-31T13:00Z", "2024-12-31": "2025-01-02T13:00Z"}),
    "the hour goes forward": ("2025-03-07", {
        "2025-03-06": "2025-03-07T13:00Z", "2025-03-07": "2025-03-10T12:00Z", "2025-03-08": "2025-03-10T12:00Z",
        "2025-03-09": "2025-03-10T12:00Z", "2025-03-10": "2025-03-11T12:00Z",
    }),
    "a leap day": ("2028-02-28", {
        "2028-02-28": "2028-02-29T13:00Z", "2028-02-29": "2028-03-01T13:00Z", "2028-03-01": "2028-03-02T13:00Z",
    }),
}  # fmt: skip


def pass_through(work: Clockwork, season: str) -> None:
    """Sweeps every half-hour for five days; each first step comes at its instant, as worked out by hand."""
    first, expected = SEASONS[season]
    start = local(f"{first} 00:00").astimezone(UTC)
    refs = [work.due(number, due) for number, due in enumerate(expected, 1)]
    for n in range(5 * 48):
        work.sweep_at(start + n * HALF_HOUR)
    recorded = dict(work.store.connection.execute(
        "SELECT stream, min(recorded_at) FROM suivi.events WHERE topic = 'EscalationStepTaken' GROUP BY stream"
    ).fetchall())  # fmt: skip
    found = {ref: recorded.get(work.case(ref).id) for ref in refs}
    assert found == dict(zip(refs, map(datetime.fromisoformat, expected.values()), strict=True))
    check_clocks(work.store)


@pytest.mark.parametrize("season", SEASONS)
def test_steps_come_at_their_hour(work: Clockwork, season: str) -> None:
    pass_through(work, season)


def test_twin_hours_reckoned_in_winter_time(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = planted(Calendar._instant, "datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC)",
                  "datetime.combine(day, hour, UTC) + 5 * timedelta(hours=1)")  # fmt: skip
    monkeypatch.setattr(Calendar, "_instant", bug)
    with pytest.raises(AssertionError):
        pass_through(work, "the hour goes back")


@pytest.mark.parametrize(("day", "last"), [
    ("2024-11-03", "2024-11-04T04:59:59.999999Z"),  # of 25 hours
    ("2025-03-09", "2025-03-10T03:59:59.999999Z"),  # of 23
    ("2028-02-29", "2028-03-01T04:59:59.999999Z"),
])  # fmt: skip
def test_a_day_lapses_when_it_ends(work: Clockwork, day: str, last: str) -> None:
    end = datetime.fromisoformat(last)
    refs = []
    for number, instant in enumerate((end - timedelta(hours=23), end, end + timedelta(microseconds=1)), 1):
        work.move_to(instant)
        refs.append(work.due(number, day))
    clocks = [next(iter(work.case(ref).clocks.values())) for ref in refs]
    assert [clock.state for clock in clocks] == ["running", "running", "lapsed"]
    assert {clock.ends for clock in clocks} == {end}
