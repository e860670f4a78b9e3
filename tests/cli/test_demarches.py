"""Threads with offices at the terminal: lists and questions, one, what is recorded, what a case shows of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest

from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.homes import opened
from tests.threads import year

THEN = ("--as-of", "2024-09-23")


@pytest.fixture
def threads(suivi: Suivi, database: Urls) -> Iterator[Suivi]:
    """A year of threads."""
    with opened(database) as home:
        year(home)
    yield suivi


def test_nothing_yet(suivi: Suivi) -> None:
    empty = suivi("demarches")
    assert empty.code == 0 and "demarche:new send" in empty.words
    assert suivi("demarches", "--json").json == {"items": []}
    assert "Rien ne correspond" in suivi("demarches", "--unanswered").words


def test_the_list(threads: Suivi) -> None:
    answer = threads("demarches", "--unanswered", *THEN)
    assert answer.code == 0 and "3 démarches" in answer.words
    lines = answer.out.replace("\u00a0", " ").splitlines()
    assert ["144 jours" in line for line in lines if " jours" in line] == [True, False, False], "the oldest first"
    assert "au moins" in answer.words and "envoyée, sans" in answer.words
    rows = threads("demarches", "--unanswered", "--json", *THEN).json["items"]
    assert [(row["ref"], row["days_waiting"]) for row in rows] == [("demarche:1", 144), ("demarche:7", 89), ("demarche:8", 89)]
    assert [row["number"] for row in threads("demarches", "--turn", "nous", "--json").json["items"]] == [5]
    assert [row["number"] for row in threads("demarches", "--office", "economie", "--json").json["items"]] == [3]
    assert [row["number"] for row in threads("demarches", "--case", "17", "--json").json["items"]] == [1, 2, 3]
    assert "alors en poste" in threads("demarches", "--case", "13").words


@pytest.mark.parametrize("columns", ["60", "80", "100"])
def test_however_narrow_the_terminal_every_answer_names_its_office(
    threads: Suivi, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for view in ("--unanswered", "--by-office", "--declined", "--redirections", "--met", "--meetings", "--responsiveness"):
        answer = threads("demarches", view, *THEN)
        assert "ministre" in answer.words and max(map(len, answer.out.splitlines())) <= int(columns), view


@pytest.mark.parametrize(("view", "words"), [
    ("--by-office", ["au moins 3", "144 jours", "Paul Gagné"]),
    ("--declined", ["20 août 2024", "faute de disponibilités", "ministre de l’Économie"]),
    ("--redirections", ["ministre des Ressources naturelles", "→", "ministre de l’Environnement", "4 juillet 2024"]),
    ("--met", ["titulaire de", "Luce Bédard,", "4, 5", "le cabinet"]),
    ("--meetings", ["espérée", "automne 2024", "ministre de l’Éducation"]),
    ("--turns", ["à nous", "à l’autorité", "personne"]),
    ("--responsiveness", ["en tout", "100 %", "0 %", "2024"]),
])  # fmt: skip
def test_questions(threads: Suivi, view: str, words: list[str]) -> None:
    answer = threads("demarches", view, *THEN)
    said = " ".join(answer.words.split())
    assert answer.code == 0 and not [word for word in words if word not in said], said
    assert isinstance(threads("demarches", view, "--json", *THEN).json["items"], list)
    cells = list(csv.reader(StringIO(threads("demarches", view, "--format", "csv", *THEN).out)))
    assert len(cells) > 1 and len({len(row) for row in cells}) == 1


def test_one_question_at_a_time(threads: Suivi) -> None:
    for wrong in (("--met", "--turns"), ("--unanswered", "--met"), ("--turn", "us", "--declined"), ("--format", "csv", "--json"),
                  ("--turn", "toi")):  # fmt: skip
        answer = threads("demarches", *wrong)
        assert answer.code == 2 and answer.err, wrong
    assert threads("demarches", "--unanswered", "--by-office").code == 0
    assert threads("demarches", "--office", "inconnu").code == 1


def test_the_list_as_a_file(threads: Suivi) -> None:
    rows = list(csv.DictReader(StringIO(threads("demarches", "--format", "csv", *THEN).out)))
    seventh = next(row for row in rows if row["Référence"] == "demarche:7")
    assert (seventh["Relances, au moins"], seventh["Relances, au plus"], seventh["Jours d’attente"]) == ("3", "", "89")
    assert (seventh["État (identifiant)"], seventh["Résultat (identifiant)"]) == ("sent", "no_answer")
    assert threads("demarches", "--format", "xlsx").raw.startswith(b"PK")


def test_the_card(threads: Suivi) -> None:
    answer = threads("demarche", "7", *THEN)
    said = answer.words
    for words in ("demarche:7 · ministre de l’Éducation (Marc Roy)", "au moins 3", "89 jours", "automne 2024, espérée",
                  "à l’autorité", "demarche:8", "2023:23"):  # fmt: skip
        assert words in said, (words, said)
    assert "suivi act" not in said and "suivi act demarche:7 remind" in threads("demarche", "7", user="ana").words
    assert threads("demarche", "demarche:7", "--json").json["ref"] == "demarche:7"
    assert "Se poursuit dans" in threads("demarche", "2").words and "Vient de" in threads("demarche", "1").words
    for unknown in ("99", "2023:17"):
        missing = threads("demarche", unknown)
        assert missing.code == 1 and "suivi demarches" in missing.words


def test_a_case_shows_its_threads(threads: Suivi) -> None:
    said = threads("case", "17").words
    assert "1. ministre de l’Environnement (Paul Gagné)" in said and "3. ministre de l’Économie" in said
    assert "close, refusée" in said and "lettres : au moins 2" in said
    assert "Démarches" not in threads("case", "17", "--as-of", "2024-01-01").words
    assert "Une démarche la concerne" in threads("history", "17").words


def test_acts(threads: Suivi) -> None:
    made = threads("act", "demarche:new", "send", "--set", "cases=22", "--set", "office=economie", "--set", "office=emploi",
                   "--occurred", "2024-09-10", user="ana")  # fmt: skip
    assert made.code == 0 and "demarche:9 · " in made.words and "demarche:10 · " in made.words, made.words
    assert "Lettre à" in made.words
    several = threads("act", "demarche:new", "send", "--set", "cases=22", "--set", "office=economie", "--set", "office=emploi",
                      "--json", user="ana").json  # fmt: skip
    assert [row["ref"] for row in several["items"]] == ["demarche:11", "demarche:12"]
    one = threads("act", "demarche:new", "send", "--set", "cases=22", "--set", "office=economie", "--json", user="ana").json
    assert one["ref"] == "demarche:13"
    told = threads("act", "13", "remind", user="ana")
    assert told.code == 1, "a number alone is a case"
    told = threads("act", "demarche:13", "remind", "--set", "count=au moins trois", user="ana")
    assert told.code == 0 and "au moins 3" in told.words and "suivi history demarche:13" in told.words
    assert "suivi act demarche:13 remind" in threads("act", "demarche:13", user="ana").words
    assert "Relance" in threads("history", "demarche:13").words
    due = threads("deadlines").words
    assert "demarche:13" in due and "ministre de l’Économie · Résolution 22" in due
    kinds = {row["ref"]: row["kind"] for row in threads("deadlines", "--json").json["items"]}
    assert kinds["demarche:13"] == "reminder"
