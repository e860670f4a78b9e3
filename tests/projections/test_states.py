"""The state of a case in words, with its parts."""

from __future__ import annotations

import pytest

from domain.case.events import Part
from projections.phrases.states import plural_feminine, state_words
from workflows.library import library

RESOLUTION = library().latest("resolution")


def parts(*states: str | tuple[str, str]) -> list[Part]:
    pairs = [(state, None) if isinstance(state, str) else state for state in states]
    return [Part(str(n), (str(n),), state, state, completion) for n, (state, completion) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("stand", "state", "completion", "french", "english"),
    [
        (
            ["in_progress", "blocked"], "in_progress", None,
            "en cours, 1 de 2 parties bloquée", "in progress, 1 of 2 parts blocked",
        ),
        (
            ["in_progress", "blocked", "blocked", ("done", "partial")], "in_progress", None,
            "en cours, 2 de 4 parties bloquées, 1 de 4 parties réalisée en partie",
            "in progress, 2 of 4 parts blocked, 1 of 4 parts done in part",
        ),
        (["adopted", "adopted"], "adopted", None, "adoptée", "adopted"),
        ([("done", "full")], "done", "full", "close, réalisée", "closed, done"),
        ([("done", "partial")], "done", "partial", "close, réalisée en partie", "closed, done in part"),
        ([("done", "temporary")], "done", "temporary", "close, réalisée pour un temps", "closed, done for a time"),
        (
            [("done", "full"), "not_done", "not_done"], "done", "partial",
            "close, réalisée en partie, 1 de 3 parties réalisée, 2 de 3 parties non réalisées",
            "closed, done in part, 1 of 3 parts done, 2 of 3 parts not done",
        ),
    ],
)  # fmt: skip
def test_in_words(stand: list[str], state: str, completion: str | None, french: str, english: str) -> None:
    assert state_words(RESOLUTION, parts(*stand), state, completion, "fr") == french
    assert state_words(RESOLUTION, parts(*stand), state, completion, "en") == english


def test_a_review_is_said() -> None:
    words = state_words(RESOLUTION, parts(("done", "temporary")), "done", "temporary", "fr", review="2025-23")
    assert words == "close, réalisée pour un temps, à revoir à l’automne 2025"


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("bloquée", "bloquées"),
        ("en cours", "en cours"),
        ("close, non réalisée", "closes, non réalisées"),
        ("remise à l’étude", "remises à l’étude"),
        ("close, sans suite", "closes, sans suite"),
    ],
)
def test_plural(one: str, several: str) -> None:
    assert plural_feminine(one) == several


def test_a_state_of_another_workflow_is_shown_as_it_is() -> None:
    assert state_words(RESOLUTION, [], "elsewhere", None, "fr") == "elsewhere"
