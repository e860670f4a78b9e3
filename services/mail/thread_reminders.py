"""What a reminder says of a thread with an office: to whom we wrote, on what, how often, whose turn it is, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote

from domain.case.case import Case
from domain.demarche.demarche import Demarche
from domain.directory import Office
from domain.errors import SuiviError
from domain.time import Edtf, latest
from domain.values import Count, Party
from projections.phrases.catalogue import N_, plural
from projections.phrases.counts import count_words
from projections.phrases.nouns import Noun, office_noun
from services.accounts import roles_of
from services.letters.reaction import prepared
from services.letters.wording import NOT_READY, READY
from services.mail import wording
from services.mail.letters import Occasion
from services.mail.reminders import Reminder
from services.store import Store
from services.subjects import owner_of


class ThreadReminder(Reminder):
    """Of a date of a thread, or of the days for which an office has been silent."""

    def __init__(self, store: Store, occasion: Occasion, demarche: Demarche) -> None:
        super().__init__(store, occasion)
        self.demarche, self.home = demarche, occasion.home

    @property
    def ref(self) -> str:
        return self.demarche.ref

    @property
    def title(self) -> str:
        sent = self.demarche.sent
        kind = self.say(wording.SENT[sent.kind]) if sent else ""
        to = self.say(N_("{kind} {office}"), kind=kind, office=self.office.to)
        return self.say(N_("{to}: {subject}"), to=to, subject=sent.subject) if sent and sent.subject else to

    @property
    def link(self) -> str:
        ref = self.cases[0].ref if self.cases else ""
        return f"{self.url}/dossiers/{quote(ref, safe=':')}"

    @cached_property
    def cases(self) -> list[Case]:
        """Those that the reader may see, in the order of the thread."""
        roles = roles_of(self.store, self.reader.id)
        found = {case.id: case for case in self.store.load_all(Case, self.demarche.cases)}
        return [found[id] for id in self.demarche.cases if id in found and found[id].seen_by(self.reader.id, roles)]

    @cached_property
    def office(self) -> Noun:
        """The office that we wrote to."""
        known = [self.demarche.office] if self.demarche.office else []
        return office_noun(next((entry.name for entry in self.store.load_all(Office, known)), None), self.lang)

    @property
    def kind(self) -> wording.ThreadKind:
        """The sentences of this kind of deadline."""
        return wording.THREAD_KINDS[self.event.kind]

    @cached_property
    def days(self) -> int:
        """How many working days there are since, in those of whoever is waited for."""
        theirs = self.event.kind in ("answer", "reminder", "announced")
        calendar = self.calendar.in_session(self.demarche.legislature) if theirs else self.calendar
        return self.worked_since(latest(self.event.due) or self.today, calendar)

    @property
    def what(self) -> str:
        """Of a long name of an office, what comes before its first comma: enough to know it by."""
        office = office_noun(self.office.name.partition(",")[0], self.lang)
        return plural(self.kind.short, self.kind.shorts, self.days, self.lang, office=office.of)

    def due(self) -> str:
        office = self.office[:1].upper() + self.office[1:]
        return self.say(self.kind.said, office=office, due=Edtf(self.event.due))

    def lateness(self) -> str:
        return plural(N_("That is {n} working day."), "That is {n} working days.", self.days, self.lang) if self.days else ""

    @property
    def ours(self) -> bool:
        """Whether this deadline is for us to see to, whoever is to write next: a meeting that is over, a pause that ends."""
        return self.event.kind in ("ours", "meeting", "pause")

    def whose(self) -> str:
        turn = self.say(wording.TURNS["us" if self.ours else self.demarche.whose_turn])
        owner = self.say(N_("The thread is followed up by {owner}."), owner=self.noun(self.owner)) if self.owner else (
            self.say(N_("Nobody follows this thread up.")))  # fmt: skip
        return f"{turn} {owner}"

    def more(self) -> Iterator[str]:
        yield from self._concerned()
        if self._some(self.demarche.attempts):
            counts = {"attempts": self.demarche.attempts, "reminders": self.demarche.reminders}
            said = {name: count_words(count, self.lang) for name, count in counts.items()}
            yield self.say(N_("Letters and requests: {attempts}. Reminders: {reminders}."), **said)
        if self.demarche.last_contact:
            yield self.say(N_("Last contact: {day}."), day=Edtf(self.demarche.last_contact))
        if self.event.draft:
            yield self._drafted()

    def _drafted(self) -> str:
        """The letter that was prepared with this step, or why there is none."""
        letter = prepared(self.store, self.home, self.demarche, self.event)
        if isinstance(letter, SuiviError):
            return self.say(NOT_READY, reason=letter)
        return self.say(READY, name=letter.name, ref=self.ref)

    def _concerned(self) -> Iterator[str]:
        listed = [self.say(N_("{ref}, “{title}”"), ref=case.ref, title=case.title) for case in self.cases]
        if listed:
            resolutions = sum(len(case.titles) for case in self.cases)
            yield plural(N_("It is about {n} resolution: {cases}."), "It is about {n} resolutions: {cases}.", resolutions,
                         self.lang, cases=listed)  # fmt: skip

    def _some(self, count: Count) -> bool:
        return count.max is None or count.max > 0

    @property
    def task_is_theirs(self) -> bool:
        return False

    @property
    def owner(self) -> Party | None:
        return owner_of(self.store, self.demarche)

    you_follow = wording.YOU_FOLLOW_THE_THREAD

    @property
    def done(self) -> str:
        """What ends these reminders by itself."""
        return wording.SEEN_TO if self.ours else wording.ANSWERED_ALREADY

    def commands(self) -> list[tuple[str, str]]:
        act = f"suivi act {self.ref}"
        commands = [(self.say(said), command.format(ref=self.ref, act=act)) for said, command in self.kind.commands]
        if self.event.draft:
            commands.insert(0, (self.say(N_("To have the letter as of today:")), f"suivi letter {self.ref}"))
        return commands + super().commands()
