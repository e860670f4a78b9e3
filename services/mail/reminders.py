"""The sentences of one reminder, whatever it is about: since when, why this reader, what comes next, what to do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from domain.clocks import PERSONAL, ClockStarted, Rung
from domain.directory import Body, Entry, Office, Person
from domain.organisation import Organisation
from domain.time import Calendar, latest
from domain.values import Party
from projections.phrases.catalogue import N_, plural, say
from projections.phrases.nouns import Noun, body_noun, office_noun, person_noun
from services.accounts import roles_of
from services.mail import wording
from services.mail.letters import Occasion, language
from services.one_button import PATH, SECRET, Deed, buttons
from services.replacing import in_place_of
from services.store import Store

PAUSE = 10  # working days, in the example of how to put off
NOUNS: dict[str, tuple[type[Entry], Callable[[str | None, str], Noun]]] = {
    "person": (Person, person_noun), "body": (Body, body_noun), "office": (Office, office_noun),
}  # fmt: skip
"""How each kind of the directory is read and named."""


class Because(NamedTuple):
    """Why the reader is told, and whether it is for them to act."""

    said: str
    theirs: bool


class Reminder(ABC):
    """Of one step, for one reader."""

    def __init__(self, store: Store, occasion: Occasion) -> None:
        self.store, self.event, self.reader = store, occasion.event, occasion.reader
        self.subject, self.url = occasion.subject, occasion.url
        self.organisation: Organisation = store.present.organisation
        self.today: date = self.calendar.today(store.present.now)
        self.lang = occasion.lang or language(self.reader, self.organisation)

    @property
    def calendar(self) -> Calendar:
        """The working days of the organisation."""
        return self.organisation.calendar

    def say(self, template: str, **facts: Any) -> str:
        """A sentence in the reader's language."""
        return say(template, self.lang, zone=self.organisation.zone, **facts)

    @property
    @abstractmethod
    def ref(self) -> str:
        """The REF that commands take."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is about, as people wrote it."""

    @property
    @abstractmethod
    def link(self) -> str:
        """The address of its page."""

    @property
    @abstractmethod
    def what(self) -> str:
        """The matter in a few words, without a name of anyone."""

    @abstractmethod
    def due(self) -> str:
        """What was to be done or is awaited, and since when."""

    @abstractmethod
    def lateness(self) -> str:
        """By how many working days, if any."""

    @abstractmethod
    def whose(self) -> str:
        """Who sees to it, or whose turn it is."""

    @abstractmethod
    def more(self) -> Iterator[str]:
        """What else there is to know, a sentence or two each."""

    @property
    @abstractmethod
    def owner(self) -> Party | None:
        """Who sees to it."""

    @property
    @abstractmethod
    def task_is_theirs(self) -> bool:
        """Whether it is a task of their own."""

    def words(self) -> dict[str, Any]:
        """What the templates lay out; the title and the names are as people wrote them."""
        return {
            "lang": self.lang,
            "organisation": self.organisation.name,
            "today": self.say("{day}", day=self.today),
            "ref": self.ref,
            "subject": self.say(N_("Suivi – {ref}: {what}"), ref=self.ref, what=self.what),
            "heading": self.what[:1].upper() + self.what[1:],
            "title": self.title,
            "due": self.due(),
            "late": "" if self.asked else self.lateness(),
            "whose": self.whose(),
            "more": [*self.their_words(), *self.more()],
            "why": self.because.said,
            "next": self.next(),
            "open": self.say(self.open_it),
            "link": self.link,
            "done": "" if self.asked else self.say(self.done),
            "buttons": [(self.say(wording.DEEDS[deed]), f"{self.url}{PATH}?{SECRET}={secret}") for deed, secret in self.buttons],
            "one_button": self.say(wording.ONE_BUTTON),
            "commands": self.commands(),
            "foot": self.say(wording.FOOT),
        }

    @cached_property
    def buttons(self) -> list[tuple[Deed, str]]:
        """What the reader can do by pressing a button, and the secret of each link."""
        return buttons(self.store, self.reader.id, self.subject, self.event.clock)

    you_follow = wording.YOU_FOLLOW
    open_it = N_("Open the case")

    @property
    def done(self) -> str:
        """What ends these reminders by itself."""
        return N_("Done already? Record it in the case, and the reminders cease.")

    @property
    def asked(self) -> bool:
        """Whether the reader asked for it themself: nobody is late, and nothing is to be done."""
        return self.event.kind == PERSONAL

    def their_words(self) -> Iterator[str]:
        """What the reader had written to themself."""
        asked = self.subject.personal.get(self.event.about) if self.asked else None
        if asked and asked.text:
            yield self.say(wording.YOUR_WORDS, text=asked.text)

    @cached_property
    def late(self) -> int:
        """How many working days have begun since the due day was over."""
        return 0 if self.asked else self.worked_since(latest(self.event.due) or self.today, self.calendar)

    def worked_since(self, last: date, calendar: Calendar) -> int:
        """How many working days there are after `last`, up to today."""
        return sum(calendar.works(last + timedelta(days=n)) for n in range(1, (self.today - last).days + 1))

    def days_late(self) -> str:
        """The same in a sentence; empty for none."""
        return plural(N_("{n} working day late."), "{n} working days late.", self.late, self.lang) if self.late else ""

    @cached_property
    def because(self) -> Because:
        """Why the reader gets it: what they hold, of what the step tells, or in whose place."""
        return self._theirs() or self._instead() or self._by_role()

    def _theirs(self) -> Because | None:
        tell = set(self.event.tell) - set(self.event.unheld)
        if self.asked and "asker" in tell:
            return Because(self.say(wording.YOU_ASKED), True)
        if "owner" in tell and self.owner and self.owner.id == self.reader.id:
            return Because(self.say(wording.YOURS_IS_THE_TASK if self.task_is_theirs else self.you_follow), True)
        for body in self._bodies(tell):
            for charge, because in wording.BECAUSE_OF_CHARGE.items():
                if body.held(self.reader.id, charge):
                    noun = body_noun(body.name, self.lang)
                    return Because(self.say(because, body=noun if charge == "chair" else noun.of), True)
        return None

    def _bodies(self, tell: set[str]) -> list[Body]:
        bodies = [self.owner.id] if tell & {"owner", "body"} and self.owner and self.owner.kind == "body" else []
        bodies += [UUID(self.event.about)] if "body" in tell and self.event.kind == "report" else []
        return self.store.load_all(Body, [id for id in bodies if id])

    def _instead(self) -> Because | None:
        """In the place of someone who is away."""
        for person in self._meant():
            if person.away(self.today):
                there = in_place_of(lambda id: self.store.load(Person, id), person, self.today)
                who = person_noun(person.name, self.lang).of
                until = person.absence.last if person.absence else None
                if there and there.id == self.reader.id:
                    said = self.say(wording.AWAY_UNTIL, who=who, day=until) if until else self.say(wording.AWAY, who=who)
                    return Because(said, True)
                if there is None and self.event.unheld and self._keeps:
                    said = wording.NOBODY_REPLACES_UNTIL if until else wording.NOBODY_REPLACES
                    return Because(self.say(said, who=who, day=until), True)
        return None

    def _meant(self) -> list[Person]:
        """The persons whom the step is for, whether they are there or not."""
        tell = set(self.event.tell)
        persons = [self.owner.id] if "owner" in tell and self.owner and self.owner.kind == "person" else []
        holders = [body.holder(charge) for body in self._bodies(tell) for charge in wording.BECAUSE_OF_CHARGE]
        return self.store.load_all(Person, [each for each in [*persons, *holders] if each])

    @property
    def _keeps(self) -> bool:
        return bool(roles_of(self.store, self.reader.id) & {"secretary", "administrator"})

    def _by_role(self) -> Because:
        roles = roles_of(self.store, self.reader.id)
        if self.event.unheld and self._keeps:
            who = [self.say(wording.CLASSES[each]) for each in self.event.unheld]
            return Because(self.say(wording.INSTEAD, who=who), True)
        by_role = (because for role, because in wording.BECAUSE_OF_ROLE.items() if role in roles)
        follows = self.owner is not None and self.owner.id == self.reader.id
        return Because(self.say(next(by_role, wording.MEANT)), follows)

    def next(self) -> str:
        """When the next reminder goes, and to whom."""
        if self.event.next is None:
            return self.say(N_("This is the last reminder."))
        who = [self.say(wording.CLASSES[each]) for each in self.rungs[self.event.next.step - 1].tell]
        day = self.calendar.today(self.event.next.at)
        return self.say(N_("Next reminder, if nothing is recorded before: {day.placed} ({who})."), day=day, who=who)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The ladder that was pinned when the clock started."""
        started = (r.event for r in self.subject.history if isinstance(r.event, ClockStarted))
        return next(event.ladder for event in started if event.clock == self.event.clock)

    def commands(self) -> list[tuple[str, str]]:
        """What to type, and what for. What is put off goes beyond the next reminder, else nothing would change."""
        act = f"suivi act {self.ref}"
        commands = [(self.say(N_("To have these reminders cease:")), f"{act} acknowledge-step --set clock={self.which}")]
        if self.event.next:
            until = self.calendar.after(max(self.today, self.calendar.today(self.event.next.at)), PAUSE)
            commands.append((self.say(N_("To put them off, for instance until {day}:"), day=until),
                             f"{act} snooze --set clock={self.which} --set until={until}"))  # fmt: skip
        return commands

    @property
    def which(self) -> str:
        """The clock, as a command names it."""
        return f'"task {self.event.about}"' if self.event.kind == "task" else self.event.kind

    def noun(self, party: Party) -> Noun:
        """Someone of the directory by name, or by the words they were called by."""
        if party.id is None:
            return person_noun(party.words, self.lang)
        kind, noun = NOUNS[party.kind]
        name = next((entry.name for entry in self.store.load_all(kind, [party.id])), None)
        return noun(name, self.lang)
