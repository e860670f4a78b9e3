"""Runs a module as `python -m` does, for as long as whoever started it lives: `python -m cli.child MODULE ARGUMENT…`.

Standard input is a pipe whose other end the parent holds, and nobody else: however the parent ends, the pipe does."""

from __future__ import annotations

import os
import runpy
import signal
import sys
from threading import Event, Thread

from services.servers import stop_unused
from services.settings import Settings

GRACE = 10.0  # seconds that it has to end by itself
TRIES = 3


orphaned, ended = Event(), Event()


def main() -> None:
    """Leads a process group of its own, which ends with it. An orphan stops the servers that nobody uses any more."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # until the module has a handler of its own
    Thread(target=_end_with_parent, daemon=True).start()
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        ended.set()
        if orphaned.is_set():
            stop_unused(Settings.from_environment().home)


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    orphaned.set()
    for _ in range(TRIES):  # what is being imported may swallow the first
        os.kill(os.getpid(), signal.SIGTERM)
        if ended.wait(GRACE / TRIES):
            return
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
