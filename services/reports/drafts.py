"""The draft of a case, for the officer who is about to approve its paragraph: its events, its letters, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.base import Recorded
from domain.case.case import Case
from domain.demarche.demarche import Demarche
from domain.directory import Office, Person
from projections import log
from projections.case_lists import Known
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.histories import happened, ids_within
from services.reading.names import words_of
from services.reading.when import When, placed
from services.refs import CaseUnknown
from services.reports.narrative import Directory, Ground, draft, plain
from services.reports.printed import Block, Lang


@dataclass(frozen=True)
class Draft:
    """What is proposed for a report: as it would print, and as text to be edited."""

    ref: str
    blocks: tuple[Block, ...]
    text: str


def draft_of(home: Home, ref: str, when: When, lang: Lang) -> Draft:
    """The draft of a case that the viewer may see, as of the day that is read about. Raises `CaseUnknown`."""
    known, day = when.known(home), day_of_reading(home, when)
    entries = _by(placed(home, ref, known), known)
    case = Case.fold(entries, known.day)
    if case.adopted is None or case.withdrawn:
        raise CaseUnknown(ref=ref)
    upto = log.EVERYTHING if known.position is None else known.position
    histories = log.histories(home.reader, case.threads, upto) if case.threads else []
    threads = [Demarche.fold(_by(history, known), known.day) for history in histories]
    told = sorted(
        (thread for thread in threads if thread.sent), key=lambda thread: thread.sent.number if thread.sent else 0
    )
    names = directory_of(home, [entries, *histories])
    blocks = draft(case, told, Ground.of(home.store.present.organisation, day, lang, names))
    return Draft(case.ref, blocks, plain(blocks))


def _by(entries: list[Recorded], known: Known) -> list[Recorded]:
    """What had happened by the day that is read about."""
    return entries if known.day is None else happened(entries, known.day)


def directory_of(home: Home, histories: Sequence[Sequence[Recorded]]) -> Directory:
    """Whoever is named in some histories: offices and those who held them whole, all others by name."""
    words = words_of(home, [ids_within(entries) for entries in histories])
    offices = {office.id: office for office in home.store.load_all(Office, _of_kind(home, "office", words))}
    held = {term.person for office in offices.values() for term in office.terms if term.person}
    people = home.store.load_all(Person, list(held | set(_of_kind(home, "person", words))))
    return Directory(words, offices, {person.id: person for person in people})


def _of_kind(home: Home, scope: str, among: dict[UUID, str]) -> list[UUID]:
    rows = home.store.connection.execute(
        "SELECT stream FROM suivi.keys WHERE scope = %s AND stream = ANY (%s)", (scope, list(among))
    )
    return [stream for (stream,) in rows]
