"""From a report to its dated facts. A date is that of the sentence that tells it, unless a turn says otherwise; a
sentence without one takes the date of what it follows from. Pure; nothing is decided: all are proposals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.case.told import Because
from domain.time import earliest, latest
from domain.time.finding import find_dates
from domain.time.vocabulary import fold
from services.imports.facts import dated, turns
from services.imports.facts.dated import DatedFact, Role
from services.imports.report import Block, Confidence, Report
from services.imports.sentences import sentences

_FUTURE = re.compile(
    r"\b\w{2,}(?:rons|ra|ront)\b|\bprevu\w*\b|\bprevo\w+\b|\bremis\w* a\b|\breport\w* a\b|\bpresenter au\b"
    r"|\bwill\b|\bshall\b|\b(?:scheduled|planned|slated) (?:for|to)\b|\b(?:postponed|deferred|delayed) (?:to|until)\b"
)


@dataclass
class _Sentence:
    """A sentence in its case, with its dates once found."""

    number: str
    paragraph: int
    text: str
    lines: tuple[int, int]
    folded: str = ""
    dates: list[tuple[str, str]] = field(default_factory=list)  # (words, EDTF)


def read_facts(report: Report, reference: str | None) -> tuple[DatedFact, ...]:
    """The dated facts of every case, in the order of the document. `reference`: the EDTF date of the document, that
    « juin dernier » needs."""
    cases = [_sentences(block, reference) for block in report.blocks]
    occasions = _occasions(cases)
    meetings = _meetings(cases)
    return tuple(fact for case in cases for fact in _case(case, reference, occasions, meetings))


def _sentences(block: Block, reference: str | None) -> list[_Sentence]:
    found = []
    for index, paragraph in enumerate(block.paragraphs):
        for text in sentences(paragraph.text):
            one = _Sentence(block.numbers[0], index, text, (paragraph.first_line, paragraph.last_line), fold(text))
            one.dates = _dates(one, reference)
            found.append(one)
    return found


def _dates(one: _Sentence, reference: str | None) -> list[tuple[str, str]]:
    """Its dates, but for those of something else that it only refers to."""
    kept: dict[str, str] = {}
    for found in find_dates(one.text, reference):
        before = one.folded[: found.start]
        if not (turns.BECAUSE.match(before) or turns.TOLD_ELSEWHERE.search(before)):
            kept.setdefault(found.edtf, found.words)
    return [(words, edtf) for edtf, words in kept.items()]


def _occasions(cases: Sequence[Sequence[_Sentence]]) -> dict[str, str]:
    """The occasions that the document dates by their year: name (folded) -> EDTF; none that it dates twice."""
    found: dict[str, set[str]] = {}
    for one in (sentence for case in cases for sentence in case):
        for match in re.finditer(r"(?<=de )(?:19|20)\d\d\b", one.folded):
            if name := turns.OCCASION.search(one.folded[: match.start()]):
                found.setdefault(name["name"].strip(), set()).add(match[0])
    return {name: years.pop() for name, years in found.items() if len(years) == 1}


def _meetings(cases: Sequence[Sequence[_Sentence]]) -> dict[str, set[tuple[str, str]]]:
    """The dated meetings with an office's holder: office (folded) -> (case, EDTF)."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in (sentence for case in cases for sentence in case):
        if turns.MET.search(one.folded) and len(one.dates) == 1 and not _ahead(one):
            for match in turns.WITH_HOLDER.finditer(one.folded):
                found.setdefault(match["office"], set()).add((one.number, one.dates[0][1]))
    return found


def _case(
    case: Sequence[_Sentence],
    reference: str | None,
    occasions: dict[str, str],
    meetings: dict[str, set[tuple[str, str]]],
) -> Iterator[DatedFact]:
    asked: _Sentence | None = None
    last: DatedFact | None = None  # the last that happened, which the next sentences may follow from
    answered = False  # what came of the last meeting was told
    named: set[tuple[int, str]] = set()
    for one in case:
        asked = one if turns.ASKED.search(one.folded) else asked
        found = list(_stated(one, reference)) or list(_followed(one, last, answered))
        found = found or list(_elsewhere(one, occasions, meetings, named))
        yield from _asked_before(asked, one, found)
        yield from found
        yield from _chased(one, last, found)
        answered = any(fact.because == dated.CAME_OF_IT for fact in found) or (answered and not found)
        happened = [fact for fact in found if fact.role == "occurred" and fact.because != dated.BOUNDED_AFTER]
        last = happened[-1] if happened else last


def _stated(one: _Sentence, reference: str | None) -> Iterator[DatedFact]:
    for words, edtf in one.dates:
        bare = not re.search(r"(?:19|20)\d\d", words)
        yield _fact(one, edtf, _role(one, edtf, reference), dated.STATED, "medium" if bare else "high", words)


def _followed(one: _Sentence, last: DatedFact | None, answered: bool) -> Iterator[DatedFact]:
    """A sentence without date that says it comes after the last fact, or what came of it."""
    if last is None:
        return
    if turns.AFTER.search(one.folded):
        yield _fact(one, f"{_start(last.edtf)}/..", "occurred", dated.BOUNDED_AFTER, "medium")
    elif turns.CAME_OF_IT.search(one.folded) and not answered:
        yield _fact(one, last.edtf, "occurred", dated.CAME_OF_IT, "medium")


def _elsewhere(
    one: _Sentence, occasions: dict[str, str], meetings: dict[str, set[tuple[str, str]]], named: set[tuple[int, str]]
) -> Iterator[DatedFact]:
    """A sentence without date that names an occasion, or a meeting with an office, that another place dates."""
    for name, edtf in occasions.items():
        if re.search(rf"\b{re.escape(name)}\b", one.folded) and (one.paragraph, name) not in named:
            named.add((one.paragraph, name))
            yield _fact(one, edtf, "occurred", dated.SAME_OCCASION, "low")
    if turns.MET.search(one.folded) and not _ahead(one):
        for match in turns.WITH_HOLDER.finditer(one.folded):
            others = {edtf for number, edtf in meetings.get(match["office"], ()) if number != one.number}
            if len(others) == 1:
                yield _fact(one, others.pop(), "occurred", dated.SAME_MEETING, "low")


def _asked_before(asked: _Sentence | None, one: _Sentence, found: Sequence[DatedFact]) -> Iterator[DatedFact]:
    """The request that led to a dated meeting: at the latest on its day."""
    met = turns.MET.search(one.folded)
    for fact in found:
        if asked and met and fact.because == dated.STATED and fact.role == "occurred" and ".." not in fact.edtf:
            yield _fact(asked, f"../{_end(fact.edtf)}", "occurred", dated.BOUNDED_BEFORE, "medium")


def _chased(one: _Sentence, last: DatedFact | None, found: Sequence[DatedFact]) -> Iterator[DatedFact]:
    """Reminders told beside a dated letter: from its day on."""
    if not turns.CHASED.search(one.folded):
        return
    sent = next((fact for fact in found if turns.SENT.search(one.folded) and fact.role == "occurred"), None)
    if sent is None and not found and last and turns.SENT.search(fold(last.text)):
        sent = last
    if sent and ".." not in sent.edtf:
        yield _fact(one, f"{_start(sent.edtf)}/..", "occurred", dated.BOUNDED_AFTER, "medium")


def _fact(
    one: _Sentence, edtf: str, role: Role, because: Because, confidence: Confidence, words: str = ""
) -> DatedFact:
    return DatedFact(one.number, edtf, role, words, one.text, *one.lines, confidence, because)


def _ahead(one: _Sentence) -> bool:
    return bool(_FUTURE.search(one.folded))


def _role(one: _Sentence, edtf: str, reference: str | None) -> Role:
    """To come: told as such, or later than the document itself."""
    first, last = earliest(edtf), latest(edtf)
    if reference is None:
        return "target" if _ahead(one) else "occurred"
    written, until = earliest(reference), latest(reference)
    if first and until and first > until:
        return "target"
    return "target" if _ahead(one) and not (last and written and last < written) else "occurred"


def _start(edtf: str) -> str:
    return edtf.partition("/")[0]


def _end(edtf: str) -> str:
    return edtf.rpartition("/")[2]
