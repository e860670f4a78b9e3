"""The rows of the tables that a plain text holds: cells between tabs, or between the bars of Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from services.imports.documents.document import Cell, Place, Row, Table
from services.imports.documents.fragments import read_fragment
from services.imports.documents.marks import split_mark

_RULE_CELL = re.compile(r"\s*(?::?-{2,}:?|:-:?|-:)\s*")
_BARS = re.compile(r"\s*(?:[-–•*]\s+)?\|(.*)\|\s*")
_BAR = re.compile(r"(?<!\\)\|")
_MOST_JOINED = 40  # lines of one row
_BEGINS_LOWER = re.compile(r"\s*[a-zà-öø-ÿ]")


class Numbered(NamedTuple):
    """A line of the text with its number, and its page, both from 1; `opens`: it is the first of its page."""

    number: int
    text: str
    page: int | None
    opens: bool = False

    @property
    def place(self) -> Place:
        return Place(self.number, self.page)


def is_tabbed(text: str, width: int = 0) -> bool:
    """Whether a line has cells: a tab after words, or several. A tab before words is how a paragraph is indented, unless
    a table of that width stands above; one after a mark is how an item is."""
    if "\t" not in text.strip(" \t"):
        return text.count("\t") > 1 or (width > 1 and text.count("\t") == width - 1)
    mark, rest = split_mark(text)
    return "\t" in (rest if mark else text.lstrip("\t "))


def is_barred(text: str) -> bool:
    """Whether a line is a row of a Markdown table."""
    found = _BARS.fullmatch(text)
    return found is not None and "|" in found[1]


def read_tabbed(lines: Sequence[Numbered]) -> Table:
    """The table of lines that stand together, of which some have cells between tabs."""
    split = [(line, line.text.split("\t")) for line in lines]
    width = _width([cells for _, cells in split])
    rows = [(line, cells) for line, cells in _whole(split, width)]
    return _table(rows)


def read_barred(lines: Sequence[Numbered]) -> Table:
    """The table of lines that are all rows of Markdown."""
    rows = []
    for line in lines:
        found = _BARS.fullmatch(line.text)
        inner = found[1] if found else line.text
        rows.append((line, [cell.replace("\\|", "|") for cell in _BAR.split(inner)]))
    return _table(rows)


def _width(split: Sequence[list[str]]) -> int:
    """How many cells most rows have; of two numbers as frequent, the larger."""
    counts = Counter(len(cells) for cells in split if len(cells) > 1)
    return max(counts, key=lambda count: (counts[count], count), default=1)


def _whole(split: Sequence[tuple[Numbered, list[str]]], width: int) -> list[tuple[Numbered, list[str]]]:
    """Rows put together from several lines, where a cell holds line breaks."""
    rows: list[tuple[Numbered, list[str]]] = []
    last = max((index for index, (_, cells) in enumerate(split) if len(cells) > 1), default=-1)
    at = joined = 0
    while at < len(split):
        line, cells = split[at]
        taken = _joined(split, at, width) if len(cells) < width else at + 1
        for _, more in split[at + 1 : taken]:
            cells = [*cells[:-1], f"{cells[-1]}\n{more[0]}", *more[1:]]
        if len(cells) == 1 and rows and joined < _MOST_JOINED and (at < last or goes_on(cells[0])):
            owner, before = rows[-1]
            rows[-1], joined = (owner, [*before[:-1], f"{before[-1]}\n{cells[0]}"]), joined + 1
        else:
            rows.append((line, cells))
            joined = 0
        at = taken
    return rows


def _joined(split: Sequence[tuple[Numbered, list[str]]], at: int, width: int) -> int:
    """The index after the lines that complete a short row to its width; only its own, if none do."""
    count = len(split[at][1])
    for after in range(at + 1, min(at + _MOST_JOINED, len(split))):
        count += len(split[after][1]) - 1
        if count == width and len(split[after][1]) > 1:
            return after + 1
        if count > width or len(split[after][1]) == width:
            break
    return at + 1


def goes_on(text: str) -> bool:
    """Whether a line right under a row, without cells of its own, goes on with the last cell: an item or a sentence."""
    return bool(split_mark(text)[0]) or bool(_BEGINS_LOWER.match(text))


def _table(rows: Sequence[tuple[Numbered, list[str]]]) -> Table:
    """Rules are no rows: what stands above one that is the second row is a header."""
    ruled = len(rows) > 2 and _is_rule(rows[1][1])
    kept = []
    for index, (line, cells) in enumerate(rows):
        if _is_rule(cells) or (ruled and index == 0 and not any(cell.strip() for cell in cells)):
            continue
        read = tuple(Cell(read_fragment(_unquoted(cell), line.place)) for cell in cells)
        kept.append(Row(read, line.place, header=ruled and index == 0, opens_page=line.opens))
    return Table(tuple(kept), rows[0][0].place)


def _is_rule(cells: Sequence[str]) -> bool:
    return any(cells) and all(_RULE_CELL.fullmatch(cell) for cell in cells)


def _unquoted(cell: str) -> str:
    """A cell that a spreadsheet quoted when it was copied, without its quotation marks."""
    said = cell.strip()
    if len(said) > 1 and said[0] == said[-1] == '"' and "\n" in said:
        return said[1:-1].replace('""', '"')
    return cell
