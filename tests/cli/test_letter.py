"""`suivi letter`, as an officer types it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.accounts import enter
from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.homes import do, opened
from tests.services.letters.reminding import text_of


def record(database: Urls, ref: str, verb: str, **facts: Any) -> None:
    """What marie did before."""
    with opened(database, "marie") as home:
        do(home, ref, verb, by=enter(home.store, "marie")[0], **facts)


@pytest.fixture
def thread(cases: Suivi, database: Urls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Suivi:
    """A letter about 17 that nobody answered; the terminal stands in a folder of its own."""
    (tmp_path / "bureau").mkdir()
    monkeypatch.chdir(tmp_path / "bureau")
    cases.done("organisation", "--set", "name=Fédération des essais")
    record(database, "person:anne", "create", name="Anne Brodeur", gender="f")
    record(database, "office:edu", "create", name="ministre de l’Éducation")
    record(database, "office:edu", "appoint", person="person:anne", occurred="2022-10-20")
    record(database, "demarche:new", "send", cases=["17"], office=["office:edu"], occurred="2024-06-26")
    return cases


def test_the_letter_is_written_where_one_stands(thread: Suivi) -> None:
    answer = thread.done("letter", "demarche:1")
    (file,) = Path().iterdir()
    assert file.name.startswith("Relance – Éducation – 20") and file.suffix == ".docx"
    assert f"La lettre est dans « {file.name} »" in answer.words and "suivi act demarche:1 remind" in answer.words
    text = text_of(file.read_bytes()).replace("\u00a0", " ")
    for line in ("Fédération des essais", "Madame Anne Brodeur", "Madame la Ministre,", "Résolution 17 : Un jardin collectif"):
        assert line in text.splitlines()


def test_a_file_is_replaced_only_if_that_is_said(thread: Suivi) -> None:
    kept = Path("relance.docx")
    kept.write_text("retouchée")
    refused = thread("letter", "1", "--out", "relance.docx")
    assert (refused.code, kept.read_text()) == (1, "retouchée")
    assert "« relance.docx » existe déjà" in refused.words
    made = thread.done("letter", "1", "--out", "relance.docx", "--force", "--lang", "anglais", "--json").json
    assert made == {"file": "relance.docx", "bytes": kept.stat().st_size}
    assert "Dear Minister," in text_of(kept.read_bytes())


@pytest.mark.parametrize("given", [("nulle/part.docx",), (".",), (".", "--force")])
def test_where_nothing_can_be_written(thread: Suivi, given: tuple[str, ...]) -> None:
    refused = thread("letter", "1", "--out", *given)
    assert (refused.code, [*Path().iterdir()]) == (1, [])
    assert f"« {given[0]} »" in refused.words


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("demarche:9",), 1, "demarche:9"),
        (("person:anne",), 1, "person:anne"),
        (("2023:17",), 1, "2023:17"),
        (("demarche:1", "--lang", "latin"), 2, "Valeurs acceptées : fr et en."),
    ],
)
def test_what_cannot_be_is_said(thread: Suivi, given: tuple[str, ...], code: int, said: str) -> None:
    refused = thread("letter", *given)
    assert (refused.code, refused.out, [*Path().iterdir()]) == (code, "", [])
    assert said in refused.words


def test_nobody_is_reminded_of_what_they_answered(thread: Suivi, database: Urls) -> None:
    record(database, "demarche:1", "answer", answer="accepts")
    refused = thread("letter", "demarche:1")
    assert refused.code == 1 and "il n’y a rien à lui rappeler" in refused.words


def test_a_template_of_ones_own_that_is_wrong_is_said(thread: Suivi, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "reminder.docx"
    own.parent.mkdir()
    own.write_text("Madame,")
    refused = thread("letter", "demarche:1")
    assert refused.code == 1 and f"Le modèle « {own} » ne se lit pas comme un document Word" in refused.words


def test_what_one_may_not_see_is_not_there(thread: Suivi) -> None:
    thread.done("act", "17", "restrict", "--set", "visibility=officers")
    refused = thread("letter", "demarche:1", user="zoe")
    assert refused.code == 1 and "demarche:1" in refused.words
    thread.done("letter", "demarche:1")
