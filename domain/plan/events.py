"""What happened to a plan, and its effect. What its items say and how they stand is told by their cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from domain.base import Event, Recorded
from domain.directory.events import Created
from domain.figures import Target
from domain.plan import tree
from domain.plan.nodes import Node
from domain.plan.values import Adoption, Form, PlanPart, StandingList
from domain.values import BodyId, Edtf, FreeText, PlanId

if TYPE_CHECKING:
    from domain.plan.plan import Plan


class PlanCreated(Created, frozen=True, kw_only=True):
    """A plan begins, with the frame of its tree (`domain.plan.tree`). Undated, it holds from ever."""

    fixed = Created.fixed | {"nodes", "adoption", "lists"}

    period: Edtf | None = None
    body: BodyId | None = None
    author: FreeText | None = None
    form: Form = "work"
    objectives: tuple[FreeText, ...] = ()
    preamble: tuple[FreeText, ...] = ()
    adoption: tuple[Adoption, ...] = ()
    nodes: tuple[Node, ...] = ()
    lists: tuple[StandingList, ...] = ()

    def apply(self, entry: Plan, at: Recorded) -> None:
        super().apply(entry, at)
        entry.period, entry.body, entry.author, entry.form = self.period, self.body, self.author, self.form
        entry.objectives, entry.preamble = self.objectives, self.preamble
        entry.adoption = {each.what: each for each in self.adoption}
        entry.nodes = self.nodes
        entry.lists = {each.title: each for each in self.lists}


class PlanPartAdopted(Event, frozen=True, kw_only=True):
    """A part of it that was proposed was adopted, when this happened."""

    fixed = frozenset({"what"})

    what: PlanPart
    body: BodyId | None = None
    by: FreeText | None = None
    said: FreeText | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        before = plan.adoption.get(self.what) or Adoption(self.what)
        plan.adoption[self.what] = Adoption(
            self.what, "adopted", self.body or before.body, self.by or before.by, self.occurred, self.said or before.words
        )


class NodeEntered(Event, frozen=True, kw_only=True):
    """A place was entered in the tree: under another, before one of those there."""

    fixed = frozenset({"node", "under", "before"})

    node: Node
    under: str | None = None
    before: str | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.nodes = tree.entered(plan.nodes, self.node, self.under, self.before)


class NodeReworded(Event, frozen=True, kw_only=True):
    """What groups items says something else."""

    fixed = frozenset({"number"})

    number: str
    text: FreeText
    reason: FreeText | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.nodes = tree.changed(plan.nodes, self.number, lambda node: replace(node, text=self.text))


class NodeMoved(Event, frozen=True, kw_only=True):
    """A place, with what stands below it, stands elsewhere."""

    fixed = frozenset({"number", "under", "before"})

    number: str
    under: str | None = None
    before: str | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        if node := tree.find(plan.nodes, self.number):
            plan.nodes = tree.entered(tree.without(plan.nodes, self.number), node, self.under, self.before)


class NodeRemoved(Event, frozen=True, kw_only=True):
    """A place was taken out of the tree: nothing had become of it."""

    timeless = True
    fixed = frozenset({"number"})

    number: str
    reason: FreeText | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.nodes = tree.without(plan.nodes, self.number)


class PlanTargetSet(Event, frozen=True, kw_only=True):
    """Something is to be reached by the plan as a whole; what it measures tells it from others."""

    target: Target

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.targets[self.target.figure.measures] = self.target


class EntriesListed(Event, frozen=True, kw_only=True):
    """A standing list, as it now is; an empty one is none."""

    list: StandingList

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.lists[self.list.title] = self.list
        if not self.list.entries:
            del plan.lists[self.list.title]


class ItemsCarriedOver(Event, frozen=True, kw_only=True):
    """Items, or what is left of them, go on in another plan: number here -> number there."""

    fixed = frozenset({"to", "items"})

    to: PlanId
    items: dict[str, str]
    reason: FreeText | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.carried.append(self)


class ItemsTakenOver(Event, frozen=True, kw_only=True):
    """Items of another plan go on in this one: number there -> number here."""

    fixed = frozenset({"origin", "items"})

    origin: PlanId
    items: dict[str, str]

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.taken_over.append(self)


class PlanConcluded(Event, frozen=True, kw_only=True):
    """Nothing of it is open any more, and nothing more is entered."""

    reason: FreeText | None = None

    def apply(self, plan: Plan, at: Recorded) -> None:
        plan.over = True


OF_THE_TREE = (NodeEntered, NodeMoved, NodeRemoved)
"""What is not retracted, but changed again: cases go with it."""
