"""How often something may be tried. A try is counted before it is made: many at once are as many.

The counters are in the database; where they do not answer, nothing is tried."""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256
from math import ceil

from domain.errors import Unavailable
from services.store import Store

_FORGET = """DELETE FROM suivi.guesses WHERE key IN (
                 SELECT key FROM suivi.guesses WHERE ends_at <= clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED)"""
_COUNT = """INSERT INTO suivi.guesses AS g VALUES (%(key)s, 1, clock_timestamp() + %(span)s)
            ON CONFLICT (key) DO UPDATE SET
                tried = CASE WHEN g.ends_at > clock_timestamp() THEN least(g.tried, %(most)s) + 1 ELSE 1 END,
                ends_at = CASE WHEN g.ends_at > clock_timestamp() THEN g.ends_at ELSE EXCLUDED.ends_at END
            RETURNING tried, extract(epoch FROM ends_at - clock_timestamp())::float"""
_CLEAR = "DELETE FROM suivi.guesses WHERE key = %s"

MOST, SPAN = 10, timedelta(minutes=15)  # of one account
MOST_OF_PLACE, SPAN_OF_PLACE = 60, timedelta(minutes=1)  # of one address, behind which a whole office may be


class TriedTooOften(Unavailable):
    """This was tried too often. Try again in {minutes} min."""

    def __init__(self, seconds: int) -> None:
        """`seconds`: until it may be tried again."""
        super().__init__(minutes=ceil(seconds / 60))
        self.seconds = seconds


def count(store: Store, what: str, who: str, most: int = MOST, span: timedelta = SPAN) -> None:
    """Counts one try of something by, or against, someone. Raises `TriedTooOften` instead of the try after the last."""
    row = store.connection.execute(_COUNT, {"key": _key(store, what, who), "span": span, "most": most}).fetchone()
    if row is None or row[0] > most:
        raise TriedTooOften(max(1, ceil(row[1])) if row else int(span.total_seconds()))


def count_place(store: Store, place: str) -> None:
    """Counts one try from an address."""
    count(store, "place", place, MOST_OF_PLACE, SPAN_OF_PLACE)


def clear(store: Store, what: str, who: str) -> None:
    """Forgets the tries of someone who has proved who they are; and what is over, of anyone."""
    store.connection.execute(_CLEAR, (_key(store, what, who),))
    store.connection.execute(_FORGET)


def _key(store: Store, what: str, who: str) -> bytes:
    key = hmac.digest(store.request_key, b"suivi counters of tries", sha256)
    return hmac.digest(key, f"{what}\0{who}".encode("utf-8", "surrogateescape"), sha256)
