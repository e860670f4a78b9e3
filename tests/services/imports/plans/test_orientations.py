"""Orientations plans: adoption by part, numbers, lettered actions with lettered times, and what does not agree."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.imports.documents.document import Cell, Line, Place
from tests.services.imports.plans.pages import Words, nodes, plan, sentences, told

HEADS: list[Words] = ["BUTS", "OBJECTIFS", "ACTIONS", "ÉCHÉANCE/FRÉQUENCE"]
ABOVE: list[Words] = ["NOS ORIENTATIONS 2024-2027 (Adoptées à l’Assemblée générale du 8 juin 2024)", "",
                      "NOTRE PLAN D’ACTION 2024-2027 (Pour adoption au CA du 14 septembre 2024)", ""]  # fmt: skip

WHOLE: list[str | list[Sequence[Words]]] = [
    "Association des veilleurs de nuit",
    "LES ORIENTATIONS POUR 2024-2027",
    "ET",
    "LE PLAN D’ACTION POUR 2024-2027",
    [
        ABOVE,
        HEADS,
        ["1 : SERVICES", "", "", ""],
        ["1.1 Servir", "1.1.1 Être là", ["a. Ouvrir la nuit;", "b. Répondre;"], ["a. Continue", "b. Au besoin"]],
        ["", "1-1.2 Être vus", ["a. Poser une affiche"], ["a. Octobre"]],
    ],
    [
        ABOVE,
        HEADS,
        ["2 : ALLIANCES", "", "", ""],
        ["2.1 S’unir", "2.1.1 Écrire", ["a. Signer"], ["a. À chacun des CA"]],
    ],
]


def test_the_whole_of_a_small_plan() -> None:
    read = plan(*WHOLE)
    assert read.title == "LES ORIENTATIONS POUR 2024-2027 ET LE PLAN D’ACTION POUR 2024-2027"
    assert read.organisation == "Association des veilleurs de nuit"
    assert [(each.what, each.state, each.by, each.on) for each in read.adoption] == [
        ("orientations", "adopted", "Assemblée générale", "2024-06-08"),
        ("plan", "proposed", "CA", "2024-09-14"),
    ]
    assert [(each.number, each.text) for each in read.nodes] == [("1", "SERVICES"), ("2", "ALLIANCES")]
    assert [(each.number, each.printed) for each in nodes(read, "objective")] == [
        ("1.1.1", "1.1.1"),
        ("1.1.2", "1-1.2"),
        ("2.1.1", "2.1.1"),
    ]
    acts = nodes(read, "action")
    assert [(each.number, each.text) for each in acts] == [
        ("a", "Ouvrir la nuit"),
        ("b", "Répondre"),
        ("a", "Poser une affiche"),
        ("a", "Signer"),
    ]
    schedules = [each.schedule for each in acts if each.schedule]
    assert [each.kind for each in schedules] == ["continuous", "as_needed", "once", "per_meeting"]
    assert (schedules[2].words, schedules[2].said, schedules[2].edtf) == ("Octobre", "XXXX-10", "2024-10")
    assert told(read) == [(9, "NumberMended"), (9, "DayInferred")]
    assert any("octobre 2024" in each for each in sentences(read))


def test_a_goal_merged_over_its_objectives() -> None:
    """As a word processor says it: the cell stands over three rows, and is not repeated."""
    goal = Cell((Line("1.1 Servir", Place(3)),), down=3)
    wide = Cell((Line("1. SERVICES", Place(2)),), across=4)
    read = plan(
        "Plan d’action 2024-2027",
        [
            HEADS,
            [wide],
            [goal, "1.1.1 Un", ["a. A"], ["a. Continue"]],
            ["1.1.2 Deux", ["a. B"], ["a. Annuellement"]],
            ["1.1.3 Trois", ["a. C"], ["a. Hebdomadairement"]],
        ],
    )
    (only,) = nodes(read, "goal")
    assert [each.number for each in only.nodes] == ["1.1.1", "1.1.2", "1.1.3"]
    assert [each.schedule.rrule for each in nodes(read, "action") if each.schedule] == [
        None,
        "FREQ=YEARLY",
        "FREQ=WEEKLY",
    ]
    assert not read.problems


def test_text_and_column_that_say_otherwise() -> None:
    read = plan(
        "Plan d’action 2024-2027",
        [
            HEADS,
            ["1.1 A", "1.1.1 B", ["a. Écrire, au moins trois fois par semaine, aux membres"], ["a. Mensuellement"]],
            ["", "1.1.2 C", ["a. Faire chaque année un bilan"], ["a. Annuellement"]],
        ],
    )
    assert told(read) == [(3, "WhenOtherwise")]
    assert "au moins trois fois par semaine" in sentences(read)[0]
    action = nodes(read, "action")[0]
    assert action.schedule and action.schedule.rrule == "FREQ=MONTHLY"
    (target,) = action.targets
    assert (str(target.figure.value), target.figure.bound, target.per) == ("3", "at_least", "FREQ=WEEKLY")


def test_letters_that_do_not_meet() -> None:
    read = plan(
        "Plan d’action 2024-2027",
        [HEADS, ["1.1 A", "1.1.1 B", ["a. C", "b. D"], ["a. Continue", "c. Au besoin"]]],
    )
    assert [bool(each.schedule) for each in nodes(read, "action")] == [True, False]
    assert told(read) == [(3, "WhenUnmatched"), (3, "WhenMissing")]


def test_times_without_letters() -> None:
    read = plan(
        "Plan d’action 2024-2027",
        [
            HEADS,
            ["1.1 A", "1.1.1 B", ["a. C", "b. D"], ["- Continue", "- Au besoin"]],
            ["", "1.1.2 E", ["a. F", "b. G"], "Annuellement"],
        ],
    )
    assert [each.schedule.kind for each in nodes(read, "action") if each.schedule] == [
        "continuous",
        "as_needed",
        "recurring",
        "recurring",
    ]
    assert told(read) == [(3, "WhenByOrder"), (4, "WhenShared")]


def test_the_period_of_the_title_is_followed() -> None:
    above: list[Words] = ["NOS ORIENTATIONS 2024-2027", "", "NOTRE PLAN D’ACTION 2024-2027", ""]
    other: list[Words] = ["NOS ORIENTATIONS 2024-2027", "", "NOTRE PLAN D’ACTION 2024-2025", ""]
    read = plan(
        "ORIENTATIONS ET PLAN D’ACTION 2024-2027",
        [above, HEADS, ["1.1 A", "1.1.1 B", ["a. C"], ["a. Continue"]]],
        [other, HEADS, ["1.2 D", "1.2.1 E", ["a. F"], ["a. Continue"]]],
    )
    assert read.period == "2024/2027"
    assert told(read) == [(5, "PeriodOtherwise")]


def test_an_objective_out_of_place() -> None:
    read = plan("Plan d’action 2024", [HEADS, ["1.1 A", "1.2.1 B", ["a. C"], ["a. Continue"]]])
    assert told(read) == [(3, "OutOfPlace")]
    assert [each.number for each in nodes(read, "objective")] == ["1.2.1"]


def test_in_english() -> None:
    read = plan(
        "Strategic plan 2024-2026 (Adopted at the Congress of May 11-12, 2024)",
        [
            ["Timeline", "Actions", "Objectives", "Goals"],
            ["", "", "", "1. GROWTH"],
            [["a. Monthly", "b. As needed"], ["a. Visit workplaces", "b. Offer a kit"], "1.1.1 Recruit", "1.1 Grow"],
        ],
    )
    (part,) = read.adoption
    assert (part.state, part.by, part.on) == ("adopted", "Congress", "2024-05-11/2024-05-12")
    assert read.title == "Strategic plan 2024-2026"
    assert [each.schedule.rrule for each in nodes(read, "action") if each.schedule] == ["FREQ=MONTHLY", None]


@pytest.mark.parametrize(
    ("title", "said", "parts"),
    [
        ("ORIENTATIONS ET PLAN D’ACTION 2024-2027", "(Adoptés au Congrès du 11 mai 2024)", ["orientations", "plan"]),
        (
            "ORIENTATIONS 2024-2027 ET PLAN D’ACTION 2024-2025",
            "(Adoptés au Congrès du 11 mai 2024)",
            ["orientations", "plan"],
        ),
        ("DIRECTIONS AND ACTION PLAN 2024-2027", "(Adopted at the Congrès of May 11, 2024)", ["orientations", "plan"]),
        ("ORIENTATIONS ET PLAN D’ACTION 2024-2027", "(Adoptées au Congrès du 11 mai 2024)", ["orientations"]),
        ("PLAN D’ACTION 2024-2027", "(Adopté au Congrès du 11 mai 2024)", ["plan"]),
    ],
)
def test_a_title_of_both_parts_adopts_both(title: str, said: str, parts: list[str]) -> None:
    for above in ([title, said], [f"{title} {said}"]):
        found = plan(*above, [HEADS, ["1. A", "1.1 B", "a) C", "a) Mai"]]).adoption
        assert [each.what for each in found] == parts
        assert {(each.state, each.by, each.on) for each in found} == {("adopted", "Congrès", "2024-05-11")}
