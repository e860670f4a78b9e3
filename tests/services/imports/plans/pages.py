"""Small plans of our own, as a reader would hand them over: rows of cells, a cell being a text or a list of bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from domain.plan.nodes import Node, walk
from projections.phrases.catalogue import say
from services.imports.documents.document import Block, Cell, Document, Line, Place, Row, Table
from services.imports.plans.grammar import read_plan
from services.imports.plans.reading import PlanReading

_MARK = re.compile(r"(?P<mark>[-•o○]|[a-zA-Z][.)]) +")
_UNDERLINED = re.compile(r"_(.+?)_")

Words = str | Sequence[str] | Cell


def line(text: str, at: int) -> Line:
    """A line: its mark taken off, what stands between two « _ » underlined."""
    mark = _MARK.match(text)
    said = text[mark.end() :] if mark else text
    level = 2 if mark and mark["mark"] in "o○" else 1 if mark else 0
    underlined = tuple(_UNDERLINED.findall(said))
    return Line(_UNDERLINED.sub(r"\1", said), Place(at), mark["mark"] if mark else "", level, underlined=underlined)


def cell(words: Words, at: int) -> Cell:
    if isinstance(words, Cell):
        return words
    lines = [words] if isinstance(words, str) else words
    return Cell(tuple(line(each, at) for each in lines if each))


def document(*parts: str | list[Sequence[Words]]) -> Document:
    """Lines and tables, each row on a line of its own; what a person would see beside it is told row by row."""
    blocks: list[Block] = []
    told: list[str] = []
    for part in parts:
        if isinstance(part, str):
            told.append(part)
            blocks.append(line(part, len(told)))
            continue
        rows = []
        for words in part:
            cells = tuple(cell(each, len(told) + 1) for each in words)
            rows.append(Row(cells, Place(len(told) + 1)))
            told.append("\t".join(each.text for each in cells))
        blocks.append(Table(tuple(rows), rows[0].place))
    return Document("plan.txt", "0" * 64, "text", "\n".join(told), tuple(blocks))


def plan(*parts: str | list[Sequence[Words]], **said: Any) -> PlanReading:
    """The plan that such a document holds."""
    return read_plan(document(*parts), **said)


def nodes(read: PlanReading, kind: str) -> list[Node]:
    return [node for node in walk(read.nodes) if node.kind == kind]


def told(read: PlanReading) -> list[tuple[int, str]]:
    """Line and kind of each problem."""
    return [(problem.line, type(problem.notice).__name__) for problem in read.problems]


def sentences(read: PlanReading, lang: str = "fr") -> list[str]:
    return [say(problem.notice, lang) for problem in read.problems]
