"""What a browser enters with: a secret in its cookie, of which the store keeps the hash.

A session counts for what its account may do now. It ends after twelve hours without use, after thirty days in any case,
when it is closed, with its account, and as soon as the roles of the account are others than when it was opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid4

from services.signing_in.secrets import fresh, hashed
from services.store import Store

IDLE = timedelta(hours=12)
LASTS = timedelta(days=30)
RECENT = timedelta(minutes=10)  # for which a proof serves to change what one enters with
SEEN_EVERY = timedelta(minutes=1)  # a page with its pieces is one use
LONGEST_DEVICE = 80

Means = Literal["link", "password", "passkey", "provider", "invitation", "reset"]

_SERVES = """s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND s.seen_at > clock_timestamp() - %(idle)s
             AND NOT a.disabled AND s.roles @> a.roles AND s.roles <@ a.roles"""
_FOUND = f"""WITH found AS (
                  SELECT s.id, a.login, s.person, a.roles, s.seen_at, s.proven_at > clock_timestamp() - %(recent)s AS proven
                    FROM suivi.sessions s JOIN suivi.accounts a USING (person) WHERE s.hash = %(hash)s AND {_SERVES}),
              used AS (
                  UPDATE suivi.sessions SET seen_at = clock_timestamp()
                   WHERE id = (SELECT id FROM found WHERE seen_at < clock_timestamp() - %(every)s))
              SELECT login, person, roles, id, proven FROM found"""
_OPEN = """INSERT INTO suivi.sessions (id, hash, person, roles, means, device, created_at, proven_at, seen_at, expires_at)
           SELECT %(id)s, %(hash)s, a.person, a.roles, %(means)s, %(device)s, now.at, now.at, now.at, now.at + %(lasts)s
             FROM suivi.accounts a, (SELECT clock_timestamp() AS at) AS now
            WHERE a.person = %(person)s AND NOT a.disabled"""
_PROVE = """UPDATE suivi.sessions SET hash = %s, proven_at = clock_timestamp(), seen_at = clock_timestamp()
             WHERE id = %s AND person = %s AND ended_at IS NULL"""
_LIST = f"""SELECT s.id, s.means, s.device, s.created_at, s.seen_at FROM suivi.sessions s JOIN suivi.accounts a USING (person)
             WHERE s.person = %(person)s AND {_SERVES} ORDER BY s.seen_at DESC, s.id"""
_END = """UPDATE suivi.sessions SET ended_at = clock_timestamp()
           WHERE person = %(person)s AND ended_at IS NULL AND (%(id)s::uuid IS NULL OR id = %(id)s)
             AND id IS DISTINCT FROM %(except)s::uuid"""
_BY_LINK = """SELECT s.means = 'link' AND NOT EXISTS (SELECT FROM suivi.passwords p WHERE p.person = s.person)
                     AND NOT EXISTS (SELECT FROM suivi.passkeys k WHERE k.person = s.person)
                FROM suivi.sessions s WHERE s.id = %s"""


class Session(NamedTuple):
    """Whom a session lets in; `proven`: they proved who they are in the last ten minutes."""

    login: str
    person: UUID
    roles: frozenset[str]
    id: UUID
    proven: bool


@dataclass(frozen=True)
class Device:
    """Where someone is signed in."""

    id: UUID
    means: Means
    device: str
    created_at: datetime
    seen_at: datetime


def session_of(store: Store, secret: str) -> Session | None:
    """The session behind a cookie, and that it was used now; null for one that does not serve. One query."""
    asked = {"hash": hashed(secret), "recent": RECENT, "idle": IDLE, "every": SEEN_EVERY}
    row = store.connection.execute(_FOUND, asked, prepare=True).fetchone()
    return Session(row[0], row[1], frozenset(row[2]), row[3], row[4]) if row else None


def open_session(store: Store, person: UUID, means: Means, device: str = "") -> str | None:
    """The secret of a new session; null for someone without an open account."""
    secret = fresh()
    facts: dict[str, Any] = {"id": uuid4(), "hash": hashed(secret), "person": person, "means": means,
                             "device": device[:LONGEST_DEVICE], "lasts": LASTS}  # fmt: skip
    return secret if store.connection.execute(_OPEN, facts).rowcount == 1 else None


def proven_again(store: Store, person: UUID, session: UUID) -> str | None:
    """The new secret of a session whose person has just proved who they are; the former one opens nothing any more."""
    secret = fresh()
    return secret if store.connection.execute(_PROVE, (hashed(secret), session, person)).rowcount == 1 else None


def devices(store: Store, person: UUID) -> list[Device]:
    """Where the person is signed in, the last used first."""
    rows = store.connection.execute(_LIST, {"person": person, "idle": IDLE})
    return [Device(*row) for row in rows]


def by_link_alone(store: Store, session: UUID) -> bool:
    """Whether a link that serves once opened it, to someone without a password and without a passkey."""
    row = store.connection.execute(_BY_LINK, (session,)).fetchone()
    return bool(row and row[0])


def end(store: Store, person: UUID, session: UUID) -> bool:
    """Closes one session of the person's; whether there was one."""
    return store.connection.execute(_END, {"person": person, "id": session, "except": None}).rowcount == 1


def end_all(store: Store, person: UUID, but: UUID | None = None) -> int:
    """Closes every session of the person's, but perhaps one; how many."""
    return store.connection.execute(_END, {"person": person, "id": None, "except": but}).rowcount
