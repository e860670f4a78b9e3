"""What is to be done within a case, and the lines of a plan's item."""

from __future__ import annotations

from domain.case import tasks
from projections.phrases.catalogue import N_
from projections.phrases.events.moves import REASON
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling


@clauses.register
def add_task(event: tasks.TaskAdded, tell: Telling) -> Clauses:
    if event.kind:
        yield from _line(event, tell)
    else:
        yield tell.say(N_("task {number}: {text}"), number=event.number, text=tell.quote(event.text))
    if event.owner:
        yield tell.say(N_("given {party.to}"), party=tell.party(event.owner))
    yield from tell.dated(N_("to be done {when}"), event, "due")
    if event.upon and event.within:
        yield tell.ngettext(
            "to be done within {n} working day of the end {what.of}",
            "to be done within {n} working days of the end {what.of}",
            event.within, what=tell.subject(event.upon),
        )  # fmt: skip


def _line(event: tasks.TaskAdded, tell: Telling) -> Clauses:
    """A line of a plan: its letter or number there, what it says, when, in its own words."""
    yield tell.say(N_("line {label}: {text}"), label=event.label or event.number, text=tell.quote(event.text))
    if event.schedule:
        yield tell.say(N_("when: {words}"), words=tell.quote(event.schedule.words))
    if event.who:
        yield tell.say(N_("who sees to it: {names}"), names=tell.listed(event.who))


@clauses.register
def reword_task(event: tasks.TaskReworded, tell: Telling) -> Clauses:
    yield tell.say(N_("task {number} is now worded: {text}"), number=event.task, text=tell.quote(event.text))
    if event.schedule:
        yield tell.say(N_("when: {words}"), words=tell.quote(event.schedule.words))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def drop_task(event: tasks.TaskDropped, tell: Telling) -> Clauses:
    yield tell.say(N_("task {number} is not to be done any more"), number=event.task)
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def make_due(event: tasks.TaskBecameDue, tell: Telling) -> Clauses:
    template = N_("task {number}: to be done {when}, since the end {what.of}")
    what = tell.subject(event.upon)
    yield tell.say(template, number=event.task, when=tell.day(event.due), what=what)
    yield from tell.quoted("{text}", _task_text(event.task, tell))


@clauses.register
def finish_task(event: tasks.TaskFinished, tell: Telling) -> Clauses:
    if text := _task_text(event.task, tell):
        yield tell.say(N_("task {number} finished: {text}"), number=event.task, text=tell.quote(text))
    else:
        yield tell.say(N_("task {number} finished"), number=event.task)


def _task_text(number: int, tell: Telling) -> str | None:
    added = (r.event for r in tell.context or () if isinstance(r.event, tasks.TaskAdded))
    return next((event.text for event in added if event.number == number), None)
