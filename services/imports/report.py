"""What a follow-up report says, as read: facts with the lines they stand on. Lines count from 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from domain.errors import SuiviError

if TYPE_CHECKING:
    from domain.directory import Fate

Severity = Literal["error", "warning"]
Confidence = Literal["high", "medium", "low"]
AssemblyKind = Literal["assembly", "congress", "council", "executive", "emergency"]


@dataclass(frozen=True)
class Problem:
    """Something the reader could not take as it stands. An `error` refuses the whole document, a `warning`
    does not.

    `notice` holds the sentence as a template and its facts: it is worded when read, in the reader's
    language. `change`: of what is known and said otherwise, the key by which the change can be taken."""

    line: int
    severity: Severity
    notice: SuiviError
    change: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, its wrapped lines joined. An item of a list is a paragraph of its own, with its mark
    kept."""

    text: str
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Limb:
    """A part of one resolution, from a lead that opens a paragraph (“Au Canada :”): the indexes of its
    paragraphs."""

    label: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True)
class Block:
    """One case: a heading with one or more numbers, their titles as printed, and what follows.

    `titles` has a key for each number, in the order of the heading; `line` is the heading's."""

    numbers: tuple[str, ...]
    titles: dict[str, str]
    heading: str
    line: int
    paragraphs: tuple[Paragraph, ...]
    limbs: tuple[Limb, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    """The states that the document itself names, in a column of its own; without any, its text suggests them."""
    sponsor: str | None = None
    vote: str | None = None
    text: str | None = None
    adopted_on: str | None = None
    """EDTF."""


@dataclass(frozen=True)
class AssemblyHint:
    """The assembly that the document's title names. `date` is EDTF, as precise as the title."""

    key: str
    name: str
    date: str
    kind: AssemblyKind


@dataclass(frozen=True)
class Report:
    """A follow-up report as read. `stray` is the text before the first heading that is not the title."""

    title: str
    assembly: AssemblyHint | None
    blocks: tuple[Block, ...]
    missing_numbers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    stray: tuple[Paragraph, ...] = ()
    fates: dict[str, Fate] = field(default_factory=dict)
    """Numbers that the assembly did not adopt, and what it did with them."""


@dataclass(frozen=True)
class Evidence:
    """A sentence that decided, and the lines of the paragraph it stands in."""

    text: str
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Proposal:
    """The state that a text suggests for a case, or for one `part` (a limb's label). An officer confirms it.

    `number` is the first of the block's heading; `completion` (full, partial, temporary) goes with `done`
    only."""

    number: str
    part: str | None
    state: str
    completion: str | None = None
    evidence: tuple[Evidence, ...] = field(default=())
    confidence: Confidence = "low"
    alternatives: tuple[str, ...] = ()
