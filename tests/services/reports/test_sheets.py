"""Workbooks and CSV: real dates and numbers, heads in sight, nothing that runs."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import openpyxl
import pytest

from projections.phrases.catalogue import say
from services.reports.as_csv import NoTable
from services.reports.printed import Cell, Row, Table, Text
from services.reports.writing import FORMATS, FormatUnknown
from tests.services.reports.printing import DAY, HOSTILE, cell, file_of, hostile, plan, printed, prose, spaced, words


def book_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(content: bytes, delimiter: str = ";") -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")  # says to a spreadsheet that it is UTF-8
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_table_is_a_sheet_with_its_head_in_sight() -> None:
    book = book_of(file_of(plan(2), "xlsx"))
    assert book.sheetnames == ["Plan de travail", "Texte"]
    sheet = book["Plan de travail"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$1:$2")
    assert sorted(str(each) for each in sheet.merged_cells.ranges) == ["A1:A2", "A3:D3", "A4:A5", "A6:A7", "B1:C1"]
    assert [sheet.cell(4, column).value for column in (1, 2, 3)] == ["1.1 Former", "– Offrir une formation\n– Relancer", "Ana"]
    assert sheet.oddFooter.left.text == "Plan de travail 2019-2022 · au 1er septembre 2024"
    assert (sheet.oddFooter.right.text, sheet.page_setup.orientation) == ("&P de &N", "landscape")
    told = [each.value for each in book["Texte"]["A"]]
    assert told[:3] == ["Fédération des essais", "Plan de travail 2019-2022", "Les sections"]


def test_dates_and_numbers_are_dates_and_numbers() -> None:
    sheet = book_of(file_of(plan(2), "xlsx"))["Plan de travail"]
    assert (sheet["D4"].value, sheet["D4"].number_format) == (datetime(2024, 9, 1), "yyyy-mm-dd")
    assert (sheet["D5"].value, sheet["D5"].data_type) == (1, "n")


def test_columns_are_as_wide_as_what_they_hold() -> None:
    heads = (Row((cell("No"), cell("Titre"), cell("Long"))),)
    table = Table("Registre", heads, [Row((cell("1"), cell("t" * 30), cell("u" * 500)))], (1, 1, 1))
    sheet = book_of(file_of(printed(table), "xlsx"))["Registre"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < 8 < 30 < widths[1] < 40 < widths[2] < 70


def test_tables_of_one_name_go_on_on_one_sheet() -> None:
    heads = (Row((cell("A"), cell("B"))),)
    tables = [Table("Axe", heads, [Row((cell(text), cell("x")))], (1, 1)) for text in ("un", "deux")]
    other = Table("[Axe]: " + "n" * 40, heads, [], (1, 1))
    book = book_of(file_of(printed(*tables, other), "xlsx"))
    assert [each.value for each in book["Axe"]["A"]] == ["A", "un", "deux"]
    assert [len(name) for name in book.sheetnames] == [3, 31]
    assert rows_of(file_of(printed(*tables), "csv")) == [["A", "B"], ["un", "x"], ["deux", "x"]]


def test_prose_is_a_sheet_too() -> None:
    book = book_of(file_of(prose(2), "xlsx"))
    told = [spaced(str(each.value)) for each in book["Texte"]["A"]]
    assert "RÉSOLUTION 2 Un jardin collectif no 2" in told and "1. la première lettre," in told and "a. ici," in told


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "a\n=1"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    table = Table("T", (Row((cell("A"),)),), [Row((cell(text),))], (1,))
    value = book_of(file_of(printed(table), "xlsx"))["T"]["A2"]
    assert value.data_type == "s" and "'" in value.value
    assert "'" in rows_of(file_of(printed(table), "csv"))[1][0]


def test_what_would_do_harm_is_words() -> None:
    book = book_of(file_of(hostile(), "xlsx"))
    assert len(book.sheetnames) == 2 and all(len(name) <= 31 for name in book.sheetnames)
    sheet = book.worksheets[0]
    assert (sheet["A2"].value, sheet["B2"].value, sheet["A3"].value) == (HOSTILE, "'=1+1", "a\ufffdb\ufffdc\ufffdd\ufffd")


def test_every_row_of_csv_says_what_is_merged_over_it() -> None:
    rows = rows_of(file_of(plan(1), "csv"))
    assert rows == [
        ["QUOI", "COMMENT et QUI", "COMMENT et QUI", "SUIVI"], ["QUOI", "Comment", "Qui", "Verdict"],
        ["1. Vie syndicale", "", "", ""],
        ["1.1 Former", "– Offrir une formation\n– Relancer", "Ana", "2024-09-01"], ["1.1 Former", "Évaluer", "Denis", "1"],
    ]  # fmt: skip
    assert rows_of(file_of(plan(1, lang="en"), "csv"), ",")[0][0] == "QUOI"


def test_a_document_without_a_table_is_no_csv() -> None:
    with pytest.raises(NoTable) as refusal:
        file_of(prose(), "csv")
    others = [name for name in FORMATS if name != "csv"]
    assert all(name in say(refusal.value, "fr") for name in others), "each other format that prints is named"


def test_a_format_that_there_is_not() -> None:
    with pytest.raises(FormatUnknown, match="docx"):
        file_of(prose(), "odt")


@pytest.mark.parametrize("format", ["html", "docx", "xlsx", "pdf"])
def test_progress_counts_the_cases_and_the_rows(format: str) -> None:
    told: list[tuple[int, int]] = []
    file_of(prose(5), format, lambda done, of: told.append((done, of)))
    assert told == [(n, 5) for n in range(1, 6)]
    told.clear()
    file_of(plan(3), format, lambda done, of: told.append((done, of)))
    assert told == [(n, 6) for n in range(1, 7)]


@pytest.mark.parametrize("format", ["html", "docx", "xlsx", "pdf", "csv"])
def test_rows_that_are_short_or_too_long_do_not_shift_the_others(format: str) -> None:
    rows = [Row((cell("un"),)), Row((cell("a"), cell("b"), cell("de trop"))), Row((cell("x", across=9),)), Row(()),
            Row((Cell((Text(words("fin")),), value=DAY), cell("z")))]  # fmt: skip
    content = file_of(printed(Table("T", (Row((cell("A"), cell("B"))),), rows, (1, 1))), format)
    if format == "csv":
        assert rows_of(content) == [["A", "B"], ["un", ""], ["a", "b"], ["x", "x"], ["", ""], ["2024-09-01", "z"]]
    assert content
