"""From a plan as read to the plan and its cases, within one work: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from msgspec.structs import replace

from domain.base import Act
from domain.case.case import Case
from domain.case.commands import ProposeState
from domain.case.decisions import handle
from domain.case.items import NoteFollowUp
from domain.errors import Invalid, SuiviError
from domain.imports import Touched
from domain.plan import commands, values
from domain.plan.nodes import Node, items
from domain.plan.plan import Plan
from domain.values import Edtf, Proposal, Source
from services.execute import Work
from services.homes import claimed
from services.imports.deciding import Decided, establish
from services.imports.plans.reading import FollowUp, PlanReading
from services.imports.report import Problem
from services.plans.items import enter_item
from services.refs import NameShared, fit_key

EVERY = "*"  # of the changes that a document brings: all of them


class Stray(Invalid):
    """The document tells of {number}, which is no item of the plan. Nothing was recorded."""


@dataclass(frozen=True)
class Origin:
    """Where the facts of a plan come from. `imported`: the stream of the import that each names as its source, `id` its
    key; `reference`: the date of the document; `decided`: what a person said of its proposals; `taken`: the changes of what
    is known that are to be made, by their keys, or `EVERY`."""

    imported: UUID | None = None
    id: str = ""
    reference: Edtf | None = None
    decided: Sequence[Decided] = ()
    taken: frozenset[str] = frozenset()

    def takes(self, change: str) -> bool:
        return not self.taken.isdisjoint({EVERY, change})


@dataclass
class Fresh:
    """What a document adds to an item that is known."""

    lines: list[Node] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    told: Sequence[FollowUp] = ()


@dataclass
class Recorded:
    """What a reading became: the plan, its new cases in the order of the tree, those that it brought up to date (with what is
    `fresh` in them, by number) or left as they were, what it touched, what it proposed (with the number that it stands
    under), and how much of each sort was added."""

    plan: Plan
    cases: dict[str, Case] = field(default_factory=dict)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    proposed: list[tuple[str, str, Proposal]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fresh: dict[str, Fresh] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)


@contextmanager
def said_at(line: int) -> Iterator[None]:
    """What is refused meanwhile is told by that line, unless it knows a closer one."""
    try:
        yield
    except SuiviError as refusal:
        refusal.facts.setdefault("line", line)
        raise


def create_plan(work: Work, reading: PlanReading, key: str, origin: Origin | None = None) -> Recorded:
    """Records the plan of a reading under a key, each item as a case with its lines, what is told of it and the state that
    is proposed. Raises what keeps it from being a plan: `HomeTaken`, `SameNumber`, `LineElsewhere`…"""
    made = Making(work, reading, origin or Origin())
    recorded = Recorded(made.plan(fit_key(key)))
    made.refuse_stray()
    for node in items(reading.nodes):
        with said_at(made.line(node.number)):
            made.enter(recorded, node, recorded.plan.items_on)
    plan = recorded.plan
    recorded.touched = [Touched(plan.id, f"plan:{plan.key}", plan.version, True)]
    recorded.touched += [Touched(case.id, case.ref, case.version, True) for case in recorded.cases.values()]
    return recorded


class Making:
    """One reading on its way."""

    def __init__(self, work: Work, reading: PlanReading, origin: Origin) -> None:
        self.work, self.reading, self.origin = work, reading, origin

    def act(self, place: str | None = None, line: int | None = None) -> Act:
        """The act of recording what stands on those lines."""
        if self.origin.imported is None:
            return self.work.act
        first, last = (line, line) if line else self.reading.places.get(place or "", (1, 1))
        return replace(self.work.act, source=Source(self.origin.imported, first, last, self.origin.reference))

    def line(self, place: str) -> int:
        """Where a place, or a line of an item, stands in the document."""
        return self.reading.places.get(place, self.reading.places.get(place.partition("/")[0], (1, 1)))[0]

    def plan(self, key: str) -> Plan:
        """The plan itself, with the frame of its tree."""
        reading = self.reading
        keys = claimed(self.work, "plan", key)
        command = commands.CreatePlan(
            name=reading.title, period=reading.period, author=reading.organisation, body=self.body(reading.organisation),
            form=reading.form, objectives=reading.objectives, preamble=reading.preamble, nodes=reading.nodes,
            adoption=tuple(
                values.Adoption(each.what, each.state, self.body(each.by), each.by, each.on, each.words)
                for each in reading.adoption
            ),
            lists=tuple(values.StandingList(each.title, each.columns) for each in reading.lists),
        )  # fmt: skip
        plan: Plan = Plan.create(self.work.id(f"plan:{key}"), key, command, self.act())
        return self.work.add(plan, *keys)

    def body(self, name: str | None) -> UUID | None:
        """The body of that very name, if the directory has one."""
        try:
            found = self.work.refs.entry(name, ("body",)) if name else None
        except NameShared:
            return None
        return found[1] if found else None

    def refuse_stray(self) -> None:
        """Raises where something is told of what is no item."""
        told = self.reading.follow_ups.keys() | self.reading.proposals.keys()
        if stray := sorted(told - {node.number for node in items(self.reading.nodes)}):
            raise Stray(number=stray[0])

    def enter(self, recorded: Recorded, node: Node, on: Edtf | None) -> None:
        """A new item, adopted on that date, with what is told of it."""
        case = enter_item(self.work, recorded.plan, node, on, self.act(node.number))
        self.tell(recorded, case, node.number, self.reading.follow_ups.get(node.number, ()))
        self.propose(recorded, case, node.number)
        establish(case, node.number, self.origin.decided, self.work.act)
        recorded.cases[node.number] = case
        recorded.added["items"] += 1

    def tell(self, recorded: Recorded, case: Case, number: str, told: Sequence[FollowUp]) -> None:
        """What is told of an item."""
        for each in told:
            with said_at(each.line):
                handle(case, _note(each), self._dated(each))
            recorded.added["follow_ups"] += 1

    def propose(self, recorded: Recorded, case: Case, number: str) -> None:
        """The state that the document suggests for an item."""
        if proposal := self.reading.proposals.get(number):
            handle(case, ProposeState(proposals=(proposal,)), self.act(number))
            recorded.proposed.append((case.ref, number, proposal))

    def _dated(self, each: FollowUp) -> Act:
        words = {"occurred": each.words} if each.occurred and each.words else {}
        return replace(self.act(line=each.line), occurred=each.occurred, words=words)


def _note(each: FollowUp) -> NoteFollowUp:
    return NoteFollowUp(
        text=each.text, audience="assembly", level=each.level, verdict=each.verdict, planned=each.planned
    )
