"""An annual report as read. Lines count from 1 in the document; words are kept as written, corrections stand beside."""

from __future__ import annotations

from dataclasses import dataclass

from domain.figures import Figure
from domain.record.events import Form, Kind, Relation
from domain.values import Count, Edtf
from services.imports.report import Confidence, Problem


@dataclass(frozen=True)
class Entry:
    """Something that may become a record. `title` is what it is called, `text` all that the page says of it; `date` (EDTF)
    with the `words` that said it; `addressees`, `parties`: names as written; `where`: the section that it stands in."""

    kind: Kind
    title: str
    text: str
    first_line: int
    last_line: int
    date: Edtf | None = None
    words: str | None = None
    place: str | None = None
    form: Form | None = None
    addressees: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    cosigners: Count | None = None
    relation: Relation | None = None
    figures: tuple[Figure, ...] = ()
    published: str | None = None
    where: str = ""
    confidence: Confidence = "high"


@dataclass(frozen=True)
class Member:
    """Someone of the board, of the team or of a committee. `tenure` is EDTF, of the words in parentheses."""

    name: str
    line: int
    organisation: str | None = None
    role: str | None = None
    executive: bool = False
    tenure: Edtf | None = None
    words: str | None = None


@dataclass(frozen=True)
class Committee:
    """A committee with its members. `met` is false where the page says that it did not meet, null where it says nothing."""

    name: str
    line: int
    members: tuple[Member, ...] = ()
    met: bool | None = None
    text: str = ""


@dataclass(frozen=True)
class Acronym:
    """An acronym as `printed`, and as it should read: what the rest of the document writes, where a letter was lost."""

    printed: str
    acronym: str
    expansion: str
    line: int


@dataclass(frozen=True)
class AnnualReading:
    """What an annual report says. `period` (EDTF): the years in its title or its text. `entries` in order of the page."""

    title: str
    organisation: str | None
    acronym: str | None
    period: Edtf | None
    entries: tuple[Entry, ...] = ()
    board: tuple[Member, ...] = ()
    team: tuple[Member, ...] = ()
    committees: tuple[Committee, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of one kind, in order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)
