"""The real annual report, where it is at hand: what is read of it, at least what was reached before."""

from __future__ import annotations

import pytest

from bench.readings import annual
from bench.readings.scores import SHARED, Absent, Score, document
from services.imports.annual.grammar import recognise

OTHERS = ("000", "001", "002", "003")
WHOLE = (
    "letters of advocacy: entries and dates", "letters: what was written", "letters: how many addressees",
    "letters: co-signers counted", "alliances: names", "alliances: relations", "publications: titles", "publications: dates",
    "activities: entries and dates", "stands: entries and dates", "stands: events", "stands: places", "presentations: dates",
    "declared resolutions: dates", "board: names", "board: organisations, roles, executive", "team: names, roles, terms",
    "committees: members", "acronyms, lost letters put back", "acronyms with what they stand for", "fundings: their amounts",
    "fundings: entries", "publications: in how many places",
)  # fmt: skip


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    try:
        return {one.what: one for one in annual.measure(SHARED / "seeds")}
    except Absent as absent:
        pytest.skip(str(absent))


@pytest.mark.parametrize("what", WHOLE)
def test_all_of_it_and_nothing_besides(scores: dict[str, Score], what: str) -> None:
    assert scores[what].whole, scores[what].missed


def test_what_is_not_whole_is_no_worse(scores: dict[str, Score]) -> None:
    figures, sure = (
        scores["figures with qualifier and unit, all read"],
        scores["figures, those recorded without asking"],
    )
    assert figures.recall == 1 and figures.precision >= 0.9
    assert sure.recall >= 0.82 and sure.precision == 1


def test_the_other_documents_are_none() -> None:
    try:
        assert [recognise(document(number, SHARED / "seeds")) for number in OTHERS] == [0.0] * len(OTHERS)
        assert recognise(document("004", SHARED / "seeds")) > 0.5
    except Absent as absent:
        pytest.skip(str(absent))
