"""What happened to a record, in words that agree with « la fiche »."""

from __future__ import annotations

from domain.record import events
from projections.phrases.annals import FORMS, KINDS, RELATIONS
from projections.phrases.catalogue import N_
from projections.phrases.counts import count_words
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling


@clauses.register
def create_record(event: events.RecordCreated, tell: Telling) -> Clauses:
    yield tell.say(N_("recorded, {kind}: {title}"), kind=tell.say(KINDS[event.kind]), title=tell.quote(event.title))
    yield from _told(event, tell)


@clauses.register
def reword_record(event: events.RecordReworded, tell: Telling) -> Clauses:
    yield tell.say(N_("put otherwise: {title}"), title=tell.quote(event.title))
    yield from _told(event, tell)


@clauses.register
def link_record(event: events.RecordLinked, tell: Telling) -> Clauses:
    template = N_("the letter goes on as {subject}") if event.opened else N_("it goes with {subject}")
    yield tell.say(template, subject=tell.subject(event.to))


@clauses.register
def withdraw_record(event: events.RecordWithdrawn, tell: Telling) -> Clauses:
    yield tell.say(N_("withdrawn: it is listed no more"))
    yield from tell.quoted(N_("reason: {text}"), event.reason)


def _told(event: events.Told, tell: Telling) -> Clauses:
    yield from tell.dated(N_("dated {when}"), event, "date")
    yield from tell.quoted(N_("place: {text}"), event.place)
    if event.form:
        yield tell.say(FORMS[event.form])
    if event.addressees:
        yield tell.say(
            N_("addressed to: {parties}"), parties=tell.listed([tell.party(one) for one in event.addressees])
        )
    if event.parties:
        yield tell.say(N_("with: {parties}"), parties=tell.listed([tell.party(one) for one in event.parties]))
    if event.cosigners:
        yield tell.say(N_("co-signers: {count}"), count=count_words(event.cosigners, tell.lang))
    if event.relation:
        yield tell.say(N_("what we are in it: {relation}"), relation=tell.say(RELATIONS[event.relation]))
    if event.figures:
        yield tell.say(N_("figures: {figures}"), figures=tell.quotes([one.words for one in event.figures]))
    yield from tell.quoted(N_("published in: {text}"), event.published)
    yield from tell.quoted(N_("it says: {text}"), event.text)
