"""The import of a plan taken back: what it began goes, what it added to a plan that was known is taken out again."""

from __future__ import annotations

from typing import Any

from domain.amendments import RetractFact, retracted
from domain.base import Act
from domain.case.case import Case
from domain.case.commands import WithdrawCase
from domain.case.decisions import handle
from domain.directory import WithdrawEntry
from domain.errors import Refused
from domain.imports import DocumentImported, Touched
from domain.plan.commands import RemoveNode
from domain.plan.events import NodeEntered
from domain.plan.plan import Plan
from services.execute import Work
from services.homes import keys_of


class PlanChanged(Refused):
    """The import cannot be taken back: the plan {plan} was changed since. Nothing was recorded."""


def take_back(work: Work, imported: DocumentImported, act: Act) -> str:
    """Takes back what an import made of a plan, the last of it first; numbers and a key that it took are free again. Returns
    the key of the plan. Whoever calls has seen to it that none of the cases moved."""
    plans = [(work.load(Plan, each.stream), each) for each in imported.touched if each.ref.startswith("plan:")]
    for plan, touched in plans:
        if _state(plan) != _state(Plan.fold([each for each in plan.history if each.originator_version <= touched.version])):
            raise PlanChanged(plan=plan.name)
    for touched in reversed(imported.touched):
        if not touched.ref.startswith("plan:"):
            _case(work, touched, imported.key, act)
    for plan, touched in plans:
        if touched.began:
            plan.handle(WithdrawEntry(version=1), act)
            work.free += keys_of("plan", plan.key)
        else:
            _plan(plan, touched, imported.key, act)
    return imported.key.rpartition("-")[0]


def _state(plan: Plan) -> dict[str, Any]:
    """What a plan says, whatever led to it: what was changed and changed back is as it was."""
    return {name: fact for name, fact in vars(plan).items() if name not in ("history", "version", "new")}


def _case(work: Work, touched: Touched, id: str, act: Act) -> None:
    case = work.load(Case, touched.stream)
    if touched.began:
        handle(case, WithdrawCase(version=touched.version), act)
        work.free.append(("case", case.ref))
        return
    for version in reversed(touched.notes):
        if version not in retracted(case.history):
            handle(case, RetractFact(event=version, reason=id), act)


def _plan(plan: Plan, touched: Touched, id: str, act: Act) -> None:
    """Places that it entered are removed, as acts on the tree are not retracted."""
    for version in reversed(touched.notes):
        event = plan.history[version - 1].event
        if isinstance(event, NodeEntered):
            plan.handle(RemoveNode(number=event.node.number, reason=id), act)
        elif version not in retracted(plan.history):
            plan.handle(RetractFact(event=version, reason=id), act)
