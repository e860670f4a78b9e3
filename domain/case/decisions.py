"""Verb by verb: which event a command becomes, and what must hold first. Adding a verb adds a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from domain.amendments import CorrectFact, RetractFact
from domain.attachments import AttachFile, attached
from domain.base import Act, Command, Event, said
from domain.case import bundles, commands, events, items, migration, moves, refusals, standing, tasks, told, turns
from domain.case.case import Case
from domain.case.rules import label, refuse_future
from domain.case.subscriptions import subscribe
from domain.clocks import AcknowledgeStep, RecomputeClocks, RemindMe, SnoozeClock, TakeSteps
from domain.conditions import BeAwaited, EndWait, at_once, be_awaited
from domain.figures import target_of
from domain.time import day_of
from domain.time.occurrences import check_rhythm, returns
from domain.time.schedules import Schedule
from domain.values import Proposal

WITHIN, MOST_WITHIN = 10, 250  # working days in which a task is due once what it waited for has ended; a year's

MOVES: dict[type[Command], type[moves.Moved]] = {
    commands.ReferCase: moves.CaseReferred,
    commands.ReportBack: moves.ReportReceived,
    commands.StartCase: moves.CaseStarted,
    commands.PostponeCase: moves.CasePostponed,
    commands.BlockCase: moves.CaseBlocked,
    commands.ResumeCase: moves.CaseResumed,
    commands.CompleteCase: moves.CaseCompleted,
    commands.CloseCaseUndone: moves.CaseClosedUndone,
    commands.CarryOverCase: moves.CaseCarriedOver,
    commands.SupersedeCase: moves.CaseSuperseded,
    commands.ReopenCase: moves.CaseReopened,
    commands.MoveCase: moves.CaseMoved,
}

RECORDS: dict[type[Command], type[Event]] = {
    commands.RewordCase: events.CaseReworded,
    commands.NoteCase: events.CaseNoted,
    commands.ApproveReport: events.ReportApproved,
    commands.AssignCase: events.CaseAssigned,
    commands.AwaitParty: events.CaseAwaited,
    commands.LinkCase: events.CaseLinked,
    commands.RestrictCase: events.CaseRestricted,
}


def handle(case: Case, command: Command, act: Act) -> None:
    """Lets the case decide: it records events, or raises a refusal and is left as it was."""
    refuse_future(act.occurred, act)
    kind = type(command)
    if check := CHECKS.get(kind):
        check(case, command, act)
    if kind in MOVES:
        case.move(MOVES[kind], command, act)
    elif kind in RECORDS:
        case.record(RECORDS[kind], command, act)
    else:
        SPECIAL[kind](case, command, act)
    case.wind(act)


def check_until(case: Case, command: commands.PostponeCase, act: Act) -> None:
    if day_of(command.until, date.max) <= act.day:
        raise refusals.UntilPast(day=act.day, until=command.until)


def check_other(case: Case, command: Any, act: Act) -> None:
    if case.id in (getattr(command, name, None) for name in ("to", "by", "other")):
        raise refusals.SelfReference(ref=case.ref)


def check_ends(case: Case, command: commands.CompleteCase, act: Act) -> None:
    standing.refuse_done(case)


def check_named(case: Case, command: commands.RestrictCase, act: Act) -> None:
    if command.visibility == "named" and not command.people:
        raise refusals.NobodyNamed()


def confirm(case: Case, command: commands.ConfirmCase, act: Act) -> None:
    """Establishes the stated state, else for each part the one proposed for it; happens on the document's date."""
    stated = case.steps(command, act, lambda part: command.state or _proposed(case, command, act, part))
    parts = [part for part in case.parts if part.label in stated]
    pending = any(case.proposals_for(part) for part in parts)
    agreed = {p.label: one for p in parts for one in case.proposals_for(p)[:1] if one.state == stated[p.label]}
    done = {
        label: command.completion or (agreed[label].completion if label in agreed else None)
        for label, state in stated.items() if state == "done"
    }  # fmt: skip
    if None in done.values():
        raise refusals.CompletionMissing()
    alike = len({*done.values()}) == 1
    facts = said(act) | {
        "occurred": act.occurred or (case.proposed_on if pending else None),
        "completion": next(iter(done.values())) if alike else None,
        "completions": {} if alike else done,
        "reason": command.reason or _reason(agreed.values()),
    }
    case.trigger(moves.CaseConfirmed(parts=stated, state=case.state_after(stated), **facts), act)


def _proposed(case: Case, command: commands.ConfirmCase, act: Act, part: events.Part) -> str:
    for proposal in case.proposals_for(part):
        return proposal.state
    case.decide(command, act, part, part.state)
    raise refusals.NothingProposed(ref=case.ref, states=[label(case.workflow, s) for s in case.workflow.states])


def _reason(proposals: Iterable[Proposal]) -> str | None:
    """The words that the proposals rest on, each once."""
    return " ".join(dict.fromkeys(e.text for p in proposals for e in p.evidence)) or None


def add_task(case: Case, command: commands.AddTask, act: Act) -> None:
    """Numbers are not given twice, even when a task is taken back."""
    added = sum(isinstance(recorded.event, tasks.TaskAdded) for recorded in case.history)
    due = command.due or due_of(command.schedule if isinstance(command, items.AddLine) else None)
    case.record(tasks.TaskAdded, command, act, number=added + 1, within=_within(command), due=due)


def due_of(schedule: Schedule | None) -> str | None:
    """The date by which a line of a plan is to be done; null for what comes back, goes on or waits. Raises
    `RhythmUnreadable` for what would come back on days that nobody can tell."""
    if schedule and schedule.rrule is not None and returns(schedule):
        check_rhythm(schedule.rrule)
    return schedule.edtf if schedule and schedule.due else None


def _within(command: commands.AddTask) -> int | None:
    if command.upon is None:
        if command.within is not None:
            raise refusals.WithinWhat()
        return None
    if command.due is not None:
        raise refusals.DateOrCondition()
    within = WITHIN if command.within is None else command.within
    if not 1 <= within <= MOST_WITHIN:
        raise refusals.WithinUnfit(most=MOST_WITHIN, within=within)
    return within


def end_wait(case: Case, command: EndWait, act: Act) -> None:
    """The tasks that waited for that have a date, counted from today."""
    for task in list(case.tasks.values()):
        if task.waits and task.upon == command.upon:
            due = act.calendar.after(act.today, task.within or WITHIN).isoformat()
            case.trigger(tasks.TaskBecameDue(task=task.number, upon=command.upon, due=due, **at_once(act)), act)


def note_follow_up(case: Case, command: items.NoteFollowUp, act: Act) -> None:
    case.record(events.CaseNoted, command, act)


def finish_task(case: Case, command: commands.FinishTask, act: Act) -> None:
    task = open_task(case, command.task)
    if turns.comes_back(task) and not command.whole:
        facts = turns.finished(case, task, command.occurrence, act)
        case.record(turns.OccurrenceFinished, command, act, **facts)
        return
    if command.occurrence is not None:
        raise turns.ReturnsNot(ref=case.ref, task=command.task)
    case.record(tasks.TaskFinished, command, act)


def open_task(case: Case, number: int) -> tasks.Task:
    """The task of that number, which is still to be done."""
    task = case.tasks.get(number)
    if task is None or task.done:
        still = [str(t.number) for t in case.tasks.values() if not t.done]
        raise refusals.TaskUnknown(ref=case.ref, task=number, tasks=still)
    return task


def reword_task(case: Case, command: commands.RewordTask, act: Act) -> None:
    task = open_task(case, command.task)
    schedule = command.schedule or task.schedule
    due = due_of(command.schedule) if command.schedule else task.due
    case.record(tasks.TaskReworded, command, act, schedule=schedule, due=due)


def drop_task(case: Case, command: commands.DropTask, act: Act) -> None:
    open_task(case, command.task)
    case.record(tasks.TaskDropped, command, act)


def set_target(case: Case, command: commands.SetTarget, act: Act) -> None:
    case.record(events.CaseTargetSet, command, act, target=target_of(command))


def acknowledge(case: Case, command: AcknowledgeStep, act: Act) -> None:
    case.decide(command, act, None)
    case.acknowledge(command, act)
    standing.review(case, act)


def snooze(case: Case, command: SnoozeClock, act: Act) -> None:
    case.decide(command, act, None)
    case.snooze(command, act)


def remind(case: Case, command: RemindMe, act: Act) -> None:
    case.decide(command, act, None)
    case.remind(command, act)


def recompute(case: Case, command: RecomputeClocks, act: Act) -> None:
    case.recompute(act)


def attach(case: Case, command: AttachFile, act: Act) -> None:
    case.decide(command, act, None)
    case.trigger(attached(case, command, act), act)


def propose(case: Case, command: commands.ProposeState, act: Act) -> None:
    case.trigger(events.CaseStateProposed(proposals=command.proposals, **said(act)), act)


def open_thread(case: Case, command: commands.OpenThread, act: Act) -> None:
    case.trigger(events.CaseThreadOpened(demarche=command.demarche, **said(act)), act)


def withdraw(case: Case, command: commands.WithdrawCase, act: Act) -> None:
    case.trigger(events.CaseWithdrawn(cause=command.cause, **said(act)), act)


def _check(function: Callable[..., None]) -> Callable[[Case, Command, Act], None]:
    return cast("Callable[[Case, Command, Act], None]", function)


CHECKS: dict[type[Command], Callable[[Case, Command, Act], None]] = {
    commands.PostponeCase: _check(check_until),
    commands.CompleteCase: _check(check_ends),
    commands.CarryOverCase: _check(check_other),
    commands.SupersedeCase: _check(check_other),
    commands.LinkCase: _check(check_other),
    bundles.MergeCase: _check(check_other),
    commands.RestrictCase: _check(check_named),
}

SPECIAL: dict[type[Command], Callable[[Case, Command, Act], None]] = {
    commands.ConfirmCase: _check(confirm),
    commands.SetDue: _check(standing.set_due),
    bundles.SplitCase: _check(bundles.split),
    migration.MigrateCase: _check(migration.migrate),
    bundles.MergeCase: _check(bundles.merge),
    commands.AddTask: _check(add_task),
    items.AddLine: _check(add_task),
    items.NoteFollowUp: _check(note_follow_up),
    commands.FinishTask: _check(finish_task),
    turns.LetOccur: _check(turns.let_occur),
    commands.RewordTask: _check(reword_task),
    commands.DropTask: _check(drop_task),
    commands.SetTarget: _check(set_target),
    BeAwaited: _check(be_awaited),
    EndWait: _check(end_wait),
    AttachFile: _check(attach),
    CorrectFact: _check(Case.correct),
    RetractFact: _check(Case.retract),
    commands.ProposeState: _check(propose),
    told.ReadFacts: _check(told.take_facts),
    commands.WithdrawCase: _check(withdraw),
    commands.OpenThread: _check(open_thread),
    commands.SubscribeCase: _check(subscribe),
    commands.UnsubscribeCase: _check(subscribe),
    AcknowledgeStep: _check(acknowledge),
    SnoozeClock: _check(snooze),
    RemindMe: _check(remind),
    TakeSteps: _check(Case.take_steps),
    RecomputeClocks: _check(recompute),
}
