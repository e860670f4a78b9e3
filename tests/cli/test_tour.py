"""A tour of the terminal by someone who mistypes: one sentence that says what would be accepted, and nothing changed."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cli.conftest import SAMPLE, Answer, Suivi
from workflows.library import SHIPPED


def refused(answer: Answer, code: int = 1) -> str:
    """The one sentence of a refusal, with its hint if it has one."""
    assert (answer.code, answer.out) == (code, ""), answer
    assert answer.err.count("\n") <= 2
    return answer.words


LEFT_EMPTY = [
    (("act", "17", "start", "--part", ""), 1, "n’a pas de partie"),
    (("act", "17", "note", "--set", "text=a", "--occurred", ""), 1, "ne se lit pas comme une date"),
    (("act", "17", "note", "--set", "text=a", "--command-id", ""), 2, "n’est pas un identifiant de commande"),
    (("act", "17", "note", "--set", "text=a", "--as", ""), 1, "Les comptes : marie"),
    (("act", "17", "refer", "--set", "body="), 1, "« body » ne peut pas rester vide."),
    (("confirm", "--all", "--confidence", ""), 2, "Valeurs acceptées : high, medium et low."),
    (("cases", "--state", ""), 2, "Valeurs acceptées : adoptée, confiée, en cours"),
    (("import", str(SAMPLE), "--assembly", ""), 2, "L’option --assembly demande une valeur."),
    (("import", str(SAMPLE), "--reference-date", " "), 2, "L’option --reference-date demande une valeur."),
    (("cases", "--format", ""), 2, "Valeurs acceptées : csv et xlsx."),
]


@pytest.mark.parametrize(("command", "code", "said"), LEFT_EMPTY)
def test_what_is_left_empty_is_not_passed_over(cases: Suivi, command: tuple[str, ...], code: int, said: str) -> None:
    before = cases.done("history", "17", "--json").json
    assert said in refused(cases(*command), code)
    assert cases.done("history", "17", "--json").json == before


SHAPES = [
    (("note", "text.a=1"), "« text » ne prend qu’une seule valeur."),
    (("note", "text=a", "text=b"), "« text » ne prend qu’une seule valeur."),
    (("postpone", "until=2099", "until=2100", "reason=x"), "« until » ne prend qu’une seule valeur."),
    (("refer", "body.a=x"), "« body » ne prend qu’une seule valeur."),
    (("finish-task", "task=²"), "« task » demande un nombre entier"),
    (("finish-task", "task=" + "9" * 30), "« task » demande un nombre entier"),
    (("correct", "event=²", "set.text=x", "reason=y"), "n’est pas une inscription de cet historique"),
    (("correct", "event=@²", "set.text=x", "reason=y"), "n’est pas une inscription de cet historique"),
    (("correct", "event=@1", "set=x", "reason=y"), "« set » se donne clé par clé : set.CLÉ=VALEUR."),
    (("correct", "event=@1", "set.titles=x", "reason=y"), "« titles » se donne clé par clé"),
    (("correct", "event=@1", "set.humeur=x", "reason=y"), "Ce qui peut être corrigé :"),
    (("correct", "event=@1", "set.role=auditor", "reason=y"), "« role » ne peut pas être corrigé"),
    (("complete", "completion=presque"), "full (en entier), partial (en partie) et temporary (pour un temps)."),
    (("complete",), "completion (jusqu’où c’est fait"),
    (("confirm", "state=perdue"), "Les états : Adoptée, Confiée, En cours"),
]


@pytest.mark.parametrize(("typed", "said"), SHAPES)
def test_a_fact_says_how_it_is_given(cases: Suivi, typed: tuple[str, ...], said: str) -> None:
    verb, *facts = typed
    answer = cases("act", "17", verb, *(word for fact in facts for word in ("--set", fact)))
    assert said in refused(answer)
    assert "Expected" not in answer.err


def test_the_parts_of_an_adoption_are_given_by_label(cases: Suivi) -> None:
    answer = cases("act", "2023:40", "adopt", "--set", "titles.40=Un", "--set", "parts=Ici")
    assert "« parts » se donne clé par clé : parts.CLÉ=VALEUR." in refused(answer)


@pytest.mark.parametrize(("state", "completion"), [("Close, réalisée", "en partie"), ("done", "partial"),
                                                   ("Réalisée", "In part")])  # fmt: skip
def test_words_are_taken_as_they_are_printed(cases: Suivi, state: str, completion: str) -> None:
    given = ("--set", f"state={state}", "--set", f"completion={completion}", "--json")
    made = cases.done("act", "17", "confirm", *given).json
    assert (made["state"], made["completion"]) == ("done", "partial")


def test_a_charge_is_the_same_in_both_languages(cases: Suivi) -> None:
    cases.done("act", "body:jardins", "create", "--set", "name=Comité des jardins")
    appointed = ("--set", "person=marie", "--set", "charge=Présidence", "--occurred", "2024-01-15")
    assert "présidence (à partir du 15 janvier 2024)" in cases.done("act", "body:jardins", "appoint", *appointed).words
    ended = cases.done("act", "body:jardins", "end-term", "--set", "person=marie", "--occurred", "2025-06-30")
    assert "présidence (du 15 janvier 2024 au 30 juin 2025)" in ended.words


def test_a_number_of_another_assembly_is_found_again(cases: Suivi) -> None:
    cases.done("act", "assembly:2024", "create", "--set", "name=Assemblée 2024", "--set", "date=2024-11-18")
    for command in (("case", "17"), ("act", "17", "start"), ("history", "17")):
        assert "pour une autre : 2023:17." in refused(cases(*command))
    assert "pour une autre" not in refused(cases("case", "2024:17"))


def test_what_is_no_case_has_a_history(cases: Suivi) -> None:
    assert "suivi history person:marie" in refused(cases("case", "person:marie"))
    made = cases.done("import", str(SAMPLE), "--assembly", "2022", "--json").json
    shown = cases.done("history", f"import:{made['id']}").words
    assert f"suivi import --undo {made['id']}" in shown and "correct" not in shown


def test_all_is_confirmed_with_what_was_said_of_it(suivi: Suivi) -> None:
    suivi.done("import", str(SAMPLE), "--reference-date", "2024-09")
    assert "--all et --part ne vont pas ensemble" in refused(suivi("confirm", "--all", "--part", "17"), 2)
    id = str(uuid4())
    asked = ("confirm", "--all", "--confidence", "élevée", "--occurred", "2024-10-15", "--command-id", id, "--json")
    confirmed = [row["ref"] for row in suivi.done(*asked).json["items"]]
    last = suivi.done("history", confirmed[0], "--json").json["items"][-1]
    assert last["occurred"] == "2024-10-15"
    other = suivi("confirm", "--all", "--command-id", id)
    assert "Cet identifiant a déjà servi" in refused(other)


def test_of_two_ways_to_do_the_same_the_list_shows_the_shorter(cases: Suivi) -> None:
    shown = cases.done("case", "17").words
    assert shown.count("suivi act 2023:17 carry-over") == 1
    assert "--set set.NOM=… --set reason=…" in shown
    cases.done("act", "17", "carry-over", "--set", "to=2023:30")
    assert "carry-over --set to=… --set residual=…" not in cases.done("case", "5").words


def test_the_verbs_of_an_entry_are_listed_as_they_are_typed(cases: Suivi) -> None:
    answer = cases("act", "body:jardins")
    assert (answer.code, answer.out) == (2, "")
    assert "suivi act body:jardins create --set name=…" in answer.words and "appoint" not in answer.words
    cases.done("act", "body:jardins", "create", "--set", "name=Comité des jardins")
    answer = cases("act", "body:jardins")
    assert "suivi act body:jardins appoint --set person=…" in answer.words


def test_who_a_run_of_notes_is_for_is_said_once(cases: Suivi) -> None:
    for text in ("Premier appel", "Second appel"):
        cases.done("act", "17", "note", "--set", f"text={text}")
    assert "à l’interne Premier appel Second appel" in cases.done("case", "17").words


def test_a_long_title_is_cut_in_a_list_alone(cases: Suivi) -> None:
    title = "mot " * 2500
    cases.done("act", "2023:18", "adopt", "--set", f"titles.18={title}")
    assert len(cases.done("cases").out.splitlines()) < 20
    assert cases.done("cases", "--json").json["items"][-1]["title"].split() == title.split()


def test_titles_keep_room_on_a_narrow_screen(cases: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.done("act", "2023:18", "adopt", "--set", "titles.18=Conciliation travail-famille-vie personnelle")
    cases.done("act", "18", "complete", "--set", "completion=temporary")
    monkeypatch.setenv("COLUMNS", "60")
    assert "travail-famille-vie" in cases.done("cases").out


@pytest.mark.parametrize("given", ["n'importe", "mysql://marie:motdepasse@h/b"])
def test_an_address_that_is_none(nowhere: Suivi, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    answer = nowhere("cases")
    assert "dans DATABASE_URL ne se lit pas" in refused(answer)
    assert "motdepasse" not in answer.err


def test_the_readers_own_address_is_looked_at_too(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_READER_URL", "n'importe")
    assert "DATABASE_READER_URL" in refused(suivi("cases"))
    monkeypatch.setenv("DATABASE_READER_URL", "postgresql://personne@127.0.0.1:1/rien")
    assert "La base de données ne répond pas (" in refused(suivi("cases"))


@pytest.mark.parametrize("kept", ["{", "", "[]", '["a"]', '{"a": 1}', "\udcff"])
def test_logins_that_cannot_be_read(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: str
) -> None:
    monkeypatch.delenv("DATABASE_WRITER_URL")
    (tmp_path / "logins.json").write_text(kept, encoding="utf-8", errors="surrogateescape")
    assert "logins.json », ne se lisent pas. Supprimez ce fichier" in refused(suivi("cases"))
    (tmp_path / "logins.json").unlink()
    assert suivi("cases").code == 0


@pytest.mark.parametrize(("given", "said"), [("absente.yaml", "il n’y a pas de fichier ici"), (".", "ceci n’est pas un fichier"),
                                             ("binaire.yaml", "il y a ici un caractère invisible")])  # fmt: skip
def test_definitions_that_cannot_be_read(nowhere: Suivi, tmp_path: Path, given: str, said: str) -> None:
    (tmp_path / "binaire.yaml").write_bytes(b"\x00\x01\x02" * 50)
    found = nowhere("workflow", "check", str(tmp_path / given))
    assert found.code == 1 and said in found.words


def test_the_organisations_own_definitions_are_checked_and_listed(nowhere: Suivi, tmp_path: Path) -> None:
    own = tmp_path / "workflows"
    own.mkdir()
    text = (SHIPPED / "resolution.v1.yaml").read_text(encoding="utf-8").replace("version: 1", "version: 2", 1)
    (own / "resolution.v2.yaml").write_text(text, encoding="utf-8")
    checked = len([*SHIPPED.glob("*.yaml")]) + 1
    assert f"{checked} définitions vérifiées : rien à redire." in nowhere.done("workflow", "check").words
    assert "resolution.v2" in nowhere.done("workflow", "list").words
    (own / "resolution.v2.yaml").write_text(text.replace("verb: refer", "verb: inventer", 1), encoding="utf-8")
    checked = nowhere("workflow", "check")
    assert checked.code == 1 and "le verbe « inventer » n’est pas connu" in checked.words


def test_a_file_that_an_account_may_not_open(cases: Suivi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        pytest.skip("the administrator of the machine may open every file")
    file = tmp_path / "fermé.txt"
    file.write_text("RÉSOLUTION 1")
    file.chmod(0)
    for command in (("import", str(file)), ("restore", str(file)), ("workflow", "check", str(file))):
        assert "ne peut pas ouvrir" in refused(cases(*command))


def test_a_list_of_an_older_assembly_alone_says_which(cases: Suivi) -> None:
    cases.done("act", "assembly:2024", "create", "--set", "name=Assemblée 2024", "--set", "date=2024-11-18")
    told = cases.done("cases", "--query", "jardin").words
    assert "2023:17 Un jardin collectif" in told
    assert "suivi case 2023:17" in told


def test_an_act_says_what_was_recorded(cases: Suivi) -> None:
    told = cases.done("act", "17", "note", "--set", "text=Appel fait", "--occurred", "2024-06-26").words
    assert told.startswith("C’est consigné. Note interne : « Appel fait ». 2023:17")
    renamed = cases.done("act", "assembly:2023", "rename", "--set", "name=Congrès").words
    assert "Nouveau nom : Congrès" in renamed


def test_what_is_offered_to_be_typed_can_be_typed(suivi: Suivi) -> None:
    suivi.done("import", str(SAMPLE), "--reference-date", "2024-09")
    refs = [row["ref"] for row in suivi.done("cases", "--json").json["items"]]
    cards = [line for ref in refs for line in suivi.done("case", ref).out.splitlines()]
    commands = [line.rpartition("suivi ")[2].split() for line in cards if "Pour en établir un autre" in line]
    assert any("completion=full" in command for command in commands)
    for command in commands:
        assert suivi(*command).code == 0, command
