"""What one person was told, read in the application: fed by the outbox, whatever way the message went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from domain.errors import NotFound
from services.execute import Actor
from services.home import Home
from services.mail.outbox import refs_of_streams
from services.reading.histories import utc
from services.store import Store

MOST = 500  # rows of a list, the latest ones

# Not what was overtaken or never written, nor what came back with a backup: nobody is to read that any more.
_LIST = """SELECT id, stream, kind, subject, summary, body AS text, lang, created_at, read_at FROM suivi.outbox
            WHERE recipient = %(person)s AND kind IN ('reminder', 'news', 'personal') AND body IS NOT NULL
              AND coalesce(reason !~ '^."(CaseHidden|Overtaken|BackFromBackup|NotWritten)"', true)
              AND (NOT %(unread)s OR read_at IS NULL)
            ORDER BY read_at IS NOT NULL, created_at DESC, id LIMIT %(most)s"""
_READ = """UPDATE suivi.outbox SET read_at = coalesce(read_at, suivi.now())
            WHERE recipient = %s AND kind IN ('reminder', 'news', 'personal')
              AND (id = %s OR (%s AND read_at IS NULL)) RETURNING id"""


class NoticeUnknown(NotFound):
    """There is no notice {id} in your inbox. Those that there are: suivi inbox"""


def inbox(home: Home, unread: bool = False) -> list[dict[str, Any]]:
    """One's own notices, unread ones first, the latest first; of what one may not see any more, nothing."""
    viewer = home.viewer()
    asked = {"person": viewer.person, "unread": unread, "most": MOST}
    with home.reader.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(_LIST, asked).fetchall()
    refs = refs_of_streams(home, {row["stream"] for row in rows}, viewer)
    return [_row(row, refs[row["stream"]]) for row in rows if row["stream"] in refs]


def notice(home: Home, id: str) -> dict[str, Any]:
    """One of them; the beginning of an id will do, if no other begins with it."""
    found = [row for row in inbox(home) if row["id"].startswith(id.lower())]
    if len(found) != 1 or not id:
        raise NoticeUnknown(id=id)
    return found[0]


def mark_read(store: Store, actor: Actor, id: UUID | None = None) -> int:
    """Marks one, or all, as read; returns how many it concerned. Marking again changes nothing."""
    person = actor.on_behalf_of or actor.person
    marked = store.connection.execute(_READ, (person, id, id is None)).rowcount
    if id is not None and not marked:
        raise NoticeUnknown(id=id)
    return marked


def _row(row: dict[str, Any], ref: str) -> dict[str, Any]:
    return {
        "id": str(row["id"]), "ref": ref, "kind": row["kind"], "subject": row["subject"], "summary": row["summary"],
        "text": row["text"], "lang": row["lang"], "created_at": utc(row["created_at"]), "read_at": utc(row["read_at"]),
    }  # fmt: skip
