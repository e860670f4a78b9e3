"""Files attached to a case or to a thread. The event proves the file by its SHA-256; its content is kept beside the
log (`services.attachments`)."""

from __future__ import annotations

from typing import Any, Protocol

from msgspec import Struct

from domain.base import Act, Command, Event, Recorded, said
from domain.errors import Invalid
from domain.values import FreeText

MOST_LETTERS = 60  # of a kind


class File(Struct, frozen=True):
    """A file as it is named and known: its SHA-256 (hexadecimal), its size in bytes, its media type by its content."""

    sha256: str
    name: FreeText
    size: int
    type: str


class AttachFile(Command, frozen=True, kw_only=True):
    """`kind` is what it is to the reader: letter, minutes, photograph… `note`: the version of the note it goes with."""

    verb = "attach"
    file: File
    kind: str
    note: int | None = None


class FileAttached(Event, frozen=True, kw_only=True):
    """A file came with it."""

    fixed = frozenset({"file", "size", "type", "note"})

    file: str
    name: FreeText
    size: int
    type: str
    kind: str
    note: int | None = None

    def apply(self, aggregate: Any, at: Recorded) -> None:
        aggregate.attachments.append((at.originator_version, self))


class NoteUnknown(Invalid):
    """A file goes with a note of the same history, and the entry that was given is not a note that stands. Nothing was recorded."""  # noqa: E501 - one sentence


class KindUnfit(Invalid):
    """The kind of a file is a word or two, of {most} characters at most. Nothing was recorded."""


class Noted(Protocol):
    """What has notes, by version."""

    notes: list[tuple[int, Any]]


def attached(to: Noted, command: AttachFile, act: Act) -> FileAttached:
    """What is recorded of a file. Raises `NoteUnknown`, `KindUnfit`."""
    file, kind = command.file, " ".join(command.kind.split())
    if not 1 <= len(kind) <= MOST_LETTERS or not kind.isprintable():
        raise KindUnfit(most=MOST_LETTERS)
    if command.note is not None and command.note not in {version for version, _ in to.notes}:
        raise NoteUnknown()
    return FileAttached(
        file=file.sha256, name=file.name, size=file.size, type=file.type, kind=kind, note=command.note, **said(act)
    )
