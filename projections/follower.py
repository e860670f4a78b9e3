"""Keeps read tables in step with the log: one loop for catching up, living and rebuilding.

A projection is a name, a version, its tables and what an entry of the log changes in them. Its tables stand behind
views (`read.cases` over `read.cases_3`), so that a rebuild goes on beside the live ones and is swapped in at once. Where
the log changes the seasons, that is done: days of the tables were counted with the former ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

import psycopg
from psycopg import sql

from domain.base import Recorded
from domain.errors import Unavailable
from domain.organisation import ORGANISATION, Organisation, OrganisationConfigured
from domain.time import Seasons, use_seasons
from projections import log

BATCH = 1_000
Tables = Mapping[str, sql.Composable]


class ProjectionFailed(Unavailable):
    """The lists called “{name}” could not take in entry {position} of the log ({reason}). What was recorded is safe; the lists wait. Run suivi rebuild {name}, or see suivi doctor."""  # noqa: E501 - one sentence


class Projection(Protocol):
    """`tables`: name -> the columns and constraints of its DDL. `indexes`: statements with the tables' names in braces."""

    name: str
    version: int
    tables: Mapping[str, str]
    indexes: Sequence[str]

    def apply(self, connection: psycopg.Connection, tables: Tables, entries: Sequence[Recorded]) -> None:
        """Takes entries in, in order, in the caller's transaction."""

    def fill(self, connection: psycopg.Connection, tables: Tables, upto: int, progress: Callable[[int], None]) -> None:
        """Fills empty tables with the log up to a position; tells `progress` the entries done."""

    def forget(self) -> None:
        """Drops what it remembers: the transaction it belonged to is gone."""


def install(connection: psycopg.Connection, projection: Projection) -> None:
    """Makes the tables of a projection that has none yet, or that now has another version."""
    if _version(connection, projection) == projection.version:
        return
    with connection.transaction():
        _alone(connection, projection)
        if (version := _version(connection, projection)) is None:
            _make(connection, projection, 1)
            _show(connection, projection, 1)
            connection.execute("INSERT INTO suivi.projections (name, version, generation) VALUES (%s, %s, 1)",
                               (projection.name, projection.version))  # fmt: skip
        if version != projection.version and (version or log.size(connection)):
            rebuild(connection, projection)


def follow_all(connection: psycopg.Connection, projections: Sequence[Projection], limit: int = BATCH) -> int:
    """As `follow`, for each; one that fails is told once the others have had their turn."""
    worked, failed = 0, list[ProjectionFailed]()
    for projection in projections:
        try:
            worked += follow(connection, projection, limit)
        except ProjectionFailed as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return worked


def follow(connection: psycopg.Connection, projection: Projection, limit: int = BATCH) -> int:
    """Takes in up to `limit` entries in one transaction; returns how many. 0: none waits, or another is at it.
    What cannot be taken in is looked for in halves: the projection stops just before it, and says where."""
    try:
        return _follow(connection, projection, limit)
    except psycopg.OperationalError:
        projection.forget()
        raise
    except Exception as error:  # any fault of a projection stops that projection, and is told: nothing is skipped
        projection.forget()
        if limit > 1:
            return follow(connection, projection, limit // 2)
        raise _failed(connection, projection, error) from error


def _follow(connection: psycopg.Connection, projection: Projection, limit: int) -> int:
    with connection.transaction():
        row = connection.execute(
            "SELECT generation, position FROM suivi.projections WHERE name = %s AND version = %s"
            " AND position < (SELECT size FROM suivi.log_head) FOR UPDATE SKIP LOCKED",
            (projection.name, projection.version),
        ).fetchone()  # fmt: skip
        found = log.after(connection, row[1], limit) if row else []
        if not row or not found:
            return 0
        if entries := _of_same_seasons(connection, found):
            use_seasons(_seasons(connection))  # this process may have looked before others changed them
            projection.apply(connection, tables_of(projection, row[0]), entries)
            connection.execute(
                "UPDATE suivi.projections SET position = %s, failed = NULL, changed_at = clock_timestamp()"
                " WHERE name = %s", (entries[-1].position, projection.name),
            )  # fmt: skip
            return len(entries)
    return _with_new_seasons(connection, projection, found[0].position or 1)


def _of_same_seasons(connection: psycopg.Connection, entries: Sequence[Recorded]) -> Sequence[Recorded]:
    """Those before the first that changes the seasons."""
    for at, entry in enumerate(entries):
        said, position = isinstance(entry.event, OrganisationConfigured) and entry.event.seasons, entry.position or 1
        if said and _seasons(connection, position) != _seasons(connection, position - 1):
            return entries[:at]
    return entries


def _with_new_seasons(connection: psycopg.Connection, projection: Projection, position: int) -> int:
    """Makes the tables anew, unless another did: the entry at that position changes the seasons."""
    with connection.transaction():
        _alone(connection, projection)
        row = connection.execute("SELECT position FROM suivi.projections WHERE name = %s", (projection.name,)).fetchone()
        if row and row[0] >= position:
            return 0
        rebuild(connection, projection)
    return 1


def _seasons(connection: psycopg.Connection, upto: int = log.EVERYTHING) -> Seasons:
    """Those of the organisation, as the log has them up to a position."""
    history = log.of_streams(connection, [ORGANISATION], upto)
    return (Organisation.fold(history) if history else Organisation()).seasons


def _failed(connection: psycopg.Connection, projection: Projection, error: Exception) -> ProjectionFailed:
    reason = type(error).__name__
    connection.execute("UPDATE suivi.projections SET failed = %s WHERE name = %s AND failed IS DISTINCT FROM %s",
                       (reason, projection.name, reason))  # fmt: skip
    row = connection.execute("SELECT position FROM suivi.projections WHERE name = %s", (projection.name,)).fetchone()
    return ProjectionFailed(name=projection.name, position=row[0] + 1 if row else 1, reason=reason)


def rebuild(
    connection: psycopg.Connection, projection: Projection, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Makes the tables anew beside the live ones and swaps them in one transaction; returns the entries taken in.
    Readers see the old tables until then, and nothing is sent to anyone."""
    with connection.transaction():
        _alone(connection, projection)
        generation = _generation(connection, projection) + 1
        tables = _make(connection, projection, generation)
        upto = log.size(connection)
        use_seasons(_seasons(connection))  # asked after it: what changes them since makes the tables anew once more
        projection.fill(connection, tables, upto, progress)
        connection.execute("SELECT FROM suivi.projections WHERE name = %s FOR UPDATE", (projection.name,))
        while entries := _of_same_seasons(connection, log.after(connection, upto, BATCH)):
            projection.apply(connection, tables, entries)
            upto = entries[-1].position or upto
        _show(connection, projection, generation)
        connection.execute(
            "UPDATE suivi.projections SET version = %s, generation = %s, position = %s, failed = NULL,"
            " changed_at = clock_timestamp() WHERE name = %s", (projection.version, generation, upto, projection.name),
        )  # fmt: skip
        _drop(connection, projection, generation)
    projection.forget()
    return upto


def tables_of(projection: Projection, generation: int) -> Tables:
    """The names of the tables of one generation."""
    return {table: sql.Identifier("read", f"{table}_{generation}") for table in projection.tables}


def behind(connection: psycopg.Connection, name: str) -> int:
    """How many entries of the log the projection has not taken in."""
    row = connection.execute(
        "SELECT (SELECT size FROM suivi.log_head) - position FROM suivi.projections WHERE name = %s", (name,)
    ).fetchone()
    return int(row[0]) if row else 0


def _alone(connection: psycopg.Connection, projection: Projection) -> None:
    """Waits for whoever makes the tables of this projection, until the end of the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"projection {projection.name}",))


def _version(connection: psycopg.Connection, projection: Projection) -> int | None:
    row = connection.execute("SELECT version FROM suivi.projections WHERE name = %s", (projection.name,)).fetchone()
    return int(row[0]) if row else None


def _generation(connection: psycopg.Connection, projection: Projection) -> int:
    row = connection.execute("SELECT generation FROM suivi.projections WHERE name = %s", (projection.name,)).fetchone()
    assert row
    return int(row[0])


def _make(connection: psycopg.Connection, projection: Projection, generation: int) -> Tables:
    tables = tables_of(projection, generation)
    for table, columns in projection.tables.items():
        connection.execute(sql.SQL("CREATE TABLE {} ({})").format(tables[table], sql.SQL(columns)))
    for index in projection.indexes:
        connection.execute(sql.SQL(index).format(**tables))
    return tables


def _show(connection: psycopg.Connection, projection: Projection, generation: int) -> None:
    for table, name in tables_of(projection, generation).items():
        view = sql.Identifier("read", table)
        connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(view))
        connection.execute(sql.SQL("CREATE VIEW {} AS SELECT * FROM {}").format(view, name))


def _drop(connection: psycopg.Connection, projection: Projection, generation: int) -> None:
    for table in tables_of(projection, generation - 1).values():
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))


def touched(entries: Sequence[Recorded]) -> list[UUID]:
    """The streams of some entries, each once, in order."""
    return list(dict.fromkeys(entry.originator_id for entry in entries))
