"""`suivi draft`, `suivi table`, `suivi tabled`, as an officer types them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.cli.conftest import Suivi


@pytest.fixture
def told(cases: Suivi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Suivi:
    """Two assemblies, and a note for them on 17; the terminal stands in a folder of its own."""
    (tmp_path / "bureau").mkdir()
    monkeypatch.chdir(tmp_path / "bureau")
    cases.done("act", "assembly:2024", "create", "--set", "name=Assemblée annuelle 2024", "--set", "date=2024-05-11")
    cases.done("act", "2023:17", "note", "--set", "text=Nous avons écrit.", "--set", "audience=assembly")
    return cases


def test_a_draft_is_changed_and_kept(told: Suivi) -> None:
    answer = told.done("draft", "2023:17")
    assert "Nous avons écrit." in answer.words
    assert "suivi act 2023:17 approve-report" in answer.words
    told.done("act", "2023:17", "approve-report", "--set", "text=Nous avons écrit deux fois.", "--set", "assembly=2024")
    shown = told.done("case", "2023:17").words
    assert "Paragraphe du rapport" in shown
    assert "pour le rapport à l’Assemblée annuelle 2024." in shown
    told.done("act", "2023:17", "note", "--set", "text=Un fait nouveau.")
    assert "1 fait a été consigné depuis." in told.done("case", "2023:17").words
    (paragraph,) = told.done("case", "2023:17", "--json").json["paragraphs"]
    assert (paragraph["text"], paragraph["since"]) == ("Nous avons écrit deux fois.", 1)


def test_what_is_tabled_is_had_again(told: Suivi) -> None:
    assert "Aucun rapport n’a été déposé ici." in told.done("tabled").words
    row = told.done("table", "follow-up", "--to", "2024", "--format", "html", "--json").json
    assert row["cases"] >= 1
    (given,) = told.done("tabled", "--json").json["items"]
    assert (given["key"], given["reports"]) == ("2024", 1)
    assembly = told.done("tabled").words
    assert "Assemblée annuelle 2024 (2024)" in assembly and "suivi tabled 2024" in assembly and "2023" not in assembly
    listed = told.done("tabled", "2024")
    assert row["name"] in listed.words
    told.done("tabled", "2024", str(row["version"]), "--out", "encore.html")
    content = Path("encore.html").read_bytes()
    assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert "Nous avons écrit.".encode() in content
    assert "Rapport déposé" in told.done("history", "assembly:2024").words
    assert told("tabled", "2024", "99").code == 1
    assert "Aucun rapport n’a été déposé ici." in told.done("tabled", "2023").words
