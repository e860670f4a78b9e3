"""Turns the steps that were taken into messages to be sent: the log in, rows of the outbox out.

It keeps its own place in the log and is never rebuilt: what was told once is not told again."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID, uuid5

import psycopg

from domain.case.case import Case
from domain.clocks import EscalationStepTaken
from domain.codec import open as open_event
from services.accounts import person_of, roles_of
from services.mail.letters import Letter, Occasion, write
from services.mail.messages import domain_of
from services.mail.reasons import AddressMissing, CaseHidden, NotWritten, Trouble, written
from services.settings import Settings
from services.store import Store

NAME = "mail"
BATCH = 100  # steps in one transaction
NOBODY = UUID(int=0)  # of a step that cannot even be read

_BEGIN = """INSERT INTO suivi.reactions (name) SELECT %(name)s
             WHERE NOT EXISTS (SELECT FROM suivi.reactions WHERE name = %(name)s) ON CONFLICT DO NOTHING"""
_TURN = """SELECT r.position, h.size FROM suivi.reactions r, suivi.log_head h
            WHERE r.name = %s AND r.position < h.size FOR UPDATE OF r SKIP LOCKED"""
_STEPS = """SELECT l.position, l.stream, l.version, e.topic, e.data
              FROM suivi.log l JOIN suivi.events e USING (stream, version)
             WHERE l.position > %s AND l.position <= %s AND split_part(e.topic, '.', 1) = %s
             ORDER BY l.position LIMIT %s"""
_ADVANCE = "UPDATE suivi.reactions SET position = %s, changed_at = clock_timestamp() WHERE name = %s"
_ADD = """INSERT INTO suivi.outbox (id, step, stream, position, recipient, message_id, lang, subject, body, html,
                                    created_at, not_before, state, reason)
          VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""


class Step(NamedTuple):
    """A step as the log has it."""

    position: int
    stream: UUID
    version: int
    topic: str
    data: bytes


def react(store: Store, settings: Settings | None = None) -> int:
    """Writes a message for each person told of a step since it last looked; returns how many. One works at a time, any
    other returns at once. Addresses of pages and of the sender are those of the environment unless said."""
    settings = settings or Settings.from_environment()
    store.connection.execute(_BEGIN, {"name": NAME})
    total = 0
    while (made := _take_turn(store, settings)) is not None:
        total += made
    return total


def _take_turn(store: Store, settings: Settings) -> int | None:
    """One batch, in one transaction with the move of the position; null when nothing is left to read."""
    with store.connection.transaction():
        turn = store.connection.execute(_TURN, (NAME,)).fetchone()
        if turn is None:
            return None
        position, size = turn
        steps = [Step(*row) for row in store.connection.execute(_STEPS, (position, size, EscalationStepTaken.__name__, BATCH))]
        made = sum(_tell(store, settings, step) for step in steps)
        reached = steps[-1].position if len(steps) == BATCH else size
        store.connection.execute(_ADVANCE, (reached, NAME))
    return made


def _tell(store: Store, settings: Settings, step: Step) -> int:
    """The messages of one step. What goes wrong with it is kept in sight, and the next ones are on time."""
    event: EscalationStepTaken | None = None
    try:
        with store.connection.transaction():
            decoded = open_event(step.topic, step.data)
            assert isinstance(decoded, EscalationStepTaken)
            event = decoded
            return sum(_write_to(store, settings, step, event, person) for person in event.told)
    except psycopg.OperationalError:
        raise
    except Exception as error:
        failed = NotWritten(reason=type(error).__name__)
        people = event.told if event else (NOBODY,)
        id = event.id if event else uuid5(step.stream, str(step.version))
        return sum(_add(store, settings, step, id, person, None, failed) for person in people)


def _write_to(store: Store, settings: Settings, step: Step, event: EscalationStepTaken, recipient: UUID) -> int:
    """The message to one person, in their language; one who may not see the case is told nothing of it."""
    case, person = store.load(Case, step.stream), person_of(store, recipient)
    if person is None:
        return _add(store, settings, step, event.id, recipient, None, AddressMissing())
    if not case.seen_by(recipient, roles_of(store, recipient)):
        return _add(store, settings, step, event.id, recipient, None, CaseHidden())
    letter = write(store, Occasion(case, event, person, settings.url))
    return _add(store, settings, step, event.id, recipient, letter, None)


def _add(
    store: Store, settings: Settings, step: Step, id: UUID, recipient: UUID, letter: Letter | None, trouble: Trouble | None
) -> int:
    """One row of the outbox. Its id, and so its Message-ID, is always the same for that step and reader. Mail goes
    neither at night nor on a day off."""
    row, now = uuid5(id, f"{recipient} mail"), store.present.now
    letter = letter or Letter(store.present.organisation.lang, "Suivi", None, None)
    facts: tuple[Any, ...] = (
        row, id, step.stream, step.position, recipient, f"<{row}@{domain_of(settings.mail_from)}>",
        letter.lang, letter.subject, letter.body, letter.html, now, store.present.calendar.reopening(now),
        "parked" if trouble else "waiting", written(trouble) if trouble else None,
    )  # fmt: skip
    return store.connection.execute(_ADD, facts).rowcount
