"""What a plan says of time: a date, a length, a rhythm, meetings or a condition, beside the words that said it."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from domain.errors import Word
from domain.time.notation import latest
from domain.values import Count, Edtf, FreeText

Kind = Literal["once", "continuous", "recurring", "per_meeting", "as_needed", "condition", "duration", "unchecked"]
"""`unchecked`: said, and nothing that could be checked (« progressivement »)."""

Relation = Literal["before", "at", "after", "until", "if"]

Confidence = Literal["high", "medium", "low"]


class Upon(Struct, frozen=True):
    """What it depends on, as written: « la réponse » of « après la réponse », « CA » of « à chacun des CA »."""

    relation: Relation
    what: FreeText


class Schedule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When something is to be done, or was: the words, what they alone say, and what they mean where they stand.

    `edtf`: the date, or the period within which it goes on or comes back; `said`: the same without what was taken
    from `reference` (`XXXX-09`; null for « juin dernier »). `rrule`: RFC 5545, null for a rhythm that says no interval.
    `times`: how often in each period of the rhythm, or in all. `confirmed`: false where the date may still change."""

    words: FreeText
    kind: Kind
    edtf: Edtf | None = None
    said: Edtf | None = None
    duration: str | None = None
    rrule: str | None = None
    times: Count | None = None
    upon: Upon | None = None
    confirmed: bool = True
    reference: Edtf | None = None

    @property
    def inferred(self) -> bool:
        """That the words alone do not say the date."""
        return self.edtf is not None and self.edtf != self.said

    @property
    def due(self) -> date | None:
        """The day by which it is to be done: the last of its date. Null for what comes back, goes on or waits."""
        return latest(self.edtf) if self.kind == "once" and self.edtf else None

    @property
    def meaning(self) -> tuple[object, ...]:
        """All that it means, the words and what they rest on left out: equal if two say the same."""
        return (self.kind, self.edtf, self.duration, self.rrule, self.times, self.upon, self.confirmed)


class Reading(NamedTuple):
    """One way to understand an expression; `because` says what was supposed."""

    schedule: Schedule
    confidence: Confidence
    because: Word


class Context(NamedTuple):
    """What the page says around an expression. All may be unknown.

    `reference`: the day or EDTF date of the text; `period`: the years of its plan or mandate (2019/2022);
    `previous`: the date of the step before; `ahead`: true for a plan, false for a report, null where it may be
    either; `year_begins`: the month in which the organisation's year begins."""

    reference: date | str | None = None
    period: str | None = None
    previous: str | None = None
    ahead: bool | None = True
    year_begins: int | None = None
