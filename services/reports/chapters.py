"""A long PDF is laid out chapter by chapter, so that what its layout takes does not grow with it.

A chapter ends where a page ends anyway, with what begins the next page: nothing of it shows. Where that is, each chapter is
asked first; then every page knows how many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from services.reports.joining import Joined

CHAPTER = 128_000  # bytes of data laid out at once; more where no page of theirs begins with a heading or a row
AHEAD = 2  # blocks that must follow what begins a chapter: a heading goes to where what it heads begins

Unit = dict[str, Any]
Facts = dict[str, Any]


class Layout(Protocol):
    """Who lays out one chapter."""

    def places(self, data: bytes) -> Iterable[tuple[int, int]]:
        """The pages, from 1, on which blocks begin or end: (number of the block, page), as often as need be."""
        ...

    def pdf(self, data: bytes) -> bytes:
        """The chapter itself."""
        ...


@dataclass(frozen=True)
class Chapter:
    """`begin` and `end` are bytes of the units; `before`: the pages before it; `within`: how many levels of headings hold
    what it begins with; `table`: the one that goes on in it."""

    begin: int
    end: int = 0
    before: int = 0
    within: int = 0
    table: Unit | None = None


def lay_out(units: BinaryIO, facts: Facts, layout: Layout, out: BinaryIO) -> None:
    """Writes the PDF of units, a line of JSON each, that are blocks, and rows after the table that they are of."""
    if units.seek(0, 2) <= CHAPTER:
        units.seek(0)
        out.write(layout.pdf(_data(facts, Chapter(0), _read(units.read()), None)))
        return
    found, total = _chapters(units, facts, layout)
    joined = Joined(out, total)
    for each in found:
        units.seek(each.begin)
        lines = units.read(each.end - each.begin)
        joined.add(layout.pdf(_data(facts, each, _read(lines), total)), each.within)
    joined.end()


def _chapters(units: BinaryIO, facts: Facts, layout: Layout) -> tuple[list[Chapter], int]:
    """All chapters, and the number of their pages."""
    found: list[Chapter] = []
    now, size = Chapter(0), CHAPTER
    while True:
        units.seek(now.begin)
        lines = units.readlines(size)
        last = not units.read(1)
        read = _read(b"".join(lines))
        pages = _pages(layout.places(_data(facts, now, read, 0)), len(read))
        at = len(read) if last else _cut(read, pages)
        if not at:  # nothing in it begins a page
            size *= 2
            continue
        end = now.begin + sum(map(len, lines[:at]))
        found.append(Chapter(now.begin, end, now.before, now.within, now.table))
        before = now.before + max(page for _, page in pages[:at])
        if last:
            return found, before
        now, size = _next(now, read[: at + 1], end, before), CHAPTER


def _next(now: Chapter, read: list[Unit], end: int, before: int) -> Chapter:
    """The chapter that begins with the last of what was read."""
    levels = [unit["level"] for unit in read[:-1] if unit["k"] == "heading"]
    goes_on = read[-1]["k"] == "row"
    tables = [unit for unit in read if unit["k"] == "table"]
    table = (tables[-1] if tables else now.table) if goes_on else None
    return Chapter(end, 0, before, levels[-1] if levels else max(now.within, 1), table)


def _pages(places: Iterable[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The first and the last page of each block; where it leaves no trace, those of the one before it."""
    found: dict[int, tuple[int, int]] = {}
    for number, page in places:
        first, last = found.get(number, (page, page))
        found[number] = min(first, page), max(last, page)
    told: list[tuple[int, int]] = []
    reached = 1
    for number in range(count):
        first, last = found.get(number, (reached, reached))
        reached = max(reached, last)
        told.append((first, reached))
    return told


def _cut(read: list[Unit], pages: list[tuple[int, int]]) -> int:
    """The number of the last block that begins a page and may begin a chapter; 0 if none."""
    for at in range(len(read) - 1 - AHEAD, 0, -1):
        unit = read[at]
        may = unit["k"] == "heading" or (unit["k"] == "row" and not unit["tied"] and read[at - 1]["k"] == "row")
        if may and pages[at][0] > pages[at - 1][1]:
            return at
    return 0


def _read(lines: bytes) -> list[Unit]:
    return [json.loads(line) for line in lines.splitlines()]


def _data(facts: Facts, chapter: Chapter, read: list[Unit], total: int | None) -> bytes:
    """What the page is told of a chapter; `total`: the pages of the document, where they are not its own."""
    blocks: list[Unit] = [chapter.table | {"rows": []}] if chapter.table else []
    for number, unit in enumerate(read):
        if unit["k"] == "row":
            blocks[-1]["rows"].append(unit | {"n": number})
        else:
            blocks.append(unit | {"n": number} | ({"rows": []} if unit["k"] == "table" else {}))
    told = {"before": chapter.before, "total": total, "within": chapter.within, "blocks": blocks}
    front = facts["front"] and not chapter.begin
    return json.dumps(facts | told | {"front": front}, ensure_ascii=False, separators=(",", ":")).encode()
