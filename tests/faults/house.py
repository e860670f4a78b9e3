"""The servers and processes of a house, each of which can be killed and starts again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import unquote

import httpx
import psutil
import psycopg

from cli.children import Child, Children
from services.servers import broker, embedded
from services.servers.valkey import broker_place
from services.settings import Settings
from tests.faults.campaign import children, kill, kill_one, postmaster
from tests.homes import SECRETARY
from tests.ports import free_port

PATIENCE = 300.0  # seconds for anything to come, on a slow machine: only what never comes fails
AMBUSH = 12.0  # seconds that something is waited for to come where it can be killed, unless it has to
LAST = 12  # lines of each process that are shown of what failed
COMMANDS = {
    "follower": ("tests.faults.house_process", "follower"),
    "worker": ("tests.faults.house_process", "worker"),
    "beat": ("workers.queue", "beat"),
    "web": ("web", "--port"),
}


class House:
    """A home of its own. `said`: what its processes write, and when; `false_starts`: how often one could not begin
    because of what was killed beside it; `gave_up`: how often a worker ended by itself, saying so, because its broker and
    its own processes were killed at once (then whoever started it starts it again); `bug`: see `house_process`; `ambush`:
    seconds that somebody is waited for."""

    def __init__(self, home: Path, relay: str, random: Random, bug: str, ambush: float = AMBUSH) -> None:
        self.home, self.relay, self.random, self.bug, self.ambush = home, relay, random, bug, ambush
        self.port, self.begun = free_port(), time.monotonic()
        self.settings = Settings(home, SECRETARY, "en", url=f"http://127.0.0.1:{self.port}")
        self.running: dict[str, tuple[Children, Child]] = {}
        self.said: list[str] = []
        self.false_starts, self.gave_up = 0, 0
        self.aimed = False

    @contextmanager
    def standing(self) -> Iterator[None]:
        """With its servers, durable as ordinary ones; at the end everything is told to end, and has."""
        with embedded(self.home) as self.server, broker(self.home) as self.broker:
            try:
                yield
            finally:
                for one, child in self.running.values():
                    one.end()
                    self.hear("house", f"{child.name} ended with {child.process.returncode}")
        self.wait(lambda: not self._left(), "the end of all", self._left)
        assert not self.server.runs() and not self.broker.runs(), "a server was left running"
        failures = self.home / "failures.log"
        assert not failures.exists(), failures.read_text()

    def start(self) -> None:
        """Every process, and waits for them."""
        for name in COMMANDS:
            self._start(name)
        self.wait(self.ready, "a house that is ready")

    def hear(self, name: str, line: str) -> None:
        if "suivi.access" not in line:
            self.said.append(f"{time.monotonic() - self.begun:6.1f} {name:8} | {line}")

    def ready(self) -> bool:
        """Whether everything works. What could not begin begins again; what ended by itself later is an error."""
        return {self._ready(name) for name in COMMANDS} == {True}

    def wait(self, done: Callable[[], object], what: str, standing: Callable[[], object] = str) -> None:
        """`standing`: what stands still, if it never comes."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, f"it never came: {what}; {standing()}\n{self._last_said()}"
            time.sleep(0.02)

    def comes(self, done: Callable[[], object]) -> bool:
        """Waits for a while; whether it came."""
        end = time.monotonic() + self.ambush
        while not (came := done()) and time.monotonic() < end:
            self.ready()
            time.sleep(0.01)
        return bool(came)

    def kill_process(self, name: str) -> bool:
        """Alone, as a system does whose memory runs out; what it had started is then ended by `Children`."""
        process = self.running[name][1].process
        process.kill()
        process.wait()
        time.sleep(self.random.choice([0, 0, 1.0]))
        self._start(name)
        return True

    def kill_child(self) -> bool:
        """One of those that the worker keeps; it makes another."""

        found: list[int] = []

        def look() -> list[int]:
            found[:] = children(self.running["worker"][1].process.pid)
            return found

        came = self.comes(look)
        kill(*self.random.sample(found, 1) if came else ())
        return came

    def kill_where(self, moment: str) -> bool:
        """Whoever comes next to a moment of `house_process`."""
        aimed = self.home / moment
        self.aimed = True
        aimed.touch()
        came = self.comes(lambda: not aimed.exists())
        aimed.unlink(missing_ok=True)
        return came

    def kill_broker(self, emptied: bool) -> bool:
        folder = broker_place(self.home / "broker").folder
        if emptied:
            with socket.socket(socket.AF_UNIX) as asked:
                asked.connect(unquote(self.broker.url.removeprefix("redis+socket://")))
                asked.sendall(b"FLUSHALL\r\n")
                asked.recv(100)
        kill(int((folder / "server.pid").read_text()))
        self.wait(lambda: not self.broker.runs(), "the end of the broker")
        if emptied:
            shutil.rmtree(folder / "data")
        time.sleep(self.random.choice([0, 0, 2.0]))
        broker(self.home).release()
        return True

    def kill_backend(self) -> bool:
        kill_one(postmaster(self.home), self.random)
        return True

    def kill_server(self) -> bool:
        server = postmaster(self.home)
        kill(server, *children(server))
        embedded(self.home).release()
        return True

    def cut(self) -> bool:
        """Half of the connections, as when a network fails."""
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'suivi' AND random() < 0.5"
        with psycopg.connect(self.server.superuser_url, autocommit=True) as connection:
            connection.execute(cut)
        return True

    def _left(self) -> list[list[str]]:
        """What still runs of what it started."""
        return [one.cmdline() for one in psutil.process_iter() if _home_of(one) == str(self.home)]

    def _last_said(self) -> str:
        """By each of those that speak, so that who says much hides nobody."""
        names = (*COMMANDS, "campaign")
        lines = (line for name in names for line in [each for each in self.said if f" {name:8} |" in each][-LAST:])
        return "\n".join(lines)

    def _start(self, name: str) -> None:
        more = {"worker": [self.bug], "follower": [self.bug], "web": [str(self.port)]}.get(name, [])
        kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        environ = {"SUIVI_HOME": str(self.home), "SUIVI_USER": SECRETARY, "SUIVI_LANG": "en", "SWEEP_EVERY": "1",
                   "SUIVI_URL": self.settings.url, "SMTP_URL": self.relay, "MAIL_FROM": "suivi@example.org",
                   "PYTHONUNBUFFERED": "1"}  # fmt: skip
        if name in self.running and (pipe := self.running[name][1].process.stdin):
            pipe.close()
        one = Children(kept | environ, "Ready.", self.hear)
        self.running[name] = one, one.start(name, *COMMANDS[name], *more)

    def _ready(self, name: str) -> bool:
        child = self.running[name][1]
        if (code := child.process.poll()) is not None:
            shot = self.aimed and code == -signal.SIGKILL
            gave_up = name == "worker" and code == 1
            assert shot or gave_up or not child.ready, f"the {name} ended by itself ({code}): {[*child.last]}"
            self.false_starts += not child.ready
            self.gave_up += gave_up and child.ready
            self.hear(name, f"ended with {code}")
            self._start(name)
        elif name == "web" and not child.ready:
            with suppress(httpx.TransportError):
                child.ready = httpx.get(f"{self.settings.url}/api/v1/ready", timeout=5).is_success
        return self.running[name][1].ready


def _home_of(one: psutil.Process) -> str | None:
    with suppress(psutil.Error):
        return one.environ().get("SUIVI_HOME") if one.status() != psutil.STATUS_ZOMBIE else None
    return None
