"""The terminal within the test's process, on a database of its own; and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from projections.registry import PROJECTIONS
from services.schema import Urls

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "services" / "imports" / "samples" / "suivi_2023.txt"


@dataclass(frozen=True)
class Answer:
    """What a command answered: its exit code, standard output and standard error."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.raw)

    @property
    def words(self) -> str:
        """What a person reads, without the breaks of lines."""
        return " ".join(f"{self.out} {self.err}".replace("\u00a0", " ").split())


class Suivi:
    """`suivi("case", "17")`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self._patch, self._capture = monkeypatch, capture

    def __call__(self, *args: str, user: str = "marie", lang: str = "fr") -> Answer:
        for projection in PROJECTIONS:
            projection.forget()
        self._patch.setenv("SUIVI_USER", user)
        self._patch.setenv("SUIVI_LANG", lang)
        self._capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(args)
        out, err = self._capture.readouterr()
        assert isinstance(ended.value.code, int)
        return Answer(ended.value.code, out, err.decode())

    def done(self, *args: str, user: str = "marie", lang: str = "fr") -> Answer:
        """The same, for what must succeed."""
        answer = self(*args, user=user, lang=lang)
        assert answer.code == 0, answer.err
        return answer


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Suivi:
    """A terminal that can reach no database."""
    monkeypatch.setenv("SUIVI_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("COLUMNS", "110")
    return Suivi(monkeypatch, capsysbinary)


@pytest.fixture
def suivi(nowhere: Suivi, monkeypatch: pytest.MonkeyPatch, database: Urls) -> Suivi:
    """A terminal on an empty store."""
    monkeypatch.setenv("DATABASE_URL", database.owner)
    monkeypatch.setenv("DATABASE_WRITER_URL", database.writer)
    monkeypatch.setenv("DATABASE_READER_URL", database.reader)
    return nowhere


@pytest.fixture
def cases(suivi: Suivi) -> Suivi:
    """An assembly with a single case, 17, and a bundle, 5 and 12."""
    suivi.done("act", "assembly:2023", "create", "--set", "name=Assemblée 2023", "--set", "date=2023-11-18")
    suivi.done("act", "2023:17", "adopt", "--set", "titles.17=Un jardin collectif")
    suivi.done("act", "2023:5", "adopt", "--set", "numbers=5", "--set", "numbers=12",
               "--set", "titles.5=Des vélos", "--set", "titles.12=Des trottoirs")  # fmt: skip
    return suivi


@dataclass(frozen=True)
class Process:
    """`suivi` as a person starts it, on the embedded database of a home."""

    home: Path

    def start(self, *args: str, module: str = "cli.main", **environ: str) -> subprocess.Popen[bytes]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        given = {"SUIVI_HOME": str(self.home), "SUIVI_USER": "marie"} | environ
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", module, *args], cwd=ROOT, env=kept | given,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def __call__(self, *args: str, module: str = "cli.main", **environ: str) -> Answer:
        process = self.start(*args, module=module, **environ)
        out, err = process.communicate(timeout=300)
        return Answer(process.returncode, out, err.decode())


@pytest.fixture
def process(home: Path) -> Iterator[Process]:
    """A terminal in processes of its own."""
    yield Process(home)
