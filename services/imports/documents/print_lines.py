"""The words of a printed page put into lines, and the lines of its cells into paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from services.imports.documents.flow import Flow
from services.imports.paragraphs import join

GUTTER = 7.0  # points between two columns
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

    @cached_property
    def chunks(self) -> tuple[tuple[float, float], ...]:
        """Where words stand together, with no more than blanks of a sentence between them."""
        found: list[tuple[float, float]] = []
        for word in self.words:
            if found and word.x0 - found[-1][1] < GUTTER:
                found[-1] = (found[-1][0], max(found[-1][1], word.x1))
            else:
                found.append((word.x0, word.x1))
        return tuple(found)

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
