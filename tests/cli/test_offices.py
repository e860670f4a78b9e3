"""`suivi offices`, and the file of the directory at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Suivi


def entered(suivi: Suivi) -> None:
    suivi.done("act", "person:ada", "create", "--set", "name=Ada Roy", "--set", "gender=f")
    suivi.done("act", "office:eau", "create", "--set", "name=ministre de l’Eau", "--set", "legislature=Québec",
               "--set", "address=1, rue du Quai", "--set", "address=Québec")  # fmt: skip
    suivi.done("act", "office:eau", "appoint", "--set", "person=Ada Roy", "--occurred", "octobre 2022")


def test_offices_are_listed_at_a_date(suivi: Suivi) -> None:
    assert "suivi import FICHIER --kind directory" in suivi.done("offices").words
    entered(suivi)
    shown = suivi.done("offices").words
    assert "office:eau ministre de l’Eau Ada Roy QC" in shown
    assert suivi.done("offices", "--as-of", "2021", "--json").json["items"][0]["holder"] is None
    held = suivi.done("offices", "--json").json["items"][0]
    assert held["holder"] == {"ref": "person:ada", "name": "Ada Roy"} and held["address"] == ["1, rue du Quai", "Québec"]
    suivi.done("act", "office:air", "create", "--set", "name=ministre de l’Air")
    suivi.done("act", "office:eau", "merge", "--set", "into=office:air", "--occurred", "2024-09")
    assert "septembre 2024 · → ministre de l’Air" in suivi.done("offices").words
    told = [entry["text"] for entry in suivi.done("history", "office:eau", "--json").json["items"]]
    assert told[-1] == "La charge n’existe plus, et sa place revient à la ou au ministre de l’Air."
    again = suivi("act", "office:eau", "rename", "--set", "name=x")
    assert again.code == 1 and "ministre de l’Air (office:air) en tient lieu" in again.words


def test_an_act_answers_with_the_office(suivi: Suivi) -> None:
    entered(suivi)
    shown = suivi.done("act", "office:eau", "appoint", "--set", "charge=directeur de cabinet").words
    assert "Assemblée nationale du Québec" in shown and "chef de cabinet" in shown and "rue du Quai" in shown


def test_the_file_goes_out_and_comes_back_in(suivi: Suivi, tmp_path: Path) -> None:
    entered(suivi)
    file = tmp_path / "repertoire.csv"
    assert "1 charge écrite" in suivi.done("offices", "--format", "csv", "--out", str(file)).words
    assert file.read_bytes() == suivi.done("offices", "--format", "csv").raw
    assert suivi.done("offices", "--format", "csv", lang="en").out.startswith("\ufeffkey,title,")
    again = suivi.done("import", str(file))
    assert "Rien de nouveau" in again.words and "1 fiche inchangée : office:eau" in again.words
    file.write_text("clé;titulaire;depuis\neau;Néo Roy;2024-09-05\n", encoding="cp1252")
    rehearsed = suivi.done("import", str(file), "--dry-run")
    assert "Essai" in rehearsed.words and "person:neo-roy" in rehearsed.words
    done = suivi.done("import", str(file), "--kind", "directory")
    assert "Consigné au répertoire." in done.words and "Pour voir les charges : suivi offices" in done.words
    assert suivi.done("offices", "--as-of", "2024-09-05", "--json").json["items"][0]["holder"]["name"] == "Néo Roy"
    undone = suivi("import", "--undo", "directory-1")
    assert undone.code == 1 and "L’importation d’un répertoire ne se reprend pas" in undone.words


@pytest.mark.parametrize(("heads", "said"), [("clé;couleur", "« couleur » n’est pas connu"), ("titre;type", "l’en-tête « clé »")])
def test_the_headings_are_said_in_the_language_of_the_reader(suivi: Suivi, tmp_path: Path, heads: str, said: str) -> None:
    (tmp_path / "charges.csv").write_text(f"{heads}\nx;y\n", encoding="utf-8")
    words = suivi("import", str(tmp_path / "charges.csv"), "--kind", "directory").words
    assert "Les colonnes : clé, titre, titre au féminin, type, législature" in words and said in words


def test_what_is_mistyped_is_said(suivi: Suivi, tmp_path: Path) -> None:
    assert suivi("offices", "--format", "xlsx").code == 2
    assert suivi("offices", "--format", "csv", "--json").code == 2
    assert suivi("offices", "--out", "f.csv").code == 2
    nowhere = suivi("offices", "--format", "csv", "--out", str(tmp_path / "absent" / "f.csv"))
    assert nowhere.code == 1 and "ne peut pas être écrit là" in nowhere.words
    file = tmp_path / "f.csv"
    file.write_text("clé;titre;législature\neau;ministre;Ontario\n", encoding="utf-8")
    refused = suivi("import", str(file), "--kind", "directory")
    assert refused.code == 1 and "2 erreur" in refused.words and "Colonne « législature »" in refused.words
