"""From a plan as read to the plan and its cases, within one work: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from msgspec.structs import replace

from domain.base import Act
from domain.case.case import Case
from domain.case.commands import ProposeState
from domain.case.decisions import handle
from domain.case.items import NoteFollowUp
from domain.errors import Invalid
from domain.imports import Touched
from domain.plan import commands, values
from domain.plan.nodes import items
from domain.plan.plan import Plan
from domain.values import Edtf, Proposal, Source
from services.execute import Work
from services.homes import claimed
from services.imports.plans.reading import FollowUp, PlanReading
from services.plans.items import enter_item
from services.refs import NameShared, fit_key


class Stray(Invalid):
    """The document tells of {number}, which is no item of the plan. Nothing was recorded."""


@dataclass
class Recorded:
    """What a reading became: the plan, its cases in the order of the tree, and what the import touched."""

    plan: Plan
    cases: dict[str, Case] = field(default_factory=dict)
    touched: list[Touched] = field(default_factory=list)
    proposals: list[tuple[str, Proposal]] = field(default_factory=list)


def create_plan(
    work: Work, reading: PlanReading, key: str, imported: UUID | None = None, reference: Edtf | None = None
) -> Recorded:
    """Records the plan of a reading under a key, each item as a case with its lines, what is told of it and the state that
    is proposed. `imported`: the stream of the import that every fact names as its source; `reference`: the date of the
    document. Raises what keeps it from being a plan: `HomeTaken`, `SameNumber`, `LineElsewhere`…"""
    made = _Making(work, reading, imported, reference)
    recorded = Recorded(made.plan(fit_key(key)))
    told = reading.follow_ups.keys() | reading.proposals.keys()
    if stray := sorted(told - {node.number for node in items(reading.nodes)}):
        raise Stray(number=stray[0])
    for node in items(reading.nodes):
        case = enter_item(work, recorded.plan, node, recorded.plan.items_on, made.act(node.number))
        made.tell(case, node.number)
        recorded.cases[node.number] = case
    plan = recorded.plan
    recorded.touched = [Touched(plan.id, f"plan:{plan.key}", plan.version, True)]
    recorded.touched += [Touched(case.id, case.ref, case.version, True) for case in recorded.cases.values()]
    recorded.proposals = [(case.ref, p) for case in recorded.cases.values() for p in case.proposals]
    return recorded


class _Making:
    """One reading on its way."""

    def __init__(self, work: Work, reading: PlanReading, imported: UUID | None, reference: Edtf | None) -> None:
        self.work, self.reading, self.imported, self.reference = work, reading, imported, reference

    def act(self, number: str | None = None, line: int | None = None) -> Act:
        """The act of recording what stands on those lines."""
        if self.imported is None:
            return self.work.act
        first, last = (line, line) if line else self.reading.places.get(number or "", (1, 1))
        return replace(self.work.act, source=Source(self.imported, first, last, self.reference))

    def plan(self, key: str) -> Plan:
        """The plan itself, with the frame of its tree."""
        reading = self.reading
        keys = claimed(self.work, "plan", key)
        command = commands.CreatePlan(
            name=reading.title, period=reading.period, author=reading.organisation, body=self._body(reading.organisation),
            form=reading.form, objectives=reading.objectives, preamble=reading.preamble, nodes=reading.nodes,
            adoption=tuple(
                values.Adoption(each.what, each.state, self._body(each.by), each.by, each.on, each.words)
                for each in reading.adoption
            ),
            lists=tuple(values.StandingList(each.title, each.columns) for each in reading.lists),
        )  # fmt: skip
        plan: Plan = Plan.create(self.work.id(f"plan:{key}"), key, command, self.act())
        return self.work.add(plan, *keys)

    def _body(self, name: str | None) -> UUID | None:
        """The body of that very name, if the directory has one."""
        try:
            found = self.work.refs.entry(name, ("body",)) if name else None
        except NameShared:
            return None
        return found[1] if found else None

    def tell(self, case: Case, number: str) -> None:
        """What is told of an item, and the state that it suggests."""
        for each in self.reading.follow_ups.get(number, ()):
            handle(case, _note(each), self._dated(each))
        if proposal := self.reading.proposals.get(number):
            handle(case, ProposeState(proposals=(proposal,)), self.act(number))

    def _dated(self, each: FollowUp) -> Act:
        words = {"occurred": each.words} if each.occurred and each.words else {}
        return replace(self.act(line=each.line), occurred=each.occurred, words=words)


def _note(each: FollowUp) -> NoteFollowUp:
    return NoteFollowUp(
        text=each.text, audience="assembly", level=each.level, verdict=each.verdict, planned=each.planned
    )
