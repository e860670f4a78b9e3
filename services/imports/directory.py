"""The file of the directory, line by line: an office with one of its terms, each cell read as what it stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from domain.directory.addresses import fit_lines, fit_mail
from domain.errors import Invalid, SuiviError, Word
from domain.time import Edtf, earliest, latest, read_date
from domain.words import slug
from projections.phrases.catalogue import N_, say
from projections.phrases.choices import LEGISLATURES
from services.directory_file import COLUMNS, GOES_ON
from services.facts import Explained
from services.imports.reading import Source
from services.imports.report import Problem
from services.imports.tables import Table, headings_of, read_table
from services.refs import fit_key
from services.wording import CHARGES, meant

HEADINGS = {column.name: (column.heading, *(say(column.heading, lang) for lang in ("fr", "en"))) for column in COLUMNS}
OFFICE_CHARGES = {charge: CHARGES[charge] for charge in ("holder", "interim", "chief-of-staff")}
GENDERS = {"f": N_("woman"), "m": N_("man")}
OF_OFFICE = ("name", "feminine", "kind", "legislature", "successors", "closed", "address", "mail", "phone")
"""What every line of an office says alike, or leaves empty."""


class InColumn(Invalid):
    """Column “{column}”: {said}"""


class NotAmong(Invalid):
    """“{value}” is none of {known}."""


class OfficeUnnamed(Invalid):
    """This line names no office: give its key, or its title."""


class TermReversed(Invalid):
    """This term would end ({until}) before it begins ({since})."""


class TermOfNobody(Invalid):
    """This line says since or until when, and not who, nor in which charge."""


class LineAgain(Invalid):
    """This line says the same as line {first}: it is passed over."""


class LinesDisagree(Invalid):
    """Column “{column}”: line {first} says otherwise of the same office. Say it once, or alike."""


class TermTwice(Invalid):
    """Line {first} has the same person in the same charge since the same day, with another end: keep one."""


class GendersDisagree(Invalid):
    """Column “{column}”: line {first} says otherwise of the same person. Say it once, or alike."""


@dataclass(frozen=True)
class Line:
    """A line: null is what it does not say. `until` may be `GOES_ON`."""

    number: int
    key: str
    name: str | None = None
    feminine: str | None = None
    kind: str | None = None
    legislature: str | None = None
    holder: str | None = None
    gender: str | None = None
    charge: str | None = None
    since: str | None = None
    until: str | None = None
    successors: tuple[str, ...] | None = None
    closed: str | None = None
    address: tuple[str, ...] | None = None
    mail: str | None = None
    phone: str | None = None

    @property
    def of_term(self) -> bool:
        """Whether it tells of a term: someone’s, or that of one of the staff who is not named."""
        return self.holder is not None or self.charge == "chief-of-staff"

    @property
    def facts(self) -> tuple[Any, ...]:
        """All that it says."""
        return tuple(getattr(self, field.name) for field in fields(self) if field.name != "number")


def recognise(source: Source) -> bool:
    """Whether the first line has the headings of a directory."""
    said = {heading.casefold() for heading in headings_of(source)}
    wanted = [{each.casefold() for each in HEADINGS[name]} | {name} for name in ("key", "holder", "since")]
    return all(said & words for words in wanted)


def parse(source: Source, reference: str) -> tuple[list[Line], list[Problem]]:
    """The lines, and what is wrong with them. Words of dates are read as of `reference` (EDTF)."""
    table = read_table(source, HEADINGS, "key")
    lines = [line for number, cells in table.lines if (line := _line(number, cells, reference, table))]
    kept = _each_once(lines, table)
    _agreeing(kept, table)
    return kept, sorted(table.problems, key=lambda problem: problem.line)


def _line(number: int, cells: dict[str, str], reference: str, table: Table) -> Line | None:
    facts: dict[str, Any] = {}
    read = _readers(reference)
    before = len(table.problems)
    for name, cell in cells.items():
        try:
            facts[_FACT.get(name, name)] = read[name](cell) if name in read else cell
        except SuiviError as error:
            table.problems.append(Problem(number, "error", InColumn(column=_heading(name), said=error)))
    if len(table.problems) > before:
        return None
    try:
        return _sound(Line(number, **facts | {"key": facts.get("key") or _key(facts.get("name"))}))
    except SuiviError as error:
        table.problems.append(Problem(number, "error", error))
        return None


_FACT = {"successor": "successors"}


def _heading(name: str) -> str:
    """A column by the name of its fact."""
    return HEADINGS[next((column for column, fact in _FACT.items() if fact == name), name)][1]


def _readers(reference: str) -> dict[str, Callable[[str], Any]]:
    """How the cells of each column are read; those of the others are texts."""
    def day(text: str) -> str:
        return read_date(text, reference)

    return {
        "key": lambda text: fit_key(text.removeprefix("office:")),
        "legislature": lambda text: _one_of(text, LEGISLATURES),
        "gender": lambda text: _one_of(text, GENDERS),
        "charge": lambda text: _one_of(text, OFFICE_CHARGES),
        "since": day,
        "until": lambda text: text if text == GOES_ON else day(text),
        "closed": day,
        "successor": lambda text: tuple(dict.fromkeys(each.removeprefix("office:") for each in text.replace(",", " ").split())),
        "address": lambda text: fit_lines([text]),
        "mail": fit_mail,
    }  # fmt: skip


def _one_of(text: str, words: dict[str, str]) -> str:
    if found := meant(text, words):
        return found
    raise NotAmong(value=text, known=[Explained(word=word, said=Word(said)) for word, said in words.items()])


def _key(name: str | None) -> str:
    if not name:
        raise OfficeUnnamed()
    return slug(name)


def _sound(line: Line) -> Line:
    """The line, if what it says holds together."""
    if not line.of_term and (line.since or line.until):
        raise TermOfNobody()
    if line.since and line.until and line.until != GOES_ON:
        begins, ends = earliest(line.since), latest(line.until)
        if begins and ends and ends < begins:
            raise TermReversed(since=Edtf(line.since), until=Edtf(line.until))
    return line


def _each_once(lines: list[Line], table: Table) -> list[Line]:
    """The lines that say something that none before them does."""
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        if line.facts in seen:
            table.problems.append(Problem(line.number, "warning", LineAgain(first=seen[line.facts])))
        seen.setdefault(line.facts, line.number)
    return [line for line in lines if seen[line.facts] == line.number]


def _agreeing(lines: list[Line], table: Table) -> None:
    """Lines of one office, and of one person, contradict each other nowhere."""
    said: dict[tuple[Any, ...], tuple[Any, int]] = {}

    def disagree(line: Line, place: tuple[Any, ...], value: Any) -> int:
        """The line that says otherwise; 0 if none does."""
        first = said.setdefault(place, (value, line.number))
        return first[1] if first[0] != value else 0

    for line in lines:
        for fact in OF_OFFICE:
            value = getattr(line, fact)
            if value is not None and (first := disagree(line, (line.key, fact), value)):
                table.problems.append(Problem(line.number, "error", LinesDisagree(column=_heading(fact), first=first)))
        if line.holder and line.gender and (first := disagree(line, (line.holder,), line.gender)):
            table.problems.append(Problem(line.number, "error", GendersDisagree(column=_heading("gender"), first=first)))
        if line.of_term and (first := disagree(line, (line.key, line.holder, line.charge, line.since), line.until)):
            table.problems.append(Problem(line.number, "error", TermTwice(first=first)))
