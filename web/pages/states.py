"""States as marks and words: the mark says the state, a second line how a case was closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.case import refusals
from domain.case.rules import label
from domain.words import plain
from projections.phrases.rows import Row, accepted_states, state_of, state_word_of
from projections.phrases.states import plural_feminine
from services.reading.plan_sheets import KIND as ITEM
from web.rendering import Page
from workflows.library import library
from workflows.workflow import Workflow

MOST_CHIPS = 4
DEFAULT = "resolution"


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


def shown_state(page: Page, row: Mapping[str, Any], rules: str = "", detail: str = "") -> Shown:
    """The state of a case, of a part or of a proposal, in the words of its own rules; `rules`: those (a version or a kind)
    of what does not say them. `detail` stands below where nothing else does."""
    words = state_word_of(dict(row), page.lang, rules or row.get("workflow") or DEFAULT)
    word, _, below = words.partition(", ")
    return Shown(row["state"], row.get("completion"), word[:1].upper() + word[1:], below or detail)


def rules_of(plan: bool | None = None) -> list[Workflow]:
    """Every version of the rules that the cases of plans follow, of assemblies, or of either."""
    found = library().of_cases()
    return [each for each in found if plan is None or (each.definition.workflow == ITEM) is plan]


def open_and_closed(rules: Iterable[Workflow]) -> tuple[list[str], list[str]]:
    """The states in which something is left to do, and the others, in the order of the rules. One that has either meaning is
    of the first."""
    of = [(state, workflow.is_final(state)) for workflow in rules for state in workflow.states]
    left = list(dict.fromkeys(state for state, final in of if not final))
    return left, list(dict.fromkeys(state for state, final in of if final and state not in left))


def words_of(page: Page, state: str, rules: Iterable[Workflow]) -> list[Shown]:
    """A state as each kind of rules that has it says it, each once: « Adoptée », « Prévue »."""
    kinds: dict[str, Shown] = {}
    for workflow in rules:
        if state in workflow.states:
            kinds.setdefault(workflow.definition.workflow, shown_state(page, {"state": state}, workflow.name))
    return list({shown.whole: shown for shown in kinds.values()}.values())


def said_of(page: Page, state: str, rules: Iterable[Workflow]) -> str:
    """« Adoptée / Prévue »."""
    return " / ".join(shown.whole for shown in words_of(page, state, rules)) or state


def counts(page: Page, states: Mapping[str, int], rules: Iterable[Workflow]) -> list[dict[str, Any]]:
    """« 5 closes, réalisées », each with its mark, in the order of the rules; of several, as the first of them says it."""
    rules = list(rules)
    known = [state for part in open_and_closed(rules) for state in part]
    some = [(state, states[state], words_of(page, state, rules)[0].whole) for state in known if states.get(state)]
    return [{"n": n, "state": state, "words": _counted(words, n, page.lang)} for state, n, words in some]


def _counted(words: str, n: int, lang: str) -> str:
    """« bloquées », of several; « close, réalisée », of one."""
    return plural_feminine(words.lower()) if n > 1 and lang == "fr" else words.lower()


def part_chips(page: Page, row: Row) -> dict[str, Any] | None:
    """Its parts, where they do not all stand where the case does: each, or in words if they are many."""
    here = row["state"], row["completion"]
    if all((part["state"], part["completion"]) == here for part in row["parts"]):
        return None
    if len(row["parts"]) > MOST_CHIPS:
        return {"each": [], "words": state_of(row, page.lang)}
    each = [
        {"label": part["label"], "state": part["state"], "completion": part["completion"],
         "words": state_word_of(part, page.lang, row["workflow"])}
        for part in row["parts"]
    ]  # fmt: skip
    return {"each": each, "words": ""}


def named_state(text: str) -> str:
    """The state that a person asks for, by its name or its words. Raises `StateUnknown`."""
    if (found := accepted_states().get(plain(text))) is None:
        states = {state: label(rules, state) for rules in reversed(library().of_cases()) for state in rules.states}
        raise refusals.StateUnknown(states=[states[state] for part in open_and_closed(library().of_cases()) for state in part])
    return found
