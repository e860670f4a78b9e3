"""Verb by verb: which event a command becomes, and what must hold first. Adding a verb adds a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from domain.amendments import CorrectFact, RetractFact
from domain.attachments import AttachFile, attached
from domain.base import Act, Command
from domain.case.rules import refuse_future
from domain.clocks import AcknowledgeStep, RecomputeClocks, RemindMe, SnoozeClock, TakeSteps
from domain.clocks.ladder import end_of
from domain.conditions import BeAwaited, EndWait, at_once, be_awaited
from domain.demarche import commands, events, meetings, pauses, refusals
from domain.demarche.demarche import Demarche, told
from domain.time import latest

RECORDS: dict[type[Command], type[events.DemarcheEvent]] = {
    commands.RemindOffice: events.ReminderSent,
    commands.AcknowledgeDemarche: events.DemarcheAcknowledged,
    commands.FixMeeting: meetings.MeetingFixed,
    commands.MoveMeeting: meetings.MeetingMoved,
    commands.CancelMeeting: meetings.MeetingCancelled,
    commands.HoldMeeting: meetings.MeetingHeld,
    commands.AnswerDemarche: events.DemarcheAnswered,
    commands.DeclineDemarche: events.DemarcheDeclined,
    commands.RedirectDemarche: events.DemarcheRedirected,
    commands.SaySilent: events.SilenceAsserted,
    commands.CloseDemarche: events.DemarcheClosed,
    commands.ReopenDemarche: events.DemarcheReopened,
    commands.PauseDemarche: pauses.DemarchePaused,
    commands.ResumeDemarche: pauses.DemarcheResumed,
    commands.AssignDemarche: events.DemarcheAssigned,
    commands.LinkDemarche: events.DemarcheLinked,
    commands.NoteDemarche: events.DemarcheNoted,
}


def handle(demarche: Demarche, command: Command, act: Act) -> None:
    """Lets the thread decide: it records events, or raises a refusal and is left as it was."""
    refuse_future(act.occurred, act)
    kind = type(command)
    if check := CHECKS.get(kind):
        check(demarche, command, act)
    if kind in RECORDS:
        demarche.record(RECORDS[kind], command, act)
    else:
        SPECIAL[kind](demarche, command, act)
    demarche.wind(act)


def check_count(demarche: Demarche, command: commands.RemindOffice, act: Act) -> None:
    if command.count.max == 0:
        raise refusals.NoneSent()


def check_announced(demarche: Demarche, command: commands.AcknowledgeDemarche, act: Act) -> None:
    until = end_of(command.wait_until) if command.wait_until else None
    if until and until <= act.day:
        raise refusals.AnnouncedPast(day=act.day, until=command.wait_until)


def check_fixed(demarche: Demarche, command: commands.FixMeeting, act: Act) -> None:
    demarche.decide(command, act)  # what is not possible is said before what is missing
    if command.confirmed and command.date is None:
        raise refusals.DateNeeded()
    _check_ahead(command.date, act)


def check_moved(demarche: Demarche, command: commands.MoveMeeting, act: Act) -> None:
    _check_ahead(command.date, act)


def _check_ahead(date: str | None, act: Act) -> None:
    day = latest(date) if date else None
    if day and day < act.day:
        raise refusals.MeetingPast(date=date)


def check_paused(demarche: Demarche, command: commands.PauseDemarche, act: Act) -> None:
    if command.until is None:
        return
    until = end_of(command.until)
    if until is None:
        raise refusals.PauseUnending(until=command.until)
    if until <= act.today:
        raise refusals.PausePast(until=command.until)


def check_linked(demarche: Demarche, command: commands.LinkDemarche, act: Act) -> None:
    if command.to in demarche.cases:
        raise refusals.LinkedAlready(ref=demarche.ref)


def follow_office(demarche: Demarche, command: commands.FollowOffice, act: Act) -> None:
    """Reorganised offices take their threads along, whoever may act on these."""
    to = demarche.addressee
    assert to and to.office == command.office
    demarche.trigger(
        events.DemarcheTransferred(reason=command.reason, **to._asdict(), **told(act)), act
    )


def receive(demarche: Demarche, command: commands.ReceiveRedirection, act: Act) -> None:
    demarche.trigger(events.RedirectionReceived(origin=command.origin, **told(act)), act)


def attach(demarche: Demarche, command: AttachFile, act: Act) -> None:
    demarche.decide(command, act)
    demarche.trigger(attached(demarche, command, act), act)


def end_wait(demarche: Demarche, command: EndWait, act: Act) -> None:
    """What was paused until then goes on."""
    if command.upon in demarche.waits_upon:
        demarche.trigger(pauses.DemarcheResumed(upon=command.upon, **told(act) | at_once(act)), act)


def acknowledge(demarche: Demarche, command: AcknowledgeStep, act: Act) -> None:
    demarche.decide(command, act)
    demarche.acknowledge(command, act)


def snooze(demarche: Demarche, command: SnoozeClock, act: Act) -> None:
    demarche.decide(command, act)
    demarche.snooze(command, act)


def remind(demarche: Demarche, command: RemindMe, act: Act) -> None:
    demarche.decide(command, act)
    demarche.remind(command, act)


def recompute(demarche: Demarche, command: RecomputeClocks, act: Act) -> None:
    demarche.recompute(act)


def _check(function: Callable[..., None]) -> Callable[[Demarche, Any, Act], None]:
    return cast("Callable[[Demarche, Any, Act], None]", function)


CHECKS: dict[type[Command], Callable[[Demarche, Any, Act], None]] = {
    commands.RemindOffice: _check(check_count),
    commands.AcknowledgeDemarche: _check(check_announced),
    commands.FixMeeting: _check(check_fixed),
    commands.MoveMeeting: _check(check_moved),
    commands.PauseDemarche: _check(check_paused),
    commands.LinkDemarche: _check(check_linked),
}

SPECIAL: dict[type[Command], Callable[[Demarche, Any, Act], None]] = {
    commands.FollowOffice: _check(follow_office),
    commands.ReceiveRedirection: _check(receive),
    BeAwaited: _check(be_awaited),
    EndWait: _check(end_wait),
    CorrectFact: _check(Demarche.correct),
    RetractFact: _check(Demarche.retract),
    AttachFile: _check(attach),
    AcknowledgeStep: _check(acknowledge),
    SnoozeClock: _check(snooze),
    RemindMe: _check(remind),
    TakeSteps: _check(Demarche.take_steps),
    RecomputeClocks: _check(recompute),
}
