"""The tree of a plan while it is read, and as it is handed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.figures import Target
from domain.plan.nodes import ITEMS, LINES, Kind, Node
from domain.time.schedules import Schedule
from services.imports.plans import notices
from services.imports.plans.entries import Entry
from services.imports.plans.timing import Findings
from services.imports.plans.words import alike, plain

_NUMBER = re.compile(r"\d+")
_SAME = 0.9  # of two titles, from which one is the other with a scanner's slips


@dataclass
class Growing:
    """One place of the tree, still open: rows of other pages may add to it. `told`: the bullets of its follow-up as they
    come; `steps`: those of its steps, each with the words of a column of its own that says when."""

    kind: Kind
    number: str
    text: str
    line: int
    printed: str = ""
    last_line: int = 0
    heading: str | None = None
    group: str | None = None
    schedule: Schedule | None = None
    who: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    targets: tuple[Target, ...] = ()
    below: list[Growing] = field(default_factory=list)
    steps: list[tuple[Entry, str | None]] = field(default_factory=list)
    told: list[Entry] = field(default_factory=list)

    def reach(self, line: int) -> None:
        """It goes on to that line."""
        self.last_line = max(self.last_line, line)

    def frozen(self) -> Node:
        return Node(
            self.kind, self.number, self.text, self.printed, self.heading, self.group, self.schedule, tuple(self.who),
            tuple(self.results), self.targets, frozen(self.below),
        )  # fmt: skip


def frozen(growing: Iterable[Growing]) -> tuple[Node, ...]:
    return tuple(each.frozen() for each in growing)


def every(growing: Iterable[Growing]) -> Iterator[Growing]:
    """Each place, before what stands below it."""
    for each in growing:
        yield each
        yield from every(each.below)


def items(growing: Iterable[Growing]) -> Iterator[Growing]:
    return (each for each in every(growing) if each.kind in ITEMS)


def places(growing: Iterable[Growing]) -> dict[str, tuple[int, int]]:
    """Where each place stands, first and last line: by its number; a line of an item by both numbers, `3.1/a`."""
    found: dict[str, tuple[int, int]] = {}
    for each in every(growing):
        if each.kind not in LINES:
            found[each.number] = (each.line, max(each.line, each.last_line))
        if each.kind in ITEMS:
            found |= {f"{each.number}/{line.number}": (line.line, max(line.line, line.last_line)) for line in each.below}
    return found


def same_words(one: str, other: str) -> bool:
    """Whether two titles are one, repeated on another page, perhaps cut or followed by « (suite) »."""
    a, b = (plain(text).removesuffix("suite").removesuffix("continued").strip() for text in (one, other))
    near = len(b) > 12 and (a.startswith(b) or b.startswith(a) or alike(a, b) > _SAME)
    return not b or a == b or (near and _same_numbers(a, b))


def _same_numbers(one: str, other: str) -> bool:
    """Whether two texts count alike as far as both go: « trois rencontres en 2024 » is not repeated by « … en 2025 »."""
    return all(a == b for a, b in zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=False))


def refuse_twice(roots: Iterable[Growing], findings: Findings) -> None:
    """Two items, or two sections, cannot have one number."""
    first: dict[str, Growing] = {}
    for each in every(roots):
        if each.kind in ("activity", "action", "step"):
            continue
        if each.number in first:
            before = first[each.number].line
            findings.refuse(each.line, notices.ItemTwice(number=each.number, first=before, line=each.line))
        first.setdefault(each.number, each)
