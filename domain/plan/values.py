"""What a plan says of itself beside its tree: how far each part of it is adopted, and the lists printed with it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.values import Edtf, FreeText

Form = Literal["axes", "orientations", "work"]
"""How it is laid out in print: axes and means, orientations and actions, or what, how and when, who."""

PlanPart = Literal["orientations", "plan"]
"""What is adopted by itself: the orientations (goals and objectives), and the plan (its actions)."""

PartState = Literal["proposed", "adopted"]


class Adoption(Struct, frozen=True, omit_defaults=True):
    """How far one part is adopted: by which `body`, or `by` whom as written; `on`: when it was, or is to be; `words`: all
    of it, as written."""

    what: PlanPart
    state: PartState = "proposed"
    body: UUID | None = None
    by: FreeText | None = None
    on: Edtf | None = None
    words: FreeText | None = None


class StandingList(Struct, frozen=True, omit_defaults=True):
    """A list that stands with the plan, without a step, a date or an outcome: statutory files, delegations. Its columns as
    printed."""

    title: FreeText
    columns: tuple[tuple[FreeText, ...], ...]

    @property
    def entries(self) -> tuple[str, ...]:
        """All of its entries, column by column."""
        return tuple(entry for column in self.columns for entry in column)
