"""Wrong usage, help, and how quickly they come."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.core import TyperGroup

from cli.app import command
from cli.given import read_given
from cli.usage import Usage
from tests.cli.conftest import ROOT, Suivi

WRONG = [
    ("cas", "n’est pas une commande de Suivi. Peut-être : case", "suivi --help"),
    ("xyzzy", "« xyzzy » n’est pas une commande de Suivi.", "suivi --help"),
    ("case", "Il manque REF.", "suivi case --help"),
    ("case 17 18", "« 18 » n’est pas attendu ici.", "suivi case --help"),
    ("case 17 --jsn", "Il n’y a pas d’option --jsn ici. Peut-être : --json.", "suivi case --help"),
    ("case 17 --xyzzy", "Il n’y a pas d’option --xyzzy ici.", "suivi case --help"),
    ("case 17 -z", "Il n’y a pas d’option -z ici.", "suivi case --help"),
    ("case 17 --json=3", "L’option --json ne prend pas de valeur.", "suivi case --help"),
    ("act 17 start --set", "L’option --set demande une valeur.", "suivi act --help"),
    ("act 17 start --set reason", "« --set reason » ne se lit pas.", "suivi act --help"),
    ("act 17 start --set a=1 --set a.b=2", "« a » est donné à la fois", "suivi act --help"),
    ("up --port 99999", "--port demande un nombre entier de 1 à 65535.", "suivi up --help"),
    ("act 17 start --if-version trois", "--if-version demande un nombre entier.", "suivi act --help"),
    ("act 17 start --command-id 3", "« 3 » n’est pas un identifiant de commande", "suivi act --help"),
    ("cases --state fini", "--state ne peut pas être « fini ». Valeurs acceptées : adoptée, confiée,", "suivi cases --help"),
    ("cases --format pdf", "--format ne peut pas être « pdf ». Valeurs acceptées : csv et xlsx.", "suivi cases"),
    ("cases --format csv --json", "--format et --json ne vont pas ensemble", "suivi cases --help"),
    ("confirm", "Il manque REF ou --all.", "suivi confirm --help"),
    ("confirm 17 --all", "REF et --all ne vont pas ensemble", "suivi confirm --help"),
    ("confirm --all --confidence sure", "--confidence ne peut pas être « sure ».", "suivi confirm --help"),
    ("import", "Il manque FICHIER.", "suivi import --help"),
    ("import f.txt --undo 2023-1", "FICHIER et --undo ne vont pas ensemble", "suivi import --help"),
    ("user add marie", "Il manque --role.", "suivi user add --help"),
    ("user add marie --role reine", "--role ne peut pas être « reine ».", "suivi user add --help"),
    ("user ad", "« ad » n’est pas une commande de Suivi. Peut-être : add.", "suivi user --help"),
    ("workflow dance", "« dance » n’est pas une commande de Suivi.", "suivi workflow --help"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said", "help_of"), WRONG, ids=[typed for typed, *_ in WRONG])
def test_wrong_usage_is_said_in_french(nowhere: Suivi, typed: str, said: str, help_of: str) -> None:
    answer = nowhere(*typed.split(" "))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.words
    assert f"Pour de l’aide : {help_of}" in answer.words


def test_and_in_english(nowhere: Suivi) -> None:
    answer = nowhere("case", "17", "--jsn", lang="en")
    assert answer.err == "There is no option --jsn here. Perhaps: --json.\nFor help: suivi case --help\n"


@pytest.mark.parametrize("typed", [(), ("user",), ("workflow",)])
def test_without_a_command_the_help_is_shown(nowhere: Suivi, typed: tuple[str, ...]) -> None:
    answer = nowhere(*typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage\u00a0: suivi")


def test_an_unknown_language_is_said_in_french(nowhere: Suivi) -> None:
    answer = nowhere("cases", lang="de")
    assert answer.code == 2
    assert "« de »" in answer.words and "fr, en" in answer.words


def commands(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bool]]:
    yield path, True
    for name, one in group.commands.items():
        if isinstance(one, TyperGroup):
            yield from commands(one, (*path, name))
        else:
            yield (*path, name), False


COMMANDS = list(commands(command()))


@pytest.mark.parametrize(("path", "group"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_has_its_help_in_french(nowhere: Suivi, path: tuple[str, ...], group: bool) -> None:
    french, english = nowhere.done(*path, "--help"), nowhere.done(*path, "-h", lang="en")
    assert french.err == english.err == ""
    assert french.out.startswith("Usage\u00a0: suivi") and english.out.startswith("Usage: suivi")
    assert ("Exemples" in french.out and "Examples" in english.out) != group
    said = {line.strip() for line in english.out.splitlines() if "," in line and "suivi" not in line}
    assert not said & {line.strip() for line in french.out.splitlines()}


def test_help_groups_commands_by_purpose(nowhere: Suivi) -> None:
    headings = [line for line in nowhere.done("--help").out.splitlines() if line and not line.startswith(" ")]
    purposes = ["Suivre les dossiers", "Documents et assemblées", "Répertoire et comptes", "Entretien", "Règles"]
    assert [heading for heading in headings if heading in purposes] == purposes


@pytest.mark.parametrize("typed", ["--help", "act --help", "version", "xyzzy"])
def test_what_needs_no_data_loads_nothing_heavy(typed: str) -> None:
    script = """
import sys
from cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""
    command = [sys.executable, "-c", script, *typed.split()]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ended.stderr.split())
    assert "typer" in loaded
    assert not loaded & {"psycopg", "rich", "eventsourcing", "yaml", "services.store", "babel"}


@pytest.mark.parametrize(
    ("given", "facts"),
    [
        ([], {}),
        (["text=Un mot"], {"text": "Un mot"}),
        (["text=a=b"], {"text": "a=b"}),
        (["text="], {"text": ""}),
        (["residuals=a", "residuals=b", "residuals=c"], {"residuals": ["a", "b", "c"]}),
        (["titles.17=Jardin", "titles.18=Verger"], {"titles": {"17": "Jardin", "18": "Verger"}}),
        (["set.text=Neuf"], {"set": {"text": "Neuf"}}),
        (["set.titles.17=Neuf"], {"set": {"titles": {"17": "Neuf"}}}),
        (["parts.Au Canada=17"], {"parts": {"Au Canada": "17"}}),
        (["parts.A=1", "parts.A=2"], {"parts": {"A": ["1", "2"]}}),
    ],
)
def test_facts_as_given(given: list[str], facts: object) -> None:
    assert read_given(given) == facts


@pytest.mark.parametrize(
    "given", [["text"], ["=mot"], ["a.=mot"], ["a=1", "a.b=2"], ["a.b=2", "a=1"], ["a.b=1", "a.b.c=2"]]
)
def test_facts_that_are_not_written_so(given: list[str]) -> None:
    with pytest.raises(Usage):
        read_given(given)
