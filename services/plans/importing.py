"""A plan that comes as a document: rehearsed, recorded all or nothing, once, and taken back."""

from __future__ import annotations

from typing import Any

from domain.base import Act
from domain.case.case import Case
from domain.case.commands import WithdrawCase
from domain.case.decisions import handle
from domain.directory import WithdrawEntry
from domain.errors import Refused, SuiviError
from domain.imports import DocumentImported, Import
from domain.plan.plan import Plan
from domain.time import read_date
from services.execute import Work
from services.home import Home
from services.homes import keys_of
from services.imports.bringing import Bringing
from services.imports.plans.reading import PlanReading
from services.imports.report import Problem
from services.imports.result import Result
from services.plans.recording import Recorded, create_plan
from services.reading.when import today

KIND = "plan"


class PlanImport(Bringing):
    """One plan, read once, and what it becomes. `file`, `sha256`: of the document; `key`: the plan's."""

    def __init__(
        self, home: Home, file: str, sha256: str, reading: PlanReading, key: str, reference_date: str | None = None
    ) -> None:
        super().__init__(home)
        self.file, self.sha256, self.reading, self.key = file, sha256, reading, key
        self.reference = read_date(reference_date, today(home)) if reference_date else None
        self.result = self._empty()

    @property
    def asked(self) -> dict[str, Any]:
        return {"import": self.sha256, "plan": self.key, "reference": self.reference}

    def bring(self, work: Work) -> None:
        """The same file again creates nothing, as long as its plan is there."""
        self.result = self._empty()
        file = ("file", f"{self.key}:{self.sha256}")
        before = work.find(Import, *file)
        if before and before.imported and not before.undone:
            self.result.id = before.imported.key
            self.result.unchanged = [touched.ref for touched in before.imported.touched]
            return
        if self.result.refused:
            return
        import_id = work.id("import")
        try:
            recorded = create_plan(work, self.reading, self.key, import_id, self.reference)
        except SuiviError as refusal:
            self.result.problems.append(Problem(self._line(refusal), "error", refusal))
            return
        self._recorded(recorded)
        self.result.id = work.refs.next_import(self.key)
        document = Import.record(
            import_id, work.act, key=self.result.id, file=self.file, sha256=self.sha256, kind=KIND, assembly=None,
            reference=self.reference, touched=tuple(recorded.touched),
        )  # fmt: skip
        work.free += [file] if before else []
        work.add(document, ("import", self.result.id), file)

    def _empty(self) -> Result:
        return Result(kind=KIND, assembly=self.key, problems=sorted(self.reading.problems, key=lambda p: p.line))

    def _recorded(self, recorded: Recorded) -> None:
        self.result.created = [touched.ref for touched in recorded.touched]
        self.result.proposals = list(recorded.proposals)  # type: ignore[arg-type]  # alike in what a result says

    def _line(self, refusal: SuiviError) -> int:
        """Where what is refused stands, if it says which item it is about."""
        return self.reading.places.get(str(refusal.facts.get("number")), (1, 1))[0]


class PlanChanged(Refused):
    """The import cannot be taken back: the plan {plan} was changed since. Nothing was recorded."""


def take_back(work: Work, imported: DocumentImported, act: Act) -> str:
    """Takes the plan of an import back, with its cases, whose numbers and key are free again. Returns its key. Whoever
    calls has seen to it that none of the cases moved."""
    first, *others = imported.touched
    plan = work.load(Plan, first.stream)
    if plan.version != first.version:
        raise PlanChanged(plan=plan.name)
    for touched in others:
        case = work.load(Case, touched.stream)
        handle(case, WithdrawCase(version=touched.version), act)
        work.free.append(("case", case.ref))
    plan.handle(WithdrawEntry(version=1), act)
    work.free += keys_of("plan", plan.key)
    return plan.key
