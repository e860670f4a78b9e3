"""Sweepers that are killed without warning while many steps are due, and the server and its connections with them.

`python -m tests.faults.sweep_campaign [KILLS]` runs the full campaign (100 kills, 2,000 cases due at once) and prints
what it met; the tests run a short one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from services import schema
from services.servers import discard, embedded
from tests.faults.campaign import PATIENCE, ROOT, children, kill, postmaster
from tests.faults.writer import connected
from tests.homes import opened
from tests.services.clockwork import Clockwork, clockwork
from tests.services.ringing import check_clocks

SWEEPER, CONNECTION, SERVER = "sweepers", "connections", "whole servers"
VICTIMS = (SWEEPER,) * 6 + (CONNECTION,) * 3 + (SERVER,)  # of each ten
_TAKEN = """SELECT (SELECT count(*) FROM suivi.keys WHERE scope = 'step'),
                   (SELECT count(*) FROM suivi.due WHERE next_at <= suivi.now())"""
_ON = "UPDATE suivi.clock SET simulated_at = (SELECT min(next_at) FROM suivi.due)"
_CUT = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


@dataclass
class SweepCampaign:
    """A home of its own; `bug`: what is planted in the sweepers; it opens a window, in which they are killed."""

    home: Path
    seed: int
    cases: int  # due at once
    sweepers: int = 2
    victims: Sequence[str] = VICTIMS
    bug: str | None = None
    patience: float = PATIENCE  # seconds without a new step, after the last kill, after which no other is awaited
    kills: Counter[str] = field(default_factory=Counter)
    known: int = 0  # cases that there are
    expected: int = 0  # steps that came due

    def run(self, kills: int) -> int:
        """Kills so many times while steps are due, lets the sweepers finish, and checks; returns the steps taken."""
        self.random = Random(self.seed)
        with embedded(self.home) as server:
            self.superuser_url = server.superuser_url
            self.urls = schema.prepare(server.url, self.home / "logins.json")
            with clockwork(self.urls):
                self._move_on()
            self.processes = [self._start() for _ in range(self.sweepers)]
            try:
                with suppress(TimeoutError):  # what is missing is found below
                    for victim in self._draw(kills):
                        if not self.bug:
                            self._await_traffic()
                            time.sleep(self.random.uniform(0, 0.3))
                        self._kill(victim)
                    while self._await_step(self.patience):
                        pass
            finally:
                for process in self.processes:
                    process.kill()
                    process.wait()
            with connected(self.urls.writer) as store:
                steps = check_clocks(store)
        assert steps == self.expected, f"{steps} steps where {self.expected} came due"
        return steps

    def _draw(self, kills: int) -> list[str]:
        """Each kind of victim in its share."""
        rounds = -(-kills // len(self.victims))
        return [one for _ in range(rounds) for one in self.random.sample(self.victims, len(self.victims))][:kills]

    def _start(self) -> subprocess.Popen[bytes]:
        bugs = [self.bug] if self.bug else []
        command = [sys.executable, "-m", "tests.faults.sweeper", self.urls.writer, *bugs]
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"WINDOW": f"{self.window}"})

    @property
    def window(self) -> Path:
        """Where the first sweeper that is between two statements of the bug writes its process id, and waits."""
        return self.home / "window"

    def _move_on(self) -> None:
        """To the instant at which every case has its next step; there are new cases once all ladders are climbed."""
        with opened(self.urls) as home:
            work = Clockwork(home)
            if not work.store.connection.execute("SELECT 1 FROM suivi.due WHERE next_at IS NOT NULL").fetchone():
                today = work.store.present.calendar.today(work.store.present.now)
                work.due_at_once(range(self.known + 1, self.known + self.cases + 1), f"{today}")
                self.known += self.cases
            work.store.connection.execute(_ON)
        self.expected += self.cases

    def _await_traffic(self) -> None:
        """Until some steps have been taken; more come due once none is left."""
        for _ in range(5):
            if not self._await_step():
                self._move_on()

    def _await_step(self, patience: float = PATIENCE) -> bool:
        """Until another step has been taken, whatever happens to the server; false once none waits."""
        end, before = time.monotonic() + patience, -1
        while True:
            assert all(process.poll() is None for process in self.processes), "a sweeper ended by itself"
            with connected(self.urls.writer) as store, suppress(psycopg.OperationalError):
                taken, waiting = store.connection.execute(_TAKEN).fetchone() or (0, 0)
                if not waiting or 0 <= before < taken:
                    return bool(waiting)
                before = taken
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.02)

    def _kill(self, victim: str) -> None:
        self.kills[victim] += 1
        if victim == SWEEPER:
            n = self._in_window() if self.bug else self.random.randrange(self.sweepers)
            self.processes[n].kill()
            self.processes[n].wait()
            self.processes[n] = self._start()
            return
        with psycopg.connect(self.urls.owner, autocommit=True) as owner, psycopg.connect(
            self.superuser_url, dbname=owner.info.dbname, autocommit=True
        ) as connection:  # fmt: skip
            if victim == CONNECTION:
                connection.execute(_CUT)
                return
        server = postmaster(self.home)
        kill(server, *children(server))
        embedded(self.home).release()


    def _in_window(self) -> int:
        end = time.monotonic() + PATIENCE
        while not (self.window.exists() and (said := self.window.read_text()).endswith("\n")):
            assert time.monotonic() < end, "no sweeper comes into the window"
            time.sleep(0.02)
        return [process.pid for process in self.processes].index(int(said))


def main(kills: int) -> None:
    seed = int(os.environ.get("SUIVI_SEED", Random().randrange(2**32)))
    print(f"SUIVI_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="suivi-sweeps-") as folder:
        os.environ["SUIVI_TEST_HOME"] = folder
        home = Path(folder) / "home"
        campaign = SweepCampaign(home, seed, cases=2_000)
        try:
            steps = campaign.run(kills)
            print(f"killed: {dict(campaign.kills)}; {steps} steps, each recorded once, none missed, no due row lags")
        finally:
            discard(home)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
