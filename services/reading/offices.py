"""An office with who held it on a day, as a report writes it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.directory import Office, Person
from projections import log
from projections.phrases.nouns import Noun
from projections.phrases.offices import holder_noun
from services.home import Home
from services.reading.when import When, today


def holder_words(home: Home, office: UUID, day: date, when: When, lang: str) -> Noun:
    """« la ministre de l’Immigration de l’époque, Christine Fréchette »: who held it on `day`, and whether they still
    do on the day that is read about."""
    known = when.known(home)
    upto = log.EVERYTHING if known.position is None else known.position
    found = Office.fold(log.of_streams(home.reader, [office], upto), known.day)
    holder = found.holder_on(day)
    person = Person.fold(log.of_streams(home.reader, [holder], upto), known.day) if holder else None
    return holder_noun(found, person, day, known.day or date.fromisoformat(today(home)), lang)
