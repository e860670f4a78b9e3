"""What a browser has begun and not ended. Its cookie holds a secret; what was begun is kept here, and serves once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.errors import Forbidden
from services.signing_in.secrets import fresh, hashed
from services.store import Store

LASTS = timedelta(minutes=10)
Kind = Literal["second", "passkey", "new-passkey", "code", "provider"]

_FORGET = "DELETE FROM suivi.attempts WHERE expires_at <= clock_timestamp()"
_BEGIN = "INSERT INTO suivi.attempts VALUES (%s, %s, %s, %s, clock_timestamp() + %s)"
_LOOK = """SELECT person, facts FROM suivi.attempts WHERE hash = %s AND kind = %s AND expires_at > clock_timestamp()"""
_TAKE = """DELETE FROM suivi.attempts WHERE hash = %s AND kind = %s AND expires_at > clock_timestamp()
           RETURNING person, facts"""


class BegunTooLongAgo(Forbidden):
    """Too long passed since you began, or this was done already. Begin again."""


class Attempt(NamedTuple):
    """Who began, if that is known, and what must be known to end it."""

    person: UUID | None
    facts: Mapping[str, Any]


def begin(store: Store, kind: Kind, person: UUID | None = None, **facts: Any) -> str:
    """The secret of something begun."""
    secret = fresh()
    with store.connection.transaction():
        store.connection.execute(_FORGET)
        store.connection.execute(_BEGIN, (hashed(secret), kind, person, Jsonb(facts), LASTS))
    return secret


def look(store: Store, kind: Kind, secret: str) -> Attempt:
    """What was begun, left as it is. Raises `BegunTooLongAgo`."""
    row = store.connection.execute(_LOOK, (hashed(secret), kind)).fetchone()
    if row is None:
        raise BegunTooLongAgo()
    return Attempt(*row)


def take(store: Store, kind: Kind, secret: str) -> Attempt:
    """What was begun, which nobody can take again. Raises `BegunTooLongAgo`."""
    row = store.connection.execute(_TAKE, (hashed(secret), kind)).fetchone()
    if row is None:
        raise BegunTooLongAgo()
    return Attempt(*row)
