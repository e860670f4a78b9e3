"""The words of a case as a list, a card or a page shows them: its state, its dates, who follows it, what to type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import product
from typing import Any

from domain.words import plain
from projections.phrases.catalogue import N_, say
from projections.phrases.dates import write_date

Row = dict[str, Any]
LONGEST = 400  # letters of a title in a list: the longest bundle of a real report has 250

AUDIENCE = {"internal": N_("internal"), "assembly": N_("for the assembly")}
LINK = {
    "successor": N_("goes on as"),
    "origin": N_("comes from"),
    "superseded_by": N_("is superseded by"),
    "supersedes": N_("supersedes"),
    "split_off": N_("goes on without"),
    "split_from": N_("was split from"),
}
VISIBILITY = {"officers": N_("the officers"), "named": N_("named people")}
BY_KEY = {"set": N_("set.NAME=…"), "titles": N_("titles.NO=…"), "numbers": N_("numbers.NO=…")}
MOVES_FIRST = ("confirm", "start", "refer", "report-back", "postpone", "block", "resume", "complete", "close-undone",
               "carry-over", "supersede", "reopen")  # fmt: skip
CONFIDENCE = {"high": N_("high confidence"), "medium": N_("medium confidence"), "low": N_("low confidence")}


def state_of(row: Row, lang: str) -> str:
    """« en cours, 1 de 2 parties bloquée »."""
    from domain.case.events import Part
    from projections.phrases.states import state_words
    from workflows.library import library

    parts = [Part(p["label"], tuple(p["numbers"]), p["state"], p["state"], p["completion"]) for p in row["parts"]]
    return state_words(library().knowing(row["workflow"], row["state"]), parts, row["state"], row["completion"], lang)


def state_word_of(row: Row, lang: str, rules: str = "resolution") -> str:
    """The state of a part or of a proposal, with how far it is done, in the words of its rules (a version or a kind)."""
    from projections.phrases.states import state_word
    from workflows.library import library

    return state_word(library().knowing(rules, row["state"]), row["state"], row.get("completion"), lang)


def proposed(row: Row, lang: str) -> str:
    """The states that an import proposes, each once."""
    return " / ".join(dict.fromkeys(state_word_of(one, lang, row["workflow"]) for one in row["proposals"]))


def label_of(state: str, lang: str, rules: str = "resolution") -> str:
    """The state alone."""
    return state_word_of({"state": state, "completion": None}, lang, rules)


def accepted_states() -> dict[str, str]:
    """Every word, plain, by which the state of a case may be asked for -> its identifier: the identifier, and under every
    rules the label in either language, the label without “closed”, and in French the masculine. A word that has two
    meanings has that of resolutions; an identifier, its own."""
    from workflows.library import library

    accepted: dict[str, str] = {}
    for rules in reversed(library().of_cases()):
        for state, lang in product(rules.states, ("fr", "en")):
            label = label_of(state, lang, rules.name)
            last = label.rpartition(", ")[2]
            accepted |= {plain(word): state for word in (label, last, re.sub("ée$", "é", last))}
    states = {state for rules in library().of_cases() for state in rules.states}
    return accepted | {plain(word): state for state in states for word in (state, *map(partial(state.replace, "_"), " -"))}


def outcomes(lang: str, kind: str = "resolution") -> list[str]:
    """The states as a person asks for them: “en cours”, “réalisée”."""
    from workflows.library import library

    return [label_of(state, lang, kind).rpartition(", ")[2] for state in library().latest(kind).states]


def brief(title: str) -> str:
    """A title as a list shows it; the card has the whole."""
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def date_of(edtf: str | None, lang: str) -> str:
    """A date in words; nothing for none."""
    return write_date(edtf, lang) if edtf else ""


def span(since: str | None, until: str | None, lang: str) -> str:
    """From when to when, in words; `until` is “..” where it goes on. Nothing where neither is known."""
    ends = [since or "..", until or ".."]
    if ends == ["..", ".."]:
        return ""
    if any(mark in end for end in ends for mark in ("/", "{", "[")):  # an interval has no intervals for ends
        return date_of(since or until, lang)
    return date_of("/".join(ends), lang)


def day_of_instant(instant: str, lang: str, zone: str) -> str:
    """The day of an instant of the log, in words."""
    from datetime import datetime

    from domain.time import local_day

    return date_of(local_day(datetime.fromisoformat(instant), zone).isoformat(), lang)


def who(party: Any) -> str:
    """A person, a body or an office by name, or the words that stand for them."""
    if isinstance(party, Mapping):
        return str(party.get("name") or party.get("ref") or "")
    return str(party or "")


def numbers(row: Row, with_assembly: bool = False) -> str:
    """« 5, 12 », or « 2023:5, 12 »."""
    listed = ", ".join(row["numbers"])
    return f"{row['home']}:{listed}" if with_assembly else listed


def joined(parts: Iterable[str]) -> str:
    """The pieces of a line that are there."""
    return " · ".join(part for part in parts if part)


def what_to_type(row: Row, action: Row, lang: str) -> str:
    """The whole command that does what is possible now."""
    if action["verb"] == "confirm" and row["proposals"]:
        return f"suivi confirm {row['ref']}"
    return typed(row["ref"], action["verb"], action["required"], lang)


def typed(ref: str, verb: str, required: Iterable[str], lang: str) -> str:
    """The whole command that gives a verb its facts."""
    given = (BY_KEY.get(fact, f"{fact}=…") for fact in required)
    return " ".join([f"suivi act {ref} {verb}", *(f"--set {say(each, lang)}" for each in given)])
