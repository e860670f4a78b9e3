"""What comes as a text today comes alike as DOCX, HTML and PDF: the real tables, cell by cell, and a whole report."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document as NewDocument

from services.imports.documents.document import Table
from services.imports.documents.reading import read_document, source_of
from services.imports.follow_up import parse
from services.imports.follow_up_service import FOLLOW_UP
from services.imports.proposals import propose
from services.imports.reading import read
from services.imports.report import Report
from tests.services.imports.documents import making
from tests.services.imports.documents.making import Item
from tests.services.imports.reports import SAMPLE, without_lines
from tests.services.imports.test_real_report import document

TALL = "width: 28cm, height: auto"  # so that no row goes on on another page


def items(table: Table) -> list[making.Row]:
    rows = [
        [[Item(one.text.replace('"', "”"), one.mark) for one in cell.lines] for cell in row.cells] for row in table.rows
    ]
    return [row for row in rows if any(row)]


def as_tall_pdf(title: str, rows: list[making.Row]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        typeset = making.typeset
        patch.setattr(making, "typeset", lambda source: typeset(source, TALL))
        return making.as_pdf(title, rows)


MAKE: dict[str, Callable[[str, list[making.Row]], bytes]] = {
    "docx": making.as_docx, "html": making.as_html, "pdf": as_tall_pdf,
}  # fmt: skip
FEW = {("001", "html"): 1, ("001", "pdf"): 4}
"""Cells that may differ: a mark that only a list would bear; words that reach beyond a narrow cell."""


@pytest.mark.parametrize("format", MAKE)
@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_real_tables_in_other_formats(number: str, format: str) -> None:
    path = document(number)
    differ = total = 0
    for table in read_document(path.name, path.read_bytes()).tables:
        rows = items(table)
        if table.width != 4:
            continue
        found = read_document("x", MAKE[format]("Titre", rows))
        got = [[[(one.mark, one.text) for one in cell.lines] for cell in row.cells] for t in found.tables for row in t.rows]
        wanted = [[[(one.mark, one.text) for one in cell] for cell in row] for row in rows]
        assert len(got) == len(wanted)
        for a, b in zip(wanted, (row + [[]] * (4 - len(row)) for row in got), strict=True):
            total += len(a)
            differ += sum(x != y for x, y in zip(a, b, strict=True))
    assert total > 100 and differ <= FEW.get((number, format), 0)


def paragraphs() -> list[str]:
    """The sample report, a string for each paragraph, title or heading."""
    report = parse(read(SAMPLE))
    said = [report.title]
    for block in report.blocks:
        said += [block.heading, " – ".join(dict.fromkeys(block.titles.values())), *(one.text for one in block.paragraphs)]
    return said


def report_docx() -> bytes:
    made = NewDocument()
    for text in paragraphs():
        made.add_paragraph(text)
    return making.saved(made)


def report_html() -> bytes:
    return ("<html><body>" + "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs()) + "</body></html>").encode()


def report_pdf() -> bytes:
    said = "\n\n".join('#"' + text.replace('"', "”") + '"' for text in paragraphs())
    return making.typeset(f"#set par(spacing: 2em)\n{said}", 'paper: "us-letter", numbering: "1"')


REPORTS = {"docx": report_docx, "html": report_html, "pdf": report_pdf}


def told(report: Report) -> Report:
    return replace(without_lines(report), problems=(), stray=())


@pytest.mark.parametrize("format", REPORTS)
def test_a_whole_report_in_other_formats(format: str) -> None:
    content = REPORTS[format]()
    found = read_document("suivi", content)
    assert found.format == format and FOLLOW_UP.recognise(found) > 0.5
    wanted, got = parse(read(SAMPLE)), parse(source_of(found))
    assert [block.titles for block in got.blocks] == [block.titles for block in wanted.blocks]
    assert got.assembly == wanted.assembly and got.missing_numbers == wanted.missing_numbers

    def words(report: Report) -> list[list[str]]:
        return [[" ".join(one.text.split()) for one in block.paragraphs] for block in report.blocks]

    assert words(got) == words(wanted)
    assert [[(p.state, p.part, p.completion) for p in propose(b, "2024-09")] for b in got.blocks] == [
        [(p.state, p.part, p.completion) for p in propose(b, "2024-09")] for b in wanted.blocks
    ]
