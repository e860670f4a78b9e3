"""How and when a person is told, and who is told in their place."""

from __future__ import annotations

from datetime import time

from domain import directory
from projections.phrases.catalogue import N_
from projections.phrases.choices import NOTICES, RHYTHMS, WEEKDAYS
from projections.phrases.dates import write_hour
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling


@clauses.register
def set_notices(event: directory.NoticesSet, tell: Telling) -> Clauses:
    if event.rhythm:
        yield tell.say(N_("notices: {rhythm}"), rhythm=tell.say(RHYTHMS[event.rhythm]))
    for kind, rhythm in event.kinds.items():
        yield tell.say(N_("{kind}: {rhythm}"), kind=tell.say(NOTICES[kind]), rhythm=tell.say(RHYTHMS[rhythm]))
    if event.hour:
        yield tell.say(N_("mail from {hour} on"), hour=write_hour(time.fromisoformat(event.hour), tell.lang))
    elif event.hour is not None:
        yield tell.say(N_("mail from the opening on"))
    if event.weekday:
        yield tell.say(N_("the mail of the week comes {day}"), day=tell.say(WEEKDAYS[event.weekday]))


@clauses.register
def be_away(event: directory.WentAway, tell: Telling) -> Clauses:
    days = event.since if event.until == event.since else f"{event.since}/{event.until or '..'}"
    yield tell.say(N_("away {when}"), when=tell.day(days))
    if event.replaced_by:
        yield tell.say(N_("in their place: {person}"), person=tell.person(event.replaced_by))
    else:
        yield tell.say(N_("nobody stands in"))


@clauses.register
def come_back(event: directory.CameBack, tell: Telling) -> Clauses:
    yield tell.say(N_("back from an absence"))
