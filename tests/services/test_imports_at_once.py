"""Imports at once, cut short, and read meanwhile: all of one, or nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.home import Home
from services.imports.result import Result
from services.imports.service import propose_import, record_import
from services.reading import When, cases
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.imports.reports import SAMPLE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def test_two_at_once_create_once(home: Home, database: Urls) -> None:
    actor = secretary(home)

    def run(_: int) -> Result:
        with opened(database) as other:
            return record_import(other, actor, SAMPLE)[0]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(4)))
    created = [result for result in results if result.created]
    assert len(created) == 1
    others = [result.unchanged for result in results if result is not created[0]]
    assert others == [created[0].created] * 3
    assert {result.id for result in results} == {"2023-1"}
    home.catch_up()
    assert len(cases(home, When())) == len(created[0].created)


CRASH = """
import sys
from pathlib import Path
from services.imports.service import record_import
from services.schema import Urls
from tests.homes import opened, secretary
with opened(Urls(*sys.argv[1:4])) as home:
    actor = secretary(home)
    print("ready", flush=True)
    sys.stdin.readline()
    record_import(home, actor, Path(sys.argv[4]))
    print("done", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1, 0.2, None])
def test_a_crash_leaves_all_or_nothing(home: Home, database: Urls, after: float | None) -> None:
    command = [sys.executable, "-c", CRASH, database.owner, database.writer, database.reader, str(SAMPLE)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:  # fmt: skip
        assert process.stdin and process.stdout and process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        if after is None:
            assert process.stdout.readline() == "done\n"
        else:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(after)
        process.send_signal(signal.SIGKILL)
    home.catch_up()
    found, expected = len(cases(home, When())), len(propose_import(home, SAMPLE, assembly="autre").created)
    assert found in (0, expected) and (after is not None or found == expected)
    result, outcome = record_import(home, secretary(home), SAMPLE)
    home.settle(outcome)
    assert len(result.created or result.unchanged) == expected
    assert len(cases(home, When())) == expected


def test_a_reader_reads_while_it_is_recorded(home: Home, database: Urls) -> None:
    """The lists show all of an import or nothing of it."""
    actor, seen = secretary(home), set[int]()
    with opened(database) as other, ThreadPoolExecutor(1) as pool:
        recording = pool.submit(lambda: record_import(other, actor, SAMPLE))
        while not recording.done():
            home.catch_up()
            seen.add(len(cases(home, When())))
        created = len(recording.result()[0].created)
    home.catch_up()
    assert seen <= {0, created} and len(cases(home, When())) == created
