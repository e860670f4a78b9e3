"""The tree of a plan: axes, goals and sections above, the items that are followed, and the lines that say how and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from domain.figures import Target
from domain.time.schedules import Schedule
from domain.values import FreeText

Kind = Literal["axis", "section", "goal", "objective", "means", "item", "activity", "action", "step"]

ITEMS: frozenset[Kind] = frozenset({"objective", "means", "item"})
"""The kinds that are followed: each is a case of `plan_item`, and the lines below it are its tasks."""

LINES: frozenset[Kind] = frozenset({"activity", "action", "step"})
"""The kinds that say how and when: the leaves."""


class Node(Struct, frozen=True, omit_defaults=True):
    """One place of the tree, with what stands below it, in order.

    `number`: by which it is called, unique in its plan (`3`, `3.1.3`, `DS`; of a line, within its item: `a`, `1`), given
    by whoever reads the plan where the page prints none; `printed`: as printed (`3-1.3`, `a.`), empty where nothing is.
    `text`: as written. `heading`: a heading that stands above it in the page (« Main-d’œuvre actuelle »), `group`: a
    run-in label before it (« Jeunes »). `schedule` of a line; `who`: as written; `results`: those expected of an
    item, not of one of its lines."""

    kind: Kind
    number: str
    text: FreeText
    printed: str = ""
    heading: FreeText | None = None
    group: FreeText | None = None
    schedule: Schedule | None = None
    who: tuple[FreeText, ...] = ()
    results: tuple[FreeText, ...] = ()
    targets: tuple[Target, ...] = ()
    nodes: tuple[Node, ...] = ()

    @property
    def followed(self) -> bool:
        return self.kind in ITEMS

    @property
    def lines(self) -> tuple[Node, ...]:
        """The lines right below it."""
        return tuple(node for node in self.nodes if node.kind in LINES)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node, each before what stands below it."""
    for node in nodes:
        yield node
        yield from walk(node.nodes)


def items(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes that are followed as cases, in order."""
    return (node for node in walk(nodes) if node.followed)
