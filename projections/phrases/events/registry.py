"""Where each kind of event finds its phrase."""

from __future__ import annotations

from functools import singledispatch

from domain.base import Event
from projections.phrases.telling import Clauses, Telling


@singledispatch
def clauses(event: Event, tell: Telling) -> Clauses:
    """What the event says, clause by clause. A kind of event without a phrase is a fault of the program."""
    raise NotImplementedError(type(event).__name__)
