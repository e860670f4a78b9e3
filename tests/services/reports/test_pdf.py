"""The PDF: tagged, with its language and title; heads repeated; words as they are."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pdfplumber.page import Page

from domain.errors import SuiviError
from services.reports import as_pdf
from services.reports.as_pdf import PdfLetterMissing, PdfNotMade, PdfTooLong
from services.reports.printed import Row, Table, Text
from tests.services.reports.printing import HOSTILE, cell, file_of, hostile, plan, printed, prose, spaced, words


def pages_of(content: bytes) -> list[str]:
    """The words of each page."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return [spaced(page.extract_text()) for page in file.pages]


def tags_of(content: bytes) -> list[str]:
    """The kinds of all its structure, as readers who do not see are given it."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        found: list[str] = []

        def walk(elements: list[dict[str, object]]) -> None:
            for one in elements:
                found.append(str(one["type"]))
                walk(one.get("children") or [])  # type: ignore[arg-type]

        for page in file.pages:
            assert isinstance(page, Page)
            walk(page.structure_tree)
        return found


def test_it_is_tagged_and_says_what_it_is() -> None:
    content = file_of(prose(), "pdf")
    with pdfplumber.open(io.BytesIO(content)) as file:
        catalogue = file.doc.catalog
        assert (
            catalogue["Lang"] == b"fr-CA" and catalogue["MarkInfo"]["Marked"] is True and "StructTreeRoot" in catalogue
        )
        assert file.metadata["Author"] == "Fédération des essais"
        assert file.metadata["Title"] == "Suivi des résolutions de l’assemblée annuelle 2023"
    assert b"pdfuaid:part>1<" in content.replace(b"\n", b"") or b'pdfuaid:part="1"' in content
    tags = tags_of(content)
    assert (tags.count("H1"), tags.count("H2"), tags.count("H3")) == (1, 3, 0)
    assert tags.count("L") == 9 and tags.count("LI") == 3 * 6


def test_each_page_says_which_it_is_and_of_which_day() -> None:
    pages = pages_of(file_of(prose(30), "pdf"))
    assert len(pages) > 3
    for n, page in enumerate(pages, 1):
        foot = "Suivi des résolutions de l’assemblée annuelle 2023 · au 1er septembre 2024"
        assert page.endswith(f"{foot} {n} de {len(pages)}") or re.search(
            rf"septembre 2024 .*{n} de {len(pages)}$", page
        )
    assert "RÉSOLUTION 30 Un jardin collectif no 30" in " ".join(pages)


@pytest.mark.parametrize("large", [False, True])
def test_a_short_row_is_not_parted_nor_cut(large: bool) -> None:
    rows = [Row((cell(f"n{n}"), cell(f"début{n} {'mot ' * 40} fin{n}"))) for n in range(30)]
    table = Table("Essai", (Row((cell("Un"), cell("Deux"))),), rows, (2, 1))
    pages = pages_of(file_of(printed(table, large=large), "pdf"))
    assert len(pages) > 3
    for page in pages:
        assert re.findall(r"début(\d+)", page) == re.findall(r"fin(\d+)", page)
    assert [n for page in pages for n in re.findall(r"fin(\d+)", page)] == [str(n) for n in range(30)]


def test_a_row_that_no_page_could_hold_goes_on_on_the_next() -> None:
    row = Row((cell("n"), cell(" ".join(f"mot{n}" for n in range(900)))))
    table = Table("Essai", (Row((cell("Un"), cell("Deux"))),), [row], (9, 1))
    found = re.findall(r"mot(\d+)", " ".join(pages_of(file_of(printed(table, large=True), "pdf"))))
    assert found == [str(n) for n in range(900)]


def test_the_head_of_a_table_is_repeated_on_each_page() -> None:
    content = file_of(plan(40), "pdf")
    pages = pages_of(content)
    assert len(pages) > 3
    assert all("QUOI COMMENT et QUI SUIVI" in page for page in pages[:-1])
    assert "Dossiers statutaires" in pages[-1] and "QUOI" not in pages[-1]  # on a page of its own
    tags = tags_of(content)
    assert tags.count("Table") == len(pages) - 1 and tags.count("TH") >= 7
    with pypdfium2.PdfDocument(content) as file:
        width, height = file[0].get_size()
    assert width > height


def test_the_version_for_the_floor_is_larger() -> None:
    def largest(content: bytes) -> float:
        with pdfplumber.open(io.BytesIO(content)) as file:
            sizes = [float(each["size"]) for each in file.pages[0].chars if each["text"] == "N"]
        return max(sizes)

    assert largest(file_of(prose(large=True), "pdf")) >= 1.6 * largest(file_of(prose(), "pdf")) > 17


def test_words_are_not_orders() -> None:
    with pypdfium2.PdfDocument(file_of(hostile(), "pdf")) as file:
        told = "".join(page.get_textpage().get_text_range() for page in file)
    said = re.sub(r"\s|\u200b|\ufffe|\x02", "", told)
    whole = re.sub(r"\s", "", HOSTILE)
    assert said.count(whole) >= 6


@pytest.mark.parametrize(("limit", "value", "refusal"), [("MEMORY", 1 << 27, PdfTooLong), ("SECONDS", 0, PdfTooLong)])
def test_what_takes_too_much_is_given_up(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, refusal: type[SuiviError]
) -> None:
    monkeypatch.setattr(as_pdf, limit, value)
    with pytest.raises(refusal):
        file_of(prose(400), "pdf")


def test_what_the_page_cannot_be_made_of_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_pdf, "DATA", "autre.json")
    with pytest.raises(PdfNotMade, match=r"printed\.json"):
        file_of(prose(), "pdf")


def test_letters_that_its_font_has_not_are_told() -> None:
    with pytest.raises(PdfLetterMissing) as told:
        file_of(printed(Text(words("Le titre ＝ deux"))), "pdf")
    assert told.value.facts["letters"] == "＝"


def test_the_same_document_gives_the_same_bytes() -> None:
    assert file_of(prose(), "pdf") == file_of(prose(), "pdf")


def test_who_is_killed_leaves_none_of_its_words(tmp_path: Path) -> None:
    """Neither on the disk nor in a process that goes on."""
    making = """
from services.reports import chapters
from tests.services.reports.printing import file_of, prose
chapters.CHAPTER = 1 << 30  # one, which takes seconds
file_of(prose(3000), "pdf")
"""
    there = os.environ | {"TMPDIR": str(tmp_path)}
    killed = subprocess.Popen([sys.executable, "-c", making], cwd=as_pdf.ROOT, env=there)
    until = time.monotonic() + 60
    while not list(tmp_path.glob("suivi-*/printed.json")):
        assert killed.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    time.sleep(0.5)  # the other one has begun
    killed.kill()
    killed.wait()
    while list(tmp_path.iterdir()):
        assert time.monotonic() < until, list(tmp_path.rglob("*"))
        time.sleep(0.05)
