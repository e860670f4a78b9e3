"""The titles under a heading, and where the text begins.

A title ends at a blank line, or, where there is none, at the short line before a capital. Titles of a bundle
stand apart by spaced dashes, one title for each number, sometimes one to a line or to a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.imports.lines import Line, is_terminal, starts_lower
from services.imports.paragraphs import is_item, join, lead

_SPLITS = (re.compile(r"\s+[-–—]\s+"), re.compile(r"\s+/\s+|\s*;\s+"), re.compile(r"\s*[–—]\s*"))
_DASH_END = re.compile(r"\s*[-–—]$")
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


def read_titles(numbers: tuple[str, ...], lines: Sequence[Line], words: frozenset[str]) -> Titles:
    """`lines` are those after the heading, led by the title that stood on the heading's own line, if any."""
    title, body = _title_lines(lines)
    if not title:
        return Titles({}, 0, body)
    if len(numbers) == 1:
        title, body = _more(title, body)
        return Titles({numbers[0]: _text(title, words)}, 1, body)
    return _bundle(numbers, title, body, words)


def _text(lines: Sequence[Line], words: frozenset[str]) -> str:
    return _DASH_END.sub("", join((line.text for line in lines), words)).strip()


def _title_lines(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of the title and those of the text; no title if the text begins at once."""
    end = next((index for index, line in enumerate(lines[1:], 1) if line.gap), len(lines))
    run, rest = lines[:end], lines[end:]
    if not run or is_item(run[0].text) or lead(run[0].text):
        return (), lines
    whole = join(line.text for line in run)
    prose = is_terminal(whole) or _SENTENCES.search(whole) is not None
    if not prose and len(whole) <= _LONG_TITLE:
        return run, rest
    short = _glued_title(run)
    if short:
        return lines[:short], lines[short:]
    one_sentence = rest and len(whole) <= _LONG_TITLE / 2 and not _SENTENCES.search(whole)
    return (run, rest) if one_sentence else ((), lines)


def _glued_title(run: Sequence[Line]) -> int:
    """How many lines the title has in a run where the text follows without a blank line; 0 if it cannot be
    told."""
    full = max(len(line.text) for line in run)
    for index in range(1, min(len(run), 5)):
        before, line = run[index - 1].text, run[index].text
        if is_terminal(before):
            return 0
        if not starts_lower(line) and (len(before) < _SHORT_LINE * full or is_item(line)):
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


def _bundle(numbers: tuple[str, ...], title: Sequence[Line], body: Sequence[Line], words: frozenset[str]) -> Titles:
    title, body = _more(title, body)
    runs, rest = [title], body
    while True:
        pieces = _pieces([_text(run, words) for run in runs], len(numbers))
        if len(pieces) == len(numbers):
            return Titles(dict(zip(numbers, pieces, strict=True)), len(pieces), rest)
        following, after = _title_lines(rest)
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
