"""Work plans: sections, items, steps with their due times, who, follow-ups."""

from __future__ import annotations

from random import Random
from typing import Any

from bench.variants.draft import Draft, Grid
from bench.variants.invented.vocabulary import Words

HEADS = {"fr": ("QUOI", "COMMENT et QUAND", "QUI", "SUIVI"), "en": ("WHAT", "HOW AND WHEN", "WHO", "FOLLOW-UP")}
OUTCOMES = {
    "fr": {
        "done": ("Mandat réalisé", "Réalisé"),
        "partly_done": ("Action partiellement réalisée", "Mandat partiellement réalisé"),
        "not_done": ("Action non réalisée (manque de budget)", "Non réalisé"),
        "carried_over": ("Action reportée au prochain mandat",),
    },
    "en": {
        "done": ("Completed",),
        "partly_done": ("Partly completed",),
        "not_done": ("Not completed (lack of budget)", "Not done"),
        "carried_over": ("Carried over to the next term",),
    },
}


def invent(random: Random, language: str) -> Draft:
    """Three sections of three or four items."""
    words, begins = Words(random, language), random.randrange(2014, 2023)
    ends = begins + random.choice((2, 3))
    bullet = random.choice(("- {}", "• {}", "list"))
    sections: list[dict[str, Any]] = []
    for number, theme in enumerate(words.themes(3), 1):
        title = f"{theme}." if random.random() < 0.5 else theme
        items = [_item(words, f"{number}.{at}", begins, ends) for at in range(1, random.choice((4, 5)))]
        sections.append({"number": str(number), "title": title, "items": items})
    title = f"{'Plan de travail' if language == 'fr' else 'Work plan'} {begins}-{ends}"
    facts = {"meta": {"title": title, "period": f"{begins}/{ends}"}, "sections": sections,
             "statutory_files": {"columns": []}, "delegations": {"columns": []}}  # fmt: skip
    blocks: list[str | Grid] = [words.organisation(), "", title, ""]
    for section in sections:
        rows: list[tuple[str, ...]] = [HEADS[language], (f"{section['number']}. {section['title']}", "", "", "")]
        rows += [_row(item, bullet) for item in section["items"]]
        blocks += [Grid(tuple(rows)), ""]
    return Draft(f"invented-work-{language}", "work", facts, tuple(blocks), True, language)


def _item(words: Words, number: str, begins: int, ends: int) -> dict[str, Any]:
    random, language = words.random, words.language
    steps = []
    for _ in range(random.choice((1, 2, 3))):
        said, edtf = words.month(random.randrange(begins, ends))
        whole = random.random() < 0.25
        due = ("mandat complet" if language == "fr" else "entire term", f"{begins}/{ends}", "whole_mandate")
        words_of, edtf, kind = due if whole else (said, edtf, "deadline")
        steps.append({"text": words.task(), "due_text": words_of, "due_edtf": edtf, "due_type": kind})
    outcome = random.choice(list(OUTCOMES[language]))
    verdict = random.choice(OUTCOMES[language][outcome])
    day, edtf = words.day(random.randrange(begins, ends))
    told = f"Présentation au conseil du {day}" if language == "fr" else f"Presented to the council on {day}"
    follow_ups: list[dict[str, Any]] = (
        [{"text": told, "date_edtf": edtf}] if outcome not in ("not_done", "carried_over") else []
    )
    follow_ups.append({"text": verdict, "date_edtf": None, "emphasis": verdict})
    return {"number": number, "title": words.task(), "how_when": steps, "who": words.person(), "follow_ups": follow_ups,
            "outcome": outcome}  # fmt: skip


def _row(item: dict[str, Any], bullet: str) -> tuple[str, ...]:
    steps = [f"{step['text']} ({step['due_text']})" for step in item["how_when"]]
    told = [f"<u>{one['text']}</u>" if "emphasis" in one else one["text"] for one in item["follow_ups"]]
    return f"{item['number']} {item['title']}", listed(steps, bullet), item["who"], listed(told, bullet)


def listed(lines: list[str], bullet: str) -> str:
    """The lines of a cell: as a list, or each with its mark."""
    if bullet == "list":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return "<br>".join(bullet.format(line) for line in lines)
