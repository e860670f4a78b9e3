"""The words of a printed page put into lines, and its lines into columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from services.imports.documents.flow import Flow
from services.imports.paragraphs import join

_GUTTER = 7.0  # points between two columns
_FEW = 3  # lines under which nothing is a column
_PROSE = 24  # letters on an average line of a column of running text
_FULL = 0.62  # how far such lines reach
_OPENING, _CLOSING = ("«", "(", "-", "–", "•", "○", "o"), (":", ";", "!", "?", "»", "%", "$", "».", "»,")
_LABEL = 4  # words of a label alone on its line
_GAP = 1.45  # times the usual distance of two lines: a paragraph begins


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the left and the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool = False
    underlined: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Strip:
    """Words of one line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


def strips(words: Iterable[Word]) -> list[Strip]:
    """The lines of words that may stand in any order. What is raised (« 1er ») stands on the line that it overlaps."""
    lines: list[list[Word]] = []
    low = high = 0.0
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if lines and low <= word.middle <= high:
            lines[-1].append(word)
            low, high = min(low, max(word.top, low)), max(high, min(word.bottom, high + 2))
        else:
            lines.append([word])
            low, high = word.top, word.bottom
    return [Strip(tuple(_joined(sorted(line, key=lambda word: word.x0)))) for line in lines]


def _joined(line: list[Word]) -> list[Word]:
    """Pieces that touch as one word: a raised « er » after its « 1 »."""
    kept: list[Word] = []
    for word in line:
        last = kept[-1] if kept else None
        if last and word.x0 - last.x1 < 0.8 and word.bottom - word.top < 0.8 * (last.bottom - last.top):
            kept[-1] = Word(last.text + word.text, last.x0, word.x1, last.top, last.bottom, last.bold, last.underlined)
        else:
            kept.append(word)
    return kept


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
            found += _read(lines[at:end], gutters)
            at = end
        else:
            if found and not found[-1].columns and found[-1].lines[-1] is lines[at - 1]:
                found[-1] = Band((*found[-1].lines, lines[at]))
            else:
                found.append(Band((lines[at],)))
            at += 1
    return found


def _columned(lines: Sequence[Strip], at: int) -> tuple[int, list[tuple[float, float]]]:
    """The index after the lines from there on that share blank strips, and those."""
    gutters = _gaps(lines[at])
    end, sided = at + 1, bool(gutters)
    if not gutters:
        return at + 1, []
    both = 1
    while end < len(lines):
        left = min(word.x0 for line in lines[at:end][-3:] for word in line.words)
        narrowed = _narrowed(gutters, lines[end], left)
        if not narrowed or lines[end].top - lines[end - 1].bottom > 4 * (lines[end].bottom - lines[end].top):
            break
        both += len(_gaps(lines[end])) > 0
        gutters, end = narrowed, end + 1
    return (end, gutters) if sided and both >= _FEW else (at + 1, [])


def _gaps(line: Strip) -> list[tuple[float, float]]:
    pairs = zip(line.words, line.words[1:], strict=False)
    return [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 >= _GUTTER]


def _narrowed(gutters: list[tuple[float, float]], line: Strip, left: float) -> list[tuple[float, float]]:
    """The strips that this line leaves blank as well."""
    kept = []
    for a, b in gutters:
        inside = [word for word in line.words if word.x1 > a and word.x0 < b]
        low = max([a, *(word.x1 for word in inside if word.x0 < a + 1)])
        high = min([b, *(word.x0 for word in inside if word.x0 >= a + 1)])
        if high - low >= _GUTTER:
            kept.append((low, high))
    return kept


def _read(lines: Sequence[Strip], gutters: list[tuple[float, float]]) -> list[Band]:
    """Columns of running text one after the other; of cells, as rows."""
    edges = [float("-inf"), *((a + b) / 2 for a, b in gutters), float("inf")]
    columns = tuple(itertools.pairwise(edges))
    split = [[part for line in lines if (part := _part(line, column))] for column in columns]
    if all(_is_prose(column) for column in split):
        return [Band(tuple(column)) for column in split]
    return [Band(tuple(lines), columns)]


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


def cell_flow(lines: Sequence[Strip], right: float, words: frozenset[str]) -> Flow:
    """The lines of a cell as its author wrote them: a line goes on unless the first word of the next, with the signs that
    stick to it, would have had room, a label ends, or a paragraph begins. `right`: how far the cell reaches."""
    flow, known = Flow(), words
    usual = _usual(lines)
    group: list[Strip] = []
    for line in lines:
        if group and _breaks(group, line, right, usual):
            _say(flow, group, known)
            group = []
        group.append(line)
    if group:
        _say(flow, group, known)
    return flow


def _usual(lines: Sequence[Strip]) -> float:
    steps = sorted(b.top - a.top for a, b in itertools.pairwise(lines))
    return steps[len(steps) // 2] if steps else 0.0


def _breaks(group: Sequence[Strip], line: Strip, right: float, usual: float) -> bool:
    last = group[-1]
    first = next((at for at, word in enumerate(line.words) if word.text not in _OPENING), 0)
    while first + 1 < len(line.words) and line.words[first + 1].text in _CLOSING:
        first += 1
    room = last.x1 + 3.0 + (line.words[first].x1 - line.words[0].x0) < right
    label = len(group) == 1 and len(last.words) <= _LABEL and last.text.endswith(":") and line.text[:1].isupper()
    return room or label or (usual > 0 and line.top - last.top > _GAP * usual)


def _say(flow: Flow, group: Sequence[Strip], words: frozenset[str]) -> None:
    """One paragraph of a cell. Between two underlined words, the blank is underlined too."""
    flow.open()
    pieces = [(word, word.text, " ") for line in group for word in line.words]
    at = 0
    for line, following in itertools.pairwise(group):
        at += len(line.words)
        word, text, _ = pieces[at - 1]
        both = join([text, following.words[0].text], words)
        before = both[: len(both) - len(following.words[0].text)]
        pieces[at - 1] = (word, before.rstrip(" "), " " if before.endswith(" ") else "")
    for index, (word, text, blank) in enumerate(pieces):
        flow.say(text, word.underlined, word.bold)
        if blank and index + 1 < len(pieces):
            flow.say(blank, word.underlined and pieces[index + 1][0].underlined, word.bold)
