"""The words of a cell or of a paragraph written with a few HTML tags, as extractors leave them: lists that are never
closed, items without `<li>`, underlined verdicts. Any other « < » is a sign like another."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from services.imports.documents.document import Line, Place
from services.imports.documents.marks import items, unraised

_TAG = re.compile(
    r"<(?P<closes>/?)(?P<name>ul|ol|li|p|u|ins|b|strong|i|em|br|div|span|sup|sub|font|small|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_DEEPEST = 9


@dataclass
class _Run:
    """Words between two tags that break lines: pieces with how they are shown."""

    level: int
    item: bool = False
    style: int = 0
    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)  # words, underlined, bold


@dataclass
class _State:
    runs: list[_Run] = field(default_factory=list)
    lists: int = 0
    explicit: bool = False
    item: bool = False
    underlined: int = 0
    bold: int = 0
    style: int = 0

    def open(self) -> None:
        self.runs.append(_Run(min(self.lists, _DEEPEST), self.item, self.style))

    def say(self, words: str) -> None:
        if not self.runs:
            self.open()
        self.runs[-1].pieces.append((words, self.underlined > 0, self.bold > 0))


def read_fragment(text: str, place: Place) -> tuple[Line, ...]:
    """The lines of a cell or of a paragraph, in order; none if it is empty."""
    state, at = _State(), 0
    for tag in _TAG.finditer(text):
        _say(state, text[at : tag.start()])
        _turn(state, tag["name"].lower(), bool(tag["closes"]))
        at = tag.end()
    _say(state, text[at:])
    return tuple(_lines(state.runs, place))


def _say(state: _State, words: str) -> None:
    for index, line in enumerate(words.replace("\r\n", "\n").split("\n")):
        if index:
            state.open()
        state.say(html.unescape(line))


def _turn(state: _State, name: str, closes: bool) -> None:
    """What a tag changes."""
    if name in ("u", "ins"):
        state.underlined = max(0, state.underlined + (-1 if closes else 1))
    elif name in ("b", "strong"):
        state.bold = max(0, state.bold + (-1 if closes else 1))
    elif name in ("ul", "ol"):
        state.lists = max(0, state.lists + (-1 if closes else 1))
        state.item = False
        state.open()
    elif name == "li":
        state.item = not closes
        state.open()
    elif name in ("p", "div", "br") or name[0] == "h":
        # a paragraph outside any item ends the lists that were never closed
        state.lists = 0 if name == "p" and not closes and not state.item else state.lists
        state.style = int(name[1]) if name[0] == "h" and not closes else 0
        state.open()


def _lines(runs: list[_Run], place: Place) -> list[Line]:
    lines: list[Line] = []
    seen: dict[str, int] = {}  # the level of each mark of the lists that are open
    for run in runs:
        text, underlined, bold = _joined(run)
        if not text:
            continue
        for item in items(text, tuple(seen)):
            said = text[item.start : item.end].strip()
            if not said:
                continue
            if run.level == 0 and not item.mark:
                seen.clear()
            level = _level(run, item.mark, seen)
            under = _within(text, underlined, item.start, item.end)
            lines.append(Line(said, place, mark=item.mark, level=level, bold=bold, underlined=under, style=run.style))
    return lines


def _level(run: _Run, mark: str, seen: dict[str, int]) -> int:
    """How deep an item is: as its list says, unless a mark that was seen before says that lists were not closed."""
    if run.item or (not mark and run.level == 0):
        return run.level
    if not mark:
        return run.level if not seen else max(seen.values())
    if mark not in seen:
        deepest = max(seen.values(), default=0)
        seen[mark] = max(run.level, deepest + 1) if not _same_kind(mark, seen) else deepest
        seen[mark] = min(seen[mark], deepest + 1)
    else:
        for deeper in [each for each, level in seen.items() if level > seen[mark]]:
            del seen[deeper]
    return seen[mark]


def _same_kind(mark: str, seen: dict[str, int]) -> bool:
    """Whether a letter follows a letter: « a. » and « b. » are of one list."""
    return len(mark) == 2 and any(len(each) == 2 and each[1] == mark[1] for each in seen)


def _joined(run: _Run) -> tuple[str, list[tuple[int, int]], bool]:
    """The words of a run with single blanks, the spans that are underlined, and whether all of them are bold."""
    text, spans, bold = "", list[tuple[int, int]](), True
    for words, underlined, strong in run.pieces:
        said = _BLANK.sub(" ", words)
        said = said.lstrip(" ") if not text or text.endswith(" ") else said
        if not said:
            continue
        bold = bold and (strong or not said.strip())
        if underlined and said.strip():
            spans.append((len(text), len(text) + len(said)))
        text += said
    raised = unraised(text)
    if raised != text:  # what precedes a span moves it
        spans = [(len(unraised(text[:start])), len(unraised(text[:end]))) for start, end in spans]
    return raised.rstrip(), spans, bold and bool(raised.strip())


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
