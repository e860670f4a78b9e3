"""A case as of a day, folded the simplest way from its stored JSON; nothing here is asked of the domain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

PAUSED = ("postponed", "blocked")
WHATEVER_THE_DAY = ("CaseRestricted", "CaseWithdrawn")

LAST: dict[str | None, date | None] = {
    None: None,
    "2023-05-13": date(2023, 5, 13),
    "2023-06~": date(2023, 6, 30),
    "2023?": date(2023, 12, 31),
    "2023-23": date(2023, 12, 20),
    "2023-24": date(2024, 3, 19),
    "2023-06/2023-08": date(2023, 8, 31),
    "2023-07-XX": date(2023, 7, 31),
    "../2023-07-04": date(2023, 7, 4),
    "{2023-06-17,2023-07-21}": date(2023, 7, 21),
    "201X": date(2019, 12, 31),
    "2024": date(2024, 12, 31),
    "2024-02-10": date(2024, 2, 10),
    "2022/..": None,
    "XXXX-09": None,
}
"""The last day of each date that the histories use; none: as if undated."""


class Line(NamedTuple):
    """One stored event: its place in its stream and in the log, and the local day on which it was recorded."""

    version: int
    position: int
    topic: str
    facts: dict[str, Any]
    recorded: date


def day_of(line: Line) -> date:
    """The latest day on which it may have happened, but not after its document, else its recording."""
    limit = LAST.get((line.facts.get("source") or {}).get("reference")) or line.recorded
    last = LAST[line.facts.get("occurred")]
    return limit if last is None or last > limit else last


def amended(lines: Sequence[Line]) -> list[Line]:
    """What stands, with its right facts: whatever the day asked about, it is what is known."""
    gone = [line.facts["version"] for line in lines if line.topic == "FactRetracted"]
    right = {line.version: line._replace(facts=deepcopy(line.facts)) for line in lines}
    for line in lines:
        if line.topic == "FactCorrected" and line.version not in gone:
            facts = right[line.facts["version"]].facts
            for name, value in line.facts["facts"].items():
                facts[name] = facts[name] | value if name == "titles" else value
    return [line for n, line in right.items() if n not in gone and line.topic not in ("FactCorrected", "FactRetracted")]


def naive(lines: Sequence[Line], known: int, as_of: date) -> dict[str, Any]:
    """How the case stood on the day, by what the log held up to the position."""
    case: dict[str, Any] = {
        "parts": {}, "title": "", "text": None, "owner": None, "due": None, "visibility": "open", "notes": [],
        "tasks": {}, "referrals": [], "proposals": [], "links": [], "postponements": [], "residuals": [],
    }  # fmt: skip
    for line in amended([line for line in lines if line.position <= known]):
        if line.topic in WHATEVER_THE_DAY or day_of(line) <= as_of:
            apply(case, line.topic, json.loads(json.dumps(line.facts)))
    return case


def apply(case: dict[str, Any], topic: str, facts: dict[str, Any]) -> None:
    for label, state in (facts.get("parts", {}) if topic != "CaseAdopted" else {}).items():
        move(case, topic, facts, label, state)
    match topic:
        case "CaseAdopted":
            case["parts"] = {limb["label"]: ["adopted", "adopted", None] for limb in facts["parts"]}
            case["title"] = " – ".join(facts["titles"][n] for n in facts["numbers"])
            case["text"] = facts.get("text")
        case "CaseReworded":
            case["text"] = facts["text"]
        case "CaseStateProposed":
            case["proposals"] = [(p.get("part"), p["state"]) for p in facts["proposals"]]
        case "CaseNoted":
            case["notes"].append(facts["text"])
        case "CaseAssigned":
            case["owner"] = facts["owner"]["id"]
        case "CaseDueSet":
            case["due"] = facts["due"]
        case "TaskAdded":
            case["tasks"][facts["number"]] = False
        case "TaskFinished" if facts["task"] in case["tasks"]:
            case["tasks"][facts["task"]] = True
        case "CaseRestricted":
            case["visibility"] = facts["visibility"]
        case "CaseReferred":
            case["referrals"].append(facts.get("due"))
        case "CasePostponed":
            case["postponements"].append(facts["until"])
        case "CaseCompleted":
            case["residuals"] += facts.get("residuals", [])
        case "CaseCarriedOver" | "CaseSuperseded":
            case["links"].append(facts.get("to") or facts.get("by"))


def move(case: dict[str, Any], topic: str, facts: dict[str, Any], label: str, state: str) -> None:
    """A part goes to a state, if this reading has the part; pending proposals of it, and of the whole, are over."""
    case["proposals"] = [(part, to) for part, to in case["proposals"] if part and part not in facts["parts"]]
    if label not in case["parts"]:
        return
    before = case["parts"][label][1]
    if state not in PAUSED:
        before = state
    elif topic == "CaseConfirmed":
        before = "in_progress"
    done = facts.get("completions", {}).get(label, facts.get("completion")) if state == "done" else None
    case["parts"][label] = [state, before, done]
