"""The tree of a plan as its page shows it: headings, items and their lines, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from domain.case.turns import Turn
from domain.time import Edtf, latest
from domain.words import plain
from projections.case_lists import is_final
from projections.phrases.catalogue import N_
from projections.phrases.plans import KINDS
from projections.phrases.progress import write_progress
from projections.phrases.rows import Row, who
from services.reading.plan_sheets import LineTurns, PlanSheet, unmet
from web.pages.plans_filters import Chosen
from web.pages.states import shown_state
from web.rendering import Page, address_of

NAMED = ("axis", "goal")  # whose number alone would not say what they are
DEEPEST = 5  # a heading of HTML
ITEM_ACTS = (
    ("enter-node", "under", N_("Add a line")), ("reword-node", "number", N_("Reword")), ("move-node", "number", N_("Move")),
    ("set-target", "number", N_("Set a target")), ("remove-node", "number", N_("Take it out of the plan")),
)  # fmt: skip
PLACE_ACTS = (
    ("enter-node", "under", N_("Add an item")), ("reword-node", "number", N_("Reword")), ("move-node", "number", N_("Move")),
    ("remove-node", "number", N_("Take it out of the plan")),
)  # fmt: skip
Entry = dict[str, Any]


@dataclass(frozen=True)
class Tree:
    """What the tree is drawn with: the plan, the day that it is read on, whether the reader may act on it."""

    sheet: PlanSheet
    day: date
    writes: bool

    @property
    def place(self) -> str:
        return address_of(self.sheet.row["ref"])


def tree(page: Page, drawn: Tree) -> list[Entry]:
    """Its places in order; `is`: head or item."""
    return [each for node in drawn.sheet.row["nodes"] for each in _branch(page, drawn, node, 2)]


def _branch(page: Page, drawn: Tree, node: Row, level: int) -> Iterator[Entry]:
    if node["ref"] or node["hidden"]:
        yield _item(page, drawn, node, level)
        return
    kind = page.say(KINDS[node["kind"]])
    yield {
        "is": "head", "level": level, "number": node["called"], "text": node["text"], "heading": node["heading"] or "",
        "kind": kind[:1].upper() + kind[1:] if node["kind"] in NAMED else "", "id": f"n-{node['called']}",
        "acts": _acts(page, drawn, PLACE_ACTS, node["called"]),
    }  # fmt: skip
    for below in node["nodes"]:
        yield from _branch(page, drawn, below, min(level + 1, DEEPEST))


def _acts(page: Page, drawn: Tree, acts: Sequence[tuple[str, str, str]], number: str) -> list[dict[str, str]]:
    if not drawn.writes:
        return []
    found = [{"href": page.link(f"{drawn.place}/agir/{verb}", **{name: number}), "words": page.say(words)}
             for verb, name, words in acts]  # fmt: skip
    if acts is ITEM_ACTS:
        words = page.say(N_("Carry over to another plan"))
        found.append({"href": page.link(f"{drawn.place}/reporter", n=number), "words": words})
    return found


def _item(page: Page, drawn: Tree, node: Row, level: int) -> Entry:
    base = {"is": "item", "level": level, "number": node["called"], "heading": node["heading"] or "",
            "group": node["group"] or "", "hidden": node["hidden"], "id": f"n-{node['called']}"}  # fmt: skip
    if node["hidden"]:
        return base | {"names": (), "late": "", "state": None}
    case = node["case"]
    open_ = not is_final(case["workflow"], case["state"])
    lines = [line_model(page, drawn, node, line, open_) for line in node["nodes"]]
    names = dict.fromkeys([*node["who"], who(case["owner"]), *(name for line in node["nodes"] for name in line["who"])])
    late = late_said(page, node["due"], drawn.day) if open_ else ""
    return base | {
        "title": node["text"], "href": page.link(address_of(node["ref"])), "state": shown_state(page, case),
        "proposed": _proposed(page, case), "who": node["who"], "owner": _owner(node, case),
        "due": page.day(node["due"]) if node["due"] and open_ else "",
        "late": late or next((line["late"] for line in lines if line["late"]), ""), "late_item": late,
        "names": [name for name in names if name], "lines": lines, "results": node["results"],
        "targets": [target_said(page, each) for each in node["targets"]],
        "told": [_told(page, each) for each in node["follow_ups"]], "residuals": case["residuals"],
        "acts": _acts(page, drawn, ITEM_ACTS, node["called"]),
        "links": [{"href": page.link(address_of(link["to"])), "words": link["to"]} for link in case["links"]],
    }  # fmt: skip


def _owner(node: Row, case: Row) -> str:
    """Who follows it, if that is not what the plan says already."""
    name = who(case["owner"])
    return "" if plain(name) in {plain(one) for one in node["who"]} else name


def _proposed(page: Page, case: Row) -> str:
    """The state that an import read, which nobody has established."""
    if not case["proposal"] or not page.may("inside"):
        return ""
    return page.say(N_("to establish: {state}"), state=shown_state(page, case["proposal"], case["workflow"]).whole.lower())


def late_said(page: Page, due: str | None, day: date) -> str:
    """« en retard de 12 jours »."""
    end = latest(due) if due else None
    return page.count(N_("{n} day late"), "{n} days late", (day - end).days) if end and end < day else ""


def line_model(page: Page, drawn: Tree, node: Row, line: Row, open_: bool) -> Entry:
    """A line: its letter, what it says, when, how often it was done, and the button that finishes it."""
    turns = drawn.sheet.turns.get((node["called"], line["task"]))
    left, about = open_ and not line["done"], f"{node['called']} {line['number']}"
    return {
        "number": line["number"] if plain(line["number"]) else "–", "text": line["text"], "heading": line["heading"] or "",
        "group": line["group"] or "", "who": line["who"], "owner": who(line["owner"]), "done": line["done"],
        **schedule_model(line["schedule"]),
        "due": page.day(line["due"]) if line["due"] and not line["schedule"] else "",
        "late": late_said(page, line["due"], drawn.day) if left and not turns else "",
        **turns_model(page, turns),
        "turns": (), "acts": (), "waits": "",
        "finish": finish_model(page, node["ref"], line["task"], turns, about) if drawn.writes and left else None,
    }  # fmt: skip


def schedule_model(schedule: Row | None) -> dict[str, str]:
    """The words of the plan, and what they are taken to mean where that says something else."""
    if schedule is None:
        return {"when": "", "meaning": ""}
    words, meaning = schedule["words"], schedule["meaning"] or ""
    same = plain(words) in plain(meaning) or plain(meaning) in plain(words)
    return {"when": words, "meaning": "" if same else meaning}


def turns_model(page: Page, turns: LineTurns | None) -> dict[str, str]:
    """« fait 1 fois sur au moins 2, en septembre 2024 »."""
    if turns is None:
        return {"progress": ""}
    return {"progress": write_progress(turns.progress, page.lang) if turns.progress else ""}


def finish_model(page: Page, ref: str, task: int, turns: LineTurns | None, about: str) -> dict[str, Any] | None:
    """What one press sends: that the line is done, or once more for the turn that is open. Null where no meeting that it
    goes with is announced, or where all that came is done."""
    turn = unmet(turns.turns) if turns else None
    if turns and turns.waits and turn is None:
        return None
    return {
        "action": f"{address_of(ref)}/agir/finish-task", "task": task, "occurrence": turn.period if turn else "",
        "words": page.say(N_("Done: {period}"), period=Edtf(turn.period)) if turn else page.say(N_("Done")),
        "back": page.here(fait=None), "about": about, "id": f"{uuid4()}",
    }  # fmt: skip


def turn_said(page: Page, turn: Turn) -> dict[str, Any]:
    """One turn of a line: its period, how often it was done of how often."""
    return {"period": page.day(turn.period), "met": turn.met,
            "said": page.count(N_("done {n} time"), "done {n} times", turn.done) if turn.done else page.say(N_("not done yet")),
            "due": page.day(turn.due)}  # fmt: skip


def _told(page: Page, told: Row) -> Entry:
    """What was reported of it, with the verdict that stood underlined; the date, where its own words do not say it."""
    verdict = told["verdict"] or ""
    before, found, after = told["text"].partition(verdict) if verdict else (told["text"], "", "")
    return {"before": before, "verdict": found, "after": after, "level": told["level"] or 1,
            "inner": told["audience"] != "assembly",
            "day": page.day(told["occurred"]) if told["occurred"] and not told["words"] else ""}  # fmt: skip


def target_said(page: Page, target: Row) -> str:
    """« présence : un minimum de 30 personnes »; the words alone, where they say what is measured."""
    if plain(target["measures"]) in plain(target["words"]):
        return str(target["words"])
    return page.say(N_("{measures}: {words}"), measures=target["measures"], words=target["words"])


def kept(entries: Sequence[Entry], chosen: Chosen) -> list[Entry]:
    """What is shown of a tree: the items that are meant, and the headings above them."""
    if not chosen.any:
        return list(entries)
    found: list[Entry] = []
    heads: list[Entry] = []
    for each in entries:
        if each["is"] == "head":
            heads = [*(head for head in heads if head["level"] < each["level"]), each]
        elif chosen.takes(each):
            above = [head for head in heads if head["level"] < each["level"]]
            found += [head for head in above if head not in found]
            found.append(each)
    return found
