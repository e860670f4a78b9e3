"""Bringing documents in at the terminal."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import SAMPLE, Suivi


def test_an_import_tells_what_it_did(suivi: Suivi) -> None:
    told = suivi.done("import", str(SAMPLE), "--reference-date", "2024-09~").words
    for said in (
        "C’est consigné, pour l’assemblée 2023.",
        "25 dossiers créés : 1, 3, 5, 6, 7,",
        "Les numéros 2, 4, 9, 15, 26, 34 et 35 ne sont pas dans le document.",
        "25 états proposés, à confirmer",
        "confiance élevée",
        "suivi confirm --all --confidence high",
        "suivi import --undo 2023-1",
    ):
        assert said in told
    assert "dont 25 avec un état proposé" in suivi.done("cases").words
    assert "lignes 238 à 239 : « " in suivi.done("case", "22").words


def test_an_import_as_json(suivi: Suivi) -> None:
    result = suivi.done("import", str(SAMPLE), "--json").json
    assert (len(result["created"]), result["updated"], result["unchanged"]) == (25, [], [])
    assert result["missing_numbers"] == ["2", "4", "9", "15", "26", "34", "35"]
    assert [(p["severity"], p["line"]) for p in result["problems"]] == [("warning", 1)]
    assert {"ref", "part", "state", "completion", "evidence", "confidence", "alternatives"} <= result["proposals"][
        0
    ].keys()


def test_a_rehearsal_records_nothing(suivi: Suivi) -> None:
    assert "Essai : rien n’a été consigné." in suivi.done("import", str(SAMPLE), "--dry-run").words
    assert len(suivi.done("import", str(SAMPLE), "--dry-run", "--json").json["created"]) == 25
    assert suivi.done("cases", "--json").json == {"items": []}


def test_the_same_file_again_creates_nothing(suivi: Suivi) -> None:
    suivi.done("import", str(SAMPLE))
    again = suivi.done("import", str(SAMPLE))
    assert "Rien de nouveau" in again.words
    assert len(suivi.done("cases", "--json").json["items"]) == 25


def test_an_import_is_taken_back(suivi: Suivi) -> None:
    made = suivi.done("import", str(SAMPLE), "--assembly", "essai", "--json").json
    assert made["assembly"] == "essai"
    told = suivi.done("import", "--undo", made["id"]).words
    assert f"L’importation {made['id']} est annulée." in told
    assert "25 dossiers retirés ou remis comme avant" in told
    assert suivi.done("cases", "--json").json == {"items": []}
    suivi.done("import", str(SAMPLE), "--assembly", "essai")
    assert suivi("import", "--undo", "essai-9").code == 1


def test_what_cannot_be_read(suivi: Suivi, tmp_path: Path) -> None:
    missing = suivi("import", str(tmp_path / "absent.txt"))
    assert (missing.code, missing.out) == (1, "")
    assert "absent.txt" in missing.err
    letter = tmp_path / "lettre.txt"
    letter.write_text("Bonjour,\n\nVoici une lettre.\n", encoding="utf-8")
    assert suivi("import", str(letter), "--json").code == 1


def test_an_error_refuses_the_whole(cases: Suivi, tmp_path: Path) -> None:
    report = tmp_path / "rapport.txt"
    report.write_text(
        "Suivi des résolutions de l’assemblée annuelle 2023\n\n\nRÉSOLUTION 3\n\nUn quai\n\nLe quai est construit.\n\n"
        "RÉSOLUTIONS 12 ET 17\n\nDes trottoirs – Un jardin\n\nLes travaux sont en cours.\n",
        encoding="utf-8",
    )
    answer = cases("import", str(report), "--assembly", "2023")
    assert answer.code == 1
    assert "Refusé : rien n’a été consigné." in answer.words
    assert "erreur" in answer.words
    refused = cases("import", str(report), "--assembly", "2023", "--json")
    assert refused.code == 1
    assert [p["severity"] for p in refused.json["problems"]].count("error") == 1
    assert len(cases.done("cases", "--json").json["items"]) == 2


def test_a_register_with_what_its_columns_hold(suivi: Suivi, tmp_path: Path) -> None:
    path = tmp_path / "registre.csv"
    path.write_text("No;Objet=visé;Statut\n1;Eau;En cours\n", encoding="utf-8")
    options = ("import", str(path), "--kind", "table", "--assembly", "2031", "--reference-date", "2031-09")
    refused = suivi(*options)
    assert refused.code == 1 and "--map" in refused.words and "EN-TÊTE=title" in refused.words
    assert suivi(*options, "--map", "Objet").code == 2
    done = suivi.done(*options, "--map", "Objet=visé=titre", "--json").json
    assert (done["kind"], done["created"]) == ("table", ["2031:1"])


def test_a_plan_comes_in_under_its_own_key(suivi: Suivi, tmp_path: Path) -> None:
    rows = ["QUOI\tCOMMENT et QUAND\tQUI\tSUIVI", "1.1 Écrire\t- Un guide (mai 2024)\tLuc\t<u>Non réalisé (grève)</u>"]
    plan = tmp_path / "plan.txt"
    plan.write_text("Plan de travail 2024-2026\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
    unnamed = suivi("import", str(plan))
    assert unnamed.code == 1 and "--assembly ccsne-2019" in unnamed.words
    told = suivi.done("import", str(plan), "--assembly", "avn-2024").words
    assert "C’est consigné, comme plan avn-2024." in told and "1 dossier créé : 1.1" in told
    made = suivi.done("import", str(plan), "--assembly", "avn-2024", "--json").json
    assert (made["created"], made["unchanged"]) == ([], ["plan:avn-2024", "avn-2024:1.1"])
    assert "1 dossier retiré" in suivi.done("import", "--undo", "avn-2024-1").words
