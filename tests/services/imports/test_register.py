"""Registers of resolutions with their answers: from any format, in either language, in any order of columns; what is not
sure is asked once, and known again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.home import Home
from services.imports.documents.reading import read_document
from services.imports.register import mappings, statuses
from services.imports.register.columns import ColumnUnknown, MapUnread, key
from services.imports.register.numbers import numbers_of
from services.imports.register.reading import Reading, RegisterUnfound, read_register, recognise
from services.imports.result import Result
from services.imports.service import propose_import, record_import, undo_import
from services.reading import When, assemblies, case, cases
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.imports.documents import making

FRENCH = ("No", "Objet", "Municipalité", "Décision", "Réponse du gouvernement", "Statut")
ENGLISH = ("Resolution No.", "Title", "Sponsor", "Convention Decision", "Provincial Response", "Status")
ROWS = (
    ("1", "Eau potable", "Ville-Marie", "Adoptée à l’unanimité", "Le ministère étudie la demande.", "En cours"),
    ("2", "Taxi rural", "Saint-Ours", "Rejetée", "", ""),
    ("3, 5", "Ponts – Routes", "Ville-Marie", "Adoptée", "Un programme est annoncé.", "Réalisé en partie"),
    ("4", "Forêt", "", "Référée au comité", "", ""),
    ("7", "Internet", "Amos", "Adoptée", "", "À l’étude du comité"),
)
TITLE = "Registre des résolutions de l’assemblée annuelle 2031"


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def sheet(headings: tuple[str, ...] = FRENCH, rows: Any = ROWS, title: str = TITLE) -> bytes:
    return making.as_xlsx([[title], [], list(headings), *(list(row) for row in rows)])


def separated(headings: tuple[str, ...] = FRENCH, rows: Any = ROWS) -> bytes:
    return "\r\n".join(";".join(row) for row in (headings, *rows)).encode("utf-8-sig")


def page(headings: tuple[str, ...] = FRENCH, rows: Any = ROWS) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (headings, *rows))
    return f"<html><h1>{TITLE}</h1><table>{body}</table></html>".encode()


def read(content: bytes, said: Mapping[str, str] | None = None, known: Mapping[str, str] | None = None) -> Reading:
    return read_register(read_document("registre", content), said or {}, lambda _: known or {})


def told(reading: Reading) -> list[tuple[int, str]]:
    return [(one.line, type(one.notice).__name__) for one in reading.report.problems if one.severity == "error"]


def bring(home: Home, path: Path, **asked: Any) -> Result:
    result, outcome = record_import(home, secretary(home), path, **asked)
    home.settle(outcome)
    return result


def written(folder: Path, content: bytes, name: str = "registre.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("make", [sheet, separated, page])
@pytest.mark.parametrize("headings", [FRENCH, ENGLISH])
def test_any_format_language_and_order_of_columns(make: Any, headings: tuple[str, ...]) -> None:
    chance, expected = random.Random(6), read(sheet()).report
    order = list(range(len(headings)))
    for _ in range(3):
        chance.shuffle(order)
        content = make(tuple(headings[at] for at in order), [tuple(row[at] for at in order) for row in ROWS])
        document = read_document("registre", content)
        found = read(content)
        assert recognise(document) == 0.9 and told(found) == []
        assert [(b.numbers, b.titles, [p.text for p in b.paragraphs], b.sponsor, b.vote) for b in found.report.blocks] == [
            (b.numbers, b.titles, [p.text for p in b.paragraphs], b.sponsor, b.vote) for b in expected.blocks
        ]
        assert found.report.fates == {"2": "defeated", "4": "referred"} and found.report.missing_numbers == ("6",)
        assert [[(p.state, p.completion) for p in b.proposals] for b in found.report.blocks] == [
            [("in_progress", None)], [("done", "partial")], [],
        ]  # fmt: skip


def test_a_register_becomes_cases_once(home: Home, tmp_path: Path) -> None:
    path = written(tmp_path, sheet())
    rehearsed = propose_import(home, path)
    assert (rehearsed.kind, rehearsed.assembly, rehearsed.created) == ("table", "2031", ["2031:1", "2031:3", "2031:7"])
    result = bring(home, path, reference_date="2031-09")
    assert result.id == "2031-1" and result.kind == "table" and not result.refused
    row = case(home, "2031:1", When())
    assert row["titles"] == {"1": "Eau potable"} and [p["state"] for p in row["proposals"]] == ["in_progress"]
    assert row["proposals"][0]["evidence"][0]["text"] == "En cours"
    numbers = next(row for row in assemblies(home, When()) if row["key"] == "2031")["numbers"]
    assert {n: fate for n, fate in numbers.items() if fate in ("defeated", "referred", "unknown")} == {
        "2": "defeated", "4": "referred", "6": "unknown",
    }  # fmt: skip
    again = bring(home, path, reference_date="2031-09")
    assert (again.created, again.updated, len(cases(home, When()))) == ([], [], 3)


def test_a_known_number_gets_what_is_new(home: Home, tmp_path: Path) -> None:
    bring(home, written(tmp_path, sheet()), reference_date="2031-09")
    later = [list(row) for row in ROWS]
    later[0][4] += "\nLe réseau est refait."
    later[2][5] = "Terminé"
    result = bring(home, written(tmp_path, sheet(rows=later), "2.xlsx"), reference_date="2032-01")
    assert (result.created, result.updated, result.unchanged) == ([], ["2031:1", "2031:3"], ["2031:7"])
    assert [(ref, one.state, one.completion) for ref, one in result.proposals if ref == "2031:3"] == [
        ("2031:3", "done", "full")
    ]
    third = bring(home, written(tmp_path, sheet(rows=later, title=TITLE + " "), "3.xlsx"), reference_date="2032-01")
    assert (third.created, third.updated) == ([], [])


def test_it_is_taken_back(home: Home, tmp_path: Path) -> None:
    path = written(tmp_path, sheet())
    result = bring(home, path, reference_date="2031-09")
    assert result.id
    undone, outcome = undo_import(home, secretary(home), result.id)
    home.settle(outcome)
    assert undone.undone and cases(home, When()) == []
    assert bring(home, path, reference_date="2031-09").created == ["2031:1", "2031:3", "2031:7"]


def test_what_is_not_sure_is_asked_once(home: Home, tmp_path: Path) -> None:
    headings = ("No", "Objet de la demande", "Municipalité", "Décision", "Retour du palier visé", "Statut")
    path = written(tmp_path, sheet(headings))
    refused = bring(home, path, kind="table", reference_date="2031-09")
    assert refused.refused and refused.created == [] and cases(home, When()) == []
    said = [say(one.notice, "fr") for one in refused.problems if one.severity == "error"]
    assert any("Objet de la demande" in one and "titre" in one for one in said) and any("Retour" in one for one in said)
    columns = {"Objet de la demande": "title", "retour du palier visé": "response"}
    assert bring(home, path, kind="table", reference_date="2031-09", columns=columns).created
    other = written(tmp_path, sheet(headings, [("9", "Air", "Amos", "Adoptée", "Rien encore.", "")]), "autre.xlsx")
    assert bring(home, other, kind="table", reference_date="2031-09").created == ["2031:9"]
    fewer = written(tmp_path, sheet(headings[:-1], [("10", "Sol", "Amos", "Adoptée", "Rien.")]), "3.xlsx")
    assert bring(home, fewer, kind="table").refused


def test_a_refused_import_teaches_nothing(home: Home, tmp_path: Path) -> None:
    headings = ("No", "Objet de la demande", "Décision")
    path = written(tmp_path, sheet(headings, [("1", "Eau", "Adoptée"), ("1", "Air", "Adoptée")]))
    columns = {"Objet de la demande": "title"}
    assert bring(home, path, kind="table", columns=columns).refused
    assert mappings.recall(home.store, read(path.read_bytes(), columns).signature) == {}


@pytest.mark.parametrize(("said", "error"), [({"Objet": "x"}, MapUnread), ({"Nulle part": "title"}, ColumnUnknown)])
def test_what_is_said_of_columns_is_checked(said: dict[str, str], error: type[SuiviError]) -> None:
    with pytest.raises(error):
        read(sheet(), said)


def test_columns_by_place_twice_missing_and_empty() -> None:
    assert told(read(sheet(), {"2": "texte de la résolution"})) == [(3, "ColumnMissing")]
    assert told(read(sheet(), {"Municipalité": "title"})) == [(3, "ColumnTwice")]
    assert told(read(sheet(), {"Statut": "laissée de côté"})) == []
    assert told(read(sheet((*FRENCH, ""), [(*row, "") for row in ROWS]))) == []
    assert told(read(sheet((*FRENCH, ""), [(*row, "x") for row in ROWS]))) == [(3, "ColumnUnread")]


BROKEN = {
    "RegisterRowShifted": ("Eau potable", "1", "Ville-Marie", "Adoptée", "", ""),
    "RowUnnumbered": ("", "Eau potable", "Ville-Marie", "Adoptée", "", ""),
    "NumberTwice": ("3", "Eau potable", "Ville-Marie", "Adoptée", "", ""),
    "DecisionUnread": ("9", "Eau potable", "Ville-Marie", "Bof", "", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_rows_that_are_broken_refuse_the_whole_with_their_line(name: str) -> None:
    rows = [*ROWS[:3], BROKEN[name]]
    assert told(read(sheet(rows=rows))) == [(7, name)] and told(read(separated(rows=rows))) == [(5, name)]


def test_cells_that_were_lost_are_said_with_their_line() -> None:
    lines = separated().decode("utf-8-sig").split("\r\n")
    lines[2] = "2;Taxi rural;Rejetée"
    assert told(read("\r\n".join(lines).encode())) == [(3, "CellsApart")]


def test_rows_that_go_on_and_sections() -> None:
    rows = [ROWS[0], ("", "", "", "", "Et un second avis.", ""), ("Environnement", "", "", "", "", ""), ROWS[4]]
    found = read(sheet(rows=rows)).report
    assert [p.text for p in found.blocks[0].paragraphs] == ["Le ministère étudie la demande.", "Et un second avis."]
    kinds = [type(one.notice).__name__ for one in found.problems]
    assert kinds == ["RowLeft", "StatusUnread"]
    assert [p.text for p in found.blocks[1].paragraphs] == ["À l’étude du comité"]


def test_formulas_are_read_by_their_value_and_never_run() -> None:
    rows = [("1", "=CMD|' /C calc'!A0", "Amos", "Adoptée", "", "")]
    found = read_document("x", sheet(rows=rows))
    assert [type(one.notice).__name__ for one in found.problems] == ["FormulaUncounted"]
    csv = read(separated(rows=[("1", "'=1+1", "Amos", "Adoptée", "", "")])).report
    assert csv.blocks[0].titles == {"1": "=1+1"}


def test_no_register() -> None:
    with pytest.raises(RegisterUnfound):
        read(b"Bonjour.\n")
    assert recognise(read_document("x", making.as_docx("Plan"))) == 0.0


@pytest.mark.parametrize(("words", "expected"), [
    ("En cours", ("in_progress", None, "high")), ("Completed", ("done", "full", "high")), ("Fait", ("done", "full", "high")),
    ("Non réalisé", ("not_done", None, "medium")), ("Non débutée", ("adopted", None, "high")),
    ("Accepted in principle", ("in_progress", None, "medium")),
    ("Intent Not Met", ("not_done", None, "medium")), ("Reporté au prochain mandat", ("carried_over", None, "medium")),
    ("Terminé, sauf le suivi en cours", ("in_progress", None, "low")), ("Transmise", ("referred", None, "high")),
    ("Remis à 2025", ("postponed", None, "medium")), ("Partiellement réalisée", ("done", "partial", "medium")),
])  # fmt: skip
def test_words_of_states(words: str, expected: tuple[str, str | None, str]) -> None:
    found = statuses.status_of(words)
    assert found and (found.state, found.completion, found.confidence) == expected


def test_words_that_say_no_state() -> None:
    assert statuses.status_of("À l’étude du comité") is None and statuses.status_of("") is None


@pytest.mark.parametrize(("cell", "numbers"), [
    ("12", ("12",)), ("Résolution 12", ("12",)), ("Res. no 3", ("3",)), ("23, 24 et 25", ("23", "24", "25")),
    ("2024-07", ("2024-07",)), ("MUN-12", ("MUN-12",)), ("Eau potable 2", ()), ("", ()), ("adoptée", ()),
])  # fmt: skip
def test_cells_of_numbers(cell: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(cell) == numbers


def test_headings_are_compared_without_case_accents_or_signs() -> None:
    assert key("N° de résolution :") == key("no de Resolution") and key("§") == "§"
