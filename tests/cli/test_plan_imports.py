"""A plan brought in at the terminal, and a later version of it: what it adds, what it words otherwise, what is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Suivi

FIRST = """Plan de travail 2023-2026

Association des veilleurs de nuit (AVN)

QUOI\tCOMMENT et QUAND\tQUI\tSUIVI
1. Une vie syndicale.\t\t\t
1.1 Relancer le journal\t- Trouver une équipe (mars 2023)\tAnaïs\tTrouvée le 4 mai 2023.
1.2 Former les gens\t- Offrir un cours (mai 2023)\tLuc\t
"""
LATER = """Plan de travail 2023-2026

Association des veilleurs de nuit (AVN)

QUOI\tCOMMENT et QUAND\tQUI\tSUIVI
1. Une vie syndicale.\t\t\t
1.1 Relancer le journal\t- Trouver une équipe (juin 2023)\tAnaïs\t- Trouvée le 4 mai 2023. - Premier numéro en mars 2024.
1.2 Former les gens\t- Offrir un cours (mai 2023) - Réserver une salle (avril 2023)\tLuc\t<u>Action réalisée</u>
1.3 Tenir une fête\t- Inviter (juin 2024)\tAnaïs\t
"""


def test_a_later_version_is_added_to_what_is_here(suivi: Suivi, tmp_path: Path) -> None:
    first, later = tmp_path / "plan.txt", tmp_path / "plan-corrigé.txt"
    first.write_text(FIRST, encoding="utf-8")
    later.write_text(LATER, encoding="utf-8")
    suivi.done("import", str(first))
    rehearsed = suivi.done("import", str(later), "--dry-run").words
    for said in (
        "1 nouvelle action, 1 nouvelle ligne, 2 suivis et 1 état proposé",
        "1 dossier créé : 1.3", "2 dossiers mis à jour : 1.1 et 1.2",
        "on lit ici « Trouver une équipe (juin 2023) » au lieu de « Trouver une équipe (mars 2023) »",
        "la même commande avec --take-changes",
    ):  # fmt: skip
        assert said.replace(" et 1.2", ", 1.2") in rehearsed, rehearsed
    assert rehearsed.count("Ligne") == 1, "the head of the column; no sentence says it again"
    told = suivi.done("import", str(later)).words
    assert "C’est consigné, dans le plan avn-2023 qui était déjà ici." in told and "suivi import --undo avn-2023-2" in told
    assert "mars 2023" in suivi.done("plan", "avn-2023").words
    taken = suivi.done("import", str(later), "--take-changes", "--json").json
    assert (taken["added"], taken["updated"], taken["id"]) == ({"changes": 1}, ["avn-2023:1.1"], "avn-2023-3")
    shown = suivi.done("plan", "avn-2023").words
    assert "juin 2023" in shown and "Tenir une fête" in shown and "Premier numéro" in shown
    again = suivi.done("import", str(later), "--take-changes").words
    assert "Rien de nouveau : ce que dit ce document est déjà ici." in again
    suivi.done("import", "--undo", "avn-2023-3")
    suivi.done("import", "--undo", "avn-2023-2")
    assert "Tenir une fête" not in suivi.done("plan", "avn-2023").words
    suivi.done("import", "--undo", "avn-2023-1")
    assert suivi.done("plans", "--json").json == {"items": []}


def test_what_is_only_worded_otherwise_is_said(suivi: Suivi, tmp_path: Path) -> None:
    first, later = tmp_path / "plan.txt", tmp_path / "plan-corrigé.txt"
    first.write_text(FIRST, encoding="utf-8")
    later.write_text(FIRST.replace("Relancer le journal", "Relancer le bulletin"), encoding="utf-8")
    suivi.done("import", str(first))
    told = suivi.done("import", str(later))
    assert "Rien n’a été consigné : ce document ne fait que dire autrement ce qui est déjà ici." in told.words
    assert "1.1 dit ici « Relancer le bulletin »" in told.words and "--take-changes" in told.words
    later.write_text(FIRST.replace("1.2 Former les gens", "1.4 Former les gens"), encoding="utf-8")
    moved = suivi("import", str(later))
    assert moved.code == 1 and "1.4 dit ici ce que 1.2 dit dans le plan" in moved.words
    other = FIRST.replace("Relancer le journal", "Peindre la salle").replace("Former les gens", "Réparer le toit")
    later.write_text(other, encoding="utf-8")
    refused = suivi("import", str(later))
    assert refused.code == 1 and "Le plan avn-2023 est déjà ici, et il dit autre chose sous 2 des 3 numéros" in refused.words


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_a_real_plan_saved_anew_is_nothing_new(suivi: Suivi, tmp_path: Path, number: str) -> None:
    found = sorted((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the real plan {number} is not at hand")
    again = tmp_path / "plan.txt"
    again.write_text(found[0].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    asked = ("--assembly", "essai-2020", "--reference-date", "2023-01")
    made = suivi.done("import", str(found[0]), *asked, "--json").json
    assert len(made["created"]) > 10 and made["id"] == "essai-2020-1"
    told = suivi.done("import", str(again), *asked).words
    assert "Rien de nouveau : ce que dit ce document est déjà ici." in told and "--take-changes" not in told
