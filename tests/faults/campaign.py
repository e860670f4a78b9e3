"""Writers that keep recording while the server, its processes and the writers themselves are killed without warning.

`python -m tests.faults.campaign [KILLS]` runs the full campaign (200 kills) and prints what it met; the tests run a
short one. A kill leaves the page cache: what survives a power cut rests on the settings and the disk, not on this."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from domain.directory import Body
from services import schema
from services.sequencer import sequence_all
from services.servers import discard, embedded
from services.servers.accounts import place
from services.store import CommandRepeated
from tests.faults.writer import connected, whole_lines
from tests.services.invariants import (
    Aftermath,
    At,
    aftermath,
    check_chain,
    check_commands,
    check_log,
    check_streams,
)  # fmt: skip
from tests.services.racing import append, body, new_events

ROOT = Path(__file__).resolve().parents[2]
SERVER, ONE_PROCESS, WRITER = "whole servers", "single server processes", "writers"
VICTIMS = (SERVER,) * 6 + (ONE_PROCESS,) * 2 + (WRITER,) * 2  # of each ten
PATIENCE = 300.0  # seconds for the writers to be heard again after a kill, on a slow machine


@dataclass
class Campaign:
    """A home of its own, durable as an ordinary one unless `options` say otherwise."""

    home: Path
    seed: int
    writers: int = 4
    options: Mapping[str, str] = field(default_factory=dict)
    victims: Sequence[str] = VICTIMS
    acknowledged: dict[UUID, list[At]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    recoveries: list[float] = field(default_factory=list)

    def run(self, kills: int, between: tuple[float, float] = (0.2, 1.0)) -> Aftermath:
        """Kills so many times, lets the writers finish, and returns what is then recorded."""
        self.random = Random(self.seed)
        self.folder = self.home / "notes"
        self.folder.mkdir(parents=True)
        with embedded(self.home, options=self.options) as server:
            self.urls = schema.prepare(server.url, self.home / "logins.json")
            self._share_streams()
            self.processes = {f"writer-{n}": self._start(f"writer-{n}") for n in range(self.writers)}
            try:
                for victim in self._draw(kills):
                    self._await_progress()
                    self._share_streams()
                    time.sleep(self.random.uniform(*between))
                    self._kill(victim)
                self._await_progress()
                (self.folder / "stop").touch()
                self._await_end()
            finally:
                for process in self.processes.values():
                    process.kill()
                    process.wait()
            return self._settle()

    def told(self) -> Iterator[tuple[UUID, bool, list[At]]]:
        """What the writers were told: the command, whether it was known already, and where it stands."""
        for line in (line for file in self.folder.glob("*.notes") for line in whole_lines(file)):
            word, command_id, facts = line.split(maxsplit=2)
            if word == "told":
                repeated, versions = json.loads(facts)
                yield UUID(command_id), repeated, [(UUID(stream), version) for stream, version in versions.items()]

    def _draw(self, kills: int) -> list[str]:
        """Each victim at least once, where there are as many kills."""
        rounds = -(-kills // len(self.victims))
        return [victim for _ in range(rounds) for victim in self.random.sample(self.victims, len(self.victims))][:kills]

    def _share_streams(self) -> None:
        """New streams that every writer writes to, so that histories stay short; not even a hasty server loses them."""
        command_id = uuid4()
        bodies = [body(command_id) for _ in range(12)]
        self.acknowledged[command_id] = new_events(bodies)
        while not self._saved(bodies, command_id):  # the server may not be done with the last kill
            time.sleep(0.02)
        beside = self.folder / "shared.new"
        beside.write_text(json.dumps([str(one.id) for one in bodies]))
        beside.replace(self.folder / "shared")

    def _saved(self, bodies: list[Body], command_id: UUID) -> bool:
        with connected(make_conninfo(self.urls.writer, options="-c synchronous_commit=on")) as store:
            try:
                store.save(*bodies, append=append(command_id))
            except psycopg.OperationalError:
                return False
            except CommandRepeated:
                return True
        return True

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.faults.writer", self.urls.writer, str(self.folder), name]
        return subprocess.Popen(command, cwd=ROOT)

    def _await_progress(self) -> None:
        """Until each writer was told something new. Raises when one ended by itself, or waits for too long."""
        start = time.monotonic()
        sizes = self._sizes()
        while any(new < old + 200 for old, new in zip(sizes, self._sizes(), strict=True)):
            ended = [name for name, process in self.processes.items() if process.poll() is not None]
            assert not ended, f"{ended} ended by themselves"
            assert time.monotonic() < start + PATIENCE, "the writers are not heard again"
            time.sleep(0.01)
        self.recoveries.append(time.monotonic() - start)

    def _sizes(self) -> list[int]:
        files = [self.folder / f"{name}.notes" for name in self.processes]
        return [file.stat().st_size if file.exists() else 0 for file in files]

    def _kill(self, victim: str) -> None:
        self.kills[victim] += 1
        if victim == WRITER:
            name = self.random.choice([*self.processes])
            self.processes[name].kill()
            self.processes[name].wait()
            self.processes[name] = self._start(name)
        elif victim == SERVER:
            server = postmaster(self.home)
            kill(server, *children(server))
            embedded(self.home, options=self.options).release()
        else:
            kill_one(postmaster(self.home), self.random)

    def _await_end(self) -> None:
        for name, process in self.processes.items():
            assert process.wait(PATIENCE) == 0, name

    def _settle(self) -> Aftermath:
        with psycopg.connect(self.urls.writer, autocommit=True) as connection:
            sequence_all(connection)
        return aftermath(self.urls.owner)


def postmaster(home: Path) -> int:
    """The process of a home's database server, as long as it stands; asked of its files, since it may not answer."""
    return int((place(home / "postgres").folder / "data" / "postmaster.pid").read_text().split()[0])


def kill(*processes: int) -> None:
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it ended by itself meanwhile


def kill_one(server: int, random: Random) -> None:
    """One of its processes; returns once it has seen that, and ended the others, which it starts again by itself."""
    there, end = {*children(server)}, time.monotonic() + PATIENCE
    kill(random.choice([*there]))
    while there & {*children(server)}:
        assert time.monotonic() < end, "the server does not miss the process"
        time.sleep(0.02)


def children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(pid) for pid, ppid in (line.split() for line in listed.splitlines()) if int(ppid) == parent]


def check(campaign: Campaign, store: Aftermath) -> None:
    """Every command told is recorded, once, as it was told; nothing else is; the log is whole."""
    told = {command: events for command, _, events in campaign.told()}
    check_commands(store, campaign.acknowledged | told)
    check_log(store)
    check_streams(store)
    check_chain(store)


def main(kills: int) -> None:
    seed = int(os.environ.get("SUIVI_SEED", Random().randrange(2**32)))
    with tempfile.TemporaryDirectory(prefix="suivi-kills-") as folder:
        home = Path(folder) / "home"
        campaign = Campaign(home, seed)
        print(f"SUIVI_SEED={seed}", flush=True)
        try:
            check(campaign, campaign.run(kills, between=(0.7, 1.6)))
            print(report(campaign))
        finally:
            discard(home)


def report(campaign: Campaign) -> str:
    told = list(campaign.told())
    again = sum(repeated for _, repeated, _ in told)
    return (
        f"killed: {dict(campaign.kills)}; {len(told)} commands acknowledged, {again} of them after they had been "
        f"asked again; all recorded once; heard again within {max(campaign.recoveries):.1f} s at the latest"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
