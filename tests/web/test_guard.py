"""What never reaches a route: other names, too much, too slow; and how desks are shared."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

import anyio
import psycopg
import pytest

from services import reading
from tests.web.desk import API, Town, settings_of
from web import desks, guard
from web.guard import hosts_of
from web.problems import LARGEST

NOTE = f"{API}/cases/17/note"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8017", "localhost", "LOCALHOST:1"])
def test_names_that_are_ours(place: Town, host: str) -> None:
    assert place.nobody.get("/ready", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "", "127.0.0.1.evil.example", "evil.example:8017", "[::1]", "user@evil.example", "0.0.0.0"]
)
def test_names_that_are_not(place: Town, host: str) -> None:
    answer = place.ana.get("/cases", headers={"Host": host})
    assert (answer.status_code, answer.json()["type"]) == (421, "/problemes/host-unknown")


def test_the_public_address_is_a_name_of_ours(place: Town) -> None:
    settings = settings_of(place.home.urls)
    assert hosts_of(replace(settings, url="https://Suivi.example.org:8443")) == {"127.0.0.1", "localhost", "suivi.example.org"}


async def endless(chunk: bytes) -> AsyncIterator[bytes]:
    while True:
        yield chunk


def test_a_body_has_a_limit(place: Town) -> None:
    text = b'{"text": "' + b"x" * LARGEST + b'"}'
    for content in (text, endless(b"x" * 65536)):
        answer = place.ana.request("POST", NOTE, content=content)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problemes/body-too-large")
    within = place.ana.request("POST", NOTE, content=b'{"text": "' + b"x" * (LARGEST - 20) + b'"}')
    assert within.status_code == 200


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b"3", b'"x"', b'{"text": "\\u0000"}', b'{"text": {"a\\u0000": 1}}', b"\xff\xfe{}", b'{"text": "\\ud800"}',
     b'{"text":' * 5000 + b"1" + b"}" * 5000, b"[" * 100_000, b'{"text": "x"} {}', b"{'text': 'x'}", b'{"text": NaN}'],
)  # fmt: skip
def test_a_body_is_one_json_object(place: Town, content: bytes) -> None:
    answer = place.ana.request("POST", NOTE, content=content)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problemes/body-unreadable")
    assert place.ana.get("/cases/17").json()["notes"] == []


def test_who_sends_too_slowly_is_sent_away_and_holds_no_desk(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS", 0.5)

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"text": '
        await anyio.sleep(600)
        yield b'"x"}'

    async def ask() -> list[int]:
        statuses: list[int] = []

        async def one() -> None:
            answer = await place.nobody.inner.request("POST", NOTE, content=slowly(), headers=place.ana.headers)
            statuses.append(answer.status_code)

        async with anyio.create_task_group() as group:
            for _ in range(desks.SEATS + 2):
                group.start_soon(one)
        return statuses

    begun = time.monotonic()
    assert place.nobody.portal.call(ask) == [408] * (desks.SEATS + 2)
    assert time.monotonic() - begun < 300
    assert place.ana.get("/cases/17").status_code == 200


def test_who_waits_too_long_for_a_desk_is_told_to_come_back(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    held, free = Event(), Event()
    right = reading.case

    def wait(*args: Any) -> dict[str, Any]:
        held.set()
        free.wait(300)
        return right(*args)

    monkeypatch.setattr(reading, "case", wait)
    monkeypatch.setattr(desks, "PATIENCE", 0.2)
    with ThreadPoolExecutor(desks.SEATS) as pool:
        busy = [pool.submit(place.ana.get, "/cases/17") for _ in range(desks.SEATS)]
        try:
            assert held.wait(300)
            while (told := place.ana.get("/cases")).status_code == 200:
                pass  # not all of them are seated yet
            assert (told.status_code, told.headers["retry-after"]) == (503, "2")
            assert told.json()["type"] == "/problemes/all-taken"
        finally:
            free.set()
        statuses = [one.result().status_code for one in busy]
    assert 200 in statuses and set(statuses) <= {200, 503}
    assert place.ana.get("/cases").status_code == 200


def test_connections_that_were_cut_are_opened_anew(place: Town) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert {one.status_code for one in pool.map(lambda _: place.ana.get("/cases"), range(12))} == {200}
    cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s"
    with psycopg.connect(place.home.urls.writer, autocommit=True) as writer:
        writer.execute(cut + " AND pid <> pg_backend_pid()", ("suivi_writer",))
    with psycopg.connect(place.home.urls.reader, autocommit=True) as reader:
        reader.execute(cut + " AND pid <> pg_backend_pid()", ("suivi_reader",))
    with ThreadPoolExecutor(4) as pool:
        assert {one.status_code for one in pool.map(lambda _: place.ana.get("/cases/17"), range(12))} == {200}


def test_every_answer_has_the_headers_that_protect_it(place: Town) -> None:
    for answer in (place.ana.get("/cases"), place.ana.get("/cases/99"), place.nobody.get("/health")):
        for name, value in guard.HEADERS.items():
            assert answer.headers[name] == value
