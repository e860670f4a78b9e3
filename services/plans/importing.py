"""A plan that comes as a document: rehearsed, recorded all or nothing, once; one that is here already, brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from domain import values
from domain.errors import SuiviError
from domain.imports import Import
from domain.plan.plan import Plan
from domain.time import read_date
from services.execute import Work
from services.home import Home
from services.imports.bringing import Bringing
from services.imports.deciding import Decided
from services.imports.plans.reading import PlanReading
from services.imports.report import Evidence, Problem, Proposal
from services.imports.result import Result
from services.plans.recording import Fresh, Origin, Recorded, create_plan
from services.plans.updating import update_plan
from services.reading.when import today

KIND = "plan"


class PlanImport(Bringing):
    """One plan, read once, and what it becomes. `file`, `sha256`: of the document; `key`: the plan's; `decided` and `taken`:
    what a person said of the states that it suggests, and which changes of what is known it may make.

    Once it was brought in: `reading`, under the numbers that its places have in the plan; `known`, whether that was here
    already, and what is `fresh` in its items, by number."""

    def __init__(
        self, home: Home, file: str, sha256: str, reading: PlanReading, key: str, reference_date: str | None = None,
        decided: Sequence[Decided] = (), taken: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        super().__init__(home)
        self.file, self.sha256, self.read, self.key = file, sha256, reading, key
        self.reading, self.decided, self.taken = reading, tuple(decided), taken
        self.known, self.fresh = False, dict[str, Fresh]()
        self.reference = read_date(reference_date, today(home)) if reference_date else None
        self.result = self._empty()

    @property
    def asked(self) -> dict[str, Any]:
        asked = {"import": self.sha256, "plan": self.key, "reference": self.reference}
        said = {"decided": [asdict(one) for one in self.decided], "taken": sorted(self.taken)}
        return asked | {name: each for name, each in said.items() if each}

    def bring(self, work: Work) -> None:
        """The same file again creates nothing, as long as its plan is there."""
        self.result, self.reading, self.known = self._empty(), self.read, False
        file = ("file", f"{self.key}:{self.sha256}")
        before = work.find(Import, *file)
        if before and before.imported and not before.undone and not self.taken:
            self.result.id = before.imported.key
            self.result.unchanged = [*(touched.ref for touched in before.imported.touched), *before.imported.unchanged]
            return
        if self.result.refused:
            return
        id = work.refs.next_import(self.key)
        try:
            recorded = self._record(work, Origin(work.id("import"), id, self.reference, self.decided, self.taken))
        except SuiviError as refusal:
            self.result.problems.append(Problem(self._line(refusal), "error", refusal))
            return
        self._told(recorded)
        if recorded.touched and not self.result.refused:
            self.result.id = id
            work.free += [file] if before else []
            work.add(self._document(work, recorded), ("import", id), file)

    def _record(self, work: Work, origin: Origin) -> Recorded:
        plan = work.find(Plan, "plan", self.key)
        if plan is None:
            return create_plan(work, self.reading, self.key, origin)
        recorded, self.known = Recorded(plan), True
        self.reading = update_plan(work, recorded, self.reading, origin)
        return recorded

    def _document(self, work: Work, recorded: Recorded) -> Import:
        return Import.record(
            work.id("import"), work.act, key=self.result.id, file=self.file, sha256=self.sha256, kind=KIND, assembly=None,
            reference=self.reference, touched=tuple(recorded.touched), unchanged=tuple(recorded.unchanged),
        )  # fmt: skip

    def _empty(self) -> Result:
        return Result(kind=KIND, assembly=self.key, problems=sorted(self.read.problems, key=lambda p: p.line))

    def _told(self, recorded: Recorded) -> None:
        """What it would do, or did."""
        began = [touched.ref for touched in recorded.touched if touched.began]
        added = [touched.ref for touched in recorded.touched if not touched.began]
        self.result.created, self.result.updated, self.result.unchanged = began, added, recorded.unchanged
        self.result.added, self.fresh = dict(+recorded.added), recorded.fresh
        self.result.proposals = [(ref, _proposal(number, one)) for ref, number, one in recorded.proposed]
        self.result.problems = sorted([*self.result.problems, *recorded.problems], key=lambda each: each.line)

    def _line(self, refusal: SuiviError) -> int:
        """Where what is refused stands, if it says where, or which item it is about."""
        place = self.reading.places.get(str(refusal.facts.get("number")), (1, 1))[0]
        return int(refusal.facts.get("line", place))


def _proposal(number: str, one: values.Proposal) -> Proposal:
    evidence = tuple(Evidence(each.text, each.first_line, each.last_line) for each in one.evidence)
    return Proposal(number, None, one.state, one.completion, evidence, one.confidence, one.alternatives)
