"""What people see of the outbox, and the one thing they may do with it: have a message sent again."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

from psycopg.rows import dict_row

from domain.errors import Forbidden, NotFound, Refused
from domain.organisation import KEEPERS
from projections.case_lists import names_of, refs_of
from services.execute import Actor
from services.home import Home, Viewer
from services.mail import reasons
from services.reading.histories import utc
from services.store import Store

STATES = ("waiting", "sent", "parked", "bounced")
MOST = 500  # rows of a list, the latest ones
OF_NO_CASE = ("bounce", "access")  # they tell of no case, and hold no secret
INSTANTS = ("created_at", "not_before", "next_try", "sent_at", "bounced_at")

_SELECT = """SELECT id, kind, channel, held, stream, recipient, state, subject, created_at, not_before, sent_at, bounced_at,
                    tries, reason, message_id, lang, {body} AS text,
                    CASE WHEN state = 'waiting' AND not_before < '9000-01-01' THEN greatest(not_before, leased_till) END
                        AS next_try,
                    ARRAY(SELECT DISTINCT g.stream FROM suivi.outbox g WHERE g.digest = outbox.id) AS gathered
               FROM suivi.outbox WHERE (%(all)s OR recipient = %(person)s)"""
_LIST = _SELECT.format(body="NULL::text") + (
    " AND (%(state)s::text IS NULL OR state = %(state)s) ORDER BY created_at DESC, id LIMIT %(most)s"
)
_ONE = _SELECT.format(body="body") + " AND id BETWEEN %(first)s AND %(last)s LIMIT 2"
_BEGINNING = re.compile("(?:[0-9a-f]-?){1,32}")
_AGAIN = """UPDATE suivi.outbox SET state = 'waiting', tries = 0, reason = NULL, leased_till = NULL, not_before = %s,
                                sent_at = NULL, bounced_at = NULL
             WHERE id = %s AND state IN ('parked', 'bounced') AND body IS NOT NULL"""
_THREADS = """SELECT d.demarche_id, d.number FROM read.demarches d
               WHERE d.demarche_id = ANY (%s) AND EXISTS (
                     SELECT FROM read.cases c WHERE c.case_id = ANY (d.cases) AND NOT c.withdrawn
                                                AND suivi.may_see(c.visibility, c.people, %s, %s))"""
_HOLD_BACK = "UPDATE suivi.outbox SET state = 'parked', reason = %s, leased_till = NULL WHERE state = 'waiting'"


class MessageUnknown(NotFound):
    """There is no message {id} in the outbox. Those that there are: suivi outbox"""


class SendingRole(Forbidden):
    """Messages are sent again by the secretary or an administrator; you have neither role."""


class NotParked(Refused):
    """This message was not set aside and did not come back: it goes by itself, or it is gone."""


class NothingWritten(Refused):
    """Nothing was written that could be sent: this message was set aside before it had a text."""


def listing(home: Home, state: str | None = None, lang: str | None = None) -> list[dict[str, Any]]:
    """The latest messages first, without their text: all of them for the secretary and administrators, one's own for
    anyone else. Of a case that the viewer may not see, nothing is told but where the message stands. Reasons are in
    `lang`, by default that of the settings."""
    return _shown(home, _LIST, lang, state=state, most=MOST)


def letter(home: Home, id: str, lang: str | None = None) -> dict[str, Any]:
    """One message, with its text. The beginning of an id will do, if no other begins with it."""
    found: list[dict[str, Any]] = []
    if _BEGINNING.fullmatch(id):
        digits = id.replace("-", "")
        found = _shown(home, _ONE, lang, first=UUID(digits.ljust(32, "0")), last=UUID(digits.ljust(32, "f")))
    if len(found) != 1:
        raise MessageUnknown(id=id)
    return found[0]


def retry(store: Store, actor: Actor, id: UUID) -> None:
    """Has a message that was set aside, or came back, go at the next hour at which mail may go."""
    if not actor.roles & KEEPERS:
        raise SendingRole()
    row = store.connection.execute("SELECT state, body IS NULL FROM suivi.outbox WHERE id = %s", (id,)).fetchone()
    if row is None:
        raise MessageUnknown(id=id)
    if row[0] not in ("parked", "bounced"):
        raise NotParked()
    if row[1]:
        raise NothingWritten()
    store.connection.execute(_AGAIN, (store.present.calendar.reopening(store.present.now), id))


def hold_back(store: Store) -> int:
    """Sets aside whatever waits in a store that comes from a backup; returns how many."""
    return store.connection.execute(_HOLD_BACK, (reasons.written(reasons.BackFromBackup()),)).rowcount


def _shown(home: Home, query: LiteralString, lang: str | None, **asked: Any) -> list[dict[str, Any]]:
    viewer = home.viewer()
    asked |= {"all": bool(viewer.roles & KEEPERS), "person": viewer.person}
    with home.reader.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query, asked).fetchall()
    names = names_of(home.reader, {str(row["recipient"]) for row in rows})
    streams = {row["stream"] for row in rows} | {stream for row in rows for stream in row["gathered"]}
    seen = refs_of_streams(home, streams, viewer)
    return [_row(row, names, seen, lang or home.settings.lang) for row in rows]


def refs_of_streams(home: Home, streams: Collection[UUID], viewer: Viewer) -> dict[UUID, str]:
    """Stream -> the REF of the case or the thread, of those that the viewer may see."""
    roles = sorted(viewer.roles)
    cases = refs_of(home.reader, map(str, streams), viewer.person, roles)
    threads = home.reader.execute(_THREADS, (list(streams), viewer.person, roles)).fetchall()
    return {UUID(case): ref for case, ref in cases.items()} | {thread: f"demarche:{number}" for thread, number in threads}


def _row(row: dict[str, Any], names: dict[str, dict[str, str]], seen: dict[UUID, str], lang: str) -> dict[str, Any]:
    """A mail that gathers several things is read by whoever may see all of them."""
    gathered, row["case"] = row.pop("gathered"), seen.get(row.pop("stream"))
    if row["kind"] == "digest":
        row["text"] = row["text"] if all(stream in seen for stream in gathered) else None
    elif row["case"] is None and row["kind"] not in OF_NO_CASE:
        row |= {"subject": None, "text": None}
    instants = {name: utc(row[name]) for name in INSTANTS}
    who = {"id": str(row["id"]), "recipient": names.get(str(row["recipient"]))}
    return row | instants | who | {"reason": reasons.said(row["reason"], lang)}
