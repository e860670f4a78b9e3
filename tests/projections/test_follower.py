"""The follower: whatever the batches, whoever follows, however it is cut, the rows are the same and nothing is skipped."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.base import Recorded
from domain.clocks import ClockEvent
from projections import cases as projected
from projections import follower
from projections.cases import Cases
from projections.demarches import Demarches
from projections.directory import Directory
from projections.entries import Entries
from projections.follower import Projection, ProjectionFailed, Tables
from projections.registry import PROJECTIONS
from projections.search import Search
from services.home import Home, ListsBehind
from services.reading import When, cases
from services.schema import Urls
from services.sequencer import sequence_all
from services.store import Store
from tests.homes import do, lists, opened
from tests.projections.lives import Lives


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


@pytest.fixture
def recorded(home: Home, tmp_path: Path) -> Home:
    """Everything is in the log, nothing in the lists."""
    lives = Lives(home, tmp_path, seed=11)
    lives.adopt(12)
    lives.live(260)
    return home


def made() -> tuple[Projection, ...]:
    """The projections of another process."""
    return tuple(type(projection)() for projection in PROJECTIONS)


def back_to_nothing(home: Home) -> None:
    """The lists as they were before the first entry."""
    for projection in PROJECTIONS:
        projection.forget()
        for table in projection.tables:
            home.store.connection.execute(f"TRUNCATE read.{table}_{generation(home, projection.name)}")  # type: ignore[arg-type]
    home.store.connection.execute("UPDATE suivi.projections SET position = 0")


def generation(home: Home, name: str) -> int:
    row = home.store.connection.execute("SELECT generation FROM suivi.projections WHERE name = %s", (name,)).fetchone()
    assert row
    return int(row[0])


def position(home: Home, name: str) -> int:
    row = home.store.connection.execute("SELECT position FROM suivi.projections WHERE name = %s", (name,)).fetchone()
    assert row
    return int(row[0])


def follow_by(home: Home, sizes: Iterator[int], projections: Sequence[Projection] = PROJECTIONS) -> None:
    while follower.follow_all(home.store.connection, projections, next(sizes)):
        pass


def test_batches_make_no_difference(recorded: Home) -> None:
    follow_by(recorded, repeat(1_000))
    expected = lists(recorded)
    assert all(expected.values())
    for size in (1, 7):
        back_to_nothing(recorded)
        follow_by(recorded, repeat(size))
        assert lists(recorded) == expected, size


def test_boundaries_anywhere_make_no_difference(recorded: Home) -> None:
    recorded.catch_up()
    expected = lists(recorded)

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.booleans())
    def check(sizes: list[int], forgetful: bool) -> None:
        back_to_nothing(recorded)
        for turn in range(10_000):
            if forgetful and turn % 3 == 0:
                for projection in PROJECTIONS:
                    projection.forget()
            if not follower.follow_all(recorded.store.connection, PROJECTIONS, sizes[turn % len(sizes)]):
                break
        assert lists(recorded) == expected

    check()


def test_two_followers_that_take_turns(recorded: Home, database: Urls) -> None:
    """Each remembers cases that the other has taken further meanwhile."""
    recorded.catch_up()
    expected = lists(recorded)
    back_to_nothing(recorded)
    with Store(database.writer) as other:
        turns = ((recorded.store, made()), (other, made()))
        for turn in range(10_000):
            store, projections = turns[turn % 2]
            if not follower.follow_all(store.connection, projections, 3):
                break
    assert lists(recorded) == expected


@pytest.mark.parametrize("blind", [False, True], ids=["", "planted: blind to clocks"])
def test_one_that_remembers_nothing_between_two_entries(recorded: Home, blind: bool, monkeypatch: Any) -> None:
    """Whatever an entry is of, a deed or what a clock did, its case is found again in the log."""
    recorded.catch_up()
    expected = lists(recorded)
    back_to_nothing(recorded)
    if blind:
        right = projected.is_of_case
        monkeypatch.setattr(projected, "is_of_case", lambda one: not isinstance(one.event, ClockEvent) and right(one))
    while follower.follow_all(recorded.store.connection, made(), 1):
        pass
    assert (lists(recorded) == expected) is not blind


def test_followers_at_once(recorded: Home, database: Urls) -> None:
    recorded.catch_up()
    expected = lists(recorded)
    back_to_nothing(recorded)

    def run(size: int) -> int:
        projections, done = made(), 0
        with Store(database.writer) as store:
            while any(follower.behind(store.connection, p.name) for p in projections):
                done += follower.follow_all(store.connection, projections, size)
        return done

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, (1, 3, 5, 8)))
    assert sum(done) == len(PROJECTIONS) * position(recorded, "cases"), "each entry once for each projection"
    assert lists(recorded) == expected


class Failing(Cases):
    """Fails after it has written, when told to; with a fault of its own, or as if the connection were lost."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Exception] = []

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        super().apply(connection, tables, entries)
        if self.faults:
            raise self.faults.pop()


@pytest.mark.parametrize("fault", [ValueError("un défaut"), psycopg.OperationalError("coupée")])
def test_what_was_rolled_back_is_forgotten(recorded: Home, fault: Exception) -> None:
    recorded.catch_up()
    expected = lists(recorded)
    back_to_nothing(recorded)
    failing = Failing()
    for turn in range(10_000):
        failing.faults = [fault] if turn % 4 == 1 else []
        try:
            lists_of_it = (Directory(), failing, Demarches(), Entries(), Search())
            if not follower.follow_all(recorded.store.connection, lists_of_it, 9) and not failing.faults:
                break
        except psycopg.OperationalError:
            continue
    assert lists(recorded) == expected


def poison(home: Home) -> int:
    """An event of a kind that nobody knows enters the log; its position."""
    stream, command = uuid4(), uuid4()
    home.store.connection.execute(
        "SELECT suivi.append(%s, %s, %s, %s, %s, %s, %s, '{}', '{}', '{}', '{}', '{}', NULL)",
        (command, uuid4(), b"x" * 32, [stream], [1], ["CaseTeleported"], [b"{}"]),
    )
    sequence_all(home.store.connection)
    return max(row[0] for row in home.reader.execute("SELECT size FROM suivi.log_head"))


def test_an_unknown_event_stops_the_lists_just_before_it(recorded: Home) -> None:
    at = poison(recorded)
    do(recorded, "2023:9999", "adopt", title="Après")
    with pytest.raises(ProjectionFailed) as failed:
        for _ in range(10_000):
            follower.follow_all(recorded.store.connection, PROJECTIONS)
    assert failed.value.facts["position"] == at
    assert {position(recorded, p.name) for p in PROJECTIONS} == {at - 1}
    rows = recorded.reader.execute("SELECT failed FROM suivi.projections").fetchall()
    assert set(rows) == {("TopicUnknown",)}
    assert "2023:9999" not in {row["ref"] for row in cases(recorded, When())}


class Poisoned(Directory):
    """Cannot take in one entry."""

    def __init__(self, at: int) -> None:
        self.at = at

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        super().apply(connection, tables, entries)
        if any(entry.position == self.at for entry in entries):
            raise KeyError(self.at)


def test_one_that_failed_leaves_the_others_alone_and_recovers(recorded: Home) -> None:
    poisoned, others = Poisoned(40), (Cases(),)
    with pytest.raises(ProjectionFailed):
        while True:
            follower.follow_all(recorded.store.connection, (poisoned, *others))
    while True:
        try:
            follower.follow_all(recorded.store.connection, (poisoned, *others))
        except ProjectionFailed:
            if not follower.behind(recorded.store.connection, "cases"):
                break
    assert position(recorded, "directory") == 39
    follow_by(recorded, repeat(1_000))
    assert recorded.reader.execute("SELECT count(*) FROM suivi.projections WHERE failed IS NOT NULL").fetchone() == (0,)
    expected = lists(recorded)
    back_to_nothing(recorded)
    follow_by(recorded, repeat(1_000))
    assert lists(recorded) == expected


def test_a_follower_of_another_version_leaves_the_tables_alone(recorded: Home) -> None:
    class Newer(Cases):
        version = Cases.version + 1

    assert follower.follow(recorded.store.connection, Newer()) == 0
    assert position(recorded, "cases") == 0


def test_one_held_by_another_is_waited_for_then_told(recorded: Home, database: Urls, monkeypatch: Any) -> None:
    monkeypatch.setattr("services.home.PATIENCE", 0.2)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with psycopg.connect(database.writer) as connection:
            connection.execute("SELECT FROM suivi.projections FOR UPDATE")
            held.set()
            done.wait(300)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold)
        assert held.wait(300)
        with pytest.raises(ListsBehind):
            recorded.catch_up()
        done.set()
    recorded.catch_up()
    assert position(recorded, "cases") == position(recorded, "directory") > 0
