"""Turns the steps that were taken into messages to be sent: the log in, rows of the outbox out.

It keeps its own place in the log and is never rebuilt: what was told once is not told again."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID, uuid5

import psycopg

from domain.clocks import EscalationStepTaken
from domain.codec import open as open_event
from domain.directory import REACH, NoticeKind
from services import subjects
from services.accounts import person_of, roles_of
from services.letters.reaction import NAME as DRAFTS
from services.letters.reaction import prepare
from services.mail.digest import gather, reset
from services.mail.letters import Occasion
from services.mail.notices import Notice, post
from services.mail.reasons import AddressMissing, CaseHidden, NotWritten
from services.mail.rhythms import NEVER
from services.mail.writing import write
from services.settings import Settings
from services.store import Store

NAME = "mail"
BATCH = 100  # steps in one transaction
TOPICS = [kind.__name__ for kind in (EscalationStepTaken, *REACH)]
NOBODY = UUID(int=0)  # of a step that cannot even be read

_BEGIN = """INSERT INTO suivi.reactions (name) SELECT %(name)s
             WHERE NOT EXISTS (SELECT FROM suivi.reactions WHERE name = %(name)s) ON CONFLICT DO NOTHING"""
# A step is told of once its letter has been seen to.
_TURN = f"""SELECT r.position, least(h.size, d.position) FROM suivi.log_head h, suivi.reactions r, suivi.reactions d
             WHERE r.name = %s AND d.name = '{DRAFTS}' AND r.position < least(h.size, d.position)
               FOR UPDATE OF r SKIP LOCKED"""
_STEPS = """SELECT l.position, l.stream, l.version, e.topic, e.data
              FROM suivi.log l JOIN suivi.events e USING (stream, version)
             WHERE l.position > %s AND l.position <= %s AND split_part(e.topic, '.', 1) = ANY (%s)
             ORDER BY l.position LIMIT %s"""
_ADVANCE = "UPDATE suivi.reactions SET position = %s, changed_at = clock_timestamp() WHERE name = %s"


class Step(NamedTuple):
    """A step as the log has it."""

    position: int
    stream: UUID
    version: int
    topic: str
    data: bytes


def react(store: Store, settings: Settings | None = None) -> int:
    """Writes a message for each person told of a step since it last looked, and gathers those whose hour has come;
    returns how many. One works at a time, any other goes on to the gathering at once. Addresses of pages and of the
    sender are those of the environment unless said."""
    settings = settings or Settings.from_environment()
    prepare(store, settings.home)
    store.connection.execute(_BEGIN, {"name": NAME})
    total = 0
    while (made := _take_turn(store, settings)) is not None:
        total += made
    return total + gather(store, settings)


def _take_turn(store: Store, settings: Settings) -> int | None:
    """One batch, in one transaction with the move of the position; null when nothing is left to read."""
    with store.connection.transaction():
        turn = store.connection.execute(_TURN, (NAME,)).fetchone()
        if turn is None:
            return None
        position, size = turn
        steps = [Step(*row) for row in store.connection.execute(_STEPS, (position, size, TOPICS, BATCH))]
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
            if isinstance(decoded, REACH):
                return _heed(store, step.stream)
            assert isinstance(decoded, EscalationStepTaken)
            event = decoded
            return sum(_write_to(store, settings, step, event, person) for person in event.told)
    except psycopg.OperationalError:
        raise
    except Exception as error:
        failed = NotWritten(reason=type(error).__name__)
        people = event.told if event else (NOBODY,)
        id = event.id if event else uuid5(step.stream, str(step.version))
        return sum(post(store, settings, _notice(step, event, id, person), None, failed) for person in people)


def _heed(store: Store, stream: UUID) -> int:
    """Someone set how they are told, left or came back."""
    if person := person_of(store, stream):
        reset(store, person)
    return 0


def _write_to(store: Store, settings: Settings, step: Step, event: EscalationStepTaken, recipient: UUID) -> int:
    """The message to one person, in their language; one who may not see what it is about is told nothing of it."""
    notice = _notice(step, event, event.id, recipient)
    subject, person = subjects.load(store, step.stream), person_of(store, recipient)
    if person is None:
        return post(store, settings, notice, None, AddressMissing())
    if not subjects.seen_by(store, subject, recipient, roles_of(store, recipient)):
        return post(store, settings, notice, None, CaseHidden())
    return post(store, settings, notice, write(store, Occasion(subject, event, person, settings.url, settings.home)))


def _notice(step: Step, event: EscalationStepTaken | None, id: UUID, recipient: UUID) -> Notice:
    kind: NoticeKind = "personal" if event and event.kind == "personal" else "reminder"
    return Notice(id, kind, step.stream, step.position, recipient, event.at if event else NEVER)
