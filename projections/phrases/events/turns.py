"""What comes back, and the meetings that it goes with."""

from __future__ import annotations

from domain import directory
from domain.case import turns
from projections.phrases.catalogue import N_
from projections.phrases.dates import write_date
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

PLACE, REASON = N_("place: {text}"), N_("reason: {text}")


def _turn(event: turns.TurnEvent, tell: Telling) -> str:
    """« tâche 2 (automne 2024) »."""
    named = tell.say(N_("task {number}"), number=event.task)
    return tell.say(N_("{told} ({words})"), told=named, words=write_date(event.occurrence, tell.lang))


@clauses.register
def come(event: turns.OccurrenceCame, tell: Telling) -> Clauses:
    due = tell.day(event.due.isoformat())
    yield tell.say(N_("{task}: its turn has come, to be done {when} at the latest"), task=_turn(event, tell), when=due)


@clauses.register
def drop(event: turns.OccurrenceDropped, tell: Telling) -> Clauses:
    yield tell.say(N_("{task}: the meeting is cancelled, there is nothing to do for it"), task=_turn(event, tell))


@clauses.register
def finish(event: turns.OccurrenceFinished, tell: Telling) -> Clauses:
    yield tell.say(N_("{task}: done once more"), task=_turn(event, tell))
    yield from tell.quoted(N_("what was done: {text}"), event.text)


@clauses.register
def announce(event: directory.BodyMeetingAnnounced, tell: Telling) -> Clauses:
    template = N_("meeting announced {when}") if event.confirmed else N_("meeting announced {when}, to be confirmed")
    yield from tell.dated(template, event, "date")
    yield from tell.quoted(PLACE, event.place)


@clauses.register
def move(event: directory.BodyMeetingMoved, tell: Telling) -> Clauses:
    if former := _before(event, tell):
        yield tell.say(N_("meeting announced {when} put off"), when=tell.day(former))
    yield from tell.dated(N_("it will be held {when}"), event, "date")
    if not event.confirmed:
        yield tell.say(N_("to be confirmed"))
    yield from tell.quoted(PLACE, event.place)
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def cancel(event: directory.BodyMeetingCancelled, tell: Telling) -> Clauses:
    if former := _before(event, tell):
        yield tell.say(N_("meeting announced {when} cancelled"), when=tell.day(former))
    else:
        yield tell.say(N_("meeting cancelled"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def hold(event: directory.BodyMeetingHeld, tell: Telling) -> Clauses:
    yield from tell.dated(N_("meeting held {when}"), event, "date")
    yield from tell.quoted(PLACE, event.place)


def _before(event: directory.BodyMeetingEvent, tell: Telling) -> str | None:
    """The date that the meeting had until then."""
    version = tell.recorded.originator_version
    earlier = [each.event for each in tell.context or () if each.originator_version < version]
    dates = [each.date for each in earlier if isinstance(each, directory.BodyMeetingAnnounced | directory.BodyMeetingMoved)
             and each.number == event.number]  # fmt: skip
    return dates[-1] if dates else None
