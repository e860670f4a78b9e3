"""Plans that are damaged: each supposition, and each thing that cannot be read, is told with its line."""

from __future__ import annotations

import time
from collections.abc import Sequence
from unicodedata import normalize

import pytest

from projections.phrases.typography import typeset
from services.imports.plans.grammar import read_plan, recognise
from services.imports.plans.notices import NotAPlan
from services.imports.plans.words import alike
from tests.services.imports.plans.pages import Words, document, nodes, plan, sentences, told

HEADS: list[Words] = ["QUOI", "COMMENT et QUAND", "QUI", "SUIVI"]


def test_two_items_with_one_number() -> None:
    read = plan(
        "Plan 2024-2026",
        [HEADS, ["1.1 A", "- B (mai 2024)", "Luc", ""], ["1.1 Tout autre chose", "- C (mai 2024)", "Léa", ""]],
    )
    assert read.refused
    assert read.problems[0].severity == "error"
    assert told(read) == [(4, "ItemTwice")]
    said = "Le numéro 1.1 désigne deux points, aux lignes 3 et 4 : corrigez l’un des deux, puis redonnez le document."
    assert sentences(read) == [typeset(said, "fr")]


@pytest.mark.parametrize(
    ("words", "said"),
    [("32 novembre", "30 jours"), ("l’an prochain", "date de référence"), ("mai 2026 à avril 2024", "avant")],
)
def test_a_time_that_is_none(words: str, said: str) -> None:
    read = plan("Plan 2024-2026", [HEADS, ["1.1 A", f"- B ({words})", "Luc", ""]])
    (step,) = nodes(read, "step")
    assert (step.text, step.schedule) == (f"B ({words})", None)
    assert told(read) == [(3, "WhenUnread")]
    assert said in sentences(read)[0] and words in sentences(read)[0]
    assert not read.refused


def test_a_relative_time_with_the_date_of_the_document() -> None:
    read = plan("Plan 2024-2026", [HEADS, ["1.1 A", "- B (l’an prochain)", "Luc", ""]], reference="2024-05-01")
    (step,) = nodes(read, "step")
    assert step.schedule and (step.schedule.edtf, step.schedule.reference) == ("2025", "2024-05-01")
    assert told(read) == [(3, "DayInferred")]


def test_a_mandate_without_years() -> None:
    read = plan("Plan de travail", [HEADS, ["1.1 A", "- B (mandat complet)", "Luc", ""]])
    assert told(read) == [(1, "PeriodUnsaid"), (3, "WhenUnread")]
    known = plan("Plan de travail", [HEADS, ["1.1 A", "- B (mandat complet)", "Luc", ""]], period="2024/2026")
    assert [each.schedule.edtf for each in nodes(known, "step") if each.schedule] == ["2024/2026"]
    assert not known.problems


def test_cells_that_are_lost() -> None:
    read = plan("Plan 2024-2026", [HEADS, ["1.1 A"], ["1.2 B", "- C (mai 2024)"], ["", "", "", "- D"]])
    assert [each.number for each in nodes(read, "item")] == ["1.1", "1.2"]
    assert [each.text for each in read.follow_ups["1.2"]] == ["D"]


def test_words_that_belong_to_nothing() -> None:
    read = plan(
        "Plan 2024-2026",
        [HEADS, ["", "- A (mai 2024)", "", ""], ["1.1 B", "- C (mai 2024)", "Luc", ""]],
        "Une phrase perdue.",
    )
    assert told(read) == [(3, "NotAttached"), (5, "NotAttached")]
    assert "Une phrase perdue" in sentences(read)[1]


def test_headings_without_rows() -> None:
    read = plan("Plan 2024-2026", [HEADS, ["", "", "", ""]])
    assert (told(read), read.refused) == ([(1, "NoItems")], True)


def test_what_is_no_plan() -> None:
    other = document("Procès-verbal", [["Nom", "Organisme"], ["Léa", "Local 12"]])
    assert recognise(other) is None
    with pytest.raises(NotAPlan):
        read_plan(other)


def test_every_form_is_recognised() -> None:
    axes = document([["Axe", "Moyens", "Activités", "Résultats attendus"], ["Axe 1 A", "B", "C", "D"]])
    goals = document([["Buts", "Objectifs", "Actions", "Échéance"], ["1.1 A", "1.1.1 B", "a. C", "a. Continue"]])
    work = document([HEADS, ["1.1 A", "- B (mai 2024)", "Luc", ""]])
    doubtful = document([["QUOI", "COMMENT", "QUI", "§§§"], ["1.1 A", "- B (mai 2024)", "Luc", ""]])
    assert [recognise(each) for each in (axes, goals, work, doubtful)] == [
        ("axes", "high"),
        ("orientations", "high"),
        ("work", "high"),
        ("work", "medium"),
    ]


def test_headings_that_come_again_with_slips() -> None:
    read = plan(
        "Plan 2024-2026",
        [HEADS, ["1.1 A", "- B (mai 2024)", "Luc", ""]],
        [["QU0l", "C0MMFNT el QUANO", "OUI", "SUlV1"], ["1.2 C", "- D (mai 2024)", "Luc", ""]],
    )
    assert [each.number for each in nodes(read, "item")] == ["1.1", "1.2"]
    assert not read.problems


def test_accents_apart_from_their_letters() -> None:
    """As some extractors write them: « é » in two characters."""
    row = ["1.1 Créer", "- Écouter (décembre 2024)", "Zoé", "- Fait le 4 février 2025"]
    read = plan("Plan 2024-2026", [HEADS, [normalize("NFD", cell) for cell in row]])
    (item,) = nodes(read, "item")
    assert (item.text, item.who, item.nodes[0].schedule and item.nodes[0].schedule.edtf) == (
        "Créer",
        ("Zoé",),
        "2024-12",
    )
    assert read.follow_ups["1.1"][0].occurred == "2025-02-04"


def test_the_organisation_is_supposed_by_its_acronym() -> None:
    said = [[f"1.{n} Aider l’AVNQ", "- Agir (mai 2024)", "Luc", ""] for n in range(1, 7)]
    read = plan("Plan de travail 2024", [HEADS, *said])
    assert read.organisation == "AVNQ"
    assert told(read) == [(1, "OrganisationSupposed")]


def test_headings_that_come_again_in_one_table() -> None:
    """As in a spreadsheet: rows that group the headings are no goals."""
    above: list[Words] = ["NOS ORIENTATIONS 2024-2026", "", "NOTRE PLAN D’ACTION 2024-2026", ""]
    heads: list[Words] = ["BUTS", "OBJECTIFS", "ACTIONS", "ÉCHÉANCE"]
    rows: list[Sequence[Words]] = [
        ["1.1 A", "1.1.1 B", "a. C", "a. Continue"],
        above,
        heads,
        ["1.2 D", "1.2.1 E", "a. F", "a. Continue"],
    ]
    read = plan("Orientations et plan d’action 2024-2026", [above, heads, *rows])
    assert [each.number for each in nodes(read, "goal")] == ["1.1", "1.2"]
    assert not read.problems


def test_a_page_that_cuts_a_row() -> None:
    """What the page before left open goes on, in each column; what was ended does not."""
    read = plan(
        "Plan 2024-2026",
        [HEADS, ["1.1 Tenir une fête pour", "- Choisir le lieu (mai", "Luc", ["- Lieu choisi.", "- La salle du"]]],
        [["les membres", "2024)", "", ["rez-de-chaussée", "- Tout est prêt"]], ["1.2 B", "- C (mai 2024)", "Léa", ""]],
    )
    first, second = nodes(read, "item")
    assert (first.text, second.text) == ("Tenir une fête pour les membres", "B")
    assert [(each.text, each.schedule and each.schedule.edtf) for each in first.nodes] == [
        ("Choisir le lieu", "2024-05")
    ]
    assert [each.text for each in read.follow_ups["1.1"]] == [
        "Lieu choisi.",
        "La salle du rez-de-chaussée",
        "Tout est prêt",
    ]
    assert told(read) == [(4, "RowCut")]


@pytest.mark.timeout(20)
def test_a_very_long_plan() -> None:
    """Two thousand items: read in a time that grows with them, and no faster."""
    rows = [
        [f"{n // 100 + 1}.{n % 100 + 1} Faire la chose {n}", "- Agir (mai 2024)", "Luc", "- Dit le 4 mai 2024"]
        for n in range(2000)
    ]
    assert len(plan("Plan de travail 2024", [HEADS, *rows]).follow_ups) == 2000


def test_long_texts_are_compared_in_no_time() -> None:
    long, other = ("assurer une présence aux réunions du comité " * 2_000, "tenir les membres au courant de tout " * 2_000)
    begun = time.monotonic()
    assert alike(long, other) < 0.6 < alike(long, long + "!") and time.monotonic() - begun < 2
