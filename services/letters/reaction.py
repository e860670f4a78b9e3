"""Prepares the letters that steps of a ladder ask for: the log in, attached files out, once for each step.

It keeps its own place in the log, which moves after the work: who dies in between does it again, and finds it done. What
is attached bears a command id made from the step's, and the append lets each id in once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid5

import psycopg

from domain.attachments import AttachFile, FileAttached
from domain.base import Recorded
from domain.case.case import Case
from domain.clocks import EscalationStepTaken
from domain.codec import open as open_event
from domain.demarche.demarche import Demarche
from domain.errors import Refused, SuiviError
from projections.phrases.catalogue import N_, say
from services import subjects
from services.attachments.files import upload
from services.execute import SYSTEM, Work, commit
from services.failures import record
from services.letters.drafting import Draft, draft
from services.letters.gathering import as_open
from services.store import Store, StoreFull

NAME = "drafts"
BATCH = 100  # steps between two moves of the place
KIND = N_("draft letter")

_BEGIN = """INSERT INTO suivi.reactions (name) SELECT %(name)s
             WHERE NOT EXISTS (SELECT FROM suivi.reactions WHERE name = %(name)s) ON CONFLICT DO NOTHING"""
_TURN = """SELECT r.position, h.size FROM suivi.reactions r, suivi.log_head h WHERE r.name = %s AND r.position < h.size"""
_STEPS = """SELECT l.position, l.stream, e.topic, e.data
              FROM suivi.log l JOIN suivi.events e USING (stream, version)
             WHERE l.position > %s AND l.position <= %s AND split_part(e.topic, '.', 1) = %s
             ORDER BY l.position LIMIT %s"""
_ADVANCE = """UPDATE suivi.reactions SET position = greatest(position, %s), changed_at = clock_timestamp()
               WHERE name = %s"""


class NotPrepared(Refused):
    """The letter could not be prepared by itself. To have it now: suivi letter {ref}"""


class Step(NamedTuple):
    """A step as the log has it."""

    position: int
    stream: UUID
    topic: str
    data: bytes


def prepare(store: Store, home: Path) -> int:
    """Attaches the letter of each step taken since it last looked; returns how many steps asked for one. `home` is the data
    folder. Any number of processes may work at once. A letter that cannot be prepared holds up nothing: `prepared` says
    why."""
    store.connection.execute(_BEGIN, {"name": NAME})
    total = 0
    while turn := store.connection.execute(_TURN, (NAME,)).fetchone():
        position, size = turn
        rows = store.connection.execute(_STEPS, (position, size, EscalationStepTaken.__name__, BATCH)).fetchall()
        total += sum(_prepare(store, home, Step(*row)) for row in rows)
        store.connection.execute(_ADVANCE, (rows[-1][0] if len(rows) == BATCH else size, NAME))
    return total


def _prepare(store: Store, home: Path, step: Step) -> bool:
    """Whether the step asked for a letter. It is looked for again by `prepared`, which says what went wrong."""
    try:
        event = open_event(step.topic, step.data)
        if not isinstance(event, EscalationStepTaken) or not event.draft:
            return False
        attach(store, home, step.stream, event)
    except (psycopg.OperationalError, StoreFull):
        raise
    except SuiviError:
        pass
    except Exception as error:  # whatever is wrong with one letter, the next ones are on time
        record(home, "suivi letter", error)
    return True


def command_of(event: EscalationStepTaken) -> UUID:
    """The id of the command that attaches the letter of a step."""
    return uuid5(event.id, "draft")


def attach(store: Store, home: Path, stream: UUID, event: EscalationStepTaken) -> None:
    """Prepares the letter and attaches it to its thread, unless that was done. Raises why there is none."""
    command = command_of(event)

    def decide(work: Work) -> None:
        demarche = work.load(Demarche, stream)
        if _attached(demarche, command):
            return
        letter = _letter(store, home, demarche, event)
        made = upload(letter.name, letter.content)
        work.contents[made.file.sha256] = made.content
        kind = say(KIND, store.present.organisation.lang)
        subjects.handle(demarche, AttachFile(file=made.file, kind=kind), work.act)

    commit(store, SYSTEM, {"draft": str(event.id)}, decide, command)


def prepared(store: Store, home: Path, demarche: Demarche, event: EscalationStepTaken) -> FileAttached | SuiviError:
    """The letter of a step, as it was attached; else why there is none."""
    if found := _attached(demarche, command_of(event)):
        return found
    try:
        _letter(store, home, demarche, event)
    except SuiviError as error:
        return error
    except Exception:  # it is in the log of failures
        pass
    return NotPrepared(ref=demarche.ref)


def _letter(store: Store, home: Path, demarche: Demarche, event: EscalationStepTaken) -> Draft:
    """The letter of the day on which the step was taken; it names what everybody may see who sees the thread."""
    at = next(r.recorded_at for r in demarche.history if _is(r, event))
    day = store.present.calendar.today(at or store.present.now)
    cases = as_open(store.load_all(Case, demarche.cases))
    return draft(store, home, demarche, cases, day=day, kind=event.draft)


def _is(recorded: Recorded, event: EscalationStepTaken) -> bool:
    return isinstance(recorded.event, EscalationStepTaken) and recorded.event.id == event.id


def _attached(demarche: Demarche, command: UUID) -> FileAttached | None:
    found = (r.event for r in demarche.history if r.command_id == command and isinstance(r.event, FileAttached))
    return next(found, None)
