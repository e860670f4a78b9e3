"""Whatever a file holds, it is read or refused with a sentence; this process keeps its memory, and makes no connection."""

from __future__ import annotations

import gc
import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.confined import running
from services.imports.documents import reading
from services.imports.documents.reading import PATIENCE, read_document
from services.imports.documents.refusals import DocumentsUnread, TakesTooMuch
from tests.services.imports.documents import hostile, making

MUTANTS = int(os.environ.get("SUIVI_MUTANTS", "4"))  # of each format


def refusal(content: bytes) -> str | None:
    """The sentence of a refusal; none if it was read. Within the patience of the reader, and a little."""
    began = time.monotonic()
    try:
        read_document("fichier", content)
    except SuiviError as error:
        return say(error, "fr")
    finally:
        assert time.monotonic() - began < PATIENCE + 10
    return None


@pytest.mark.parametrize("what", hostile.REFUSED)
def test_what_means_harm_is_refused_with_a_sentence(what: str) -> None:
    said = refusal(hostile.REFUSED[what]())
    assert said and said.endswith(".") and "fichier" in said and "{" not in said


@pytest.mark.parametrize("what", hostile.HARMLESS)
def test_what_may_be_read_does_no_harm(what: str) -> None:
    refusal(hostile.HARMLESS[what]())


def test_the_corpus_is_large_enough() -> None:
    assert len(hostile.REFUSED) + len(hostile.HARMLESS) >= 40


def test_this_process_keeps_its_memory() -> None:
    """The bombs above open in another process: ours does not grow by what they would take."""
    bomb = hostile.REFUSED["docx: beyond 50 MB, stored"]()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for what in ("docx: a bomb", "pdf: a bomb", "docx: billion laughs"):
        assert refusal(hostile.REFUSED[what]())
    assert bomb and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


@pytest.mark.parametrize("program", ["while True: pass", "import os; os.abort()", "x = 'a' * 10**15", "print('a' * 9)"])
def test_a_reader_that_does_not_end_or_dies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(reading, "CHILD", child)
    monkeypatch.setattr(reading, "PATIENCE", 1.0)
    with pytest.raises((TakesTooMuch, DocumentsUnread)):
        read_document("x.html", b"<html><p>x</p></html>")


def test_a_reader_that_says_too_much(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text("import sys\nwhile True: sys.stdout.write('a' * 65536)")
    monkeypatch.setattr(running, "MOST_ANSWER", 2**20)
    with pytest.raises(running.Overrun):
        running.run_confined(child, b"x" * 2**22, 20)


PROBE = """
import json, os, socket, sys
sys.path.insert(0, {root!r})
from services.imports.documents import child
child.reader_of({format!r})
child.confine(child.SECONDS)
def tried(what):
    try:
        what()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(json.dumps({{"error": " ".join(
    [tried(socket.socket), tried(lambda: open("/etc/hostname")), tried(lambda: bytearray(2**30)), tried(os.pipe)])}}))
"""


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf", "html"])
def test_the_reader_can_open_nothing(tmp_path: Path, format: str) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text(PROBE.format(root=str(Path(reading.__file__).parents[3]), format=format))
    answer = running.run_confined(probe, b"", 30, libraries=True)
    assert answer == b'{"error": "OSError OSError MemoryError OSError"}\n'


def mutant(chance: random.Random, content: bytes) -> bytes:
    """The file with some of its bytes changed, cut out, or said twice."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        at, size = chance.randrange(len(changed)), chance.choice((1, 4, 60))
        turn = chance.random()
        if turn < 0.6:
            changed[at : at + size] = chance.randbytes(min(size, len(changed) - at))
        elif turn < 0.8:
            del changed[at : at + size]
        else:
            changed[at:at] = changed[at : at + size]
    return bytes(changed)


def inside(chance: random.Random, content: bytes) -> bytes:
    """The same of what the archive holds, so that the archive itself stays whole."""
    return hostile.changed(content, {hostile.WORD: mutant(chance, _member(content))})


def _member(content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(hostile.WORD)


MADE: dict[str, Callable[[random.Random], bytes]] = {
    "docx": lambda chance: mutant(chance, hostile.docx()),
    "document": lambda chance: inside(chance, hostile.docx()),
    "xlsx": lambda chance: mutant(chance, hostile.xlsx()),
    "pdf": lambda chance: mutant(chance, hostile.pdf()),
    "html": lambda chance: mutant(chance, making.as_html("Plan")),
    "text": lambda chance: mutant(chance, making.as_text("Plan")),
}


@pytest.mark.parametrize("format", MADE)
def test_files_that_were_changed_by_chance(format: str) -> None:
    """With SUIVI_MUTANTS=1000, a long night of them."""
    chance = random.Random(f"20-{format}")
    for _ in range(MUTANTS):
        refusal(MADE[format](chance))


def test_few_files_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends many waits for their turn, then is told to come again; nothing of theirs is read meanwhile."""
    monkeypatch.setattr(running, "WAIT", 0.05)
    taken = [running._TURNS.acquire(blocking=False) for _ in range(running.AT_ONCE)]
    try:
        assert taken == [True] * running.AT_ONCE
        with pytest.raises(running.OthersAreRead):
            read_document("fichier", making.as_docx("Bonjour"))
    finally:
        for _ in filter(None, taken):
            running._TURNS.release()
    assert read_document("fichier", making.as_docx("Bonjour")).text
