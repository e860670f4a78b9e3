"""The lines of a printed page put into columns: of running text, or of tables that only alignment shows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from services.imports.documents.print_lines import GUTTER, Strip

Gutter = tuple[float, float]
STANDS_OUT = 1.15  # times a smaller distance of two lines
_SPANS = 2  # lines in a row that may run across columns
_NEAR = 3.0  # points within which two lines begin together
_FEW = 3  # lines under which nothing is a column
_PROSE = 24  # letters on an average line of a column of running text
_FULL = 0.62  # how far such lines reach


@dataclass(frozen=True)
class Band:
    """Lines that stand one under the other. Of columns that are read one after the other, each is a band of its own;
    `columns`: between which x its cells stand, where they make rows; none for running text."""

    lines: tuple[Strip, ...]
    columns: tuple[tuple[float, float], ...] = ()

    @property
    def top(self) -> float:
        return self.lines[0].top


def bands(lines: Sequence[Strip]) -> list[Band]:
    """The lines of a page in the order in which a person reads them."""
    found: list[Band] = []
    at = 0
    while at < len(lines):
        end, gutters = _columned(lines, at)
        if end - at >= _FEW and gutters:
            if _are_prose(lines[at:end], gutters):
                end, gutters = _columned(lines, at, spans=0)
            found += _read([*_left_above(found, lines[at:end], gutters), *lines[at:end]], gutters)
            at = end
        else:
            if found and not found[-1].columns and found[-1].lines[-1] is lines[at - 1]:
                found[-1] = Band((*found[-1].lines, lines[at]))
            else:
                found.append(Band((lines[at],)))
            at += 1
    return found


def _left_above(found: list[Band], lines: Sequence[Strip], gutters: list[Gutter]) -> list[Strip]:
    """The lines with which a page begins, if all of them stand in one column of those below, not the first, from its left
    edge on: they go on with a row of the page before. They are taken from what was found."""
    if len(found) != 1 or found[0].columns:
        return []
    for column in _columns(gutters)[1:]:
        left = min((part.x0 for line in lines if (part := _part(line, column))), default=inf)
        if all(abs(line.x0 - left) < _NEAR and line.x1 < column[1] for line in found[0].lines):
            return list(found.pop().lines)
    return []


def _columned(lines: Sequence[Strip], at: int, spans: int = _SPANS, finer: bool = True) -> tuple[int, list[Gutter]]:
    """The index after the lines from there on that share blank strips, and those. Up to `spans` lines in a row may run
    across them, as the title of a part does in a table, if columns go on below. `finer`: the lines end where others with
    more columns begin, as they do below headings that stand over several."""
    first = lines[at]
    blank = [(-inf, first.x0), *_gaps(first), (first.x1, inf)]
    end = after = at + 1
    both, across = 1, 0
    while len(first.chunks) > 1 and end < len(lines):
        line, above = lines[end], lines[end - 1]
        if line.top - above.bottom > 4 * (line.bottom - line.top):
            break
        narrowed = _narrowed(blank, line)
        lost = any(not any(a <= c and d <= b for c, d in narrowed) for a, b in _between(blank))
        if lost and len(line.chunks) == 1 and across < spans:
            across, end = across + 1, end + 1
            continue
        more = len(line.chunks) > len(_between(narrowed)) + 1
        known = end - at >= 2 * _FEW
        if not _between(narrowed) or (lost and (more or known)) or (finer and more and _is_finer(lines, end, narrowed)):
            break
        both += len(line.chunks) > 1
        blank, across, end = narrowed, 0, end + 1
        after = end
    gutters = _between(blank)
    return (_without_text_below(lines[at:after], gutters) + at, gutters) if both >= _FEW else (at + 1, [])


def _without_text_below(lines: Sequence[Strip], gutters: list[Gutter]) -> int:
    """How many lines are of the columns: not those at their foot that stand further off, and begin where no column does."""
    last = max(at for at, line in enumerate(lines) if len(line.chunks) > 1)
    parts = [[part.x0 for line in lines[: last + 1] if (part := _part(line, column))] for column in _columns(gutters)]
    lefts = [min(starts, default=inf) for starts in parts]
    least = min((b.top - a.top for a, b in itertools.pairwise(lines) if b.top > a.top), default=0.0)
    for at in range(last + 1, len(lines)):
        aligned = any(abs(lines[at].x0 - left) < _NEAR for left in lefts)
        if not aligned and lines[at].top - lines[at - 1].top > STANDS_OUT * least:
            return at
    return len(lines)


def _is_finer(lines: Sequence[Strip], at: int, blank: list[Gutter]) -> bool:
    after, gutters = _columned(lines, at, finer=False)
    return after - at >= _FEW and len(gutters) > len(_between(blank))


def _between(blank: list[Gutter]) -> list[Gutter]:
    """Blank strips without the margins."""
    return [(a, b) for a, b in blank if a > -inf and b < inf]


def _gaps(line: Strip) -> list[Gutter]:
    pairs = zip(line.words, line.words[1:], strict=False)
    return [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 >= GUTTER]


def _narrowed(gutters: list[Gutter], line: Strip) -> list[Gutter]:
    """The strips that this line leaves blank as well."""
    kept = gutters
    for chunk in line.chunks:
        kept = [part for a, b in kept for part in ((a, min(b, chunk[0])), (max(a, chunk[1]), b)) if part[1] > part[0]]
        kept = [part for part in dict.fromkeys(kept) if part[1] - part[0] >= GUTTER]
    return kept


def _read(lines: Sequence[Strip], gutters: list[Gutter]) -> list[Band]:
    """Columns of running text one after the other; of cells, as rows."""
    columns = _columns(gutters)
    if _are_prose(lines, gutters):
        return [Band(tuple(part for line in lines if (part := _part(line, column)))) for column in columns]
    return [Band(tuple(lines), columns)]


def _columns(gutters: list[Gutter]) -> tuple[tuple[float, float], ...]:
    return tuple(itertools.pairwise([-inf, *((a + b) / 2 for a, b in gutters), inf]))


def _are_prose(lines: Sequence[Strip], gutters: list[Gutter]) -> bool:
    split = ([part for line in lines if (part := _part(line, column))] for column in _columns(gutters))
    return all(_is_prose(column) for column in split)


def _part(line: Strip, column: tuple[float, float]) -> Strip | None:
    words = tuple(word for word in line.words if column[0] <= (word.x0 + word.x1) / 2 < column[1])
    return Strip(words) if words else None


def _is_prose(column: Sequence[Strip]) -> bool:
    """Whether most lines are long, and reach as far as the column does."""
    if len(column) < 2 * _FEW:
        return False
    right, left = max(line.x1 for line in column), min(line.x0 for line in column)
    full = sum(line.x1 - left >= 0.85 * (right - left) for line in column)
    return sum(len(line.text) for line in column) >= _PROSE * len(column) and full >= _FULL * len(column)
