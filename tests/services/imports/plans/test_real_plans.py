"""The three real plans, where they are at hand: the figures that were reached, and the few things that were not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.readings import axes, orientations, work
from bench.readings.scores import SHARED, Absent, Score

SHORT = {
    # the facts correct a slip of the scanner, a reader keeps what the page prints
    ("001", "expected results"): 32,
    ("001", "results, by means"): 23,
}
COUNTS = {
    "001": {"axes": 5, "means": 24, "activities, as printed": 53, "expected results": 33},
    "002": {"goals": 3, "objectives": 19, "actions": 44, "schedules in machine form": 44},
    "003": {"items": 15, "how-and-when lines": 44, "due times in machine form": 44, "follow-ups": 62, "who": 15,
            "outcomes, as states": 15, "statutory files": 30, "delegations": 15},
}  # fmt: skip


@pytest.mark.parametrize(("number", "measure"), [(each.NUMBER, each.measure) for each in (axes, orientations, work)])
def test_the_figures(number: str, measure: Callable[[Path], list[Score]]) -> None:
    try:
        scores = measure(SHARED / "seeds")
    except Absent as absent:
        pytest.skip(str(absent))
    found = {score.what: score.found for score in scores}
    assert {what: found[what] for what in COUNTS[number]} == COUNTS[number]
    short = {(score.document, score.what): score.right for score in scores if not score.whole}
    assert short == {what: right for what, right in SHORT.items() if what[0] == number}
