"""A small plan, as a grammar would read it, and what tests do with it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import SuiviError
from domain.figures import Figure, Target
from domain.plan.nodes import Node
from domain.time.schedules import Context, Schedule, read_schedule
from domain.values import Evidence, Proposal
from services import reading as of_home
from services.execute import Outcome, Work, commit
from services.home import Home
from services.imports.plans.reading import Adoption, FollowUp, PlanReading, StandingList
from services.plans.recording import Recorded, create_plan
from services.reading import When
from services.reading.plans import ordered
from services.reading.plans import plan as plan_of
from services.reading.plans import plans as plans_of
from tests.homes import do, secretary


def when(words: str) -> Schedule:
    """What a plan of 2019-2022 says of time."""
    return read_schedule(words, Context(period="2019/2022", reference="2019-11"))[0].schedule


STUDIO = Node(
    "item", "1.3", "Mettre en place une salle d’enregistrement", "1.3", who=("Julie Roy",),
    nodes=(
        Node("step", "1", "Évaluer les besoins", "-", schedule=when("février 2020")),
        Node("step", "2", "Offrir des formations", "-", schedule=when("mandat complet")),
    ),
)  # fmt: skip
MEETINGS = Node(
    "item", "1.4", "Assurer une présence aux assemblées", "1.4", who=("Denis",), results=("Des syndicats présents",),
    targets=(Target(Figure("présence", "un minimum de 30 personnes", None, "at_least")),),
)  # fmt: skip
ORPHAN = Node("item", "DS", "Dossier spécial", "")
TREE = (
    Node("section", "1", "Développer la solidarité", "1", nodes=(STUDIO, MEETINGS)),
    Node("section", "2", "Soutenir la vie syndicale", "2", nodes=(Node("item", "2.1", "Tenir une tournée", "2.1"),)),
    ORPHAN,
)
TOLD = FollowUp("La salle est aménagée (mars 2022)", "2022-03", "mars 2022", 1, "La salle est aménagée", 12)
DONE = Proposal("done", (Evidence("La salle est aménagée", 12, 12),), "high", completion="partial")


def reading(**changed: Any) -> PlanReading:
    """The plan as read."""
    usual: dict[str, Any] = {
        "title": "Plan de travail 2019-2022", "form": "work", "period": "2019/2022", "organisation": "Conseil central",
        "nodes": TREE, "follow_ups": {"1.3": (TOLD, FollowUp("Promotion à venir", level=2, line=13))},
        "proposals": {"1.3": DONE}, "lists": (StandingList("Dossiers statutaires", (("Griefs",), ("Finances",))),),
        "adoption": (Adoption("plan", "adopted", "Congrès", "2019-06-15", "Adopté au Congrès du 15 juin 2019", 2),),
        "places": {"1.3": (5, 14), "1.4": (15, 18)},
    }  # fmt: skip
    return PlanReading(**usual | changed)


def enter(home: Home, key: str = "ccsne-2019", plan: PlanReading | None = None) -> tuple[Recorded, Outcome]:
    """Records the plan; without an import, the secretary vouches for it."""
    made: list[Recorded] = []

    def decide(work: Work) -> None:
        made.append(create_plan(work, plan or reading(), key))

    outcome = commit(home.store, secretary(home), {"plan": key}, decide)
    home.settle(outcome)
    return made[-1], outcome


REF = "plan:ccsne-2019"


def plan(home: Home, ref: str, when: When) -> dict[str, Any]:
    home.catch_up()
    return plan_of(home, ref, when)


def plans(home: Home, when: When) -> list[dict[str, Any]]:
    home.catch_up()
    return plans_of(home, when)


def case(home: Home, ref: str, when: When) -> dict[str, Any]:
    home.catch_up()
    return of_home.case(home, ref, when)


def history(home: Home, ref: str, when: When, lang: str) -> list[dict[str, Any]]:
    home.catch_up()
    return of_home.history(home, ref, when, lang)


def refused(home: Home, ref: str, verb: str, **facts: Any) -> SuiviError:
    before = size(home)
    with pytest.raises(SuiviError) as refusal:
        do(home, ref, verb, **facts)
    assert size(home) == before
    return refusal.value


def size(home: Home) -> int:
    row = home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    assert row
    return int(row[0])


def node(home: Home, called: str, when: When | None = None) -> dict[str, Any]:
    (found,) = [each for each in ordered(plan(home, REF, when or When())["nodes"]) if each["called"] == called and each["ref"]]
    return found
