"""The axes plan (001): axes, means, activities and expected results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.readings.scores import Score, document, facts, texts
from domain.plan.nodes import Node, items, walk
from services.imports.documents.document import Document
from services.imports.plans.grammar import read_plan

NUMBER = "001"


def measure(seeds: Path) -> list[Score]:
    """Every text, where it hangs, and the period, of the real document."""
    return compare(facts(NUMBER), document(NUMBER, seeds))


def compare(known: dict[str, Any], read_from: Document) -> list[Score]:
    """The same of any document of this family, against its facts."""
    plan = read_plan(read_from)
    means = [each for axis in known["axes"] for each in axis["means"]]
    read = list(items(plan.nodes))
    acts = [act for each in means for act in each["activities"]]
    lines = [line for each in read for line in each.lines]
    return [
        Score(NUMBER, "problems that would refuse it", 0, sum(each.severity == "error" for each in plan.problems), 0),
        texts(NUMBER, "period", [known["meta"]["period"]], [plan.period or ""]),
        texts(NUMBER, "strategic objectives", known["strategic_objectives"], plan.objectives),
        texts(NUMBER, "axes", [each["title"] for each in known["axes"]], _of(plan.nodes, "axis")),
        texts(NUMBER, "means", [each["means"] for each in means], [each.text for each in read]),
        texts(NUMBER, "headings and themes of means", [each.get("theme") or each["section"] or "" for each in means],
              [each.heading or "" for each in read]),
        texts(NUMBER, "activities, as printed", [_printed(each) for each in acts], [each.text for each in lines]),
        texts(NUMBER, "groups of activities", [each.get("group") or "" for each in acts], [each.group or "" for each in lines]),
        texts(NUMBER, "expected results", [each for one in means for each in one["expected_results"]],
              [each for one in read for each in one.results]),
        texts(NUMBER, "results, by means", [" | ".join(each["expected_results"]) for each in means],
              [" | ".join(each.results) for each in read]),
    ]  # fmt: skip


def _of(nodes: tuple[Node, ...], kind: str) -> list[str]:
    return [node.text for node in walk(nodes) if node.kind == kind]


def _printed(activity: dict[str, str]) -> str:
    """The facts correct a slip of the scanner and tell it; a reader keeps what the page prints."""
    text, slip = activity["text"], activity.get("source_text")
    return f"{slip} {text.split(' ', 1)[1]}" if slip else text
