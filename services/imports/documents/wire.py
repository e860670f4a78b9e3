"""A document on its way from the program that read it: the same shapes, told apart without their classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.imports.documents.document import Block, Line, Table
from services.imports.documents.layout import Aside, Layout


@dataclass(frozen=True)
class OneBlock:
    """A line or a table."""

    line: Line | None = None
    table: Table | None = None

    @property
    def block(self) -> Block:
        found = self.line or self.table
        assert found
        return found


@dataclass(frozen=True)
class Answer:
    """What was read; or an `error` by its name, with its facts."""

    error: str = ""
    facts: dict[str, int | str] = field(default_factory=dict)
    format: str = ""
    text: str = ""
    blocks: list[OneBlock] = field(default_factory=list)
    pages: int | None = None
    asides: list[Aside] = field(default_factory=list)
    made_here: bool = False


def encode(format: str, layout: Layout) -> Answer:
    """What a reader laid out, to be told."""
    blocks = [OneBlock(line=one) if isinstance(one, Line) else OneBlock(table=one) for one in layout.blocks]
    return Answer(
        format=format, text=layout.text, blocks=blocks, pages=layout.page, asides=layout.asides, made_here=layout.made_here
    )  # fmt: skip
