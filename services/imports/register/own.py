"""A register that was printed here, read by its own headings: in any format, the eight of them say what every cell holds.
What is merged over several numbers is said once of their bundle; a CSV cannot say it, and each number is a case there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from domain.directory import Fate
from domain.errors import Invalid
from domain.words import plain
from projections.phrases.catalogue import say
from projections.phrases.registers import ADOPTED, FATES, HEADS
from projections.phrases.states import state_word
from services.imports import notices
from services.imports.assembly import hint
from services.imports.documents.document import Cell, Document, Line, Row
from services.imports.documents.formats import separator_of
from services.imports.documents.reading import source_of, words
from services.imports.documents.sheet_text import read_separated
from services.imports.headings import missing
from services.imports.own_report import SeveralAssemblies
from services.imports.register.columns import SKIP, Column
from services.imports.register.days import DayUnread, day_of
from services.imports.register.reading import DecisionUnread, Reading, StatusUnread, grid_of
from services.imports.register.statuses import Status, status_of
from services.imports.report import Block, Evidence, Paragraph, Problem, Proposal, Report
from workflows.library import library

FIELDS = ("number", "title", "sponsor", "decision", "adopted_on", SKIP, "response", "status")
EXTENTS = ("full", "partial", "temporary")  # how far what is done is done
NUMBER, TITLE, SPONSOR, DECISION, DAY, BODIES, ANSWER, STATE = range(8)
Cells = Sequence[Cell]


class BodiesAside(Invalid):
    """Whom a resolution was given to, in the column “{heading}”, was left aside: say it case by case, with “refer”."""


@dataclass
class _Told:
    """The rows of one assembly under its name, each with the line it stands on."""

    name: str
    headings: list[str]
    line: int
    rows: list[tuple[int, Cells]]


def read_own(document: Document, assembly: str | None) -> Reading | None:
    """The register that a document printed here holds, null for any other; of several assemblies the one of that key. Raises
    `SeveralAssemblies`."""
    told = list(_tables(document))
    if not told:
        return None
    keys = [found.key if (found := hint(one.name)) else None for one in told]
    chosen = told[keys.index(assembly)] if assembly in keys else told[0]
    if len(told) > 1 and assembly not in keys:
        raise SeveralAssemblies(file=document.name, known=[key for key in keys if key])
    columns = [Column(at, name, FIELDS[at], "high", True) for at, name in enumerate(chosen.headings)]
    return Reading(chosen.headings, columns, _report(chosen))


def _tables(document: Document) -> Iterator[_Told]:
    """Each of our tables with what stands above it: the name of its assembly."""
    above = ""
    separator = separator_of(document.text) if document.format == "csv" else None
    if separator:  # its lines are ours: none is a list
        document = read_separated(source_of(document), separator, apart=True)
    for block in document.blocks:
        if isinstance(block, Line):
            above = block.text
            continue
        rows = grid_of(block)
        headings = [" ".join(words(cell).split()) for cell in rows[0][1]] if rows else []
        if tuple(map(plain, headings)) in _heads():
            yield _Told(above, headings, rows[0][0].place.line, [_placed(row, cells) for row, cells in rows[1:]])


def _placed(row: Row, cells: list[Cell]) -> tuple[int, Cells]:
    return row.place.line, [*cells, *[Cell()] * (len(HEADS) - len(cells))]


@cache
def _heads() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(plain(say(head, lang)) for head in HEADS) for lang in ("fr", "en"))


def _report(told: _Told) -> Report:
    problems: list[Problem] = []
    fates: dict[str, Fate] = {}
    blocks, seen = list[Block](), dict[str, int]()
    if any(words(cells[BODIES]) for _, cells in told.rows):
        problems.append(Problem(told.line, "warning", BodiesAside(heading=told.headings[BODIES])))
    for line, rows in _bundles(told.rows):
        for number in (words(cells[NUMBER]) for cells in rows):
            if number in seen:
                twice = notices.NumberTwice(number=number, first=seen[number], line=line)
                problems.append(Problem(line, "error", twice))
            seen.setdefault(number, line)
        decision = words(rows[0][DECISION])
        fate = _fates().get(plain(decision))
        if fate is None:
            problems.append(Problem(line, "error", DecisionUnread(words=decision[:80])))
        elif fate == "adopted":
            blocks.append(_block(line, rows, problems))
        else:
            fates[words(rows[0][NUMBER])] = fate
    gaps = tuple(number for number in missing(seen) if number not in fates)
    return Report(told.name, hint(told.name), tuple(blocks), gaps, tuple(problems), fates=fates)


def _bundles(rows: Sequence[tuple[int, Cells]]) -> Iterator[tuple[int, list[Cells]]]:
    """The rows of each case: those over which its decision stands."""
    at = 0
    while at < len(rows):
        line, cells = rows[at]
        upto = at + max(1, cells[DECISION].down)
        yield line, [each for _, each in rows[at:upto]]
        at = upto


@cache
def _fates() -> dict[str, Fate]:
    said = {"adopted": ADOPTED, **FATES}
    return {plain(say(word, lang)): cast(Fate, fate) for fate, word in said.items() for lang in ("fr", "en")}


def _block(line: int, rows: Sequence[Cells], problems: list[Problem]) -> Block:
    numbers = tuple(words(cells[NUMBER]) for cells in rows)
    titles = {number: " ".join(words(cells[TITLE]).split()) for number, cells in zip(numbers, rows, strict=True)}
    first = rows[0]
    proposals = []
    for number, cells in zip(numbers, rows, strict=True):
        said = " ".join(words(cells[STATE]).split())
        status = _status(said) if said else None
        if said and status is None:
            problems.append(Problem(line, "warning", StatusUnread(words=said[:80])))
        elif status:
            part = number if words(rows[-1][STATE]) and len(rows) > 1 else None
            evidence = (Evidence(said, line, line),)
            proposals.append(Proposal(numbers[0], part, status.state, status.completion, evidence, status.confidence,
                                      status.alternatives))  # fmt: skip
    day = words(first[DAY])
    if day and day_of(day) is None:
        problems.append(Problem(line, "warning", DayUnread(words=day[:80])))
    paragraphs = tuple(
        Paragraph(f"{one.mark} {one.text}" if one.mark else one.text, line, line) for one in first[ANSWER].lines
    )
    return Block(
        numbers, titles, ", ".join(numbers), line, paragraphs, proposals=tuple(proposals),
        sponsor=" ".join(words(first[SPONSOR]).split()) or None, adopted_on=day_of(day),
    )  # fmt: skip


def _status(said: str) -> Status | None:
    """The state that our own words say; of a case whose parts stand elsewhere, that of the case."""
    known = _states()
    own = next((known[word] for word in sorted(known, key=len, reverse=True) if plain(said).startswith(word)), None)
    return own or status_of(said)


@cache
def _states() -> dict[str, Status]:
    workflow = library().latest("resolution")
    return {
        plain(state_word(workflow, state, completion, lang)): Status(state, completion)
        for state in workflow.states for completion in (EXTENTS if state == "done" else (None,)) for lang in ("fr", "en")
    }  # fmt: skip
