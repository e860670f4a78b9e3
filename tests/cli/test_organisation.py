"""`suivi organisation`: shown to everyone, set by the secretary."""

from __future__ import annotations

import shlex

from tests.cli.conftest import Suivi
from tests.house.sources import ROOT


def test_what_holds_is_shown(suivi: Suivi) -> None:
    shown = suivi.done("organisation").words
    for words in ("America/Toronto", "Québec et administration publique fédérale", "de 8 h à 18 h", "en français"):
        assert words in shown
    assert "Lendemain de Noël" in shown or "Lundi de Pâques" in shown
    assert "Working hours from 8:00 to 18:00" in suivi.done("organisation", lang="en").words


def test_what_is_set_holds(suivi: Suivi) -> None:
    given = ("name=Fédération des citoyens", "days_off=2026-12-24", "days_off=2026-12-30/2026-12-31", "opens=8:30", "lang=en")
    said = suivi.done("organisation", *(word for each in given for word in ("--set", each))).words
    days = ("24 décembre 2026", "du 30 au 31 décembre 2026")
    for words in ("C’est consigné", "Fédération des citoyens", *days, "de 8 h 30 à 18 h"):
        assert words in said
    shown = suivi.done("organisation", "--json").json
    assert shown["days_off"] == ["2026-12-24", "2026-12-30", "2026-12-31"]
    assert (shown["opens"], shown["closes"], shown["lang"], shown["version"]) == ("08:30", "18:00", "en", 1)
    assert {"date", "name"} == shown["holidays"][0].keys()
    emptied = suivi.done("organisation", "--set", "days_off=", "--set", "jurisdictions=", "--json").json
    assert (emptied["days_off"], emptied["jurisdictions"], emptied["holidays"]) == ([], [], [])


def test_recesses_are_set_and_shown(suivi: Suivi) -> None:
    assert "Ajournements aucun" in suivi.done("organisation").words
    given = ("recesses.QC=2025-06-14/2025-09-15", "recesses.QC=2025-12-06/2026-02-09", "recesses.CA=du 24 juin au 3 août 2025")
    said = suivi.done("organisation", *(word for each in given for word in ("--set", each))).words
    for words in ("Assemblée nationale du Québec", "du 14 juin au 15 septembre 2025",
                  "du 6 décembre 2025 au 9 février 2026", "Parlement du Canada", "du 24 juin au 3 août 2025"):  # fmt: skip
        assert words in said
    held = {"QC": ["2025-06-14/2025-09-15", "2025-12-06/2026-02-09"], "CA": ["2025-06-24/2025-08-03"]}
    assert suivi.done("organisation", "--json").json["recesses"] == held
    left = suivi.done("organisation", "--set", "recesses.QC=", "--json").json
    assert left["recesses"] == {"CA": held["CA"]}


def test_the_same_id_sets_once(suivi: Suivi) -> None:
    again = ("organisation", "--set", "name=Un", "--command-id", "5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11")
    suivi.done(*again)
    assert "déjà" in suivi.done(*again).words
    assert suivi.done("organisation", "--json").json["version"] == 1


def test_refusals_are_sentences(suivi: Suivi) -> None:
    suivi.done("user", "add", "jean", "--role", "officer")
    for given, words in (
        ("zone=Montréal", "n’est pas un fuseau horaire connu"),
        ("opens=19:00", "ne peut pas commencer à 19:00 et se terminer à 18:00"),
        ("opens=tôt", "n’est pas une heure lisible"),
        ("days_off=2026-12-24/..", "n’est ni un jour de congé lisible"),
        ("jurisdictions=Paris", "QC (Québec)"),
        ("days=2026-12-24", "days_off"),
        ("recesses.QC=2025-06-14/..", "un ajournement a un premier et un dernier jour"),
        ("recesses.QC=2025-01-01/2026-06-01", "à moins d’un an l’un de l’autre"),
        ("recesses=2025-06-14/2025-09-15", "recesses.QC=… et recesses.CA=…"),
        ("recesses.ON=2025-06-14/2025-09-15", "Dites de qui est l’ajournement"),
        ("name=", "vide"),
    ):
        answer = suivi("organisation", "--set", given)
        assert answer.code == 1, given
        assert words in answer.words, given
    assert suivi("organisation", "--set", "name=Un", user="jean").code == 1
    assert suivi("organisation", "--set", "name").code == 2
    assert suivi.done("organisation", "--json").json["version"] == 0


def test_the_examples_of_the_recesses_are_accepted(suivi: Suivi) -> None:
    text = (ROOT / "docs" / "recesses.md").read_text("utf-8")
    commands = [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("    suivi ")]
    assert len(commands) == 2
    for command in commands:
        suivi.done(*command)
    held = suivi.done("organisation", "--json").json["recesses"]
    assert [len(held[each]) for each in ("QC", "CA")] == [2, 2] and held["CA"][0] == "2025-06-21/2025-09-14"
