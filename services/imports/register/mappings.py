"""What was said of the columns of tables, kept for this office by the signature of their headings."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from psycopg.types.json import Jsonb

from services.store import Store


def recall(store: Store, signature: str) -> dict[str, str]:
    """Key of a heading, or place from 1 -> field; empty if nothing was said of such a table."""
    query = "SELECT columns FROM suivi.import_mappings WHERE signature = %s"
    row = store.connection.execute(query, (signature,)).fetchone()
    return dict(row[0]) if row else {}


def keep(store: Store, person: UUID, signature: str, columns: Mapping[str, str]) -> None:
    """Keeps what was said last."""
    store.connection.execute(
        "INSERT INTO suivi.import_mappings (signature, columns, person) VALUES (%s, %s, %s) ON CONFLICT (signature)"
        " DO UPDATE SET columns = EXCLUDED.columns, person = EXCLUDED.person, decided_at = clock_timestamp()",
        (signature, Jsonb(dict(columns)), person),
    )
