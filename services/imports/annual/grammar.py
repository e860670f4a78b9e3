"""The grammar of an annual report: recognised by its sections, read section by section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from domain.errors import Invalid
from domain.time.vocabulary import fold
from services.imports.annual.acronyms import read_acronyms, spells
from services.imports.annual.activities import read_item
from services.imports.annual.alliances import read_alliances
from services.imports.annual.dates import impossible
from services.imports.annual.fundings import read_figures, read_fundings
from services.imports.annual.letters import is_letter, read_letter
from services.imports.annual.page import Passage, Section, caption, sections_of
from services.imports.annual.people import read_board, read_committees, read_team
from services.imports.annual.publications import is_publication, read_publication
from services.imports.annual.reading import AnnualReading, Entry
from services.imports.annual.resolutions import read_resolutions
from services.imports.documents.document import Document
from services.imports.report import Problem

KIND = "annual-report"
ENOUGH = 4  # sections of an annual report that one holds, unless its title says what it is
_TELLING = frozenset({
    "acronyms", "board", "team", "alliances", "publications", "funding", "committees", "advocacy", "communications", "word",
    "activities",
})  # fmt: skip
_TITLE = re.compile(
    r"\b(?:rapport (?:annuel|d'activites?|des activites)|bilan (?:annuel|des activites)|annual report|activity report)\b"
)
_RESOLUTION = re.compile(r"^\s*R[ÉE]SOLUTIONS? \d", re.MULTILINE)
_PERIOD = re.compile(r"(?<![\d-])((?:19|20)\d\d)\s?[-–—/]\s?((?:19|20)?\d\d)(?![\d-])")
_NAMED = re.compile(r"\b([A-ZÀ-Þ][\w’'-]+(?: [\w’'-]+){1,9}) \(([A-Z][A-Z0-9-]{1,11})\)")
_OURSELVES = re.compile(r"\b(?:[Ll]e|[Ll]a|[Ll]['’]|[Dd]u|[Aa]u|[Tt]he) ?([A-ZÀ-Þ]{2,10})\b(?![-\w])")


class ReportPeriodUnsaid(Invalid):
    """The years that the report covers were not found: what has no date of its own has none."""


class NotADay(Invalid):
    """Line {line}: “{words}” is not a date. It was left out: put it right in the record."""


class NothingUnder(Invalid):
    """Line {line}: nothing could be read under “{heading}”. If something stands there, add it by hand."""


class AllyUnplaced(Invalid):
    """Line {line}: the text does not say what we are in “{name}”."""


class AddresseeUnsaid(Invalid):
    """Line {line}: the page does not say to whom this letter went: “{title}”."""


class WordsRunTogether(Invalid):
    """Line {line}: “{words}” is read “{read}”."""


class QuoteUnopened(Invalid):
    """Line {line}: a quotation closes that was never opened, or opens and never closes."""


class LetterLost(Invalid):
    """Line {line}: “{printed}” is read “{acronym}”, as elsewhere in the document."""


def recognise(document: Document) -> float:
    """How sure it is an annual report, from 0 to 1: by its title and the sections that it holds. One with headings of
    resolutions is a follow-up report."""
    sections = sections_of(document)
    roles = {section.role for section in sections if section.heading.role} & _TELLING
    titled = bool(_TITLE.search(fold(_front(document))))
    if len(roles) < (2 if titled else ENOUGH) or _RESOLUTION.search(document.text):
        return 0.0
    return min(0.9, 0.5 + 0.05 * len(roles) + 0.2 * titled)


def read_annual(document: Document) -> AnnualReading:
    """The report as read. Nothing is recorded; what could not be taken as it stands is among the problems."""
    sections = sections_of(document)
    text = " ".join(passage.text for section in sections for passage in section.passages)
    period = _period(document, text)
    reference = period.partition("/")[2] if period else None
    entries = [*_listed(sections, reference), *read_alliances(sections), *read_fundings(sections, reference),
               *read_resolutions(sections, reference), *read_figures(sections, period)]  # fmt: skip
    entries += _committees(sections)
    acronyms = read_acronyms(sections)
    acronym, organisation = _organisation(text, {one.acronym: one.expansion for one in acronyms})
    entries = [replace(entry, parties=_others(entry, acronym)) for entry in entries]
    known = {one.acronym for one in acronyms} | {acronym}
    unsaid = [] if period else [Problem(1, "warning", ReportPeriodUnsaid())]
    problems = [*_slips(sections, known), *unsaid, *_problems(sections, entries),
                *(Problem(one.line, "warning", LetterLost(line=one.line, printed=one.printed, acronym=one.acronym))
                  for one in acronyms if one.printed != one.acronym)]  # fmt: skip
    return AnnualReading(
        _title(document, period), organisation, acronym, period, tuple(entries), tuple(read_board(sections)),
        tuple(read_team(sections)), tuple(read_committees(sections)), acronyms, tuple(sorted(problems, key=lambda one: one.line)),
    )  # fmt: skip


def _listed(sections: tuple[Section, ...], reference: str | None) -> Iterator[Entry]:
    """What stands in lists: letters, publications, activities, stands and presentations."""
    for section in sections:
        if section.role in ("acronyms", "board", "executive", "team", "committees", "alliances", "funding", "thanks"):
            continue
        for passage in section.passages:
            yield from _item(passage, section, reference)


def _item(passage: Passage, section: Section, reference: str | None) -> Iterator[Entry]:
    where = section.heading.text
    if caption(passage.text):
        return
    if section.role in ("publications", "communications") and is_publication(passage):
        entry = read_publication(passage, where, reference)
        if entry:
            yield entry
    elif (passage.mark or passage.cells) and is_letter(passage, section.role == "advocacy"):
        yield read_letter(passage, where, reference)
    elif passage.mark or passage.cells or section.role == "kiosks":
        yield from read_item(passage, section.role, where, reference)
    elif re.search(r"\b(?:kiosque|stand|booth)", fold(passage.text)):
        yield from (entry for entry in read_item(passage, section.role, where, reference) if entry.kind == "kiosk")


def _committees(sections: tuple[Section, ...]) -> Iterator[Entry]:
    for committee in read_committees(sections):
        names = tuple(f"{one.name}, {one.organisation}" if one.organisation else one.name for one in committee.members)
        yield Entry(
            "committee",
            committee.name,
            committee.text,
            committee.line,
            committee.line,
            parties=names,
            where="committees",
        )


def _problems(sections: tuple[Section, ...], entries: list[Entry]) -> Iterator[Problem]:
    for passage in (passage for section in sections for passage in section.passages):
        for words in impossible(passage.text):
            yield Problem(passage.first_line, "warning", NotADay(line=passage.first_line, words=words))
    for entry in entries:
        if entry.kind == "alliance" and entry.relation is None:
            yield Problem(entry.first_line, "warning", AllyUnplaced(line=entry.first_line, name=entry.title))
        if entry.kind == "advocacy" and entry.form == "letter" and not entry.addressees:
            yield Problem(entry.first_line, "warning", AddresseeUnsaid(line=entry.first_line, title=entry.title))
    read = {kind for kind in ("alliances",) if not any(entry.kind == "alliance" for entry in entries)}
    for section in sections:
        if section.heading.role in read:
            yield Problem(
                section.heading.line, "warning", NothingUnder(line=section.heading.line, heading=section.heading.text)
            )


def _slips(sections: tuple[Section, ...], acronyms: set[str | None]) -> Iterator[Problem]:
    """What an extraction spoiled and can be told: an acronym run into the next word, half of a quotation. The words of the
    page are kept."""
    for passage in (passage for section in sections for passage in section.passages):
        for match in re.finditer(r"(?<![\w#])([A-Z]{3,10})([a-zà-ÿ]{2,})\b", passage.text):
            if match[1] in acronyms:
                facts = {"words": match[0], "read": f"{match[1]} {match[2]}"}
                yield Problem(passage.first_line, "warning", WordsRunTogether(line=passage.first_line, **facts))
        if passage.text.count("«") != passage.text.count("»"):
            yield Problem(passage.first_line, "warning", QuoteUnopened(line=passage.first_line))


def _others(entry: Entry, acronym: str | None) -> tuple[str, ...]:
    """The parties but the organisation itself, under whatever slip of its acronym."""
    return tuple(name for name in entry.parties if not acronym or not re.fullmatch(rf"{acronym}[a-zà-ÿ]*\.?", name))


def _front(document: Document, most: int = 3_000) -> str:
    return document.text[:most]


def _title(document: Document, period: str | None) -> str:
    """The line that says that it is an annual report, else the words for one with its years."""
    for line in document.lines:
        if line.place.line > 60:
            break
        if _TITLE.search(fold(line.text)) and len(line.text) < 120:
            return line.text.strip()
    return f"Rapport annuel {period.replace('/', '-')}" if period else document.name


def _period(document: Document, text: str) -> str | None:
    """The years that the title says, else those that the text says most often, one after the other."""
    for source in (f"{document.name} {_front(document, 400)}", text):
        found = Counter(pair for match in _PERIOD.finditer(source) if (pair := _years(match[1], match[2])))
        if found:
            return found.most_common(1)[0][0]
    years = Counter(re.findall(r"(?<![\d/-])(20\d\d)(?![\d/-])", _front(document, 400)))
    return years.most_common(1)[0][0] if years else None


def _years(first: str, last: str) -> str | None:
    last = first[:2] + last if len(last) == 2 else last
    return f"{first}/{last}" if int(last) == int(first) + 1 else None


def _whole_name(words: str, acronym: str) -> str | None:
    """The name at the end of some words: from the last one on from which the letters of the acronym can be spelled."""
    starts = [match.start() for match in re.finditer(rf"\b{acronym[0]}", words, re.IGNORECASE)]
    return next((words[start:] for start in reversed(starts) if spells(acronym, words[start:])), None)


def _organisation(text: str, known: dict[str, str]) -> tuple[str | None, str | None]:
    """Who reports: the acronym that the text says most often, and what it stands for where it is spelled out."""
    said = Counter(_OURSELVES.findall(text)).most_common(1)
    if not said or said[0][1] < 3:
        return None, None
    acronym = said[0][0]
    spelled = (
        name for match in _NAMED.finditer(text) if match[2] == acronym and (name := _whole_name(match[1], acronym))
    )
    return acronym, known.get(acronym) or next(spelled, None)
