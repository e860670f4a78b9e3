"""Words as they come from a page or a cell, put into lines: what every reader says, in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.imports.documents.document import Line, Place
from services.imports.documents.marks import alone, items, unraised

_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_BLANK_BUT_TABS = re.compile(r"[ \r\f\v]+|\n[ \t\r\n\f\v]*")  # a tab that begins a line of the file indents it
DEEPEST = 9
_TABS = 2  # in a line that has columns: one stands between a number and a title as well


@dataclass
class _Run:
    """Words between two breaks: pieces with how they are shown. `item`: the format says that it is one of a list."""

    level: int
    mark: str
    item: bool
    style: int
    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)  # words, underlined, bold


class Flow:
    """Runs of words, of which the signs inside make lines of their own; `apart`: they were told apart, and none inside
    makes another."""

    def __init__(self, apart: bool = False) -> None:
        self.runs: list[_Run] = []
        self.apart = apart

    def open(self, level: int = 0, mark: str = "", item: bool = False, style: int = 0) -> None:
        """What is said from here on stands on another line."""
        self.runs.append(_Run(min(level, DEEPEST), mark, item, style))

    def say(self, words: str, underlined: bool = False, bold: bool = False) -> None:
        if not self.runs:
            self.open()
        self.runs[-1].pieces.append((words, underlined, bold))

    def mark(self, sign: str) -> None:
        """What stands before the line that begins: a sign of a list, or its number, which is a word of it."""
        if sign[0].isdigit():
            self.say(f"{sign} ")
        elif self.runs:
            self.runs[-1].mark = sign

    def break_line(self) -> None:
        """The same paragraph goes on, on another line."""
        last = self.runs[-1] if self.runs else _Run(0, "", False, 0)
        self.open(last.level, "", last.item, last.style)

    def row(self, below: bool) -> str:
        """Its words as a plain text writes them where tabs part them into columns, on a line for each run; else empty.
        `below`: such a row stands right above."""
        said = [] if self.apart else [_tabbed(run) for run in self.runs]
        enough = 1 if below else _TABS
        return "\n".join(filter(str.strip, said)) if any(each.count("\t") >= enough for each in said) else ""

    def lines(self, place: Place, before: str = "") -> tuple[Line, ...]:
        """The lines that say something, all at that place; `before`: the mark of the item above, which the list goes on."""
        lines: list[Line] = []
        seen = {before: 1} if before else {}  # the level of each mark of the lists that are open
        for run in self.runs:
            text, underlined, bold = _joined(run, self.apart)
            if not text:
                continue
            if run.mark:
                seen[run.mark] = run.level
                under = _within(text, underlined, 0, len(text))
                lines.append(Line(text, place, run.mark, run.level, bold, under, run.style))
                continue
            for item in (alone(text, tuple(seen)),) if self.apart else items(text, tuple(seen)):
                said = text[item.start : item.end].strip()
                if not said:
                    continue
                if run.level == 0 and not item.mark:
                    seen.clear()
                level = _level(run, item.mark, seen)
                under = _within(text, underlined, item.start, item.end)
                lines.append(Line(said, place, item.mark, level, bold, under, run.style))
        return tuple(lines)


def _level(run: _Run, mark: str, seen: dict[str, int]) -> int:
    """How deep an item is: as its list says, unless a mark that was seen before says that lists were not closed."""
    if run.item and mark:
        seen[mark] = max(run.level, 1)
        return seen[mark]
    if run.item or (not mark and run.level == 0):
        return run.level
    if not mark:
        return max(seen.values(), default=run.level)
    if mark in seen:
        for deeper in [each for each, level in seen.items() if level > seen[mark]]:
            del seen[deeper]
    else:
        deepest = max(seen.values(), default=0)
        seen[mark] = deepest if _same_kind(mark, seen) else deepest + 1
    return seen[mark]


def _same_kind(mark: str, seen: dict[str, int]) -> bool:
    """Whether a letter follows a letter: « a. » and « b. » are of one list."""
    return len(mark) == 2 and any(len(each) == 2 and each[1] == mark[1] for each in seen)


def _joined(run: _Run, apart: bool) -> tuple[str, list[tuple[int, int]], bool]:
    """The words of a run with single blanks, the spans that are underlined, and whether all of them are bold; `apart`: they
    are as they were written."""
    said, spans, bold, length = list[str](), list[tuple[int, int]](), True, 0
    for words, underlined, strong in run.pieces:
        piece = _BLANK.sub(" ", words)
        piece = piece.lstrip(" ") if not length or said[-1].endswith(" ") else piece
        if not piece:
            continue
        bold = bold and (strong or not piece.strip())
        if underlined and piece.strip():
            spans.append((length, length + len(piece)))
        said.append(piece)
        length += len(piece)
    text = "".join(said)
    raised = text if apart else unraised(text)
    if raised != text:  # what precedes a span moves it
        spans = [(len(unraised(text[:start])), len(unraised(text[:end]))) for start, end in spans]
    return raised.rstrip(), spans, bold and bool(raised.strip())


def _tabbed(run: _Run) -> str:
    """The words of a run with single blanks and all their tabs."""
    said = "".join(f"<u>{words}</u>" if underlined and words.strip() else words for words, underlined, _ in run.pieces)
    return _BLANK_BUT_TABS.sub(" ", f"{run.mark} {said}" if run.mark else said)


def _within(text: str, spans: list[tuple[int, int]], start: int, end: int) -> tuple[str, ...]:
    """The underlined parts of an item, those that touch as one."""
    merged: list[list[int]] = []
    for a, b in ((max(a, start), min(b, end)) for a, b in spans if a < end and b > start):
        if merged and not text[merged[-1][1] : a].strip():
            merged[-1][1] = b
        else:
            merged.append([a, b])
    parts = (text[a:b].strip() for a, b in merged)
    return tuple(part for part in parts if part)
