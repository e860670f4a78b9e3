"""The items of a plan as cases: entered with their lines, found again, taken out."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from domain.base import Act
from domain.case.case import Case
from domain.case.commands import AssignCase
from domain.case.decisions import handle
from domain.case.items import AddLine, AdoptItem
from domain.case.tasks import Task
from domain.errors import NotFound
from domain.plan.nodes import Kind, Node
from domain.plan.plan import Plan
from domain.plan.refusals import SameLine
from domain.plan.tree import find, parent_for
from domain.values import Edtf, Party
from services.execute import Work
from services.homes import NumberTaken
from services.refs import NameShared, read_ref


class LineUnknown(NotFound):
    """The item {ref} has no line {line}. Its lines: {known}."""


def enter_item(work: Work, plan: Plan, node: Node, on: Edtf | None, act: Act, origin: UUID | None = None) -> Case:
    """A new case for an item of the plan, adopted on that date, with its lines as tasks; followed up by the first of those
    who see to it whom the directory knows by that very name. Raises `NumberTaken`."""
    ref = f"{plan.key}:{node.number}"
    if taken := work.key("case", ref):
        raise NumberTaken(ref=ref, case=work.case(taken).ref)
    command = AdoptItem(
        plan=plan.id, numbers=(node.number,), titles={node.number: node.text}, who=node.who, results=node.results,
        targets=node.targets, origin=origin,
    )  # fmt: skip
    undated = replace(act, occurred=None, words={})
    case = Case.adopt(work.id(f"case:{ref}"), command, undated, (plan.key, on))
    work.add(case, ("case", ref))
    for line in node.lines:
        handle(case, line_of(line), undated)
    if owner := owner_of(work, node.who):
        handle(case, AssignCase(owner=owner), undated)
    return case


def line_of(node: Node) -> AddLine:
    """A line, as the task that it becomes."""
    return AddLine(
        text=node.text, kind=node.kind, label=node.number, printed=node.printed, heading=node.heading, group=node.group,
        schedule=node.schedule, who=node.who,
    )  # fmt: skip


def owner_of(work: Work, who: Iterable[str]) -> Party | None:
    """The first whom the directory knows, person or body, by that very name; a first name alone is nobody's."""
    for name in who:
        try:
            found = work.refs.entry(name, ("person", "body"))
        except NameShared:
            continue
        if found:
            return Party(found[0], found[1])  # type: ignore[arg-type]  # one of Party's kinds
    return None


def item(work: Work, plan: Plan, number: str) -> Case:
    """The case of an item. What the actor may not see is absent."""
    plan.place(number)
    ref = f"{plan.key}:{number}"
    case = work.seen(work.find(Case, "case", ref))
    if case is None:
        raise work.refs.unknown(read_ref(ref))
    return case


def items(work: Work, plan: Plan, numbers: Iterable[str] | None = None) -> dict[str, Case]:
    """Number -> case, of the items that the actor may see, all loaded at once, in the order of the tree."""
    wanted = plan.numbers if numbers is None else list(numbers)
    work.prefetch([f"{plan.key}:{number}" for number in wanted])
    found = {number: work.find(Case, "case", f"{plan.key}:{number}") for number in wanted}
    return {number: case for number, case in found.items() if case and work.seen(case)}


def line(case: Case, label: str) -> Task:
    """The line of that letter or number."""
    known = [task for task in case.tasks.values() if task.label]
    for task in known:
        if task.label == label:
            return task
    raise LineUnknown(ref=case.ref, line=label, known=[task.label for task in known])


def refuse_same_line(case: Case, label: str) -> None:
    """Each line of an item has a letter or a number of its own."""
    if any(task.label == label for task in case.tasks.values()):
        raise SameLine(item=case.ref, number=label)


def succeed(work: Work, case: Case, plan: Plan, number: str, text: str, act: Act) -> None:
    """A new item of a plan, where its number says, that goes on with what a case was about. Its lines are not those of
    the old plan: they had their time."""
    parent = parent_for(plan.nodes, number)
    adopted = case.adopted
    node = Node(
        _kind(work, case), number, text, number, who=adopted.who if adopted else (),
        results=adopted.results if adopted else (), targets=tuple(case.targets.values()),
    )  # fmt: skip
    plan.enter(node, parent.number if parent else None, None, act)
    enter_item(work, plan, node, act.occurred, act, case.id)


def _kind(work: Work, case: Case) -> Kind:
    """What the case is in its own plan, else an item."""
    if case.adopted is None or case.adopted.plan is None:
        return "item"
    node = find(work.load(Plan, case.adopted.plan).nodes, case.adopted.numbers[0])
    return node.kind if node else "item"
