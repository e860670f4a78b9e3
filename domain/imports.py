"""An import: which document was read, what it made, and its undoing. Its stream holds the file's facts, not its text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.aggregate import Aggregate
from domain.base import Act, Event, Recorded, said
from domain.errors import Refused
from domain.values import Edtf, FreeText


class AlreadyUndone(Refused):
    """This import was already taken back."""


class Touched(Struct, frozen=True):
    """A stream as the import left it: its version then, and whether the import began it."""

    stream: UUID
    ref: str
    version: int
    began: bool
    notes: tuple[int, ...] = ()


class DocumentImported(Event, frozen=True, kw_only=True):
    """A document was read and recorded, all or nothing."""

    fixed = frozenset({"key", "sha256", "touched", "assembly"})

    key: str
    file: FreeText
    sha256: str
    kind: str
    assembly: UUID | None
    reference: Edtf | None
    touched: tuple[Touched, ...]
    unchanged: tuple[str, ...] = ()
    missing_numbers: tuple[str, ...] = ()
    stray: tuple[FreeText, ...] = ()

    def apply(self, document: Import, at: Recorded) -> None:
        document.imported = self


class ImportUndone(Event, frozen=True, kw_only=True):
    """The import was taken back: its cases are withdrawn, its numbers and its file may come again."""

    def apply(self, document: Import, at: Recorded) -> None:
        document.undone = True


class Import(Aggregate):
    """One reading of one document."""

    def start(self) -> None:
        self.imported: DocumentImported | None = None
        self.undone = False

    @classmethod
    def record(cls, id: UUID, act: Act, **facts: Any) -> Import:
        """A new import with what it made."""
        document = cls(id)
        document.start()
        document.trigger(DocumentImported(**(said(act) | {"source": None} | facts)), act)
        return document

    def undo(self, act: Act) -> None:
        """Takes it back, once."""
        if self.undone:
            raise AlreadyUndone()
        self.trigger(ImportUndone(**said(act)), act)
