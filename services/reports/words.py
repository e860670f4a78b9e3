"""What every format asks of a printed document, whichever way it then writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from projections.phrases.catalogue import N_, say
from projections.phrases.typography import NO_BREAK
from services.reports.printed import Block, Cell, Heading, Items, Printed, Row, Run, Table, Text, Words

Progress = Callable[[int, int], None]
LOCALES = {"fr": "fr-CA", "en": "en-CA"}
FOOT = N_("{title} · as of {day}")
PAGES = N_("{page} of {pages}")

# What XML and PDF cannot hold, or what would turn the text around.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FIRST = re.compile(r"(?<=\b1)(er|re)\b")
_LOST = re.compile(r"(?<=«) | (?=»)| (?=:(?:\s|$))|(?<=\d) (?=[$%])")
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

T = TypeVar("T")


def fit(text: str) -> str:
    """The text without what no format can hold; its line breaks as “\\n”, its tabs as spaces."""
    return _UNFIT.sub("\ufffd", _BREAKS.sub("\n", text).replace("\t", " "))


def runs(text: str, *, bold: bool = False, italic: bool = False, underlined: bool = False) -> Words:
    """Generated words of one appearance, with the « er » of « 1er » raised."""
    pieces = _FIRST.split(text)
    return tuple(Run(piece, bold, italic, underlined, raised=bool(n % 2)) for n, piece in enumerate(pieces) if piece)


def written(text: str, **looks: bool) -> Words:
    """Words as they were written, with the no-break spaces that a scan or a keyboard loses."""
    return runs(_LOST.sub(NO_BREAK, text), **looks)


def lines(words: Words) -> list[list[Run]]:
    """The words by line, each run fit to print; at least one line."""
    found: list[list[Run]] = [[]]
    for run in words:
        for number, piece in enumerate(fit(run.text).split("\n")):
            if number:
                found.append([])
            if piece:
                found[-1].append(Run(piece, run.bold, run.italic, run.underlined, run.raised))
    return found


def plain(words: Words) -> str:
    """The words alone, on one line."""
    return " ".join(_lines(words))


def _lines(words: Words) -> list[str]:
    return ["".join(run.text for run in line) for line in lines(words)]


def cell_text(cell: Cell) -> str:
    """The words of a cell, a line for each paragraph and item, with its mark."""
    told = []
    for block in cell.blocks:
        told += _lines(block.words) if isinstance(block, Text) else items_text(block)
    return "\n".join(told)


def underlined(cell: Cell) -> list[str]:
    """What is underlined in a cell, in the order of its words."""
    return [fit(run.text) for block in cell.blocks for words in _all_words(block) for run in words if run.underlined]


def _all_words(block: Text | Items) -> Iterator[Words]:
    if isinstance(block, Text):
        yield block.words
        return
    for item in block.items:
        yield item.words
        yield from _all_words(item.within) if item.within else ()


def items_text(items: Items, depth: int = 0) -> list[str]:
    """A list as lines of text: « - », « a. »; what is within stands in."""
    told = []
    for number, item in enumerate(items.items, 1):
        told.append("  " * depth + f"{mark(items.mark, number)} {plain(item.words)}")
        told += items_text(item.within, depth + 1) if item.within else []
    return told


def mark(kind: str, number: int) -> str:
    """What stands before an item: “–”, “•”, “3.”, “c.”; after z., aa."""
    if kind == "1.":
        return f"{number}."
    if kind == "a.":
        letters = ""
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord("a") + letter) + letters
        return f"{letters}."
    return "•" if kind == "•" else "–"


def opening(printed: Printed) -> tuple[bool, Iterator[Block]]:
    """Whether organisation and title print above, and the blocks."""
    blocks = iter(printed.blocks)
    for first in blocks:
        opens = first.level == 1 if isinstance(first, Heading) else isinstance(first, Text) and first.look == "lead"
        return not opens, chain((first,), blocks)
    return True, blocks


def title(printed: Printed) -> str:
    """The title on one line."""
    return fit(" ".join(printed.title)).replace("\n", " ")


def foot(printed: Printed) -> str:
    """What stands at the foot of each page, beside its number."""
    return say(FOOT, printed.lang, title=title(printed), day=printed.as_of)


class Outline:
    """The levels of headings without a gap, as readers who do not see need them: a case is one level below what holds
    it, which may be the title itself."""

    def __init__(self) -> None:
        self._sections = False

    def level(self, heading: Heading) -> int:
        """The level of the next heading."""
        self._sections = heading.level == 2 or (self._sections and heading.level == 3)
        return heading.level if heading.level < 3 or self._sections else 2


class Steps:
    """Tells how far a document is printed, as its blocks and rows go by."""

    def __init__(self, printed: Printed, progress: Progress | None) -> None:
        self._all, self._progress, self._done = printed.steps, progress, 0

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, each counted once the next is asked for."""
        for block in blocks:
            yield block
            if isinstance(block, Heading) and block.level == 3:
                self._step()

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table, the same."""
        for row in table.rows:
            yield row
            if not row.whole:
                self._step()

    def _step(self) -> None:
        self._done += 1
        if self._progress and self._done <= self._all:
            self._progress(self._done, self._all)


def batches(pieces: Iterable[str], size: int = 1 << 16) -> Iterator[bytes]:
    """The pieces in UTF-8, several at a time: a write for each would cost more than what it says."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield "".join(held).encode()
            held, length = [], 0
    yield "".join(held).encode()
