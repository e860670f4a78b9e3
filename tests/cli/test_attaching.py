"""Files at the terminal: attached from a path, listed, saved as they were."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.homes import do, opened

LETTER = b"%PDF-1.7\n" + b"Bonjour\n" * 14_875


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "réponse du ministère.pdf"
    file.write_bytes(LETTER)
    return file


def attach(suivi: Suivi, file: Path, *more: str) -> None:
    suivi.done("act", "17", "attach", "--set", f"file={file}", "--set", "kind=lettre", *more)


def test_a_file_is_attached_listed_and_saved(cases: Suivi, letter: Path, tmp_path: Path) -> None:
    said = cases.done("act", "17", "attach", "--set", f"file={letter}", "--set", "kind=lettre", "--occurred", "2024-06-26")
    assert "Pièce jointe : « réponse du ministère.pdf » (lettre, PDF, 120 ko)." in said.words
    assert "Pièces jointes – réponse du ministère.pdf" in cases.done("case", "17").words
    listed = cases.done("attachments", "17")
    assert "réponse du ministère.pdf lettre PDF 120 ko 26 juin 2024" in listed.words
    (row,) = cases.done("attachments", "17", "--json").json["items"]
    assert (row["size"], row["type"], row["kind"]) == (len(LETTER), "application/pdf", "lettre")
    out = tmp_path / "là.pdf"
    saved = cases.done("attachment", "17", row["name"], "--out", str(out), "--json").json
    assert out.read_bytes() == LETTER and saved["sha256"] == row["sha256"]
    assert cases.done("attachment", "17", row["sha256"][:8], "--out", "-").raw == LETTER
    again = cases("attachment", "17", row["name"], "--out", str(out))
    assert again.code == 1 and "existe déjà; rien n’a été écrit" in again.words


def test_saved_here_under_its_own_name(cases: Suivi, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attach(cases, letter)
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")
    cases.done("attachment", "17", "réponse du ministère.pdf")
    assert {file.name: file.read_bytes() for file in Path().iterdir()} == {"réponse du ministère.pdf": LETTER}


def test_the_same_request_twice_is_attached_once(cases: Suivi, letter: Path) -> None:
    for _ in range(2):
        attach(cases, letter, "--command-id", "5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11")
    assert len(cases.done("attachments", "17", "--json").json["items"]) == 1


def test_a_name_that_lies_is_told(cases: Suivi, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"MZ" + b"\0" * 58 + (64).to_bytes(4, "little") + b"PE\0\0")
    said = cases.done("act", "17", "attach", "--set", f"file={file}", "--set", "kind=photo")
    assert "(photo, programme pour Windows, 68 octets); son nom dit autre chose." in said.words
    assert "Windows (son" in cases.done("attachments", "17").words


def test_what_cannot_be_attached(cases: Suivi, tmp_path: Path) -> None:
    (tmp_path / "vide.txt").touch()
    os.mkfifo(tmp_path / "tuyau")
    with (tmp_path / "film").open("wb") as film:
        film.truncate(25 * 2**20 + 1)
    for name, said in (
        ("absent.pdf", "Il n’y a pas de fichier « absent.pdf » à cet endroit"), (".", "n’est pas un fichier ordinaire"),
        ("tuyau", "« tuyau » n’est pas un fichier ordinaire"), ("vide.txt", "« vide.txt » est vide"),
        ("film", "Un fichier pèse 25 Mo au plus"), ("vide.txt/x", "Il n’y a pas de fichier « x »"),
        ("a" * 300, "Il n’y a pas de fichier"),
    ):  # fmt: skip
        answer = cases("act", "17", "attach", "--set", f"file={tmp_path / name}", "--set", "kind=lettre")
        assert answer.code == 1 and said in answer.words, answer.err
    without = cases("act", "17", "attach", "--set", "kind=lettre")
    assert without.code == 1 and "Un fichier se joint avec son contenu" in without.words
    assert cases.done("attachments", "17", "--json").json["items"] == []


def test_a_file_that_is_not_there(cases: Suivi) -> None:
    assert "Aucun fichier n’est joint à 17." in cases.done("attachments", "17").words
    answer = cases("attachment", "17", "rien.pdf")
    assert answer.code == 1 and "« 17 » n’a pas de fichier « rien.pdf »" in answer.words
    assert "n’est ni l’un ni l’autre" in cases("attachments", "assembly:2023").words


def test_a_content_that_changed_is_not_written(cases: Suivi, letter: Path, tmp_path: Path, database: Urls) -> None:
    attach(cases, letter)
    with psycopg.connect(database.owner) as owner:
        owner.execute("ALTER TABLE suivi.attachments DISABLE TRIGGER no_change")
        owner.execute("UPDATE suivi.attachments SET content = set_byte(content, 100, 1)")
    answer = cases("attachment", "17", letter.name, "--out", str(tmp_path / "copie.pdf"))
    assert answer.code == 1 and "n’est pas celui qui a été joint" in answer.words
    assert not [file for file in tmp_path.iterdir() if "copie" in file.name]
    found = [item["kind"] for item in cases("doctor", "--json").json["items"]]
    assert "ContentsDamaged" in found


REPLY = (
    "From: Cabinet <cabinet@mrn.example>\nDate: Thu, 4 Jul 2024 21:30:00 -0400\nSubject: Votre lettre\n"
    "Content-Type: text/plain; charset=utf-8\n\nNous accusons réception de votre lettre."
)


def test_an_e_mail_proposes_and_records_nothing(cases: Suivi, tmp_path: Path, database: Urls) -> None:
    cases.done("act", "office:ressources", "create", "--set", "name=Ministre des Ressources naturelles",
               "--set", "mail=cabinet@mrn.example")  # fmt: skip
    with opened(database, "marie") as home:
        do(home, "demarche:new", "send", occurred="2024-05-02", by=home.actor(), cases=["2023:17"], office=["office:ressources"])
    file = tmp_path / "réponse d’eux.eml"
    file.write_text(REPLY, encoding="utf-8")
    before = cases.done("history", "demarche:1", "--json").json
    told = cases.done("read-mail", str(file))
    assert "Cabinet <cabinet@mrn.example>" in told.words and "4 juillet 2024" in told.words
    assert "suivi act demarche:1 acknowledge --set text='Nous accusons réception de votre lettre.'" in told.words
    assert f"suivi act demarche:1 attach --set file='{file}' --set kind=…" in told.out
    found = cases.done("read-mail", str(file), "--json", "--thread", "demarche:1").json
    assert (found["verb"], found["occurred"], found["matched_by"]) == ("acknowledge", "2024-07-04", "given")
    assert cases.done("history", "demarche:1", "--json").json == before
    letter = tmp_path / "lettre.pdf"
    letter.write_bytes(LETTER)
    refused = cases("read-mail", str(letter))
    assert refused.code == 1 and "Ce n’est pas un courriel" in refused.words
