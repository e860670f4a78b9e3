"""Columns between tabs, in a document that has no table: what comes as a text comes alike as DOCX and HTML."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from docx import Document as NewDocument

from bench.readings import orientations, work
from bench.readings.scores import SHARED
from services.imports.documents.reading import read_document
from services.imports.plans.grammar import read_plan
from services.imports.plans.reading import PlanReading
from services.imports.plans.service import PLAN
from tests.services.imports.documents import making

TITLE = "Plan de travail 2030-2033"


def paragraphs(text: str) -> bytes:
    """Each line a paragraph of Word, as when a text is pasted."""
    made = NewDocument()
    for line in text.split("\n"):
        made.add_paragraph(line)
    return making.saved(made)


def blocks(text: str) -> bytes:
    return (
        "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n")) + "</body></html>"
    ).encode()


def typed(text: str) -> bytes:
    return f"<html><body><pre>{html.escape(text)}</pre></body></html>".encode()


FORMATS = {"paragraphs of Word": paragraphs, "paragraphs of a page": blocks, "typed on a page": typed}


@pytest.fixture(params=FORMATS)
def made(request: pytest.FixtureRequest) -> Callable[[str], bytes]:
    return FORMATS[request.param]


def told(reading: PlanReading) -> dict[str, Any]:
    """What a plan says, wherever it stands."""
    return {
        "front": (reading.title, reading.period, [each.words for each in reading.adoption]),
        "nodes": reading.nodes,
        "follow-ups": {at: [replace(each, line=0) for each in said] for at, said in reading.follow_ups.items()},
        "states": {at: proposal.state for at, proposal in reading.proposals.items()},
    }


def test_a_plan_whose_columns_stand_between_tabs(made: Callable[[str], bytes]) -> None:
    text = making.as_text(TITLE).decode()
    document = read_document("plan", made(text))
    assert not list(document.tables) and PLAN.recognise(document) >= 0.9
    wanted, got = read_plan(read_document("plan", text.encode())), read_plan(document)
    assert wanted.proposals and told(got) == told(wanted)
    lines = document.text.split("\n")
    for number, (first, last) in got.places.items():
        assert number[:3] in "".join(lines[first - 1 : last])


def test_what_word_underlines_is_a_verdict_between_tabs_too() -> None:
    document = NewDocument()
    document.add_paragraph(TITLE)
    document.add_paragraph("QUOI\tCOMMENT et QUAND\tQUI\tSUIVI")
    row = document.add_paragraph("1.1 Ouvrir un local\tChoisir une rue (mai 2031)\tÈve\t")
    row.add_run("Action réalisée").underline = True
    read = read_plan(read_document("plan", making.saved(document)))
    assert [each.verdict for each in read.follow_ups["1.1"]] == ["Action réalisée"]


def test_tabs_of_running_text_are_blanks() -> None:
    """One tab parts a number from a title; it makes no column."""
    document = read_document("x", paragraphs("1.\tOuvrir un local\n\nIl est ouvert."))
    assert document.text == "1. Ouvrir un local\n\nIl est ouvert.\n"


def test_rows_stand_together_and_what_follows_apart() -> None:
    document = read_document("x", paragraphs("a\tb\tc\nd\te\nd’une suite\nFin.\nUn mot."))
    assert document.text == "a\tb\tc\nd\te\nd’une suite\n\nFin.\n\nUn mot.\n"
    assert [one.text for one in document.lines] == ["a b c", "d e", "d’une suite", "Fin.", "Un mot."]
    assert all(a.place.line < b.place.line for a, b in pairwise(document.lines))


def test_the_lines_of_a_page_as_they_were_typed() -> None:
    document = read_document("x", b"<html><body><pre>Un\nDeux\n\nTrois</pre><p>Quatre</p></body></html>")
    assert document.text == "Un\nDeux\n\nTrois\n\nQuatre\n"


@pytest.mark.parametrize("number", [orientations.NUMBER, work.NUMBER])
def test_real_plans(made: Callable[[str], bytes], number: str) -> None:
    found = next((SHARED / "seeds").glob(f"{number}_*.txt"), None)
    if found is None:
        pytest.skip(f"the document {number} is not at hand")
    content = found.read_bytes()
    wanted, got = read_plan(read_document("plan", content)), read_plan(read_document("plan", made(content.decode())))
    assert told(got) == told(wanted)
