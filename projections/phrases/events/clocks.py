"""What a clock did, in words: which deadline, when its reminders come, who was told."""

from __future__ import annotations

from uuid import UUID

from domain import clocks
from domain.time import ZONE, local_day
from projections.phrases.catalogue import N_
from projections.phrases.clocks import DEADLINES
from projections.phrases.dates import write_date
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

UNHELD = {
    "owner": N_("nobody who sees to it can be reached"),
    "body": N_("nobody can be reached at the body that is to report"),
    "secretary": N_("there is no secretary"),
    "asker": N_("whoever asked for it cannot be reached"),
}


def deadline(event: clocks.ClockEvent, tell: Telling) -> str:
    """Which deadline it is, and its date: « échéance (30 septembre 2024) »."""
    body = tell.body(UUID(event.about)).of if event.kind == "report" else ""
    person = tell.person(UUID(event.about)) if event.kind == clocks.PERSONAL else ""
    name = tell.say(DEADLINES[event.kind], body=body, number=event.about, person=person)
    return tell.say(N_("{told} ({words})"), told=name, words=write_date(event.due, tell.lang))


def _when(ring: clocks.Ring, tell: Telling) -> str:
    return tell.day(local_day(ring.at, ZONE).isoformat())


def _next(ring: clocks.Ring | None, tell: Telling) -> Clauses:
    if ring:
        yield tell.say(N_("next one {when}"), when=_when(ring, tell))


@clauses.register
def start(event: clocks.ClockStarted, tell: Telling) -> Clauses:
    named = deadline(event, tell)
    if event.next:
        settled = N_("{deadline}: first reminder {when}, unless it is settled by then")
        template = N_("{deadline}: it comes {when}") if event.kind == clocks.PERSONAL else settled
        yield tell.say(template, deadline=named, when=_when(event.next, tell))
    else:
        yield tell.say(N_("{deadline}: past before it was recorded, no reminder will follow"), deadline=named)


@clauses.register
def take(event: clocks.EscalationStepTaken, tell: Telling) -> Clauses:
    named = deadline(event, tell)
    if event.told:
        people = tell.listed([tell.person(each).to for each in event.told])
        yield tell.say(N_("{deadline}: reminder {people}"), deadline=named, people=people)
    elif event.unheld:
        yield tell.say(N_("{deadline}: reminder to nobody"), deadline=named)
    else:
        yield tell.say(N_("{deadline}: reminder due together with the next one, which alone goes out"), deadline=named)
    for each in event.unheld:
        yield tell.say(UNHELD[each])
    if event.next is None:
        yield tell.say(N_("it is the last one"))
    elif event.told or event.unheld:
        yield from _next(event.next, tell)


@clauses.register
def ask(event: clocks.PersonalReminderSet, tell: Telling) -> Clauses:
    asked = tell.say(N_("reminder asked for by {person}"), person=tell.person(event.person))
    yield from (f"{asked} {when}" for when in tell.dated("{when}", event, "until"))
    yield from tell.quoted(N_("to think of: {text}"), event.text)


@clauses.register
def acknowledge(event: clocks.StepAcknowledged, tell: Telling) -> Clauses:
    yield tell.say(N_("{deadline}: reminder acknowledged, no other will follow"), deadline=deadline(event, tell))


@clauses.register
def snooze(event: clocks.ClockSnoozed, tell: Telling) -> Clauses:
    yield tell.say(N_("{deadline}: reminders put off"), deadline=deadline(event, tell))
    yield from _next(event.next, tell)


@clauses.register
def recompute(event: clocks.ClockRecomputed, tell: Telling) -> Clauses:
    yield tell.say(N_("{deadline}: the working days have changed"), deadline=deadline(event, tell))
    yield from _next(event.next, tell)


@clauses.register
def stop(event: clocks.ClockStopped, tell: Telling) -> Clauses:
    yield tell.say(N_("{deadline}: this date is no longer followed"), deadline=deadline(event, tell))
