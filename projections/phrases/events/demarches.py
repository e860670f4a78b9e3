"""What happened in a thread with an office, in words that agree with « la démarche »."""

from __future__ import annotations

from uuid import UUID

from domain.case.events import CaseThreadOpened
from domain.demarche import events, meetings, pauses
from domain.values import Count
from projections.phrases.catalogue import N_
from projections.phrases.counts import count_words
from projections.phrases.events.moves import REASON
from projections.phrases.events.registry import clauses
from projections.phrases.nouns import Noun, office_noun
from projections.phrases.telling import Clauses, Telling
from projections.phrases.threads import CHANNELS, UNADDRESSED

KINDS = {
    "letter": N_("letter to {office}"),
    "request": N_("formal request to {office}"),
    "meeting_request": N_("request for a meeting with {office}"),
    "petition": N_("petition to {office}"),
    "open_letter": N_("open letter to {office}"),
    "press_release": N_("press release about {office}"),
    "congratulations": N_("congratulations to {office}"),
}
ANSWERS = {
    "accepts": N_("answer: it accepts"),
    "in_part": N_("answer: it accepts in part"),
    "in_principle": N_("answer: it agrees in principle"),
    "refuses": N_("answer: it refuses"),
    "no_promise": N_("answer: it promises nothing"),
    "asks_precision": N_("answer: it asks us for details"),
    "acknowledges_only": N_("answer: it only says that the letter came"),
}
MET = {"holder": N_("meeting held with {who}"), "staff": N_("meeting held with the staff of {office.name}")}
AUDIENCES = {"internal": N_("internal note: {text}"), "assembly": N_("note for the assembly: {text}")}
PLACE = N_("place: {text}")


@clauses.register
def send(event: events.DemarcheSent, tell: Telling) -> Clauses:
    if event.redirected_from:
        yield tell.say(N_("opened with {office}, where {thread} was sent on"), office=_office(event.office, tell),
                       thread=tell.thread(event.redirected_from))  # fmt: skip
    elif event.office:
        yield tell.say(KINDS[event.kind], office=tell.office(event.office))
    else:
        yield tell.say(UNADDRESSED[event.kind])
    yield from _times(event.count, tell)
    yield from _channel(event.channel, tell)
    if event.by:
        yield tell.say(N_("sent by {party}"), party=tell.party(event.by))
    if event.behalf:
        yield tell.say(N_("in the name {party.of}"), party=tell.party(event.behalf))
    if event.cosigners:
        yield tell.say(N_("co-signers: {count}"), count=count_words(event.cosigners, tell.lang))
    yield from tell.quoted(N_("about: {text}"), event.subject)
    yield tell.say(N_("for {cases}"), cases=tell.listed([tell.case(case) for case in event.cases]))
    yield from tell.quoted(N_("it says: {text}"), event.text)
    if event.owner:
        yield tell.say(N_("followed up by {party}"), party=tell.party(event.owner))
    if not event.expects_reply and event.kind not in events.SILENT_KINDS:
        yield tell.say(N_("no answer is expected"))


@clauses.register
def remind(event: events.ReminderSent, tell: Telling) -> Clauses:
    yield tell.say(N_("reminder"))
    yield from _times(event.count, tell)
    yield from _channel(event.channel, tell)
    if event.by:
        yield tell.say(N_("sent by {party}"), party=tell.party(event.by))
    yield from tell.quoted(N_("it says: {text}"), event.text)


@clauses.register
def acknowledge(event: events.DemarcheAcknowledged, tell: Telling) -> Clauses:
    yield tell.say(N_("acknowledgement received"))
    yield from tell.dated(N_("answer announced {when}"), event, "wait_until")
    yield from tell.quoted(REASON, event.reason)
    yield from tell.quoted(N_("it says: {text}"), event.text)


@clauses.register
def fix_meeting(event: meetings.MeetingFixed, tell: Telling) -> Clauses:
    if event.date is None:
        yield tell.say(N_("meeting hoped for"))
    elif event.confirmed:
        yield from tell.dated(N_("meeting fixed {when}"), event, "date")
    else:
        yield from tell.dated(N_("meeting hoped for {when}"), event, "date")
    yield from tell.quoted(PLACE, event.place)


@clauses.register
def move_meeting(event: meetings.MeetingMoved, tell: Telling) -> Clauses:
    yield from tell.dated(N_("meeting moved: it is now fixed {when}"), event, "date")
    yield from tell.quoted(PLACE, event.place)
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def cancel_meeting(event: meetings.MeetingCancelled, tell: Telling) -> Clauses:
    yield tell.say(N_("meeting cancelled"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def hold_meeting(event: meetings.MeetingHeld, tell: Telling) -> Clauses:
    who = tell.person(event.holder) if event.holder else tell.say(N_("the holder of the office"))
    yield tell.say(MET[event.met], who=who, office=_office(_addressed(tell), tell))
    if event.delegation:
        ours = [f"{charge} ({number})" for charge, number in event.delegation.items()]
        yield tell.say(N_("for us: {people}"), people=tell.listed(ours))
    yield from tell.quoted(PLACE, event.place)
    yield from tell.quoted(N_("what was said: {text}"), event.text)


@clauses.register
def answer(event: events.DemarcheAnswered, tell: Telling) -> Clauses:
    yield tell.say(ANSWERS[event.answer])
    yield from tell.quoted(N_("it says: {text}"), event.text)


@clauses.register
def decline(event: events.DemarcheDeclined, tell: Telling) -> Clauses:
    yield tell.say(N_("request declined"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def redirect(event: events.DemarcheRedirected, tell: Telling) -> Clauses:
    yield tell.say(N_("we are sent to {office}: it goes on in {thread}"), office=tell.office(event.office),
                   thread=tell.thread(event.to))  # fmt: skip
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def receive(event: events.RedirectionReceived, tell: Telling) -> Clauses:
    yield tell.say(N_("{thread} was sent on here"), thread=tell.thread(event.origin))


@clauses.register
def say_silent(event: events.SilenceAsserted, tell: Telling) -> Clauses:
    yield tell.say(N_("still no answer"))
    yield from tell.quoted(N_("in our words: {text}"), event.text)


@clauses.register
def close(event: events.DemarcheClosed, tell: Telling) -> Clauses:
    if event.reason == events.OVERTAKEN:
        yield tell.say(N_("closed: overtaken by events"))
    else:
        yield tell.say(N_("closed without an answer"))
        yield from tell.quoted(REASON, event.reason)


@clauses.register
def reopen(event: events.DemarcheReopened, tell: Telling) -> Clauses:
    yield tell.say(N_("opened again"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def pause(event: pauses.DemarchePaused, tell: Telling) -> Clauses:
    yield from tell.dated(N_("paused, to be taken up again {when}"), event, "until")
    if event.until is None:
        yield tell.say(N_("paused"))
    if event.upon:
        yield tell.say(N_("until {what} has ended"), what=tell.subject(event.upon))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def resume(event: pauses.DemarcheResumed, tell: Telling) -> Clauses:
    again = N_("taken up again at the end {what.of}") if event.upon else N_("taken up again")
    yield tell.say(again, what=tell.subject(event.upon) if event.upon else "")
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def assign(event: events.DemarcheAssigned, tell: Telling) -> Clauses:
    yield tell.say(N_("followed up by {party}"), party=tell.party(event.owner))


@clauses.register
def link(event: events.DemarcheLinked, tell: Telling) -> Clauses:
    yield tell.say(N_("it serves {case} as well"), case=tell.case(event.to))


@clauses.register
def note(event: events.DemarcheNoted, tell: Telling) -> Clauses:
    yield tell.say(AUDIENCES[event.audience], text=tell.quote(event.text))


@clauses.register
def transfer(event: events.DemarcheTransferred, tell: Telling) -> Clauses:
    yield tell.say(N_("it goes on with {office}, its reminders with it"), office=tell.office(event.office))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def open_thread(event: CaseThreadOpened, tell: Telling) -> Clauses:
    yield tell.say(N_("a thread serves it: {thread}"), thread=tell.thread(event.demarche))


def _times(count: Count, tell: Telling) -> Clauses:
    if count.min == count.max == 0:
        return
    if count != Count(1, 1):
        yield tell.say(N_("how many: {count}"), count=count_words(count, tell.lang))


def _channel(channel: str | None, tell: Telling) -> Clauses:
    if channel:
        yield tell.say(CHANNELS[channel])


def _office(office: UUID | None, tell: Telling) -> Noun:
    return tell.office(office) if office else office_noun(None, tell.lang)


def _addressed(tell: Telling) -> UUID | None:
    """The office of the thread, if its beginning is at hand."""
    return next((r.event.office for r in tell.context or () if isinstance(r.event, events.DemarcheSent)), None)
