"""The table of `resolution.v1` once more, plain: written from what the people who use it agreed on, not from the
definition, so that one can be held against the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

OPEN = ("in_progress", "blocked", "referred", "postponed", "adopted")  # in the order in which a case shows them
FINAL = ("done", "not_done", "carried_over", "superseded")
STATES = (*OPEN, *FINAL)
PAUSED = ("postponed", "blocked")


@dataclass
class Stand:
    """How one part stands."""

    state: str = "adopted"
    before: str = "adopted"
    completion: str | None = None
    moved: bool = False
    successors: set[str] = field(default_factory=set)


class Entry(NamedTuple):
    """One line of a plain history. `to`: label -> state and completion. `about`: the version that is amended. What the
    clocks record by themselves has its line too, and is out of reach."""

    verb: str
    to: Mapping[str, tuple[str, str | None]] = {}
    successor: str | None = None
    proposed: Mapping[str | None, str] = {}
    about: int = 0

    @property
    def moves(self) -> bool:
        return bool(self.to)


TABLE: dict[str, Callable[[Stand], str | None]] = {
    "refer": lambda p: {"adopted": "referred"}.get(p.state, p.state) if p.state in OPEN else None,
    "report-back": lambda p: {"referred": "in_progress"}.get(p.state, p.state) if p.state in OPEN else None,
    "start": lambda p: "in_progress" if p.state in ("adopted", "referred") else None,
    "postpone": lambda p: "postponed" if p.state in OPEN else None,
    "block": lambda p: "blocked" if p.state in OPEN and p.state != "blocked" else None,
    "resume": lambda p: p.before if p.state in PAUSED else None,
    "complete": lambda p: "done" if p.state in OPEN else None,
    "close-undone": lambda p: "not_done" if p.state in OPEN else None,
    "carry-over": lambda p: "carried_over" if p.state in OPEN else None,
    "carry-over residual": lambda p: p.state if p.state in (*OPEN, "done") else None,
    "supersede": lambda p: "superseded" if p.state in OPEN else None,
    "reopen": lambda p: "in_progress" if p.state in FINAL else None,
}
"""Verb -> where it leads from a part, or nowhere."""

ANY_STATE = ("note", "approve-report", "link", "restrict", "correct", "retract")
OPEN_STATE = ("reword", "assign", "set-due", "wait", "add-task", "finish-task")


@dataclass
class Plain:
    """A case as a list of entries, read from the beginning each time. `moved`: successors that have moved."""

    labels: Sequence[str]
    entries: list[Entry] = field(default_factory=lambda: [Entry("adopt")])
    moved: set[str] = field(default_factory=set)

    def parts(self) -> dict[str, Stand]:
        """How each part stands after what was not taken back."""
        stands = {label: Stand() for label in self.labels}
        for _, entry in self.standing():
            for label, (state, completion) in entry.to.items():
                _settle(stands[label], entry, state, completion)
        return stands

    def standing(self) -> list[tuple[int, Entry]]:
        gone = {entry.about for entry in self.entries if entry.verb == "retract"}
        return [(n, entry) for n, entry in enumerate(self.entries, 1) if n not in gone and entry.verb != "retract"]

    def proposed(self) -> dict[str | None, str]:
        """Part (null: every one) -> the state that is proposed and still pending."""
        pending: dict[str | None, str] = {}
        for _, entry in self.standing():
            if entry.verb == "propose":
                pending = dict(entry.proposed)
            elif entry.moves:
                pending = {label: state for label, state in pending.items() if label and label not in entry.to}
        return pending

    def state(self) -> str:
        """The rule over the parts."""
        states = [part.state for part in self.parts().values()]
        for state in OPEN:
            if state in states:
                return state
        if all(state == states[0] for state in states):
            return states[0]
        return "done" if "done" in states else "not_done"

    def completion(self) -> str | None:
        if self.state() != "done":
            return None
        ends = {(part.state, part.completion) for part in self.parts().values()}
        return ends.pop()[1] if len(ends) == 1 else "partial"

    def answer(self, verb: str, part: str | None) -> dict[str, str]:
        """Where the verb leads each part that allows it; empty: refused."""
        parts = self.parts()
        meant = parts if part is None else {part: parts[part]}
        led = {label: TABLE[verb](stand) for label, stand in meant.items()}
        if verb == "reopen":
            led = {label: to for label, to in led.items() if not parts[label].successors & self.moved}
        return {label: to for label, to in led.items() if to}

    def establishes(self, state: str | None, part: str | None) -> dict[str, str]:
        """What `confirm` establishes: the stated state, else the one proposed for each part."""
        pending, led = self.proposed(), {}
        for label, stand in self.parts().items():
            proposal = pending.get(label) or pending.get(None)
            if part in (None, label) and (proposal or not stand.moved) and (to := state or proposal):
                led[label] = to
        return led

    def records(self, verb: str) -> bool:
        return verb in ANY_STATE or self.state() in OPEN

    def takes_back(self, version: int) -> bool:
        """Whether the entry of that version may be retracted."""
        standing = dict(self.standing())
        if version == 1 or version not in standing or standing[version].verb == "clock":
            return False
        entry = standing[version]
        return not any(n > version and set(later.to) & set(entry.to) for n, later in standing.items())

    def corrects(self, version: int) -> bool:
        return version in dict(self.standing()) and self.entries[version - 1].verb not in ("correct", "clock")


def _settle(part: Stand, entry: Entry, state: str, completion: str | None) -> None:
    part.moved = True
    part.completion = completion
    part.state = state
    if state not in PAUSED:
        part.before = state
    elif entry.verb == "confirm":
        part.before = "in_progress"
    if entry.successor:
        part.successors.add(entry.successor)


def may_be_postponed(until_last: date, act_last: date) -> bool:
    """Only until later than the day of the act."""
    return until_last > act_last
