"""The contents of attached files: read piece by piece, and compared with the hashes that the log proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import psycopg

from domain.attachments import FileAttached
from domain.directory import ReportTabled
from domain.errors import Unavailable
from services.store import Store

PIECE = 2**20  # bytes
FEW = 5  # names that a sentence holds
_PIECE = "SELECT suivi.attached(%b::uuid, %b::int, %b::int, %b::int)"
_DAMAGED = "SELECT encode(sha256, 'hex') FROM suivi.attachments WHERE sha256 <> sha256(content)"


class ContentDamaged(Unavailable):
    """The content of “{name}” is not what was attached, or it is gone. Restore a backup that still has it: suivi doctor says more."""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Attached:
    """One file of one history, as its event says."""

    stream: UUID
    version: int
    event: FileAttached | ReportTabled


def piece(connection: psycopg.Connection, file: Attached, start: int) -> bytes:
    """Up to `PIECE` bytes of the content, from `start` on. Raises `ContentDamaged` if it is gone."""
    row = connection.execute(_PIECE, (file.stream, file.version, start, PIECE), binary=True).fetchone()
    if row is None or row[0] is None:
        raise ContentDamaged(name=file.event.name)
    return bytes(row[0])


class Reading:
    """A content on its way out: its last piece is given only once the whole proved to be what was attached."""

    def __init__(self, file: Attached) -> None:
        self.file, self.read, self._hash = file, 0, sha256()

    @property
    def over(self) -> bool:
        return self.read >= self.file.event.size

    def next(self, connection: psycopg.Connection) -> bytes:
        """The next piece. Raises `ContentDamaged`."""
        event, some = self.file.event, piece(connection, self.file, self.read)
        self.read += len(some)
        self._hash.update(some)
        short = not some or (len(some) < PIECE and not self.over)
        if short or self.read > event.size or (self.over and self._hash.hexdigest() != event.file):
            raise ContentDamaged(name=event.name)
        return some


def pieces(connection: psycopg.Connection, file: Attached) -> Iterator[bytes]:
    """The whole content, in pieces."""
    reading = Reading(file)
    while not reading.over:
        yield reading.next(connection)


@dataclass(frozen=True)
class Verdict:
    """How many contents are kept, and how the files are called (by their hash, where no event names one) of which it
    is not what was attached, or is not there."""

    kept: int
    bad: tuple[str, ...]


def verify(store: Store) -> Verdict:
    """Compares every content with its hash, and every file that the events prove with the contents."""
    connection = store.connection
    kept: set[str] = {row[0] for row in connection.execute("SELECT encode(sha256, 'hex') FROM suivi.attachments")}
    damaged: set[str] = {row[0] for row in connection.execute(_DAMAGED)}
    proved = {event.file: event.name for recorded in store.events_of([FileAttached.__name__, ReportTabled.__name__])
              if isinstance(event := recorded.event, FileAttached | ReportTabled)}  # fmt: skip
    return Verdict(len(kept), tuple(sorted(proved.get(each, each) for each in damaged | proved.keys() - kept)))
