"""A reading on its way into a plan that is known: what both say otherwise is told, and changed where that was asked for."""

from __future__ import annotations

from domain.errors import SuiviError
from services.execute import Work
from services.imports.plans.reading import PlanReading
from services.imports.report import Problem
from services.plans.recording import Making, Origin, Recorded


class Changing(Making):
    """`recorded`: what became of it until now; `to`: the plan that it goes into."""

    def __init__(self, work: Work, reading: PlanReading, origin: Origin, recorded: Recorded) -> None:
        super().__init__(work, reading, origin)
        self.recorded, self.to = recorded, recorded.plan

    def takes(self, key: str, notice: SuiviError) -> bool:
        """Whether what is known is to be changed; where nobody asked for it, it is told, with the `key` to ask by."""
        if self.origin.takes(key):
            self.recorded.added["changes"] += 1
            return True
        self.warn(notice, key)
        return False

    def warn(self, notice: SuiviError, key: str | None = None) -> None:
        """Tells something, by the line that its facts name."""
        line = notice.facts.get("line", 1)
        self.recorded.problems.append(Problem(line if isinstance(line, int) else 1, "warning", notice, key))
