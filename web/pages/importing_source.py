"""The source of an import, line by line as it was given: what was recognised, what is to be looked at, what to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from services.imports.bringing import Bringing
from services.imports.follow_up_service import FollowUpImport
from services.imports.proposals import propose
from services.imports.report import Block, Problem, Proposal, Report
from services.imports.result import Result

AROUND = 3  # lines shown before and after a line that bears a sign
FOLDED = 3  # lines at least that are folded away together
SIGNS = {"error": "to-settle", "warning": "to-check"}


@dataclass(frozen=True)
class Line:
    """A line with its number; `sign`: read, to-check, to-settle or nothing; `cited`: a proposal rests on it."""

    number: int
    text: str
    sign: str = ""
    strong: bool = False
    cited: bool = False


@dataclass(frozen=True)
class Run:
    """Lines one after another; folded away where nothing in them asks for attention."""

    lines: tuple[Line, ...]
    folded: bool = field(default=False)

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


def rehearsed(bringing: Bringing) -> Result:
    """What it would do; where something keeps it from being recorded, with the states that the document suggests all the
    same."""
    result = bringing.rehearse()
    if not result.refused or not isinstance(bringing, FollowUpImport):
        return result
    read = [(f"{bringing.key}:{block.numbers[0]}", one)
            for block in bringing.report.blocks for one in propose(block, bringing.reference)]  # fmt: skip
    return replace(result, proposals=read)


def proposals_of(block: Block, following: Block | None, result: Result) -> list[Proposal]:
    """What is proposed for a block: by its number, and by its lines, where two blocks have the same number."""
    end = following.line if following else None
    return [
        one for _, one in result.proposals if one.number == block.numbers[0]
        and all(block.line <= each.first_line and (end is None or each.first_line < end) for each in one.evidence)
    ]  # fmt: skip


def source_lines(lines: Sequence[str], report: Report | None, result: Result) -> list[Line]:
    """Every line, with its sign."""
    heads = set(_heads(report.blocks, lines)) if report else set()
    cited = {n for _, p in result.proposals for e in p.evidence for n in range(e.first_line, e.last_line + 1)}
    signs = {one.evidence[0].first_line: SIGNS["warning"] for one in unsure(result)} | _signs(result.problems)
    return [
        Line(n, text.replace("\f", "").rstrip(), signs.get(n) or ("read" if n in heads and text.strip() else ""),
             n in heads, n in cited)
        for n, text in enumerate(lines, 1)
    ]  # fmt: skip


def runs(lines: Sequence[Line]) -> list[Run]:
    """The lines, with the long stretches between signs folded away."""
    near = {n for line in lines if line.sign for n in range(line.number - AROUND, line.number + AROUND + 1)}
    found: list[Run] = []
    for group, folded in _stretches(lines, near):
        if folded and len(group) < FOLDED:
            folded = False
        if found and not folded and not found[-1].folded:
            found[-1] = Run(found[-1].lines + group)
        else:
            found.append(Run(group, folded))
    return found


def _stretches(lines: Sequence[Line], near: set[int]) -> Iterator[tuple[tuple[Line, ...], bool]]:
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or (lines[place].number in near) != (lines[start].number in near):
            yield tuple(lines[start:place]), lines[start].number not in near
            start = place


def _heads(blocks: Iterable[Block], lines: Sequence[str]) -> Iterator[int]:
    """The lines of the headings, and of the titles under them: up to the first paragraph."""
    for block in blocks:
        yield block.line
        end = block.paragraphs[0].first_line if block.paragraphs else block.line + 1
        yield from range(block.line + 1, min(end, len(lines) + 1))


def unsure(result: Result) -> list[Proposal]:
    """The states that were read with less than high confidence, with what they rest on."""
    return [one for _, one in result.proposals if one.confidence != "high" and one.evidence]


def _signs(problems: Iterable[Problem]) -> dict[int, str]:
    """The sign of each line that something was said of; what is to be settled before what is to be looked at."""
    found: dict[int, str] = {}
    for problem in sorted(problems, key=lambda each: each.severity != "error"):
        found.setdefault(problem.line, SIGNS[problem.severity])
    return found


def page_of(lines: Sequence[str], line: int) -> int | None:
    """The page on which a line stands, where the document has pages."""
    breaks = [n for n, text in enumerate(lines, 1) if "\f" in text]
    return 1 + sum(n <= line for n in breaks) if breaks else None


def problems_of(block: Block, following: Block | None, problems: Iterable[Problem]) -> list[Problem]:
    """What was said of the lines of a block."""
    end = following.line if following else None
    return [one for one in problems if block.line <= one.line and (end is None or one.line < end)]
