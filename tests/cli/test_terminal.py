"""What reaches the screen: nothing that moves it, nothing that it cannot show, no style where there is none."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.layout import Column, card, table, wrapped
from cli.terminal import Terminal, clean, write
from services.settings import Settings
from tests.cli.conftest import ROOT, Suivi


def test_what_someone_wrote_cannot_move_the_screen(cases: Suivi) -> None:
    attack = "Un \x1b[2J\x1b]0;titre\x07\u202emot [bold]gras[/bold] [/]"
    cases.done("act", "2023:18", "adopt", "--set", f"titles.18={attack}")
    for command in (("cases",), ("case", "18"), ("history", "18")):
        out = cases.done(*command).out
        assert "\x1b" not in out and "\x07" not in out and "\u202e" not in out
        assert "[bold]gras[/bold] [/]" in " ".join(out.split())
    assert cases.done("case", "18", "--json").json["title"] == attack


def test_letters_and_lines_stay() -> None:
    text = "Où\u00a0? L’été :\n\t« œuvre » — 20\u00a0%"
    assert clean(text) == text


def test_what_a_terminal_cannot_show_is_replaced() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1")
    write(stream, "é “œ”\n")
    assert raw.getvalue() == "é ???\n".encode("latin-1")


def test_json_is_utf_8_whatever_the_terminal_speaks(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Terminal(Settings(Path("/"), "marie")).document({"items": ["été"]})
    assert "été" in capsysbinary.readouterr().out.decode()


def test_columns_keep_no_break_spaces_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = table([Column("N", 4), Column("Texte")], [("1", "mot " * 12 + "«\u00a0deux mots\u00a0» fin")])
    assert all(len(line) <= 60 for line in lines)
    assert any("«\u00a0deux" in line for line in lines)
    assert card([("Nom", "Léa"), ("Rien", "")]) == ["Nom                   Léa"]
    assert wrapped("un deux\ntrois", 2) == ["  un deux", "  trois"]


def test_however_narrow_no_column_is_a_column_of_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    columns = [Column("A", 14), Column("Titre"), Column("B", 28), Column("C", 20), Column("D", 26)]
    lines = table(columns, [["septembre " * 3, "Congés", "septembre " * 4, "septembre", "septembre " * 3]])
    assert all(len(line) <= 60 for line in lines)
    assert lines[1].split() == ["septembre", "Congés", "septembre", "septembre", "septembre"]


def test_the_width_of_the_terminal_is_kept(cases: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.done("act", "2023:18", "adopt", "--set", "titles.18=" + "mot " * 60)
    for columns in ("60", "90"):
        monkeypatch.setenv("COLUMNS", columns)
        widths = [len(line) for line in cases.done("cases").out.splitlines()]
        assert int(columns) - 10 < max(widths) <= int(columns)


def on_a_terminal(home: Path, **environ: str) -> str:
    """What `suivi user list` shows on a pseudo-terminal."""
    screen, inner = pty.openpty()
    kept = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "SUIVI_HOME": str(home)}
    command = [sys.executable, "-m", "cli.main", "workflow", "vocabulary"]
    process = subprocess.Popen(command, cwd=ROOT, env=kept | environ, stdin=inner, stdout=inner, stderr=inner)
    os.close(inner)
    shown = b""
    try:
        while piece := os.read(screen, 65536):
            shown += piece
    except OSError:  # how Linux tells that the other side has closed
        pass
    os.close(screen)
    assert process.wait() == 0
    return shown.decode()


def test_styles_only_where_they_are_wanted(tmp_path: Path) -> None:
    assert "\x1b[1mVerbes" in on_a_terminal(tmp_path)
    assert "\x1b" not in on_a_terminal(tmp_path, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(tmp_path, TERM="dumb")


def test_what_takes_long_says_so_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("cli.terminal.PATIENCE", 0.01)
    terminal = Terminal(Settings(tmp_path, "marie"))
    with terminal.patiently():
        while not terminal.told:
            time.sleep(0.001)
    with terminal.patiently():
        pass
    assert capsys.readouterr().err == "Un moment s’il vous plaît\u00a0: le travail se poursuit.\n"
