"""What may stand where in the tree of a plan, and the tree with something entered, moved, reworded or removed.

A plan keeps the frame of its tree: above the items in full, of each item its number and its place. What an item says,
and its lines, its case says: so whoever may not see the case does not read it in the plan either."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from domain.base import blank
from domain.plan import refusals
from domain.plan.nodes import LINES, Node, walk

Nodes = tuple[Node, ...]
MOST, DEEPEST = 5_000, 8
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # what a REF can bear


def frame(nodes: Nodes) -> Nodes:
    """The tree as the plan keeps it: of items only the number and the place, of lines nothing."""
    return tuple(_framed(node) for node in nodes if node.kind not in LINES)


def _framed(node: Node) -> Node:
    if node.followed:
        return Node(node.kind, node.number, "", node.printed, node.heading, node.group)
    return replace(node, nodes=frame(node.nodes))


def refuse_bad_tree(nodes: Nodes) -> None:
    """Raises what keeps the tree from being one: a number twice, something that stands where it cannot, no text."""
    if (found := sum(1 for _ in walk(nodes))) > MOST:
        raise refusals.TooManyPlaces(most=MOST, found=found)
    seen: set[str] = set()
    for node in nodes:
        _check(node, None, seen, 1)


def _check(node: Node, under: Node | None, seen: set[str], depth: int) -> None:
    if depth > DEEPEST:
        raise refusals.TreeTooDeep(most=DEEPEST, number=node.number)
    refuse_misplaced(node, under)
    if blank(node.text):
        raise refusals.TextMissing(number=node.number)
    if node.kind not in LINES:
        if node.number in seen:
            raise refusals.SameNumber(number=node.number)
        seen.add(node.number)
    lines: set[str] = set()
    for below in node.nodes:
        if below.kind in LINES and below.number in lines:
            raise refusals.SameLine(item=node.number, number=below.number)
        lines.add(below.number)
        _check(below, node, seen, depth + 1)


def refuse_misplaced(node: Node, under: Node | None) -> None:
    """Lines stand under items, items under what groups them, or by themselves."""
    if node.kind in LINES:
        if under is None or not under.followed:
            raise refusals.LineElsewhere(number=node.number, under=under.number if under else "—")
        return
    if not _NUMBER.fullmatch(node.number):
        raise refusals.NumberUnfit(number=node.number)
    if under is not None and (under.followed or under.kind in LINES):
        kind = refusals.ItemWithin if node.followed else refusals.PlaceWithin
        raise kind(number=node.number, under=under.number)


def find(nodes: Nodes, number: str) -> Node | None:
    """The place of that number."""
    return next((node for node in walk(nodes) if node.number == number), None)


def above(nodes: Nodes, number: str) -> Node | None:
    """What the place of that number stands under; null at the top."""
    return next((node for node in walk(nodes) if any(below.number == number for below in node.nodes)), None)


def parent_for(nodes: Nodes, number: str) -> Node | None:
    """What something new of that number would stand under by its number: `3.1` for `3.1.4`, if it is there."""
    while "." in number:
        number = number.rpartition(".")[0]
        if (found := find(nodes, number)) and not found.followed:
            return found
    return None


def entered(nodes: Nodes, node: Node, under: str | None, before: str | None) -> Nodes:
    """The tree with one more place: under another, before one of those there, else last."""
    if under is None:
        return _placed(nodes, node, before)
    return changed(nodes, under, lambda parent: replace(parent, nodes=_placed(parent.nodes, node, before)))


def _placed(siblings: Nodes, node: Node, before: str | None) -> Nodes:
    at = next((n for n, one in enumerate(siblings) if one.number == before), len(siblings))
    return (*siblings[:at], node, *siblings[at:])


def refuse_not_beside(siblings: Iterable[Node], number: str, before: str | None) -> None:
    """Raises where `before` is none of those there."""
    known = [node.number for node in siblings if node.number != number]
    if before is not None and before not in known:
        raise refusals.NotBeside(before=before, number=number, known=known)


def changed(nodes: Nodes, number: str, change: Callable[[Node], Node]) -> Nodes:
    """The tree with one place changed; the same tree if there is none of that number."""
    return tuple(
        change(node) if node.number == number else replace(node, nodes=changed(node.nodes, number, change))
        if node.nodes else node
        for node in nodes
    )  # fmt: skip


def without(nodes: Nodes, number: str) -> Nodes:
    """The tree without a place and what stands below it."""
    return tuple(
        replace(node, nodes=without(node.nodes, number)) if node.nodes else node
        for node in nodes if node.number != number
    )  # fmt: skip
