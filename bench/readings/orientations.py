"""The orientations and action plan (002): goals, objectives, actions, and their schedules in machine form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.readings.scores import Score, document, facts, paired, texts
from domain.plan.nodes import walk
from domain.time.schedules import Schedule
from services.imports.documents.document import Document
from services.imports.plans.grammar import read_plan
from services.imports.plans.notices import NumberMended, WhenOtherwise

NUMBER = "002"


def measure(seeds: Path) -> list[Score]:
    """Every text and number, every schedule, the adoption of each part, and what had to be told, of the real document."""
    return compare(facts(NUMBER), document(NUMBER, seeds))


def compare(known: dict[str, Any], read_from: Document) -> list[Score]:
    """The same of any document of this family, against its facts."""
    plan = read_plan(read_from)
    goals = [goal for section in known["sections"] for goal in section["goals"]]
    objectives = [each for goal in goals for each in goal["objectives"]]
    acts = [each for one in objectives for each in one["actions"]]
    found = {
        kind: [node for node in walk(plan.nodes) if node.kind == kind]
        for kind in ("section", "goal", "objective", "action")
    }
    actions = found["action"]
    meta = known["meta"]
    adoption = [f"{each.what} {each.state} {each.by} {each.on}" for each in plan.adoption]
    told = [type(each.notice) for each in plan.problems]
    keys = ([each["text"] for each in acts], [each.text for each in actions])
    return [
        Score(NUMBER, "problems that would refuse it", 0, sum(each.severity == "error" for each in plan.problems), 0),
        texts(NUMBER, "title and period", [meta["title"], meta["period"]], [plan.title, plan.period or ""]),
        texts(NUMBER, "adoption of each part", _adoption(meta), adoption),
        texts(NUMBER, "sections", _called(known["sections"], "title"), [f"{x.number} {x.text}" for x in found["section"]]),
        texts(NUMBER, "goals", _called(goals, "text"), [f"{each.number} {each.text}" for each in found["goal"]]),
        texts(NUMBER, "objectives", _called(objectives, "text"), [f"{x.number} {x.text}" for x in found["objective"]]),
        texts(NUMBER, "actions", [f"{x['letter']} {x['text']}" for x in acts], [f"{x.number} {x.text}" for x in actions]),
        texts(NUMBER, "words of schedules", [each["schedule_text"] for each in acts],
              [each.schedule.words if each.schedule else "" for each in actions]),
        paired(NUMBER, "schedules in machine form", [each["schedule"] | {"words": each["schedule_text"]} for each in acts],
               [each.schedule for each in actions], _same, keys=keys),
        Score(NUMBER, "numbers mended, and told", sum("printed_number" in x for x in objectives), told.count(NumberMended),
              sum("printed_number" in x for x in objectives)),
        Score(NUMBER, "conflicts of text and column, told", sum("conflict" in x for x in acts), told.count(WhenOtherwise),
              sum("conflict" in x for x in acts)),
    ]  # fmt: skip


def _adoption(meta: dict[str, Any]) -> list[str]:
    of, plan = meta["orientations"], meta["plan"]
    return [
        f"orientations {of['state']} {of['adopted_at']} {of['adopted_on']}",
        f"plan {plan['state']} {plan['for_adoption_at']} {plan['for_adoption_on']}",
    ]


def _called(each: list[dict[str, Any]], text: str) -> list[str]:
    return [f"{one['number']} {one[text]}" for one in each]


def _same(known: dict[str, Any], read: Schedule) -> bool:
    """Kind, date (as said and as inferred), rhythm, body."""
    return (
        read.kind == known["type"]
        and _same_date(known, read)
        and read.rrule == known.get("rrule")
        and (read.upon.what if read.upon else None) == known.get("body")
    )


def _same_date(known: dict[str, Any], read: Schedule) -> bool:
    """A season is compared by its code and by the year in which it begins: the facts and an organisation may count its days
    by other tables."""
    season, inferred = known.get("edtf_season_code"), known.get("edtf_inferred")
    if season and inferred:
        return (read.said, read.edtf) == (f"XXXX-{season}", f"{inferred[:4]}-{season}")
    if inferred:
        return (read.said, read.edtf) == (known["edtf"], inferred)
    return known.get("edtf") in (None, read.edtf)
