"""What is due in a case, and who sees to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.case.standing import review_of
from domain.case.turns import due_turns
from domain.clocks import Clock, ClockEvent, Deadline
from domain.values import Party

if TYPE_CHECKING:
    from domain.case.case import Case


def deadlines_of(case: Case) -> Iterator[Deadline]:
    """What people are reminded of: its dates. Of a case that nobody here vouches for, or that was taken back, nothing."""
    if not case.withdrawn and case.established:
        yield from dates_of(case)


def dates_of(case: Case) -> Iterator[Deadline]:
    """Its due date, the reports and tasks that are still open; of each part, the end of its postponement and the
    review of its result."""
    for part in case.parts:
        if part.until:
            yield Deadline("until", "", part.until)
        if part.review:
            yield Deadline("review", "", part.review)
    if case.workflow.is_final(case.state):
        return
    if case.due:
        yield Deadline("due", "", case.due)
    yield from review_of(case)
    for body, due in case.expected.items():
        if due:
            yield Deadline("report", str(body), due)
    for task in case.tasks.values():
        if task.done:
            continue
        if task.due:
            yield Deadline("task", str(task.number), task.due)
        for turn in due_turns(case, task):
            yield Deadline("task", str(task.number), turn.due.isoformat())


def in_charge(case: Case, deadline: Clock | ClockEvent) -> Party | None:
    """Who sees to what is due: to the task, else to the case."""
    task = case.tasks.get(int(deadline.about)) if deadline.kind == "task" else None
    return task.owner if task and task.owner else case.owner
