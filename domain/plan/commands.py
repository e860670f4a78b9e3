"""What someone asks of a plan."""

from __future__ import annotations

from decimal import Decimal

from domain.base import Command
from domain.directory.commands import Create
from domain.figures import Bound
from domain.plan.nodes import Kind, Node
from domain.plan.values import Adoption, Form, PlanPart, StandingList
from domain.time.schedules import Schedule
from domain.values import BodyId, Edtf, FreeText, PlanId


class CreatePlan(Create, frozen=True, kw_only=True):
    """`name`: its title; `author`: whose plan it is, as written, beside or instead of the `body`."""

    period: Edtf | None = None
    body: BodyId | None = None
    author: FreeText | None = None
    form: Form = "work"
    objectives: tuple[FreeText, ...] = ()
    preamble: tuple[FreeText, ...] = ()
    adoption: tuple[Adoption, ...] = ()
    nodes: tuple[Node, ...] = ()
    lists: tuple[StandingList, ...] = ()


class AdoptPart(Command, frozen=True, kw_only=True):
    verb = "adopt-part"
    what: PlanPart = "plan"
    body: BodyId | None = None
    by: FreeText | None = None
    on: Edtf | None = None
    said: FreeText | None = None


class EnterNode(Command, frozen=True, kw_only=True):
    """`under`: the number of what it stands under, by default as its own number says; `before`: of what it stands before,
    by default nothing. `who`, `results`: of an item; `schedule`: of a line."""

    verb = "enter-node"
    kind: Kind
    number: str
    text: FreeText
    under: str | None = None
    before: str | None = None
    printed: str | None = None
    heading: FreeText | None = None
    group: FreeText | None = None
    schedule: Schedule | None = None
    who: tuple[FreeText, ...] = ()
    results: tuple[FreeText, ...] = ()


class RewordNode(Command, frozen=True, kw_only=True):
    """`line`: that line of the item, instead of the item itself, and its `schedule`, if it changes."""

    verb = "reword-node"
    number: str
    text: FreeText
    line: str | None = None
    schedule: Schedule | None = None
    reason: FreeText | None = None


class MoveNode(Command, frozen=True, kw_only=True):
    """Without `under`, to the top."""

    verb = "move-node"
    number: str
    under: str | None = None
    before: str | None = None


class RemoveNode(Command, frozen=True, kw_only=True):
    """`line`: that line of the item, instead of the item itself."""

    verb = "remove-node"
    number: str
    line: str | None = None
    reason: FreeText | None = None


class SetPlanTarget(Command, frozen=True, kw_only=True):
    """What is to be reached, by the plan as a whole or by the item `number`."""

    verb = "set-target"
    measures: FreeText
    words: FreeText
    number: str | None = None
    value: Decimal | None = None
    bound: Bound = "at_least"
    unit: FreeText | None = None
    per: str | None = None


class ListEntries(Command, frozen=True, kw_only=True):
    """The list of that title, as it now stands, in place of the one that there was; without entries, none."""

    verb = "list"
    title: FreeText
    entries: tuple[FreeText, ...] = ()


class CarryOverItems(Command, frozen=True, kw_only=True):
    """`to`: the plan where they go on; `items`: which, `3.4`, or `3.4=2.1` with the number that it is to have there; without
    any, every open one. `residuals`: of those that are done in part, what is left goes on."""

    verb = "carry-over"
    to: PlanId
    items: tuple[str, ...] = ()
    residuals: bool = True
    reason: FreeText | None = None

    @property
    def numbers(self) -> dict[str, str]:
        """Number here -> number there, empty where it is not said."""
        return {here: there for here, _, there in (each.replace(" ", "").partition("=") for each in self.items)}


class ConcludePlan(Command, frozen=True, kw_only=True):
    verb = "conclude"
    reason: FreeText | None = None
