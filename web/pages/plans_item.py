"""An item of a plan on the page of its case: its plan, its lines with their turns, what is expected of it."""

from __future__ import annotations

from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.plan_sheets import PlanSheet
from services.reading.sheets import CaseSheet
from web.pages.plans_tree import Tree, line_model, target_said, turn_said
from web.rendering import Page, address_of


def item_model(page: Page, home: Home, sheet: CaseSheet) -> dict[str, Any] | None:
    """What the plan says of a case; null of one that is of no plan."""
    if sheet.item is None:
        return None
    row, number = sheet.row, sheet.row["numbers"][0]
    place = address_of(f"plan:{row['home']}")
    writes = page.may("write") and not page.past
    open_ = not row["final"]
    turns = {(number, task): each for task, each in sheet.turns.items()}
    drawn = Tree(PlanSheet({"ref": f"plan:{row['home']}"}, turns), day_of_reading(home, page.when), writes)
    node = sheet.item | {"ref": row["ref"], "called": number}
    return {
        "plan": sheet.assembly, "href": page.link(place) + f"#n-{number}", "who": sheet.item["who"],
        "results": sheet.item["results"], "targets": [target_said(page, each) for each in sheet.item["targets"]],
        "lines": [_line(page, drawn, node, line, open_) for line in sheet.item["nodes"]],
        "add": page.link(f"{place}/agir/enter-node", under=number, retour=page.path) if writes and open_ else "",
        "target": page.link(f"{place}/agir/set-target", number=number, retour=page.path) if writes and open_ else "",
    }  # fmt: skip


def _line(page: Page, drawn: Tree, node: Row, line: Row, open_: bool) -> dict[str, Any]:
    """A line with each of its turns, and where it is changed."""
    turns = drawn.sheet.turns.get((node["called"], line["task"]))
    asked = {"number": node["called"], "line": line["called"], "retour": page.path}
    acts = [
        {"words": page.say(words), "href": page.link(f"{drawn.place}/agir/{verb}", **asked), "about": line["called"]}
        for verb, words in (("reword-node", N_("Reword")), ("remove-node", N_("Take it out of the plan")))
        if drawn.writes and open_ and line["called"]
    ]  # fmt: skip
    told = [turn_said(page, turn) for turn in turns.turns] if turns else []
    waits = turns.waits if turns and turns.waits and not turns.turns else ""
    return line_model(page, drawn, node, line, open_) | {
        "turns": told, "acts": acts,
        "waits": page.say(N_("No meeting that it goes with is announced: {what}."), what=waits) if waits else "",
    }  # fmt: skip
