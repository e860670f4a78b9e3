"""An annual report brought in: rehearsed, recorded all or none, once, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.home import Home
from services.imports.annual.service import RecordMoved
from services.imports.bringing import ImportRole
from services.imports.service import propose_import, record_import, undo_import
from services.reading import When, history
from services.reading.records import record, records
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.desk import AUDITOR
from tests.services.imports.annual.samples import ENGLISH, FRENCH
from tests.threads import offices


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        offices(home)
        home.catch_up()
        yield home


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "rapport annuel.txt"
    path.write_text(FRENCH, encoding="utf-8")
    return path


def listed(home: Home, kind: str | None = None) -> list[str]:
    home.catch_up()
    return [row["title"] for row in records(home, When()) if kind in (None, row["kind"])]


def test_a_rehearsal_records_nothing(home: Home, report: Path) -> None:
    result = propose_import(home, report)
    assert result.kind == "annual-report" and result.id is None and len(result.created) == 21, result.created
    assert listed(home) == []


def test_it_comes_in_once(home: Home, report: Path) -> None:
    result, _ = record_import(home, secretary(home), report)
    assert result.id == "annual-report-1" and len(result.created) == 21 and not result.refused
    again, outcome = record_import(home, secretary(home), report)
    assert (again.created, again.id, outcome.versions) == ([], "annual-report-1", {})
    assert sorted(again.unchanged) == sorted(result.created) and len(listed(home)) == 21
    assert listed(home, "alliance") == ["RÉSEAU QUÉBÉCOIS DE L’EAU (RQE)", "Conseil des rives", "COALITION DES LACS"]


def test_each_record_knows_its_lines_and_its_words(home: Home, report: Path) -> None:
    record_import(home, secretary(home), report)
    home.catch_up()
    letter = next(row for row in records(home, When()) if row["kind"] == "advocacy")
    assert letter["source"] == {"document": "annual-report-1", "first_line": 28, "last_line": 28}
    assert (letter["date"], letter["date_words"]) == ("2023-06-09", "Le 9 juin 2023")
    assert letter["addressees"] == [
        {"kind": "office", "ref": "office:environnement", "name": "ministre de l’Environnement"}
    ]
    assert letter["awaits_reply"] and "28" not in history(home, letter["ref"], When(), "fr")[0]["text"]


def test_a_letter_is_proposed_as_a_thread_and_opens_none(home: Home, report: Path) -> None:
    result, _ = record_import(home, secretary(home), report)
    proposed = [
        problem.notice.facts for problem in result.problems if type(problem.notice).__name__ == "ThreadPossible"
    ]
    assert [facts["office"] for facts in proposed] == ["office:environnement", "…"]
    assert home.store.connection.execute("SELECT count(*) FROM suivi.keys WHERE scope = 'demarche'").fetchone() == (0,)
    do(home, proposed[0]["ref"], "send", cases="2023:17", office=proposed[0]["office"])
    home.catch_up()
    assert record(home, proposed[0]["ref"], When())["threads"] == ["demarche:1"]


def test_a_later_edition_adds_what_is_new(home: Home, report: Path) -> None:
    first, _ = record_import(home, secretary(home), report)
    report.write_text(
        FRENCH.replace("- Les 12 et", "- Le 4 juin 2023, corvée des berges.\n- Les 12 et"), encoding="utf-8"
    )
    second, _ = record_import(home, secretary(home), report)
    assert len(second.created) == 1 and sorted(second.unchanged) == sorted(first.created)
    assert "Corvée des berges" in listed(home, "activity") and len(listed(home)) == 22


def test_it_is_taken_back_whole_and_may_come_again(home: Home, report: Path) -> None:
    record_import(home, secretary(home), report)
    undone, _ = undo_import(home, secretary(home), "annual-report-1")
    assert undone.undone and len(undone.updated) == 21 and listed(home) == []
    again, _ = record_import(home, secretary(home), report)
    assert again.id == "annual-report-2" and len(again.created) == 21 and len(listed(home)) == 21


def test_what_was_changed_since_keeps_it(home: Home, report: Path) -> None:
    result, _ = record_import(home, secretary(home), report)
    do(home, result.created[0], "reword", title="Autrement")
    with pytest.raises(RecordMoved):
        undo_import(home, secretary(home), "annual-report-1")
    assert len(listed(home)) == 21


def test_who_has_no_role_brings_nothing_in(home: Home, report: Path) -> None:
    with pytest.raises(ImportRole):
        record_import(home, AUDITOR, report)
    assert listed(home) == []


def test_a_report_with_nothing_in_it_is_refused(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "vide.txt"
    path.write_text("RAPPORT ANNUEL 2023-2024\n\nÉQUIPE\n\nCONSEIL D’ADMINISTRATION\n", encoding="utf-8")
    result, _ = record_import(home, secretary(home), path, kind="annual-report")
    assert result.refused and result.id is None and listed(home) == []


def test_too_much_at_once_is_refused_whole(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    items = "\n".join(
        f"- Le {day} mai 20{year:02}, marche {n}." for n in range(3) for year in range(30) for day in range(1, 29)
    )
    path.write_text(f"RAPPORT ANNUEL 2023-2024\n\nACTIVITÉS\n{items}\n", encoding="utf-8")
    result, _ = record_import(home, secretary(home), path, kind="annual-report")
    assert result.refused and listed(home) == []


def test_in_english_too(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    result, _ = record_import(home, secretary(home), path)
    assert result.kind == "annual-report" and not result.refused
    assert listed(home, "publication") == ["Six years after the flood of 2017", "A law for the shores"]
