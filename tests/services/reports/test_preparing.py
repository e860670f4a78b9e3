"""Documents on their way, as all processes of one data folder see them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

import pytest

from domain.errors import Unavailable
from services.home import Home, Viewer
from services.reports import preparing
from services.reports.as_pdf import PdfTooLong
from services.reports.preparing import MOST, Made, PreparationGone, Preparations, TooManyPreparations, pieces
from services.reports.words import Progress
from tests.houses import until

ANA = Viewer(uuid4(), frozenset({"officer", "secretary"}))
ROOT = Path(__file__).parents[3]
# Another process: begins a document, tells which, and makes it until the file named `go` is there.
OTHER = """
import sys, time
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID
from services.home import Viewer
from services.reports.preparing import Made, Preparations

home, person = Path(sys.argv[1]), UUID(sys.argv[2])

def work(home_, out, progress):
    progress(3, 8)
    while not (home / "go").exists():
        time.sleep(0.01)
    out.write("déjà".encode() * 50_000)
    return Made("suivi.pdf")

one = Preparations(home).start(Viewer(person, frozenset({"officer"})), lambda: nullcontext(None), work, 0.2)
print(one.id, flush=True)
time.sleep(60)
"""


def opened() -> AbstractContextManager[Home]:
    return nullcontext(cast(Home, None))


def saying(content: bytes) -> Callable[[Home, BinaryIO, Progress], Made]:
    def work(home: Home, out: BinaryIO, progress: Progress) -> Made:
        out.write(content)
        return Made("suivi.csv")

    return work


@pytest.fixture
def other(tmp_path: Path) -> Any:
    """The other process, and the document that it makes."""
    command = [sys.executable, "-c", OTHER, str(tmp_path), str(ANA.person)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process, UUID(process.stdout.readline().strip())
        finally:
            process.kill()


def test_another_process_sees_it_on_its_way_and_gives_it(tmp_path: Path, other: Any) -> None:
    _, id = other
    here = Preparations(tmp_path)
    one = here.find(ANA, id)
    assert (one.done, one.steps, one.ended) == (3, 8, False)
    (tmp_path / "go").touch()
    until(lambda: here.find(ANA, id).ended, "the document")
    one = here.find(ANA, id)
    assert one.made == Made("suivi.pdf") and b"".join(pieces(one)) == "déjà".encode() * 50_000 and one.size == 300_000
    told = pieces(one)
    next(told)
    os.unlink(one.folder / "document")  # it gives way while it is read
    assert sum(map(len, told)) + 65_536 == 300_000


def test_what_is_made_by_a_process_that_dies_is_cut_short(tmp_path: Path, other: Any) -> None:
    process, id = other
    here = Preparations(tmp_path)
    assert not here.find(ANA, id).ended
    process.send_signal(signal.SIGKILL)
    process.wait()
    unmade = here.find(ANA, id).unmade
    assert unmade and "s’est arrêté" in unmade.said["fr"] and "The server ended" in unmade.said["en"]


def test_it_is_of_who_asked_with_the_roles_of_then(tmp_path: Path) -> None:
    made = Preparations(tmp_path)
    one = made.start(ANA, opened, saying(b"x"), 30)
    assert one.ended and made.find(Viewer(ANA.person, ANA.roles | {"auditor"}), one.id) == one
    for who in (Viewer(uuid4(), ANA.roles), Viewer(ANA.person, frozenset({"officer"})), Viewer(None, ANA.roles)):
        with pytest.raises(PreparationGone):
            made.find(who, one.id)
    with pytest.raises(PreparationGone):
        made.find(ANA, uuid4())


def test_names_say_nothing_and_nobody_else_may_open_them(tmp_path: Path) -> None:
    one = Preparations(tmp_path).start(ANA, opened, saying(b"x"), 30)
    assert one.folder.name == str(one.id) and str(ANA.person) not in str(one.folder)
    assert {each.stat().st_mode & 0o777 for each in (one.folder, one.folder.parent)} == {0o700}
    assert {each.name for each in one.folder.iterdir()} == {"state.json", "document", "making"}


def test_it_is_taken_away_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "KEPT", 0.5)
    made = Preparations(tmp_path)
    one = made.start(ANA, opened, saying(b"x"), 30)
    assert one.folder.is_dir()
    until(lambda: not one.folder.exists(), "its end")  # nobody asks for anything any more
    with pytest.raises(PreparationGone):
        made.find(ANA, one.id)


def test_what_a_process_left_is_taken_away_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Preparations(tmp_path).start(ANA, opened, saying(b"x"), 30)
    (one.folder.parent / str(uuid4())).mkdir()  # it had not begun
    monkeypatch.setattr(preparing, "KEPT", 0.01)
    time.sleep(0.02)
    Preparations(tmp_path)
    until(lambda: not [each for each in one.folder.parent.iterdir() if each.is_dir()], "their end")


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"id": "x"}', "\x00" * 40])
def test_what_cannot_be_read_keeps_nobody_from_another(tmp_path: Path, state: str) -> None:
    """As after a loss of power, or under another version of Suivi."""
    made = Preparations(tmp_path)
    one = made.start(ANA, opened, saying(b"x"), 30)
    (one.folder / "state.json").write_text(state)
    with pytest.raises(PreparationGone):
        made.find(ANA, one.id)
    assert made.start(ANA, opened, saying(b"x"), 30).made and not one.folder.exists()


def test_a_document_that_was_deleted_is_gone(tmp_path: Path) -> None:
    made = Preparations(tmp_path)
    one = made.start(ANA, opened, saying(b"x"), 30)
    (one.folder / "document").unlink()
    with pytest.raises(PreparationGone):
        made.find(ANA, one.id)


def test_why_it_was_not_made_is_said_in_each_language(tmp_path: Path) -> None:
    def too_long(*_: object) -> Made:
        raise PdfTooLong()

    def unforeseen(*_: object) -> Made:
        raise RuntimeError("le dossier d’Ana")

    made = Preparations(tmp_path)
    one = made.start(ANA, opened, too_long, 30)
    assert one.unmade and type(one.unmade.error) is Unavailable and "docx" in one.unmade.said["fr"]
    one = made.start(ANA, opened, unforeseen, 30)
    assert one.unmade and "could not be made" in one.unmade.said["en"]
    assert "Ana" not in (one.folder / "state.json").read_text() + (tmp_path / "failures.log").read_text()


def test_the_oldest_that_are_made_give_way(tmp_path: Path) -> None:
    first, second = Preparations(tmp_path), Preparations(tmp_path)  # two processes
    begun = [(first, second)[n % 2].start(ANA, opened, saying(b"%d" % n), 30) for n in range(MOST + 2)]
    kept = [one for one in begun if one.folder.is_dir()]
    assert kept == begun[2:]


def test_those_of_all_processes_count(tmp_path: Path, other: Any) -> None:
    here = Preparations(tmp_path)

    def waiting(*_: object) -> Made:
        until((tmp_path / "go").exists, "the word")
        return Made("a.csv")

    begun = [here.start(ANA, opened, waiting) for _ in range(MOST - 1)]
    with pytest.raises(TooManyPreparations):
        here.start(ANA, opened, waiting)
    (tmp_path / "go").touch()
    until(lambda: all(here.find(ANA, one.id).ended for one in begun), "all of them")
