"""What happened to the entries of the directory, and its effect."""

from __future__ import annotations

from typing import Any, Literal

from domain.base import Event, Recorded
from domain.directory.terms import Term, certain
from domain.values import Edtf, FreeText, Lang, Mail, Name, PersonId

AssemblyKind = Literal["assembly", "congress", "council", "executive", "emergency"]
Fate = Literal["adopted", "defeated", "withdrawn", "referred", "not_reached", "unknown"]


class Created(Event, frozen=True, kw_only=True):
    """An entry of the directory begins. Undated, it holds from ever."""

    since_ever = True
    fixed = frozenset({"key"})

    key: str
    name: Name

    def apply(self, entry: Any, at: Recorded) -> None:
        entry.key = self.key
        entry.name = self.name


class Renamed(Event, frozen=True, kw_only=True):
    """Another name from then on."""

    name: Name

    def apply(self, entry: Any, at: Recorded) -> None:
        entry.name = self.name


class Appointed(Event, frozen=True, kw_only=True):
    """Someone takes a charge: chair, secretary, member… In an office, one of the staff may go unnamed."""

    person: PersonId | None
    charge: str

    def apply(self, entry: Any, at: Recorded) -> None:
        begun = certain(self.occurred, at.limit())
        entry.terms.append(Term(self.person, self.charge, since=self.occurred, begun=begun))


class TermEnded(Event, frozen=True, kw_only=True):
    """Someone leaves a charge. A term that this reading leaves out is passed over."""

    person: PersonId | None
    charge: str

    def apply(self, entry: Any, at: Recorded) -> None:
        for term in entry.terms:
            if (term.person, term.charge) == (self.person, self.charge) and not term.over:
                term.end(self.occurred, at.limit())


class Withdrawn(Event, frozen=True, kw_only=True):
    """The import that entered it was taken back; its key is free again."""

    timeless = True

    def apply(self, entry: Any, at: Recorded) -> None:
        entry.withdrawn = True


class AssemblyCreated(Created, frozen=True, kw_only=True):
    """A deciding body meets on a date."""

    date: Edtf | None = None
    kind: AssemblyKind = "assembly"
    quorum: FreeText | None = None
    numbers: dict[str, Fate] = {}

    def apply(self, entry: Any, at: Recorded) -> None:
        super().apply(entry, at)
        entry.date, entry.kind, entry.quorum = self.date, self.kind, self.quorum
        entry.numbers = dict(self.numbers)


class NumbersSettled(Event, frozen=True, kw_only=True):
    """What became of numbers that have no case here."""

    numbers: dict[str, Fate]

    def apply(self, entry: Any, at: Recorded) -> None:
        entry.numbers |= self.numbers


class BodyCreated(Created, frozen=True, kw_only=True):
    """A committee, a service, a federation."""

    kind: str | None = None

    def apply(self, entry: Any, at: Recorded) -> None:
        super().apply(entry, at)
        entry.kind = self.kind


class PersonCreated(Created, frozen=True, kw_only=True):
    """Someone who acts, follows, or holds a charge. Without `lang`, they are written to in the organisation's."""

    mail: Mail | None = None
    gender: Literal["f", "m"] | None = None
    lang: Lang | None = None

    def apply(self, entry: Any, at: Recorded) -> None:
        super().apply(entry, at)
        entry.mail, entry.gender, entry.lang = self.mail, self.gender, self.lang


class AddressChanged(Event, frozen=True, kw_only=True):
    """Another address for mail from then on; null when there is none."""

    mail: Mail | None = None

    def apply(self, entry: Any, at: Recorded) -> None:
        entry.mail = self.mail


class LanguageChanged(Event, frozen=True, kw_only=True):
    """The language in which they are written to from then on; null for the organisation's."""

    lang: Lang | None = None

    def apply(self, entry: Any, at: Recorded) -> None:
        entry.lang = self.lang
