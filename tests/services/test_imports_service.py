"""Imports through the service: all or nothing, once, brought up to date, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.execute import Actor
from services.home import Home
from services.imports.bringing import ImportRole
from services.imports.follow_up_service import AssemblyUnsaid
from services.imports.kinds import KindNotYet, KindUnseen, names
from services.imports.result import Result
from services.imports.service import propose_import, record_import
from services.reading import When, assemblies, case, cases, history
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.imports.reports import SAMPLE

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
KEYS = {"id", "assembly", "created", "updated", "unchanged", "missing_numbers", "problems", "proposals", "facts", "undone"}
DURABLE = ("events", "keys", "command_log", "pending", "log")


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def document(which: str) -> Path:
    if which == "sample":
        return SAMPLE
    found = sorted((SHARED / "seeds").glob("000_*.txt"))
    if not found:
        pytest.skip("the real report is not beside this checkout")
    return found[0]


def bring(home: Home, path: Path, by: Actor | None = None, **asked: Any) -> Result:
    result, outcome = record_import(home, by or secretary(home), path, **asked)
    home.settle(outcome)
    return result


def counts(home: Home) -> dict[str, int]:
    rows = {table: home.store.connection.execute(f"SELECT count(*) FROM suivi.{table}").fetchone() for table in DURABLE}  # type: ignore[arg-type]
    return {table: row[0] for table, row in rows.items() if row}


@pytest.mark.parametrize("which", ["sample", "real"])
def test_a_report_becomes_cases(home: Home, which: str) -> None:
    path = document(which)
    result = bring(home, path, reference_date="2024-09").to_dict("fr")
    assert result.keys() >= KEYS
    assert (result["id"], result["assembly"], result["updated"], result["unchanged"]) == ("2023-1", "2023", [], [])
    rows = cases(home, When())
    assert [row["ref"] for row in rows] == sorted(result["created"], key=lambda ref: int(ref.split(":")[1]))
    assert all(row["state"] == "adopted" for row in rows), "nothing moves before an officer says so"
    assert not [p for p in result["problems"] if p["severity"] == "error"]
    for proposal in result["proposals"]:
        assert proposal.keys() == {"ref", "part", "state", "completion", "evidence", "confidence", "alternatives"}
        assert proposal["confidence"] in ("high", "medium", "low") and proposal["evidence"]
        row = next(row for row in rows if row["ref"] == proposal["ref"])
        shown = [{key: p[key] for key in proposal if key != "ref"} for p in row["proposals"]]
        assert {key: value for key, value in proposal.items() if key != "ref"} in shown
    assert {p["ref"] for p in result["proposals"]} == {row["ref"] for row in rows if row["proposals"]}
    (assembly,) = assemblies(home, When())
    fates = dict.fromkeys(result["missing_numbers"], "unknown") | {n: "adopted" for row in rows for n in row["numbers"]}
    assert assembly["numbers"] == fates and len(result["missing_numbers"]) > 3
    assert list(assembly["numbers"]) == sorted(assembly["numbers"], key=int)


@pytest.mark.parametrize("which", ["sample", "real"])
def test_each_paragraph_is_a_note_that_says_where_it_stands(home: Home, which: str) -> None:
    path = document(which)
    lines = path.read_text(encoding="utf-8").replace("\f", "").split("\n")
    bring(home, path)
    noted = 0
    for row in cases(home, When()):
        for note in case(home, row["ref"], When())["notes"]:
            first, last = note["lines"]
            assert note["audience"] == "assembly"
            assert "".join(note["text"].split()) == "".join("".join(lines[first - 1 : last]).split())
            noted += 1
    assert noted > 50


def test_a_rehearsal_records_nothing(home: Home) -> None:
    before = counts(home)
    rehearsed = propose_import(home, SAMPLE)
    assert counts(home) == before
    assert rehearsed.id is None and rehearsed.created
    recorded = bring(home, SAMPLE)
    assert recorded.to_dict("fr") == rehearsed.to_dict("fr") | {"id": "2023-1"}


def test_the_same_file_again_creates_nothing(home: Home, tmp_path: Path) -> None:
    first = bring(home, SAMPLE)
    before = counts(home)
    copy = tmp_path / "autre-nom.txt"
    copy.write_bytes(SAMPLE.read_bytes())
    for path in (SAMPLE, copy):
        again = bring(home, path, reference_date="2024")
        assert (again.created, again.updated, again.id) == ([], [], first.id)
        assert again.unchanged == first.created and not again.refused
    assert counts(home) == before


REPORT = """Suivi des résolutions de l’assemblée annuelle 2023

RÉSOLUTION 1

Un premier titre

Le comité a commencé ses travaux.

RÉSOLUTIONS 2 – 4

Un deuxième titre – Un quatrième titre

La rencontre est fixée au printemps.

RÉSOLUTION 6

Un sixième titre

Rien de neuf.
"""


def written(folder: Path, text: str, name: str = "suivi.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_next_year_brings_up_to_date(home: Home, tmp_path: Path) -> None:
    bring(home, written(tmp_path, REPORT), reference_date="2024-06")
    later = REPORT.replace("ses travaux.\n", "ses travaux.\n\nLe dossier est clos, tout a été réalisé.\n")
    later = later.replace("RÉSOLUTION 6", "RÉSOLUTION 5\n\nUn cinquième titre\n\nAu début.\n\nRÉSOLUTION 6")
    later = later.replace("Un sixième titre", "Un sixième titre, changé")
    longer = later + "\nRÉSOLUTION 9\n\nUn neuvième titre\n\nÀ suivre.\n"
    result = bring(home, written(tmp_path, longer), reference_date="2025-06")
    assert (result.created, result.updated, result.unchanged) == (["2023:5", "2023:9"], ["2023:1"], ["2023:2", "2023:6"])
    assert result.missing_numbers == ("3", "7", "8")
    assert [problem.line for problem in result.problems] == [later.split("\n").index("RÉSOLUTION 6") + 1]
    one = case(home, "2023:1", When())
    assert [note["text"] for note in one["notes"]] == [
        "Le comité a commencé ses travaux.", "Le dossier est clos, tout a été réalisé.",
    ]  # fmt: skip
    assert [p["state"] for p in one["proposals"]] == ["done"]
    (assembly,) = assemblies(home, When())
    unknown = {number for number, fate in assembly["numbers"].items() if fate == "unknown"}
    assert unknown == {"3", "7", "8"} and assembly["numbers"]["5"] == "adopted"


def test_a_number_said_to_be_defeated_stays_so(home: Home, tmp_path: Path) -> None:
    from tests.homes import do

    bring(home, written(tmp_path, REPORT))
    do(home, "assembly:2023", "settle-numbers", numbers={"3": "defeated"})
    bring(home, written(tmp_path, REPORT + "\n\n"))
    (assembly,) = assemblies(home, When())
    assert assembly["numbers"] == dict.fromkeys("1246", "adopted") | {"3": "defeated", "5": "unknown"}


def test_limbs_that_a_case_does_not_have_are_notes_of_the_whole(home: Home, tmp_path: Path) -> None:
    bring(home, written(tmp_path, REPORT))
    limbs = "Au Québec : les démarches sont en cours.\n\nAu Canada : nous attendons la réponse du ministre.\n"
    result = bring(home, written(tmp_path, REPORT.replace("Le comité a commencé ses travaux.\n", limbs)))
    assert result.updated == ["2023:1"]
    assert [note["part"] for note in case(home, "2023:1", When())["notes"]] == [None, None, None]


def test_numbers_joined_otherwise_refuse_the_whole(home: Home, tmp_path: Path) -> None:
    bring(home, written(tmp_path, REPORT))
    before = counts(home)
    mixed = REPORT.replace("RÉSOLUTION 1\n\nUn premier titre", "RÉSOLUTIONS 1 – 8\n\nUn premier titre – Un huitième titre")
    result = bring(home, written(tmp_path, mixed + "\nRÉSOLUTION 7\n\nUn septième titre\n\nÀ suivre.\n"))
    assert result.refused and result.id is None
    assert (result.created, result.updated, result.unchanged, result.proposals) == ([], [], [], [])
    errors = [problem for problem in result.problems if problem.severity == "error"]
    assert [type(problem.notice).__name__ for problem in errors] == ["NumbersApart"]
    assert errors[0].line == mixed.split("\n").index("RÉSOLUTIONS 1 – 8") + 1
    assert counts(home) == before
    assert propose_import(home, tmp_path / "suivi.txt").refused


def test_a_report_with_an_error_records_nothing(home: Home, tmp_path: Path) -> None:
    before = counts(home)
    twice = REPORT + "\nRÉSOLUTION 1\n\nEncore le premier\n\nDéjà dit.\n"
    result = bring(home, written(tmp_path, twice))
    assert result.refused and counts(home) == before and cases(home, When()) == []


def test_another_key_stands_beside(home: Home) -> None:
    bring(home, SAMPLE, assembly="demo-2023")
    result = bring(home, SAMPLE)
    assert {ref.split(":")[0] for ref in result.created} == {"2023"}
    assert [row["key"] for row in assemblies(home, When())] == ["2023", "demo-2023"]


def test_what_cannot_be_imported_is_told(home: Home, tmp_path: Path) -> None:
    untitled = written(tmp_path, REPORT.split("\n", 1)[1], "sans-titre.txt")
    with pytest.raises(AssemblyUnsaid):
        bring(home, untitled)
    assert bring(home, untitled, assembly="2020").created
    with pytest.raises(KindNotYet):
        bring(home, SAMPLE, kind="budget")
    with pytest.raises(KindUnseen) as unseen:
        bring(home, written(tmp_path, "Chère Anne,\n\nMerci de ta lettre.\n", "lettre.txt"))
    said = say(unseen.value, "fr")
    assert all(kind in said for kind in names()[1:]) and "auto" not in said
    with pytest.raises(SuiviError):
        bring(home, SAMPLE, assembly="pas une clé")
    with pytest.raises(SuiviError):
        bring(home, SAMPLE, reference_date="la semaine des quatre jeudis")


def test_only_officers_bring_documents_in(home: Home) -> None:
    auditor = Actor(secretary(home).person, frozenset({"auditor", "administrator"}))
    bring(home, SAMPLE)
    before = counts(home)
    with pytest.raises(ImportRole):
        bring(home, SAMPLE, by=auditor, assembly="2020")
    assert counts(home) == before


def test_the_history_says_where_it_comes_from(home: Home) -> None:
    bring(home, SAMPLE, reference_date="2024-09")
    entries = history(home, "2023:17", When(), "fr")
    assert [entry["event"] for entry in entries[:2]] == ["CaseAdopted", "CaseNoted"]
    assert all(entry["data"]["source"]["reference"] == "2024-09" for entry in entries)
    (imported,) = history(home, "import:2023-1", When(), "fr")
    assert imported["event"] == "DocumentImported" and imported["data"]["missing_numbers"]
