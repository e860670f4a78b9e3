"""`suivi export`, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from cli import reporting
from tests.cli.conftest import Suivi


def test_an_archive_where_the_name_says_so(cases: Suivi, tmp_path: Path) -> None:
    file = tmp_path / "tout.ZIP"
    answer = cases.done("export", "--out", str(file), "--json").json
    with ZipFile(file) as archive:
        events = archive.read("events.jsonl").splitlines()
    assert answer == {"file": str(file), "bytes": file.stat().st_size, "entries": len(events), "withheld": 0, "files": 0,
                      "damaged": []}  # fmt: skip
    refused = cases("export", "--out", str(file))
    assert refused.code == 1 and "existe déjà" in refused.err
    assert "contient le journal" in cases.done("export", "--out", str(file), "--force").words


def test_else_the_log_alone(cases: Suivi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "EVERY", 0.0)
    answer = cases.done("export", "--out", str(tmp_path / "journal.jsonl"))
    events = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert f": {len(events)}." in answer.words.replace("\u00a0", " ") and f"{len(events)} de {len(events)}" in answer.err


def test_what_was_left_out_is_said(cases: Suivi, tmp_path: Path) -> None:
    cases.done("act", "2023:17", "restrict", "--set", "visibility=named", "--set", "people=marie")
    cases.done("user", "add", "adam", "--role", "administrator")
    part = cases.done("export", "--out", str(tmp_path / "a.zip"), "--json", user="adam")
    assert part.json["withheld"] and f"{part.json['withheld']}. Pour tout prendre" in part.err.replace("\u00a0", " ")
    whole = cases.done("export", "--out", str(tmp_path / "b.zip"), "--everything", "--json", user="adam")
    assert (whole.json["withheld"], whole.err) == (0, "")
