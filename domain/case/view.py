"""What a workflow may ask of a case on the way of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.base import Command
from domain.case.events import Part
from workflows.workflow import View

if TYPE_CHECKING:
    from domain.case.case import Case


class PartView(View):
    """What a workflow may ask of one part (or, without one, of the whole case) on the way of a command: its state, and
    the named guards."""

    def __init__(self, case: Case, part: Part | None, command: Command | None = None) -> None:
        self.case, self.part, self.command = case, part, command

    @property
    def state(self) -> str:
        return self.part.state if self.part else self.case.state

    @property
    def before(self) -> str:
        return self.part.before if self.part else self.case.state

    @property
    def confirmable(self) -> bool:
        return not (self.part.moved if self.part else self.case.moved) or bool(self.case.proposals_for(self.part))

    @property
    def successor_unmoved(self) -> bool:
        parts = [self.part] if self.part else self.case.parts
        return self.case.moved_successors.isdisjoint(to for part in parts for to in part.successors)

    @property
    def divisible(self) -> bool:
        return len(self.case.parts) > 1

    @property
    def no_thread_awaits(self) -> bool:
        return not self.case.threads_awaiting or getattr(self.command, "completion", None) != "full"
