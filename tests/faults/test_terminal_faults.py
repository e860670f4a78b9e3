"""The terminal as a process, on a home that fails it: one sentence, nothing changed, nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from services.servers.accounts import place
from tests.cli.conftest import SAMPLE, Answer, Process

ROOM = "96m"


@pytest.fixture
def process(home: Path) -> Process:
    """A terminal in processes of its own, on the embedded database of a home."""
    return Process(home)


@contextmanager
def small(folder: Path) -> Iterator[Path]:
    """The folder on a disk of a few megabytes."""
    status = folder.stat()
    options = f"size={ROOM},mode=700,uid={status.st_uid},gid={status.st_gid}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk takes the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def data(home: Path) -> Path:
    """Where the database's files lie: as the administrator of the machine, in the system user's folder."""
    return place(home / "postgres").folder / "data"


def running(home: Path) -> bool:
    """Whether the embedded server of the home runs."""
    return (data(home) / "postmaster.pid").exists()


def refused(answer: Answer) -> str:
    """The one sentence of a refusal."""
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), answer
    assert "imprévue" not in answer.err
    return answer.words


def listed(process: Process) -> list[dict[str, Any]]:
    """The cases."""
    answer = process("cases", "--json")
    assert answer.code == 0, answer.err
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def test_a_full_disk(process: Process) -> None:
    (process.home / "postgres").mkdir(mode=0o700)
    with small(place(process.home / "postgres").folder) as disk:
        assert process("import", str(SAMPLE)).code == 0
        _fill(disk)
        for command in (("cases",), ("act", "17", "start"), ("import", str(SAMPLE))):
            assert "est plein" in refused(process(*command))
            assert not running(process.home)
        (disk / "bourre").unlink()
        assert process("act", "17", "start").code == 0
        assert len(listed(process)) == 25


def _fill(disk: Path) -> None:
    with (disk / "bourre").open("wb") as file:
        try:
            while True:
                file.write(bytes(65536))
                file.flush()
        except OSError:
            pass


def test_a_full_disk_under_a_backup(process: Process, tmp_path: Path) -> None:
    process("import", str(SAMPLE))
    with small(tmp_path) as disk:
        _fill(disk)
        answer = process("backup", str(disk / "copie"))
        assert answer.code == 1 and "Aucun fichier n’est resté." in answer.words
        assert [file.name for file in disk.iterdir()] == ["bourre"]


def test_data_of_another_postgresql(process: Process) -> None:
    process("import", str(SAMPLE))
    version = data(process.home) / "PG_VERSION"
    before = version.read_text()
    version.write_text("12\n")
    for command in ("cases", "doctor"):
        assert "écrites par PostgreSQL 12" in refused(process(command))
    version.write_text(before)
    assert len(listed(process)) == 25


def test_a_home_that_may_not_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the administrator of the machine may write everywhere")
    closed = tmp_path / "fermé"
    closed.mkdir(mode=0o500)
    for home in (closed, closed / "dedans"):
        assert "choisissez un autre dossier avec SUIVI_HOME" in refused(Process(home)("cases"))


def test_two_imports_at_once_make_one(process: Process) -> None:
    both = [process.start("import", str(SAMPLE), "--json") for _ in range(2)]
    answers = []
    for each in both:
        out, err = each.communicate(timeout=300)
        answers.append(Answer(each.returncode, out, err.decode()))
    assert [answer.code for answer in answers] == [0, 0], answers
    assert sorted(len(answer.json["created"]) for answer in answers) == [0, 25]
    assert len(listed(process)) == 25
    assert not running(process.home)


def test_killed_while_it_starts_and_while_it_records(process: Process) -> None:
    """Wherever it is killed, the next verb finds all or nothing, and leaves nothing running."""
    assert process("act", "assembly:2023", "create", "--set", "name=Assemblée").code == 0
    for wait in (0.15, 0.3, 0.45, 0.6):
        victim = process.start("import", str(SAMPLE))
        try:
            victim.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            os.killpg(victim.pid, signal.SIGKILL)
        victim.communicate()
        assert len(listed(process)) in (0, 25)
        assert not running(process.home)
