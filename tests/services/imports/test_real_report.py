"""The real report of 2023, where it is at hand: its facts, number by number and letter for letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.imports.follow_up import parse, recognise
from services.imports.proposals import propose
from services.imports.reading import read
from services.imports.report import Block, Report

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
OTHERS = ("001", "002", "003", "004")


def document(number: str) -> Path:
    found = sorted((SHARED / "seeds").glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the real document {number} is not beside this checkout")
    return found[0]


@pytest.fixture(scope="module")
def report() -> Report:
    return parse(read(document("000")))


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    path = SHARED / "golden" / "000_suivi_resolutions.yaml"
    if not path.exists():
        pytest.skip("the facts of the real report are not beside this checkout")
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def block(report: Report, number: str) -> Block:
    return next(block for block in report.blocks if number in block.numbers)


def test_it_is_recognised_and_the_others_are_not() -> None:
    assert recognise(read(document("000"))) == "follow-up"
    assert [recognise(read(document(number))) for number in OTHERS] == [None] * len(OTHERS)


def test_every_number_and_title(report: Report, facts: dict[str, Any]) -> None:
    expected = [case.get("titles_by_number") or {case["numbers"][0]: case["title"]} for case in facts["cases"]]
    assert [block.titles for block in report.blocks] == expected
    assert [list(block.numbers) for block in report.blocks] == [case["numbers"] for case in facts["cases"]]
    assert list(report.missing_numbers) == facts["meta"]["numbering"]["missing"]
    assert report.title == facts["meta"]["title"]
    assert report.assembly and (report.assembly.key, report.assembly.date) == ("2023", "2023")
    assert not report.problems and not report.stray


def test_pages_broken_in_a_sentence(report: Report) -> None:
    sizes = {number: len(block(report, number).paragraphs) for number in ("1", "7", "13", "17", "20", "21", "25", "36")}
    assert sizes == {"1": 1, "7": 2, "13": 12, "17": 9, "20": 10, "21": 3, "25": 5, "36": 4}
    assert any("Jean-François" in item.text for item in block(report, "18").paragraphs)
    assert [item.text for item in block(report, "13").paragraphs].count("**") == 1
    assert [limb.label for limb in block(report, "21").limbs] == ["Au Québec", "Au Canada"]


def test_every_line_of_text_is_kept_once(report: Report) -> None:
    source = read(document("000"))
    covered = [
        number
        for block in report.blocks
        for item in block.paragraphs
        for number in range(item.first_line, item.last_line + 1)
    ]
    assert len(covered) == len(set(covered))
    words = "".join("".join(item.text.split()) for block in report.blocks for item in block.paragraphs)
    assert words == "".join("".join(source.lines[number - 1].split()) for number in covered)


def test_states_that_the_text_suggests(report: Report, facts: dict[str, Any]) -> None:
    """Measured: 25 of 25 equal, 10 sure, none of the sure ones wrong."""
    equal = near = sure = 0
    for block, case in zip(report.blocks, facts["cases"], strict=True):
        for item in propose(block, facts["meta"]["as_of"]):
            tracks = {track["track"]: track["status"] for track in case.get("tracks", ())}
            label = (item.part or "").rpartition(" ")[2].lower()
            expected = tracks[label] if item.part else case["status"]
            assert item.evidence
            equal += item.state == expected
            near += item.state in {expected, *case.get("status_alternatives", ())} or expected in item.alternatives
            sure += item.confidence == "high"
            assert item.confidence != "high" or item.state == expected
    assert (equal, near) >= (24, 25)
    assert sure >= 8
