"""The directory as it stands: one row for each assembly, body, person, office and plan, under one name for its sort."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import psycopg
from msgspec import json, to_builtins
from psycopg import sql

from domain.amendments import AMENDMENTS
from domain.base import Recorded
from domain.directory import (
    MEETINGS,
    REACH,
    AddressChanged,
    Appointed,
    Assembly,
    AssemblyCreated,
    Body,
    BodyCreated,
    Created,
    Entry,
    LanguageChanged,
    NumbersSettled,
    Office,
    OfficeAddressChanged,
    OfficeClosed,
    OfficeCreated,
    OfficeRenamed,
    Person,
    PersonCreated,
    Renamed,
    TermEnded,
    Withdrawn,
)
from domain.plan.events import (
    EntriesListed,
    ItemsCarriedOver,
    ItemsTakenOver,
    NodeEntered,
    NodeMoved,
    NodeRemoved,
    NodeReworded,
    PlanConcluded,
    PlanCreated,
    PlanPartAdopted,
    PlanTargetSet,
)
from domain.plan.plan import Plan
from domain.words import sort_key
from projections import log
from projections.follower import BATCH, Tables, touched

KINDS: dict[type[Created], tuple[str, type[Entry]]] = {
    AssemblyCreated: ("assembly", Assembly),
    BodyCreated: ("body", Body),
    PersonCreated: ("person", Person),
    OfficeCreated: ("office", Office),
    PlanCreated: ("plan", Plan),
}
OF_PLANS = (
    PlanPartAdopted, NodeEntered, NodeReworded, NodeMoved, NodeRemoved, PlanTargetSet, EntriesListed, ItemsCarriedOver,
    ItemsTakenOver, PlanConcluded,
)  # fmt: skip
EVENTS = (
    Created, Renamed, Appointed, TermEnded, AddressChanged, LanguageChanged, NumbersSettled, Withdrawn,
    OfficeRenamed, OfficeAddressChanged, OfficeClosed, *REACH, *MEETINGS, *AMENDMENTS,
    *OF_PLANS,
)  # fmt: skip


def entry_of(history: Sequence[Recorded], as_of: Any = None) -> tuple[str, Entry] | None:
    """The kind and the entry of a history; null if the history is of something else."""
    kind = KINDS.get(cast("type[Created]", type(history[0].event)))
    return (kind[0], kind[1].fold(list(history), as_of)) if kind else None


def facts_of(kind: str, entry: Entry) -> dict[str, Any]:
    """What a list shows of an entry, in the contract's shape; terms hold the ids of persons."""
    facts: dict[str, Any] = {"ref": f"{kind}:{entry.key}", "key": entry.key, "name": entry.name}
    match entry:
        case Assembly():
            facts |= {"date": entry.date, "kind": entry.kind, "quorum": entry.quorum, "numbers": entry.numbers}
        case Body():
            facts |= {"kind": entry.kind, "meetings": [to_builtins(each) for each in entry.meetings.values()]}
        case Office():
            facts |= _facts_of_office(entry)
        case Plan():
            facts |= _facts_of_plan(entry)
        case Person():
            facts |= {"mail": entry.mail, "gender": entry.gender, "lang": entry.lang}
    terms = [{"person": t.person and str(t.person), "charge": t.charge, "since": t.since, "until": t.until, "over": t.over,
              "ended": t.ended and t.ended.isoformat()}
             for t in entry.terms]  # fmt: skip
    return facts | ({} if kind in ("person", "plan") else {"terms": terms}) | {"version": entry.version}


def _facts_of_office(office: Office) -> dict[str, Any]:
    """Who holds it depends on the day that is asked about: `services.reading` adds it."""
    return {
        "kind": office.kind, "legislature": office.legislature, "feminine": office.titles[-1].feminine,
        "address": list(office.address), "mail": office.mail, "phone": office.phone,
        "closed": office.ended or (office.closed and office.closed.isoformat()),
        "successors": [str(heir) for heir in office.successors],
    }  # fmt: skip


def _facts_of_plan(plan: Plan) -> dict[str, Any]:
    """What its items say, and how they stand, their cases say: `services.reading.plans` adds it."""
    return {
        "title": plan.name, "period": plan.period, "body": plan.body and str(plan.body), "author": plan.author,
        "form": plan.form, "concluded": plan.over, "items": len(plan.numbers),
        "adoption": [
            {"what": each.what, "state": each.state, "body": each.body and str(each.body), "by": each.by, "on": each.on,
             "words": each.words} for each in plan.adoption.values()
        ],
    }  # fmt: skip


class Directory:
    """`read.directory`: what names resolve through and lists of entries show."""

    name = "directory"
    version = 5
    tables: Mapping[str, str] = {
        "directory": """entry uuid PRIMARY KEY, kind text NOT NULL, key text NOT NULL, name text NOT NULL,
                        sort text NOT NULL, facts jsonb NOT NULL, position bigint NOT NULL"""
    }
    indexes: Sequence[str] = ("CREATE INDEX ON {directory} (sort, kind)",)

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        ours = [entry for entry in entries if isinstance(entry.event, EVENTS)]
        if ours:
            self._write(connection, tables, touched(ours), entries[-1].position or 0)

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        streams = list(log.streams_beginning_with(connection, [kind.__name__ for kind in KINDS]))
        for start in range(0, len(streams), BATCH):
            self._write(connection, tables, streams[start : start + BATCH], upto)
        progress(upto)

    def forget(self) -> None:
        """It remembers nothing."""

    def _write(self, connection: psycopg.Connection, tables: Tables, streams: list[UUID], upto: int) -> None:
        rows, gone = [], []
        for history in log.histories(connection, streams, upto):
            if (found := entry_of(history)) is None:
                continue
            kind, entry = found
            if entry.withdrawn:
                gone.append(entry.id)
            else:
                facts = json.encode(facts_of(kind, entry)).decode()
                rows.append((entry.id, kind, entry.key, entry.name, sort_key(entry.name), facts, history[-1].position))
        connection.execute(sql.SQL("DELETE FROM {} WHERE entry = ANY (%s)").format(tables["directory"]), (gone,))
        with connection.cursor() as cursor:
            cursor.executemany(sql.SQL(
                "INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (entry) DO UPDATE SET name = EXCLUDED.name,"
                " sort = EXCLUDED.sort, facts = EXCLUDED.facts, position = EXCLUDED.position").format(tables["directory"]), rows)
