"""What a clock is about, in the words of its reminder: for a page that has no reminder at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from domain.case.case import Case
from domain.clocks import Clock, EscalationStepTaken
from domain.directory import Person
from services.mail.letters import Occasion
from services.mail.writing import reminder
from services.store import Store
from services.subjects import Subject


@dataclass(frozen=True)
class Matter:
    """A REF, a title as people wrote it, the page of it, and what is due, if something is."""

    ref: str
    title: str
    link: str
    due: str = ""


def matter_of(store: Store, subject: Subject, clock: Clock | None, reader: Person, lang: str) -> Matter:
    """In the words of the last step of the clock that rang, else without its date."""
    steps = [r.event for r in subject.history if isinstance(r.event, EscalationStepTaken)]
    rung = [event for event in steps if clock and event.clock == clock.id]
    if rung:
        words = reminder(store, Occasion(subject, rung[-1], reader, "", Path(), lang))
        return Matter(words.ref, words.title, words.link, words.due())
    cases = [subject] if isinstance(subject, Case) else store.load_all(Case, subject.cases[:1])
    return Matter(subject.ref, cases[0].title if cases else "", f"/dossiers/{quote(cases[0].ref, safe=':')}" if cases else "/")
