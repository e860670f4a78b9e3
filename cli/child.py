"""Runs a module as `python -m` does, for as long as whoever started it lives: `python -m cli.child MODULE ARGUMENT…`.

Standard input is a pipe whose other end the parent holds, and nobody else: however the parent ends, the pipe does."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import time
from threading import Thread

GRACE = 10.0  # seconds that it has to end by itself


def main() -> None:
    """Leads a process group of its own, which ends with it."""
    Thread(target=_end_with_parent, daemon=True).start()
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
