"""A server that is killed while it records: whoever sends everything again, under the same keys, has each thing once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from services import tokens
from services.home import Home
from services.reading import When, case
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.web.served import served

SENT = 60
BEFORE = 40  # of them, that go out whether or not the server is killed yet
CASES = ("17", "18", "19")


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023")
        for number in CASES:
            do(home, f"2023:{number}", "adopt", title=f"Résolution {number}")
        home.catch_up()
        yield home


def send(url: str, secret: str, n: int, keyed: bool) -> bool:
    """One note; false if no answer came."""
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": f"note {n}"} if keyed else {})
    try:
        address = f"{url}/api/v1/cases/{CASES[n % len(CASES)]}/note"
        return httpx.post(address, json={"text": f"note {n}"}, headers=headers, timeout=300).status_code == 200
    except httpx.TransportError:
        return False


def kill_and_send_again(home: Home, log: Path, keyed: bool) -> None:
    """Sends, kills the server after a few answers, starts another, and sends everything again."""
    _, secret = tokens.add(home.store, secretary(home), "site", ["write"])
    killed = threading.Event()

    def once(n: int) -> bool:
        if n >= BEFORE:
            killed.wait()
        return send(first.url, secret, n, keyed)

    with served(home.urls, log) as first, ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(once, n) for n in range(SENT)]
        while sum(one.done() and one.result() for one in sent) < 5 and not all(one.done() for one in sent[:BEFORE]):
            time.sleep(0.002)
        first.process.kill()
        first.process.wait()
        killed.set()
        acknowledged = [one.result() for one in sent]
    assert 5 <= sum(acknowledged) < SENT
    with served(home.urls, log) as second, ThreadPoolExecutor(4) as pool:
        again = [pool.submit(send, second.url, secret, n, keyed) for n in range(SENT)]
        assert all(one.result() for one in again)
    home.catch_up()
    notes = [note["text"] for number in CASES for note in case(home, f"2023:{number}", When())["notes"]]
    assert sorted(notes) == sorted(f"note {n}" for n in range(SENT))


def test_each_note_is_there_once(home: Home, tmp_path: Path) -> None:
    kill_and_send_again(home, tmp_path / "web.log", keyed=True)


def test_without_keys_it_would_be_there_twice(home: Home, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="note"):
        kill_and_send_again(home, tmp_path / "web.log", keyed=False)
