"""Verb by verb: which event a command becomes, and what must hold first. Adding a verb adds a line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from domain.base import Act, Command, CorrectFact, RetractFact, said
from domain.case import commands, events, moves, refusals
from domain.case.case import Case
from domain.case.rules import label
from domain.time import day_of, earliest

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

RECORDS: dict[type[Command], type[events.Event]] = {
    commands.RewordCase: events.CaseReworded,
    commands.NoteCase: events.CaseNoted,
    commands.AssignCase: events.CaseAssigned,
    commands.SetDue: events.CaseDueSet,
    commands.AwaitParty: events.CaseAwaited,
    commands.LinkCase: events.CaseLinked,
    commands.RestrictCase: events.CaseRestricted,
}


def handle(case: Case, command: Command, act: Act) -> None:
    """Lets the case decide: it records events, or raises a refusal and is left as it was."""
    refuse_future(act)
    kind = type(command)
    if check := CHECKS.get(kind):
        check(case, command, act)
    if kind in MOVES:
        case.move(MOVES[kind], command, act)
    elif kind in RECORDS:
        case.record(RECORDS[kind], command, act)
    else:
        SPECIAL[kind](case, command, act)


def refuse_future(act: Act) -> None:
    """What has certainly not begun yet cannot have happened."""
    if act.occurred and (begins := earliest(act.occurred)) and begins > act.today:
        raise refusals.FutureAct(occurred=act.occurred)


def check_until(case: Case, command: commands.PostponeCase, act: Act) -> None:
    if day_of(command.until, date.max) <= act.day:
        raise refusals.UntilPast(day=act.day, until=command.until)


def check_other(case: Case, command: Any, act: Act) -> None:
    if case.id in (getattr(command, "to", None), getattr(command, "by", None)):
        raise refusals.SelfReference(ref=case.ref)


def check_named(case: Case, command: commands.RestrictCase, act: Act) -> None:
    if command.visibility == "named" and not command.people:
        raise refusals.NobodyNamed()


def confirm(case: Case, command: commands.ConfirmCase, act: Act) -> None:
    """Establishes the stated state, else for each part the one proposed for it; happens on the document's date."""
    stated = {p.label: command.state or _proposed(case, p) for p in case.chosen(command.part)}
    for part in case.chosen(command.part):
        case.decide(command, act, part, stated[part.label])
    pending = [p for part in case.chosen(command.part) for p in case.proposals_for(part)]
    completion = command.completion or next((p.completion for p in pending if not command.state), None)
    if "done" in stated.values() and completion is None:
        raise refusals.CompletionMissing()
    facts = said(act) | {"occurred": act.occurred or (case.proposed_on if pending else None)}
    reason = command.reason or (None if command.state else _reason(pending))
    case.trigger(
        moves.CaseConfirmed(parts=stated, state=case.state_after(stated), completion=completion, reason=reason, **facts),
        act,
    )


def _proposed(case: Case, part: events.Part) -> str:
    for proposal in case.proposals_for(part):
        return proposal.state
    states = [label(case.workflow, state) for state in case.workflow.states]
    raise refusals.NothingProposed(ref=case.ref, states=states)


def _reason(proposals: list[Any]) -> str | None:
    return " ".join(e.text for p in proposals for e in p.evidence) or None


def add_task(case: Case, command: commands.AddTask, act: Act) -> None:
    case.record(events.TaskAdded, command, act, number=max(case.tasks, default=0) + 1)


def finish_task(case: Case, command: commands.FinishTask, act: Act) -> None:
    task = case.tasks.get(command.task)
    if task is None or task.done:
        still = [str(t.number) for t in case.tasks.values() if not t.done]
        raise refusals.TaskUnknown(ref=case.ref, task=command.task, tasks=still)
    case.record(events.TaskFinished, command, act)


def propose(case: Case, command: commands.ProposeState, act: Act) -> None:
    case.trigger(events.CaseStateProposed(proposals=command.proposals, **said(act)), act)


def withdraw(case: Case, command: commands.WithdrawCase, act: Act) -> None:
    case.trigger(events.CaseWithdrawn(**said(act)), act)


def _check(function: Callable[..., None]) -> Callable[[Case, Command, Act], None]:
    return cast("Callable[[Case, Command, Act], None]", function)


CHECKS: dict[type[Command], Callable[[Case, Command, Act], None]] = {
    commands.PostponeCase: _check(check_until),
    commands.CarryOverCase: _check(check_other),
    commands.SupersedeCase: _check(check_other),
    commands.LinkCase: _check(check_other),
    commands.RestrictCase: _check(check_named),
}

SPECIAL: dict[type[Command], Callable[[Case, Command, Act], None]] = {
    commands.ConfirmCase: _check(confirm),
    commands.AddTask: _check(add_task),
    commands.FinishTask: _check(finish_task),
    CorrectFact: _check(Case.correct),
    RetractFact: _check(Case.retract),
    commands.ProposeState: _check(propose),
    commands.WithdrawCase: _check(withdraw),
}
