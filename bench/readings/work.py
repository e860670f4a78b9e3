"""The work plan (003): items, steps with their due times, who, follow-ups with their days, outcomes as states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.readings.scores import Score, document, facts, paired, texts
from domain.plan.nodes import Node, items, walk
from domain.values import Proposal
from services.imports.documents.document import Document
from services.imports.plans.grammar import read_plan
from services.imports.plans.reading import FollowUp, PlanReading

NUMBER = "003"
STATES = {
    "done": ("done", "full"),
    "partly_done": ("done", "partial"),
    "ongoing": ("in_progress", None),
    "not_done": ("not_done", None),
    "carried_over": ("carried_over", None),
}
KINDS = {"deadline": "once", "period": "once", "whole_mandate": "continuous", "rest_of_mandate": "continuous"}


def measure(seeds: Path) -> list[Score]:
    """Every text and number, every due time, every follow-up, and the lists beside the plan, of the real document."""
    return compare(facts(NUMBER), document(NUMBER, seeds))


def compare(known: dict[str, Any], read_from: Document) -> list[Score]:
    """The same of any document of this family, against its facts."""
    plan = read_plan(read_from)
    listed = [each for section in known["sections"] for each in section["items"]]
    read = list(items(plan.nodes))
    return [
        texts(NUMBER, "title and period", [known["meta"]["title"], known["meta"]["period"]], [plan.title, plan.period or ""]),
        texts(NUMBER, "sections", [f"{each['number'] or ''} {each['title']}" for each in known["sections"]],
              [f"{each.printed} {each.text}" for each in walk(plan.nodes) if each.kind == "section"]),
        texts(NUMBER, "items", [f"{each['number']} {each['title']}" for each in listed],
              [f"{each.number} {each.text}" for each in read]),
        texts(NUMBER, "who", [each["who"] for each in listed], [", ".join(each.who) for each in read]),
        Score(NUMBER, "problems that would refuse it", 0, sum(each.severity == "error" for each in plan.problems), 0),
        *_steps(listed, read),
        *_follow_ups(listed, read, plan),
        paired(NUMBER, "outcomes, as states", listed, [plan.proposals.get(each.number) for each in read], _outcome, _state),
        *(_list(known[key], [each.columns for each in plan.lists][at : at + 1], key)
          for at, key in enumerate(("statutory_files", "delegations"))),
    ]  # fmt: skip


def _steps(listed: list[dict[str, Any]], read: list[Node]) -> list[Score]:
    steps = [step for each in listed for step in each["how_when"]]
    lines = [line for each in read for line in each.lines]
    return [
        texts(NUMBER, "how-and-when lines", [each["text"] for each in steps], [each.text for each in lines]),
        texts(NUMBER, "words of due times", [each["due_text"] for each in steps],
              [each.schedule.words if each.schedule else "" for each in lines]),
        paired(NUMBER, "due times in machine form", steps, lines, _due, _step,
               ([each["text"] for each in steps], [each.text for each in lines])),
    ]  # fmt: skip


def _follow_ups(listed: list[dict[str, Any]], read: list[Node], plan: PlanReading) -> list[Score]:
    told = [each for one in listed for each in one["follow_ups"]]
    found = [each for one in read for each in plan.follow_ups.get(one.number, ())]
    keys = ([each["text"] for each in told], [each.text for each in found])
    return [
        texts(NUMBER, "follow-ups", [each["text"] for each in told], [each.text for each in found]),
        texts(NUMBER, "follow-ups, how many by item", [f"{each['number']}: {len(each['follow_ups'])}" for each in listed],
              [f"{each.number}: {len(plan.follow_ups.get(each.number, ()))}" for each in read]),
        paired(NUMBER, "their days", told, found, _day, _told, keys),
        paired(NUMBER, "their levels", told, found, lambda one, other: one.get("level", 1) == other.level, _told, keys),
        paired(NUMBER, "underlined verdicts", told, found,
               lambda one, other: ("emphasis" in one) == (other.verdict is not None), _told, keys),
    ]  # fmt: skip


def _due(known: dict[str, Any], read: Node) -> bool:
    schedule = read.schedule
    return schedule is not None and (schedule.edtf, schedule.kind) == (known["due_edtf"], KINDS[known["due_type"]])


def _step(each: dict[str, Any] | Node) -> str:
    if isinstance(each, Node):
        return f"{each.schedule.edtf if each.schedule else None}"
    return f"{each['text']} ({each['due_text']}): {each['due_edtf']}"


def _day(known: dict[str, Any], read: FollowUp) -> bool:
    return bool(known["date_edtf"] == (read.occurred or read.planned))


def _told(each: dict[str, Any] | FollowUp) -> str:
    if isinstance(each, FollowUp):
        return f"{each.occurred or each.planned}"
    return f"{each['text'][:70]}: {each['date_edtf']}"


def _outcome(known: dict[str, Any], read: Proposal) -> bool:
    return STATES[known["outcome"]] == (read.state, read.completion)


def _state(each: dict[str, Any] | Proposal) -> str:
    return (
        f"{each.state} {each.completion or ''}"
        if isinstance(each, Proposal)
        else f"{each['number']}: {each['outcome']}"
    )


def _list(known: dict[str, Any], read: list[tuple[tuple[str, ...], ...]], key: str) -> Score:
    columns = read[0] if read else ()
    return texts(NUMBER, key.replace("_", " "), [each for column in known["columns"] for each in column],
                 [each for column in columns for each in column])  # fmt: skip
