"""The secret addresses at which people read their calendar elsewhere: one of a person and feed, of which the store keeps
the hash only. Whoever has the address reads what its person may read now; a closed account ends its addresses for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID, uuid4

from services.settings import Lang
from services.signing_in.limits import count
from services.signing_in.secrets import fresh, hashed
from services.store import Store

Feed = Literal["mine", "all"]
FEEDS: tuple[Feed, ...] = get_args(Feed)
"""What one sees to; everything that one may see."""

MOST, SPAN = 120, timedelta(hours=1)  # readings of one address: calendars ask a few times an hour, on each device
LONGEST = 200  # characters of a secret that are looked at


@dataclass(frozen=True)
class Address:
    """An address that serves; its secret is not known any more."""

    feed: Feed
    lang: Lang
    added_at: datetime


@dataclass(frozen=True)
class Opened:
    """Whose calendar an address opens, and which."""

    id: UUID
    login: str
    person: UUID
    roles: frozenset[str]
    feed: Feed
    lang: Lang


_END = "UPDATE suivi.feeds SET revoked_at = clock_timestamp() WHERE person = %s AND feed = %s AND revoked_at IS NULL"
_ADD = """INSERT INTO suivi.feeds (id, hash, person, feed, lang)
          SELECT %s, %s, person, %s, %s FROM suivi.accounts WHERE person = %s AND NOT disabled"""
_SERVING = "SELECT feed, lang, added_at FROM suivi.feeds WHERE person = %s AND revoked_at IS NULL ORDER BY feed DESC"
_OPENED = """SELECT f.id, a.login, f.person, a.roles, f.feed, f.lang FROM suivi.feeds f JOIN suivi.accounts a USING (person)
              WHERE f.hash = %s AND f.revoked_at IS NULL AND NOT a.disabled"""


def make(store: Store, person: UUID, feed: Feed, lang: Lang) -> str:
    """A new secret for a feed of that person; the former one serves no more."""
    secret = fresh()
    with store.connection.transaction():
        store.connection.execute("LOCK TABLE suivi.feeds IN SHARE ROW EXCLUSIVE MODE")  # of two at once, one serves
        store.connection.execute(_END, (person, feed))
        store.connection.execute(_ADD, (uuid4(), hashed(secret), feed, lang, person))
    return secret


def revoke(store: Store, person: UUID, feed: Feed) -> bool:
    """Ends it at once; false if there was none."""
    return store.connection.execute(_END, (person, feed)).rowcount > 0


def addresses(store: Store, person: UUID) -> list[Address]:
    """Those of a person that serve."""
    return [Address(*row) for row in store.connection.execute(_SERVING, (person,))]


def opened(store: Store, secret: str) -> Opened | None:
    """Whose calendar it is; null for what is no address, or serves no more. Raises TriedTooOften."""
    if len(secret) > LONGEST:
        return None
    row = store.connection.execute(_OPENED, (hashed(secret),), prepare=True).fetchone()
    if row is None:
        return None
    found = Opened(row[0], row[1], row[2], frozenset(row[3]), row[4], row[5])
    count(store, "calendar", str(found.id), MOST, SPAN)
    return found
