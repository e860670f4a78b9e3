"""Whether everything goes, as a watcher of machines reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from services.health import LATE
from services.watching import STILL, beat
from tests.web.desk import Town


def health(place: Town) -> dict[str, Any]:
    found: dict[str, Any] = place.nobody.get("/health").json()
    return found


def wound(place: Town) -> None:
    for name in ("sweep", "deliver"):
        beat(place.home.store.connection, name)


def test_all_is_well_where_the_clocks_are_wound(place: Town) -> None:
    assert (health(place)["status"], place.nobody.get("/health").status_code) == ("down", 503)
    wound(place)
    answer = place.nobody.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["components"].keys() == {
        "database", "log", "projections", "sweep", "deliver", "steps", "outbox",
    }  # fmt: skip
    assert place.nobody.get("/ready").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("change", "component", "status"),
    [
        (f"UPDATE suivi.heartbeats SET at = clock_timestamp() - interval '{STILL.total_seconds() + 1} s'", "sweep", "late"),
        ("UPDATE suivi.projections SET failed = 'ValueError'", "projections", "down"),
        ("INSERT INTO suivi.troubles VALUES (gen_random_uuid(), 3, 'x', now(), true)", "steps", "late"),
    ],
)
def test_what_does_not_go_is_told_apart(place: Town, change: str, component: str, status: str) -> None:
    wound(place)
    place.home.store.connection.execute(change)  # type: ignore[arg-type]  # ours
    found = health(place)
    assert (found["status"], found["components"][component]["status"]) == (status, status)


def test_lists_that_nobody_brings_up_to_date_are_late(place: Town) -> None:
    wound(place)
    row = "SELECT position FROM suivi.projections WHERE name = 'cases'"
    place.home.store.connection.execute(f"UPDATE suivi.projections SET position = 0 WHERE position = ({row})")  # type: ignore[arg-type]
    behind = health(place)["components"]["projections"]
    assert behind["seconds"] >= 0 and behind["status"] == ("ok" if behind["seconds"] <= LATE.total_seconds() else "late")


def test_health_tells_nothing_of_anyone(place: Town) -> None:
    place.do("17", "assign", owner="person:ana")
    told = json.dumps([health(place), place.nobody.get("/ready").json()])
    for word in ("ana", "vélos", "2023"):
        assert word not in told


def test_a_database_that_is_away_is_told(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    desks = place.nobody.app.state.desks
    while desks.free:
        desks.free.pop().stack.close()
    nowhere = replace(desks.urls, writer="postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(desks, "urls", nowhere)
    answer = place.nobody.get("/health")
    assert (answer.status_code, answer.json()["components"]) == (503, {"database": {"status": "down"}})
    assert place.nobody.get("/ready").status_code == place.ana.get("/cases").status_code == 503
    monkeypatch.undo()
    assert place.ana.get("/cases").status_code == 200
