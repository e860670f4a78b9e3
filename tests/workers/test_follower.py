"""The follower as a process: it places and feeds, ends when told, and outlives what is cut or killed beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from services.act import Ask, act
from services.home import Home
from services.reading import When, cases
from services.schema import Urls
from services.servers import Server
from tests.homes import opened, secretary

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds for anything to come, on a slow machine: only what never comes fails


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        act(home.store, secretary(home), Ask(ref="assembly:2023", verb="create", facts={"name": "Assemblée"}))
        yield home


@contextmanager
def following(home: Home, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of the follower; killed if the test leaves it running."""
    environment = os.environ | {"SUIVI_HOME": str(folder / "home"), "DATABASE_URL": home.urls.owner,
                                "SUIVI_LANG": "fr", "SWEEP_EVERY": "120"}
    with subprocess.Popen([sys.executable, "-W", "error", "-m", "workers.follower"], cwd=ROOT, text=True,
                          env=environment, stderr=subprocess.PIPE) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def until(done: Callable[[], object], what: str) -> None:
    """Waits for another process."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.01)


def adopt(home: Home, number: int) -> None:
    """Records, and leaves the rest to the process."""
    act(home.store, secretary(home), Ask(ref=f"2023:{number}", verb="adopt", facts={"title": f"Titre {number}"}))


def shown(home: Home, number: int) -> bool:
    return f"2023:{number}" in [row["ref"] for row in cases(home, When())]


def ended(process: subprocess.Popen[str]) -> str:
    """Told to end, it does at once and says nothing wrong; what it said on the way."""
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def test_it_feeds_the_lists_and_ends_when_told(home: Home, tmp_path: Path) -> None:
    adopt(home, 1)
    with following(home, tmp_path) as process:
        for number in (2, 3):
            adopt(home, number)
            until(lambda n=number: shown(home, n), "what was written while it runs")
        assert shown(home, 1)
        begun = time.monotonic()
        assert ended(process) == ""
        assert time.monotonic() - begun < 100  # it does not first wait until it looks at clocks and mail again


def cut(server: Server, home: Home) -> int:
    """Every connection of the process, cut by the server; how many there were."""
    ours = [home.store.connection.info.backend_pid, home.reader.info.backend_pid]
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> ALL (%s)",
            (home.store.connection.info.dbname, ours),
        ).fetchall()
    return len(rows)


def test_it_outlives_cut_connections(home: Home, server: Server, tmp_path: Path) -> None:
    adopt(home, 1)
    with following(home, tmp_path) as process:
        until(lambda: shown(home, 1), "the first")
        for number in range(2, 6):
            assert cut(server, home)
            adopt(home, number)
            until(lambda n=number: shown(home, n), "what was written after the cut")
        assert process.poll() is None
        assert "La base de données" in ended(process)


def test_another_goes_on_when_one_is_killed(home: Home, tmp_path: Path) -> None:
    with following(home, tmp_path) as first, following(home, tmp_path) as second:
        adopt(home, 1)
        until(lambda: shown(home, 1), "the first")
        first.kill()
        first.wait(PATIENCE)
        for number in range(2, 5):
            adopt(home, number)
            until(lambda n=number: shown(home, n), "what the other one takes in")
        assert ended(second) == ""
    positions = home.store.connection.execute("SELECT count(*), max(position), (SELECT size FROM suivi.log_head) FROM suivi.log")
    count, last, size = positions.fetchone() or (0, 0, -1)
    assert count == last == size


def test_it_tells_once_what_it_cannot_take_in_and_goes_on_placing(home: Home, tmp_path: Path) -> None:
    with following(home, tmp_path) as process:
        adopt(home, 1)
        until(lambda: shown(home, 1), "the first")
        home.store.connection.execute(
            "SELECT suivi.append(%s, %s, %s, %s, %s, %s, %s, '{}', '{}', '{}', '{}', '{}', NULL)",
            (uuid4(), uuid4(), b"x" * 32, [uuid4()], [1], ["CaseTeleported"], [b"{}"]),
        )
        adopt(home, 2)
        placed = "SELECT NOT EXISTS (SELECT FROM suivi.pending)"
        failed = "SELECT count(failed) = count(*) FROM suivi.projections"
        for query in (placed, failed):
            until(lambda q=query: (home.store.connection.execute(q).fetchone() or [False])[0], query)
        assert process.poll() is None and not shown(home, 2)
        told = ended(process).splitlines()
        assert len(told) == 1 and "suivi rebuild" in told[0]
