"""The titles under a heading, and where the text begins.

A title ends at a blank line, or, where there is none, at the short line before a capital. Titles of a bundle
stand apart by spaced dashes, one title for each number, sometimes one to a line or to a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.imports.documents.marks import BULLETS, DASHES
from services.imports.lines import Line, ends_early, is_terminal, starts_lower
from services.imports.paragraphs import is_item, join, lead

_SPLITS = (
    re.compile(rf"\s+[{DASHES}{BULLETS}]\s+"),
    re.compile(r"\s+/\s+|\s*;\s+"),
    re.compile(rf"\s*[–—{BULLETS}]\s*"),
)
_DASH_END = re.compile(rf"\s*[{DASHES}]$")
_MARK = re.compile(rf"[{DASHES}{BULLETS}]\s+")
_SENTENCES = re.compile(r"[a-zà-ÿ0-9)»][.!?]\s+[A-ZÀ-Ý«]")
_LONG_TITLE = 300  # characters
_SHORT_LINE = 0.75  # of the longest line: the line was not full


@dataclass(frozen=True)
class Titles:
    """`found` titles; `of` gives one to each number: its own, or the whole if they could not be told
    apart."""

    of: dict[str, str]
    found: int
    body: Sequence[Line]


def read_titles(numbers: tuple[str, ...], lines: Sequence[Line], words: frozenset[str], full: int = 0) -> Titles:
    """`lines` are those after the heading, led by the title that stood on the heading's own line, if any; `full`: how many
    letters a full line of the document has."""
    if listed := _listed(numbers, lines):
        return Titles(listed, len(listed), lines[len(listed) :])
    title, body = _title_lines(lines, full, len(numbers))
    if not title:
        return Titles({}, 0, body)
    if len(numbers) == 1:
        title, body = _more(title, body)
        return Titles({numbers[0]: _text(title, words)}, 1, body)
    return _bundle(numbers, title, body, words, full)


def _listed(numbers: tuple[str, ...], lines: Sequence[Line]) -> dict[str, str]:
    """The titles that stand right under the heading as a list of as many items, a line each; none if there is no such."""
    run = lines[: len(numbers)]
    ends = len(lines) == len(run) or lines[len(run)].gap
    if not ends or len(run) < len(numbers) or any(line.gap or not _MARK.match(line.text) for line in run):
        return {}
    titles = [_MARK.sub("", line.text, count=1) for line in run]
    return {} if any(is_terminal(title) for title in titles) else dict(zip(numbers, titles, strict=True))


def _text(lines: Sequence[Line], words: frozenset[str]) -> str:
    return _DASH_END.sub("", join((line.text for line in lines), words)).strip()


def _title_lines(lines: Sequence[Line], full: int, count: int = 1) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of `count` titles and those of the text; no title if the text begins at once."""
    end = next((index for index, line in enumerate(lines[1:], 1) if line.gap), len(lines))
    run, rest = lines[:end], lines[end:]
    if not run or is_item(run[0].text) or lead(run[0].text):
        return (), lines
    whole = join(line.text for line in run)
    prose = is_terminal(whole) or _SENTENCES.search(whole) is not None
    if not prose and len(whole) <= _LONG_TITLE:
        return run, rest
    short = _glued_title(run, full, count)
    if short:
        return lines[:short], lines[short:]
    one_sentence = rest and len(whole) <= _LONG_TITLE / 2 and not _SENTENCES.search(whole)
    return (run, rest) if one_sentence else ((), lines)


def _glued_title(run: Sequence[Line], full: int, count: int) -> int:
    """How many lines `count` titles have in a run where the text follows without a blank line; 0 if it cannot be told."""
    longest = max(len(line.text) for line in run)
    for index in range(1, min(len(run), 5)):
        before, line = run[index - 1], run[index]
        if is_terminal(before.text):
            return 0
        short = ends_early(before, line, full) if full else len(before.text) < _SHORT_LINE * longest
        whole = count > 1 and bool(_pieces([join(each.text for each in run[:index])], count))
        if not starts_lower(line.text) and (short or whole or is_item(line.text)):
            return index
    return 0


def _more(title: Sequence[Line], body: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """A title cut by a blank line goes on: after a dash, or in lower case."""
    while body and not is_terminal(title[-1].text) and _continues(title[-1].text, body[0].text):
        end = next((index for index, line in enumerate(body[1:], 1) if line.gap), len(body))
        if is_terminal(body[end - 1].text) or is_item(body[0].text):
            break
        title, body = [*title, *body[:end]], body[end:]
    return title, body


def _continues(before: str, line: str) -> bool:
    return _DASH_END.search(before) is not None or starts_lower(line)


def _bundle(numbers: tuple[str, ...], title: Sequence[Line], body: Sequence[Line], words: frozenset[str],
            full: int) -> Titles:  # fmt: skip
    title, body = _more(title, body)
    runs, rest = [title], body
    while True:
        pieces = _pieces([_text(run, words) for run in runs], len(numbers))
        if len(pieces) == len(numbers):
            return Titles(dict(zip(numbers, pieces, strict=True)), len(pieces), rest)
        following, after = _title_lines(rest, full)
        if len(runs) >= len(numbers) or not following or is_terminal(following[-1].text):
            break
        runs, rest = [*runs, following], after
    if len(title) == len(numbers):
        each = [_DASH_END.sub("", line.text) for line in title]
        return Titles(dict(zip(numbers, _unnumbered(numbers, each), strict=True)), len(each), body)
    whole = _text(title, words)
    return Titles(dict.fromkeys(numbers, whole), len(_SPLITS[0].split(whole)), body)


def _pieces(texts: Sequence[str], wanted: int) -> list[str]:
    for split in _SPLITS:
        pieces = [piece for text in texts for piece in split.split(text) if piece]
        if len(pieces) == wanted:
            return pieces
    return []


def _unnumbered(numbers: tuple[str, ...], titles: Sequence[str]) -> list[str]:
    """Titles without the number that each begins with, if all do."""
    bare = [
        re.sub(rf"^{re.escape(number)}\s*[-–—.:)]\s*", "", title) for number, title in zip(numbers, titles, strict=True)
    ]
    return bare if all(len(a) < len(b) for a, b in zip(bare, titles, strict=True)) else list(titles)
