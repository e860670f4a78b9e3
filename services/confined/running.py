"""A program of ours that reads what others wrote, run apart. Whatever it does, this process only sees its answer."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer

from domain.errors import Unavailable

MOST_ANSWER = 192 * 2**20  # bytes
AT_ONCE = 2  # programs of one server, each of which may take much memory
WAIT = 8.0  # seconds that one waits for its turn

_TURNS = BoundedSemaphore(AT_ONCE)


class Overrun(Exception):
    """It took too much time or memory, said too much, or died."""


class OthersAreRead(Unavailable):
    """Other files are being read at this moment. Nothing was changed: try again in a minute."""


def run_confined(program: Path, content: bytes, patience: float, libraries: bool = False) -> bytes:
    """What the program says of the content. It gets nothing of our environment but where its libraries are; those that are
    installed, only if it is to have them. Raises `Overrun`; OSError if no program can be started here; `OthersAreRead`."""
    if not _TURNS.acquire(timeout=WAIT):
        raise OthersAreRead()
    try:
        return _run(program, content, patience, libraries)
    finally:
        _TURNS.release()


def _run(program: Path, content: bytes, patience: float, libraries: bool) -> bytes:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    options = ["-I"] if libraries else ["-I", "-S"]
    process = subprocess.Popen(
        [sys.executable, *options, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=kept, cwd="/", start_new_session=True,
    )  # fmt: skip
    assert process.stdin and process.stdout
    clock = Timer(patience, _kill, [process])
    feeder = Thread(target=_feed, args=(process, content), daemon=True)
    clock.start()
    feeder.start()
    answer = process.stdout.read(MOST_ANSWER + 1)  # it ends with the program, which the clock ends
    if len(answer) > MOST_ANSWER:
        _kill(process)
    process.wait()
    clock.cancel()
    feeder.join()
    process.stdout.close()
    if process.returncode or len(answer) > MOST_ANSWER:
        raise Overrun
    return answer


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    assert process.stdin
    with contextlib.suppress(OSError):  # it may end before it has read all
        process.stdin.write(content)
    with contextlib.suppress(OSError):
        process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
