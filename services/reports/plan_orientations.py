"""The form of orientations with their plan of action: goals, objectives, lettered actions and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from projections.phrases.catalogue import N_
from projections.phrases.typography import NO_BREAK
from services.reports.plan_front import adoption_of
from services.reports.plan_sheet import Node, Sheet, cell, grouped, number_of, wording
from services.reports.printed import Block, Cell, Row, Table

ORIENTATIONS, PLAN = N_("OUR ORIENTATIONS"), N_("OUR PLAN OF ACTION")
HEADS = (N_("GOALS"), N_("OBJECTIVES"), N_("ACTIONS"), N_("DEADLINE/FREQUENCY"))
WIDTHS = (2.2, 3.0, 3.9, 2.7)
SHORT = 1_200  # letters of the actions of an objective, up to which they stay on one page
ENDS = (".", ";", "!", "?", "…", ":")

Placed = tuple[tuple[Node, ...], Node | None]


def orientations(sheet: Sheet) -> Iterator[Block]:
    """A table for each section, under a head of two levels."""
    heads = _heads(sheet)
    for section, items in groupby(grouped(sheet.row["nodes"]), key=lambda one: _section(one[0])):
        rows = [Row((cell(_titled(sheet, section)),), whole=True)] if section else []
        for _, told in groupby(items, key=lambda one: one[0][-1]["called"] if one[0] else None):
            rows += _goal(sheet, section, list(told))
        yield Table(sheet.title, heads, rows, WIDTHS)


def _section(above: tuple[Node, ...]) -> Node | None:
    """The place at the top, unless it is a goal itself."""
    return above[0] if above and above[0]["kind"] != "goal" else None


def _titled(sheet: Sheet, section: Node) -> str:
    """« 1 : VIE SYNDICALE »."""
    number = number_of(sheet, section)
    return f"{number}{NO_BREAK}: {section['text']}" if number else str(section["text"])


def _heads(sheet: Sheet) -> tuple[Row, ...]:
    said = {part["what"]: adoption_of(sheet, part) for part in sheet.row["adoption"]}
    above = []
    for name, what in ((ORIENTATIONS, "orientations"), (PLAN, "plan")):
        told = f"{sheet.on.say(name)} {sheet.years}".strip()
        above.append(cell(f"{told} ({said[what]})" if said.get(what) else told, across=2, header=True))
    return Row(tuple(above)), Row(tuple(cell(sheet.on.say(name), header=True) for name in HEADS))


def _goal(sheet: Sheet, section: Node | None, items: Sequence[Placed]) -> list[Row]:
    """The rows of a goal, said once over all of them; those of each objective, the same."""
    (above, _), *_ = items
    goal = above[-1] if above and above[-1] is not section else None
    rows: list[Row] = []
    for _, objective in items:
        rows += [Row((cell(""), cell(""), cell("")))] if objective is None else _objective(sheet, objective)
    first = cell(wording(sheet, goal) if goal else "", down=len(rows))
    return [Row((first, *rows[0].cells)), *rows[1:]]


def _objective(sheet: Sheet, objective: Node) -> list[Row]:
    """A row for each action, so that its letter stands beside that of its time."""
    actions = objective["nodes"]
    short = sum(len(action["text"]) for action in actions) < SHORT and len(actions) > 1
    first = cell(wording(sheet, objective), down=max(1, len(actions)), together=short)
    if not actions:
        return [Row((first, cell(""), cell("")))]
    ends = [*[sheet.on.semicolon] * (len(actions) - 1), ""]
    rows = [(_action(action, end), _time(action)) for action, end in zip(actions, ends, strict=True)]
    return [Row((first, *rows[0])), *map(Row, rows[1:])]


def _action(action: Node, end: str) -> Cell:
    text = f"{action['number'] or ''} {action['text']}".strip()
    return cell(text if text.endswith(ENDS) else text + end)


def _time(action: Node) -> Cell:
    if action["schedule"] is None:
        return cell("")
    return cell(f"{action['number'] or ''} {action['schedule']['words']}".strip())
