"""`suivi up` as a person starts it, on a home of the test's own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psutil

from services.servers.accounts import place
from services.servers.valkey import broker_place
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300.0  # seconds for anything to come, on a slow machine: only what never comes fails


def until(done: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.05)


class Held:
    """A program of the database server that begins, the first time, and then stands still until it is let go; for
    processes that are started with PYTHONPATH=FOLDER."""

    def __init__(self, folder: Path, program: str) -> None:
        self.program, self.file = program, folder / "held"
        (folder / "sitecustomize.py").write_text(_HOLDING.format(held=str(self.file), program=program))

    def wait(self) -> None:
        """Until it has begun."""
        until(lambda: self.file.exists() and self.file.read_text(), self.program)

    def let_go(self) -> None:
        """If nobody has ended it."""
        with suppress(ProcessLookupError):
            os.kill(int(self.file.read_text()), signal.SIGCONT)


_HOLDING = """
import os, signal
from pathlib import Path
from services.servers.cluster import Cluster

def popen(self, program, *given, really=Cluster._popen, held=Path({held!r}), **more):
    process = really(self, program, *given, **more)
    if program == {program!r} and not held.exists():
        os.kill(process.pid, signal.SIGSTOP)
        held.write_text(str(process.pid))
    return process

Cluster._popen = popen
"""


class House:
    """`suivi up` on a home of the test's own."""

    def __init__(self, home: Path, *args: str, **settings: str) -> None:
        self.home, self.port = home, free_port()
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        given = {"SUIVI_HOME": str(home), "SUIVI_USER": "marie", "SWEEP_EVERY": "1"} | settings
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", "--no-browser", "--json", "--port", str(self.port), *args], cwd=ROOT,
            env=kept | given, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        self.err = ""
        self.seen: dict[int, psutil.Process] = {}
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            for line in lines:
                self.err += line

    def ready(self) -> dict[str, str]:
        """Waits for the ready line; what it says."""
        assert self.process.stdout
        said = ""
        while not said.endswith("}\n"):
            line = self.process.stdout.readline()
            assert line, self.err
            said += line
        found: dict[str, str] = json.loads(said)
        self.seen = {one.pid: one for one in [*self.children(), *self.servers()]}
        return found

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, *words: str) -> psutil.Process:
        """The one whose command ends so, the eldest."""
        return next(one for one in self.children() if tuple(command(one)[-len(words):]) == words)

    def runs(self, word: str) -> bool:
        """Whether a process whose command has this word, or a program of this name, is among its children."""
        return any(word in {*words, Path(words[0]).name} for words in map(command, self.children()) if words)

    def servers(self) -> list[psutil.Process]:
        database = place(self.home / "postgres").folder / "data" / "postmaster.pid"
        broker = broker_place(self.home / "broker").folder / "server.pid"
        return [psutil.Process(int(file.read_text().splitlines()[0])) for file in (database, broker)]

    def ended(self) -> int:
        """Waits for its end; its exit code."""
        assert self.process.stdout
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdout.close()
        return code

    def left(self) -> list[str]:
        """What still runs of what it started."""
        return [" ".join(command(one)) for one in self.seen.values() if lives(one)]

    def get(self, path: str) -> tuple[int, str]:
        host = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        host.request("GET", path)
        answer = host.getresponse()
        answer.read()
        host.close()
        return answer.status, answer.headers.get("Location") or ""


def command(one: psutil.Process) -> list[str]:
    """Its words; none once it has ended."""
    try:
        return one.cmdline()
    except psutil.Error:
        return []


def lives(one: psutil.Process) -> bool:
    try:
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
