"""The plan: its frame, how far each part is adopted, what goes on elsewhere, and what it decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from msgspec.structs import replace

from domain.amendments import CorrectFact, RetractFact
from domain.base import Act, Command, need, said
from domain.case.rules import refuse_future
from domain.directory import Entry, Rename, Renamed, WithdrawEntry, Withdrawn
from domain.directory.commands import Create
from domain.directory.entries import verbs
from domain.figures import Target, target_of
from domain.plan import commands, events, refusals, tree
from domain.plan.nodes import LINES, Node, walk
from domain.plan.values import Adoption, Form, StandingList
from domain.time import earliest
from domain.values import BodyId, Edtf


class Plan(Entry):
    """A work plan of a period. Its items are cases, told apart by their numbers."""

    created = events.PlanCreated
    keepers = frozenset({"officer", "secretary", "system"})
    commands = verbs(
        commands.CreatePlan, Rename, commands.AdoptPart, commands.EnterNode, commands.RewordNode, commands.MoveNode,
        commands.RemoveNode, commands.SetPlanTarget, commands.ListEntries, commands.CarryOverItems, commands.ConcludePlan,
        CorrectFact, RetractFact,
    )  # fmt: skip

    open_items: tuple[str, ...] = ()  # told by whoever loads them, before `conclude`: their REFs

    def start(self) -> None:
        super().start()
        self.period: Edtf | None = None
        self.body: BodyId | None = None
        self.author: str | None = None
        self.form: Form = "work"
        self.objectives: tuple[str, ...] = ()
        self.preamble: tuple[str, ...] = ()
        self.adoption: dict[str, Adoption] = {}
        self.nodes: tuple[Node, ...] = ()
        self.lists: dict[str, StandingList] = {}
        self.targets: dict[str, Target] = {}
        self.carried: list[events.ItemsCarriedOver] = []
        self.taken_over: list[events.ItemsTakenOver] = []
        self.over = False

    def handle_create(self, key: str, command: Create, act: Act) -> None:
        """Parts that are adopted already were so on their day."""
        self._allow(act)
        need(command, "name")
        assert isinstance(command, commands.CreatePlan)
        tree.refuse_bad_tree(command.nodes)
        facts = {f: getattr(command, f) for f in command.__struct_fields__}
        facts["nodes"] = tree.frame(command.nodes)
        facts["adoption"] = tuple(replace(each, state="proposed") for each in command.adoption)
        self.trigger(events.PlanCreated(key=key, **facts, **said(act)), act)
        for each in command.adoption:
            if each.state == "adopted":
                refuse_future(each.on, act)
                facts = said(act) | {"occurred": each.on, "words": {}}
                self.trigger(events.PlanPartAdopted(what=each.what, **facts), act)

    def handle(self, command: Command, act: Act) -> None:
        """Lets the plan decide."""
        self._allow(act)
        refuse_future(act.occurred, act)
        if self.over and not isinstance(command, CorrectFact | RetractFact | WithdrawEntry):
            raise refusals.PlanOver()
        DECISIONS[type(command)](self, command, act)

    @property
    def items_on(self) -> Edtf | None:
        """When its items were adopted: with the part that holds them, else in the first year of its period."""
        part = self.adoption.get("orientations") or self.adoption.get("plan")
        if part and part.state == "adopted" and part.on:
            return part.on
        begins = earliest(self.period) if self.period else None
        return f"{begins:%Y}" if begins else None

    @property
    def numbers(self) -> list[str]:
        """Of its items, in the order of the tree."""
        return [node.number for node in walk(self.nodes) if node.followed]

    def place(self, number: str) -> Node:
        """The place of a number. Raises `NodeUnknown`."""
        if (found := tree.find(self.nodes, number)) is None:
            raise refusals.NodeUnknown(number=number, known=[node.number for node in walk(self.nodes)])
        return found

    def parent(self, number: str | None) -> Node | None:
        """What something is to stand under. Raises `ParentUnknown`."""
        if number is None:
            return None
        if (found := tree.find(self.nodes, number)) is None:
            raise refusals.ParentUnknown(number=number, known=[n.number for n in walk(self.nodes) if not n.followed])
        return found

    def enter(self, node: Node, under: str | None, before: str | None, act: Act) -> None:
        """A place of the frame, wherever it may stand."""
        parent = self.parent(under)
        if tree.find(self.nodes, node.number):
            raise refusals.SameNumber(number=node.number)
        tree.refuse_misplaced(node, parent)
        tree.refuse_bad_tree((node,))
        tree.refuse_not_beside(parent.nodes if parent else self.nodes, node.number, before)
        (framed,) = tree.frame((node,))
        self.trigger(events.NodeEntered(node=framed, under=under, before=before, **said(act)), act)

    def carry(self, event: events.ItemsCarriedOver | events.ItemsTakenOver, act: Act) -> None:
        """Items go on in another plan, or come from one: their cases say the rest."""
        self._allow(act)
        if self.over:
            raise refusals.PlanOver()
        self.trigger(event, act)

    def retract(self, command: RetractFact, act: Act) -> None:
        if isinstance(self.retractable(command.event), events.OF_THE_TREE):
            raise refusals.TreeActStands()
        super().retract(command, act)

    def _allow(self, act: Act) -> None:
        if not act.roles & self.keepers:
            raise refusals.PlanRole()


def rename(plan: Plan, command: Rename, act: Act) -> None:
    need(command, "name")
    plan.trigger(Renamed(name=command.name, **said(act)), act)


def adopt_part(plan: Plan, command: commands.AdoptPart, act: Act) -> None:
    """A plan without parts of its own is adopted as a whole."""
    if plan.adoption and command.what not in plan.adoption:
        raise refusals.PlanPartUnknown(what=command.what)
    if not plan.adoption and command.what != "plan":
        raise refusals.PlanPartUnknown(what=command.what)
    if command.what in plan.adoption and plan.adoption[command.what].state == "adopted":
        raise refusals.PartStands(what=command.what)
    refuse_future(command.on, act)
    facts = said(act) | {"occurred": command.on or act.occurred}
    plan.trigger(
        events.PlanPartAdopted(what=command.what, body=command.body, by=command.by, said=command.said, **facts), act
    )


def enter_node(plan: Plan, command: commands.EnterNode, act: Act) -> None:
    need(command, "text")
    plan.enter(node_of(command), under_of(plan, command), command.before, act)


def under_of(plan: Plan, command: commands.EnterNode) -> str | None:
    """What it is to stand under: as said, else as its number says."""
    if command.under is not None or command.kind in LINES:
        return command.under
    parent = tree.parent_for(plan.nodes, command.number)
    return parent.number if parent else None


def node_of(command: commands.EnterNode) -> Node:
    """The place as it is entered."""
    printed = command.number if command.printed is None else command.printed
    return Node(
        command.kind, command.number, command.text, printed, command.heading, command.group, command.schedule,
        command.who, command.results,
    )  # fmt: skip


def reword_node(plan: Plan, command: commands.RewordNode, act: Act) -> None:
    """Of what groups items; what an item says, its case says."""
    need(command, "text")
    plan.place(command.number)
    plan.trigger(events.NodeReworded(number=command.number, text=command.text, reason=command.reason, **said(act)), act)


def move_node(plan: Plan, command: commands.MoveNode, act: Act) -> None:
    node, parent = plan.place(command.number), plan.parent(command.under)
    if command.under in [below.number for below in walk((node,))]:
        raise refusals.WithinItself(number=command.number)
    tree.refuse_misplaced(node, parent)
    tree.refuse_not_beside(parent.nodes if parent else plan.nodes, command.number, command.before)
    event = events.NodeMoved(number=command.number, under=command.under, before=command.before, **said(act))
    plan.trigger(event, act)


def remove_node(plan: Plan, command: commands.RemoveNode, act: Act) -> None:
    if below := [node.number for node in plan.place(command.number).nodes]:
        raise refusals.BranchNotEmpty(number=command.number, below=below)
    plan.trigger(events.NodeRemoved(number=command.number, reason=command.reason, **said(act)), act)


def set_target(plan: Plan, command: commands.SetPlanTarget, act: Act) -> None:
    need(command, "measures", "words")
    plan.trigger(events.PlanTargetSet(target=target_of(command), **said(act)), act)


def list_entries(plan: Plan, command: commands.ListEntries, act: Act) -> None:
    need(command, "title")
    columns = (command.entries,) if command.entries else ()
    plan.trigger(events.EntriesListed(list=StandingList(command.title, columns), **said(act)), act)


def conclude(plan: Plan, command: commands.ConcludePlan, act: Act) -> None:
    if plan.open_items:
        raise refusals.ItemsOpen(items=list(plan.open_items))
    plan.trigger(events.PlanConcluded(reason=command.reason, **said(act)), act)


def withdraw(plan: Plan, command: WithdrawEntry, act: Act) -> None:
    plan.trigger(Withdrawn(**said(act)), act)


Decision = Callable[[Plan, Command, Act], None]


def _decision(function: Callable[..., None]) -> Decision:
    return cast("Decision", function)


DECISIONS: dict[type[Command], Decision] = {
    Rename: _decision(rename),
    commands.AdoptPart: _decision(adopt_part),
    commands.EnterNode: _decision(enter_node),
    commands.RewordNode: _decision(reword_node),
    commands.MoveNode: _decision(move_node),
    commands.RemoveNode: _decision(remove_node),
    commands.SetPlanTarget: _decision(set_target),
    commands.ListEntries: _decision(list_entries),
    commands.ConcludePlan: _decision(conclude),
    WithdrawEntry: _decision(withdraw),
    CorrectFact: _decision(Plan.correct),
    RetractFact: _decision(Plan.retract),
}
