"""A verb asked of a plan, and the cases that it also concerns: what an item says, its case says."""

from __future__ import annotations

from msgspec.structs import replace

from domain.base import Act, Command, need
from domain.case.case import Case
from domain.case.commands import DropTask, RewordCase, RewordTask, SetTarget, WithdrawCase
from domain.case.decisions import handle as decide
from domain.errors import Refused
from domain.plan import commands, nodes, refusals
from domain.plan.plan import Plan, node_of
from services.execute import Work
from services.homes import claimed
from services.plans import carrying
from services.plans.items import enter_item, item, items, line, line_of, refuse_same_line
from services.refs import fit_key


class ItemMoved(Refused):
    """{ref} has moved since it was planned, or says more than the plan: it stays there. Close it, or carry it over. Nothing was recorded."""  # noqa: E501 - one sentence


def create(work: Work, key: str, command: commands.CreatePlan, act: Act) -> Plan:
    """A new plan, with a case for each of its items."""
    keys = claimed(work, "plan", fit_key(key))
    plan: Plan = Plan.create(work.id(f"plan:{key}"), key, command, act)
    work.add(plan, *keys)
    for node in nodes.items(command.nodes):
        enter_item(work, plan, node, plan.items_on, act)
    return plan


def handle(work: Work, plan: Plan, command: Command, act: Act) -> None:
    """Lets the plan decide, or the case of the item that is meant."""
    match command:
        case commands.EnterNode():
            _enter(work, plan, command, act)
        case commands.RewordNode():
            _reword(work, plan, command, act)
        case commands.RemoveNode():
            _remove(work, plan, command, act)
        case commands.SetPlanTarget(number=str(number)):
            decide(item(work, plan, number), _target(command), act)
        case commands.CarryOverItems():
            carrying.carry_over(work, plan, command, act)
        case commands.ConcludePlan():
            plan.open_items = tuple(case.ref for case in items(work, plan).values() if not case.concluded)
            plan.handle(command, act)
        case _:
            carrying.take_back(work, plan, command, act)
            plan.handle(command, act)


def _enter(work: Work, plan: Plan, command: commands.EnterNode, act: Act) -> None:
    node = node_of(command)
    if node.kind in nodes.LINES:
        _enter_line(work, plan, node, command.under, act)
        return
    plan.handle(command, act)
    if node.followed:
        enter_item(work, plan, node, act.occurred, act)


def _enter_line(work: Work, plan: Plan, node: nodes.Node, under: str | None, act: Act) -> None:
    """A line stands with its item, last."""
    parent = plan.parent(under)
    if parent is None or not parent.followed:
        raise refusals.LineElsewhere(number=node.number, under=under or "—")
    case = item(work, plan, parent.number)
    refuse_same_line(case, node.number)
    decide(case, line_of(node), act)


def _reword(work: Work, plan: Plan, command: commands.RewordNode, act: Act) -> None:
    if not plan.place(command.number).followed:
        plan.handle(command, act)
        return
    need(command, "text")
    case = item(work, plan, command.number)
    if command.line is None:
        decide(case, RewordCase(text=command.text, reason=command.reason), act)
    else:
        task = line(case, command.line).number
        decide(case, RewordTask(task=task, text=command.text, schedule=command.schedule, reason=command.reason), act)


def _remove(work: Work, plan: Plan, command: commands.RemoveNode, act: Act) -> None:
    """An item goes with its case, whose number is free again, as long as nothing became of it."""
    if plan.place(command.number).followed:
        case = item(work, plan, command.number)
        if command.line is not None:
            decide(case, DropTask(task=line(case, command.line).number, reason=command.reason), act)
            return
        refuse_moved(case)
        decide(case, WithdrawCase(version=case.version, cause="plan"), replace(act, occurred=None, words={}))
        work.free.append(("case", case.ref))
    plan.handle(command, act)


def refuse_moved(case: Case) -> None:
    """Raises what keeps an item in its plan: what was done, noted, sent or linked since."""
    told = case.moved or case.notes or case.threads or case.links or case.attachments or case.awaited_by
    if told or any(task.done for task in case.tasks.values()):
        raise ItemMoved(ref=case.ref)


def _target(command: commands.SetPlanTarget) -> SetTarget:
    return SetTarget(
        measures=command.measures, words=command.words, value=command.value, bound=command.bound, unit=command.unit,
        per=command.per,
    )  # fmt: skip
