"""One dated fact, as read."""

from __future__ import annotations

from dataclasses import dataclass

from domain.case.told import Because, Role
from services.imports.report import Confidence

__all__ = ["DatedFact", "Role"]

STATED: Because = "stated"
BOUNDED_BEFORE: Because = "before_meeting"
BOUNDED_AFTER: Because = "after"
CAME_OF_IT: Because = "came_of_it"
SAME_OCCASION: Because = "same_occasion"
SAME_MEETING: Because = "same_meeting"


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
    because: Because
