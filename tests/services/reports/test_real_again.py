"""The real documents, where they are at hand: what is printed of each comes in again, and gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.words import comparable
from services.home import Home
from services.reading import When
from services.reading.plans import plan
from services.reports.asked import Asked
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.imports.test_real_report import document
from tests.services.reports.again import Told, brought, places, printed, told_of

FORMATS = ("docx", "xlsx", "html")
SAID = ("title", "form", "period", "objectives", "preamble", "lists", "items", "adoption")
OTHERWISE = {"003": 1}
"""Follow-ups of a day that their words do not say: it is printed after them, and then belongs to them."""


def same(told: dict[str, Told]) -> dict[str, Told]:
    """But for the sign before an item."""
    return {number: case | {"notes": [comparable(text) for text, _ in case["notes"]]} for number, case in told.items()}


@pytest.mark.parametrize("format", FORMATS)
def test_the_real_report(database: Urls, tmp_path: Path, format: str) -> None:
    path = document("000")
    with opened(database) as home:
        secretary(home)
        brought(home, path, "auto", "2023")
        brought(home, printed(home, "follow-up", Asked(), format, tmp_path), "auto", "relu")
        before, after = told_of(home, "2023"), told_of(home, "relu")
        assert len(before) == 25 and same(after) == same(before)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_the_real_plans(database: Urls, tmp_path: Path, number: str, format: str) -> None:
    path = document(number)
    with opened(database) as home:
        secretary(home)
        brought(home, path, "auto", "essai")
        brought(home, printed(home, "plan", Asked(to="essai"), format, tmp_path), "auto", "relu")
        before, after = found(home, "essai"), found(home, "relu")
        pairs = {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys()}
        differ = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        assert len(differ) == OTHERWISE.get(number, 0), differ


def found(home: Home, key: str) -> dict[str, object]:
    row = plan(home, key, When())
    parts = [[part[name] for name in ("what", "state", "by", "on", "words")] for part in row["adoption"]]
    return dict(places(row)) | {name: row[name] for name in SAID} | {"adoption": parts}
