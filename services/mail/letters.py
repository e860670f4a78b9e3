"""What a reminder says: what is due and since when, whose it is, why this reader gets it, what comes next, and how to
have it cease. Written once, when the step was taken; both parts of the message hold the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from textwrap import fill
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from domain.case.case import Case
from domain.case.deadlines import in_charge
from domain.case.events import Task
from domain.clocks import ClockStarted, EscalationStepTaken, Rung
from domain.directory import Body, Entry, Person
from domain.organisation import Organisation
from domain.time import Calendar, Edtf, latest
from domain.values import Party
from projections.phrases.catalogue import N_, plural, say
from projections.phrases.nouns import Noun, body_noun, person_noun
from services.accounts import roles_of
from services.mail import wording
from services.store import Store

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH = 72  # letters of a line of plain text
PAUSE = 10  # working days, in the example of how to put off

_BREAKS = re.compile("[ \t\r\n\v\f\x85\u2028\u2029]+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Letter:
    """A message as the outbox keeps it; without a text when there was none to write."""

    lang: str
    subject: str
    body: str | None = None
    html: str | None = None


@dataclass(frozen=True)
class Occasion:
    """A step that was taken in a case, one of its readers, and where the pages are."""

    case: Case
    event: EscalationStepTaken
    reader: Person
    url: str


def write(store: Store, occasion: Occasion) -> Letter:
    """The letter, in the reader's language."""
    reminder = Reminder(store, occasion)
    words = {name: _clean(text) for name, text in reminder.words().items()}
    commands = [(_clean(what), command) for what, command in reminder.commands()]
    parts = [_templates().get_template(f"reminder.{kind}").render(words, commands=commands) for kind in ("txt", "html")]
    return Letter(reminder.lang, words["subject"], *parts)


class Reminder:
    """The sentences of one letter."""

    def __init__(self, store: Store, occasion: Occasion) -> None:
        self.store, self.case, self.event = store, occasion.case, occasion.event
        self.reader, self.url = occasion.reader, occasion.url
        self.organisation: Organisation = store.present.organisation
        self.today = self.calendar.today(store.present.now)
        self.lang = language(self.reader, self.organisation)

    @property
    def calendar(self) -> Calendar:
        return self.organisation.calendar

    def say(self, template: str, **facts: Any) -> str:
        return say(template, self.lang, **facts)

    def words(self) -> dict[str, str]:
        """What the templates lay out; the title and the names are as people wrote them."""
        what = self.say(self.kind.late if self.late else self.kind.coming)
        return {
            "lang": self.lang,
            "organisation": self.organisation.name,
            "today": self.say("{day}", day=self.today),
            "ref": self.case.ref,
            "subject": self.say(N_("Suivi – {ref}: {what}"), ref=self.case.ref, what=what),
            "heading": what[:1].upper() + what[1:],
            "title": self.case.title,
            "due": self.due(),
            "late": plural(N_("{n} working day late."), "{n} working days late.", self.late, self.lang) if self.late else "",
            "whose": self.whose(),
            "why": self.why(),
            "next": self.next(),
            "open": self.say(N_("Open the case")),
            "link": f"{self.url}/dossiers/{quote(self.case.ref, safe=':')}",
            "done": self.say(N_("Done already? Record it in the case, and the reminders cease.")),
            "foot": self.say(wording.FOOT),
        }  # fmt: skip

    @property
    def kind(self) -> wording.Kind:
        return wording.KINDS[self.event.kind]

    @cached_property
    def late(self) -> int:
        """How many working days have begun since the due day was over."""
        day, last = self.today, latest(self.event.due) or self.today
        return sum(self.calendar.works(last + timedelta(days=n)) for n in range(1, (day - last).days + 1))

    def due(self) -> str:
        """What was to be done, and by when."""
        facts: dict[str, Any] = {"due": Edtf(self.event.due)}
        if self.event.kind == "task":
            facts |= {"number": self.event.about, "task": self.task.text if self.task else "…"}
        if self.event.kind == "report":
            noun = self.noun(Party("body", UUID(self.event.about)))
            facts["body"] = noun[:1].upper() + noun[1:]
        return self.say(self.kind.past if self.late else self.kind.to_come, **facts)

    @cached_property
    def task(self) -> Task | None:
        return self.case.tasks.get(int(self.event.about)) if self.event.kind == "task" else None

    @property
    def owner(self) -> Party | None:
        return in_charge(self.case, self.event)

    def whose(self) -> str:
        if self.owner is None:
            return self.say(N_("Nobody follows this case up."))
        if self.task and self.task.owner:
            return self.say(N_("The task is entrusted {owner}."), owner=self.noun(self.owner).to)
        return self.say(N_("This case is followed up by {owner}."), owner=self.noun(self.owner))

    def why(self) -> str:
        """Why the reader gets it: what they hold, of what the step tells."""
        tell = set(self.event.tell) - set(self.event.unheld)
        if "owner" in tell and self.owner and self.owner.id == self.reader.id:
            return self.say(wording.YOURS_IS_THE_TASK if self.event.kind == "task" else wording.YOU_FOLLOW)
        bodies = [self.owner.id] if tell & {"owner", "body"} and self.owner and self.owner.kind == "body" else []
        bodies += [UUID(self.event.about)] if "body" in tell and self.event.kind == "report" else []
        for body in self.store.load_all(Body, [id for id in bodies if id]):
            for charge, because in wording.BECAUSE_OF_CHARGE.items():
                if body.held(self.reader.id, charge):
                    noun = body_noun(body.name, self.lang)
                    return self.say(because, body=noun if charge == "chair" else noun.of)
        roles = roles_of(self.store, self.reader.id)
        if self.event.unheld and roles & {"secretary", "administrator"}:
            return self.say(wording.INSTEAD, who=[self.say(wording.CLASSES[each]) for each in self.event.unheld])
        return self.say(next((because for role, because in wording.BECAUSE_OF_ROLE.items() if role in roles), wording.MEANT))

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
        started = (r.event for r in self.case.history if isinstance(r.event, ClockStarted))
        return next(event.ladder for event in started if event.clock == self.event.clock)

    def commands(self) -> list[tuple[str, str]]:
        """What to type, and what for. What is put off goes beyond the next reminder, else nothing would change."""
        act = f"suivi act {self.case.ref}"
        which = f'"task {self.event.about}"' if self.event.kind == "task" else self.event.kind
        commands = [(self.say(N_("To have these reminders cease:")), f"{act} acknowledge-step --set clock={which}")]
        if self.event.next:
            until = self.calendar.after(max(self.today, self.calendar.today(self.event.next.at)), PAUSE)
            commands.append((self.say(N_("To put them off, for instance until {day}:"), day=until),
                             f"{act} snooze --set clock={which} --set until={until}"))  # fmt: skip
        if "owner" in self.event.unheld:
            commands.append((self.say(N_("To say who follows the case up:")), f"{act} assign --set owner=…"))
        return commands

    def noun(self, party: Party) -> Noun:
        """Someone of the directory by name, or by the words they were called by."""
        if party.id is None:
            return person_noun(party.words, self.lang)
        kind: type[Entry] = Person if party.kind == "person" else Body
        name = next((entry.name for entry in self.store.load_all(kind, [party.id])), None)
        return (person_noun if kind is Person else body_noun)(name, self.lang)


def language(reader: Person, organisation: Organisation) -> str:
    """What the reader reads, else what the organisation writes."""
    return reader.lang or organisation.lang


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=PackageLoader("services.mail"), autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["lines"] = lambda text: fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return made


def _clean(text: str) -> str:
    """On one line, and without what could turn or break the text around it."""
    return _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", text)).strip(" ")
