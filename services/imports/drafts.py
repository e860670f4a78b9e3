"""Documents that wait for a person to say yes: kept for a day, for nobody else, and read anew each time they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from domain.errors import NotFound
from services.store import Store

KEPT = timedelta(days=1)
MOST = 10  # of one person at once; the oldest give way


class DraftGone(NotFound):
    """This document no longer waits here: it was brought in, or a day has passed. Nothing was recorded since; give it again."""


@dataclass(frozen=True)
class Asked:
    """How a document is to be read: its kind, the assembly that it reports to (null: what its title says), its date; of a
    table, what its columns hold, by their headings; of a plan that is known, the changes of it that are to be `taken`, by
    their keys (not kept with a draft: said as it is recorded)."""

    kind: str = "auto"
    assembly: str | None = None
    reference: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Draft:
    """A document as it was given, byte for byte, and how it is to be read."""

    id: UUID
    file: str
    content: bytes
    asked: Asked


def keep(store: Store, person: UUID, file: str, content: bytes, asked: Asked, id: UUID | None = None) -> UUID:
    """Keeps a document; what is over, or too much, goes. Under the same `id`, it is kept once."""
    id, file = id or uuid4(), file.replace("\0", "")
    with store.connection.transaction():
        store.connection.execute("DELETE FROM suivi.import_drafts WHERE expires_at <= clock_timestamp()")
        store.connection.execute(
            "DELETE FROM suivi.import_drafts WHERE id IN (SELECT id FROM suivi.import_drafts WHERE person = %s"
            " ORDER BY created_at DESC OFFSET %s)", (person, MOST - 1),
        )  # fmt: skip
        store.connection.execute(
            "INSERT INTO suivi.import_drafts (id, person, file, content, kind, assembly, reference, columns, expires_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, clock_timestamp() + %s) ON CONFLICT (id) DO NOTHING",
            (id, person, file, content, asked.kind, asked.assembly, asked.reference, Jsonb(dict(asked.columns)), KEPT),
        )
    return id


def draft(store: Store, person: UUID, id: UUID) -> Draft:
    """The document of that id, of that person. Raises `DraftGone`."""
    row = store.connection.execute(
        "SELECT file, content, kind, assembly, reference, columns FROM suivi.import_drafts"
        " WHERE id = %s AND person = %s AND expires_at > clock_timestamp()", (id, person),
    ).fetchone()  # fmt: skip
    if row is None:
        raise DraftGone()
    return Draft(id, row[0], bytes(row[1]), Asked(row[2], row[3], row[4], row[5]))


def ask(store: Store, person: UUID, id: UUID, asked: Asked) -> None:
    """Says otherwise how it is to be read."""
    store.connection.execute(
        "UPDATE suivi.import_drafts SET kind = %s, assembly = %s, reference = %s, columns = %s WHERE id = %s AND person = %s",
        (asked.kind, asked.assembly, asked.reference, Jsonb(dict(asked.columns)), id, person),
    )


def forget(store: Store, person: UUID, id: UUID) -> None:
    """The document waits no more."""
    store.connection.execute("DELETE FROM suivi.import_drafts WHERE id = %s AND person = %s", (id, person))
