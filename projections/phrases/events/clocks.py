"""What a clock did, in words: which deadline, when its reminders come, who was told."""

from __future__ import annotations

from uuid import UUID

from domain import clocks
from domain.base import ZONE
from domain.time import local_day
from projections.phrases.catalogue import N_
from projections.phrases.clocks import DEADLINES
from projections.phrases.dates import write_date
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

UNHELD = {
    "owner": N_("nobody who sees to it can be reached"),
    "body": N_("nobody can be reached for the body that is to report"),
    "secretary": N_("there is no secretary"),
}


def deadline(event: clocks.ClockEvent, tell: Telling) -> str:
    """Which deadline it is, and its date: « échéance (30 septembre 2024) »."""
    body = tell.body(UUID(event.about)).of if event.kind == "report" else ""
    name = tell.say(DEADLINES[event.kind], body=body, number=event.about)
    return tell.say(N_("{told} ({words})"), told=name, words=write_date(event.due, tell.lang))


def _next(ring: clocks.Ring | None, tell: Telling, template: str) -> Clauses:
    if ring:
        yield tell.say(template, when=tell.day(local_day(ring.at, ZONE).isoformat()))


@clauses.register
def start(event: clocks.ClockStarted, tell: Telling) -> Clauses:
    if event.lapsed:
        yield tell.say(N_("already past: {deadline}; nobody will be reminded of it"), deadline=deadline(event, tell))
        return
    yield tell.say(N_("followed: {deadline}"), deadline=deadline(event, tell))
    yield from _next(event.next, tell, N_("unless settled, first reminder {when}"))


@clauses.register
def take(event: clocks.EscalationStepTaken, tell: Telling) -> Clauses:
    yield tell.say(N_("reminder: {deadline}"), deadline=deadline(event, tell))
    if event.told:
        yield tell.say(N_("meant for {people}"), people=tell.listed([tell.person(each) for each in event.told]))
    elif not event.unheld:
        yield tell.say(N_("taken together with the next one, and not sent by itself"))
    for each in event.unheld:
        yield tell.say(UNHELD[each])
    yield from _next(event.next, tell, N_("next one {when}"))


@clauses.register
def acknowledge(event: clocks.StepAcknowledged, tell: Telling) -> Clauses:
    yield tell.say(N_("reminder acknowledged: {deadline}; no other will follow"), deadline=deadline(event, tell))


@clauses.register
def snooze(event: clocks.ClockSnoozed, tell: Telling) -> Clauses:
    yield tell.say(N_("reminders put off: {deadline}"), deadline=deadline(event, tell))
    yield from _next(event.next, tell, N_("next one {when}"))


@clauses.register
def recompute(event: clocks.ClockRecomputed, tell: Telling) -> Clauses:
    yield tell.say(N_("reminders reckoned anew, for the working days changed: {deadline}"), deadline=deadline(event, tell))
    yield from _next(event.next, tell, N_("next one {when}"))


@clauses.register
def stop(event: clocks.ClockStopped, tell: Telling) -> Clauses:
    yield tell.say(N_("no longer followed: {deadline}"), deadline=deadline(event, tell))
