"""Holders of offices as a reader sees them: with whether they are still in office on the day that is read about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain.directory import Office, Person
from projections import log
from projections.case_lists import Known
from projections.phrases.nouns import Noun
from projections.phrases.offices import holder_noun
from services.home import Home
from services.reading.names import Known as Names
from services.reading.names import named
from services.reading.when import When, today

Row = dict[str, Any]


def with_holders(home: Home, rows: list[Row], day: date, known: Known, looked: Names | None = None) -> list[Row]:
    """The rows with holders by REF and name, and `former`: « de l’époque »; `looked`: names that were looked up."""
    holders = list(dict.fromkeys(_holders(rows)))
    offices = _offices(home, {office for row in rows for office in _served(row)}, known) if holders else {}
    names = dict(zip(holders, named(home, [{"one": holder} for holder in holders], looked), strict=True))

    def shown(holder: str | None, row: Row) -> Row | None:
        entry = names[holder]["one"] if holder else None
        if not isinstance(entry, dict):
            return None
        return entry | {"former": _former(UUID(holder), [offices[id] for id in _served(row) if id in offices], day)}

    return [
        row | {"holder": shown(row["holder"], row),
               "meetings": [each | {"holder": shown(each["holder"], row)} for each in row["meetings"]]}
        for row in rows
    ]  # fmt: skip


def _holders(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        for one in (row, *row["meetings"]):
            if one["holder"]:
                yield one["holder"]


def _served(row: Row) -> list[str]:
    """The offices that a thread was with."""
    return [office for office in (row["office"], *row["former_offices"]) if office]


def _offices(home: Home, ids: set[str], known: Known) -> dict[str, Office]:
    upto = log.EVERYTHING if known.position is None else known.position
    histories = log.histories(home.reader, [UUID(id) for id in ids], upto)
    return {str(history[0].originator_id): Office.fold(history, known.day) for history in histories}


def _former(person: UUID, offices: list[Office], day: date) -> bool:
    """Known to have held one of them, and certainly in none on the day."""
    held = any(term.person == person for office in offices for term in office.terms)
    return held and not any(office.may_have_held(person, day.isoformat()) for office in offices)


def holder_words(home: Home, office: UUID, day: date, when: When, lang: str) -> Noun:
    """« la ministre de l’Immigration de l’époque, Christine Fréchette »: who held it on `day`, and whether they still
    do on the day that is read about."""
    known = when.known(home)
    upto = log.EVERYTHING if known.position is None else known.position
    found = Office.fold(log.of_streams(home.reader, [office], upto), known.day)
    holder = found.holder_on(day)
    person = Person.fold(log.of_streams(home.reader, [holder], upto), known.day) if holder else None
    return holder_noun(found, person, day, known.day or date.fromisoformat(today(home)), lang)
