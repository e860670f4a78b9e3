"""What goes on in the next plan: one item or many, in one append, and taken back in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from domain.amendments import RetractFact, standing
from domain.base import Act, Command, Recorded, said
from domain.case.case import Case
from domain.case.commands import CarryOverCase, WithdrawCase
from domain.case.decisions import handle as decide
from domain.case.events import CaseLinked
from domain.case.moves import CaseCarriedOver
from domain.directory import WithdrawEntry
from domain.errors import Refused
from domain.plan import commands
from domain.plan.events import ItemsCarriedOver, ItemsTakenOver
from domain.plan.plan import Plan
from domain.plan.refusals import PlanOver
from domain.words import same
from services import companions
from services.execute import Work
from services.homes import keys_of
from services.plans.items import items

AND = "; "  # between what is left of one item, as its successor says it


class SamePlan(Refused):
    """A plan is not carried over to itself: name another one. Nothing was recorded."""


class NothingToCarry(Refused):
    """Nothing of {plan} is left to carry over: no item is open, and none of those that were done in part says what remains. Nothing was recorded."""  # noqa: E501 - one sentence


class NotToCarry(Refused):
    """These are over, and nothing is said to be left of them: {refs}. Reopen them first, or leave them out. Nothing was recorded."""  # noqa: E501 - one sentence


class OtherItems(Refused):
    """In {plan}, these numbers are other items: {numbers}. Say which numbers they are to have there, for instance items={example}=…; to link one to an item that is there, give it the number of that one. Nothing was recorded."""  # noqa: E501 - one sentence


class SuccessorsMoved(Refused):
    """What was carried over cannot be taken back: {refs} moved since. Nothing was recorded."""


class Carried(NamedTuple):
    """An item that goes on: as a whole, or by what is left of it (`residual`), as the number `to`; `new`: to be entered."""

    number: str
    case: Case
    to: str
    residual: str | None
    new: bool


def carry_over(work: Work, plan: Plan, command: commands.CarryOverItems, act: Act) -> None:
    """Each item that is meant ends here and goes on there, linked both ways; both plans say so."""
    target = work.load(Plan, command.to)
    chosen = chosen_items(work, plan, target, command)
    if target.over:
        raise PlanOver()
    for each in chosen:
        _carry(work, target, each, command, act)
    pairs = {each.number: each.to for each in chosen}
    plan.carry(ItemsCarriedOver(to=target.id, items=pairs, reason=command.reason, **said(act)), act)
    target.carry(ItemsTakenOver(origin=plan.id, items=pairs, **said(act)), act)


def _carry(work: Work, target: Plan, each: Carried, command: commands.CarryOverItems, act: Act) -> None:
    ref = f"{target.key}:{each.to}"
    to = work.key("case", ref)
    if to is None:
        work.successors[to := work.id(f"case:{ref}")] = ref
    carried = CarryOverCase(to=to, reason=command.reason, residual=each.residual)
    companions.handle(work, each.case, carried, act)


def chosen_items(work: Work, plan: Plan, target: Plan, command: commands.CarryOverItems) -> list[Carried]:
    """The items that are meant, in the order of the tree, with their numbers in the other plan."""
    if target.id == plan.id:
        raise SamePlan()
    asked = command.numbers
    for number in asked:
        plan.place(number)
    found = items(work, plan, [n for n in plan.numbers if not asked or n in asked])
    left = {number: residual_of(case) for number, case in found.items() if case.concluded and command.residuals}
    going = {n: case for n, case in found.items() if not case.concluded or left.get(n)}
    if over := [found[n].ref for n in asked if n in found and n not in going]:
        raise NotToCarry(refs=over)
    if not going:
        raise NothingToCarry(plan=plan.name)
    numbers = {n: asked.get(n) or n for n in going}
    there = items(work, target, numbers.values())
    _refuse_others(target, asked, going, there)
    return [Carried(n, case, numbers[n], left.get(n), numbers[n] not in there) for n, case in going.items()]


def residual_of(case: Case) -> str | None:
    """What was said to be left of an item that was done in part, and was not carried over yet."""
    if case.state != "done" or case.completion != "partial":
        return None
    carried = (r.event for r in standing(case.history) if isinstance(r.event, CaseCarriedOver))
    gone = {event.residual for event in carried}
    left = () if AND.join(case.residuals) in gone else (text for text in case.residuals if text not in gone)
    return AND.join(left) or None


def _refuse_others(
    target: Plan, asked: Mapping[str, str], going: Mapping[str, Case], there: Mapping[str, Case]
) -> None:
    """A number that was not said means the same item only where it has the same words."""
    others = [n for n, case in going.items() if not asked.get(n) and n in there and not same(there[n].title, case.title)]
    if others:
        raise OtherItems(plan=target.name, numbers=others, example=others[0])


def take_back(work: Work, plan: Plan, command: Command, act: Act) -> None:
    """What stands beside the retraction of a carry-over: each item is where it was, what it began is withdrawn; the other
    plan too, where it was entered with it and nothing was said of it since."""
    if not isinstance(command, RetractFact):
        return
    recorded = next((r for r in standing(plan.history) if r.originator_version == command.event), None)
    if recorded is None or not isinstance(recorded.event, ItemsCarriedOver):
        return
    target, event = work.load(Plan, recorded.event.to), recorded.event
    here, there = items(work, plan, event.items), items(work, target, event.items.values())
    _refuse_moved(there.values(), recorded)
    entered_with_it = all(each.command_id == recorded.command_id for each in target.history)
    for number, case in here.items():
        successor = there[event.items[number]]
        _retract(case, recorded, CaseCarriedOver, successor.id, command, act)
        if _begun(successor, recorded):
            _withdraw(work, target, successor, act)
        else:
            _retract(successor, recorded, CaseLinked, case.id, command, act)
    for each in standing(target.history):
        if each.command_id == recorded.command_id and isinstance(each.event, ItemsTakenOver):
            target.handle(RetractFact(event=each.originator_version, reason=command.reason), act)
    if entered_with_it:
        target.handle(WithdrawEntry(version=1), replace(act, occurred=None, words={}))
        work.free += keys_of("plan", target.key)


def _begun(successor: Case, recorded: Recorded) -> bool:
    """Whether the carry-over itself began it."""
    return successor.history[0].command_id == recorded.command_id


def _refuse_moved(successors: Iterable[Case], recorded: Recorded) -> None:
    """Raises where something became of what the carry-over began."""
    moved = [
        case.ref for case in successors if _begun(case, recorded)
        and any(each.command_id != recorded.command_id and not each.event.machine for each in case.history)
    ]  # fmt: skip
    if moved:
        raise SuccessorsMoved(refs=moved)


def _retract(
    case: Case, recorded: Recorded, kind: type[CaseCarriedOver | CaseLinked], to: UUID, command: RetractFact, act: Act
) -> None:
    """Takes back what the carry-over recorded of one case about the other."""
    for each in standing(case.history):
        event = each.event
        if each.command_id == recorded.command_id and isinstance(event, kind) and event.to == to:
            decide(case, RetractFact(event=each.originator_version, reason=command.reason), act)


def _withdraw(work: Work, target: Plan, successor: Case, act: Act) -> None:
    """Takes out of the other plan what the carry-over had entered there."""
    number = successor.adopted.numbers[0] if successor.adopted else ""
    decide(successor, WithdrawCase(version=successor.version, cause="plan"), replace(act, occurred=None, words={}))
    work.free.append(("case", successor.ref))
    target.handle(commands.RemoveNode(number=number), act)
