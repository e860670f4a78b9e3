"""One dated fact, as read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.errors import Word
from services.imports.report import Confidence

Role = Literal["occurred", "target"]

STATED = Word("the date is written there")
BOUNDED_BEFORE = Word("asked before the meeting that it led to")
BOUNDED_AFTER = Word("told as coming after it")
CAME_OF_IT = Word("what came of the meeting told just before")
SAME_OCCASION = Word("the same occasion is dated elsewhere in the document")
SAME_MEETING = Word("a meeting with the same office is dated elsewhere in the document")


@dataclass(frozen=True)
class DatedFact:
    """`number`: the first of its case's heading; `edtf`, from the `words` as written (empty where the date stands
    elsewhere); `role`: whether it happened or is to happen; `because`: why this date; `text`: the sentence that tells it."""

    number: str
    edtf: str
    role: Role
    words: str
    text: str
    first_line: int
    last_line: int
    confidence: Confidence
    because: Word
