"""The organisation's own definitions, in versions of their own: adopted, moved, listed, searched, printed, and migrated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from domain.case import migration
from domain.errors import SuiviError
from services.execute import Actor
from services.home import Home, Viewer
from services.migrating import followed, migrate_all
from services.reading import When, case, cases, history
from services.reading.search import search
from services.rebuilding import rebuild
from services.schema import Urls
from tests.errands import in_use, second
from tests.homes import do, lists, opened, secretary

NOW = When()
@pytest.fixture
def home(database: Urls, tmp_path: Path) -> Iterator[Home]:
    with in_use(tmp_path), opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        for number in ("1", "2", "3"):
            do(home, f"2023:{number}", "adopt", title=f"Course {number}", kind="errand")
        do(home, "2023:2", "run")
        do(home, "2023:3", "run")
        do(home, "2023:3", "hold")
        home.catch_up()
        yield home


def test_cases_that_one_may_not_see_are_not_counted(home: Home) -> None:
    do(home, "2023:7", "adopt", title="Un grief")
    do(home, "2023:7", "restrict", visibility="named", people=["ana"])
    home.catch_up()
    assert followed(home) == {"errand.v1": 3, "resolution.v1": 1}
    other = replace(home, known_viewer=Viewer(uuid4(), frozenset({"officer", "administrator"})))
    assert followed(other) == {"errand.v1": 3}


def states(home: Home) -> dict[str, str]:
    home.catch_up()
    return {row["ref"]: row["state"] for row in cases(home, NOW)}


def test_a_case_of_our_own_rules_is_moved_listed_and_found(home: Home) -> None:
    assert states(home) == {"2023:1": "asked", "2023:2": "running", "2023:3": "waiting"}
    assert "lancer" in history(home, "2023:2", NOW, "fr")[-1]["text"].lower()
    assert [hit.ref for hit in search(home, "course 2").groups["case"]] == ["2023:2"]
    assert case(home, "2023:2", NOW)["workflow"] == "errand.v1"


def test_older_versions_are_listed_beside_newer_ones(home: Home, tmp_path: Path) -> None:
    second(tmp_path)
    do(home, "2023:4", "adopt", title="Course 4", kind="errand")
    assert states(home) == {"2023:1": "asked", "2023:2": "running", "2023:3": "waiting", "2023:4": "asked"}
    assert case(home, "2023:4", NOW)["workflow"] == "errand.v2"
    assert [row["final"] for row in cases(home, When(as_of="2030"))] == [False] * 4


def test_it_goes_on_under_another_version_with_what_runs(home: Home, tmp_path: Path) -> None:
    do(home, "2023:2", "set-due", due="2031-05-01")
    second(tmp_path)
    do(home, "2023:2", "migrate", to="2", reason="nouvelles règles")
    home.catch_up()
    row = case(home, "2023:2", NOW)
    assert (row["workflow"], row["state"]) == ("errand.v2", "running")
    assert len(row["clocks"]) == 1, "the clock that runs keeps its ladder"
    assert "édition 2" in history(home, "2023:2", NOW, "fr")[-1]["text"]
    do(home, "2023:2", "hold")
    assert states(home)["2023:2"] == "paused"


def test_a_state_that_is_no_more_needs_another(home: Home, tmp_path: Path) -> None:
    second(tmp_path)
    with pytest.raises(migration.StatesGone):
        do(home, "2023:3", "migrate", to="errand.v2")
    with pytest.raises(migration.StateStays):
        do(home, "2023:3", "migrate", to="2", states={"waiting": "elsewhere"})
    do(home, "2023:3", "migrate", to="2", states={"waiting": "paused"})
    assert states(home)["2023:3"] == "paused"


@pytest.mark.parametrize(
    ("to", "refusal"),
    [("1", migration.SameVersion), ("7", migration.VersionUnknown), ("resolution.v1", migration.VersionUnknown)],
)
def test_what_is_no_other_version(home: Home, to: str, refusal: type[SuiviError]) -> None:
    with pytest.raises(refusal):
        do(home, "2023:1", "migrate", to=to)


def test_officers_do_not(home: Home, tmp_path: Path) -> None:
    second(tmp_path)
    officer = Actor(secretary(home).person, frozenset({"officer"}))
    with pytest.raises(migration.MigrateRole):
        do(home, "2023:1", "migrate", by=officer, to="2")


def test_in_bulk_it_is_shown_first_then_done_once(home: Home, tmp_path: Path) -> None:
    second(tmp_path)
    held = states(home)
    shown = migrate_all(home, secretary(home), "errand", (1, 2), {}, uuid4(), dry_run=True)
    assert (shown.moved, [ref for ref, _ in shown.refused]) == (("2023:1", "2023:2"), ["2023:3"])
    assert (shown.changes.states_lost, shown.changes.states_gained) == (("waiting",), ("paused",))
    assert shown.changes.clocks == ("due",)
    assert states(home) == held
    id = uuid4()
    done = migrate_all(home, secretary(home), "errand", (1, 2), {"waiting": "paused"}, id)
    assert (done.moved, done.refused) == (("2023:1", "2023:2", "2023:3"), ())
    assert states(home) == {"2023:1": "asked", "2023:2": "running", "2023:3": "paused"}
    assert migrate_all(home, secretary(home), "errand", (1, 2), {"waiting": "paused"}, id).moved == ()
    live = lists(home)
    rebuild(home, "cases", lambda n, of: None)
    assert lists(home) == live
