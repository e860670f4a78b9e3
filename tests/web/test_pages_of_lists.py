"""Pages of a list while others write: nothing lost, nothing twice, in order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.sql import SQL

from domain.words import natural
from projections import case_pages
from services.act import Ask, act_all
from services.reading.pages import Page, cursor, page_of, read_cursor
from tests.homes import opened, secretary
from tests.web.desk import Client, Town

NUMBERS = ["1", "2", "10", "12", "12-B", "100", "2023-07", "A-1", "A-10", "B"]


def adopt(place: Town, numbers: list[str]) -> None:
    asks = [Ask(ref=f"2023:{n}", verb="adopt", facts={"title": f"Résolution {n}"}) for n in numbers]
    act_all(place.home.store, secretary(place.home), asks)
    place.home.catch_up()


def numbers(rows: list[dict[str, Any]]) -> list[str]:
    return [row["numbers"][0] for row in rows]


@pytest.mark.parametrize("limit", ["1", "3", "200"])
def test_numbers_come_in_their_natural_order(place: Town, limit: str) -> None:
    adopt(place, NUMBERS)
    found = place.ana.items("/cases", params={"limit": limit})
    assert numbers(found) == sorted([*NUMBERS, "5", "17"], key=natural)
    assert place.ana.items("/cases", params={"limit": limit, "as_of": "2999"}) == found
    assert numbers(place.ana.items("/cases", params={"limit": limit, "query": "résolution"})) == sorted(NUMBERS, key=natural)


def test_the_last_page_has_no_next(place: Town) -> None:
    answer = place.ana.get("/cases", params={"limit": "2"})
    assert len(answer.json()["items"]) == 2 and "link" not in answer.headers
    first = place.ana.get("/cases", params={"limit": "1", "state": "adopted"})
    assert first.links["next"]["url"].startswith("/api/v1/cases?limit=1&state=adopted&after=")


def read_while_written(place: Town) -> None:
    """Pages of two of some 40 cases, while others add some and change all."""
    kept = [str(number) for number in range(100, 140)]
    adopt(place, kept)
    over = Event()

    def write() -> None:
        with opened(place.home.urls) as home:
            actor, n = secretary(home), 0
            while not over.is_set():
                n += 1
                new = Ask(ref=f"2023:{n % 2 * 1000}-{n}", verb="adopt", facts={"title": "Une de plus"})
                note = Ask(ref=f"2023:{kept[n % len(kept)]}", verb="set-due", facts={"due": f"20{n % 70 + 30}-01-01"})
                act_all(home.store, actor, [new, note])
                home.catch_up()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            for _ in range(3):
                found = numbers(place.ana.items("/cases", params={"limit": "2"}))
                assert [n for n in found if n in kept] == kept
                assert found == sorted(set(found), key=natural)
        finally:
            over.set()
            writing.result()


def test_nothing_is_lost_or_doubled_while_others_write(place: Town) -> None:
    read_while_written(place)


def test_pages_that_count_rows_would_be_seen(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_pages, "_FOLLOWING", SQL("place >= %(place)s"))
    with pytest.raises(AssertionError):
        read_while_written(place)


@pytest.mark.parametrize(
    "after", ["x", "é", "", "W10", "WyJhIiwiYiJd", "bnVsbA", cursor(["\0"]), "A" * 400, cursor(["2023\x01"]) + "!"]
)
@pytest.mark.parametrize("url", ["/cases", "/people", "/deadlines", "/cases/17/history"])
def test_a_cursor_of_ones_own_is_refused_or_leads_somewhere(place: Town, url: str, after: str) -> None:
    answer = place.ana.get(url, params={"after": after})
    assert answer.status_code in (200, 422), answer.text


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1.5", ""])
def test_a_limit_is_from_1_to_200(place: Town, limit: str) -> None:
    answer = place.ana.get("/cases", params={"limit": limit})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "limit")


@given(st.lists(st.lists(st.text(max_size=3), min_size=1, max_size=2), max_size=12), st.integers(1, 4))
def test_pages_put_together_are_the_list(keys: list[list[str]], limit: int) -> None:
    rows = [{"key": [part.replace("\0", "") for part in key]} for key in keys]
    rows = [row for n, row in enumerate(rows) if row not in rows[:n]]
    key: Callable[[dict[str, Any]], list[str]] = lambda row: row["key"]  # noqa: E731
    found, page = list[dict[str, Any]](), Page([], "")
    after: str | None = None
    while page.next is not None:
        page = page_of(rows, key, after, limit)
        found, after = found + page.items, page.next
    assert found == sorted(rows, key=key)


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_a_cursor_is_read_as_it_was_written(place: list[str]) -> None:
    assert read_cursor(cursor(place)) == place


def test_the_pages_of_someone_else_are_their_own(place: Town) -> None:
    adopt(place, NUMBERS)
    place.do("2023:10", "restrict", visibility="named", people=["person:ana"])
    jean: Client = place.someone("jean", "officer")
    assert numbers(jean.items("/cases", params={"limit": "1"})) == sorted({*NUMBERS, "5", "17"} - {"10"}, key=natural)
