"""The access log: what an auditor read as an auditor, and nothing else; nothing of it can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from services import access, accounts
from services.home import Home
from services.reading import When, case, cases, history
from services.reading.search import search
from services.schema import Urls
from tests.homes import do, opened, secretary

READINGS: list[Callable[[Home], Any]] = [
    lambda home: case(home, "2023:3", When()),
    lambda home: history(home, "2023:3", When(), "fr"),
    lambda home: cases(home, When()),
    lambda home: cases(home, When(as_of="2100-01-01")),
    lambda home: search(home, "réservé"),
]
WHO = {"vera": ["auditor"], "nora": ["auditor"], "olivier": ["officer"], "sarah": ["auditor", "secretary"]}


@pytest.fixture
def homes(database: Urls) -> Iterator[dict[str, Home]]:
    """A case for named people (Nora, who is an auditor too), one for everyone, as each opens them."""
    with ExitStack() as stack:
        home = stack.enter_context(opened(database))
        for login, roles in WHO.items():
            accounts.add(home.store, secretary(home), login, roles, login.title())
        do(home, "assembly:2023", "create", name="Assemblée", date="2023-05-13")
        do(home, "2023:1", "adopt", title="Ouvert")
        do(home, "2023:3", "adopt", title="Réservé")
        do(home, "2023:3", "restrict", visibility="named", people=["Nora"])
        home.catch_up()
        yield {login: stack.enter_context(opened(database, login)) for login in WHO}


def read(home: Home) -> list[tuple[Any, str, str]]:
    return [(line.person, line.what, line.about) for line in access.read(home.reader)]


@pytest.mark.parametrize("reading", READINGS)
def test_what_an_auditor_reads_as_an_auditor_is_written_down(homes: dict[str, Home], reading: Callable[[Home], Any]) -> None:
    for login in ("nora", "sarah"):  # one is named, the other the secretary
        reading(homes[login])
    assert read(homes["vera"]) == []
    reading(homes["vera"])
    assert read(homes["vera"]) == [(homes["vera"].viewer().person, "named-read", "2023:3")]


def test_what_everyone_sees_is_not_written_down(homes: dict[str, Home]) -> None:
    case(homes["vera"], "2023:1", When())
    assert read(homes["vera"]) == []


def test_what_is_searched_and_not_found_is_not_written_down(homes: dict[str, Home]) -> None:
    assert search(homes["vera"], "ouvert").count == 1 and not search(homes["vera"], "introuvable").count
    assert read(homes["vera"]) == []
    assert not search(homes["olivier"], "réservé").count, "an officer who is not named does not find it"


def test_what_cannot_be_written_down_cannot_be_read(homes: dict[str, Home], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: Any) -> None:
        raise psycopg.OperationalError("the disk is full")

    monkeypatch.setattr(access, "record", fails)
    for reading in READINGS:
        with pytest.raises(psycopg.OperationalError):
            reading(homes["vera"])


@pytest.mark.parametrize("change", ["UPDATE suivi.access SET about = ''", "DELETE FROM suivi.access", "TRUNCATE suivi.access"])
def test_nothing_of_it_can_be_changed(homes: dict[str, Home], database: Urls, change: str) -> None:
    case(homes["vera"], "2023:3", When())
    for url in (database.writer, database.owner):
        with psycopg.connect(url) as connection, pytest.raises(psycopg.Error):
            connection.execute(change)  # type: ignore[arg-type]  # one of three
    assert len(read(homes["vera"])) == 1


def test_a_page_of_it_ends_where_the_next_begins(homes: dict[str, Home]) -> None:
    store = homes["vera"].store
    access.record(store, "exported", None, [f"2023:{n}" for n in range(5)])
    first = access.read(homes["vera"].reader, limit=3)
    rest = access.read(homes["vera"].reader, before=first[-1].id)
    assert [line.about for line in first + rest] == [f"2023:{n}" for n in reversed(range(5))]
    assert [line.about for line in access.read(homes["vera"].reader, what="exported", about="2023:4")] == ["2023:4"]
    with pytest.raises(access.WhatUnknown):
        access.record(store, "looked")
