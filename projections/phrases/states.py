"""The state of a case in words: « en cours, 1 de 2 parties bloquée », « close, réalisée en partie »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from domain.case.rules import label
from projections.phrases.catalogue import N_, say
from projections.phrases.dates import write_date
from workflows.workflow import Workflow

_PREPOSITIONS = frozenset(
    ("à", "au", "aux", "avec", "chez", "dans", "de", "du", "en", "hors", "pour", "sans", "sous", "sur")
)


class PartState(Protocol):
    """What a list says of a part."""

    @property
    def state(self) -> str: ...
    @property
    def completion(self) -> str | None: ...


def state_words(
    workflow: Workflow,
    parts: Sequence[PartState],
    state: str,
    completion: str | None,
    lang: str,
    review: str | None = None,
) -> str:
    """The state of a case and of its parts that stand elsewhere, as a list prints it, without a capital.

    `review` (EDTF) is when what is done for a time is to be looked at again."""
    words = [state_word(workflow, state, completion, lang, review)]
    if len(parts) > 1:
        elsewhere = Counter((p.state, p.completion) for p in parts if (p.state, p.completion) != (state, completion))
        for (other, extent), n in sorted(elsewhere.items(), key=lambda item: _rank(workflow, item[0][0])):
            words.append(_part_words(workflow, other, extent, n, len(parts), lang))
    return ", ".join(words)


def state_word(workflow: Workflow, state: str, completion: str | None, lang: str, review: str | None = None) -> str:
    """One state, with how far it is done."""
    return _extended(_labelled(workflow, state, lang), completion, lang, review)


def _part_words(workflow: Workflow, state: str, completion: str | None, n: int, total: int, lang: str) -> str:
    """« 2 de 4 parties bloquées »; of a final state, its outcome alone."""
    outcome = _labelled(workflow, state, lang).rpartition(", ")[2]
    outcome = plural_feminine(outcome) if n > 1 and lang == "fr" else outcome
    words = _extended(outcome, completion, lang, None)
    return say(N_("{n} of {total} parts {state}"), lang, n=n, total=total, state=words)


def _extended(state: str, completion: str | None, lang: str, review: str | None) -> str:
    if completion == "partial":
        return say(N_("{state} in part"), lang, state=state)
    if completion == "temporary" and review:
        when = write_date(review, lang, placed=True)
        return say(N_("{state} for a time, to be reviewed {when}"), lang, state=state, when=when)
    if completion == "temporary":
        return say(N_("{state} for a time"), lang, state=state)
    return state


def plural_feminine(words: str) -> str:
    """The plural of a state, which agrees with « résolution » or not: « closes, réalisées ». What begins with a preposition
    (« en cours ») does not change."""
    return ", ".join(" ".join(_plural(clause.split(" "))) for clause in words.split(", "))


def _plural(words: list[str]) -> list[str]:
    until = next((i for i, word in enumerate(words) if word.lower() in _PREPOSITIONS), len(words))
    return [f"{word}s" if i < until and word.endswith(("e", "é")) else word for i, word in enumerate(words)]


def _labelled(workflow: Workflow, state: str, lang: str) -> str:
    said = label(workflow, state)
    words = said.fr if lang == "fr" else said.en
    return words[:1].lower() + words[1:]


def _rank(workflow: Workflow, state: str) -> int:
    return workflow.states.index(state) if state in workflow.states else len(workflow.states)
