"""The organisation's own definitions at the terminal and at every other door: what is wrong is a sentence with its file, line
and column, wherever the home is opened, and nothing is done."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest

from cli.examples import EXAMPLES
from services.accounts import enter
from services.schema import Urls
from tests.cli.conftest import ROOT, Answer, Suivi
from tests.errands import FIRST, SECOND
from tests.homes import do, opened
from workflows import library
from workflows.library import SHIPPED
from workflows.source import read_source

NAME = "errand.v1.yaml"


def written(folder: Path, text: str = FIRST, name: str = NAME) -> Path:
    (folder / "workflows").mkdir(exist_ok=True)
    file = folder / "workflows" / name
    file.write_text(text, encoding="utf-8")
    library._read.cache_clear()
    return file


def changed(old: str, new: str) -> Callable[[Path], object]:
    assert FIRST.count(old) == 1
    return lambda home: written(home, FIRST.replace(old, new, 1))


def in_latin_1(home: Path) -> None:
    written(home).write_bytes(FIRST.encode("latin-1"))


def twice(home: Path) -> None:
    written(home)
    written(home, FIRST, "errand.v1.yml")


def linked_to_nothing(home: Path) -> None:
    file = written(home)
    file.unlink()
    file.symlink_to("/nowhere")


Fault = tuple[Callable[[Path], object], str]
FAULTS: dict[str, Fault] = {
    "torn": (lambda home: written(home, FIRST[:300]), "errand.v1.yaml, ligne"),
    "torn JSON": (lambda home: written(home, '{"workflow": "errand", "version"'), "ligne 2, colonne 1 : un crochet"),
    "a wrong type": (changed("version: 1", "version: un"), "ligne 2, colonne 10 : « version » demande un nombre entier"),
    "an unknown state": (changed("to: waiting", "to: parked"), "l’état « parked » n’est pas connu"),
    "an unknown verb": (changed("verb: note", "verb: notes"), "le verbe « notes » n’est pas connu"),
    "an unreachable state": (changed("to: waiting", "to: running"), "ligne 8, colonne 3 : aucun passage ne mène à l’état"),
    "a cycle without end": (changed("end}, from: open", "end}, from: [asked]"), "aucun état final"),
    "a name twice": (twice, "il doit donc s’appeler errand.v1.yaml"),
    "one that is shipped": (lambda home: written(home, FIRST.replace("errand", "resolution"), "resolution.v1.yaml"),
                            "resolution.v1 est déjà défini"),
    "a huge file": (lambda home: written(home, FIRST + "#" * 300_000), "une définition en fait 256 au plus"),
    "another charset": (in_latin_1, "ligne 6, colonne 29 : ceci n’est pas écrit en UTF-8"),
    "a link to nothing": (linked_to_nothing, "le lien ne mène nulle part"),
    "no folder": (lambda home: (home / "workflows").write_text("x"), "Le dossier des définitions"),
}  # fmt: skip
READING = (("cases",), ("workflow", "list"), ("workflow", "diagram", "errand.v1"), ("act", "2023:1", "start"))


@pytest.mark.parametrize("fault", list(FAULTS))
def test_the_terminal_says_what_is_wrong_and_does_nothing(nowhere: Suivi, tmp_path: Path, fault: str) -> None:
    make, said = FAULTS[fault]
    make(tmp_path)
    for command in READING:
        library._read.cache_clear()
        found = nowhere(*command)
        assert (found.code, found.out) == (1, "") and said in found.words, (command, found.words)
        told = [line for line in found.err.splitlines() if "le travail se poursuit" not in line]  # of a slow machine
        assert "Traceback" not in found.err and len(told) == 1


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "no folder"])
def test_a_check_tells_everything_that_is_wrong_with_its_place(nowhere: Suivi, tmp_path: Path, fault: str) -> None:
    make, said = FAULTS[fault]
    make(tmp_path)
    if fault == "one that is shipped":
        return  # alone, it is sound
    found = nowhere("workflow", "check", "--json")
    assert found.code == 1
    first = found.json["items"][0]
    assert set(first) == {"file", "line", "column", "message"} and first["line"] >= 1 and first["column"] >= 1
    assert said.partition(" : ")[2] in first["message"].replace("\u00a0", " ")


DOORS = {
    "terminal": ("cli.main", "cases"), "server": ("cli.main", "up", "--no-browser"), "web": ("web", "--port", "8019"),
    "follower": ("workers.follower",), "worker": ("workers.queue", "worker"), "health": ("workers.health", "sweep"),
}  # fmt: skip


def environ(home: Path, urls: Urls | None) -> dict[str, str]:
    """That of a process, at a database or at none."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    url = urls.owner if urls else "postgresql://nobody@127.0.0.1:1/none"
    logins = {"DATABASE_WRITER_URL": urls.writer, "DATABASE_READER_URL": urls.reader} if urls else {}
    return kept | {"SUIVI_HOME": str(home), "SUIVI_USER": "marie", "DATABASE_URL": url, **logins}


def tried(door: str, home: Path, urls: Urls | None = None) -> Answer:
    """A door as a process of its own."""
    module, *args = DOORS[door]
    command = [sys.executable, "-m", module, *args]
    done = subprocess.run(command, cwd=ROOT, env=environ(home, urls), capture_output=True, timeout=60, check=False)
    return Answer(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.parametrize("door", list(DOORS))
def test_every_door_stays_shut_with_the_sentence(tmp_path: Path, door: str) -> None:
    written(tmp_path, FIRST.replace("version: 1", "version: un", 1))
    found = tried(door, tmp_path)
    assert found.code == 1, found
    assert "errand.v1.yaml, ligne 2, colonne 10 : « version » demande un nombre entier" in found.words, found.err
    assert "Traceback" not in found.err
    made = {file.name for file in tmp_path.iterdir()} - {"workflows"}
    assert made <= {"broker"}, "no database was made"


@pytest.fixture
def errands(suivi: Suivi, tmp_path: Path) -> Suivi:
    """Two errands, one asked, one running."""
    written(tmp_path)
    suivi.done("act", "assembly:2023", "create", "--set", "name=Assemblée 2023", "--set", "date=2023-11-18")
    for number in ("1", "2"):
        suivi.done("act", f"2023:{number}", "adopt", "--set", f"title=Course {number}", "--set", "kind=errand")
    suivi.done("act", "2023:2", "run")
    return suivi


@pytest.mark.parametrize("door", ["terminal", "web", "follower", "worker"])
def test_a_version_that_cases_follow_and_that_changed_shuts_it_too(
    errands: Suivi, tmp_path: Path, database: Urls, door: str
) -> None:
    written(tmp_path, FIRST.replace("after: 5", "after: 7"))
    found = tried(door, tmp_path, database)
    assert found.code == 1, found
    assert "errand.v1.yaml, ligne 2, colonne 10 : des dossiers suivent déjà errand.v1" in found.words, found.err
    assert "errand.v2.yaml" in found.words and "Traceback" not in found.err
    (tmp_path / "workflows" / NAME).unlink()
    assert "ce fichier n’est plus dans" in tried("terminal", tmp_path, database).words
    written(tmp_path)
    assert errands.done("cases", "--json").json["items"]


# ------------------------------------------------------------------------------------------------ migrate, schema


def states(suivi: Suivi) -> dict[str, str]:
    return {row["ref"]: row["state"] for row in suivi.done("cases", "--json").json["items"]}


def test_cases_are_moved_to_another_version_after_a_rehearsal(errands: Suivi, tmp_path: Path) -> None:
    errands.done("act", "2023:2", "hold")
    written(tmp_path, SECOND, "errand.v2.yaml")
    asked = ("workflow", "migrate", "errand", "--from", "1", "--to", "2")
    shown = errands(*asked, "--dry-run")
    assert shown.code == 1
    for words in ("Répétition", "États qui n’existent plus : En attente (waiting)", "Nouveaux états : Suspendue (paused)",
                  "rappels changent", "1 dossier", "2023:1", "2023:2 ·", "states.waiting=…"):  # fmt: skip
        assert words in shown.words, (words, shown.words)
    assert states(errands) == {"2023:1": "asked", "2023:2": "waiting"}
    done = errands.done(*asked, "--state", "waiting=paused", "--json").json
    assert (done["from"], done["to"], done["dry_run"]) == ("errand.v1", "errand.v2", False)
    assert (done["moved"], done["refused"]) == (["2023:1", "2023:2"], [])
    assert done["changes"]["states_lost"] == ["waiting"]
    assert states(errands) == {"2023:1": "asked", "2023:2": "paused"}
    assert "Aucun dossier ne suit errand.v1" in errands.done(*asked).words


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("errand", "--from", "1", "--to", "9"), 1, "errand.v9"), (("nothing", "--from", "1", "--to", "2"), 1, "nothing.v1"),
        (("errand", "--from", "x", "--to", "2"), 2, "--from"), (("errand", "--from", "1"), 2, "--to"),
    ],
)  # fmt: skip
def test_a_migration_that_cannot_be(errands: Suivi, asked: tuple[str, ...], code: int, said: str) -> None:
    found = errands("workflow", "migrate", *asked)
    assert found.code == code and said in found.words
    assert states(errands) == {"2023:1": "asked", "2023:2": "running"}


def test_only_some_roles_move_cases(errands: Suivi, tmp_path: Path) -> None:
    written(tmp_path, SECOND, "errand.v2.yaml")
    errands.done("user", "add", "olivier", "--role", "officer")
    found = errands("workflow", "migrate", "errand", "--from", "1", "--to", "2", user="olivier")
    assert found.code == 1 and "secrétariat" in found.words and states(errands)["2023:1"] == "asked"


def test_the_schema_as_a_process_holds_for_every_definition(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "cli.main", "workflow", "schema"], cwd=ROOT, capture_output=True, check=True,
                          env={"PATH": os.environ["PATH"], "SUIVI_HOME": str(tmp_path)})  # fmt: skip
    validator = jsonschema_rs.validator_for(json.loads(done.stdout))
    (tmp_path / "errand.v1.yaml").write_text(FIRST, encoding="utf-8")
    for file in (tmp_path / "errand.v1.yaml", *SHIPPED.glob("*.yaml")):
        assert not [*validator.iter_errors(read_source(file).data)], file
    assert list(validator.iter_errors({"workflow": "errand"}))
    assert [file.name for file in tmp_path.iterdir()] == [NAME], "it opens no home"


# ------------------------------------------------------------------------------------------------ the page that tells how


def test_the_example_of_the_page_serves_as_the_page_says(suivi: Suivi, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "workflows" / "own.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    file = tmp_path / "mandat.v1.yaml"
    file.write_text(example, encoding="utf-8")
    assert "rien à redire" in suivi.done("workflow", "check", str(file)).words
    written(tmp_path, example, file.name)
    suivi.done("act", "assembly:2025", "create", "--set", "name=Annuelle 2025", "--set", "date=2025-05-10")
    for command in re.findall(r"`suivi (act 2025:M1 [^`]+)`", page)[:1]:
        suivi.done(*shlex.split(command))
    suivi.done("act", "2025:M1", "set-due", "--set", "due=2026-01-15")
    suivi.done("act", "2025:M1", "commencer")
    assert states(suivi) == {"2025:M1": "a_faire"}
    assert "en travail" in suivi.done("cases").words
    suivi.done("act", "2025:M1", "remettre")
    assert suivi.done("cases", "--state", "remis", "--json").json["items"][0]["ref"] == "2025:M1"
    for command in re.findall(r"`(suivi workflow [a-z]+)", page):
        assert command.removeprefix("suivi ") in EXAMPLES, command


# ------------------------------------------------------------------------------------------------ the processes


def test_the_follower_knows_them(errands: Suivi, tmp_path: Path, database: Urls) -> None:
    with opened(database) as home:
        marie = enter(home.store, "marie")[0]
        do(home, "2023:3", "adopt", title="Course 3", kind="errand", by=marie)  # nobody feeds the lists
        asked = "SELECT row->>'state' FROM read.cases WHERE ref = '2023:3'"
        assert home.reader.execute(asked).fetchone() is None
        following = subprocess.Popen([sys.executable, "-m", "workers.follower"], cwd=ROOT, env=environ(tmp_path, database),
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
        try:
            until = time.monotonic() + 30
            while (row := home.reader.execute(asked).fetchone()) is None and time.monotonic() < until:
                time.sleep(0.1)
        finally:
            following.terminate()
            _, err = following.communicate(timeout=30)
    assert row == ("asked",), err.decode()
