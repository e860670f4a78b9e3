"""What is printed of a plan comes in again, and gives the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.plan.nodes import Node
from services.home import Home
from services.imports.plans.reading import FollowUp, StandingList
from services.imports.service import record_import
from services.reading import When
from services.reading.plans import plan as plan_of
from services.reports import registry
from services.reports.asked import Asked
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.plans import enter, reading
from tests.services.reports.paper_plans import axes_plan, orientations_plan, when


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def places(row: dict[str, Any], within: str = "") -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each place of a tree by its path, with all that a page says of it."""
    for node in row["nodes"]:
        path = f"{within}/{node['called']}"
        schedule = node["schedule"] or {}
        told = [(each["text"], each["level"], each["verdict"]) for each in node["follow_ups"]]
        proposal = ((node["case"] or {}).get("proposal") or {}).get("state")
        yield path, (node["kind"], node["number"], node["heading"], node["group"], node["text"], schedule.get("words"),
                     schedule.get("kind"), node["who"], node["results"], told, proposal)  # fmt: skip
        yield from places(node, path)


def again(home: Home, key: str, format: str, folder: Path) -> None:
    """Prints a plan, brings what was printed in under another key, and compares."""
    home.catch_up()
    path = folder / f"{key}.{format}"
    with path.open("wb") as out:
        registry.write(home, "plan", Asked(to=key), format, out)
    result, outcome = record_import(home, secretary(home), path, "auto", f"{key}-{format}", None)
    assert not result.refused, [str(problem.notice) for problem in result.problems]
    home.settle(outcome)
    home.catch_up()
    before, after = plan_of(home, key, When()), plan_of(home, f"{key}-{format}", When())
    assert dict(places(after)) == dict(places(before))
    for name in ("title", "form", "period", "objectives", "preamble", "lists", "items"):
        assert after[name] == before[name], name
    parts = ("what", "state", "by", "on", "words")
    assert [[part[name] for name in parts] for part in after["adoption"]] == [
        [part[name] for name in parts] for part in before["adoption"]
    ]


VERBS = st.sampled_from(["Former", "Réviser", "Publier", "Recenser", "Rencontrer", "Mobiliser", "Produire"])
THINGS = st.sampled_from(["les délégués", "le journal", "la politique d’accueil", "un guide « pratique »", "les 12 comités"])
TIMES = st.sampled_from(["mars 2020", "mandat complet", "décembre 2021", "hiver 2021", "2020-2022"])
TOLD = st.sampled_from([
    FollowUp("Rencontre tenue le 4 mai 2021 avec les comités", "2021-05-04", "le 4 mai 2021"),
    FollowUp("Guide remis à tous les syndicats", None, None),
    FollowUp("Action non réalisée (pandémie)", verdict="Action non réalisée (pandémie)"),
])  # fmt: skip


@st.composite
def work_plans(draw: Any) -> Any:
    sections, follow_ups = [], {}
    for s in range(1, draw(st.integers(1, 3)) + 1):
        items = []
        for i in range(1, draw(st.integers(1, 3)) + 1):
            number = f"{s}.{i}"
            steps = tuple(
                Node("step", str(n), f"{draw(VERBS)} {draw(THINGS)}", schedule=when(draw(TIMES), "2019/2022"))
                for n in range(1, draw(st.integers(1, 3)) + 1)
            )  # fmt: skip
            who = tuple(draw(st.lists(st.sampled_from(["Denis", "Julie", "Anaïs"]), max_size=2, unique=True)))
            items.append(Node("item", number, f"{draw(VERBS)} {draw(THINGS)} {number}", number, who=who, nodes=steps))
            follow_ups[number] = tuple(draw(st.lists(TOLD, max_size=3, unique=True)))
        sections.append(Node("section", str(s), f"Le conseil veut {draw(VERBS).lower()}.", str(s), nodes=tuple(items)))
    return reading(
        organisation="Conseil central", nodes=tuple(sections), follow_ups=follow_ups, proposals={}, places={}, adoption=(),
        lists=(StandingList("Dossiers statutaires", (("Griefs", "Finances"), ("Santé", "Bâtisse"), ("Éducation",))),),
    )  # fmt: skip


FEW = settings(max_examples=3, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_work_plan_comes_back_from_what_was_printed(home: Home, tmp_path: Path, format: str) -> None:
    count = iter(range(100))

    @FEW
    @given(work_plans())
    def try_one(made: Any) -> None:
        key = f"essai-{next(count)}"
        enter(home, key, made)
        home.catch_up()
        path = tmp_path / f"{key}.{format}"
        with path.open("wb") as out:
            registry.write(home, "plan", Asked(to=key), format, out)
        result, outcome = record_import(home, secretary(home), path, "auto", f"{key}-lu", None)
        assert not result.refused
        home.settle(outcome)
        home.catch_up()
        before, after = plan_of(home, key, When()), plan_of(home, f"{key}-lu", When())
        told = {path: facts[:-1] for path, facts in places(before)}  # what a state is proposed from is read, not printed
        assert {path: facts[:-1] for path, facts in places(after)} == told
        assert after["lists"] == before["lists"] and after["title"] == before["title"]

    try_one()


@pytest.mark.parametrize("make", [axes_plan, orientations_plan], ids=["axes", "orientations"])
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_plan_comes_back_from_what_was_printed(home: Home, tmp_path: Path, make: Any, format: str) -> None:
    made = make()
    if format == "xlsx":  # the letters before its paragraphs are words in a cell: docs/reports.md
        made = replace(made, preamble=())
    if made.form == "axes":  # a sentence that we say of the axes would be its own when it comes back
        made = replace(made, preamble=("Le comité a ciblé deux (2) axes d’intervention :",))
    enter(home, "essai", made)
    again(home, "essai", format, tmp_path)
