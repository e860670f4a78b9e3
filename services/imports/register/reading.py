"""A register read into cases: the table with its headings, then each row as what its columns hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.directory import Fate
from domain.errors import Invalid
from services.imports import notices
from services.imports.assembly import hint
from services.imports.documents.document import Cell, Document, Row, Table
from services.imports.documents.reading import words
from services.imports.headings import missing
from services.imports.register import statuses
from services.imports.register.columns import (
    SKIP,
    Column,
    columns_of,
    faults,
    key,
    known_heading,
    read_mapping,
    signature,
)
from services.imports.register.days import DayUnread, day_of
from services.imports.register.mending import mended
from services.imports.register.numbers import numbers_of
from services.imports.report import Block, Evidence, Paragraph, Problem, Proposal, Report
from services.imports.tables import CellsApart

_TOP = 8  # rows among which the headings stand
_SPLITS = (" – ", " — ", " / ", "\n", ";")


class RegisterUnfound(Invalid):
    """“{file}” has no table that can be read as a register of resolutions: one is expected with its headings, a number and a title on each row."""  # noqa: E501 - one sentence


class RowUnnumbered(Invalid):
    """This row has no number: “{words}”. Give it one, or put its cells back in their place."""


class RegisterRowShifted(Invalid):
    """“{cell}” stands where a number is expected: a cell of this row was lost, or moved to another column."""


class RowLeft(Invalid):
    """This row holds “{words}” alone: it was left aside."""


class TableLeft(Invalid):
    """The table that begins here has other headings: it was left aside."""


class DecisionUnread(Invalid):
    """“{words}” is no decision that is known here. Those that are: adopted, defeated, withdrawn, referred, not reached."""


class StatusUnread(Invalid):
    """“{words}” says no state that is known here: it was kept as a note."""


@dataclass
class Reading:
    """A register as read: what its columns hold, and the cases that its rows become."""

    headings: list[str]
    columns: list[Column]
    report: Report

    @property
    def signature(self) -> str:
        return signature(self.headings)


@dataclass
class _Found:
    """The headings and the rows under them, each with its cells by column."""

    headings: list[str]
    line: int
    rows: list[tuple[Row, list[Cell]]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


def recognise(document: Document) -> float:
    """How sure it is that a document holds a register: headings of a number, of a title, and of what became of it."""
    found = _find(document, 2)
    said = {known_heading(heading) for heading in found.headings} if found else set[str | None]()
    if not {"number", "title"} <= said:
        return 0.0
    return 0.9 if said & {"response", "status", "decision"} else 0.4


def read_register(document: Document, said: Mapping[str, str], recall: Callable[[str], Mapping[str, str]]) -> Reading:
    """The register of a document. `said`: what a person says of its columns; `recall`: what was said before of a table with
    that signature. Raises `RegisterUnfound`, `MapUnread`, `ColumnUnknown`."""
    found = _find(document, 2) or _find(document, 0)
    if found is None:
        raise RegisterUnfound(file=document.name)
    told = {**recall(signature(found.headings)), **read_mapping(said, found.headings)}
    moved = _put_back(found, _columns(found, told))
    columns = _columns(found, told)
    problems = [Problem(found.line, "error", fault) for fault in faults(columns)]
    problems += [*moved, *(Problem(line, "warning", TableLeft()) for line in found.left)]
    rows = _Rows(columns, len(found.headings), problems)
    if not any(one.severity == "error" for one in problems):
        for row, cells in found.rows:
            rows.read(row, cells)
    before = [line.text for line in document.lines if line.place.line < found.line]
    title = next((text for text in before if hint(text)), before[0] if before else "")
    numbers = [number for block in rows.blocks for number in block.numbers]
    gaps = tuple(number for number in missing([*numbers, *rows.fates]) if number not in rows.fates)
    report = Report(title, hint(title), tuple(rows.blocks), gaps, tuple(problems), fates=rows.fates)
    return Reading(found.headings, columns, report)


def _columns(found: _Found, told: Mapping[str, str]) -> list[Column]:
    under = [
        [words(cells[at]) if at < len(cells) else "" for _, cells in found.rows] for at in range(len(found.headings))
    ]
    return columns_of(found.headings, under, told)


def _put_back(found: _Found, columns: Sequence[Column]) -> list[Problem]:
    """Puts back the cells of rows that moved under other headings, and says of which."""
    width = max((at for at, heading in enumerate(found.headings, 1) if heading), default=0)
    problems = []
    for index, (row, cells) in enumerate(found.rows):
        held, moved = mended(cells, columns, width)
        if moved:
            found.rows[index] = (row, [*held[:width], *[Cell()] * (len(found.headings) - width)])
            problems.append(Problem(row.place.line, "warning", moved))
    return problems


def _find(document: Document, least: int) -> _Found | None:
    """The first table with at least so many headings that are known; those after it with the same, or without any, go on."""
    found: _Found | None = None
    for table in document.tables:
        grid = grid_of(table)
        at = _heading_row(grid, least) if found is None else _same_headings(grid, found)
        if found is None and at is not None:
            row, cells = grid[at]
            found = _Found([" ".join(words(cell).split()) for cell in cells], row.place.line)
            found.rows += grid[at + 1 :]
        elif found is not None and (at is not None or len(grid[0][1]) == len(found.headings)):
            found.rows += grid[0 if at is None else at + 1 :]
        elif found is not None:
            found.left.append(table.place.line)
    return found


def _heading_row(grid: Sequence[tuple[Row, list[Cell]]], least: int) -> int | None:
    known = [sum(known_heading(words(cell)) is not None for cell in cells) for _, cells in grid[:_TOP]]
    best = max(range(len(known)), key=lambda at: (known[at], -at), default=None)
    return best if best is not None and known[best] >= least and len(grid[best][1]) > 1 else None


def _same_headings(grid: Sequence[tuple[Row, list[Cell]]], found: _Found) -> int | None:
    wanted = [key(heading) for heading in found.headings]
    return next((at for at, (_, cells) in enumerate(grid[:_TOP]) if [key(words(c)) for c in cells] == wanted), None)


def grid_of(table: Table) -> list[tuple[Row, list[Cell]]]:
    """Each row with a cell in every column that it has: what a cell covers is empty, but a number or a title that is merged
    down stands for each of its rows once."""
    grid: list[tuple[Row, list[Cell]]] = []
    below: dict[int, int] = {}
    for row in table.rows:
        cells: list[Cell] = []
        for cell in row.cells:
            while below.get(len(cells), 0):
                below[len(cells)] -= 1
                cells.append(Cell())
            for at in range(len(cells), len(cells) + cell.across):
                below[at] = cell.down - 1
            cells += [cell, *[Cell()] * (cell.across - 1)]
        while below.get(len(cells), 0):
            below[len(cells)] -= 1
            cells.append(Cell())
        grid.append((row, cells))
    return grid


class _Rows:
    """The rows of a register on their way into cases."""

    def __init__(self, columns: Sequence[Column], width: int, problems: list[Problem]) -> None:
        self.columns = [column for column in columns if column.field and column.field != SKIP]
        self.width, self.problems = width, problems
        self.blocks: list[Block] = []
        self.fates: dict[str, Fate] = {}
        self.first: dict[str, int] = {}

    def read(self, row: Row, cells: list[Cell]) -> None:
        """One row: a case, a number that the assembly settled, or what goes on with the case above."""
        line, said = row.place.line, [words(cell).strip() for cell in cells]
        if not any(said):
            return
        if len(cells) != self.width:
            self._problem(line, "error", CellsApart(n=len(cells), headings=self.width))
            return
        number = self._said("number", said)
        numbers = numbers_of(number)
        filled = [words for words in said if words]
        if numbers:
            self._case(line, numbers, number, said, cells)
        elif number and len(filled) == 1:
            self._problem(line, "warning", RowLeft(words=number[:80]))
        elif number:
            self._problem(line, "error", RegisterRowShifted(cell=number[:80]))
        elif self.blocks and not self._said("title", said):
            self.blocks[-1] = _longer(self.blocks[-1], self._paragraphs(cells, line))
        else:
            self._problem(line, "error", RowUnnumbered(words=filled[0][:80]))

    def _case(self, line: int, numbers: tuple[str, ...], heading: str, said: list[str], cells: list[Cell]) -> None:
        decision = self._said("decision", said)
        fate = statuses.fate_of(decision)
        for number in numbers:
            if number in self.first:
                self._problem(line, "error", notices.NumberTwice(number=number, first=self.first[number], line=line))
            self.first.setdefault(number, line)
        if fate is None:
            self._problem(line, "error", DecisionUnread(words=decision[:80]))
        elif fate != "adopted":
            self.fates |= dict.fromkeys(numbers, fate)
        else:
            self.blocks.append(self._block(line, numbers, heading, said, cells))

    def _block(self, line: int, numbers: tuple[str, ...], heading: str, said: list[str], cells: list[Cell]) -> Block:
        title, status, sponsor = (self._said(name, said) for name in ("title", "status", "sponsor"))
        if not title:
            self._problem(line, "warning", notices.NoTitle(number=numbers[0], line=line))
        paragraphs, proposals = self._paragraphs(cells, line), tuple[Proposal, ...]()
        if status and (found := statuses.status_of(status)):
            evidence = (Evidence(" ".join(status.split()), line, line),)
            proposals = (Proposal(numbers[0], None, found.state, found.completion, evidence, found.confidence,
                                  found.alternatives),)  # fmt: skip
        elif status:
            self._problem(line, "warning", StatusUnread(words=status[:80]))
            paragraphs = (*paragraphs, Paragraph(" ".join(status.split()), line, line))
        decision = " ".join(self._said("decision", said).split())
        day = self._said("adopted_on", said)
        if day and day_of(day) is None:
            self._problem(line, "warning", DayUnread(words=day[:80]))
        return Block(
            numbers, _titles(numbers, title or heading), heading, line, paragraphs, proposals=proposals,
            sponsor=" ".join(sponsor.split()) or None, vote=decision or None,
            text=self._said("text", said) or None, adopted_on=day_of(day),
        )  # fmt: skip

    def _paragraphs(self, cells: list[Cell], line: int) -> tuple[Paragraph, ...]:
        held = [cells[column.at] for column in self.columns if column.field == "response"]
        return tuple(
            Paragraph(f"{one.mark} {one.text}" if one.mark else one.text, line, line)
            for cell in held
            for one in cell.lines
        )

    def _said(self, name: str, said: list[str]) -> str:
        return next((said[column.at] for column in self.columns if column.field == name and said[column.at]), "")

    def _problem(self, line: int, severity: str, notice: Invalid) -> None:
        self.problems.append(Problem(line, "error" if severity == "error" else "warning", notice))


def _longer(block: Block, more: tuple[Paragraph, ...]) -> Block:
    return replace(block, paragraphs=(*block.paragraphs, *more))


def _titles(numbers: tuple[str, ...], title: str) -> dict[str, str]:
    """The title of each number: its own where there are as many, else the whole."""
    for split in _SPLITS:
        parts = [" ".join(part.split()) for part in title.split(split) if part.strip()]
        if len(numbers) > 1 and len(parts) == len(numbers):
            return dict(zip(numbers, parts, strict=True))
    return dict.fromkeys(numbers, " ".join(title.split()))
