"""A process that is killed between a content and its event leaves neither; sent again, both are there, once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from services.attachments.contents import verify
from services.home import Home
from services.reading import When
from services.reading.attachments import attachments
from services.schema import Urls
from tests.homes import do, opened

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import os, signal, sys
from uuid import UUID
from services.act import AskWithFile, act
from services.accounts import enter
from services.attachments.files import upload
from services.store import Recorder, Store
from tests.services.planting import planted

url, killed, bug = sys.argv[1], sys.argv[2] == "killed", sys.argv[3]
if bug:
    whole = "with self.connection.transaction() if append.contents else nullcontext():"
    Recorder.insert_events = planted(Recorder.insert_events, whole, bug)
if killed:
    kept = "INSERT INTO suivi.attachments (sha256, content) VALUES (decode(%s, 'hex'), %b)"
    def die(self, events, append):
        for pair in append.contents.items():
            self.connection.execute(kept, pair)
        os.kill(os.getpid(), signal.SIGKILL)
    Recorder._insert = die
with Store(url) as store:
    actor, _ = enter(store, "ana")
    ask = AskWithFile(ref="2023:17", verb="attach", facts={"kind": "lettre"}, upload=upload("a.bin", b"x" * 3_000_000))
    act(store, actor, ask, UUID(int=7))
"""


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos")
        home.catch_up()
        yield home


def write(home: Home, how: str, bug: str = "") -> int:
    command = [sys.executable, "-c", WRITER, home.urls.writer, how, bug]
    return subprocess.run(command, cwd=ROOT, timeout=300, check=False).returncode


def kill_between(home: Home, bug: str = "") -> None:
    """Killed, looked at, sent again twice."""
    assert write(home, "killed", bug) == -signal.SIGKILL
    with psycopg.connect(home.urls.owner) as owner:
        assert owner.execute("SELECT count(*) FROM suivi.attachments").fetchone() == (0,)
    assert [write(home, "whole"), write(home, "whole")] == [0, 0]
    home.catch_up()
    assert len(attachments(home, "17", When())) == 1
    assert (verify(home.store).kept, verify(home.store).bad) == (1, ())


def test_killed_between_a_content_and_its_event(home: Home) -> None:
    kill_between(home)


def test_twin_a_content_of_its_own_transaction_is_seen(home: Home) -> None:
    with pytest.raises(AssertionError):
        kill_between(home, "with nullcontext():")
