"""A plan as its printed forms take it: its tree, what may be printed of it, and the pieces that all forms share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.case.case import Case
from domain.plan.nodes import walk
from domain.plan.plan import Plan
from projections.phrases.catalogue import N_
from services.reading.names import named
from services.reading.plans import found_plan, nodes_of, whole_row
from services.reports.asked import Ground
from services.reports.printed import Cell, Item, Items, Text
from services.reports.words import written

Node = dict[str, Any]
"""A place of the tree, as `services.reading.plans` tells it."""

WITHHELD = N_("Not for publication")


@dataclass(frozen=True)
class Sheet:
    """One plan at a time. `cases`: number -> case, of what may be printed; `printed`: number -> number as the page had it,
    empty where it had none; `standing`: with the state of each item."""

    on: Ground
    row: Node
    cases: Mapping[str, Case]
    printed: Mapping[str, str]
    standing: bool

    @property
    def title(self) -> str:
        """As written."""
        return str(self.row["title"])

    @property
    def organisation(self) -> str:
        """Whose plan it is, as written, or the body of the directory; nothing where neither is said."""
        body = self.row["body"]
        return str(self.row["author"] or (body["name"] if isinstance(body, dict) else body) or "")

    @property
    def years(self) -> str:
        """« 2012-2015 »; nothing for none."""
        return "-".join(re.findall(r"\d{4}", self.row["period"] or "")[:2])


def sheet_of(on: Ground, key: str, standing: bool = False) -> Sheet:
    """The plan as it stands, or stood. Raises `PlanUnknown`."""
    plan, cases = found_plan(on.home, key, on.when)
    shown = {number: case for number, case in cases.items() if case.visibility == "open"}
    row = whole_row(plan, cases) | {"nodes": nodes_of(on.home, plan, shown, on.lang)}
    return Sheet(on, named(on.home, [row])[0], shown, _printed(plan), standing)


def _printed(plan: Plan) -> dict[str, str]:
    """The numbers as they are printed: those that a reader would not give by itself, even where the page had none."""
    found = {node.number: node.printed for node in walk(plan.nodes)}
    for place in walk(plan.nodes):
        for order, below in enumerate(place.nodes, 1):
            if below.kind == "means" and not below.printed and below.number != f"{place.number}.{order}":
                found[below.number] = below.number
    return found


def wording(sheet: Sheet, node: Node) -> str:
    """The words of a place after its number as printed; of what is not for everybody, that it is not."""
    text = sheet.on.say(WITHHELD) if node["hidden"] else node["text"] or ""
    return f"{number_of(sheet, node)} {text}".strip()


def number_of(sheet: Sheet, node: Node) -> str:
    """« 1.1 », « 3-1.3 », « Axe 2 »; nothing where the page had none, but to tell the state of an item by its number."""
    called = str(node["called"])
    return sheet.printed.get(called, "") or (called if sheet.standing and node["kind"] == "means" else "")


def grouped(nodes: Iterable[Node], above: tuple[Node, ...] = ()) -> Iterator[tuple[tuple[Node, ...], Node | None]]:
    """Each item with the places above it, in the order of the tree; a place without items alone, with none."""
    for node in nodes:
        if node["ref"] is not None:
            yield above, node
        elif node["nodes"]:
            yield from grouped(node["nodes"], (*above, node))
        else:
            yield (*above, node), None


def bullets(texts: Iterable[str], mark: str = "•") -> tuple[Items, ...]:
    """A list of them; nothing for none."""
    items = tuple(Item(written(text)) for text in texts)
    return (Items(items, mark),) if items else ()  # type: ignore[arg-type]  # one of its marks


def cell(text: str, **more: Any) -> Cell:
    """Words as they were written."""
    return Cell((Text(written(text, bold=more.pop("bold", False))),) if text else (), **more)
