"""Clocks when several sweep, when one case is poisonous, when pages are full; and planted bugs that the checks see."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.clocks import Clocked
from services import sweeping, watching
from services.doctor import ClocksFailing, examine
from services.present import KEEP, Present
from services.rebuilding import rebuild
from services.recipients import Recipients
from services.schema import Urls
from services.store import Store
from services.sweeping import TRIES, Swept, sweep
from tests.services.clock_racing import take_what_was_read, until
from tests.services.clockwork import START, Clockwork, clockwork, local
from tests.services.planting import planted
from tests.services.ringing import check_clocks, check_due_rows, check_nothing_waits, check_steps

RUNG = local("2024-09-19 08:00")  # of what is due on the 18th
TIMES = 50


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    with clockwork(database) as work:
        yield work


def sweep_at_once(urls: Urls, sweepers: int) -> None:
    """Each with a store of its own, all beginning together."""
    start = threading.Barrier(sweepers)

    def go() -> Swept:
        with Store(urls.writer) as store:
            start.wait()
            return sweep(store)

    with ThreadPoolExecutor(sweepers) as pool:
        for done in [pool.submit(go) for _ in range(sweepers)]:
            done.result()


def test_five_sweepers_take_each_step_once(work: Clockwork, database: Urls) -> None:
    work.due_at_once(range(1, 21), "2024-09-18")
    work.move_to(RUNG)
    sweep_at_once(database, 5)
    assert check_clocks(work.store) == 20


def test_a_step_that_is_asked_for_again_stays_what_it_is(work: Clockwork) -> None:
    """Under its id, by an order that was delivered fifty times."""
    ref = work.due(17, "2024-09-18")
    clock, stream = next(iter(work.case(ref).clocks)), work.case(ref).id
    work.sweep_at(RUNG)
    (step,) = work.steps(ref)
    version = work.case(ref).version
    swept = Swept()
    for _ in range(TIMES):
        sweeping._take(work.store, swept, Recipients(work.store), clock, stream, step.id)
    assert (swept, work.case(ref).version) == (Swept(), version)
    work.move_to(local("2024-09-26 08:00"))  # the next one has come: it has an id of its own
    for _ in range(TIMES):
        sweeping._take(work.store, swept, Recipients(work.store), clock, stream, step.id)
    assert (swept, work.case(ref).version) == (Swept(), version)
    assert sweep(work.store).steps == 1 and check_clocks(work.store) == 2


def test_twin_a_step_without_an_id_of_its_own(work: Clockwork, database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(store: Store, _swept: Swept, _who: Recipients, clock: UUID, stream: UUID, _step: UUID) -> None:
        def meanwhile() -> None:
            readers[clock] += 1
            until(lambda: readers[clock] > 1, "another who has read it")

        take_what_was_read(store, stream, clock, uuid4(), meanwhile=meanwhile)

    readers = Counter[UUID]()
    monkeypatch.setattr(sweeping, "_take", take)
    work.due_at_once(range(1, 4), "2024-09-18")
    work.move_to(RUNG)
    sweep_at_once(database, 5)
    with pytest.raises(AssertionError, match="taken twice"):
        check_steps(work.store)


def lead_astray(work: Clockwork, stream: UUID) -> None:
    """The due row of a case names one that does not exist."""
    work.store.connection.execute("UPDATE suivi.due SET stream = %s WHERE stream = %s", (uuid4(), stream))


def garble(work: Clockwork, stream: UUID) -> None:
    """A case ends with an event that nobody can read."""
    with psycopg.connect(work.home.urls.owner) as connection:
        connection.execute(
            "INSERT INTO suivi.events SELECT stream, version + 1, 'Garbled', '{', '{}', actor, gen_random_uuid(), recorded_at"
            " FROM suivi.events WHERE stream = %s ORDER BY version DESC LIMIT 1", (stream,),
        )  # fmt: skip


def poison(work: Clockwork, cases: int, how: Callable[[Clockwork, UUID], None]) -> str:
    """One of so many cases is poisoned, and everything comes due: the others are on time. Returns its REF."""
    work.due_at_once(range(1, cases + 1), "2024-09-18")
    ref = f"2023:{cases // 2}"
    how(work, work.case(ref).id)
    swept = work.sweep_at(RUNG)
    assert (swept.steps, swept.failed) == (cases - 1, 1)
    for _ in range(TRIES - 1):
        assert watching.watch(work.store.connection).troubles == 1, "what failed once is in sight"
        work.move_to(work.store.present.now + timedelta(hours=4))
        assert sweep(work.store).failed == 1
    work.move_to(work.store.present.now + timedelta(days=7))
    assert sweep(work.store).failed == 0, "what was set aside is tried again and again"
    (told,) = (found for found in examine(work.home).findings if isinstance(found, ClocksFailing))
    assert told.facts["count"] == 1
    return ref


def test_one_poisonous_case_of_five_hundred(work: Clockwork) -> None:
    ref = poison(work, 500, lead_astray)
    rebuild(work.home, "due", lambda *_: None)
    assert sweep(work.store).steps >= 1 and work.steps(ref)
    assert watching.watch(work.store.connection).troubles == 0
    check_clocks(work.store)


def test_a_case_that_cannot_be_read_is_set_aside(work: Clockwork) -> None:
    poison(work, 12, garble)


def test_who_cannot_be_read_is_set_aside_until_the_clock_ends(work: Clockwork) -> None:
    """The case is sound, its owner is not: whoever settles the case settles the trouble."""
    refs = [work.due(1, "2024-09-18"), work.due(2, "2024-09-18", owner="person:noe")]
    garble(work, work.person("noe"))
    assert work.sweep_at(RUNG).failed == 1 and [bool(work.steps(ref)) for ref in refs] == [True, False]
    for _ in range(TRIES):
        work.move_to(work.store.present.now + timedelta(hours=4))
        sweep(work.store)
    assert watching.watch(work.store.connection).troubles == 1
    work.do(refs[1], "complete", completion="full")
    sweep(work.store)
    assert watching.watch(work.store.connection).troubles == 0


@pytest.mark.parametrize("cases", [9, 10, 20, 21])
def test_whole_pages_are_followed_by_others(work: Clockwork, monkeypatch: pytest.MonkeyPatch, cases: int) -> None:
    monkeypatch.setattr(sweeping, "PAGE", 10)
    work.due_at_once(range(1, cases + 1), "2024-09-18")
    work.move_to(RUNG)
    assert sweep(work.store, limit=4).steps == 4
    assert sweep(work.store).steps == cases - 4
    check_clocks(work.store)


@pytest.mark.parametrize(("was", "becomes"), [
    ("len(rows) < page", "len(rows) <= page"),
    ("rows[-1][:2]", "rows[-1][0], UUID(int=2**128 - 1)"),
])  # fmt: skip
def test_twin_what_comes_after_a_whole_page_is_missed(
    work: Clockwork, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str
) -> None:
    monkeypatch.setattr(sweeping, "PAGE", 10)
    work.due_at_once(range(1, 21), "2024-09-18")
    work.move_to(RUNG)
    planted(sweep, was, becomes)(work.store)
    with pytest.raises(AssertionError, match="were missed"):
        check_nothing_waits(work.store)


def test_twin_dates_that_were_past_ring(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = planted(Clocked._start_clock, "ring if ends >= act.now else None", "ring")
    monkeypatch.setattr(Clocked, "_start_clock", begin)
    work.due(17, "2024-09-17")
    work.sweep_at(START + timedelta(days=1))
    with pytest.raises(AssertionError, match="a date that was past when it was set"):
        check_steps(work.store)


def test_twin_a_deadline_whose_row_is_written_apart(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever dies between the two leaves a deadline that nobody will be reminded of."""
    monkeypatch.setattr("services.store.due_rows", lambda _: [])  # the second half never comes
    work.due(17, "2024-09-18")
    with pytest.raises(AssertionError, match="without a due row"):
        check_due_rows(work.store)


def test_the_present_outlives_jumps_of_the_clock_that_it_counts_with(
    database: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(database.writer) as store:
        jump_about(store, monkeypatch)


def test_twin_a_present_that_counts_on_whatever_its_clock_does(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = planted(Present._look_at_times, "0 <= passed", "self._seen is not None and passed")
    monkeypatch.setattr(Present, "_look_at_times", bug)
    with Store(database.writer) as store, pytest.raises(AssertionError, match="off"):
        jump_about(store, monkeypatch)


def jump_about(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process's clock leaps to and fro; the time stays that of the database, give or take the last count."""
    really, at = time.monotonic, 0.0
    monkeypatch.setattr("services.present.time", SimpleNamespace(monotonic=lambda: really() + at))
    for at in (0.0, 3_600.0, -3_600.0, 259_200.0, -KEEP * 2, 0.0):
        row = store.connection.execute("SELECT clock_timestamp()").fetchone()
        assert row and abs(store.present.now - row[0]) < timedelta(seconds=KEEP + 60), f"{at} s: the time is off"
