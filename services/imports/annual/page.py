"""The page of an annual report as headings and passages: wrapped lines joined, however many blank ones stand between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from domain.words import plain
from services.imports.annual.sections import TOP, Role, role_of, unnumbered, unslipped
from services.imports.annual.wrapping import (
    OPEN,
    TERMINAL,
    begins_lower,
    is_wrapped,
    usual_gap,
    usual_width,
    without_furniture,
)
from services.imports.documents.document import Document, Line, Table
from services.imports.paragraphs import join

_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+(?=\S)")
_ORDINAL = re.compile(r"\d+(?:e|er|re|es|st|nd|rd|th)\b")
_WORDS = re.compile(r"\w+(?:[-‐‑]\w+)*")
_ACRONYM = re.compile(r"\(?[A-ZÀ-Þ][A-ZÀ-Þ0-9-]{1,9}\)?")
_ENTRY = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&-]+(?: |$)")  # of a list of acronyms
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
    flows: bool = True
    words: frozenset[str] = frozenset()
    role: Role = "other"
    top: Role = "other"
    name: int = 0  # lines that still belong to the name of an ally
    heading: list[Line] = field(default_factory=list)
    passage: list[Line] = field(default_factory=list)

    def blocks(self) -> Iterator[Heading | Passage]:
        lines = [block for block in without_furniture(self.document.blocks) if isinstance(block, Line)]
        self.gap, self.width, self.flows = usual_gap(lines), usual_width(lines), is_wrapped(self.document, lines)
        self.words = frozenset(word for line in lines for word in _WORDS.findall(line.text.casefold()))
        kept = list(without_furniture(self.document.blocks))
        for at, block in enumerate(kept):
            if isinstance(block, Table):
                yield from self._ended()
                yield from _rows(block)
            else:
                below = takewhile(lambda each: isinstance(each, Line), kept[at + 1 : at + 1 + _LINES_OF_HEADING])
                yield from self._line(block, [each for each in below if isinstance(each, Line)])
        yield from self._ended()

    def _line(self, line: Line, below: Sequence[Line]) -> Iterator[Heading | Passage]:
        if self.name:
            self.heading.append(line)
            self.name -= 1
            return
        if self._is_heading(line, below):
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
            text = self._joined(self.heading)
            role = role_of(text)
            if self.top == "alliances" and role not in TOP:
                role = None  # the name of an ally
            self.role, self.top = role or "other", role if role in TOP and role else self.top
            yield Heading(text.rstrip(" :"), self.heading[0].place.line, role)
        if self.passage:
            text = self._joined(self.passage)
            first, last = self.passage[0], self.passage[-1]
            for start in range(0, len(text), MOST):
                mark, lines = (first.mark or _number(first), tuple(self.passage)) if start == 0 else ("", ())
                yield Passage(text[start : start + MOST], first.place.line, last.place.line, mark, lines)
        self.heading, self.passage = [], []

    def _joined(self, lines: Sequence[Line]) -> str:
        """Their words as one text, whatever the blanks between them: each format keeps others."""
        return " ".join(join([line.text for line in lines], self.words).split())

    def _is_heading(self, line: Line, below: Sequence[Line]) -> bool:
        following = below[0] if below else None
        if line.mark or len(line.text) > _LONGEST_HEADING:
            return False
        if line.style:
            return True
        known, capitals = role_of(line.text), self._capitals(line)
        above = role_of(" ".join(each.text for each in self.heading)) if self.heading else self.top
        if above == "acronyms":
            over = self._alone(line) and following is not None and not _ENTRY.match(following.text)
            return known is not None and (capitals or (known in TOP and line.text[:1].isupper() and over))
        if capitals:
            return bool(self.heading) or known is not None or self._free(line)
        if above == "alliances" and line.text[:1].isupper() and known is None and self._names_an_ally(line, below):
            return True
        if not unnumbered(line.text)[:1].isupper() or (
            following is not None and begins_lower(following) and not following.mark
        ):
            return False
        if known is not None and (line.text.endswith(":") or len(line.text.split()) <= _FEW):
            sure = line.text.endswith(":") or (known in TOP and self._alone(line))
            return self._free(line) or sure
        return line.bold and not TERMINAL.search(line.text) and self._free(line)

    def _alone(self, line: Line) -> bool:
        """Whether a short line stands by itself: it is no part of a sentence that the line above leaves open."""
        above = self.passage[-1].text if self.passage else ""
        short = len(line.text) < _SHORT * self.width and len(line.text.split()) <= _WORDS_OF_SECTION
        return short and not OPEN.search(above)

    def _capitals(self, line: Line) -> bool:
        """In capitals; under a line of a heading, a short acronym too."""
        return is_capitals(line.text) or bool(self.heading and _ACRONYM.fullmatch(line.text))

    def _names_an_ally(self, line: Line, below: Sequence[Line]) -> bool:
        """Among alliances, a short line without an end, or a few such lines, with a paragraph under them, is a name even in
        small letters."""
        if self.passage and not (TERMINAL.search(self.passage[-1].text) and self._free(line)):
            return False
        name = list(takewhile(self._may_name, [line, *below])) if self.flows else [line]
        for at, (last, text) in enumerate(zip(name, below, strict=False)):
            over = not (OPEN.search(last.text) or begins_lower(text) or text.mark)
            if over and len(text.text) > len(last.text):
                few = sum(len(each.text.split()) for each in name[: at + 1]) <= _WORDS_OF_NAME
                self.name = at if few and self._may_name(line) else 0
                return few and self._may_name(line)
        return False

    def _may_name(self, line: Line) -> bool:
        short = len(line.text) < _SHORT * self.width or not self.flows
        return short and not TERMINAL.search(line.text) and not line.mark

    def _free(self, line: Line) -> bool:
        """Whether what stands above is over: a heading may stand here."""
        if not self.passage:
            return True
        last = self.passage[-1]
        return bool(TERMINAL.search(last.text)) or self._apart(last, line) or line.opens_page or not self.flows

    def _same_heading(self, line: Line) -> bool:
        """Whether a line of a heading goes on with the one above."""
        if not self.heading:
            return True
        if len(self.heading) >= _LINES_OF_HEADING:
            return False
        whole = " ".join(each.text for each in self.heading)
        above = self.heading[-1]
        if self._apart(above, line) or line.style or above.style or whole.endswith(":") or not self._capitals(line):
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
            return bool(line.mark) or bool(TERMINAL.search(last.text)) or bool(_number(self.passage[0]))
        if not self.flows:
            return True
        if not TERMINAL.search(last.text):
            return (
                self._apart(last, line)
                and line.place.line - last.place.line - 1 > self.gap + 1
                and not begins_lower(line)
            )
        over = self._apart(last, line) or len(last.text) < _SHORT * self.width
        return over and not begins_lower(line)


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals; the small letters of an ordinal aside."""
    letters = [letter for letter in _ORDINAL.sub("", unslipped(text)) if letter.isalpha()]
    return len(letters) >= 4 and all(letter.isupper() for letter in letters) and not text.endswith(".")


def _number(line: Line) -> str:
    match = _NUMBERED.match(line.text)
    return match[0].strip() if match else ""


def _rows(table: Table) -> Iterator[Passage]:
    for row in table.rows:
        cells = tuple(cell.text for cell in row.cells)
        if any(cells):
            yield Passage(" – ".join(filter(None, cells)), row.place.line, row.place.line, cells=cells)


def caption(text: str) -> bool:
    """Whether a passage is what stands under a picture."""
    return bool(re.search(r"\b(?:source|photo|credit|image|illustration)s? ?: ", plain(text))) and len(text) < 250
