"""The whole log leaves as CloudEvents: from the file alone, the same counts; for administrators only."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from services import access, accounts
from services.home import Home
from services.leaving import ForAdministrators, export
from services.leaving import events as events_of_log
from services.schema import Urls
from tests.homes import do, opened, secretary


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Assemblée 2023", date="2023-11-18")
        do(home, "2023:1", "adopt", titles={"1": "Un jardin « à nous »"}, adopted_on="2023-11-18")
        do(home, "2023:1", "note", text="Vu le 1er mai\nà midi")
        home.catch_up()
        yield home


@pytest.mark.parametrize("page", [1, 500])
def test_the_file_alone_gives_the_counts(home: Home, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(events_of_log, "PAGE", page)
    out, steps = io.BytesIO(), list[tuple[int, int]]()
    count = export(home, out, progress=lambda done, of: steps.append((done, of))).entries
    events = [json.loads(line) for line in out.getvalue().decode().splitlines()]
    rows = home.store.connection.execute("SELECT split_part(topic, '.', 1), count(*) FROM suivi.events GROUP BY 1").fetchall()
    assert Counter(event["type"].split(".")[2] for event in events) == dict(rows)
    assert count == len(events) and steps[-1] == (count, count)
    assert [event["sequence"] for event in events] == sorted({event["sequence"] for event in events})
    assert len({event["id"] for event in events}) == count
    (adopted,) = [event for event in events if event["type"].startswith("ca.suivi.CaseAdopted.")]
    assert adopted["specversion"] == "1.0" and adopted["data"]["titles"] == {"1": "Un jardin « à nous »"}
    (line, *_) = access.read(home.store.connection, what="taken")
    assert line.person == home.viewer().person


def test_nobody_else_takes_it(home: Home) -> None:
    accounts.add(home.store, secretary(home), "olivier", ["officer"])
    home.catch_up()
    out = io.BytesIO()
    with pytest.raises(ForAdministrators):
        export(replace(home, settings=replace(home.settings, user="olivier")), out)
    assert out.getvalue() == b""
