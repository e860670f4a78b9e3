"""Imports taken back: what they made goes, what they freed may come again, what moved since keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from domain.errors import SuiviError
from domain.imports import AlreadyUndone
from services.execute import Actor
from services.home import Home
from services.imports.bringing import ImportRole
from services.imports.result import Result
from services.imports.service import ImportUnknown, MovedSince, record_import, undo_import
from services.reading import When, assemblies, case, cases, history
from services.refs import CaseUnknown
from services.schema import Urls
from tests.homes import do, lists, opened, secretary
from tests.services.imports.reports import SAMPLE

FIRST = """Suivi des résolutions de l’assemblée annuelle 2023

RÉSOLUTION 1

Un premier titre

Le comité a commencé ses travaux.

RÉSOLUTIONS 2 – 4

Un deuxième titre – Un quatrième titre

La rencontre est fixée au printemps.
"""
SECOND = FIRST.replace("ses travaux.\n", "ses travaux.\n\nLe dossier est clos.\n")
SECOND += "\nRÉSOLUTION 7\n\nUn septième\n\nÀ suivre.\n"


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def bring(home: Home, folder: Path, text: str, name: str = "suivi.txt") -> Result:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    result, outcome = record_import(home, secretary(home), path, reference_date="2024-06")
    home.settle(outcome)
    return result


def undo(home: Home, id: str, by: Actor | None = None) -> Result:
    result, outcome = undo_import(home, by or secretary(home), id)
    home.settle(outcome)
    return result


def numbers(home: Home) -> dict[str, str]:
    return {number: fate for row in assemblies(home, When()) for number, fate in row["numbers"].items()}


def test_everything_goes_and_may_come_again(home: Home) -> None:
    actor = secretary(home)
    home.catch_up()
    before = lists(home, ["directory"])
    first, _ = record_import(home, actor, SAMPLE)
    result = undo(home, "2023-1")
    assert result.to_dict("fr") | {"updated": []} == Result(id="2023-1", assembly="2023", undone=True).to_dict("fr")
    assert result.updated == first.created
    assert cases(home, When()) == [] and assemblies(home, When()) == []
    assert lists(home, ["directory"]) == before
    with pytest.raises(CaseUnknown):
        case(home, "2023:17", When())
    again, outcome = record_import(home, actor, SAMPLE)
    home.settle(outcome)
    assert (again.id, again.created) == ("2023-2", first.created)
    assert len(cases(home, When())) == len(first.created)
    assert [row["key"] for row in assemblies(home, When())] == ["2023"]


def test_an_update_taken_back_leaves_the_case_as_it_was(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, FIRST)
    before, fates = case(home, "2023:1", When()), numbers(home)
    bring(home, tmp_path, SECOND)
    assert len(case(home, "2023:1", When())["notes"]) == 2
    assert numbers(home) == fates | {"7": "adopted", "5": "unknown", "6": "unknown"}
    result = undo(home, "2023-2")
    assert result.updated == ["2023:1", "2023:7"]
    after = case(home, "2023:1", When())
    assert after | {"version": 0} == before | {"version": 0} and after["version"] > before["version"]
    assert [row["ref"] for row in cases(home, When())] == ["2023:1", "2023:2"]
    assert numbers(home) == fates
    assert {entry["retracted_by"] is not None for entry in history(home, "2023:1", When(), "fr")} == {True, False}
    undo(home, "2023-1")
    assert cases(home, When()) == [] and assemblies(home, When()) == []


def test_what_moved_since_keeps_it(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, FIRST)
    do(home, "2023:4", "start", part="4")
    do(home, "2023:1", "note", text="une note")
    with pytest.raises(MovedSince) as refused:
        undo(home, "2023-1")
    assert refused.value.facts == {"refs": ["2023:1", "2023:2"]}
    home.catch_up()
    assert len(cases(home, When())) == 2
    started = len(history(home, "2023:4", When(), "fr"))
    do(home, "2023:4", "retract", event=f"@{started}", reason="erreur")
    with pytest.raises(MovedSince) as refused:
        undo(home, "2023-1")
    assert refused.value.facts == {"refs": ["2023:1"]}


def test_what_a_later_import_added_keeps_it(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, FIRST)
    bring(home, tmp_path, SECOND)
    with pytest.raises(MovedSince) as refused:
        undo(home, "2023-1")
    assert refused.value.facts == {"refs": ["2023:1"]}


def test_the_assembly_stays_while_something_else_uses_it(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, FIRST)
    do(home, "2023:12", "adopt", title="À la main")
    undo(home, "2023-1")
    assert [row["ref"] for row in cases(home, When())] == ["2023:12"]
    assert [row["key"] for row in assemblies(home, When())] == ["2023"]


def test_an_assembly_entered_by_hand_stays(home: Home, tmp_path: Path) -> None:
    do(home, "assembly:2023", "create", name="Assemblée 2023")
    home.catch_up()
    before = assemblies(home, When())
    bring(home, tmp_path, SECOND)
    assert numbers(home)["5"] == "unknown"
    undo(home, "2023-1")
    (after,) = assemblies(home, When())
    assert after | {"version": 0} == before[0] | {"version": 0}


def test_a_file_that_changed_nothing_comes_anew_once_its_cases_are_gone(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, FIRST)
    same = bring(home, tmp_path, FIRST + "\n\n")
    assert (same.id, same.created, same.unchanged) == ("2023-2", [], ["2023:1", "2023:2"])
    undo(home, "2023-1")
    assert cases(home, When()) == []
    assert bring(home, tmp_path, FIRST + "\n\n").created == ["2023:1", "2023:2"]
    assert [row["ref"] for row in cases(home, When())] == ["2023:1", "2023:2"]


def test_it_is_refused_twice_unknown_or_without_a_role(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, FIRST)
    with pytest.raises(ImportRole):
        undo(home, "2023-1", by=Actor(secretary(home).person, frozenset({"auditor"})))
    with pytest.raises(ImportUnknown) as unknown:
        undo(home, "2023-9")
    assert unknown.value.facts == {"id": "2023-9", "known": ["2023-1"]}
    undo(home, "2023-1")
    with pytest.raises(AlreadyUndone):
        undo(home, "2023-1")


def test_it_races_with_an_officer_who_moves_a_case(home: Home, database: Urls, tmp_path: Path) -> None:
    """Either it is taken back and the move finds no case, or the case has moved and it stays."""
    actor = secretary(home)
    for turn in range(6):
        imported = bring(home, tmp_path, FIRST.replace("2023", str(1990 + turn)), f"{turn}.txt")

        def move(imported: Result = imported) -> bool:
            with opened(database) as other, suppress(SuiviError):
                do(other, imported.created[0], "start", by=actor)
                return True
            return False

        def take_back(imported: Result = imported) -> bool:
            with opened(database) as other, suppress(MovedSince):
                undo_import(other, actor, imported.id or "")
                return True
            return False

        with ThreadPoolExecutor(2) as pool:
            moved, undone = [f.result() for f in (pool.submit(move), pool.submit(take_back))]
        home.catch_up()
        there = [row for row in cases(home, When()) if row["assembly"] == imported.assembly]
        assert moved is not undone and bool(there) is moved
