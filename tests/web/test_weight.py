"""What each page costs whoever waits for it: bytes on the wire, and questions to the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import psycopg
import pytest

from services.schema import Urls
from tests.browser.people import link
from tests.places import addresses
from tests.web.browser import Browser
from tests.web.desk import Client, serving
from web.assets import SCRIPT
from web.entering import COOKIE

FIRST, LATER = 100_000, 30_000  # bytes that a visit may take: with all that dresses a page, and without
QUESTIONS = 12
SCRIPTS = 26_000  # bytes of our own, as they are read
DRESS = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@pytest.fixture(scope="module")
def client(demonstration: Urls) -> Iterator[Client]:
    with serving(demonstration) as found:
        yield found


@pytest.fixture(scope="module")
def marie(client: Client, demonstration: Urls) -> Browser:
    """The secretary, entered."""
    browser = Browser(client)
    browser.cookie = browser.ask(link(demonstration, "secretary")).cookies[COOKIE]
    client.inner.cookies.clear()
    return browser


def weight(answer: httpx.Response) -> int:
    """Bytes on the wire: the body as it was sent, and its head."""
    assert answer.headers.get("content-encoding") == "gzip" or answer.num_bytes_downloaded < 1_000
    return answer.num_bytes_downloaded + sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def execute(cursor: Any, query: Any, *given: Any, really: Any = psycopg.Cursor.execute, **more: Any) -> Any:
        sent.append(" ".join(str(query).split())[:160])
        return really(cursor, query, *given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", execute)
        yield sent


@pytest.mark.parametrize("path", addresses())
def test_a_page_is_light_and_asks_little(path: str, marie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    marie.ask(path)  # what a process remembers of the whole house is not asked again
    with counted(monkeypatch) as asked:
        answer = marie.ask(path)
    assert answer.status_code < 500 and (answer.is_redirect or answer.headers["content-type"].startswith("text/html"))
    assert len(asked) <= QUESTIONS, "\n".join([str(len(asked)), *asked])
    dress = {each: weight(marie.ask(each)) for each in DRESS.findall(answer.text)}
    assert weight(answer) <= LATER
    assert weight(answer) + sum(dress.values()) <= FIRST, dress


def test_our_scripts_are_small() -> None:
    assert 10_000 < len(SCRIPT.content) <= SCRIPTS


def test_what_dresses_a_page_is_asked_once(marie: Browser) -> None:
    dress = DRESS.findall(marie.ask("/dossiers").text)
    assert len(dress) >= 3
    for each in dress:
        assert "immutable" in marie.ask(each).headers["cache-control"]


def test_the_count_counts(marie: Browser, monkeypatch: pytest.MonkeyPatch, demonstration: Urls) -> None:
    """Statements of other threads too, each once."""
    with counted(monkeypatch) as asked, psycopg.connect(demonstration.reader) as connection:
        connection.execute("SELECT 1")
        connection.cursor().execute("SELECT 2")
        assert asked == ["SELECT 1", "SELECT 2"]
        marie.ask("/etat")
    assert any("suivi." in statement for statement in asked)
