"""The log as people look through it: `read.entries`, one row for each entry, with what it is found by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from domain.amendments import AMENDMENTS
from domain.attachments import FileAttached
from domain.base import Event, Recorded
from domain.case import bundles, migration, standing, tasks, told
from domain.case import events as of_cases
from domain.case.moves import Moved
from domain.clocks import ClockEvent, EscalationStepTaken, PersonalReminderSet
from domain.conditions import Awaited
from domain.demarche.events import DemarcheAssigned, DemarcheEvent, DemarcheNoted, DemarcheSent
from domain.directory import Created, ReportTabled
from domain.imports import DocumentImported, ImportUndone
from domain.organisation import OrganisationConfigured
from domain.record.events import RecordCreated, RecordEvent
from domain.time import ZONE, local_day
from projections import log
from projections.follower import BATCH, Tables

FAMILIES: Mapping[str, tuple[type[Event], ...]] = {
    "amendment": AMENDMENTS,
    "state": (Moved, of_cases.CaseStateProposed),
    "note": (of_cases.CaseNoted, DemarcheNoted, told.FactsRead),
    "report": (of_cases.ReportApproved, ReportTabled),
    "file": (FileAttached,),
    "work": (of_cases.CaseAssigned, of_cases.CaseDueSet, of_cases.CaseAwaited, of_cases.CaseTargetSet, standing.CaseReviewed,
             tasks.TaskAdded,
             tasks.TaskFinished, tasks.TaskBecameDue, tasks.TaskReworded, tasks.TaskDropped, DemarcheAssigned,
             PersonalReminderSet),
    "thread": (DemarcheEvent,),
    "reminder": (ClockEvent, Awaited),
    "record": (RecordEvent,),
    "import": (DocumentImported, ImportUndone),
    "settings": (OrganisationConfigured,),
    "case": (of_cases.CaseAdopted, of_cases.CaseReworded, of_cases.CaseLinked, of_cases.CaseRestricted, of_cases.Wish,
             of_cases.CaseWithdrawn, of_cases.CaseThreadOpened, bundles.CaseSplit, bundles.CaseCutOff, bundles.CaseMerged,
             bundles.CaseMergedInto, migration.CaseMigrated),
}  # fmt: skip
"""Kind of fact -> the events that are of it, the first that fits; every other is of the directory."""

# what a stream that everyone inside may see begins with
FOR_ALL = (Created, OrganisationConfigured, DocumentImported, RecordCreated)


class Place(NamedTuple):
    """What a stream is of, and of which assembly: `case`, `thread`, `open`; `hidden` is shown to nobody."""

    about: str
    assembly: str | None = None


class Entries:
    """Rows are added and never changed."""

    name = "entries"
    version = 2
    tables: Mapping[str, str] = {
        "entries": """position bigint PRIMARY KEY, stream uuid NOT NULL, about text NOT NULL, assembly text,
                      family text NOT NULL, quiet boolean NOT NULL, amends boolean NOT NULL, actor uuid NOT NULL,
                      imported uuid, recorded date NOT NULL, happened date NOT NULL"""
    }
    indexes: Sequence[str] = (
        "CREATE INDEX ON {entries} (stream, position)",
        "CREATE INDEX ON {entries} (family, position) WHERE NOT quiet",
        "CREATE INDEX ON {entries} (actor, position) WHERE NOT quiet",
        "CREATE INDEX ON {entries} (assembly, position) WHERE NOT quiet",
        "CREATE INDEX ON {entries} (imported, position) WHERE imported IS NOT NULL",
        "CREATE INDEX ON {entries} (position) WHERE NOT quiet AND imported IS NULL",
        "CREATE INDEX ON {entries} (position) WHERE amends",
        "CREATE INDEX ON {entries} (recorded) WHERE NOT quiet",
        "CREATE INDEX ON {entries} (happened) WHERE NOT quiet",
    )

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        places = self._places(connection, tables, entries)
        with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(tables["entries"])) as copy:
            for entry in entries:
                copy.write_row(_row(entry, places.get(entry.originator_id, Place("hidden"))))

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        done = 0
        while done < upto and (entries := log.after(connection, done, min(BATCH, upto - done))):
            self.apply(connection, tables, entries)
            done = entries[-1].position or upto
            progress(done)

    def forget(self) -> None:
        """It remembers nothing."""

    def _places(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> dict[UUID, Place]:
        """What the streams of these entries are of; a thread is of the assembly of its first case."""
        begun = {entry.originator_id: entry.event for entry in entries if entry.originator_version == 1}
        wanted = {entry.originator_id for entry in entries} - begun.keys()
        wanted |= {event.cases[0] for event in begun.values() if isinstance(event, DemarcheSent)} - begun.keys()
        query = sql.SQL("SELECT DISTINCT ON (stream) stream, about, assembly FROM {} WHERE stream = ANY (%s)"
                        " ORDER BY stream, position").format(tables["entries"])  # fmt: skip
        places = {stream: Place(about, of) for stream, about, of in connection.execute(query, (list(wanted),))}
        for stream, event in sorted(begun.items(), key=lambda each: isinstance(each[1], DemarcheSent)):
            places[stream] = _place(event, places)
        return places


def _place(event: Event, places: Mapping[UUID, Place]) -> Place:
    match event:
        case of_cases.CaseAdopted():
            return Place("case", event.ref.partition(":")[0])
        case DemarcheSent():
            return Place("thread", places.get(event.cases[0], Place("")).assembly)
    return Place("open" if isinstance(event, FOR_ALL) else "hidden")


def _row(entry: Recorded, place: Place) -> tuple[object, ...]:
    event, recorded = entry.event, local_day(entry.recorded_at, ZONE) if entry.recorded_at else date.max
    imported = event.source.imported if event.source and not isinstance(event, DocumentImported) else None
    happened = entry.day()
    return (
        entry.position, entry.originator_id, place.about, place.assembly, family_of(event), quiet(event),
        isinstance(event, AMENDMENTS), entry.actor, imported, recorded, recorded if happened == date.min else happened,
    )  # fmt: skip


def family_of(event: Event) -> str:
    """The kind of fact that an event is."""
    return next((family for family, kinds in FAMILIES.items() if isinstance(event, kinds)), "directory")


def quiet(event: Event) -> bool:
    """Whether Suivi keeps it for itself: clocks wound and stopped, what waits upon what. A reminder that came due is told."""
    told = isinstance(event, EscalationStepTaken) or not event.machine
    return isinstance(event, ClockEvent | Awaited | of_cases.CaseThreadOpened) and not told
