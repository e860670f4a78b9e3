"""A follow-up report that was printed here, read by its own headings and paragraphs: nothing is guessed of where a title
ends or a sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from domain.errors import Invalid
from projections.phrases.catalogue import say
from projections.phrases.reports import BETWEEN, OWN
from services.imports import notices
from services.imports.assembly import hint, names_report
from services.imports.documents.document import Document, Line
from services.imports.headings import Heading, missing, worded
from services.imports.paragraphs import limbs
from services.imports.report import AssemblyHint, Block, Paragraph, Problem, Report

_LABEL = re.compile(r"(?:SUIVI\s|FOLLOW-UP,\s)?R[ÉE]SOLUTIONS?\s(?P<numbers>.+)")
_NUMBER = re.compile(r"[\w.-]+")


class SeveralAssemblies(Invalid):
    """“{file}” follows up the resolutions of several assemblies: say which of them is to be brought in. Those that it names: {known}."""  # noqa: E501 - one sentence


@dataclass
class _Case:
    """A heading, its titles as they stand under it, and the lines that follow."""

    heading: Heading
    label: Line
    titles: list[str] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


@dataclass
class _Group:
    """The cases of one assembly under its name; the first group has what stands above all of them."""

    above: list[str]
    cases: list[_Case] = field(default_factory=list)

    @property
    def assembly(self) -> AssemblyHint | None:
        return hint(" ".join(self.above))


def is_own(document: Document) -> bool:
    """Whether it was printed here, says what it follows up, and has headings of resolutions."""
    return len(_read(document)) > 1


def read_own(document: Document, assembly: str | None) -> Report | None:
    """The report that a document printed here holds, null for any other; of several assemblies the one of that key. Raises
    `SeveralAssemblies`."""
    read = _read(document)
    if not read:
        return None
    front, *told = read
    chosen = next((group for group in told if group.assembly and group.assembly.key == assembly), None)
    if chosen is None and len(told) > 1:
        known = [group.assembly.key for group in told if group.assembly]
        raise SeveralAssemblies(file=document.name, known=known)
    group = chosen or told[0]
    title = " ".join(front.above if len(told) == 1 else group.above)
    blocks = tuple(_block(case) for case in group.cases)
    numbers = [number for block in blocks for number in block.numbers]
    problems = tuple(sorted(_problems(group.cases), key=lambda one: one.line))
    return Report(title, group.assembly or hint(title), blocks, missing(numbers), problems)


def _read(document: Document) -> list[_Group]:
    """The front, then the assemblies that something is told of; nothing of a document that is no report of ours."""
    if not document.made_here or any(document.tables):
        return []
    front, *groups = _groups(document.lines)
    told = [group for group in groups if group.cases]
    return [front, *told] if told and names_report(" ".join(front.above)) else []


def _groups(lines: Iterator[Line]) -> list[_Group]:
    """The front, then a group for each name of an assembly, or one where none is named."""
    groups = [_Group([]), _Group([])]
    told = True  # the line above is no heading
    for line in lines:
        if not line.style:
            told = True
            if groups[-1].cases:
                groups[-1].cases[-1].body.append(line)
            continue
        if groups[-1].cases and not told:
            groups[-1].cases[-1].titles.append(_words(line))
            continue
        heading = _heading(line.text)
        if heading:
            groups[-1].cases.append(_Case(heading, line))
            told = False
        elif groups[-1].cases:
            groups.append(_Group([line.text]))
        else:
            groups[0 if not groups[0].above or not told else -1].above.append(line.text)
            told = False
    return groups


def _heading(text: str) -> Heading | None:
    """The numbers as they are printed between dashes, whatever they look like; of one that was typed over, as of any."""
    said = _LABEL.fullmatch(text)
    numbers = tuple(said["numbers"].split(BETWEEN)) if said else ()
    return Heading(numbers, "") if numbers and all(map(_NUMBER.fullmatch, numbers)) else worded(text)


def _block(case: _Case) -> Block:
    numbers = case.heading.numbers
    titles = _titles(numbers, case.titles)
    paragraphs = tuple(Paragraph(said, one.place.line, one.place.line) for one in case.body if (said := _said(one)))
    label, line = case.label.text, case.label.place.line
    return Block(numbers, titles or dict.fromkeys(numbers, label), label, line, paragraphs, limbs(paragraphs))


def _titles(numbers: tuple[str, ...], lines: Sequence[str]) -> dict[str, str]:
    """One on each line, or all on one between dashes; else each number has the whole."""
    if not lines:
        return {}
    for titles in (lines, " ".join(lines).split(BETWEEN)):
        if len(titles) == len(numbers):
            return dict(zip(numbers, titles, strict=True))
    return dict.fromkeys(numbers, " ".join(lines))


def _said(line: Line) -> str:
    """What a line says; nothing for what a report says by itself."""
    said = _words(line)
    return "" if _own().fullmatch(" ".join(said.split())) else said


def _words(line: Line) -> str:
    """With its sign."""
    return f"{line.mark} {line.text}" if line.mark else line.text


@cache
def _own() -> re.Pattern[str]:
    told = (say(template, lang, day="\0", numbers="\0") for template in OWN for lang in ("fr", "en"))
    return re.compile("|".join(re.escape(" ".join(each.split())).replace("\0", ".+") for each in told), re.IGNORECASE)


def _problems(cases: Sequence[_Case]) -> Iterator[Problem]:
    """A number with two headings; a paragraph that would be a heading, were it set as one."""
    seen: dict[str, int] = {}
    for case in cases:
        line = case.label.place.line
        for number in case.heading.numbers:
            if number in seen:
                twice = notices.NumberTwice(number=number, first=seen[number], line=line)
                yield Problem(line, "error", twice)
            seen.setdefault(number, line)
        for one in case.body:
            if worded(one.text):
                unread = notices.HeadingUnread(line=one.place.line, heading=one.text)
                yield Problem(one.place.line, "warning", unread)
