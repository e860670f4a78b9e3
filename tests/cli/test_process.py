"""The terminal as a person starts it: every verb by itself, nothing left running, and whatever ends it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from cli.main import guarded
from cli.terminal import Terminal
from domain.errors import Refused
from services.servers.accounts import place
from services.settings import Settings
from tests.cli.conftest import SAMPLE, Process, Suivi
from tests.houses import Held


def running(home: Path) -> bool:
    """Whether the embedded server of the home runs."""
    return (home / "postgres").is_dir() and (place(home / "postgres").folder / "data" / "postmaster.pid").exists()


def test_a_first_day(process: Process) -> None:
    empty = process("cases")
    assert (empty.code, empty.err.count("\n")) == (0, 1)
    assert "Préparation de la base de données" in empty.err
    made = process("import", str(SAMPLE), "--reference-date", "2024-09~", "--json")
    assert len(made.json["created"]) == 25
    assert "marie" in made.err
    assert process("act", "17", "start").err == ""
    listed = process("cases", "--json")
    assert (listed.code, listed.err) == (0, "")
    assert {row["ref"]: row["state"] for row in listed.json["items"]}["2023:17"] == "in_progress"
    assert "\x1b" not in process("case", "17").out
    assert not running(process.home)


def test_after_a_kill_the_next_command_leaves_nothing_running(process: Process) -> None:
    process("act", "assembly:2023", "create", "--set", "name=Assemblée")
    victim = process.start("import", str(SAMPLE))
    while not running(process.home):
        if victim.poll() is not None:  # it was too quick to be seen
            victim.communicate()
            victim = process.start("import", str(SAMPLE))
        time.sleep(0.002)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.communicate()
    assert process("import", str(SAMPLE)).code == 0
    assert len(process("cases", "--json").json["items"]) == 25
    assert not running(process.home)


def test_an_interruption_is_said_and_leaves_nothing_running(process: Process, tmp_path: Path) -> None:
    held = Held(tmp_path, "initdb")
    stopped = process.start("cases", PYTHONPATH=str(tmp_path))
    assert stopped.stderr and "Préparation" in stopped.stderr.readline().decode()
    held.wait()
    os.killpg(stopped.pid, signal.SIGINT)
    held.let_go()
    out, err = stopped.communicate()
    assert (stopped.returncode, out) == (130, b"")
    assert "Traceback" not in err.decode()
    assert not running(process.home)


def test_whoever_reads_may_leave(process: Process) -> None:
    process("import", str(SAMPLE))
    listing = process.start("cases", "--json")
    assert listing.stdout and listing.stderr
    listing.stdout.close()
    assert listing.wait() == 0
    assert listing.stderr.read() == b""
    listing.stderr.close()


def test_a_database_that_does_not_answer(nowhere: Suivi) -> None:
    answer = nowhere("cases", "--json", lang="en")
    assert (answer.code, answer.out) == (1, "")
    told = answer.err.removeprefix("This takes a moment; work is going on.\n")  # said where a machine is busy
    assert told.startswith("The database does not answer") and told.count("\n") == 1


def test_a_home_that_cannot_be(nowhere: Suivi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("")
    monkeypatch.setenv("SUIVI_HOME", str(file / "home"))
    monkeypatch.delenv("DATABASE_URL")
    answer = nowhere("cases")
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)


def failing(home: Path, error: BaseException) -> int:
    def work() -> None:
        raise error

    return guarded(Terminal(Settings(home, "marie", "en")), ["case", "17"], work)


def test_what_was_not_foreseen_is_written_down_without_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cause = ValueError("Marie Tremblay")
    error = RuntimeError("514 555-0199")
    error.__cause__ = cause
    assert failing(tmp_path, error) == 1
    file = tmp_path / "failures.log"
    assert str(file) in capsys.readouterr().err
    written = file.read_text()
    assert "suivi case\n" in written and "builtins.ValueError" in written and "builtins.RuntimeError" in written
    assert "test_process.py:" in written
    assert "Tremblay" not in written and "555" not in written and "17" not in written.splitlines()[0].split("suivi")[1]


def test_even_where_nothing_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fichier"
    file.write_text("")
    assert failing(file, RuntimeError()) == 1
    assert "could not be written down: RuntimeError" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(28, "No space left on device"), 1, "The disk is full."),
        (KeyboardInterrupt(), 130, "Interrupted."),
        (Refused(), 1, "This cannot be done now."),
    ],
)
def test_each_end_has_its_code_and_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    assert failing(tmp_path, error) == code
    assert capsys.readouterr().err.startswith(said)
    assert not list(tmp_path.iterdir())
