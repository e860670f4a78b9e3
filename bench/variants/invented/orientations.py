"""Orientations plans: sections, goals, objectives, lettered actions and their schedules."""

from __future__ import annotations

from random import Random
from typing import Any

from bench.variants.draft import Draft, Grid
from bench.variants.invented.vocabulary import Words

HEADS = {
    "fr": ("BUTS", "OBJECTIFS", "ACTIONS", "ÉCHÉANCE/FRÉQUENCE"),
    "en": ("GOALS", "OBJECTIVES", "ACTIONS", "DEADLINE/FREQUENCY"),
}
PLAIN: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "fr": (
        ("Au besoin", {"type": "as_needed"}),
        ("Continue", {"type": "continuous"}),
        ("Annuellement", {"type": "recurring", "rrule": "FREQ=YEARLY"}),
        ("Mensuellement", {"type": "recurring", "rrule": "FREQ=MONTHLY"}),
        ("Chaque trimestre", {"type": "recurring", "rrule": "FREQ=MONTHLY;INTERVAL=3"}),
        ("À chacun des CA", {"type": "per_meeting", "body": "CA"}),
    ),
    "en": (
        ("As needed", {"type": "as_needed"}),
        ("Ongoing", {"type": "continuous"}),
        ("Annually", {"type": "recurring", "rrule": "FREQ=YEARLY"}),
        ("Monthly", {"type": "recurring", "rrule": "FREQ=MONTHLY"}),
        ("Quarterly", {"type": "recurring", "rrule": "FREQ=MONTHLY;INTERVAL=3"}),
    ),
}


def invent(random: Random, language: str) -> Draft:
    """Two or three sections, each with a goal or two of two or three objectives."""
    words, begins = Words(random, language), random.randrange(2009, 2024)
    ends, adopted = begins + 3, words.day(begins)
    sections: list[dict[str, Any]] = []
    for number, theme in enumerate(words.themes(random.choice((2, 3))), 1):
        goals = [_goal(words, f"{number}.{at}", begins, ends) for at in range(1, random.choice((2, 3)))]
        sections.append({"number": str(number), "title": theme.upper(), "goals": goals})
    french, period = language == "fr", f"{begins}-{ends}"
    title = f"ORIENTATIONS ET PLAN D'ACTION {period}" if french else f"DIRECTIONS AND ACTION PLAN {period}"
    meta = {"title": title, "period": f"{begins}/{ends}",
            "orientations": {"state": "adopted", "adopted_at": "Congrès" if french else "Convention", "adopted_on": adopted[1]},
            "plan": {"state": "adopted", "for_adoption_at": "Congrès" if french else "Convention",
                     "for_adoption_on": adopted[1]}}  # fmt: skip
    said = f"(Adoptés au Congrès du {adopted[0]})" if french else f"(Adopted at the Convention of {adopted[0]})"
    blocks: list[str | Grid] = [words.organisation(), "", title, said, ""]
    for section in sections:
        blocks += [_table(section, language, random.random() < 0.5), ""]
    facts = {"meta": meta, "sections": sections}
    return Draft(f"invented-orientations-{language}", "orientations", facts, tuple(blocks), True, language)


def _goal(words: Words, number: str, begins: int, ends: int) -> dict[str, Any]:
    objectives = []
    for at in range(1, words.random.choice((3, 4))):
        actions = []
        for letter in "abc"[: words.random.choice((1, 2, 3))]:
            said, schedule = _schedule(words, begins, ends)
            actions.append({"letter": letter, "text": words.task(), "schedule_text": said, "schedule": schedule})
        objectives.append({"number": f"{number}.{at}", "text": words.task(), "actions": actions})
    return {"number": number, "text": words.task(), "objectives": objectives}


def _schedule(words: Words, begins: int, ends: int) -> tuple[str, dict[str, Any]]:
    if words.random.random() < 0.4:
        said, edtf = words.month(words.random.randrange(begins + 1, ends))
        return said.capitalize(), {"type": "once", "edtf": edtf}
    said, schedule = words.random.choice(PLAIN[words.language])
    return said, schedule | ({"edtf": f"{begins}/{ends}"} if schedule["type"] == "continuous" else {})


def _table(section: dict[str, Any], language: str, breaks: bool) -> Grid:
    between = "<br>" if breaks else " "
    rows = [HEADS[language], (f"{section['number']} : {section['title']}", "", "", "")]
    for goal in section["goals"]:
        for at, each in enumerate(goal["objectives"]):
            said = between.join(f"{one['letter']}. {one['text']};" for one in each["actions"])
            when = between.join(f"{one['letter']}. {one['schedule_text']}" for one in each["actions"])
            first = f"{goal['number']} {goal['text']}" if not at else ""
            rows.append((first, f"{each['number']} {each['text']}", said, when))
    return Grid(tuple(rows))
