"""Rows whose cells slid by a column, in every form of plan: put straight by what the other rows show, and told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.imports.plans.reading import PlanReading
from tests.services.imports.plans.pages import Words, nodes, plan, told

WORK: list[Words] = ["QUOI", "COMMENT et QUAND", "QUI", "SUIVI"]
ITEMS: list[list[Words]] = [
    [f"1.{at} Ouvrir la salle {at}", ["- Peindre (mai 2025)", "- Poser le plancher (juin 2025)"], "Luc", ["- Fait le 3 mai 2025"]]
    for at in range(1, 7)
]  # fmt: skip
GOALS: list[Words] = ["BUTS", "OBJECTIFS", "ACTIONS", "ÉCHÉANCE"]
AIMS: list[list[Words]] = [
    [f"{at}. Grandir {at}", f"{at}.1 Recruter des membres", "a) Tenir une campagne", "a) Mars 2025"]
    for at in range(1, 7)
]


def straight(rows: Sequence[Sequence[Words]], heads: list[Words]) -> PlanReading:
    return plan("Plan 2024-2026", [heads, *rows])


def with_row(rows: list[list[Words]], at: int, row: list[Words]) -> list[list[Words]]:
    return [*rows[:at], row, *rows[at + 1 :]]


WITHOUT_STORY: list[Words] = [*ITEMS[2][:3], ""]
SLIPS: list[tuple[str, list[Words], list[Words]]] = [
    ("an empty cell too many", ITEMS[2], [ITEMS[2][0], "", *ITEMS[2][1:]]),
    ("all to the right", WITHOUT_STORY, ["", *ITEMS[2][:3]]),
    ("first to the right", WITHOUT_STORY, [ITEMS[2][0], "", *ITEMS[2][1:3]]),
]


@pytest.mark.parametrize(("whole", "slid"), [each[1:] for each in SLIPS], ids=[each[0] for each in SLIPS])
def test_a_work_plan_reads_as_if_nothing_had_moved(whole: list[Words], slid: list[Words]) -> None:
    read, expected = straight(with_row(ITEMS, 2, slid), WORK), straight(with_row(ITEMS, 2, whole), WORK)
    assert nodes(read, "item") == nodes(expected, "item") and read.follow_ups == expected.follow_ups
    assert told(read) == [(5, "RowShifted"), *told(expected)] and "RowShifted" not in dict(told(expected)).values()


def test_orientations_to_the_left() -> None:
    row: list[Words] = ["", "2.2 Garder les membres", "a) Tenir une fête", "a) Juin 2025"]
    whole = [*AIMS[:2], row, *AIMS[2:]]
    slid = [*AIMS[:2], [*row[1:], ""], *AIMS[2:]]
    read, expected = straight(slid, GOALS), straight(whole, GOALS)
    assert read.nodes == expected.nodes
    assert told(read) == [(5, "RowShifted"), *told(expected)]


def test_few_rows_show_nothing_and_straight_rows_stay() -> None:
    assert not told(straight(ITEMS, WORK)) and not told(straight(AIMS, GOALS))
    few = straight([*ITEMS[:2], ["", *ITEMS[2][:3]]], WORK)
    assert "RowShifted" not in dict(told(few)).values()


def test_what_cannot_be_moved_without_loss_stays() -> None:
    read = straight(with_row(ITEMS, 2, [*ITEMS[2], "- Et encore"]), WORK)
    assert [each.text for each in nodes(read, "item")] == [f"Ouvrir la salle {at}" for at in range(1, 7)]
    assert "RowShifted" not in dict(told(read)).values()
