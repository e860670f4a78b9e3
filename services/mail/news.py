"""News of cases, from the log to the outbox: what moved is told once it has rested for a few minutes, as one letter
with the state that came of it. It keeps its own place in the log, and nothing is told again.

Not news: what an import or the demonstration brings, what happened long before, a proposed state that is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import psycopg

from domain.amendments import FactRetracted
from domain.base import Recorded
from domain.case.case import Case
from domain.case.moves import CaseConfirmed, Moved
from domain.codec import topics
from domain.time import earliest, local_day
from services.accounts import person_of
from services.mail.notices import Notice, post
from services.mail.reasons import NotWritten
from services.mail.reports import News, write
from services.mail.standing import as_of, standing_of, step_of
from services.mail.subscriptions import audience
from services.settings import Settings
from services.store import Store

NAME = "news"
BATCH = 100  # moves in one transaction
HOLD = timedelta(minutes=10)  # that nothing else must have moved
PAST = timedelta(days=30)  # before its recording: what happened earlier is no news
LATE = timedelta(days=5)  # after its recording, as for any message: nobody hears of it too late
NOBODY = UUID(int=0)
GONE = ("sent", "bounced")

_TOPICS = sorted(name for name, kind in topics().items() if issubclass(kind, Moved | FactRetracted))
_BEGIN = """INSERT INTO suivi.reactions (name) SELECT %(name)s
             WHERE NOT EXISTS (SELECT FROM suivi.reactions WHERE name = %(name)s) ON CONFLICT DO NOTHING"""
_TURN = """SELECT r.position, h.size, suivi.now() FROM suivi.reactions r, suivi.log_head h
            WHERE r.name = %s AND r.position < h.size FOR UPDATE OF r SKIP LOCKED"""
_MOVES = """SELECT l.position, l.stream, l.version, e.recorded_at
              FROM suivi.log l JOIN suivi.events e USING (stream, version)
                   JOIN suivi.events f ON f.stream = l.stream AND f.version = 1 AND f.topic LIKE 'CaseAdopted%%'
             WHERE l.position > %s AND l.position <= %s AND split_part(e.topic, '.', 1) = ANY (%s)
             ORDER BY l.position LIMIT %s"""
_ADVANCE = "UPDATE suivi.reactions SET position = %s, changed_at = clock_timestamp() WHERE name = %s"
_SKIP = """INSERT INTO suivi.reactions (name, position) SELECT %s, size FROM suivi.log_head
           ON CONFLICT (name) DO UPDATE SET position = EXCLUDED.position, changed_at = clock_timestamp()"""
_TOLD = """SELECT l.version, o.state FROM suivi.outbox o JOIN suivi.log l USING (stream, position)
            WHERE o.kind = 'news' AND o.stream = %s AND o.recipient = %s ORDER BY l.version"""


class Move(NamedTuple):
    """A move, or something that was taken back, as the log has it."""

    position: int
    stream: UUID
    version: int
    recorded_at: datetime


def react_to_moves(store: Store, settings: Settings | None = None) -> int:
    """Writes the news that has rested since it last looked; returns how many letters. One works at a time, any other
    returns at once."""
    settings = settings or Settings.from_environment()
    store.connection.execute(_BEGIN, {"name": NAME})
    total = 0
    while (turn := _take_turn(store, settings)) is not None:
        made, over = turn
        total += made
        if over:
            break
    return total


def pass_over(store: Store) -> None:
    """What the log holds so far is told to nobody: another store may have told it."""
    store.connection.execute(_SKIP, (NAME,))


def _take_turn(store: Store, settings: Settings) -> tuple[int, bool] | None:
    """One batch, in one transaction with the move of the position; how many letters, and whether the rest must wait."""
    with store.connection.transaction():
        turn = store.connection.execute(_TURN, (NAME,)).fetchone()
        if turn is None:
            return None
        position, size, now = turn
        moves = [Move(*row) for row in store.connection.execute(_MOVES, (position, size, _TOPICS, BATCH))]
        rested = [move for move in moves if move.recorded_at <= now - HOLD]
        rested = rested[: next((n for n, move in enumerate(moves) if move.recorded_at > now - HOLD), len(moves))]
        made = sum(_tell(store, settings, move) for move in rested if move.recorded_at > now - LATE)
        waits = len(rested) < len(moves)
        reached = moves[len(rested)].position - 1 if waits else moves[-1].position if len(moves) == BATCH else size
        store.connection.execute(_ADVANCE, (reached, NAME))
    return made, waits


def _tell(store: Store, settings: Settings, move: Move) -> int:
    """The letters of one move. What goes wrong with it is kept in sight, and the next ones are on time."""
    try:
        with store.connection.transaction():
            return _tell_of(store, settings, store.load(Case, move.stream), move)
    except psycopg.OperationalError:
        raise
    except Exception as error:
        return post(store, settings, _notice(move, NOBODY), None, NotWritten(reason=type(error).__name__))


def _tell_of(store: Store, settings: Settings, case: Case, move: Move) -> int:
    """Nothing while others follow: the last of them tells it all."""
    burst = _burst(case.history, move.version, store.present.calendar.zone)
    if not burst or burst[-1].originator_version != move.version:
        return 0
    actors = {entry.event.on_behalf_of or entry.actor for entry in burst}
    people = {person: why for person, why in audience(store, case).items() if actors != {person}}
    made = 0
    for recipient, why in people.items():
        before, taken_back = _known_to(store, case, recipient, burst)
        reader = person_of(store, recipient)
        if before is None or reader is None or standing_of(before) == standing_of(case):
            continue
        letter = write(store, News(case, before, reader, why, burst, taken_back, settings.url))
        made += post(store, settings, _notice(move, recipient), letter)
    return made


def _notice(move: Move, recipient: UUID) -> Notice:
    return Notice(step_of(move.stream, move.version), "news", move.stream, move.position, recipient, move.recorded_at)


def _burst(history: Sequence[Recorded], version: int, zone: str) -> list[Recorded]:
    """The news around a version of which each follows the other within `HOLD`, whole; none if it is no news itself."""
    bursts: list[list[Recorded]] = []
    for entry in history:
        if not _is_news(entry, history, zone):
            continue
        last = bursts[-1][-1].recorded_at if bursts else None
        if last and entry.recorded_at and entry.recorded_at - last < HOLD:
            bursts[-1].append(entry)
        else:
            bursts.append([entry])
    return next((burst for burst in bursts if version in {entry.originator_version for entry in burst}), [])


def _is_news(entry: Recorded, history: Sequence[Recorded], zone: str) -> bool:
    event = entry.event
    if isinstance(event, FactRetracted):
        return isinstance(history[event.version - 1].event, Moved)
    if not isinstance(event, Moved) or isinstance(event, CaseConfirmed) or event.source or entry.recorded_at is None:
        return False
    if entry.command_id == history[0].command_id:  # told in bulk, with the adoption
        return False
    began = earliest(event.occurred) if event.occurred else None
    return began is None or began >= local_day(entry.recorded_at, zone) - PAST


def _known_to(store: Store, case: Case, recipient: UUID, burst: list[Recorded]) -> tuple[Case | None, bool]:
    """The case as the reader last heard of it, or as it was before anything was to be told to them; and whether
    something that they heard was taken back. Null where a letter that waits says it already, or where nothing was told
    and there is only something taken back."""
    letters: list[tuple[int, str]] = store.connection.execute(_TOLD, (case.id, recipient)).fetchall()
    if letters and letters[-1][1] == "waiting" and standing_of(as_of(case, letters[-1][0])) == standing_of(case):
        return None, False
    heard = max((version for version, state in letters if state in GONE), default=None)
    if heard is not None:
        return as_of(case, heard), any(isinstance(e.event, FactRetracted) and e.event.version <= heard for e in burst)
    first = min([burst[0].originator_version, *(version for version, _ in letters)])
    begun = _burst(case.history, first, store.present.calendar.zone) or burst
    if isinstance(begun[0].event, FactRetracted):
        begun = [entry for entry in begun if isinstance(entry.event, Moved)]
    return (as_of(case, begun[0].originator_version - 1), False) if begun else (None, False)
