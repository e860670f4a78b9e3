"""What may happen to a plan and to its items, for the sentences."""

from __future__ import annotations

from decimal import Decimal

from domain.base import Event
from domain.case.events import CaseAdopted, CaseTargetSet
from domain.case.tasks import TaskAdded, TaskDropped, TaskReworded
from domain.figures import Figure, Target
from domain.plan import events
from domain.plan.nodes import Node
from domain.plan.values import Adoption, StandingList
from domain.time.schedules import Schedule
from domain.values import Limb
from tests.projections.named import CASE, COMMITTEE, PLAN

FEBRUARY = Schedule(words="février 2020", kind="once", edtf="2020-02", said="2020-02")
TARGET = Target(Figure("présence", "un minimum de 30 personnes", Decimal(30), "at_least", "personnes"))
ITEM = CaseAdopted(
    workflow="plan_item.v1", initial="adopted", plan=PLAN, ref="plan-2019:1.3", numbers=("1.3",), kind="plan_item",
    titles={"1.3": "Mettre en place une salle"}, parts=(Limb("1.3", ("1.3",)),), who=("Julie",),
    results=("Une salle qui sert",), targets=(TARGET,), origin=CASE,
)  # fmt: skip

OF_PLANS: tuple[Event, ...] = (
    ITEM,
    TaskAdded(number=3, text="Évaluer les besoins", kind="step", label="1", schedule=FEBRUARY, due="2020-02", who=("Julie",)),
    TaskReworded(task=3, text="Évaluer les coûts", schedule=FEBRUARY, due="2020-02", reason="plus précis"),
    TaskDropped(task=3, reason="la salle existe déjà"),
    CaseTargetSet(target=TARGET),
    events.PlanCreated(
        key="plan-2019", name="Plan de travail 2019-2022", period="2019/2022", author="le conseil central",
        adoption=(Adoption("plan"),),
        nodes=(Node("section", "1", "La solidarité", nodes=(Node("item", "1.3", ""), Node("item", "1.4", ""))),),
    ),
    events.PlanCreated(key="plan-2023", name="Plan 2023", body=COMMITTEE),
    events.PlanPartAdopted(what="plan", body=COMMITTEE, said="Adopté au Congrès"),
    events.PlanPartAdopted(what="orientations", by="Congrès"),
    events.PlanPartAdopted(what="plan"),
    events.NodeEntered(node=Node("section", "2", "La vie syndicale"), before="3"),
    events.NodeEntered(node=Node("item", "1.5", ""), under="1"),
    events.NodeReworded(number="2", text="La vie du syndicat", reason="plus court"),
    events.NodeMoved(number="1.5", under="2", before="2.1"),
    events.NodeRemoved(number="1.5", reason="doublon"),
    events.PlanTargetSet(target=TARGET),
    events.EntriesListed(list=StandingList("Dossiers statutaires", (("Griefs",), ("Finances",)))),
    events.EntriesListed(list=StandingList("Délégations", ())),
    events.ItemsCarriedOver(to=PLAN, items={"1.3": "2.1", "1.4": "1.4"}, reason="faute de temps"),
    events.ItemsTakenOver(origin=PLAN, items={"1.3": "2.1"}),
    events.PlanConcluded(reason="le mandat est fini"),
)  # fmt: skip
