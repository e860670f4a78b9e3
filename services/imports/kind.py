"""A kind of document that can be brought in: how it is recognised, and what brings it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.home import Home
from services.imports.bringing import Bringing
from services.imports.deciding import Decided
from services.imports.documents.document import Document
from services.imports.drafts import Asked

SURE = 0.5  # a kind that is less sure than this is not taken unless it is asked for


@dataclass(frozen=True)
class Kind:
    """`name`: as `--kind` says it. `recognise`: how sure it is that a document is of this kind, from 0 to 1. `bring`: the
    import of one; raises a subclass of `Invalid` where it cannot be read as that."""

    name: str
    recognise: Callable[[Document], float]
    bring: Callable[[Home, Document, Asked, Sequence[Decided]], Bringing]
