"""Which items of a plan are shown: by state, by who sees to them, those that are late. The address says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.words import plain, sort_key
from projections.phrases.catalogue import N_
from web.pages.states import open_and_closed, rules_of, said_of
from web.rendering import Page

STATE, WHO, LATE = "state", "who", "overdue"
NAMES = (STATE, WHO, LATE)


@dataclass(frozen=True)
class Chosen:
    """What the address asks for; nothing is everything. `who`: plain words."""

    state: str = ""
    who: str = ""
    late: bool = False

    @property
    def any(self) -> bool:
        return bool(self.state or self.who or self.late)

    def takes(self, item: Mapping[str, Any]) -> bool:
        """Whether an item of the tree is shown. One that is hidden says nothing of itself."""
        if item["hidden"]:
            return not self.any
        return (
            (not self.state or item["state"].state == self.state)
            and (not self.who or self.who in {plain(name) for name in item["names"]})
            and (not self.late or bool(item["late"]))
        )  # fmt: skip


def chosen_of(page: Page) -> Chosen:
    """As the address says. A state that there is not is none."""
    state = page.asked.get(STATE, "")
    known = state if any(state in rules.states for rules in rules_of(plan=True)) else ""
    return Chosen(known, plain(page.asked.get(WHO, "").strip()), page.asked.get(LATE) == "1")


def filters_model(page: Page, entries: Sequence[Mapping[str, Any]], chosen: Chosen) -> dict[str, Any]:
    """The chips: each filter that is on with the way to take it off, the others with what there is to choose."""
    items = [each for each in entries if each["is"] == "item" and not each["hidden"]]
    states, names = (
        Counter(one["state"].state for one in items),
        Counter(name for one in items for name in set(one["names"])),
    )
    rules = rules_of(plan=True)
    words = {state: said_of(page, state, rules) for part in open_and_closed(rules) for state in part}
    late = sum(bool(one["late"]) for one in items)
    chips = [
        _chip(page, STATE, N_("State"), words.get(chosen.state, ""), [(state, words[state], states[state]) for state in words]),
        _chip(page, WHO, N_("Who"), page.asked.get(WHO, "").strip() if chosen.who else "",
              [(name, name, n) for name, n in sorted(names.items(), key=lambda each: sort_key(each[0]))]),
    ]  # fmt: skip
    return {
        "chips": [chip for chip in chips if chip["value"] or len(chip["options"]) > 1],
        "late": {"n": late, "on": chosen.late, "href": page.here(**{LATE: None if chosen.late else "1", "fait": None})},
        "any": chosen.any, "fresh": page.here(**dict.fromkeys((*NAMES, "fait"))),
    }  # fmt: skip


def _chip(page: Page, name: str, word: str, value: str, options: Sequence[tuple[str, str, int]]) -> dict[str, Any]:
    return {
        "word": page.say(word), "value": value, "off": page.here(**{name: None, "fait": None}),
        "options": [{"word": words, "n": n, "href": page.here(**{name: key, "fait": None})} for key, words, n in options if n],
    }  # fmt: skip
