"""The files that came with something, as whoever may see it sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.attachments import FileAttached
from domain.base import Recorded
from domain.case.case import Case
from domain.errors import NotFound, Refused
from domain.media import fits
from services.attachments.contents import Attached
from services.home import Home
from services.reading.histories import utc
from services.reading.when import When, placed
from services.refs import CaseUnknown
from services.subjects import BEGINNINGS

Row = dict[str, Any]
SHORTEST = 8  # digits of a hash that mean it


class AttachmentUnknown(NotFound):
    """“{ref}” has no file “{wanted}”. To see those it has: suivi attachments {ref}"""


class NameOfSeveral(Refused):
    """Several files of “{ref}” bear the name “{wanted}”. Say which by its fingerprint: {hashes}."""


class NothingAttached(NotFound):
    """Files are attached to cases and to threads; {ref} is neither."""


def rows_of(files: Sequence[tuple[int, FileAttached]], entries: Sequence[Recorded]) -> list[Row]:
    """The contract's shape of attachments, in the order in which they came."""
    placed_at = {entry.originator_version: entry for entry in entries}
    return [_row(event, placed_at[version], placed_at.get(event.note or 0)) for version, event in files]


def attachments(home: Home, ref: str, when: When) -> list[Row]:
    """Those of a case or of a thread."""
    entries, files = _files(home, ref, when)
    return rows_of(files, entries)


def attachment(home: Home, ref: str, wanted: str, when: When) -> Attached:
    """The one that a SHA-256, eight or more of its first digits, or a name means; of two with one content, the last.
    Raises `AttachmentUnknown`, `NameOfSeveral`."""
    entries, files = _files(home, ref, when)
    said = wanted.strip()
    found = [file for file in files if said == file[1].name]
    found = found or [file for file in files if len(said) >= SHORTEST and file[1].file.startswith(said.lower())]
    if not found:
        raise AttachmentUnknown(ref=ref, wanted=wanted)
    if len(hashes := sorted({event.file for _, event in found})) > 1:
        raise NameOfSeveral(ref=ref, wanted=wanted, hashes=[each[:16] for each in hashes])
    version, event = found[-1]
    return Attached(entries[0].originator_id, version, event)


def _files(home: Home, ref: str, when: When) -> tuple[list[Recorded], list[tuple[int, FileAttached]]]:
    known = when.known(home)
    entries = placed(home, ref, known)
    if not entries or (kind := BEGINNINGS.get(type(entries[0].event))) is None:
        raise NothingAttached(ref=ref)
    folded = kind.fold(entries, known.day)
    if isinstance(folded, Case) and (folded.adopted is None or folded.withdrawn):
        raise CaseUnknown(ref=ref)
    return entries, folded.attachments


def _row(event: FileAttached, at: Recorded, note: Recorded | None) -> Row:
    return {
        "sha256": event.file, "name": event.name, "size": event.size, "type": event.type, "kind": event.kind,
        "position": at.position, "version": at.originator_version, "note": note.position if note else None,
        "occurred": event.occurred, "recorded_at": utc(at.recorded_at), "as_named": fits(event.name, event.type),
    }  # fmt: skip
