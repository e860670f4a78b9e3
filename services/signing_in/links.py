"""Links that open an account, each once: an invitation, and a way back in for who forgot their password.

The secret is made of the link's number with a key of the store when the message leaves, and again when an administrator
hands it over: the store keeps its hash, and the text of the message does not hold it."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from domain.errors import Forbidden
from services.signing_in.secrets import hashed
from services.store import Store

PATH = "/invitation"
HIDDEN = "lien=…"  # in the text of a message, in place of the secret
LASTS = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}
Kind = Literal["invitation", "reset"]

_SERVES = """i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()
             AND (CASE i.kind
                  WHEN 'invitation' THEN EXISTS (SELECT FROM suivi.accounts b WHERE b.person = i.added_by AND NOT b.disabled
                                                    AND 'administrator' = ANY (b.roles))
                                         AND NOT EXISTS (SELECT FROM suivi.accounts a WHERE a.person = i.person)
                  ELSE EXISTS (SELECT FROM suivi.accounts a WHERE a.person = i.person AND NOT a.disabled) END)"""
_SELECT = f"""SELECT i.id, i.kind, i.person, i.mail, i.roles, i.added_by, i.expires_at
                FROM suivi.invitations i WHERE {_SERVES}"""
_ADD = """INSERT INTO suivi.invitations (id, kind, hash, person, mail, roles, added_by, created_at, expires_at)
          VALUES (%s, %s, %s, %s, %s, %s, %s, clock_timestamp(), clock_timestamp() + %s)"""
_REPLACE = """UPDATE suivi.invitations SET revoked_at = clock_timestamp()
               WHERE person = %s AND kind = %s AND used_at IS NULL AND revoked_at IS NULL"""
_REVOKE = "UPDATE suivi.invitations SET revoked_at = clock_timestamp() WHERE id = %s AND used_at IS NULL AND revoked_at IS NULL"
_USE = f"UPDATE suivi.invitations i SET used_at = clock_timestamp() WHERE i.id = %s AND {_SERVES}"


class LinkOpensNothing(Forbidden):
    """This link opens nothing: it has served already, its time is over, or it was withdrawn. Ask for another one."""


class Link(NamedTuple):
    """One that serves: for whom, to which address it goes, and with which roles an account is opened."""

    id: UUID
    kind: Kind
    person: UUID
    mail: str | None
    roles: list[str]
    added_by: UUID
    expires_at: datetime


def make(store: Store, kind: Kind, person: UUID, mail: str | None, by: UUID, roles: Sequence[str] = ()) -> UUID:
    """A link in place of the person's former ones of that kind; its number."""
    id = uuid4()
    facts = (id, kind, hashed(secret_of(store, id)), person, mail, list(roles), by, LASTS[kind])
    with store.connection.transaction():
        store.connection.execute(_REPLACE, (person, kind))
        store.connection.execute(_ADD, facts)
    return id


def secret_of(store: Store, id: UUID) -> str:
    """The secret of a link, made of its number."""
    key = hmac.digest(store.request_key, b"suivi links that open an account", sha256)
    return urlsafe_b64encode(hmac.digest(key, id.bytes, sha256)).decode().rstrip("=")


def read(store: Store, secret: str) -> Link:
    """What a link allows; it is left as it is. Raises `LinkOpensNothing`."""
    row = store.connection.execute(f"{_SELECT} AND i.hash = %s", (hashed(secret),)).fetchone()
    if row is None:
        raise LinkOpensNothing()
    return Link(*row)


def use(store: Store, link: Link) -> None:
    """Takes the link, within the transaction of what it is taken for. Raises `LinkOpensNothing` for all but the first."""
    if store.connection.execute(_USE, (link.id,)).rowcount != 1:
        raise LinkOpensNothing()


def revoke(store: Store, id: UUID) -> bool:
    """The link serves no more; whether it did."""
    return store.connection.execute(_REVOKE, (id,)).rowcount == 1


def standing(store: Store, id: UUID) -> Link | None:
    """The link of a number, if it still serves."""
    row = store.connection.execute(f"{_SELECT} AND i.id = %s", (id,)).fetchone()
    return Link(*row) if row else None


def invitations(store: Store) -> list[Link]:
    """The invitations that nobody has accepted yet, the oldest first."""
    rows = store.connection.execute(f"{_SELECT} AND i.kind = 'invitation' ORDER BY i.created_at, i.id")
    return [Link(*row) for row in rows]


def invitation_to(store: Store, mail: str) -> Link | None:
    """The one invitation that went to an address; null if there are several."""
    found = [link for link in invitations(store) if link.mail and link.mail.lower() == mail.lower()]
    return found[0] if len(found) == 1 else None
