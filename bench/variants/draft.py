"""What a variant is made of: lines and tables, before they become a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

_TAG = re.compile(r"(<[^>]*>)")
_BREAKS = re.compile(r"</?(?:ul|ol|li|p|br)\b[^>]*>")
_DASHED = re.compile(r"[-–—]\s")
_MARKS = re.compile(r"\s(?=[•○▪]\s|[-–—]\s+[A-ZÀ-Ü«<]|o\s+[A-ZÀ-Ü]|[a-e][.)]\s+[A-ZÀ-Ü])")


@dataclass(frozen=True)
class Grid:
    """A table: `rows` of cells, each a fragment (words with the tags of lists, breaks and underlining). The first `heads`
    rows are headings."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 1

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


@dataclass(frozen=True)
class Draft:
    """A document to be written: a line, or a table, at a time. `family` says by what it is measured; `facts`, in the shape of
    the facts of the real ones, what it holds. `tabular`: its tables are what is read. `language`: fr or en."""

    name: str
    family: str
    facts: dict[str, Any] = field(compare=False)
    blocks: tuple[str | Grid, ...]
    tabular: bool
    language: str = "fr"

    def with_words(self, change: Callable[[str], str]) -> Draft:
        """Every run of words changed, tags left as they are."""
        return self.with_blocks(
            lambda block: (
                change_words(block, change)
                if isinstance(block, str)
                else replace(block, rows=tuple(tuple(change_words(cell, change) for cell in row) for row in block.rows))
            )
        )

    def with_blocks(self, change: Callable[[str | Grid], str | Grid]) -> Draft:
        return replace(self, blocks=tuple(change(block) for block in self.blocks))

    def with_grids(self, change: Callable[[Grid], tuple[str | Grid, ...]]) -> Draft:
        """Every table replaced by what `change` makes of it."""
        made: list[str | Grid] = []
        for block in self.blocks:
            made += [block] if isinstance(block, str) else change(block)
        return replace(self, blocks=tuple(made))


def change_words(fragment: str, change: Callable[[str], str]) -> str:
    """The words of a fragment changed, its tags left as they are."""
    return "".join(part if _TAG.fullmatch(part) else change(part) for part in _TAG.split(fragment))


def lines_of(fragment: str) -> list[str]:
    """The lines of a cell, their marks kept, without tags but for those of underlining. A dash begins a line only where
    another mark does, and no other dash: elsewhere it stands inside a title."""
    parts: list[str] = []
    for piece in _BREAKS.sub("\n", fragment).split("\n"):
        opening = _MARKS.match(f" {piece.strip()}") and piece.strip()[0]
        for part in _MARKS.split(f" {piece}"):
            said = part.strip()
            if parts and _DASHED.match(said) and (not opening or (opening in "-–—" and opening != said[0])):
                parts[-1] = f"{parts[-1]} {said}"
            else:
                parts.append(said)
    return [part for part in parts if part]


def draft_of(name: str, family: str, facts: dict[str, Any], text: str, tabular: bool) -> Draft:
    """A text as it stands; where `tabular`, the lines with tabulators become tables, those that follow each other one."""
    blocks: list[str | Grid] = []
    rows: list[tuple[str, ...]] = []
    for line in text.split("\n"):
        if tabular and "\t" in line:
            rows.append(tuple(line.split("\t")))
            continue
        if rows:
            blocks.append(_grid(rows))
            rows = []
        blocks.append(line)
    return Draft(name, family, facts, (*blocks, *([_grid(rows)] if rows else ())), tabular)


def _grid(rows: list[tuple[str, ...]]) -> Grid:
    """Headings are rows whose every cell but the first is short and without a list."""
    heads = 0
    for row in rows[:2]:
        if len(row) < 3 or any(len(cell) > 90 or "<ul" in cell for cell in row) or not any(row[1:]):
            break
        heads += 1
    return Grid(tuple(rows), heads)


def text_of(draft: Draft) -> str:
    """The draft as plain text, in the manner of what an extraction gives: cells between tabulators."""
    lines: list[str] = []
    for block in draft.blocks:
        lines += [block] if isinstance(block, str) else ["\t".join(row).replace("\n", "<br>") for row in block.rows]
    return "\n".join(lines)
