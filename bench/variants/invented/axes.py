"""Axes plans: axes, means, activities, expected results."""

from __future__ import annotations

from random import Random
from typing import Any

from bench.variants.draft import Draft, Grid
from bench.variants.invented.vocabulary import Words
from bench.variants.invented.work import listed

HEADS = {
    "fr": ("Axe", "Moyens", "Description des activités", "Résultats attendus"),
    "en": ("Axis", "Means", "Activities", "Expected results"),
}
COUNTS = {"fr": ("deux (2)", "trois (3)", "quatre (4)"), "en": ("two (2)", "three (3)", "four (4)")}


def invent(random: Random, language: str) -> Draft:
    """Three or four axes of three or four means."""
    words, begins = Words(random, language), random.randrange(2008, 2024)
    bullet = random.choice(("• {}", "- {}", "list"))
    axes: list[dict[str, Any]] = []
    for number, title in enumerate(words.themes(random.choice((3, 4))), 1):
        axes.append({"number": number, "title": title, "means": [_means(words) for _ in range(random.choice((3, 4)))]})
    objectives = [words.task() + "." for _ in range(3)]
    facts = {"meta": {"period": f"{begins}/{begins + 1}"}, "strategic_objectives": objectives, "axes": axes}
    french = language == "fr"
    blocks: list[str | Grid] = [
        f"{'Plan d’action' if french else 'Action plan'} {begins}-{begins + 1}", "", words.organisation(), "",
        "OBJECTIFS STRATÉGIQUES" if french else "STRATEGIC OBJECTIVES", "", *(f"- {each}" for each in objectives), "",
        f"Pour y arriver, nous avons retenu {COUNTS['fr'][len(axes) - 2]} axes d'intervention :" if french
        else f"To reach these objectives, we chose {COUNTS['en'][len(axes) - 2]} axes:", "",
    ]  # fmt: skip
    blocks += _tables(random, language, axes, bullet)
    return Draft(f"invented-axes-{language}", "axes", facts, tuple(blocks), True, language)


def _means(words: Words) -> dict[str, Any]:
    activities = [{"text": words.task()} for _ in range(words.random.choice((1, 2, 3)))]
    results = [words.result() for _ in range(words.random.choice((1, 1, 2)))]
    return {"means": words.task(), "section": None, "activities": activities, "expected_results": results}


def _tables(random: Random, language: str, axes: list[dict[str, Any]], bullet: str) -> list[str | Grid]:
    """One table per axis, or one of all; the axis in the first cell of its first row."""
    apart = random.random() < 0.6
    word = "Axe" if language == "fr" else "Axis"
    mark = random.choice(("{} {} {}", "{} {} : {}", "{} {} – {}"))
    rows, made = [HEADS[language]], list[str | Grid]()
    for axis in axes:
        for at, each in enumerate(axis["means"]):
            first = mark.format(word, axis["number"], axis["title"]) if not at else ""
            rows.append((first, listed([each["means"]], bullet), listed([one["text"] for one in each["activities"]], bullet),
                         listed(each["expected_results"], bullet)))  # fmt: skip
        if apart:
            made += [Grid(tuple(rows)), ""]
            rows = [HEADS[language]]
    return made if apart else [Grid(tuple(rows))]
