"""Accounts, rules, lists, backups, and what is wrong."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ROOT, Process, Suivi


def test_accounts(cases: Suivi) -> None:
    added = cases.done("user", "add", "jean", "--role", "officière")
    assert "« jean » peut maintenant agir ici, avec ces rôles : officier ou officière." in added.words
    assert cases.done("act", "17", "start", "--json", user="jean").json["state"] == "in_progress"
    account = cases.done("user", "add", "Ana Roy", "--role", "officer", "--role", "auditor", "--json").json
    assert (account["login"], account["roles"]) == ("ana-roy", ["auditor", "officer"])
    assert cases.done("user", "add", "Léa Roy", "--login", "lea", "--role", "officer", "--json").json["login"] == "lea"
    assert cases("user", "add", "zoe", "--role", "officer", "--lang", "de").code == 2
    cases.done("user", "add", "eve", "--role", "officer", "--lang", "Anglais")
    assert "en anglais" in cases.done("people").words
    languages = {person["key"]: person["lang"] for person in cases.done("people", "--json").json["items"]}
    assert (languages["eve"], languages["lea-roy"]) == ("en", None)
    assert "On lui écrit en français" in cases.done("act", "person:eve", "set-language", "--set", "lang=fr").words
    assert "la langue de l’organisation" in cases.done("act", "person:eve", "set-language").words
    assert cases.done("user", "disable", "jean", "--json").json["disabled"] is True
    assert "fermé" in cases.done("user", "list").words
    assert cases("act", "17", "start", user="jean").code == 1
    assert cases("user", "add", "zoe", "--role", "officer", user="lea").code == 1
    assert cases("user", "disable", "marie").code == 1


def test_no_account_yet(suivi: Suivi) -> None:
    assert "Aucun compte encore" in suivi.done("user", "list").words


def test_workflows(nowhere: Suivi, tmp_path: Path) -> None:
    items = nowhere.done("workflow", "list", "--json").json["items"]
    assert [row["name"] for row in items] == ["demarche.v1", "plan_item.v1", "resolution.v1"]
    assert "resolution.v1" in nowhere.done("workflow", "list").out
    assert nowhere.done("workflow", "diagram").out.startswith("stateDiagram-v2\n")
    assert nowhere.done("workflow", "diagram", "resolution.v1", "--json").json["mermaid"].endswith("\n")
    assert "confier à une instance" in nowhere.done("workflow", "vocabulary").words
    assert nowhere.done("workflow", "vocabulary", "--json", lang="en").json["verbs"]["start"] == "start"
    assert nowhere.done("workflow", "check", "--json").json == {"items": []}
    unknown = nowhere("workflow", "diagram", "danse.v1")
    assert unknown.code == 1
    assert "Le cheminement « danse.v1 » n’est pas connu." in unknown.words


def test_a_definition_that_cannot_be_used(nowhere: Suivi, tmp_path: Path) -> None:
    file = tmp_path / "danse.v1.yaml"
    file.write_text("workflow: danse\nversion: un\n", encoding="utf-8")
    answer = nowhere("workflow", "check", str(file))
    assert answer.code == 1
    assert "ligne 2" in answer.words
    as_json = nowhere("workflow", "check", str(file), "--json")
    assert as_json.code == 1
    assert {"file", "line", "column", "message"} == as_json.json["items"][0].keys()


def test_lists_made_anew(cases: Suivi) -> None:
    before = cases.done("cases", "--json").json
    rows = cases.done("rebuild", "cases", "--json").json["items"]
    names = ("cases", "demarches", "directory", "entries", "records", "search")
    assert {row["name"]: row["lag"] for row in rows} == dict.fromkeys(names, 0)
    assert cases.done("cases", "--json").json == before
    assert "cases" in cases.done("rebuild").out
    assert cases("rebuild", "dances").code == 1
    assert "Retard" in cases.done("projections").out


def test_the_doctor_warns(cases: Suivi) -> None:
    answer = cases("doctor")
    assert answer.code == 1
    assert "fsync" in answer.out
    as_json = cases("doctor", "--json")
    assert as_json.code == 1
    kinds = {item["kind"] for item in as_json.json["items"]}
    assert {"NotDurable", "NeverBackedUp"} <= kinds
    assert as_json.err.count("\n") == len(as_json.json["items"])


def test_a_backup_goes_into_an_empty_home(cases: Suivi, tmp_path: Path, process: Process) -> None:
    file = tmp_path / "tout.sauvegarde"
    made = cases.done("backup", str(file), "--json").json
    assert made == {"file": str(file), "bytes": file.stat().st_size}
    assert cases("backup", str(file)).code == 1
    assert cases("restore", str(file)).code == 1
    restored = process("restore", str(file))
    assert restored.code == 0, restored.err
    assert "est remis en place dans" in restored.words
    assert process("cases", "--json").json == cases.done("cases", "--json").json
    assert process("act", "17", "start", "--json").json["state"] == "in_progress"


def test_every_verb_that_reads_answers_with_one_document(cases: Suivi) -> None:
    lists = (
        "cases",
        "assemblies",
        "bodies",
        "people",
        "offices",
        "projections",
        "history 17",
        "user list",
        "workflow list",
    )
    for verb in lists:
        answer = cases.done(*verb.split(), "--json")
        assert list(answer.json) == ["items"], verb
        assert answer.err == "", verb


def test_the_version(nowhere: Suivi) -> None:
    version = nowhere.done("version", "--json").json["version"]
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text()
    assert nowhere.done("version").out == f"Suivi {version}\n"
