"""Records over HTTP: their list, one, what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from services.schema import Urls
from tests.homes import do, opened
from tests.web.desk import Town, serving
from web.api import shapes


@pytest.fixture
def place(database: Urls) -> Iterator[Town]:
    with opened(database) as home, serving(database) as client:
        for number in ("1", "2", "3"):
            do(home, "record:new", "create", kind="publication", title=f"Article {number}", date=f"2024-0{number}")
        do(home, "record:new", "create", kind="alliance", title="Coalition", relation="member", figures="près de 40 groupes")
        home.catch_up()
        yield Town(home, client)


def test_the_list_and_its_pages(place: Town) -> None:
    rows = place.ana.items("/records", params={"limit": "3"})
    assert [row["number"] for row in rows] == [1, 2, 3, 4]
    for row in rows:
        msgspec.convert(row, shapes.Record, strict=True)
    assert [row["number"] for row in place.ana.items("/records", params={"kind": "alliance"})] == [4]
    assert [row["number"] for row in place.ana.items("/records", params={"since": "2024-02", "query": "article"})] == [2, 3]
    assert [row["number"] for row in place.ana.items("/records", params={"as_of": "2024-01-31"})] == [1]
    for params in ({"kind": "fête"}, {"since": "jadis"}, {"genre": "alliance"}):
        assert place.ana.get("/records", params=params).status_code == 422


def test_one_with_its_version(place: Town) -> None:
    found = place.ana.get("/records/4")
    assert found.status_code == 200 and found.headers["etag"] == '"1"'
    assert found.json()["figures"][0]["bound"] == "about"
    assert place.ana.get("/records/99").status_code == 404
    assert place.ana.get("/records/record:4/history").json()["items"][0]["event"] == "RecordCreated"


def test_what_is_recorded(place: Town) -> None:
    made = place.ana.post("/records", {"kind": "activity", "title": "Forum"}, Idempotency_Key="k")
    assert made.status_code == 201 and made.headers["location"].endswith("/records/record%3A5"), made.text
    again = place.ana.post("/records", {"kind": "activity", "title": "Forum"}, Idempotency_Key="k")
    assert again.headers["idempotent-replayed"] == "true" and again.json()["ref"] == "record:5"
    changed = place.ana.post("/records/5/reword", {"place": "Gaspé"}, If_Match='"1"')
    assert changed.status_code == 200 and changed.json()["place"] == "Gaspé"
    late = place.ana.post("/records/5/withdraw", {"reason": "x"}, If_Match='"1"')
    assert late.status_code == 412
    assert place.ana.post("/records/5/withdraw", {"reason": "x"}, If_Match='"2"').status_code == 200
    assert [row["number"] for row in place.ana.items("/records")] == [1, 2, 3, 4]
