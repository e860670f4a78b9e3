"""What is to be done within a case: tasks, among them the lines of a plan's item that say how and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct

from domain.base import Event, Recorded
from domain.plan.nodes import Kind
from domain.time.schedules import Schedule
from domain.values import Awaitable, Edtf, FreeText, Owner

if TYPE_CHECKING:
    from domain.case.case import Case


class Task(Struct):
    """Something to do within a case, known by its number in the case; `within` so many working days once `upon`, a case
    or a thread, has ended.

    A line of a plan's item has besides its `label` (a, 1), its `kind` and its `schedule`, with the words of the plan;
    the `heading` that stands above it in the page, the `group` that it is for, `who` does it, as written."""

    number: int
    text: FreeText
    owner: Owner | None
    due: Edtf | None
    done: bool = False
    upon: UUID | None = None
    within: int | None = None
    kind: Kind | None = None
    label: str | None = None
    printed: str | None = None
    heading: FreeText | None = None
    group: FreeText | None = None
    schedule: Schedule | None = None
    who: tuple[FreeText, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it has no date before something else has ended."""
        return self.upon is not None and self.due is None and not self.done


class TaskAdded(Event, frozen=True, kw_only=True):
    """Something is to be done: by a date, or `within` so many working days once `upon` has ended; of a plan's item, a line
    that says how and when."""

    fixed = frozenset({"number", "upon"})
    revision = 2

    number: int
    text: FreeText
    owner: Owner | None = None
    due: Edtf | None = None
    upon: Awaitable | None = None
    within: int | None = None
    kind: Kind | None = None
    label: str | None = None
    printed: str | None = None
    heading: FreeText | None = None
    group: FreeText | None = None
    schedule: Schedule | None = None
    who: tuple[FreeText, ...] = ()

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        """Only plans have lines."""

    def apply(self, case: Case, at: Recorded) -> None:
        case.tasks[self.number] = Task(
            self.number, self.text, self.owner, self.due, upon=self.upon, within=self.within, kind=self.kind,
            label=self.label, printed=self.printed, heading=self.heading, group=self.group, schedule=self.schedule,
            who=self.who,
        )  # fmt: skip


class TaskBecameDue(Event, frozen=True, kw_only=True):
    """What the task waited for has ended: it has a date now, and keeps it whatever becomes of that end."""

    machine = True
    fixed = frozenset({"task", "upon"})

    task: int
    upon: Awaitable
    due: Edtf

    def apply(self, case: Case, at: Recorded) -> None:
        if task := case.tasks.get(self.task):
            task.due = self.due


class TaskFinished(Event, frozen=True, kw_only=True):
    """It is done. A task that this reading leaves out is passed over."""

    fixed = frozenset({"task"})

    task: int

    def apply(self, case: Case, at: Recorded) -> None:
        if task := case.tasks.get(self.task):
            task.done = True


class TaskReworded(Event, frozen=True, kw_only=True):
    """It says something else, or is to be done at another time."""

    fixed = frozenset({"task"})

    task: int
    text: FreeText
    schedule: Schedule | None = None
    due: Edtf | None = None
    reason: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        if task := case.tasks.get(self.task):
            task.text, task.schedule, task.due = self.text, self.schedule, self.due


class TaskDropped(Event, frozen=True, kw_only=True):
    """It is not to be done any more, and is not counted."""

    fixed = frozenset({"task"})

    task: int
    reason: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.tasks.pop(self.task, None)
