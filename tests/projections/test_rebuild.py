"""Made anew, the lists are row for row what they were, while others write and read; a changed version does it by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from projections import follower
from projections.case_lists import Known, current_cases, known_cases
from projections.cases import Cases
from projections.demarches import Demarches
from projections.directory import Directory
from projections.follower import ProjectionFailed
from projections.registry import PROJECTIONS
from services.home import Home
from services.rebuilding import ProjectionUnknown, rebuild, status
from services.schema import Urls
from services.sequencer import sequence_all
from services.store import Store
from tests.homes import READ, do, lists, opened
from tests.projections.lives import Lives


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


@pytest.fixture
def lives(home: Home, tmp_path: Path) -> Lives:
    lives = Lives(home, tmp_path, seed=23)
    lives.adopt(15)
    lives.live(350)
    home.catch_up()
    return lives


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


def test_rebuilt_is_live_row_for_row(lives: Lives) -> None:
    home = lives.home
    for _ in range(3):
        live = lists(home)
        rebuild(home, None, quiet)
        assert lists(home) == live
        lives.live(60)
        home.catch_up()
    assert all(lists(home)[table] for table in READ)


def test_one_is_named_by_itself_or_by_its_tables(lives: Lives) -> None:
    before = {row["name"]: row["generation"] for row in status(lives.home)}
    rebuild(lives.home, "case_states", quiet)
    after = {row["name"]: row["generation"] for row in status(lives.home)}
    assert after == before | {"cases": before["cases"] + 1}
    with pytest.raises(ProjectionUnknown, match="cases"):
        rebuild(lives.home, "nothing", quiet)


def test_progress_is_told(lives: Lives) -> None:
    told: list[tuple[int, int]] = []
    rebuild(lives.home, "cases", lambda done, total: told.append((done, total)))
    size = lives.home.reader.execute("SELECT size FROM suivi.log_head").fetchone()
    assert size and told and all(0 < done <= total == size[0] for done, total in told)


def test_writers_write_and_followers_follow_meanwhile(lives: Lives, database: Urls) -> None:
    """What comes while the tables are made anew is in them after the swap."""
    home, stop = lives.home, threading.Event()

    def follow() -> None:
        projections = (Directory(), Cases(), Demarches())
        with Store(database.writer) as store:
            while not stop.is_set():
                sequence_all(store.connection)
                follower.follow_all(store.connection, projections, 5)

    def make_anew() -> int:
        made = 0
        with Store(database.writer) as store:
            while not stop.is_set():
                for projection in (Directory(), Cases(), Demarches()):
                    follower.rebuild(store.connection, projection)
                    made += 1
        return made

    with ThreadPoolExecutor(2) as pool:
        others = [pool.submit(make_anew), pool.submit(follow)]
        try:
            lives.live(250)
        finally:
            stop.set()
        assert others[0].result() > 2
        others[1].result()
    home.catch_up()
    live = lists(home)
    rebuild(home, None, quiet)
    assert lists(home) == live


def test_readers_never_miss_the_tables(lives: Lives, database: Urls) -> None:
    """Nor stand in the way of the swap."""
    stop, expected = threading.Event(), len(current_cases(lives.home.reader, None, []))

    def read(known: Known | None) -> int:
        turns = 0
        with psycopg.connect(database.reader, autocommit=True) as reader:
            while not stop.is_set() or not turns:
                rows = known_cases(reader, known, None, []) if known else current_cases(reader, None, [])
                assert len(rows) == expected
                turns += 1
        return turns

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read, known) for known in (None, Known(), Known())]
        try:
            for _ in range(15):
                rebuild(lives.home, None, quiet)
        finally:
            stop.set()
        assert all(reader.result() for reader in readers)


def test_old_tables_serve_until_the_swap(lives: Lives) -> None:
    """And stay, if the new ones cannot be made."""
    home, expected = lives.home, lists(lives.home)

    class Half(Cases):
        def fill(self, connection: psycopg.Connection, tables: Any, upto: int, progress: Any) -> None:
            super().fill(connection, tables, upto, progress)
            with psycopg.connect(home.urls.reader) as other:
                assert len(current_cases(other, None, [])) == len(current_cases(home.reader, None, [])) > 0
            raise ValueError("à mi-chemin")

    with pytest.raises(ValueError, match="mi-chemin"):
        follower.rebuild(home.store.connection, Half())
    lives.live(20)
    home.catch_up()
    assert len(lists(home)["cases"]) >= len(expected["cases"])
    live = lists(home)
    rebuild(home, None, quiet)
    assert lists(home) == live


class Wider(Cases):
    """The next version: one more column."""

    version = Cases.version + 1
    tables = Cases.tables | {"cases": Cases.tables["cases"] + ", more text"}


@pytest.mark.parametrize("empty", [True, False])
def test_a_changed_version_is_made_anew_at_the_start(home: Home, tmp_path: Path, empty: bool) -> None:
    if not empty:
        Lives(home, tmp_path, seed=5).adopt(3)
        home.catch_up()
    wider = Wider()
    follower.install(home.store.connection, wider)
    row = home.reader.execute("SELECT version, generation FROM suivi.projections WHERE name = 'cases'").fetchone()
    assert row == (Wider.version, 2)
    rows = home.reader.execute("SELECT count(more), count(*) FROM read.cases").fetchone()
    assert rows == (0, 0 if empty else 3)
    assert follower.follow(home.store.connection, Cases()) == 0, "an older follower leaves the new tables alone"


def test_two_starts_at_once_make_it_anew_once(lives: Lives, database: Urls) -> None:
    def start(_: int) -> None:
        with Store(database.writer) as store:
            follower.install(store.connection, Wider())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    row = lives.home.reader.execute("SELECT version, generation FROM suivi.projections WHERE name = 'cases'").fetchone()
    assert row == (Wider.version, 2)


def test_what_was_made_belongs_to_everyone_concerned(lives: Lives) -> None:
    """The reader reads the new tables, and none of the old ones is left."""
    rebuild(lives.home, None, quiet)
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'read' ORDER BY 1"
    names = lives.home.reader.execute(query).fetchall()
    assert {name for (name,) in names} == {f"{table}_2" for each in PROJECTIONS for table in each.tables}
    for (name,) in names:
        assert lives.home.reader.execute(f"SELECT count(*) FROM read.{name}").fetchone()


def test_a_stopped_projection_is_made_to_work_again(lives: Lives) -> None:
    """`rebuild` is what its sentence says to run."""
    home = lives.home

    class Lame(Cases):
        def apply(self, connection: psycopg.Connection, tables: Any, entries: Any) -> None:
            raise RuntimeError("boiteux")

    do(home, "2023:5000", "adopt", title="Une de plus")
    with pytest.raises(ProjectionFailed) as failed:
        follower.follow(home.store.connection, Lame())
    assert failed.value.facts | {"position": 0} == {"name": "cases", "reason": "RuntimeError", "position": 0}
    assert {row["failed"] for row in status(home)} == {None, "RuntimeError"}
    follower.rebuild(home.store.connection, next(p for p in PROJECTIONS if p.name == "cases"))
    assert {row["failed"] for row in status(home)} == {None}
