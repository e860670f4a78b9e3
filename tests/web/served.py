"""`python -m web` as a process of its own, at a port of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.schema import Urls
from tests.homes import SECRETARY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds to start or to end in, on a slow machine
READY = re.compile(r"Uvicorn running on (http://\S+)")


@dataclass
class Served:
    """A process that serves; what it wrote so far is in its log."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


def environment(urls: Urls) -> dict[str, str]:
    """What a process finds a database of the tests with."""
    return os.environ | {
        "SUIVI_HOME": os.environ["SUIVI_TEST_HOME"], "SUIVI_USER": SECRETARY, "DATABASE_URL": urls.owner,
        "DATABASE_WRITER_URL": urls.writer, "DATABASE_READER_URL": urls.reader,
    }  # fmt: skip


@contextmanager
def served(urls: Urls, log: Path) -> Iterator[Served]:
    """The server, once it answers; ended with the test."""
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "web", "--port", "0"], cwd=ROOT, env=environment(urls), stderr=out)
    try:
        yield Served(process, _address(process, log), log)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Waits for the line that names it."""
    end = time.monotonic() + PATIENCE
    while not (found := READY.search(log.read_text())):
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            if time.monotonic() < end:
                continue
        raise AssertionError(log.read_text())
    return found[1]
