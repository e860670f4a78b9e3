"""Registers whose cells moved, and whose headings say nothing: what is put back is said, what is guessed is asked."""

from __future__ import annotations

from typing import Any

import pytest

from projections.phrases.catalogue import say
from services.imports.register import statuses
from tests.services.imports.test_register import ROWS, page, read, separated, sheet

MOVED = {
    "to the right, all of it": ("", "9", "Eau potable", "Amos", "Rejetée", ""),
    "to the right, from the title on": ("9", "", "Eau potable", "Amos", "Adoptée", "Le ministère étudie.", "En cours"),
    "to the right, over a cell that is not there": ("9", "", "Eau potable", "Amos", "Adoptée", ""),
    "to the left": ("9", "Eau potable", "Adoptée", "Le ministère étudie.", "En cours", ""),
}


@pytest.mark.parametrize("name", MOVED)
@pytest.mark.parametrize("make", [sheet, separated, page])
def test_cells_that_moved_are_put_back_and_said(make: Any, name: str) -> None:
    found = read(make(rows=[*ROWS[:3], MOVED[name]])).report
    assert [type(one.notice).__name__ for one in found.problems] == ["RowMended"]
    assert found.problems[0].severity == "warning"
    said = " ".join(say(found.problems[0].notice, "fr").split())
    assert "« 9 »" in said and "« Eau potable »" in said
    if name == "to the right, all of it":
        assert found.fates["9"] == "defeated"
        return
    block = next(block for block in found.blocks if block.numbers == ("9",))
    assert block.titles == {"9": "Eau potable"} and block.vote == "Adoptée"
    assert block.sponsor == (None if name == "to the left" else "Amos")
    if "En cours" in MOVED[name]:
        assert [p.state for p in block.proposals] == ["in_progress"]
        assert [p.text for p in block.paragraphs] == ["Le ministère étudie."]


@pytest.mark.parametrize("row", [
    ("9", "", "Amos", "Adoptée", "", ""), ("9", "Eau", "Amos", "", "Un avis.", ""), ("9", "Eau", "", "", "", "À l’étude"),
])  # fmt: skip
def test_a_row_that_makes_sense_or_none_stays(row: tuple[str, ...]) -> None:
    found = read(sheet(rows=[*ROWS[:3], row])).report
    assert "RowMended" not in [type(one.notice).__name__ for one in found.problems]


GUESSED = (
    ("Rubrique", "Ref.", "Section", "Ce qu’on en fit", "Ce qui nous revint", "Où l’on est"),
    ("Quais du vieux port", "1", "Section locale 12", "Adoptée", "Le ministère étudie la demande.", "En cours"),
    ("Taxi des villages", "2", "Section locale 30", "Rejetée", "", ""),
    ("Ponts du canal", "3", "Section locale 12", "Adoptée à l’unanimité", "Un programme nous est annoncé.", "Réalisée"),
)


def test_what_columns_hold_is_guessed_by_their_cells_and_asked() -> None:
    content = sheet(GUESSED[0], GUESSED[1:])
    reading = read(content)
    assert " ".join(column.field or "" for column in reading.columns) == "title number sponsor decision response status"
    assert not any(column.sure for column in reading.columns) and reading.report.blocks == ()
    assert {type(one.notice).__name__ for one in reading.report.problems} == {"ColumnUnsure"}
    agreed = {column.heading: column.field for column in reading.columns if column.field}
    found = read(content, agreed).report
    assert [block.numbers for block in found.blocks] == [("1",), ("3",)] and found.fates == {"2": "defeated"}


def test_a_heading_and_its_cells_agree_or_not() -> None:
    """« Vote » over decisions is likelier than over sentences; a column called a number that holds none is nothing."""
    headings = ("No", "Objet", "Vote du jour", "Statut visé", "Num. de page")
    rows = [("1", "Eau", "Adoptée", "En cours", "voir annexe"), ("2", "Air", "Rejetée", "Réalisée", "voir annexe")]
    said = {column.heading: (column.field, column.confidence) for column in read(sheet(headings, rows)).columns}
    assert said["Vote du jour"] == ("decision", "high") and said["Statut visé"] == ("status", "high")
    assert said["Num. de page"][0] is None


def test_waiting_for_an_answer_is_not_waiting() -> None:
    assert statuses.status_of("En attente d’une réponse") == ("blocked", None, "medium", ("in_progress", "referred"))
    assert statuses.status_of("En attente") == ("in_progress", None, "low", ("blocked", "referred"))
    assert (found := statuses.status_of("Awaiting a response from the province")) and found.state == "blocked"
