"""What the doctor finds, each by its own name, and what it says nothing of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from projections.registry import PROJECTIONS
from services import doctor
from services.act import Ask, act
from services.backup import MARK, backup
from services.home import Home
from services.schema import Urls
from tests.homes import do, opened, secretary


@pytest.fixture
def home(database: Urls, tmp_path: Path) -> Iterator[Home]:
    with opened(database) as home:
        home.settings = replace(home.settings, home=tmp_path)
        secretary(home)
        home.catch_up()
        yield home


def found(home: Home) -> dict[str, dict[str, Any]]:
    return {type(finding).__name__: finding.facts for finding in doctor.examine(home).findings}


def test_settings_that_could_lose_what_was_acknowledged(home: Home) -> None:
    """The tests' own server is quick rather than durable."""
    findings = doctor.examine(home).findings
    off = {finding.facts["setting"] for finding in findings if isinstance(finding, doctor.NotDurable)}
    assert off == set(doctor.DURABLE)
    assert "NoChecksums" not in found(home)


def test_the_facts_it_looked_at(home: Home) -> None:
    facts = doctor.examine(home).facts
    assert facts["events"] == "1" and facts["log"].startswith("suivi/") and facts["fsync"] == "off"
    assert facts["data_checksums"] == "on" and facts["python"] == sys.version.split()[0]
    assert facts["home"] == str(home.settings.home)


def test_backups(home: Home, tmp_path: Path) -> None:
    assert "NeverBackedUp" in found(home)
    backup(home, tmp_path / "tout.sauvegarde", lambda message: None)
    assert not {"NeverBackedUp", "BackupOld"} & found(home).keys()
    (tmp_path / MARK).write_text((datetime.now(UTC) - timedelta(days=9, hours=1)).isoformat())
    assert found(home)["BackupOld"] == {"days": 9}


def test_lists_late_and_stopped(home: Home) -> None:
    assert not {"ListsLate", "ListsStopped"} & found(home).keys()
    do(home, "assembly:2023", "create", name="Assemblée")
    late = [f.facts for f in doctor.examine(home).findings if isinstance(f, doctor.ListsLate)]
    assert late == [{"name": name, "lag": 1} for name in sorted(projection.name for projection in PROJECTIONS)]
    home.store.connection.execute("UPDATE suivi.projections SET failed = 'KeyError' WHERE name = 'cases'")
    assert found(home)["ListsStopped"] == {"name": "cases", "reason": "KeyError"}
    home.catch_up()
    assert not {"ListsLate", "ListsStopped"} & found(home).keys()


def test_what_waits_for_its_place(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    act(home.store, secretary(home), Ask(ref="assembly:2023", verb="create", facts={"name": "Assemblée"}))
    assert "LogLate" not in found(home), "a moment is no lateness"
    monkeypatch.setattr(doctor, "WAITING", timedelta(0))
    assert found(home)["LogLate"]["seconds"] >= 0
    home.catch_up()
    assert "LogLate" not in found(home)


def test_the_place_and_the_program(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "RoomShort" not in found(home)
    monkeypatch.setattr(doctor, "ROOM", 2**80)
    monkeypatch.setattr(doctor, "PYTHON_FLOORS", {sys.version_info[1]: 10_000})
    assert found(home)["RoomShort"]["megabytes"] > 0
    assert found(home)["PythonOld"]["floor"] == f"3.{sys.version_info[1]}.10000"


def test_it_changes_nothing(home: Home) -> None:
    do(home, "assembly:2023", "create", name="Assemblée")
    before = home.reader.execute("SELECT name, position, failed, changed_at FROM suivi.projections ORDER BY 1").fetchall()
    doctor.examine(home)
    assert home.reader.execute("SELECT name, position, failed, changed_at FROM suivi.projections ORDER BY 1").fetchall() == before
