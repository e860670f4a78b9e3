"""Where the resolutions of a document begin and end: its lines cut at its headings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from services.imports.assembly import names_report
from services.imports.headings import Heading, bare, is_cut, split_number, worded
from services.imports.lines import Line, ends_early, full_width, is_terminal

OPENING = 40  # lines where a document says what it is
_SERIES = 3  # headings that make a series of those without the word
_LONGEST_BARE = 3  # lines


@dataclass(frozen=True)
class Section:
    """A heading with the lines that follow it; the title on the heading's own line is the first of them."""

    heading: Heading
    printed: str
    line: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Mark:
    heading: Heading
    printed: str
    start: int
    end: int


def outline(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[Section]]:
    """What stands before the first heading, and the sections. Headings without the word count only where
    there is none with it, in a document that says at its beginning what it follows up."""
    marks = _worded_marks(lines)
    if not marks and names_report(" ".join(line.text for line in lines[:OPENING])):
        marks = _bare_marks(lines)
    if not marks:
        return tuple(lines), []
    ends = [mark.start for mark in marks[1:]] + [len(lines)]
    sections = [_section(mark, lines, end) for mark, end in zip(marks, ends, strict=True)]
    before = tuple(lines[: marks[0].start])
    return _without_contents(before, _continued(sections))


def _section(mark: _Mark, lines: Sequence[Line], end: int) -> Section:
    number = lines[mark.start].number
    title = mark.heading.title
    own = (Line(number, title, True, False, len(mark.printed) - len(title)),) if title else ()
    return Section(mark.heading, mark.printed, number, (*own, *lines[mark.end : end]))


def _worded_marks(lines: Sequence[Line]) -> list[_Mark]:
    marks: list[_Mark] = []
    full = full_width(lines)
    for index, line in enumerate(lines):
        if marks and index < marks[-1].end:
            continue
        above = lines[index - 1]
        apart = line.text[:1].isupper() and index > 0 and (ends_early(above, line, full) or names_report(above.text))
        if not (apart or _is_placed(lines, index)):
            continue
        heading = worded(line.text)
        if index + 1 < len(lines) and is_cut(line.text) and lines[index + 1].text[:1].isdigit():
            both = f"{line.text} {lines[index + 1].text}"
            if longer := worded(both):
                marks.append(_Mark(longer, both, index, index + 2))
                continue
        if heading:
            marks.append(_Mark(heading, line.text, index, index + 1))
    return marks


def _is_placed(lines: Sequence[Line], index: int) -> bool:
    """Whether a heading can stand here: not in the middle of a sentence."""
    return lines[index].opens or index == 0 or lines[index].text[:2].isupper() or is_terminal(lines[index - 1].text)


def _bare_marks(lines: Sequence[Line]) -> list[_Mark]:
    """Headings such as “17 – Titre”: the longest series of rising numbers of which most have a text."""
    found = [
        _Mark(heading, line.text, index, index + 1)
        for index, line in enumerate(lines)
        if _is_placed(lines, index) and (heading := bare(line.text)) and _is_title(lines, index)
    ]
    rising = _longest_rising(_without_lists(found, lines))
    told = sum(_told(rising, lines))
    return rising if len(rising) >= _SERIES and told * 2 > len(rising) else []


def _told(marks: Sequence[_Mark], lines: Sequence[Line]) -> list[bool]:
    """For each mark, whether a text stands between it and the next."""
    ends = [mark.start for mark in marks[1:]] + [len(lines)][: len(marks)]
    return [any(line.gap for line in lines[mark.end : end]) for mark, end in zip(marks, ends, strict=True)]


def _without_lists(marks: Sequence[_Mark], lines: Sequence[Line]) -> list[_Mark]:
    """Drops the numbered lists inside a text: from a 1 that is not the first of all, as long as the count
    goes on and does not pass the last heading with a text of its own."""
    kept: list[_Mark] = []
    item = 0
    for mark, told in zip(marks, _told(marks, lines), strict=True):
        place = _place(mark)
        in_list = place == item + 1 and (item > 0 or bool(kept))
        if in_list and not (told and place > _place(kept[-1])):
            item = place
        else:
            kept.append(mark)
            item = 0
    return kept


def _place(mark: _Mark) -> int:
    """The highest number of a heading in its series."""
    return max((place[1] for number in mark.heading.numbers if (place := split_number(number))), default=0)


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether the lines until the next blank one are a title: few, and no sentence."""
    for line_index in range(index, min(index + _LONGEST_BARE, len(lines))):
        ends = line_index + 1 == len(lines) or lines[line_index + 1].gap
        if is_terminal(lines[line_index].text):
            return False
        if ends:
            return True
    return False


def _longest_rising(marks: Sequence[_Mark]) -> list[_Mark]:
    """The longest subsequence whose highest numbers rise."""
    tails: list[int] = []
    owners: list[int] = []
    previous: list[int] = []
    for index, mark in enumerate(marks):
        value = _place(mark)
        at = bisect_left(tails, value)
        previous.append(owners[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        owners[at : at + 1] = [index]
    chain: list[_Mark] = []
    index = owners[-1] if owners else -1
    while index >= 0:
        chain.append(marks[index])
        index = previous[index]
    return chain[::-1]


def _continued(sections: Sequence[Section]) -> list[Section]:
    """Joins a section headed “(suite)” to the one before it, if they have the same numbers."""
    joined: list[Section] = []
    for section in sections:
        last = joined[-1] if joined else None
        if last and section.heading.continued and section.heading.numbers == last.heading.numbers:
            joined[-1] = Section(last.heading, last.printed, last.line, (*last.lines, *section.lines))
        else:
            joined.append(section)
    return joined


def _without_contents(before: tuple[Line, ...], sections: list[Section]) -> tuple[tuple[Line, ...], list[Section]]:
    """Drops a table of contents without leaders: two or more headings without a text at the beginning, each
    of which comes again. What follows the title of the last of them stands before the first resolution."""
    last_with = {section.heading.numbers: index for index, section in enumerate(sections)}
    count = 0
    for index, section in enumerate(sections):
        if last_with[section.heading.numbers] == index:
            break
        count = index + 1
    listed = sections[:count]
    if count < 2 or any(_is_told(section) for section in listed[:-1]):
        return before, sections
    first_gap = next((index for index, line in enumerate(listed[-1].lines[1:], 1) if line.gap), None)
    loose = listed[-1].lines[first_gap:] if first_gap is not None else ()
    return (*before, *loose), sections[count:]


def _is_told(section: Section) -> bool:
    return any(is_terminal(line.text) for line in section.lines)
