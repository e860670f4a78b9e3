"""What comes back is let come: when a period begins, when a meeting is announced, moved or called off.

A table says when each case is to be asked again (`suivi.rhythms`); it is brought up to date from what the log has new, so
that a pass reads nothing of the past. The case decides: asked twice, or by two sweeps at once, each turn comes once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg

from domain.base import Event
from domain.case.case import Case
from domain.case.events import CaseAdopted
from domain.case.turns import LetOccur, MeetingOf, OccurrenceCame, awaited, comes_back, next_asked, turning
from domain.directory import Body, BodyCreated
from domain.organisation import OrganisationConfigured
from services import subjects
from services.execute import SYSTEM, TooBusy, Work, commit
from services.store import Store, StoreFull

PAGE = 200
BATCH = 1_000  # entries of the log, or cases, that one look takes

_READ = "SELECT position FROM suivi.rhythms_read"
_REACHED = "UPDATE suivi.rhythms_read SET position = greatest(position, %s)"
_NEW = """SELECT l.position, l.stream, split_part(e.topic, '.', 1), split_part(first.topic, '.', 1)
            FROM suivi.log l JOIN suivi.events e USING (stream, version)
            JOIN suivi.events first ON first.stream = l.stream AND first.version = 1
           WHERE l.position > %s ORDER BY l.position LIMIT %s"""
_KNOWN = "SELECT DISTINCT stream FROM suivi.rhythms WHERE stream = ANY (%s)"
_AWAITING = "SELECT DISTINCT stream FROM suivi.rhythms WHERE awaits AND stream > %s ORDER BY stream LIMIT %s"
_DUE = "SELECT DISTINCT stream FROM suivi.rhythms WHERE next_on <= %s AND stream > %s ORDER BY stream LIMIT %s"
_FORGET = "DELETE FROM suivi.rhythms WHERE stream = %s AND NOT task = ANY (%s)"
_KEEP = """INSERT INTO suivi.rhythms (stream, task, next_on, awaits) VALUES (%s, %s, %s, %s)
           ON CONFLICT (stream, task) DO UPDATE SET next_on = EXCLUDED.next_on, awaits = EXCLUDED.awaits"""
_PUT_OFF = "UPDATE suivi.rhythms SET next_on = %s WHERE stream = %s AND next_on < %s"
_ANEW = "UPDATE suivi.rhythms SET next_on = %s WHERE NOT awaits"
_MEETING_BODIES = """SELECT entry FROM read.directory
                      WHERE kind = 'body' AND facts->'meetings' @> '[{"state": "announced"}]'"""

_OF_TASKS = ("TaskAdded", "TaskReworded", "FactCorrected", "FactRetracted")
_OF_CASES, _OF_BODIES, _OF_SETTINGS = CaseAdopted.__name__, BodyCreated.__name__, OrganisationConfigured.__name__


def let_come(store: Store, stopping: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Lets come whatever has: how many turns did, and how many cases could not be asked. Raises when the database is away
    or full."""
    came = failed = 0
    for stream, meetings in _asked(store, stopping):
        if stopping():
            break
        try:
            came += _ask(store, stream, meetings)
        except TooBusy:
            continue  # officers are at it: the next sweep asks again
        except (StoreFull, psycopg.OperationalError):
            raise
        except Exception:
            failed += 1
            today = store.present.calendar.today(store.present.now)
            store.connection.execute(_PUT_OFF, (today + timedelta(days=1), stream, today + timedelta(days=1)))
    return came, failed


def _asked(store: Store, stopping: Callable[[], bool]) -> Iterator[tuple[UUID, tuple[MeetingOf, ...]]]:
    """The cases to ask, and of which meetings: what the log has new, then what has come by today."""
    while not stopping():
        reached, cases, bodies, more = _news(store)
        announced = tuple(meeting for body in _meeting_bodies(store) for meeting in meetings_of(body)) if cases else ()
        yield from ((stream, announced) for stream in cases)
        if bodies:
            changed = tuple(meeting for body in store.load_all(Body, list(bodies)) for meeting in meetings_of(body))
            yield from ((stream, changed) for stream in _pages(store, _AWAITING, ()))
        store.connection.execute(_REACHED, (reached,), prepare=True)
        if not more:
            break
    today = store.present.calendar.today(store.present.now)
    yield from ((stream, ()) for stream in _pages(store, _DUE, (today,)))


def _news(store: Store) -> tuple[int, list[UUID], set[UUID], bool]:
    """How far the log was read; the cases and the bodies of which something changed that counts here; whether more waits."""
    (position,) = store.connection.execute(_READ, prepare=True).fetchone() or (0,)
    rows = store.connection.execute(_NEW, (position, BATCH), prepare=True).fetchall()
    if any(first == _OF_SETTINGS for *_, first in rows):  # seasons or the year may begin on other days: all are asked anew
        store.present.look()
        store.connection.execute(_ANEW, (store.present.calendar.today(store.present.now),))
    touched = _topics(rows)
    of_cases = [stream for _, stream, _, first in rows if first == _OF_CASES]
    known = {stream for (stream,) in store.connection.execute(_KNOWN, (list(set(of_cases)),), prepare=True)}
    cases = [each for each in dict.fromkeys(of_cases) if each in known or touched[each] & {*_OF_TASKS}]
    bodies = {stream for _, stream, topic, first in rows if first == _OF_BODIES and _meets(topic)}
    return (rows[-1][0] if rows else position), cases, bodies, len(rows) == BATCH


def _topics(rows: Iterable[tuple[int, UUID, str, str]]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for _, stream, topic, _ in rows:
        found.setdefault(stream, set()).add(topic)
    return found


def _meets(topic: str) -> bool:
    return topic.startswith("BodyMeeting") or topic in ("FactCorrected", "FactRetracted", "Renamed")


def _pages(store: Store, query: str, given: tuple[date, ...]) -> Iterator[UUID]:
    """Streams in order, page by page: what is asked meanwhile does not shift them."""
    last = UUID(int=0)
    while rows := store.connection.execute(query, (*given, last, PAGE), prepare=True).fetchall():
        yield from (stream for (stream,) in rows)
        last = rows[-1][0]


def _meeting_bodies(store: Store) -> list[Body]:
    """The bodies that have a meeting to come. A list that is behind leaves one out, which its own event tells next."""
    return store.load_all(Body, [entry for (entry,) in store.connection.execute(_MEETING_BODIES, prepare=True)])


def meetings_of(body: Body) -> Iterator[MeetingOf]:
    """Its meetings as the cases hear of them."""
    for each in body.meetings.values():
        names = (body.name, body.key)
        yield MeetingOf(body.id, each.number, names, each.date, off=each.state == "cancelled")


def _ask(store: Store, stream: UUID, meetings: tuple[MeetingOf, ...]) -> int:
    """How many turns came; then when it is to be asked again."""
    came: list[Event] = []

    def decide(work: Work) -> None:
        case = work.loaded[stream] = subjects.load(store, stream)
        assert isinstance(case, Case)
        came.clear()
        subjects.handle(case, LetOccur(meetings=meetings), work.act)
        came.extend(new.event for new in case.new if isinstance(new.event, OccurrenceCame))

    commit(store, SYSTEM, {"occur": str(stream)}, decide, uuid4())
    _note(store, stream)
    return len(came)


def _note(store: Store, stream: UUID) -> None:
    """When the case is to be asked about each of its tasks that come back. One of which nothing comes now is kept: it may
    be confirmed, or reopened."""
    case, calendar = subjects.load(store, stream), store.present.calendar
    assert isinstance(case, Case)
    today, alive = calendar.today(store.present.now), {task.number for task in turning(case)}
    kept = [task for task in case.tasks.values() if task.schedule and comes_back(task)]
    with store.connection.transaction():
        store.connection.execute(_FORGET, (stream, [task.number for task in kept]))
        for task in kept:
            on = next_asked(case, task, today, calendar.year_begins) if task.number in alive else None
            store.connection.execute(_KEEP, (stream, task.number, on, awaited(task) is not None))
