"""A plan that is here already comes in again: what is new is added where it belongs, what is known stays as it is, and
what is said otherwise is shown beside it, to be taken or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from domain.case.case import Case
from domain.imports import Touched
from domain.plan import commands
from domain.plan.nodes import LINES, Node, walk
from domain.plan.refusals import PlanOver, SameNumber
from domain.plan.tree import above, find
from services.execute import Work
from services.imports.plans.reading import PlanReading
from services.plans import notices
from services.plans.changing import Changing
from services.plans.item_updating import DASH, update_item
from services.plans.items import items
from services.plans.matching import fitted
from services.plans.recording import Origin, Recorded, said_at
from services.plans.whole_updating import update_whole
from services.plans.wordings import among, places_of


def update_plan(work: Work, recorded: Recorded, reading: PlanReading, origin: Origin) -> PlanReading:
    """Brings a plan up to date with a reading, and says what it would not take. Returns the reading under the numbers that
    its places have in the plan. Raises what keeps something new from being entered: `PlanOver`, `NumberTaken`, `SameNumber`…;
    where a number may be taken for another, the problems are errors, and nothing was done."""
    cases = items(work, recorded.plan)
    reading, problems = fitted(reading, recorded.plan, cases)
    recorded.problems += problems
    if not any(problem.severity == "error" for problem in problems):
        _Updating(work, reading, origin, recorded, cases).run()
    return reading


class _Updating(Changing):
    """One reading on its way into a plan that is known. `cases`: by number, those that the actor may see."""

    def __init__(
        self, work: Work, reading: PlanReading, origin: Origin, recorded: Recorded, cases: Mapping[str, Case]
    ) -> None:
        super().__init__(work, reading, origin, recorded)
        self.cases, self.places = cases, places_of(recorded.plan)

    def run(self) -> None:
        """All of it."""
        version, before = self.to.version, {case.id: case.version for case in self.cases.values()}
        self.refuse_stray()
        update_whole(self)
        self._level(self.reading.nodes, None)
        told = {node.number for node in walk(self.reading.nodes) if node.kind not in LINES}
        if missing := [node.number for node in walk(self.to.nodes) if node.number not in told]:
            self.warn(notices.NotInDocument(numbers=missing))
        self._touch(version, before, told)

    def _level(self, nodes: Sequence[Node], under: str | None) -> None:
        """What stands at one place, in order, each before what stands below it."""
        for at, node in enumerate(nodes):
            if node.kind in LINES:
                continue
            with said_at(self.line(node.number)):
                if place := find(self.to.nodes, node.number):
                    self._known(node, place, under)
                else:
                    self._enter(node, under, [each.number for each in nodes[at + 1 :]])
            if not node.followed:
                self._level(node.nodes, node.number)

    def _enter(self, node: Node, under: str | None, after: Sequence[str]) -> None:
        """A place that is new stands before the next one of the document that stands there too."""
        if self.to.over:
            raise PlanOver()
        parent = self.to.parent(under)
        beside = [each.number for each in (parent.nodes if parent else self.to.nodes)]
        before = next((number for number in after if number in beside), None)
        self.to.enter(node if node.followed else replace(node, nodes=()), under, before, self.act(node.number))
        if node.followed:
            self.enter(self.recorded, node, None)  # nothing says when it was added
        else:
            self.recorded.added["places"] += 1

    def _known(self, node: Node, place: Node, under: str | None) -> None:
        if node.followed != place.followed:
            raise SameNumber(number=node.number)
        parent, line = above(self.to.nodes, node.number), self.line(node.number)
        if (stands := parent.number if parent else None) != under:
            notice = notices.StandsElsewhere(line=line, number=node.number, told=under or DASH, known=stands or DASH)
            self.warn(notice)
        if not node.followed:
            self._group(node, place, line)
        elif case := self.cases.get(node.number):
            update_item(self, case, node)
        else:
            self.warn(notices.NotShown(line=line, number=node.number))

    def _group(self, node: Node, place: Node, line: int) -> None:
        """What groups items: its title."""
        if among(node.text, self.places.get(node.number, [])):
            return
        notice = notices.WordedOtherwise(line=line, number=node.number, told=node.text, known=place.text)
        if self.takes(node.number, notice):
            self.to.handle(commands.RewordNode(number=node.number, text=node.text), self.act(node.number))

    def _touch(self, version: int, before: Mapping[UUID, int], told: set[str]) -> None:
        """What the import touched: as it left it, and what it added to it, for whoever takes it back."""
        recorded, plan = self.recorded, self.to
        if plan.version > version:
            added = tuple(range(version + 1, plan.version + 1))
            recorded.touched.append(Touched(plan.id, f"plan:{plan.key}", plan.version, False, added))
        recorded.touched += [Touched(case.id, case.ref, case.version, True) for case in recorded.cases.values()]
        for case in {case.id: case for number, case in self.cases.items() if number in told}.values():
            added = tuple(
                each.originator_version for each in case.history
                if each.originator_version > before[case.id] and not each.event.machine
            )  # fmt: skip
            if added:
                recorded.updated.append(case.ref)
                recorded.touched.append(Touched(case.id, case.ref, case.version, False, added))
            else:
                recorded.unchanged.append(case.ref)
