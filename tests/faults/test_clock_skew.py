"""Sweepers on machines whose clock is wrong or leaps: the database's time decides, and each step comes once, on time.

The clock is shifted under real processes by libfaketime; without it these tests are left out, loudly."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from domain.clocks import ClockRecomputed
from services.act import Ask, act_all
from services.execute import SYSTEM, Work, commit
from services.schema import Urls
from services.store import Store
from tests.faults.campaign import PATIENCE, ROOT
from tests.homes import opened, secretary
from tests.services.ringing import check_clocks

PLACES = ("lib/*/faketime", "lib/faketime", "lib64/faketime", "local/lib/faketime")
LIBRARIES = [file for place in PLACES for file in Path("/usr").glob(f"{place}/libfaketime.so.1")]
CASES, LATER = 20, 10  # so many come due over the span, in real time; the others not while the test lasts
SPAN = timedelta(seconds=2)
SHIFTS = {
    "an hour behind": ("-1h", "-1h"),
    "an hour ahead": ("+1h", "+1h"),
    "it leaps three days on": ("+0", "+3d"),
    "it falls back three days": ("+0", "-3d"),
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not LIBRARIES, reason="the clock of a process cannot be shifted here: install faketime"),
]


def wind(store: Store) -> None:
    """Lets the clocks ring one after the other over `SPAN`, beginning in a second, real time being waited for no longer;
    the last ones in some thirty minutes."""
    row = store.connection.execute("SELECT clock_timestamp()").fetchone()
    assert row
    begin = row[0] + timedelta(seconds=1)

    def decide(work: Work) -> None:
        for n in range(CASES + LATER):
            case = work.case(work.refs.case(f"2023:{n + 1}"))
            (clock,) = case.clocks.values()
            assert clock.next
            ring = structs.replace(clock.next, at=begin + (SPAN * n / CASES if n < CASES else timedelta(minutes=30)))
            case.trigger(ClockRecomputed(**clock.facts, ends=ring.at, calendar=0, next=ring), work.act)

    commit(store, SYSTEM, {"wind": CASES + LATER}, decide)


@contextmanager
def machine(url: str, folder: Path, shift: str, *bugs: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A sweeper whose clock is shifted; the file says by how much, and may be changed under it."""
    file = folder / "shift"
    file.write_text(shift)
    faked = {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1"}
    command = [sys.executable, "-m", "tests.faults.sweeper", url, *bugs]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | faked) as process:
        try:
            with Store(url) as store:
                wait_until(store, process, "SELECT 1 FROM suivi.heartbeats WHERE name = 'sweep'")
            yield process, file
        finally:
            process.kill()


def wait_until(store: Store, process: subprocess.Popen[bytes], query: str) -> None:
    end = time.monotonic() + PATIENCE
    while not store.connection.execute(query.encode()).fetchone():
        assert process.poll() is None and time.monotonic() < end, "the sweeper stands still"
        time.sleep(0.02)


def ring_under(database: Urls, folder: Path, shift: str, bug: str | None = None) -> int:
    """Rings what comes due on a machine with such a clock; returns how many steps were taken, all checks passed."""
    first, second = SHIFTS[shift]
    with opened(database) as home:
        store, ana = home.store, secretary(home)
        asks = [Ask(ref="assembly:2023", verb="create", facts={"name": "Assemblée de 2023"})]
        asks += [Ask(ref=f"2023:{n + 1}", verb=verb, facts=facts) for n in range(CASES + LATER)
                 for verb, facts in (("adopt", {"title": "Des vélos"}), ("set-due", {"due": "2090-01-10"}))]  # fmt: skip
        act_all(store, ana, asks)
        with machine(database.writer, folder, first, *filter(None, [bug])) as (process, file):
            wind(store)
            wait_until(store, process, f"SELECT 1 FROM suivi.keys WHERE scope = 'step' HAVING count(*) >= {CASES // 2}")
            beside = file.with_suffix(".new")
            beside.write_text(second)
            beside.replace(file)
            wait_until(store, process, f"SELECT 1 FROM suivi.keys WHERE scope = 'step' HAVING count(*) >= {CASES}")
            for _ in range(2):  # whole passes, so that whoever would ring early has
                row = store.connection.execute("SELECT at FROM suivi.heartbeats WHERE name = 'sweep'").fetchone()
                assert row
                wait_until(store, process, f"SELECT 1 FROM suivi.heartbeats WHERE name = 'sweep' AND at > '{row[0]}'")
        return check_clocks(store)


@pytest.mark.parametrize("shift", SHIFTS)
def test_each_step_comes_once_and_never_early(database: Urls, tmp_path: Path, shift: str) -> None:
    assert ring_under(database, tmp_path, shift) == CASES


@pytest.mark.parametrize("shift", ["an hour ahead", "it leaps three days on"])
def test_twin_a_sweep_by_the_clock_of_its_machine_rings_early(database: Urls, tmp_path: Path, shift: str) -> None:
    with pytest.raises(AssertionError, match="early"):
        ring_under(database, tmp_path, shift, "own clock")


def test_the_clock_is_really_shifted(tmp_path: Path) -> None:
    """Wall clock and the one that only counts, as a sweeper sees them."""
    script = "import time; print(time.time(), time.monotonic())"
    env = os.environ | {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME": "+1h"}
    shown = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout
    wall, count = map(float, shown.split())
    assert wall - time.time() > 3_000 and count - time.monotonic() > 3_000
