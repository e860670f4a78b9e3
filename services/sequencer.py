"""Gives committed events their place in the log, gapless, with the Merkle leaf of each.

`sequence` is a function, guarded by the row of the log head: whoever holds it works, the others return at once;
there is no leader. Nobody reads events but through the log, so nobody can skip one, whatever the order of commits."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg

BATCH = 1_000
NO_LEAF = "0" * 64

_HEAD = """SELECT name, size, greatest(logged_at, suivi.now()) FROM suivi.log_head
            WHERE EXISTS (SELECT FROM suivi.pending) FOR UPDATE SKIP LOCKED"""
_TAKE = """WITH taken AS (DELETE FROM suivi.pending WHERE id IN (SELECT id FROM suivi.pending ORDER BY id LIMIT %b)
                          RETURNING id, stream, version)
           SELECT e.stream, e.version, e.topic, e.recorded_at, e.actor, e.command_id, e.key_ids, sha256(e.data), l.leaf
             FROM taken t JOIN suivi.events e USING (stream, version)
             LEFT JOIN suivi.log l ON l.stream = t.stream AND l.version = t.version - 1
            ORDER BY t.id"""
_PLACE = """INSERT INTO suivi.log (position, stream, version, logged_at, header, leaf)
            SELECT %b + n, s, v, %b, h, f
              FROM unnest(%b::uuid[], %b::int[], %b::bytea[], %b::bytea[]) WITH ORDINALITY AS u(s, v, h, f, n)"""
_ADVANCE = "UPDATE suivi.log_head SET size = %b, logged_at = %b"


class Taken(NamedTuple):
    """A committed event that has no place yet; `prev` is the leaf of the event before it in its stream, if placed."""

    stream: UUID
    version: int
    topic: str
    recorded_at: datetime
    actor: UUID
    command_id: UUID
    key_ids: list[UUID]
    payload_sha256: bytes
    prev: bytes | None


def sequence(connection: psycopg.Connection, limit: int = BATCH) -> int:
    """Places up to `limit` events in one transaction; returns how many. 0: none waits, or another is at it."""
    with connection.transaction():
        cursor = connection.cursor(binary=True)
        head = cursor.execute(_HEAD, prepare=True).fetchone()
        if head is None:
            return 0
        name, size, logged_at = head
        taken = [Taken(*row) for row in cursor.execute(_TAKE, (limit,), prepare=True)]
        headers, leaves = leaves_of(name, logged_at, taken)
        streams, versions = [t.stream for t in taken], [t.version for t in taken]
        cursor.execute(_PLACE, (size, logged_at, streams, versions, headers, leaves), prepare=True)
        cursor.execute(_ADVANCE, (size + len(taken), logged_at), prepare=True)
    return len(taken)


def sequence_all(connection: psycopg.Connection) -> int:
    """Places whatever waits."""
    total = 0
    while placed := sequence(connection):
        total += placed
    return total


def leaves_of(name: str, logged_at: datetime, taken: list[Taken]) -> tuple[list[bytes], list[bytes]]:
    """Header and leaf of each event, in order; an event links to the one before it in its stream."""
    headers, leaves, last = [], [], dict[UUID, bytes]()
    for event in taken:
        header = header_of(name, logged_at, event, last.get(event.stream) or event.prev)
        leaf = hashlib.sha256(b"\x00" + header).digest()  # RFC 6962, section 2.1: a leaf is hashed with 0x00
        last[event.stream] = leaf
        headers.append(header)
        leaves.append(leaf)
    return headers, leaves


_canonical = msgspec.json.Encoder(order="deterministic")


def header_of(name: str, logged_at: datetime, event: Taken, prev: bytes | None) -> bytes:
    """What the leaf commits to, as RFC 8785 (JCS) bytes: ASCII names and strings and one small integer, so sorted
    keys without spaces are the canonical form. Holds no personal data: any auditor may have it."""
    facts: dict[str, Any] = {
        "actor": str(event.actor),
        "command_id": str(event.command_id),
        "format": 1,
        "key_ids": [str(key) for key in event.key_ids],
        "log": name,
        "logged_at": instant(logged_at),
        "payload_sha256": event.payload_sha256.hex(),
        "prev": prev.hex() if prev else NO_LEAF,
        "recorded_at": instant(event.recorded_at),
        "stream": str(event.stream),
        "topic": event.topic,
        "version": event.version,
    }
    return _canonical.encode(facts)


def instant(at: datetime) -> str:
    """UTC to the microsecond."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
