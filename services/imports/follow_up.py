"""A follow-up report (“Suivi des résolutions”) read into cases. Pure: the same text gives the same report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from domain.errors import Invalid
from services.imports import notices
from services.imports.assembly import hint, names_report, split_title
from services.imports.headings import missing, suggests_heading
from services.imports.lines import Line, body_lines, full_width, is_terminal
from services.imports.outline import OPENING, Section, outline
from services.imports.paragraphs import limbs, reflow, vocabulary
from services.imports.reading import Source
from services.imports.report import Block, Paragraph, Problem, Report
from services.imports.titles import read_titles

_SHORT = 80  # characters of a line that may be an unread heading


def recognise(source: Source) -> Literal["follow-up"] | None:
    """Whether a text is a follow-up report: it says so at its beginning and has a heading of a resolution,
    or has two that say “résolution”."""
    lines = body_lines(source.lines)
    _, sections = outline(lines)
    if names_report(" ".join(line.text for line in lines[:OPENING])):
        return "follow-up" if sections else None
    spoken = [section for section in sections if not section.printed[:1].isdigit()]
    return "follow-up" if len(spoken) > 1 else None


def parse(source: Source) -> Report:
    """Every resolution of the report with its titles and paragraphs, and every problem with its line."""
    lines = body_lines(source.lines)
    words, full = vocabulary(lines), full_width(lines)
    before, sections = outline(lines)
    title, stray = split_title(reflow(before, words))
    read = [_block(section, words, full) for section in sections]
    blocks = tuple(block for block, _ in read)
    problems = [problem for _, found in read for problem in found]
    problems += _of_whole(source, blocks, stray)
    problems += _unread(lines, sections, stray)
    numbers = [number for block in blocks for number in block.numbers]
    problems.sort(key=lambda problem: problem.line)
    return Report(title, hint(title), blocks, missing(numbers), tuple(problems), stray)


def _block(section: Section, words: frozenset[str], full: int) -> tuple[Block, list[Problem]]:
    numbers = section.heading.numbers
    titles = read_titles(numbers, section.lines, words, full)
    paragraphs = reflow(titles.body, words)
    facts = {"number": numbers[0], "line": section.line}
    problems = []
    if not titles.of:
        problems.append(_warning(section.line, notices.NoTitle(**facts)))
    elif titles.found != len(numbers):
        uncounted = notices.TitlesUncounted(line=section.line, numbers=len(numbers), titles=titles.found)
        problems.append(_warning(section.line, uncounted))
    if not paragraphs:
        problems.append(_warning(section.line, notices.NoReport(**facts)))
    named = titles.of or dict.fromkeys(numbers, section.printed)
    return Block(numbers, named, section.printed, section.line, paragraphs, limbs(paragraphs)), problems


def _of_whole(source: Source, blocks: Sequence[Block], stray: Sequence[Paragraph]) -> Iterable[Problem]:
    if not blocks:
        yield Problem(1, "error", notices.NoHeading(name=source.name))
    elif stray:
        first = stray[0].first_line
        yield _warning(first, notices.StrayText(line=first))
    seen: dict[str, int] = {}
    for block in blocks:
        for number in block.numbers:
            if number in seen:
                twice = notices.NumberTwice(number=number, first=seen[number], line=block.line)
                yield Problem(block.line, "error", twice)
            seen.setdefault(number, block.line)


def _unread(lines: Sequence[Line], sections: Sequence[Section], stray: Sequence[Paragraph]) -> Iterable[Problem]:
    """Lines in capitals that open like a heading and are none: in the text of a case, or before the first."""
    headings = {section.line for section in sections}
    loose = {number for item in stray for number in range(item.first_line, item.last_line + 1)}
    start = min(headings, default=0)
    for line in lines:
        inside = sections and line.number > start and line.number not in headings
        if (inside or line.number in loose) and line.opens and _may_be_heading(line.text):
            yield _warning(line.number, notices.HeadingUnread(line=line.number, heading=line.text))


def _may_be_heading(text: str) -> bool:
    return len(text) <= _SHORT and not is_terminal(text) and suggests_heading(text) and not names_report(text)


def _warning(line: int, notice: Invalid) -> Problem:
    return Problem(line, "warning", notice)
