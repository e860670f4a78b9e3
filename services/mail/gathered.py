"""What a mail that gathers several things says: for each case or thread, what its reader is to do, then what there is to
know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote
from uuid import UUID

from domain.case.case import Case
from domain.directory import Person
from projections.phrases.catalogue import N_, plural, say
from services.mail import wording
from services.mail.letters import Letter, laid_out, language
from services.mail.reminders import Reminder
from services.store import Store
from services.subjects import Subject

SECTIONS = ((True, N_("For you to do")), (False, N_("For your information")))

_NUMBER = re.compile("([0-9]+)")
GATHERED = N_("Your notices are gathered in one mail: you asked for it, or you were away. To have them one by one:")


@dataclass(frozen=True)
class Entry:
    """One thing that is told. `theirs`: it is for the reader to act; `clock`: which one rang, if one did."""

    ref: str
    title: str
    link: str
    what: str
    said: tuple[str, ...]
    theirs: bool = False
    buttons: tuple[tuple[str, str], ...] = ()
    clock: UUID | None = None

    @classmethod
    def of(cls, reminder: Reminder) -> Entry:
        """A step of a deadline."""
        words = reminder.words()
        said = tuple(filter(None, (words["due"], words["late"])))
        return cls(words["ref"], words["title"], words["link"], words["heading"], said, reminder.because.theirs,
                   tuple(words["buttons"]), reminder.event.clock)  # fmt: skip


@dataclass(frozen=True)
class News:
    """What became of something that the reader subscribed to."""

    store: Store
    subject: Subject
    said: str
    url: str

    def entry(self) -> Entry:
        """For their information."""
        cases = [self.subject] if isinstance(self.subject, Case) else self.store.load_all(Case, self.subject.cases[:1])
        link = f"{self.url}/dossiers/{quote(cases[0].ref, safe=':')}" if cases else self.url
        return Entry(self.subject.ref, cases[0].title if cases else "", link, "", (self.said,))


def digest_letter(store: Store, person: Person, entries: Sequence[Entry], url: str) -> Letter:
    """The letter, in the reader's language."""
    organisation = store.present.organisation
    lang = language(person, organisation)
    to_do = sum(each.theirs for each in entries)
    to_know = len(entries) - to_do
    counted = [
        plural(N_("{n} thing for you to do"), "{n} things for you to do", to_do, lang) if to_do else "",
        plural(N_("{n} thing to know"), "{n} things to know", to_know, lang) if to_know else "",
    ]
    what = ", ".join(filter(None, counted))
    sections = [{"name": say(name, lang), "cases": _cases(entries, theirs)} for theirs, name in SECTIONS]
    return laid_out("digest", {
        "lang": lang,
        "organisation": organisation.name,
        "today": say("{day}", lang, day=organisation.calendar.today(store.present.now)),
        "subject": say(N_("Suivi – {what}"), lang, what=what),
        "heading": what,
        "sections": [section for section in sections if section["cases"]],
        "one_button": say(wording.ONE_BUTTON, lang) if any(each.buttons for each in entries) else "",
        "why": say(GATHERED, lang),
        "command": f"suivi act person:{person.key} set-notices --set rhythm=at_once",
        "foot": say(wording.FOOT, lang),
    })  # fmt: skip


def _cases(entries: Sequence[Entry], theirs: bool) -> list[dict[str, Any]]:
    """Those of one section, by case or thread, in the order of their numbers."""
    chosen = sorted((each for each in entries if each.theirs is theirs), key=lambda each: _order(each.ref))
    grouped = groupby(chosen, key=lambda each: (each.ref, each.title, each.link))
    return [
        {"ref": ref, "title": title, "link": link,
         "things": [{"what": each.what, "said": each.said, "buttons": each.buttons} for each in several]}
        for (ref, title, link), several in grouped
    ]  # fmt: skip


def _order(ref: str) -> list[tuple[int, str]]:
    """2023:9 before 2023:10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in _NUMBER.split(ref)]
