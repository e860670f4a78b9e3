"""What came of the letters: of one thread with an office, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import singledispatchmethod

from domain.amendments import standing
from domain.base import Event, Recorded
from domain.demarche import events, meetings
from domain.demarche.demarche import Demarche
from domain.time import earliest
from domain.values import NONE, Count
from projections.phrases.catalogue import N_, translator
from projections.phrases.nouns import Noun, person_noun
from projections.phrases.threads import CHANNELS
from services.letters.wording import REMINDERS, Counted
from services.reports.narrative.course import noted
from services.reports.narrative.ground import Ground, capital

LETTERS = Counted((N_("{many} letter"), "{many} letters"), (N_("at least {many} letter"), "at least {many} letters"),
                  N_("{few} to {many} letters"), N_("several letters"))  # fmt: skip
SENT = {
    "letter": LETTERS,
    "request": Counted((N_("{many} formal request"), "{many} formal requests"),
                       (N_("at least {many} formal request"), "at least {many} formal requests"),
                       N_("{few} to {many} formal requests"), N_("several formal requests")),
    "meeting_request": Counted((N_("{many} request for a meeting"), "{many} requests for a meeting"),
                               (N_("at least {many} request for a meeting"), "at least {many} requests for a meeting"),
                               N_("{few} to {many} requests for a meeting"), N_("several requests for a meeting")),
    "petition": Counted((N_("{many} petition"), "{many} petitions"),
                        (N_("at least {many} petition"), "at least {many} petitions"),
                        N_("{few} to {many} petitions"), N_("several petitions")),
    "open_letter": Counted((N_("{many} open letter"), "{many} open letters"),
                           (N_("at least {many} open letter"), "at least {many} open letters"),
                           N_("{few} to {many} open letters"), N_("several open letters")),
    "press_release": Counted((N_("{many} press release"), "{many} press releases"),
                             (N_("at least {many} press release"), "at least {many} press releases"),
                             N_("{few} to {many} press releases"), N_("several press releases")),
    "congratulations": Counted((N_("{many} letter of congratulations"), "{many} letters of congratulations"),
                               (N_("at least {many} letter of congratulations"),
                                "at least {many} letters of congratulations"),
                               N_("{few} to {many} letters of congratulations"),
                               N_("several letters of congratulations")),
}  # fmt: skip
_WAS_SENT = N_("{what} was sent {to}{when}{channel}."), "{what} were sent {to}{when}{channel}."
_BY = N_("{by} sent {what} {to}{when}{channel}.")
_PUBLISHED = {
    "press_release": (N_("{what} was issued{when}."), "{what} were issued{when}."),
    "open_letter": (N_("{what} was published{when}."), "{what} were published{when}."),
}
_RELEASE, _RELEASES = N_("a press release was issued{when}."), N_("at least one press release was issued{when}.")
_FOLLOWED = N_("{what} followed{when}{channel}."), "{what} followed{when}{channel}."
_COSIGNED = Counted((N_("{many} other signed it."), "{many} others signed it."),
                    (N_("at least {many} other signed it."), "at least {many} others signed it."),
                    N_("{few} to {many} others signed it."), N_("several others signed it."))  # fmt: skip
_ANSWERS = {
    "accepts": N_("{who} answered{when}, and accepts."),
    "in_part": N_("{who} answered{when}, and accepts in part."),
    "in_principle": N_("{who} answered{when}, and agrees in principle."),
    "refuses": N_("{who} answered{when}, and refuses."),
    "no_promise": N_("{who} answered{when}, without any commitment."),
    "asks_precision": N_("{who} asked us for details{when}."),
    "acknowledges_only": N_("only a receipt reached us{when}."),
}
_MET = {"holder": N_("we met {who}{when}{place}."), "staff": N_("we met the staff {of}{when}{place}.")}
_BECAUSE = N_("the reason given: {text}.")
SILENT = N_("to this day, we have received no answer.")


@dataclass
class Letters:
    """One thread on its way into sentences. `listed`: it is one of several that one mailing opened, and what they share
    is told before the list."""

    thread: Demarche
    ground: Ground
    listed: bool = False
    named: dict[str, Noun] = field(default_factory=dict)  # who was named already, by their name
    reminded: list[events.ReminderSent] = field(default_factory=list)

    def sentences(self) -> Iterator[str]:
        """What happened, in the order in which it was recorded; then what is awaited."""
        for at in standing(self.thread.history):
            if said := [*self.tell(at.event, at)]:
                yield from self._reminders()
                yield from said
        yield from self._reminders()
        yield from self._ahead()
        if self.thread.unanswered or (self.thread.silent_said and not self.thread.came_back):
            yield self.ground.say(SILENT)

    @singledispatchmethod
    def tell(self, event: Event, at: Recorded) -> Iterator[str]:
        """What an event says; what only the office of the organisation needs to know says nothing."""
        yield from ()

    @tell.register
    def _(self, event: events.DemarcheSent, at: Recorded) -> Iterator[str]:
        if event.redirected_from:
            return
        to, ground = self._office(event, at), self.ground
        if self.listed:
            yield capital(to.to)
            return
        when, channel = ground.since(event), self._channel(event.channel)
        facts = {"what": ground.counted(event.count, SENT[event.kind]), "to": to.to + _closing(to, when or channel),
                 "when": when, "channel": channel}  # fmt: skip
        if event.kind == "press_release" and event.count.min == 1 and event.count.max in (1, None):
            yield ground.say(_RELEASE if event.count.exact else _RELEASES, when=facts["when"])
        elif event.office is None:
            yield ground.many(_PUBLISHED.get(event.kind, _PUBLISHED["open_letter"]), event.count.min, **facts)
        elif event.by:
            yield ground.say(_BY, by=ground.party(event.by, at), **facts)
        else:
            yield ground.many(_WAS_SENT, event.count.min, **facts)
        if event.behalf:
            yield ground.say(N_("it was done in the name {party.of}."), party=ground.party(event.behalf, at))
        if event.cosigners and event.cosigners.min:
            yield ground.sentence(ground.counted(event.cosigners, _COSIGNED))

    @tell.register
    def _(self, event: events.ReminderSent, at: Recorded) -> Iterator[str]:
        self.reminded.append(event)
        yield from ()

    def _reminders(self) -> Iterator[str]:
        """Those that follow one another, as one sum."""
        told, self.reminded = self.reminded, []
        if not told:
            return
        count = sum((each.count for each in told), NONE) if len(told) > 1 else told[0].count
        if count.min == 0 and count.max == 0:
            return
        channels = {each.channel for each in told}
        channel = self._channel(channels.pop()) if len(channels) == 1 else ""
        when = self.ground.since(told[0]) if len(told) == 1 and count == Count(1, 1) else ""
        what = self.ground.counted(count, REMINDERS)
        yield self.ground.many(_FOLLOWED, count.min, what=what, when=when, channel=channel)

    @tell.register
    def _(self, event: events.DemarcheAcknowledged, at: Recorded) -> Iterator[str]:
        yield self.ground.say(N_("receipt was acknowledged{when}."), when=self.ground.since(event))
        if event.wait_until and not self.thread.came_back:
            begins = earliest(event.wait_until)
            over = begins is not None and begins < self.ground.day
            template = (
                N_("an answer was announced for then: {when}.") if over else N_("an answer is announced: {when}.")
            )
            yield self.ground.say(template, when=self.ground.when(event, "wait_until"))

    @tell.register
    def _(self, event: events.DemarcheAnswered, at: Recorded) -> Iterator[str]:
        who = self._who(event, at)
        yield self.ground.say(_ANSWERS[event.answer], who=who + _closing(who), when=self.ground.since(event))
        yield from self._words(event.text)

    @tell.register
    def _(self, event: events.DemarcheDeclined, at: Recorded) -> Iterator[str]:
        who = self._who(event, at)
        template = N_("{who} declined our request{when}.")
        yield self.ground.say(template, who=who + _closing(who), when=self.ground.since(event))
        yield from self._because(event.reason, at)

    @tell.register
    def _(self, event: events.DemarcheRedirected, at: Recorded) -> Iterator[str]:
        office, when = self.ground.office(event.office, None, at), self.ground.since(event)
        to = office.to + _closing(office, when)
        yield self.ground.say(N_("we were told to turn {to}{when}."), to=to, when=when)
        yield from self._because(event.reason, at)

    @tell.register
    def _(self, event: events.DemarcheTransferred, at: Recorded) -> Iterator[str]:
        office = self.ground.office(event.office, event.holder, at)
        yield self.ground.say(N_("the matter has since gone {office.to}."), office=office)

    @tell.register
    def _(self, event: events.DemarcheClosed, at: Recorded) -> Iterator[str]:
        if event.reason == events.OVERTAKEN:
            yield self.ground.say(N_("events have overtaken our request{when}."), when=self.ground.since(event))
        else:
            yield self.ground.say(N_("we pursue it no further{when}."), when=self.ground.since(event))
            yield from self._because(event.reason, at)

    @tell.register
    def _(self, event: events.DemarcheReopened, at: Recorded) -> Iterator[str]:
        yield self.ground.say(N_("we took it up again{when}."), when=self.ground.since(event))

    @tell.register
    def _(self, event: events.DemarcheNoted, at: Recorded) -> Iterator[str]:
        if event.audience == "assembly":
            yield noted(event.text, event, self.ground)

    @tell.register
    def _(self, event: meetings.MeetingMoved, at: Recorded) -> Iterator[str]:
        when = self.ground.when(event, "date")
        yield self.ground.say(N_("the meeting was moved; it was then fixed {when}."), when=when)
        yield from self._because(event.reason, at)

    @tell.register
    def _(self, event: meetings.MeetingCancelled, at: Recorded) -> Iterator[str]:
        cancelled = [each for each in self.thread.meetings if each.state == "cancelled" and each.reason == event.reason]
        planned = cancelled[0].date if cancelled else None
        if planned:
            yield self.ground.say(N_("the meeting planned {when} was cancelled."), when=self.ground.placed(planned))
        else:
            yield self.ground.say(N_("the meeting was cancelled."))
        yield from self._because(event.reason, at)

    @tell.register
    def _(self, event: meetings.MeetingHeld, at: Recorded) -> Iterator[str]:
        who = self._who(event, at)
        when, place = self.ground.since(event), self.ground.place(event.place)
        close = _closing(who, when or place)
        yield self.ground.say(_MET[event.met], who=who + close, of=who.of + close, when=when, place=place)
        if event.delegation:
            ours = ", ".join(f"{charge} ({number})" for charge, number in event.delegation.items())
            yield self.ground.say(N_("our delegation: {people}."), people=ours)
        yield from self._words(event.text)

    def _ahead(self) -> Iterator[str]:
        """The meeting that is fixed, or that is only hoped for; of one whose day is over, nobody said what became of it."""
        meeting, ground = self.thread.meeting, self.ground
        if meeting is None:
            return
        when = " " + ground.placed(meeting.date) if meeting.date else ""
        begins = earliest(meeting.date) if meeting.date else None
        facts = {"when": when, "place": ground.place(meeting.place)}
        if meeting.state == "hoped":
            yield ground.say(N_("we hope for a meeting{when}; nothing is fixed yet."), **facts)
        elif begins is not None and begins < ground.day:
            yield ground.say(N_("a meeting was planned{when}{place}."), **facts)
        else:
            yield ground.say(N_("a meeting is planned{when}{place}."), **facts)

    def _words(self, text: str | None) -> Iterator[str]:
        """What somebody wrote of it, as it is."""
        if text and text.strip():
            yield text.strip() if text.strip()[-1] in ".!?" else f"{text.strip()}."

    def _because(self, reason: str | None, at: Recorded) -> Iterator[str]:
        if reason:
            yield self.ground.say(_BECAUSE, text=self.ground.telling(at).quote(reason))

    def _channel(self, channel: str | None) -> str:
        return f" {translator(self.ground.lang).gettext(CHANNELS[channel])}" if channel else ""

    def _office(self, event: events.DemarcheSent, at: Recorded) -> Noun:
        return self._once(self.ground.office(event.office, event.holder, at))

    def _who(self, event: Event, at: Recorded) -> Noun:
        """The office with whoever held it then."""
        return self._once(self.ground.office(self.thread.office, getattr(event, "holder", None), at))

    def _once(self, noun: Noun) -> Noun:
        """The same person again by the charge alone, « la ministre »; where charges do not agree, by name."""
        before = self.named.setdefault(noun.name, noun)
        if before is not noun and noun.startswith(f"{noun.name}, "):
            return person_noun(noun.name, self.ground.lang)
        if before is noun or self.ground.lang != "fr" or not noun.startswith(("le ", "la ")) or ", " not in noun:
            return noun
        article, charge = noun.split(" ")[:2]
        if article == "la":
            return Noun.of_forms(f"la {charge}", f"à la {charge}", f"de la {charge}", noun.name)
        return Noun.of_forms(f"le {charge}", f"au {charge}", f"du {charge}", noun.name)


def _closing(noun: Noun, after: str = " ") -> str:
    """The comma after a name that stands beside a charge, where the sentence goes on."""
    beside = noun.endswith(f", {noun.name}") or noun.startswith(f"{noun.name}, ")
    return "," if after and beside else ""
