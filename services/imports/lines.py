"""The lines of a document without its page furniture: page numbers, running heads, table of contents, rules.

Blank lines and page breaks become two flags on the line that follows them. A page break shows as a form
feed, as a page number, or, in texts extracted from a PDF, as one leading space in a text that is flush
left."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from services.imports.documents.marks import BULLETS, DASHES
from services.imports.headings import is_cut, worded

_PAGE_NUMBER = re.compile(r"(?:[-–—]\s?)?\d{1,3}(?:\s?[-–—])?")
_PAGE_OF = re.compile(
    r"(?:page|p\.)\s*\d{1,4}(?:\s*(?:de|sur|of|/)\s*\d{1,4})?|\d{1,3}\s*(?:/|de|sur|of)\s*\d{1,3}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\W*\d{1,3}\W+(?P<after>[^\W\d].*)|(?P<before>.*\S)[\s|–—-]+\d{1,3}\W*")
_LEAST_TITLE = 12  # letters
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:[ \u00a0]\.){3,}) ?\.{0,3}\s*(?:\d{1,3}|[ivx]{1,5})$")
_CONTENTS = re.compile(r"table des mati[eè]\u0300?res|sommaire|table of contents|contents", re.IGNORECASE)
_RULE = re.compile(r"[-–—_=~•·\s]{3,}")
_TERMINAL = re.compile(r"[.!?:;…][»”\")\]\s]*$")
_MARKED = re.compile(rf"[{DASHES}{BULLETS}]\s|\d{{1,2}}[.)]\s")
_SPACES = re.compile(r"[ \t\v]+")
_INDENTED_IS_PLAIN = 0.2  # above this share of lines with one leading space, the space says nothing
_SOME = 3  # lines from which something is usual
_FULL = (0.9, 1.15)  # of a full line: what leaves room, and what no width cut
_HEAD_WIDTH = 120
_HEAD_PASSES = 3  # a running head or foot has at most three lines


@dataclass(frozen=True)
class Line:
    """A line that is text. `gap`: blank lines stand before it; `page`: a page begins with it; `before`: letters that stand
    before the text on the same line, as a heading does."""

    number: int
    text: str
    gap: bool
    page: bool
    before: int = 0

    @property
    def opens(self) -> bool:
        return self.gap or self.page


def is_terminal(text: str) -> bool:
    """Whether a sentence or an item ends with this text."""
    return bool(_TERMINAL.search(text))


def starts_lower(text: str) -> bool:
    return unicodedata.normalize("NFC", text[:2])[:1].islower()


def goes_on(before: Line, line: Line) -> bool:
    """Whether a sentence goes on from the one line to the other: in lower case, or with a number."""
    on = starts_lower(line.text) or (line.text[:1].isdigit() and not _MARKED.match(line.text))
    return on and not is_terminal(before.text)


def full_width(lines: Sequence[Line]) -> int:
    """How many letters a full line has: nine in ten of those that go on in the next have no more; 0 if lines are not cut."""
    cut = sorted(len(a.text) + a.before for a, b in pairwise(lines) if not b.opens and goes_on(a, b))
    return cut[len(cut) * 9 // 10] if len(cut) >= _SOME else 0


def ends_early(before: Line, line: Line, full: int) -> bool:
    """Whether a line ends where no width of `full` letters cut it: the next word had room, or it is wider than all."""
    said = len(before.text) + before.before
    room = said + 1 + len(line.text.split(" ", 1)[0]) <= _FULL[0] * full
    return full > 0 and (room or said > _FULL[1] * full)


def body_lines(lines: tuple[str, ...]) -> list[Line]:
    """The lines of text in order, each with its number in the file."""
    kept = _without(_flagged(lines), _page_number_lines)
    kept = _without(kept, _numbered_titles)
    for _ in range(_HEAD_PASSES):
        kept = _without(kept, _running_heads)
    return _without(kept, _contents)


def _flagged(lines: tuple[str, ...]) -> list[Line]:
    single = sum(_one_space(line) for line in lines)
    spaced = single <= max(3, _INDENTED_IS_PLAIN * sum(1 for line in lines if line.strip()))
    flagged: list[Line] = []
    blanks: list[float] = []  # before each
    blank, page = inf, True
    for number, raw in enumerate(lines, 1):
        for index, piece in enumerate(raw.split("\f")):
            page = page or index > 0
            text = _SPACES.sub(" ", piece).strip()
            if not text or _RULE.fullmatch(text):
                blank += inf if text else "\f" not in raw
                continue
            flagged.append(Line(number, text, blank > 0, page or (spaced and not blank and _one_space(piece))))
            blanks.append(blank)
            blank, page = 0, False
    usual = _usual_blanks(flagged, blanks)
    return [replace(line, gap=blank > usual) for line, blank in zip(flagged, blanks, strict=True)] if usual else flagged


def _usual_blanks(lines: list[Line], blanks: list[float]) -> float:
    """How many blank lines stand between two lines of one sentence: 0 but in a text that is spaced out."""
    pairs = zip(pairwise(lines), blanks[1:], strict=True)
    inside = sorted(blank for (a, b), blank in pairs if starts_lower(b.text) and not is_terminal(a.text))
    return inside[len(inside) // 2] if len(inside) >= max(_SOME, len(lines) / 10) else 0


def _one_space(text: str) -> bool:
    return text[:1] == " " and not text[1:2].isspace() and text[1:2] != ""


def _without(lines: list[Line], find: Callable[[list[Line]], set[int]]) -> list[Line]:
    """Drops the furniture at the indexes found; what follows it begins a page, after its blank lines if
    any."""
    drop = find(lines)
    kept: list[Line] = []
    gap = page = False
    for index, line in enumerate(lines):
        if index in drop:
            gap, page = gap or line.gap, True
        else:
            kept.append(replace(line, gap=line.gap or gap, page=line.page or page) if gap or page else line)
            gap = page = False
    return kept


def _page_number_lines(lines: list[Line]) -> set[int]:
    found = set()
    for index, line in enumerate(lines):
        last = index + 1 == len(lines)
        alone = line.opens or last or lines[index + 1].opens
        after_word = index > 0 and is_cut(lines[index - 1].text)
        if _PAGE_OF.fullmatch(line.text) or (alone and not after_word and _PAGE_NUMBER.fullmatch(line.text)):
            found.add(index)
    return found


def _numbered_titles(lines: list[Line]) -> set[int]:
    """Lines that say a page number and the words with which the document opens, or as many as have room."""
    opening = _plain(lines[0].text) if lines else ""
    found = set()
    for index, line in enumerate(lines[1:], 1):
        numbered = _NUMBERED.fullmatch(line.text) if len(line.text) <= _HEAD_WIDTH else None
        said = _plain(numbered["after"] or numbered["before"]) if numbered else ""
        if len(said) >= _LEAST_TITLE and opening.startswith(said):
            found.add(index)
    return found


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _running_heads(lines: list[Line]) -> set[int]:
    """Lines that stand at the top or foot of most pages and nowhere else. The first, if it opens the
    document, stays: it may be the title."""
    edges = {index for index, line in enumerate(lines) if line.page}
    if len(edges) < 2:
        return set()
    pages = len(edges)
    edges |= {index - 1 for index in edges if index} | {len(lines) - 1}
    keys = [_key(line.text) if _may_be_head(line.text) else "" for line in lines]
    everywhere = Counter(keys)
    at_edges = Counter(keys[index] for index in edges)
    enough = max(2, pages / 2)
    heads = {key for key, count in at_edges.items() if key and count >= enough and everywhere[key] - count <= 1}
    first_heading = next((index for index, line in enumerate(lines) if worded(line.text)), len(lines))
    found = [index for index, key in enumerate(keys) if key in heads]
    opening = {key: keys.index(key) for key in heads}
    return {index for index in found if index != opening[keys[index]] or index > first_heading}


def _may_be_head(text: str) -> bool:
    return len(text) <= _HEAD_WIDTH and not is_terminal(text) and not _MARKED.match(text) and worded(text) is None


def _key(text: str) -> str:
    """What is the same from page to page: letters without case, numbers without value."""
    return re.sub(r"\d+", "#", unicodedata.normalize("NFC", text).casefold())


def _contents(lines: list[Line]) -> set[int]:
    """The entries of a table of contents: lines that end with leaders and a page number, and those glued
    before."""
    found: set[int] = set()
    start = 0
    for index, line in enumerate(lines):
        if line.opens:
            start = index
        if line.text[-1:].isalnum() and _LEADER.search(line.text):
            found.update(range(start, index + 1))
            start = index + 1
    titles = {index for index, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)} if found else set()
    return found | titles
