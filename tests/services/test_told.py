"""The dated facts of a follow-up report: read with it, noted one by one, brought up to date and taken back with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from projections.phrases.typography import typeset
from services.home import Home, Viewer
from services.imports.service import propose_import, record_import, undo_import
from services.reading import When, case, history
from services.reading.sheets import case_sheet
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.test_imports_service import document

REPORT = """Suivi des résolutions de l’assemblée annuelle 2023

RÉSOLUTION 1

Des sentiers

Une lettre a été envoyée au maire le 2 mai 2024, et trois relances. Le comité a tenu une corvée en juin dernier.

RÉSOLUTION 2

Des bancs

Rien n’a bougé.
"""
NEWER = REPORT.replace("en juin dernier.\n", "en juin dernier.\n\nUne autre corvée a eu lieu le 4 mai 2025.\n")
READ = [("2024-05-02", "occurred", "high"), ("2024-05-02/..", "occurred", "medium"), ("2024-06", "occurred", "medium")]


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def bring(home: Home, folder: Path, text: str, reference: str = "2024-09") -> dict[str, Any]:
    path = folder / "suivi.txt"
    path.write_text(text, encoding="utf-8")
    result, outcome = record_import(home, secretary(home), path, reference_date=reference)
    home.settle(outcome)
    return result.to_dict("fr")


def pending(home: Home, ref: str = "2023:1", when: When | None = None) -> list[tuple[str, str, str]]:
    return [(one["occurred"], one["role"], one["confidence"]) for one in case(home, ref, when or When())["facts"]]


def note(home: Home, fact: dict[str, Any], occurred: str | None = None) -> None:
    do(home, "2023:1", "note", occurred=occurred or fact["occurred"], text=fact["text"])
    home.catch_up()


def test_they_come_with_the_report_and_are_the_case_s(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "suivi.txt"
    path.write_text(REPORT, encoding="utf-8")
    rehearsed = propose_import(home, path, reference_date="2024-09").to_dict("fr")["facts"]
    facts = bring(home, tmp_path, REPORT)["facts"]
    assert facts == rehearsed
    assert [(one["occurred"], one["role"], one["confidence"]) for one in facts] == READ == pending(home)
    assert {one["ref"] for one in facts} == {"2023:1"} and {one["first_line"] for one in facts} == {7}
    assert facts[0].keys() == {
        "ref", "occurred", "role", "words", "text", "first_line", "last_line", "confidence", "because",
    }  # fmt: skip
    assert pending(home, "2023:2") == []


def test_the_history_tells_the_dates(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, REPORT)
    told = [entry for entry in history(home, "2023:1", When(), "fr") if entry["event"] == "FactsRead"]
    assert [entry["text"] for entry in told] == [
        typeset("Dates lues dans le document : le 2 mai 2024, à partir du 2 mai 2024 et en juin 2024.", "fr")
    ]


def test_each_waits_until_it_is_noted_with_a_date(home: Home, tmp_path: Path) -> None:
    first, second, _ = bring(home, tmp_path, REPORT)["facts"]
    note(home, first)
    assert pending(home) == READ[1:]
    note(home, second, "2024-05-20")
    assert pending(home) == READ[2:]


def test_at_a_time_that_is_over(home: Home, tmp_path: Path) -> None:
    first, *_ = bring(home, tmp_path, REPORT)["facts"]
    before = home.store.present.now
    note(home, first)
    assert pending(home, when=When(known_at=before.isoformat())) == READ
    assert pending(home, when=When(as_of="2024-06-01")) == [], "the document came in September"
    assert pending(home, when=When(as_of="2024-10-01")) == READ[1:]


def test_a_newer_document_keeps_what_was_noted(home: Home, tmp_path: Path) -> None:
    first, *_ = bring(home, tmp_path, REPORT)["facts"]
    note(home, first)
    bring(home, tmp_path, NEWER, "2025-06")
    assert pending(home) == [*READ[1:2], ("2024-06", "occurred", "medium"), ("2025-05-04", "occurred", "high")]


def test_they_go_with_their_import(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, REPORT)
    id = bring(home, tmp_path, NEWER, "2025-06")["id"]
    assert len(pending(home)) == 4
    _, outcome = undo_import(home, secretary(home), id)
    home.settle(outcome)
    assert pending(home) == READ


def test_a_member_of_the_assembly_is_not_shown_them(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path, REPORT)
    member = replace(home, known_viewer=Viewer(UUID(int=77), frozenset({"member"})))
    assert case(member, "2023:1", When())["facts"] == []
    assert "FactsRead" not in {entry["event"] for entry in case_sheet(member, "2023:1", When(), "fr").history}


def test_of_the_real_report(home: Home) -> None:
    result, outcome = record_import(home, secretary(home), document("real"), reference_date="2024-09~")
    home.settle(outcome)
    facts = result.to_dict("fr")["facts"]
    assert len(facts) >= 43
    kept = [one for ref in result.created for one in case(home, ref, When())["facts"]]
    assert len(kept) == len(facts)
