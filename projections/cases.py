"""The cases: `read.cases`, one row each as it stands; `read.case_states`, one row for each entry that changed one; and what
lists ask of many at once: `read.case_threads`, the threads as their cases count them, and `read.case_counts`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg
from msgspec import json
from psycopg import sql

from domain.amendments import AMENDMENTS
from domain.base import Recorded
from domain.case.events import CaseAdopted
from domain.clocks import ClockEvent
from domain.time import latest
from projections import case_counts, case_places, case_threads, log
from projections.case_lists import is_final
from projections.case_rows import CaseHistory, Close, StateRow, place_of
from projections.case_turns import Thread, facts_of, late_on, turn_of
from projections.follower import Tables

REMEMBERED = 5_000  # folded cases kept between batches: about 10 kB each
STREAMS = 200  # histories read at once when filling


class Cases:
    """All tables change in the same transaction, from the same folds."""

    name = "cases"
    version = 15
    tables: Mapping[str, str] = {
        "cases": """case_id uuid PRIMARY KEY, ref text NOT NULL, assembly text NOT NULL, state text NOT NULL,
                    due_day date, owner uuid, bodies uuid[] NOT NULL, visibility text NOT NULL, people uuid[] NOT NULL,
                    withdrawn boolean NOT NULL, row json NOT NULL, position bigint NOT NULL,
                    place text COLLATE "C" NOT NULL, final boolean NOT NULL, received date NOT NULL, heard date NOT NULL,
                    facts json NOT NULL, turn text NOT NULL, since date, days datemultirange NOT NULL, late_on date,
                    standing boolean NOT NULL, proposed integer NOT NULL""",
        "case_states": """case_id uuid NOT NULL, position bigint NOT NULL, known_from bigint NOT NULL,
                          known_until bigint, version integer NOT NULL, effective_day date NOT NULL,
                          sets jsonb, row json, PRIMARY KEY (case_id, position, known_from)""",
        "case_threads": case_threads.COLUMNS,
        "case_counts": case_counts.COLUMNS,
    }
    indexes: Sequence[str] = (*case_places.INDEXES, *case_threads.INDEXES, *case_counts.INDEXES)

    def __init__(self) -> None:
        self.remembered: OrderedDict[UUID, CaseHistory] = OrderedDict()

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        histories = self._histories(connection, entries)
        rows: list[StateRow | Close] = []
        for entry in entries:
            if history := histories.get(entry.originator_id):
                rows += history.take(entry)
        write_states(connection, tables, rows)
        threads = case_threads.take(
            connection, tables, [entry for entry in entries if entry.originator_id not in histories]
        )
        touched = histories.keys() | {case for thread in threads for case in thread.cases}
        before = case_counts.counted(connection, tables, touched)
        write_cases(connection, tables, histories.values())
        case_threads.retell(connection, tables, touched - histories.keys())
        case_counts.recount(connection, tables, before, case_counts.counted(connection, tables, touched))
        self._remember(histories)

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        """Stream by stream, since a case needs nothing of the others: memory does not grow with the log."""
        case_threads.fill(connection, tables, upto)
        streams = list(log.streams_beginning_with(connection, [CaseAdopted.__name__]))
        done = 0
        for start in range(0, len(streams), STREAMS):
            folded, rows = [], list[StateRow | Close]()
            for history in log.histories(connection, streams[start : start + STREAMS], upto):
                folded.append(CaseHistory())
                for entry in history:
                    rows += folded[-1].take(entry)
                done += len(history)
            copy_states(connection, tables, settled(rows))
            write_cases(connection, tables, folded)
            progress(done)
        case_counts.count_all(connection, tables)

    def forget(self) -> None:
        self.remembered.clear()

    def _histories(self, connection: psycopg.Connection, entries: Sequence[Recorded]) -> dict[UUID, CaseHistory]:
        """The folded histories, up to just before these entries, of the cases they touch."""
        found: dict[UUID, CaseHistory] = {}
        unknown = []
        for entry in entries:
            stream = entry.originator_id
            if isinstance(entry.event, CaseAdopted):
                found[stream] = CaseHistory()
            elif stream not in found and (known := self._up_to(entry)):
                found[stream] = known
            elif stream not in found and is_of_case(entry):
                unknown.append(stream)
        for history in log.histories(connection, unknown, (entries[0].position or 1) - 1):
            if isinstance(history[0].event, CaseAdopted):
                found[history[0].originator_id] = CaseHistory(history)
        return found

    def _up_to(self, entry: Recorded) -> CaseHistory | None:
        """What is remembered of a case, unless another follower has since taken more of it in."""
        known = self.remembered.pop(entry.originator_id, None)
        return known if known and known.version == entry.originator_version - 1 else None

    def _remember(self, histories: dict[UUID, CaseHistory]) -> None:
        self.remembered |= histories
        while len(self.remembered) > REMEMBERED:
            self.remembered.popitem(last=False)


def is_of_case(entry: Recorded) -> bool:
    """Whether the stream may be a case's, before it is read."""
    event = entry.event
    return isinstance(event, (*AMENDMENTS, ClockEvent)) or type(event).__module__.startswith("domain.case.")


def settled(rows: Iterable[StateRow | Close]) -> Iterable[StateRow]:
    """Rows with the ends that later entries gave them, when all are at hand."""
    kept: list[StateRow] = []
    still: dict[UUID, list[int]] = {}
    for row in rows:
        if isinstance(row, StateRow):
            still.setdefault(row.case, []).append(len(kept))
            kept.append(row)
            continue
        places = still.pop(row.case, [])
        still[row.case] = [place for place in places if kept[place].version < row.version]
        for place in set(places).difference(still[row.case]):
            kept[place] = kept[place]._replace(known_until=row.known_until)
    return kept


def write_states(connection: psycopg.Connection, tables: Tables, rows: Sequence[StateRow | Close]) -> None:
    """Adds the rows and ends what is no longer known, in order: between two ends, rows go in one batch."""
    waiting: list[StateRow] = []
    for row in rows:
        if isinstance(row, StateRow):
            waiting.append(row)
            continue
        copy_states(connection, tables, waiting)
        waiting = []
        connection.execute(
            sql.SQL("UPDATE {} SET known_until = %s WHERE case_id = %s AND known_until IS NULL AND version >= %s")
            .format(tables["case_states"]), (row.known_until, row.case, row.version),
        )  # fmt: skip
    copy_states(connection, tables, waiting)


def copy_states(connection: psycopg.Connection, tables: Tables, rows: Iterable[StateRow]) -> None:
    """Adds rows, all at once."""
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(tables["case_states"])) as copy:
        for row in rows:
            sets = json.encode(row.sets).decode() if row.sets else None
            copy.write_row((*row[:6], sets, row.row.decode() if row.row else None))


_UPSERT = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
             %s) ON CONFLICT (case_id) DO UPDATE SET ref = EXCLUDED.ref, state = EXCLUDED.state, due_day = EXCLUDED.due_day,
             owner = EXCLUDED.owner, bodies = EXCLUDED.bodies, visibility = EXCLUDED.visibility,
             people = EXCLUDED.people, withdrawn = EXCLUDED.withdrawn, row = EXCLUDED.row,
             position = EXCLUDED.position, place = EXCLUDED.place, final = EXCLUDED.final, heard = EXCLUDED.heard,
             facts = EXCLUDED.facts, turn = EXCLUDED.turn, since = EXCLUDED.since, days = EXCLUDED.days,
             late_on = EXCLUDED.late_on, standing = EXCLUDED.standing, proposed = EXCLUDED.proposed"""


def write_cases(connection: psycopg.Connection, tables: Tables, histories: Collection[CaseHistory]) -> None:
    """One row for each case, as it now stands, with its threads."""
    kept = {history.case.id: history for history in histories if history.case and history.case.adopted}
    threads = case_threads.threads_of(connection, tables, kept)
    rows = [_case_row(history, threads.get(id, ())) for id, history in kept.items()]
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL(_UPSERT).format(tables["cases"]), rows)


def _case_row(history: CaseHistory, threads: Sequence[Thread]) -> tuple[Any, ...]:
    case, shown = history.case, history.shown
    assert case and case.adopted
    owner = case.owner.id if case.owner else None
    final, due = is_final(case.adopted.workflow, case.state), latest(case.due) if case.due else None
    facts = facts_of(case)
    turn = turn_of(facts, threads)
    return (
        case.id, case.ref, shown["home"], case.state, due, owner,
        list(dict.fromkeys(body for body, _ in case.referrals)), case.visibility, list(case.people), case.withdrawn,
        json.encode(shown | {"version": case.version}).decode(), case.history[-1].position,
        place_of(shown), final, case.history[0].limit(), history.heard, json.encode(facts).decode(),
        *turn, late_on(final, due, turn.since), case.cadence is not None,
        len(shown["proposals"]),
    )  # fmt: skip
