"""The values that commands and events are made of. Plain JSON on disk; frozen in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

# Text that may hold personal data passes `codec.seal` and `codec.open` on its way to and from disk.
FreeText = Annotated[str, Meta(extra={"personal": "text"})]
Name = Annotated[str, Meta(extra={"personal": "name"})]
Mail = Annotated[str, Meta(extra={"personal": "mail"})]

# The languages that Suivi writes.
Lang = Literal["fr", "en"]

# A date in EDTF (ISO 8601-2), precise or not: `2024-07-04`, `2024-09~`, `2024-23`, `2022/..`.
Edtf = Annotated[str, Meta(extra={"date": "edtf"})]


@dataclass(frozen=True)
class Ref:
    """Marks a field that a person gives as a REF or a name: `kinds` are what it may point at.

    `words` allows plain words where nothing fits, `enter` enters an unknown body in the directory by the same act,
    `party` asks for a `Party` instead of the bare id."""

    kinds: tuple[str, ...]
    words: bool = False
    enter: bool = False
    party: bool = False


def _meta(*kinds: str, words: bool = False, enter: bool = False, party: bool = False) -> Meta:
    return Meta(extra={"ref": Ref(kinds, words, enter, party)})


class Party(Struct, frozen=True, omit_defaults=True):
    """Someone: a stream of the directory (`kind` person, body, office) or only words as written."""

    kind: Literal["person", "body", "office", "words"]
    id: UUID | None = None
    words: FreeText | None = None


BodyId = Annotated[UUID, _meta("body", enter=True)]
PersonId = Annotated[UUID, _meta("person")]
OfficeId = Annotated[UUID, _meta("office")]
CaseId = Annotated[UUID, _meta("case")]
DemarcheId = Annotated[UUID, _meta("demarche")]
Awaitable = Annotated[UUID, _meta("demarche", "case")]
AssemblyId = Annotated[UUID, _meta("assembly")]
PlanId = Annotated[UUID, _meta("plan")]
Owner = Annotated[Party, _meta("person", "body", party=True)]
AnyParty = Annotated[Party, _meta("person", "body", "office", words=True, party=True)]


class Count(Struct, frozen=True, omit_defaults=True):
    """How many, as precisely as it is known: at least `min`; at most `max`, null where nobody knows; `text`: the words
    that said it, where they were not a bare number. Sums stay intervals."""

    min: int = 1
    max: int | None = None
    text: FreeText | None = None

    def __add__(self, other: Count) -> Count:
        most = None if self.max is None or other.max is None else self.max + other.max
        return Count(self.min + other.min, most)

    @property
    def exact(self) -> bool:
        return self.min == self.max


NONE, ONCE = Count(0, 0), Count(1, 1)


class Limb(Struct, frozen=True):
    """A part to be: a number of a bundle, or a limb of one resolution (“au Canada”)."""

    label: str
    numbers: tuple[str, ...]


class Source(Struct, frozen=True, omit_defaults=True):
    """Where an imported fact stands: the import, its lines (from 1), and the date (EDTF) of the document."""

    imported: UUID
    first_line: int
    last_line: int
    reference: Edtf | None = None


class Evidence(Struct, frozen=True):
    """The lines of the document that a proposal rests on."""

    text: FreeText
    first_line: int
    last_line: int


class Proposal(Struct, frozen=True, omit_defaults=True):
    """What an import reads as the state of a case, or of one `part`; an officer confirms it or does otherwise."""

    state: str
    evidence: tuple[Evidence, ...]
    confidence: Literal["high", "medium", "low"]
    part: str | None = None
    completion: str | None = None
    alternatives: tuple[str, ...] = ()
