"""What stands above the tables of a plan: its title, years, organisation, strategic objectives, and the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.time.vocabulary import COUNTS, either, fold
from domain.values import Edtf
from services.imports.documents.document import Document, Line
from services.imports.plans.adoption import read_adoption
from services.imports.plans.entries import written
from services.imports.plans.reading import Adoption
from services.imports.plans.sheet import Sheet

_TITLE = re.compile(
    r"\bplan (?:d'action|de travail|strategique|d'orientation|triennal|annuel|quinquennal)|\b(?:action|work|strategic) ?plan\b"
    r"|\bplanification\b|^(?:les |nos )?orientations\b|^(?:our |the )?orientations\b|^programme? (?:de travail|of work)"
)
_YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?(?:[-–—/]|a|au|to)\s?(?P<last>(?:(?:19|20)\d\d)|\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OBJECTIVES = re.compile(
    r"^(?:(?:nos|les|our) )?(?:objectifs? strategiques?|strategic (?:objectives?|goals?)|grands objectifs)\b"
)
_AXES = re.compile(
    rf"(?:(?P<word>{either(COUNTS)}) )?\(?(?P<count>\d{{1,2}})?\)? (?:axes?|orientations|priorites|priorities)\b"
)
_AND = re.compile(r"et|and|&", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:syndicat|conseil|comite|federation|association|union|centrale|coalition|table|regroupement|confederation|council"
    r"|committee|local|section|fraternite|alliance|corporation|cooperative|centre|organisation|societe)\b"
)
_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{4,8}(?![\w-])")
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Z-]{2,10})\)")
_LONG = 60  # characters from which a line that ends without a sign may be wrapped
_NAME = 20  # words of a name
_OFTEN = 5  # times that an acronym stands in a text to be proposed as its organisation


@dataclass(frozen=True)
class Front:
    """As read; `acronym`: the one by which the organisation may be proposed where no line names it; `announced`: how many
    axes the text says there are (« cinq (5) axes »), with its line."""

    title: str
    period: Edtf | None
    organisation: str | None
    acronym: str | None
    objectives: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    adoption: tuple[Adoption, ...] = ()
    other_periods: tuple[tuple[int, Edtf], ...] = ()
    announced: tuple[int, int] | None = None


@dataclass
class _Told:
    """The paragraphs above the tables, sorted."""

    titles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)


def read_front(document: Document, sheet: Sheet) -> Front:
    """What the lines before the first table, and the headings above the columns, say of the plan as a whole."""
    above = [each for heading in sheet.headings for each in heading.above]
    paragraphs = list(_paragraphs(sheet.before))
    told = _sorted(paragraphs)
    said = [(text, line) for text, line, *_ in paragraphs]
    title = " ".join(told.titles) or next((words for words, _ in above if _TITLE.search(fold(words))), "")
    title = title or (told.rest[0] if told.rest else document.name.rsplit(".", 1)[0])
    for part in read_adoption([(title, 1)]):
        title = title.replace(part.words, "").replace("()", "").strip()
    period = read_period([title, *told.dates, *told.rest[:2], *(words for words, _ in above)])
    others = tuple(
        (line, each) for words, line in above if (each := read_period([words])) and period and each != period
    )
    name = " ".join(told.names) or None
    found = read_adoption([*said, *above])
    return Front(
        title,
        period,
        name,
        _acronym(document, name),
        tuple(told.objectives),
        tuple(told.rest),
        found,
        others,
        _announced(said),
    )


def _announced(said: Iterable[tuple[str, int]]) -> tuple[int, int] | None:
    for text, line in said:
        for axes in _AXES.finditer(fold(text)):
            if axes["count"] or axes["word"]:
                return int(axes["count"] or COUNTS[axes["word"]]), line
    return None


def read_period(texts: Iterable[str]) -> Edtf | None:
    """The years that the first text that names some says: `2019/2022` of « 2019-2022 », `2024` of « 2024 »."""
    for text in texts:
        if years := _YEARS.search(text):
            first, last = years["first"], years["last"]
            last = last if len(last) > 2 else first[:2] + last
            return f"{first}/{last}" if first < last else None
        if year := _YEAR.search(text):
            return year[0]
    return None


def _paragraphs(lines: Iterable[Line]) -> Iterable[tuple[str, int, str, bool]]:
    """Each paragraph, its wrapped lines joined: words, first line, mark, whether it is bold or a heading."""
    held: list[Line] = []
    for line in lines:
        if held and not _follows(held[-1], line):
            yield _joined(held)
            held = []
        held.append(line)
    if held:
        yield _joined(held)


def _follows(before: Line, line: Line) -> bool:
    if (
        not before.wrapped
        or line.mark
        or line.style
        or line.bold != before.bold
        or before.text.endswith((".", ":", ";", ")"))
    ):
        return False
    return before.bold or len(before.text) >= _LONG or written(line.text)[:1].islower()


def _joined(lines: list[Line]) -> tuple[str, int, str, bool]:
    first = lines[0]
    mark = first.mark or "-" * min(first.level, 1)
    words = written(" ".join(line.text for line in lines))
    return words, first.place.line, mark, first.bold or first.style > 0


def _sorted(paragraphs: Iterable[tuple[str, int, str, bool]]) -> _Told:
    told = _Told()
    aiming = False
    for text, _, mark, strong in paragraphs:
        folded = fold(text)
        if _OBJECTIVES.search(folded) and not mark:
            aiming = True
        elif aiming and mark:
            told.objectives.append(text)
        elif _is_title(folded, mark):
            told.titles.append(text)
            aiming = False
        elif _AND.fullmatch(text) and told.titles:
            told.titles.append(text)
        elif read_adoption([(text, 1)]):
            told.dates.append(text)
        elif (
            not told.names
            and not mark
            and _is_name(folded, strong, bool(told.titles), bool(told.rest or told.objectives))
        ):
            told.names.append(text)
        else:
            aiming = aiming and bool(mark)
            told.rest.append(text)
    if told.titles and _AND.fullmatch(told.titles[-1]):
        told.titles.pop()
    return told


def _is_title(folded: str, mark: str) -> bool:
    return not mark and len(folded.split()) <= 14 and not folded.endswith((".", ":")) and bool(_TITLE.search(folded))


def _is_name(folded: str, strong: bool, titled: bool, begun: bool) -> bool:
    """Whether a line names the organisation: above the title, in bold, or right under the title."""
    placed = not titled or strong or not begun
    return (
        placed and bool(_BODY.search(folded)) and len(folded.split()) <= _NAME and not folded.endswith((".", ":", ";"))
    )


def _acronym(document: Document, name: str | None) -> str | None:
    """The acronym that a name gives in brackets; else the one that the text uses far more than any other."""
    if name and (given := _IN_BRACKETS.search(name)):
        return given[1]
    if name:
        return None
    words = (word for line in document.text.split("\n") if not line.isupper() for word in _ACRONYM.findall(line))
    often = Counter(words).most_common(2)
    if not often or often[0][1] < _OFTEN or (len(often) > 1 and often[1][1] * 2 > often[0][1]):
        return None
    return str(often[0][0])
