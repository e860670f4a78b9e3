"""The headings of plans: in any order, in two languages, with the slips of scanners; and rows that are no headings."""

from __future__ import annotations

import pytest

from services.imports.plans.columns import Columns, read_columns

WORK = ["what", "how", "who", "follow_up"]
AXES = ["axis", "means", "activities", "results"]
ORIENTATIONS = ["goal", "objective", "action", "schedule"]


def roles(columns: Columns | None) -> list[str]:
    assert columns
    return [columns.roles[at] for at in sorted(columns.roles)]


@pytest.mark.parametrize(
    ("cells", "form", "expected"),
    [
        (["QUOI", "COMMENT et QUAND", "QUI", "SUIVI"], "work", WORK),
        (["Suivis", "Responsables", "Quoi", "Comment / quand"], "work", ["follow_up", "who", "what", "how"]),
        (["WHAT", "HOW AND WHEN", "WHO", "FOLLOW-UP"], "work", WORK),
        (["Quoi", "Comment", "Quand", "Qui", "Suivi"], "work", ["what", "how", "when", "who", "follow_up"]),
        (
            ["Objectifs", "Actions", "Responsable", "Échéance", "Suivi"],
            "work",
            ["what", "how", "who", "when", "follow_up"],
        ),
        (["QUOl", "C0MMENT et QUAND", "QU1", "SU1VI"], "work", WORK),
        (["", "Moyens", "Description des activités", "Résultats attendus"], "axes", AXES),
        (["Axe 5", "Moyens", "Description des activites", "Resultats attendus"], "axes", AXES),
        (["Axis", "Means", "Activities", "Expected results"], "axes", AXES),
        (["Résultats attendus", "Activitès", "M0yens", "Axes"], "axes", AXES[::-1]),
        (["BUTS", "OBJECTIFS", "ACTIONS", "ÉCHÉANCE/FRÉQUENCE"], "orientations", ORIENTATIONS),
        (["Timeline", "Actions", "Objectives", "Goals"], "orientations", ORIENTATIONS[::-1]),
        (["Buts", "Objectifs", "Moyens", "Échéancier"], "orientations", ORIENTATIONS),
        (["BUT5", "0BJECTIFS", "ACTI0NS", "ÉCHÉ ANCE – FRÉQUENCE"], "orientations", ORIENTATIONS),
    ],
)
def test_headings(cells: list[str], form: str, expected: list[str]) -> None:
    columns = read_columns(cells)
    assert columns and columns.form == form
    assert roles(columns) == expected
    assert not columns.supposed


@pytest.mark.parametrize(
    ("cells", "form", "expected"),
    [
        (["Action", "Comment et échéance", "Porteur", "Bilan"], "work", WORK),
        (["Action", "Responsable", "Échéance", "Étapes", "Suivi"], "work", ["what", "who", "when", "how", "follow_up"]),
        (["", "Interventions", "Activités", "Retombées"], "axes", AXES),
        (["", "Orientations", "Activités", "Résultats visés"], "axes", AXES),
        (["Enjeux", "Cibles", "Gestes à poser", "Calendrier"], "orientations", ORIENTATIONS),
        (["Action item", "Steps", "Lead", "Progress"], "work", WORK),
        (["Task", "Steps and due dates", "Lead", "Update"], "work", WORK),
    ],
)
def test_a_word_of_several_columns_is_of_the_one_that_is_left(cells: list[str], form: str, expected: list[str]) -> None:
    columns = read_columns(cells)
    assert columns and (columns.form, roles(columns)) == (form, expected)


def test_who_is_not_what() -> None:
    """Three letters and four: a slip apart, and never taken for one another."""
    columns = read_columns(["QUI", "QUOI", "COMMENT", "SUIVI"])
    assert roles(columns) == ["who", "what", "how", "follow_up"]


def test_the_time_in_the_column_of_the_steps() -> None:
    said, unsaid = read_columns(["Quoi", "Comment et quand", "Qui"]), read_columns(["Quoi", "Comment", "Qui"])
    assert said and said.dated and unsaid and not unsaid.dated


def test_a_heading_that_can_only_be_one() -> None:
    columns = read_columns(["QUOI", "COMMENT", "QUI", "§§§"])
    assert roles(columns) == WORK
    assert columns and columns.supposed == {3: "§§§"}


@pytest.mark.parametrize(
    ("cells", "supposed"),
    [
        (["QUOI", "COMMENT", "QUE", "SUIVI"], {2: "QUE"}),
        (["QUOE", "CQMMEMT", "QUI", "SUIVI"], {0: "QUOE", 1: "CQMMEMT"}),
    ],
)
def test_headings_that_come_near(cells: list[str], supposed: dict[int, str]) -> None:
    """Too many slips to be read, or too short a word: supposed by what it resembles, and told."""
    columns = read_columns(cells)
    assert roles(columns) == WORK
    assert columns and columns.supposed == supposed


@pytest.mark.parametrize(
    "cells",
    [
        ["1. Vie syndicale", "", "", ""],
        ["1.1 Créer une équipe", "Trouver des gens (mars 2024)", "Léa", "Trois personnes ont dit oui"],
        ["Nom", "Organisme", "Rôle"],
        ["Numéro", "Titre", "Proposeur", "Décision"],
        ["NOS ORIENTATIONS 2020-2023 (Adoptées au Congrès)", "", "NOTRE PLAN D’ACTION 2020-2023", ""],
        [
            "Nos objectifs communs pour la paix",
            "Le plan de nos actions avec les autres",
            "Un calendrier posé plus tard par Luc",
        ],
        ["Qui", ""],
        [],
    ],
)
def test_rows_that_are_no_headings(cells: list[str]) -> None:
    assert read_columns(cells) is None
