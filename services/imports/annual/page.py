"""The page of an annual report as headings and passages: wrapped lines joined, however many blank ones stand between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from domain.words import plain
from services.imports.annual.sections import TOP, Role, role_of, unslipped
from services.imports.documents.document import Block, Document, Line, Table
from services.imports.paragraphs import join

_TERMINAL = re.compile(r"[.!?…:;][»”\")\]\s]*$")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?[-–]? ?\d{1,3} ?[-–]?(?: ?(?:/|de|sur|of) ?\d{1,3})?", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:e|er|re|es|st|nd|rd|th)\b")
_WORDS = re.compile(r"\w+(?:[-‐‑]\w+)*")
_ACRONYM = re.compile(r"\(?[A-ZÀ-Þ][A-ZÀ-Þ0-9-]{1,9}\)?")
_SHORT = 0.72  # of the width of the page: a line that ends a sentence before there ends a paragraph
_LONGEST_HEADING = 160
_LINES_OF_HEADING = 8
_LINES_OF_PASSAGE = 500
MOST = 20_000  # letters of a passage: what is longer is read in pieces
_WORDS_OF_SECTION = 4
_FEW, _WORDS_OF_NAME = 6, 14  # words of a heading in small letters; of the name of an ally


@dataclass(frozen=True)
class Heading:
    """A heading: its words on one line, the section it announces if the table knows it."""

    text: str
    line: int
    role: Role | None = None


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list (`mark`), or the cells of a row of a table. `lines`: its lines as printed."""

    text: str
    first_line: int
    last_line: int
    mark: str = ""
    lines: tuple[Line, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """What stands under one heading. `top`: the section that it is part of."""

    heading: Heading
    top: Role
    passages: tuple[Passage, ...] = ()

    @property
    def role(self) -> Role:
        """What it holds by its own heading, else by the section that it is part of."""
        return self.heading.role or self.top


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document in order; what stands before the first heading is the first."""
    found: list[tuple[Heading, Role, list[Passage]]] = [(Heading("", 1), "other", [])]
    for block in _Page(document).blocks():
        if isinstance(block, Passage):
            found[-1][2].append(block)
            continue
        top = found[-1][1]
        role = block.role if block.role in TOP else None
        found.append((block, role or top, []))
    return tuple(Section(heading, top, tuple(passages)) for heading, top, passages in found)


@dataclass
class _Page:
    """Cuts the lines of a document. `gap`: how many blank lines stand between two that belong together."""

    document: Document
    gap: int = 0
    width: int = 80
    words: frozenset[str] = frozenset()
    role: Role = "other"
    top: Role = "other"
    heading: list[Line] = field(default_factory=list)
    passage: list[Line] = field(default_factory=list)

    def blocks(self) -> Iterator[Heading | Passage]:
        lines = [block for block in _kept(self.document.blocks) if isinstance(block, Line)]
        self.gap, self.width = _usual_gap(lines), _usual_width(lines)
        self.words = frozenset(word for line in lines for word in _WORDS.findall(line.text.casefold()))
        kept = list(_kept(self.document.blocks))
        for block, following in zip(kept, [*kept[1:], None], strict=True):
            if isinstance(block, Table):
                yield from self._ended()
                yield from _rows(block)
            else:
                yield from self._line(block, following if isinstance(following, Line) else None)
        yield from self._ended()

    def _line(self, line: Line, following: Line | None) -> Iterator[Heading | Passage]:
        if self._is_heading(line, following):
            if self.passage or not self._same_heading(line):
                yield from self._ended()
            self.heading.append(line)
            return
        if self.heading or not self.passage or self._begins(line):
            yield from self._ended()
        self.passage.append(line)

    def _ended(self) -> Iterator[Heading | Passage]:
        """What was gathered so far, whole."""
        if self.heading:
            text = join([line.text for line in self.heading], self.words)
            role = role_of(text)
            if self.top == "alliances" and role not in TOP:
                role = None  # the name of an ally
            self.role, self.top = role or "other", role if role in TOP and role else self.top
            yield Heading(text.rstrip(" :"), self.heading[0].place.line, role)
        if self.passage:
            text = join([line.text for line in self.passage], self.words)
            first, last = self.passage[0], self.passage[-1]
            for start in range(0, len(text), MOST):
                mark, lines = (first.mark or _number(first), tuple(self.passage)) if start == 0 else ("", ())
                yield Passage(text[start : start + MOST], first.place.line, last.place.line, mark, lines)
        self.heading, self.passage = [], []

    def _is_heading(self, line: Line, following: Line | None) -> bool:
        if line.mark or len(line.text) > _LONGEST_HEADING:
            return False
        if line.style:
            return True
        known, capitals = role_of(line.text), self._capitals(line)
        above = role_of(" ".join(each.text for each in self.heading)) if self.heading else self.top
        if above == "acronyms":
            return known is not None and capitals
        if capitals:
            return bool(self.heading) or known is not None or self._free(line)
        if not line.text[:1].isupper() or (following is not None and _lower(following) and not following.mark):
            return False
        if known is not None and (line.text.endswith(":") or len(line.text.split()) <= _FEW):
            sure = line.text.endswith(":") or (known in TOP and self._alone(line))
            return self._free(line) or sure
        if above == "alliances" and self._names_an_ally(line, following):
            return True
        return line.bold and not _TERMINAL.search(line.text) and self._free(line)

    def _alone(self, line: Line) -> bool:
        """Whether a short line stands by itself: it is no part of a sentence that the line above leaves open."""
        above = self.passage[-1].text if self.passage else ""
        open_ended = bool(re.search(r"(?:[-,’']|\b(?:d[eu]s?|la|les?|l|et|à|aux?|en|pour|of|the|and|to|in))$", above))
        return len(line.text) < _SHORT * self.width and len(line.text.split()) <= _WORDS_OF_SECTION and not open_ended

    def _capitals(self, line: Line) -> bool:
        """In capitals; under a line of a heading, a short acronym too."""
        return is_capitals(line.text) or bool(self.heading and _ACRONYM.fullmatch(line.text))

    def _names_an_ally(self, line: Line, following: Line | None) -> bool:
        """Among alliances, a short line without an end, with a paragraph under it, is a name even in small letters."""
        short = len(line.text) < _SHORT * self.width or not _flows(self.document)
        alone = short and not _TERMINAL.search(line.text) and len(line.text.split()) <= _WORDS_OF_NAME
        over = not self.passage or (bool(_TERMINAL.search(self.passage[-1].text)) and self._free(line))
        return alone and over and following is not None and not following.mark and len(following.text) > len(line.text)

    def _free(self, line: Line) -> bool:
        """Whether what stands above is over: a heading may stand here."""
        if not self.passage:
            return True
        last = self.passage[-1]
        return (
            bool(_TERMINAL.search(last.text)) or self._apart(last, line) or line.opens_page or not _flows(self.document)
        )

    def _same_heading(self, line: Line) -> bool:
        """Whether a line of a heading goes on with the one above."""
        if not self.heading:
            return True
        if len(self.heading) >= _LINES_OF_HEADING:
            return False
        whole = " ".join(each.text for each in self.heading)
        if self._apart(self.heading[-1], line) or line.style or whole.endswith(":") or not self._capitals(line):
            return False
        if role_of(whole) is not None and role_of(line.text) is not None:
            return False
        both = role_of(f"{whole} {line.text}")
        return both is not None if role_of(whole) is not None else True

    def _apart(self, above: Line, line: Line) -> bool:
        return line.place.line - above.place.line - 1 > self.gap

    def _begins(self, line: Line) -> bool:
        """Whether a paragraph or an item begins here."""
        last = self.passage[-1]
        if len(self.passage) >= _LINES_OF_PASSAGE:
            return True
        if line.mark or _NUMBERED.match(line.text):
            return bool(line.mark) or bool(_TERMINAL.search(last.text)) or bool(_number(self.passage[0]))
        if not _flows(self.document):
            return True
        if not _TERMINAL.search(last.text):
            return self._apart(last, line) and line.place.line - last.place.line - 1 > self.gap + 1 and not _lower(line)
        over = self._apart(last, line) or len(last.text) < _SHORT * self.width
        return over and not _lower(line)


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals; the small letters of an ordinal aside."""
    letters = [letter for letter in _ORDINAL.sub("", unslipped(text)) if letter.isalpha()]
    return len(letters) >= 4 and all(letter.isupper() for letter in letters) and not text.endswith(".")


def _flows(document: Document) -> bool:
    """Whether lines are wrapped in the document, or each is a paragraph."""
    return document.format in ("text", "pdf")


def _number(line: Line) -> str:
    match = _NUMBERED.match(line.text)
    return match[0].strip() if match else ""


def _lower(line: Line) -> bool:
    return line.text[:1].islower() or line.text[:1] in ",;:)»"


def _furniture(line: Line) -> bool:
    """Page numbers and empty lines."""
    return not line.text.strip() or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def _kept(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without furniture; a number after a cut word belongs to it."""
    above = ""
    for block in blocks:
        if isinstance(block, Table) or not _furniture(block) or (block.text.strip() and above.endswith("-")):
            yield block
            above = block.text if isinstance(block, Line) else ""


def _usual_gap(lines: Sequence[Line]) -> int:
    """How many blank lines stand between two lines of one sentence, for the most part."""
    pairs = pairwise(lines)
    gaps = Counter(
        below.place.line - above.place.line - 1 for above, below in pairs
        if _lower(below) and not _TERMINAL.search(above.text) and not below.mark
    )  # fmt: skip
    return min(gaps.most_common(1)[0][0], 2) if gaps else 0


def _usual_width(lines: Sequence[Line]) -> int:
    """How long a full line is."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 80


def _rows(table: Table) -> Iterator[Passage]:
    for row in table.rows:
        cells = tuple(cell.text for cell in row.cells)
        if any(cells):
            yield Passage(" – ".join(filter(None, cells)), row.place.line, row.place.line, cells=cells)


def caption(text: str) -> bool:
    """Whether a passage is what stands under a picture."""
    return bool(re.search(r"\b(?:source|photo|credit|image|illustration)s? ?: ", plain(text))) and len(text) < 250
