"""What is listed and shown: for a person, and as JSON."""

from __future__ import annotations

import csv
from io import StringIO

from tests.cli.conftest import Suivi
from tests.cli.sheets import cells


def test_nothing_yet(suivi: Suivi) -> None:
    assert "Aucun dossier ici encore. Pour en importer : suivi import FICHIER" in suivi.done("cases").words
    assert suivi.done("cases", "--json").json == {"items": []}
    assert "Aucune assemblée ici encore." in suivi.done("assemblies").words
    for verb in ("bodies", "people", "offices", "assemblies"):
        assert suivi.done(verb, "--json").json == {"items": []}


def test_the_list_of_cases(cases: Suivi) -> None:
    lines = cases.done("cases").out.splitlines()
    assert lines[0].split() == ["Nº", "Titre", "État"]
    assert lines[1:4] == [
        "5, 12  Des vélos – Des trottoirs" + lines[1][len("5, 12  Des vélos – Des trottoirs") :],
        lines[2],
        "",
    ]
    assert lines[1].endswith("adoptée") and lines[2].startswith("17")
    assert lines[4] == "2 dossiers"
    assert lines[5] == "Pour en voir un\u00a0: suivi case 5"


def test_the_state_of_its_parts(cases: Suivi) -> None:
    cases.done("act", "5", "start")
    cases.done("act", "5", "block", "--part", "12", "--set", "on=La Ville", "--set", "reason=Aucune réponse")
    assert "en cours, 1 de 2 parties bloquée" in cases.done("cases").words
    assert "in progress, 1 of 2 parts blocked" in cases.done("cases", lang="en").words
    card = cases.done("case", "5").words
    assert "État en cours, 1 de 2 parties bloquée" in card
    assert "Bloquée par La Ville · Aucune réponse" in card
    assert "Parties 5 en cours 12 bloquée" in card


def test_lists_as_json(cases: Suivi) -> None:
    bundle, single = cases.done("cases", "--json").json["items"]
    assert (bundle["ref"], bundle["numbers"], bundle["title"]) == ("2023:5", ["5", "12"], "Des vélos – Des trottoirs")
    assert (single["ref"], single["state"], single["proposal"]) == ("2023:17", "adopted", None)
    (assembly,) = cases.done("assemblies", "--json").json["items"]
    assert assembly["key"] == "2023"
    assert assembly["numbers"] == {"5": "adopted", "12": "adopted", "17": "adopted"}


def test_a_state_has_several_names(cases: Suivi) -> None:
    cases.done("act", "17", "start")
    cases.done("act", "5", "complete", "--set", "completion=full")

    def found(state: str) -> list[str]:
        return [row["ref"] for row in cases.done("cases", "--state", state, "--json").json["items"]]

    started = ("in_progress", "in-progress", "en cours", "In progress", "EN COURS")
    assert {state: found(state) for state in started} == {state: ["2023:17"] for state in started}
    finished = ("done", "réalisée", "realise", "Close, réalisée", "closed, done")
    assert {state: found(state) for state in finished} == {state: ["2023:5"] for state in finished}
    assert found("bloquée") == []


def test_cases_chosen_otherwise(cases: Suivi) -> None:
    cases.done("act", "17", "refer", "--set", "body=Comité des jardins")
    cases.done("act", "17", "set-due", "--set", "due=2024-01")
    cases.done("act", "5", "assign", "--set", "owner=marie")
    refs = {
        option: [row["ref"] for row in cases.done("cases", *option.split(" ", 1), "--json").json["items"]]
        for option in ("--overdue", "--body comité des jardins", "--owner marie", "--query VELOS")
    }
    assert refs == {
        "--overdue": ["2023:17"],
        "--body comité des jardins": ["2023:17"],
        "--owner marie": ["2023:5"],
        "--query VELOS": ["2023:5"],
    }
    assert "Aucun dossier ne correspond." in cases.done("cases", "--query", "fusée").words
    assert cases("cases", "--owner", "inconnue").code == 1


def test_several_assemblies_show_whole_references(cases: Suivi) -> None:
    cases.done("act", "assembly:2024", "create", "--set", "name=Assemblée 2024", "--set", "date=2024-11-16")
    cases.done("act", "2024:1", "adopt", "--set", "titles.1=Un verger")
    out = cases.done("cases").out
    assert "2023:5, 12" in out and "2024:1 " in out and "suivi case 2023:5" in out


def test_the_card_of_a_case(cases: Suivi) -> None:
    cases.done("act", "17", "add-task", "--set", "text=Écrire à la Ville", "--set", "due=2024-03")
    cases.done("act", "17", "note", "--set", "text=Appel reçu", "--occurred", "12 mars 2024")
    cases.done("act", "17", "wait", "--set", "on=Le ministère", "--set", "since=2024-02")
    card = cases.done("case", "17").words
    for told in (
        "2023:17 · Un jardin collectif",
        "État adoptée",
        "Tâches 1. Écrire à la Ville · mars 2024",
        "En attente de Le ministère · l’attente a commencé en février 2024",
        "12 mars 2024 · à l’interne Appel reçu",
        "commencer suivi act 2023:17 start",
        "suivi act 2023:17 refer --set body=…",
        "Tout son historique : suivi history 2023:17",
    ):
        assert told in card
    assert "You may read this case" in cases.done("case", "17", user="bob", lang="en").words


def test_a_case_as_json_is_the_case_itself(cases: Suivi) -> None:
    case = cases.done("case", "12", "--json").json
    assert case["ref"] == "2023:5"
    assert case["parts"] == [
        {"label": "5", "numbers": ["5"], "state": "adopted", "completion": None},
        {"label": "12", "numbers": ["12"], "state": "adopted", "completion": None},
    ]
    assert case["version"] == 1


def test_the_history_tells_corrections_apart(cases: Suivi) -> None:
    cases.done("act", "17", "note", "--set", "text=Apel reçu")
    cases.done("act", "17", "start")
    noted, started = cases.done("history", "17", "--json").json["items"][1:]
    cases.done("act", "17", "correct", "--set", f"event={noted['position']}", "--set", "set.text=Appel reçu",
               "--set", "reason=coquille")  # fmt: skip
    cases.done("act", "17", "retract", "--set", f"event={started['position']}", "--set", "reason=trop tôt")
    items = cases.done("history", "17", "--json").json["items"]
    assert [item["corrected_by"] for item in items] == [None, items[3]["position"], None, None, None]
    assert [item["retracted_by"] for item in items] == [None, None, items[4]["position"], None, None]
    told = cases.done("history", "17").words
    assert f"[corrigé par l’inscription {items[3]['position']}]" in told
    assert f"[retiré par l’inscription {items[4]['position']}]" in told
    assert "suivi act 17 correct --set event=" in told


def test_the_two_times(cases: Suivi) -> None:
    cases.done("act", "17", "start", "--occurred", "2024-01-10")
    known = cases.done("history", "17", "--json").json["items"][-1]["logged_at"]
    cases.done("act", "17", "complete", "--set", "completion=full", "--occurred", "2024-05-20")

    def state(*option: str) -> str:
        return str(cases.done("case", "17", *option, "--json").json["state"])

    assert state() == "done"
    assert state("--as-of", "2024-05-19") == "in_progress"
    assert state("--as-of", "2023-12-31") == "adopted"
    assert state("--known-at", known) == "in_progress"
    (listed,) = cases.done("cases", "--as-of", "mars 2024", "--state", "en cours", "--json").json["items"]
    assert listed["ref"] == "2023:17"
    assert cases("case", "17", "--as-of", "2023-01-01").code == 1
    assert "suivi act" not in cases.done("case", "17", "--as-of", "2024-05-19").out


def test_the_directory(cases: Suivi) -> None:
    cases.done("act", "body:jardins", "create", "--set", "name=Comité des jardins")
    cases.done("act", "body:jardins", "appoint", "--set", "person=marie", "--occurred", "2024-01-15")
    assert "body:jardins Comité des jardins marie, présidence (à partir du 15 janvier 2024)" in cases.done("bodies").words
    (body,) = cases.done("bodies", "--as-of", "2024-01-14", "--json").json["items"]
    assert body["terms"] == []
    assert [row["ref"] for row in cases.done("people", "--json").json["items"]] == ["person:marie"]
    assert "Comité des jardins" in cases.done("history", "body:jardins").words


def test_what_is_not_there(cases: Suivi) -> None:
    for command in ("case", "history"):
        answer = cases(command, "99", lang="en")
        assert (answer.code, answer.out, answer.err) == (1, "", "There is no case 2023:99 here.\n")
    assert cases("case", "99", "--json").out == ""


def test_csv(cases: Suivi) -> None:
    cases.done("act", "2023:18", "adopt", "--set", "titles.18==HYPERLINK(1)")
    rows = list(csv.reader(StringIO(cases.done("cases", "--format", "csv").raw.decode(), newline="")))
    assert rows[0][:5] == ["Référence", "Assemblée", "Numéros", "Titre", "État"]
    assert rows[1][:6] == ["2023:5", "2023", "5, 12", "Des vélos – Des trottoirs", "adoptée", "adopted"]
    assert rows[3][3] == "'=HYPERLINK(1)"


def test_xlsx(cases: Suivi) -> None:
    cases.done("act", "2023:18", "adopt", "--set", "titles.18==HYPERLINK(1)")
    rows = cells(cases.done("cases", "--format", "xlsx").raw)
    assert [row[3] for row in rows] == [
        "Titre",
        "Des vélos – Des trottoirs",
        "Un jardin collectif",
        "'=HYPERLINK(1)",
    ]


def test_deadlines_that_none_are_and_that_none_match(cases: Suivi) -> None:
    assert "Pour en donner une à un dossier" in cases.done("deadlines").words
    cases.done("act", "17", "set-due", "--set", "due=2099-01-05")
    assert "2023:17" in cases.done("deadlines").words
    assert cases.done("deadlines", "--before", "2098").words == "Aucune échéance ne correspond."
