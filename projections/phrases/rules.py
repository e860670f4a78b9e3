"""What another version of the rules changes, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain.case.migration import Changes, verbs_said
from domain.case.rules import label
from projections.phrases.catalogue import N_, say
from workflows.vocabulary import CLOCKS
from workflows.workflow import Workflow

CHANGED: Mapping[str, str] = {
    "states_lost": N_("States that are no more: {words}"), "states_gained": N_("New states: {words}"),
    "verbs_lost": N_("Verbs that are no more: {words}"), "verbs_gained": N_("New verbs: {words}"),
    "clocks": N_("Deadlines whose reminders change, for those that begin from then on: {words}"),
}  # fmt: skip


def changes_said(changes: Changes, old: Workflow, new: Workflow, lang: str, ids: bool = False) -> list[str]:
    """One sentence for each kind of change; with `ids`, what a person types for a state beside its words."""
    words: Mapping[str, Sequence[object]] = {
        "states_lost": _states(changes.states_lost, old, lang, ids),
        "states_gained": _states(changes.states_gained, new, lang, ids),
        "verbs_lost": verbs_said(changes.verbs_lost, old),
        "verbs_gained": verbs_said(changes.verbs_gained, new),
        "clocks": [say(CLOCKS[kind], lang) for kind in changes.clocks],
    }
    return [say(sentence, lang, words=list(words[name])) for name, sentence in CHANGED.items() if words[name]]


def _states(states: Iterable[str], rules: Workflow, lang: str, ids: bool) -> list[str]:
    named = [(state, label(rules, state)) for state in states]
    return [f"{said.fr if lang == 'fr' else said.en}{f' ({state})' if ids else ''}" for state, said in named]
