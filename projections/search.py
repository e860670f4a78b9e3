"""What can be found: `read.search`, one row for each case, thread and entry of the directory, with its words.

A case and a thread are found by whoever may see the case, or one of the thread's; internal notes and threads only by
those who work here (`projections.search_pages`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg
from msgspec import json
from psycopg import sql

from domain.amendments import AMENDMENTS, standing
from domain.base import Event, Recorded
from domain.case.bundles import CaseCutOff, CaseMerged, CaseMergedInto, CaseSplit
from domain.case.case import Case
from domain.case.events import CaseAdopted, CaseNoted, CaseRestricted, CaseReworded, CaseWithdrawn
from domain.case.tasks import TaskAdded, TaskDropped, TaskReworded
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheEvent, DemarcheSent
from domain.directory import Office
from domain.inclusive import words
from domain.words import plain, sort_key
from projections import log
from projections.case_rows import place_of, shape
from projections.directory import EVENTS, KINDS, entry_of
from projections.follower import Tables, touched
from projections.search_words import spread, vector

STREAMS = 200  # histories read at once
INDEXED = 60_000  # characters of one row whose words are indexed: an index of the database has its limits
OF_CASES = (CaseAdopted, CaseSplit, CaseCutOff, CaseMerged, CaseMergedInto, CaseReworded, CaseNoted, CaseRestricted,
            CaseWithdrawn, TaskAdded, TaskReworded, TaskDropped)
RELEVANT: tuple[type[Event], ...] = (*OF_CASES, DemarcheEvent, *EVENTS, *AMENDMENTS)
FIRST = (CaseAdopted.__name__, DemarcheSent.__name__, *(kind.__name__ for kind in KINDS))
WEIGHTS = {"title": "A", "text": "B", "note": "C", "inner": "D"}
"""Where something is said -> its weight. `inner`: what only those who work here may read."""

Said = tuple[str, str]  # where, and the text


class Search:
    """A row is made anew from its whole history whenever something is told that can be found."""

    name = "search"
    version = 3
    tables: Mapping[str, str] = {
        "search": """id uuid PRIMARY KEY, kind text NOT NULL, ref text NOT NULL, place text COLLATE "C" NOT NULL,
                     numbers text[] NOT NULL, title text NOT NULL, said json NOT NULL, cases uuid[] NOT NULL,
                     offices uuid[] NOT NULL, visibility text NOT NULL, people uuid[] NOT NULL,
                     title_words tsvector NOT NULL, words tsvector NOT NULL"""
    }
    indexes: Sequence[str] = (
        "CREATE INDEX ON {search} USING gin (words)",
        "CREATE INDEX ON {search} USING gin (title_words)",
        "CREATE INDEX ON {search} USING gin (numbers)",
        "CREATE INDEX ON {search} USING gin (offices)",
        "CREATE INDEX ON {search} (kind, place)",
    )

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        streams = touched([entry for entry in entries if isinstance(entry.event, RELEVANT)])
        if not streams:
            return
        known = connection.execute(
            sql.SQL("SELECT id FROM {} WHERE offices && %s").format(tables["search"]), (streams,)
        )  # fmt: skip
        every = list(dict.fromkeys([*streams, *(stream for (stream,) in known)]))
        for start in range(0, len(every), STREAMS):
            _write(connection, tables, every[start : start + STREAMS], entries[-1].position or 0)

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        streams = list(log.streams_beginning_with(connection, FIRST))
        for start in range(0, len(streams), STREAMS):
            _write(connection, tables, streams[start : start + STREAMS], upto)
            progress(upto * (start + STREAMS) // (len(streams) + STREAMS))
        progress(upto)

    def forget(self) -> None:
        """It remembers nothing."""


def _write(connection: psycopg.Connection, tables: Tables, streams: list[UUID], upto: int) -> None:
    histories = log.histories(connection, streams, upto)
    threads = [Demarche.fold(each) for each in histories if isinstance(each[0].event, DemarcheSent)]
    names = _names(connection, {id for thread in threads for id in _offices(thread)}, upto)
    found = [*(_of_thread(thread, names) for thread in threads), *map(_of_other, histories)]
    rows = [row for row in found if row]
    gone = set(streams).difference(row[0] for row in rows)
    connection.execute(sql.SQL("DELETE FROM {} WHERE id = ANY (%s)").format(tables["search"]), (list(gone),))
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL(_UPSERT).format(tables["search"]), rows)


_UPSERT = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
                 %s::tsvector || setweight(to_tsvector('french', %s), 'A'),
                 %s::tsvector || setweight(to_tsvector('french', %s), 'A') || setweight(to_tsvector('french', %s), 'B')
                 || setweight(to_tsvector('french', %s), 'C') || setweight(to_tsvector('french', %s), 'D'))
             ON CONFLICT (id) DO UPDATE SET ref = EXCLUDED.ref, place = EXCLUDED.place, numbers = EXCLUDED.numbers,
             title = EXCLUDED.title, said = EXCLUDED.said, cases = EXCLUDED.cases, offices = EXCLUDED.offices,
             visibility = EXCLUDED.visibility, people = EXCLUDED.people, title_words = EXCLUDED.title_words,
             words = EXCLUDED.words"""


def _of_other(history: list[Recorded]) -> tuple[Any, ...] | None:
    if isinstance(history[0].event, CaseAdopted):
        return _of_case(Case.fold(history))
    return _of_entry(history)


def _of_case(case: Case) -> tuple[Any, ...] | None:
    if case.adopted is None or case.withdrawn:
        return None
    said: list[Said] = [("text", case.text)] if case.text else []
    said += [("note" if note.audience == "assembly" else "inner", note.text) for _, note in case.notes]
    said += [("inner", task.text) for task in case.tasks.values()]
    numbers = [*map(plain, case.adopted.numbers), plain(case.ref)]
    return _row(case.id, "case", case.ref, place_of(shape(case)), numbers, case.title, said, cases=[case.id],
                visibility=case.visibility, people=list(case.people))  # fmt: skip


def _of_thread(thread: Demarche, names: Mapping[UUID, str]) -> tuple[Any, ...] | None:
    if thread.sent is None:
        return None
    offices = _offices(thread)
    named = " → ".join(names[id] for id in offices if id in names)
    title = " · ".join(filter(None, (named, thread.sent.subject))) or thread.ref
    said: list[Said] = [("inner", text) for text in _told(thread)]
    number = str(thread.sent.number)
    return _row(thread.id, "demarche", thread.ref, f"{thread.sent.number:09}", [number, thread.ref], title, said,
                cases=thread.cases, offices=offices)  # fmt: skip


def _told(thread: Demarche) -> Iterable[str]:
    """Every text of the thread that stands: letters, reminders, answers, reasons, notes."""
    for recorded in standing(thread.history):
        for fact in ("text", "reason"):
            if isinstance(text := getattr(recorded.event, fact, None), str):
                yield text


def _offices(thread: Demarche) -> list[UUID]:
    """Those it went to, the one it is with now last."""
    return list(dict.fromkeys(id for id in (*thread.former_offices, thread.office, thread.redirected_office) if id))


def _names(connection: psycopg.Connection, offices: set[UUID], upto: int) -> dict[UUID, str]:
    if not offices:
        return {}
    return {history[0].originator_id: Office.fold(history).name for history in log.histories(connection, offices, upto)}


def _of_entry(history: list[Recorded]) -> tuple[Any, ...] | None:
    found = entry_of(history)
    if found is None or found[1].withdrawn:
        return None
    kind, entry = found
    said: list[Said] = [("note", entry.key)]
    if isinstance(entry, Office):
        said += [("note", title.feminine) for title in entry.titles if title.feminine]
    return _row(entry.id, kind, f"{kind}:{entry.key}", sort_key(entry.name), [plain(entry.key)], entry.name, said)


def _row(
    id: UUID, kind: str, ref: str, place: str, numbers: list[str], title: str, said: list[Said], *,
    cases: Sequence[UUID] = (), offices: Sequence[UUID] = (), visibility: str = "open", people: Sequence[UUID] = (),
) -> tuple[Any, ...]:  # fmt: skip
    title = clean(title)
    texts = _within([("title", title), *((where, clean(text)) for where, text in said)])
    by_place = {where: " ".join(text for each, text in texts if each == where) for where in WEIGHTS}
    read = {where: list(words(text)) for where, text in by_place.items()}
    forms = {where: spread(each) for where, each in read.items()}
    vectors = " ".join(vector(each, WEIGHTS[where]) for where, each in read.items() if each)
    return (
        id, kind, ref, place, numbers, title, json.encode(texts[1:]).decode(), list(cases), list(offices), visibility,
        list(people), vector(read["title"], "A"), forms["title"], vectors, *forms.values(),
    )  # fmt: skip


def clean(text: str) -> str:
    """The text without what no text of the database can hold."""
    return text.replace("\0", " ")


def _within(said: Sequence[Said]) -> list[Said]:
    """The texts, up to what is indexed."""
    left, kept = INDEXED, list[Said]()
    for where, text in said:
        if left > 0:
            kept.append((where, text[:left]))
            left -= len(text)
    return kept
