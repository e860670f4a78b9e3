"""States as marks and words: the mark says the state, a second line how a case was closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.case import refusals
from domain.case.rules import label
from domain.words import plain
from projections.phrases.rows import Row, accepted_states, state_of, state_word_of
from web.rendering import Page
from workflows.library import library

MOST_CHIPS = 4


@dataclass(frozen=True)
class Shown:
    """« Close », « réalisée en partie »: the word, and what stands below it."""

    state: str
    completion: str | None
    word: str
    detail: str

    @property
    def whole(self) -> str:
        return f"{self.word}, {self.detail}" if self.detail else self.word


def shown_state(page: Page, row: Mapping[str, Any], kind: str = "resolution", detail: str = "") -> Shown:
    """The state of a case, of a part or of a proposal; `detail` stands below where nothing else does."""
    words = state_word_of(dict(row), page.lang, kind)
    word, _, below = words.partition(", ")
    return Shown(row["state"], row["completion"], word[:1].upper() + word[1:], below or detail)


def part_chips(page: Page, row: Row) -> dict[str, Any] | None:
    """Its parts, where they do not all stand where the case does: each, or in words if they are many."""
    here = row["state"], row["completion"]
    if all((part["state"], part["completion"]) == here for part in row["parts"]):
        return None
    if len(row["parts"]) > MOST_CHIPS:
        return {"each": [], "words": state_of(row, page.lang)}
    each = [
        {"label": part["label"], "state": part["state"], "completion": part["completion"],
         "words": state_word_of(part, page.lang, row["kind"])}
        for part in row["parts"]
    ]  # fmt: skip
    return {"each": each, "words": ""}


def named_state(text: str) -> str:
    """The state that a person asks for, by its name or its words. Raises `StateUnknown`."""
    workflow = library().latest("resolution")
    if (found := accepted_states().get(plain(text))) is None:
        raise refusals.StateUnknown(states=[label(workflow, state) for state in workflow.states])
    return found
