"""Processes that one process starts, listens to and ends: each in a session of its own, ended with its parent, its
output told line by line under its name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

ROOT = Path(__file__).parents[1]
LAST = 10  # lines of output that are told again when a process has ended by itself
GRACE = 10.0  # seconds between TERM and KILL


@dataclass(eq=False)
class Child:
    """One process. `ready` once it has said so."""

    name: str
    process: subprocess.Popen[str]
    last: deque[str] = field(default_factory=lambda: deque(maxlen=LAST))
    ready: bool = False


class Ended(Exception):
    """A process of these has ended, and should not have."""

    def __init__(self, child: Child) -> None:
        self.child = child


class Stopped(KeyboardInterrupt):
    """Someone asked for the end: Ctrl-C, TERM, or a terminal that was closed."""


class Children:
    """The processes, in the order in which they were started. `tell(name, line)` is given what they write; a line that
    is `ready_line` says that its process is ready, and is not told."""

    def __init__(self, environ: Mapping[str, str], ready_line: str, tell: Callable[[str, str], None]) -> None:
        self._environ, self._ready_line, self._tell = dict(environ), ready_line, tell
        self._children: list[Child] = []
        self._news: SimpleQueue[Child | None] = SimpleQueue()  # one that is ready or has ended; None: stop

    def stop(self, *_: object) -> None:
        """Asks for the end: a handler of signals."""
        self._news.put(None)

    def start(self, name: str, *command: str) -> Child:
        """Starts a module of ours: `start("web", "web", "--port", "8017")`."""
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.child", *command], cwd=ROOT, env=self._environ, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
        child = Child(name, process)
        self._children.append(child)
        reader = Thread(target=self._read, args=(child,), daemon=True)
        reader.start()
        Thread(target=self._await, args=(child, reader), daemon=True).start()
        return child

    def watch(self, seconds: float) -> None:
        """Returns at the next news, or after that time. Raises `Ended` or `Stopped`."""
        try:
            news = self._news.get(timeout=seconds)
        except Empty:
            return
        if news is None:
            raise Stopped()
        if news.process.returncode is not None:
            raise Ended(news)

    def end(self) -> None:
        """TERM to each, the last one first; KILL to what is left after a while, or when the end is asked for again."""
        for child in reversed(self._children):
            child.process.terminate()
        until = time.monotonic() + GRACE
        with suppress(Stopped):
            while any(child.process.poll() is None for child in self._children) and time.monotonic() < until:
                with suppress(Ended):
                    self.watch(until - time.monotonic())
        for child in self._children:
            _kill(child)
            child.process.wait()
            if child.process.stdin:
                child.process.stdin.close()

    def _read(self, child: Child) -> None:
        assert child.process.stdout
        with child.process.stdout as lines, suppress(OSError):
            for line in lines:
                text = line.rstrip()
                if text == self._ready_line and not child.ready:
                    child.ready = True
                    self._news.put(child)
                elif text:
                    child.last.append(text)
                    self._tell(child.name, text)

    def _await(self, child: Child, reader: Thread) -> None:
        child.process.wait()
        _kill(child)  # what it had started
        reader.join(GRACE)
        self._news.put(child)


def _kill(child: Child) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)
