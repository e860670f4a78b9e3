"""A number as a text gives it: never more precise than its words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from domain.values import Edtf, FreeText

Bound = Literal["exact", "about", "at_least", "at_most"]


class Figure(Struct, frozen=True, omit_defaults=True):
    """How much of something. `value` is null where the text only says « des centaines »; `words`: as written, with
    its qualifier (« près de 2 500 »); `bound`: what the qualifier makes of the value; `unit`: « $ », « % », « personnes »;
    `as_of`: the day or period for which it holds."""

    measures: FreeText
    words: FreeText
    value: Decimal | None = None
    bound: Bound = "exact"
    unit: FreeText | None = None
    as_of: Edtf | None = None


class Target(Struct, frozen=True, omit_defaults=True):
    """What is to be reached: at least (or at most) so much, `per` period of a rhythm (RFC 5545) or, without one, in all."""

    figure: Figure
    per: str | None = None


def target_of(said: Any) -> Target:
    """What is to be reached, from a command that says `measures`, `words`, `value`, `bound`, `unit` and `per`."""
    return Target(Figure(said.measures, said.words, said.value, said.bound, said.unit), said.per)
