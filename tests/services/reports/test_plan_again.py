"""What is printed of a plan comes in again, and gives the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.values import Lang
from services.home import Home
from services.imports.plans.reading import PlanReading
from services.reading import When
from services.reading.plans import plan as plan_of
from services.reports.asked import Asked
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.plans import enter
from tests.services.reports.again import brought, places, printed, spoken
from tests.services.reports.paper_plans import axes_plan, orientations_plan
from tests.services.reports.plan_trees import FORMS


@pytest.fixture(scope="module")
def home(database_of_module: Urls) -> Iterator[Home]:
    with opened(database_of_module) as home:
        secretary(home)
        yield home


def again(home: Home, key: str, format: str, folder: Path) -> None:
    """Prints a plan, brings what was printed in under another key, and compares."""
    brought(home, printed(home, "plan", Asked(to=key), format, folder), "auto", f"{key}-{format}")
    before, after = plan_of(home, key, When()), plan_of(home, f"{key}-{format}", When())
    assert dict(places(after)) == dict(places(before))
    for name in ("title", "form", "period", "objectives", "preamble", "lists", "items"):
        assert after[name] == before[name], name
    parts = ("what", "state", "by", "on", "words")
    assert [[part[name] for name in parts] for part in after["adoption"]] == [
        [part[name] for name in parts] for part in before["adoption"]
    ]


FEW = settings(max_examples=4, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
KEYS = count(1)


@pytest.mark.parametrize("format", ["docx", "xlsx", "html"])
@pytest.mark.parametrize("form", FORMS)
def test_a_plan_of_any_tree_comes_back_from_what_was_printed(home: Home, tmp_path: Path, form: str, format: str) -> None:
    @FEW
    @given(FORMS[form], st.sampled_from(["fr", "en"]))
    def try_one(made: PlanReading, lang: Lang) -> None:
        key = f"essai-{next(KEYS)}"
        enter(home, key, made)
        brought(home, printed(home, "plan", Asked(to=key, lang=lang), format, tmp_path), "auto", f"{key}-lu")
        before, after = plan_of(home, key, When()), plan_of(home, f"{key}-lu", When())
        told = {path: facts[:-1] for path, facts in places(before)}  # what a state is proposed from is read, not printed
        found = {path: facts[:-1] for path, facts in places(after)}
        assert {path: (told.get(path), found.get(path)) for path in told | found if told.get(path) != found.get(path)} == {}
        for name in ("title", "form", "period", "objectives", "preamble", "lists", "items"):
            assert spoken(after[name]) == spoken(before[name]), name

    try_one()


@pytest.mark.parametrize("make", [axes_plan, orientations_plan], ids=["axes", "orientations"])
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_plan_comes_back_from_what_was_printed(home: Home, tmp_path: Path, make: Any, format: str) -> None:
    made = make()
    if made.form == "axes":  # a sentence that we say of the axes would be its own when it comes back
        made = replace(made, preamble=("Le comité a ciblé deux (2) axes d’intervention :",))
    enter(home, key := f"papier-{next(KEYS)}", made)
    again(home, key, format, tmp_path)
