"""The mail of a day, of a week, or of a return: all that one person was to be told until then, in one message.

It is made in one transaction with the marks on what it tells, under an id that person and hour make: whoever dies, or
races, leaves one. What was settled meanwhile is left out; without anything to tell, nothing goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from domain.clocks import EscalationStepTaken
from domain.directory import Person
from services import subjects
from services.accounts import person_of
from services.mail import rhythms
from services.mail.gathered import Entry, News, digest_letter
from services.mail.letters import Letter, Occasion
from services.mail.messages import domain_of
from services.mail.readers import overtaken
from services.mail.reasons import AddressMissing, NotWritten, Overtaken, Trouble, written
from services.mail.writing import reminder
from services.settings import Settings
from services.store import Store

_READERS = """SELECT DISTINCT recipient FROM suivi.outbox
               WHERE state = 'waiting' AND channel = 'digest' AND not_before <= suivi.now()"""
_WAITING = """SELECT id, kind, step, stream, subject, summary, position, not_before FROM suivi.outbox
               WHERE recipient = %s AND state = 'waiting' AND channel = 'digest' AND not_before <= suivi.now()
               ORDER BY position, id FOR UPDATE"""
_MORNING = """SELECT EXISTS (SELECT FROM suivi.due d LEFT JOIN suivi.troubles t USING (clock)
                              WHERE d.next_at <= suivi.now() AND t.clock IS NULL)
                  OR EXISTS (SELECT FROM suivi.pending)"""
_MADE = "SELECT EXISTS (SELECT FROM suivi.outbox WHERE id = %s)"
_PUT_OFF = "UPDATE suivi.outbox SET not_before = %s, held = %s WHERE id = ANY (%s)"
_LEAVE_OUT = "UPDATE suivi.outbox SET state = 'parked', reason = %s WHERE id = %s"
_TOLD = "UPDATE suivi.outbox SET state = 'sent', sent_at = suivi.now(), digest = %s WHERE id = ANY (%s)"
_ADD = """INSERT INTO suivi.outbox (id, step, stream, position, recipient, message_id, lang, subject, body, html,
                                    created_at, not_before, kind, channel)
          VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'digest', 'mail')"""
_HELD = """SELECT id, held, kind FROM suivi.outbox
            WHERE recipient = %s AND state = 'waiting' AND channel = 'digest' AND not_before > suivi.now() FOR UPDATE"""
_SOONER = "UPDATE suivi.outbox SET not_before = %s, held = %s WHERE id = %s"

_IN_APP = """UPDATE suivi.outbox SET channel = 'inbox', state = 'sent', sent_at = suivi.now(), held = false
              WHERE id = %s"""


class Waiting(NamedTuple):
    """A row of the outbox that waits to be gathered."""

    id: UUID
    kind: str
    step: UUID
    stream: UUID
    subject: str
    summary: str | None
    position: int
    not_before: datetime


def gather(store: Store, settings: Settings) -> int:
    """Makes the mails whose hour has come; returns how many."""
    readers = [reader for (reader,) in store.connection.execute(_READERS)]
    return sum(_gather(store, settings, reader) for reader in readers)


def digest_id(person: UUID, slot: datetime) -> UUID:
    """The id of the mail of that person and hour."""
    return uuid5(person, f"digest {slot.astimezone(UTC).isoformat()}")


def _gather(store: Store, settings: Settings, reader: UUID) -> int:
    """The mail of one person. Another who makes it at the same moment waits here, and then finds nothing left."""
    with store.connection.transaction():
        rows = [Waiting(*row) for row in store.connection.execute(_WAITING, (reader,))]
        person = person_of(store, reader)
        if not rows or _too_early(store, slot := max(row.not_before for row in rows)):
            return 0
        if person is None:
            return _leave_out(store, {row.id: AddressMissing() for row in rows})
        if (later := _later(store, person, digest_id(reader, slot))) is not None:
            store.connection.execute(_PUT_OFF, (*later, [row.id for row in rows]))
            return 0
        entries = _entries(store, settings, person, rows)
        if not entries:
            return 0
        letter = digest_letter(store, person, [each for _, each in entries], settings.url)
        _write(store, settings, person, digest_id(reader, slot), letter, [row for row, _ in entries])
        return 1


def _too_early(store: Store, slot: datetime) -> bool:
    """Whether the steps of that hour are still being taken: the mail waits for them, a quarter of an hour at most."""
    row = store.connection.execute(_MORNING).fetchone()
    return row == (True,) and store.present.now - slot < rhythms.GATHERING


def _later(store: Store, person: Person, id: UUID) -> tuple[datetime, bool] | None:
    """When else the rows are to go, and whether they are held: at the return of who is away, and with the next mail
    what came after this one was made."""
    calendar, now = store.present.calendar, store.present.now
    if person.away(calendar.today(now)):
        return rhythms.back(person, calendar), True
    if store.connection.execute(_MADE, (id,)).fetchone() == (True,):
        return rhythms.slot(person, person.notices.rhythm, now + timedelta(microseconds=1), calendar), False
    return None


def _entries(store: Store, settings: Settings, person: Person, rows: list[Waiting]) -> list[tuple[Waiting, Entry]]:
    """What there is to tell; the rest is set aside. Of one clock, only its latest step is told."""
    found: dict[tuple[UUID, UUID], tuple[Waiting, Entry]] = {}
    for row in rows:
        try:
            with store.connection.transaction():
                entry = _entry(store, settings, person, row)
        except Trouble as trouble:
            _leave_out(store, {row.id: trouble})
            continue
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            _leave_out(store, {row.id: NotWritten(reason=type(error).__name__)})
            continue
        place = (row.stream, entry.clock or row.id)
        if place in found:
            _leave_out(store, {found.pop(place)[0].id: Overtaken()})
        found[place] = row, entry
    return list(found.values())


def _entry(store: Store, settings: Settings, person: Person, row: Waiting) -> Entry:
    """One thing, in the words of today. Raises the `Trouble` that keeps it from being told."""
    subject = subjects.load(store, row.stream)
    if trouble := overtaken(store, row.kind, row.step, subject, person.id):
        raise trouble
    if row.kind == "news":
        return News(store, subject, row.summary or row.subject, settings.url).entry()
    steps = (r.event for r in subject.history if isinstance(r.event, EscalationStepTaken))
    event = next(event for event in steps if event.id == row.step)
    return Entry.of(reminder(store, Occasion(subject, event, person, settings.url, settings.home)))


def _leave_out(store: Store, left: dict[UUID, Trouble]) -> int:
    for id, trouble in left.items():
        store.connection.execute(_LEAVE_OUT, (written(trouble), id))
    return 0


def _write(store: Store, settings: Settings, person: Person, id: UUID, letter: Letter, rows: list[Waiting]) -> None:
    now, calendar = store.present.now, store.present.calendar
    facts: tuple[Any, ...] = (
        id, id, person.id, max(row.position for row in rows), person.id, f"<{id}@{domain_of(settings.mail_from)}>",
        letter.lang, letter.subject, letter.body, letter.html, now, calendar.reopening(now),
    )  # fmt: skip
    store.connection.execute(_ADD, facts)
    store.connection.execute(_TOLD, (id, [row.id for row in rows]))


def reset(store: Store, person: Person) -> None:
    """After a person set how they are told, left or came back: what waits for them is told accordingly."""
    calendar, now = store.present.calendar, store.present.now
    away = person.away(calendar.today(now))
    for id, held, kind in store.connection.execute(_HELD, (person.id,)).fetchall():
        rhythm = person.notices.of(kind)
        if rhythm == "none" and not away:
            store.connection.execute(_IN_APP, (id,))
            continue
        if away:
            at = rhythms.back(person, calendar)
        elif held or rhythm == "at_once":
            at = rhythms.at_once(person, now, calendar)
        else:
            at = rhythms.slot(person, rhythm, now, calendar)
        store.connection.execute(_SOONER, (at, away, id))
