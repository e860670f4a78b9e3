"""The parts of an annual report that Suivi holds: what was done, written, joined and received in a year, with its figures
beside those of the year before. Nothing of a year is assumed of another: what has no date prints where its own year is not
asked for (alliances, committees), else apart, as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from domain.errors import Invalid
from domain.time import earliest, latest
from projections.phrases.catalogue import N_, listed
from projections.phrases.rows import who
from services.home import Home
from services.reading.demarches import demarches
from services.reading.records import records
from services.reports.annual_lines import Lines, Row, capitals
from services.reports.annual_people import acronyms, led_by, members, side_by_side
from services.reports.asked import Asked, Ground, assembly_of, ground
from services.reports.narrative import read_paragraph
from services.reports.narrative.ground import Ground as Words
from services.reports.printed import Block, Heading, Item, Items, Printed, Text
from services.reports.words import runs, written

TITLE = N_("Annual report")
LASTING = frozenset({"alliance", "committee"})
"""What goes on until it is said to have ended: it prints whatever its date, once begun."""
NOTHING = N_("Nothing is recorded of this year.")


class ReportYearUnreadable(Invalid):
    """“{year}” is not a year: write 2024, the one in which it begins."""


@dataclass(frozen=True)
class Year:
    """A year of the organisation, from its first month on."""

    first: date

    @classmethod
    def of(cls, day: date, begins: int) -> Year:
        """The one that holds a day."""
        first = date(day.year, begins, 1)
        return cls(first if first <= day else date(day.year - 1, begins, 1))

    @property
    def last(self) -> date:
        return date(self.first.year + 1, self.first.month, 1) - timedelta(days=1)

    @property
    def before(self) -> Year:
        return Year(date(self.first.year - 1, self.first.month, 1))

    @property
    def name(self) -> str:
        """« 2024-2025 », or « 2024 » for a year of the calendar."""
        return str(self.first.year) if self.first.month == 1 else f"{self.first.year}-{self.last.year}"

    def holds(self, edtf: str | None) -> bool:
        """Whether a date is within it, at least in part."""
        first, last = (earliest(edtf), latest(edtf)) if edtf else (None, None)
        if first is None and last is None:
            return False
        return (first or date.min) <= self.last and (last or first or date.max) >= self.first


def annual(home: Home, asked: Asked) -> Printed:
    """The report of the year in which the day that is read about falls, or of the filter `year`. Raises
    `ReportYearUnreadable`, and `AssemblyUnknown` where it is given to one that there is not."""
    on = ground(home, asked)
    assembly_of(on, lambda refs: None)
    telling = Annual(on, _year(on, asked))
    name = telling.year.name
    return Printed(
        "annual", (on.say(TITLE), name), on.lang, on.day, telling.blocks(), on.organisation, large=asked.large,
        template=telling.fields, subject=f"{on.say(TITLE)} {name}",
    )  # fmt: skip


def _year(on: Ground, asked: Asked) -> Year:
    begins = on.home.store.present.organisation.year_begins
    given = asked.filters.get("year")
    said = given or str(on.day.year)
    if not (len(said) == 4 and said.isdecimal() and 1000 <= int(said) < date.max.year):
        raise ReportYearUnreadable(year=said)
    return Year(date(int(said), begins, 1)) if given else Year.of(on.day, begins)


@dataclass(frozen=True)
class Annual:
    """One report on its way into blocks."""

    on: Ground
    year: Year

    @cached_property
    def rows(self) -> list[Row]:
        return records(self.on.home, self.on.when)

    @cached_property
    def lines(self) -> Lines:
        """How the house writes."""
        organisation = self.on.home.store.present.organisation
        return Lines(self.on, Words.of(organisation, self.on.day, self.on.lang))

    def of(self, *kinds: str) -> list[Row]:
        """The records of the year; alliances and committees that had begun by its end."""
        rows = [row for row in self.rows if row["kind"] in kinds]
        return [
            row for row in rows if self.year.holds(row["date"]) or (row["kind"] in LASTING and self._begun(row["date"]))
        ]

    def _begun(self, edtf: str | None) -> bool:
        first = earliest(edtf) if edtf else None
        return first is None or first <= self.year.last

    def fields(self) -> dict[str, Any]:
        """What a template of one's own may name: lists of lines, and what has a title with its `text` and its `members`."""
        return {
            "year": self.year.name, "people": self.people(), "activities": self.told("activity", "presentation"),
            "acronyms": [{"short": short, "name": name} for short, name in self.acronyms()],
            "stands": self.stands(), "letters": self.letters(), "figures": self.figures(),
            "publications": [self.lines.publication(row) for row in self.of("publication")],
            "alliances": [{"title": row["title"], "text": self.lines.alliance(row)} for row in self.of("alliance")],
            "fundings": [self.lines.funding(row) for row in self.of("funding")],
            "committees": [{"title": row["title"], "text": row["text"] or "", "members": [who(one) for one in row["parties"]]}
                           for row in self.of("committee")],
            "declarations": self.told("resolution"), "undated": [self.lines.own(row) or self.lines.titled(row)
                                                                 for row in self.undated()],
        }  # fmt: skip

    def blocks(self) -> Iterator[Block]:
        """The sections that have something to say."""
        held, said = self.fields(), False
        for heading, told in self._opening(held):
            yield Heading(written(heading))
            yield from told
        for heading, section in SECTIONS.items():
            if blocks := [*section(self, held)]:
                said = True
                yield Heading(runs(self.on.say(heading)))
                yield from blocks
        if not said:
            yield Text(runs(self.on.say(NOTHING)))

    def _opening(self, held: Row) -> Iterator[tuple[str, Iterable[Block]]]:
        """What the acronyms mean; who leads the organisation and works for it."""
        if short := self.acronyms():
            yield self.on.say(N_("ACRONYMS")), side_by_side(short)
        for body in held["people"]:
            yield capitals(body["title"]), (self.list(body["members"], ended=False),)

    def people(self) -> list[Row]:
        """The bodies that lead the organisation or work for it, each with its `members`."""
        found = []
        for body in led_by(self.on.home, self.on.when):
            told = members(self.on.home, self.on.when, body, self.year.first, self.year.last, self.lines.words)
            found += [{"title": body["name"], "members": told}] if told else []
        return found

    def acronyms(self) -> list[tuple[str, str]]:
        """Those of what the year’s records name."""
        rows = [row for row in self.rows if row["kind"] in LASTING or self.year.holds(row["date"])]
        named = [who(one) for row in rows for one in (*row["parties"], *row["addressees"])]
        return acronyms([*(row["title"] for row in rows if row["kind"] in LASTING), *named])

    def undated(self) -> list[Row]:
        """What nobody dated, but for what lasts: it is not said to be of this year."""
        return [row for row in self.rows if row["date"] is None and row["kind"] not in LASTING | {"figure"}]

    def told(self, *kinds: str) -> list[str]:
        return [self.lines.activity(row) for row in self.of(*kinds)]

    def stands(self) -> str:
        """All of them in one sentence."""
        stands = [self.lines.stand(row) for row in self.of("kiosk")]
        template = N_("we held an information stand at these events: {list}.")
        return self.lines.words.say(template, list=listed(stands, self.on.lang)) if stands else ""

    def letters(self) -> list[str]:
        """Of records and of threads, by date; a record whose letter is a thread is told once, by its record."""
        opened = {ref for row in self.rows for ref in row["threads"]}
        letters = [(row["date"], self.lines.letter(row)) for row in self.of("advocacy")]
        for thread in demarches(self.on.home, self.on.when):
            of_ours = thread["ref"] not in opened and thread["redirected_from"] is None
            if of_ours and self.year.holds(thread["first_sent"]):
                letters.append((thread["first_sent"], self.lines.thread(thread)))
        letters.sort(key=lambda letter: (earliest(letter[0]) or latest(letter[0]) or date.max).isoformat())
        return [text for _, text in letters]

    def figures(self) -> list[str]:
        return [self.lines.figure(row, one, self._former(one)) for row in self.of("figure") for one in row["figures"]]

    def _former(self, one: Row) -> Row | None:
        """What measured the same thing the year before."""
        for row in self.rows:
            figures: list[Row] = row["figures"]
            for other in figures:
                same = other["measures"] == one["measures"] and other["unit"] == one["unit"]
                on = other["as_of"] or row["date"]
                if same and self.year.before.holds(on) and not self.year.holds(on):
                    return other
        return None

    def list(self, told: Iterable[str], mark: Any = "•", ended: bool = True) -> Items:
        """Bullets, what is said twice once; `ended`: they end with a semicolon, the last with a full stop."""
        found = [text.rstrip(" ;") for text in dict.fromkeys(told)]
        stop = self.on.semicolon
        last = len(found) - 1
        ends = ["" if text[-1:] in ".!?" or not ended else "." if n == last else stop for n, text in enumerate(found)]
        return Items(tuple(Item(written(text + end)) for text, end in zip(found, ends, strict=True)), mark)

    def lead(self, template: str, told: Sequence[str]) -> Iterator[Block]:
        """A list under its name; nothing for none."""
        if told:
            yield Text(runs(self.lines.words.say(template)), "lead")
            yield self.list(told)


def _activities(report: Annual, held: Row) -> Iterator[Block]:
    yield from _bullets(report, held["activities"])
    if held["stands"]:
        yield Text(written(held["stands"]))


def _advocacy(report: Annual, held: Row) -> Iterator[Block]:
    yield from report.lead(N_("letters of advocacy:"), held["letters"])


def _communications(report: Annual, held: Row) -> Iterator[Block]:
    yield from report.lead(N_("figures:"), held["figures"])
    yield from report.lead(N_("publications:"), held["publications"])


def _alliances(report: Annual, held: Row) -> Iterator[Block]:
    for each in held["alliances"]:
        yield Heading(written(capitals(each["title"])), 3)
        yield from read_paragraph(each["text"])


def _infrastructure(report: Annual, held: Row) -> Iterator[Block]:
    if held["fundings"]:
        yield Heading(runs(report.on.say(N_("FUNDING"))), 3)
        yield report.list(held["fundings"])
    for each in held["committees"]:
        yield Heading(written(capitals(each["title"])), 3)
        yield from read_paragraph(each["text"])
        yield from [report.list(each["members"], ended=False)] if each["members"] else []


def _bullets(report: Annual, told: Sequence[str]) -> Iterator[Block]:
    yield from [report.list(told)] if told else []


SECTIONS: dict[str, Callable[[Annual, Row], Iterator[Block]]] = {
    N_("EDUCATION AND ACTIVITIES"): _activities,
    N_("ADVOCACY"): _advocacy,
    N_("COMMUNICATIONS"): _communications,
    N_("ALLIANCES"): _alliances,
    N_("INFRASTRUCTURE"): _infrastructure,
    N_("DECLARATIONS OF OUR ASSEMBLIES"): lambda report, held: _bullets(report, held["declarations"]),
    N_("WITHOUT A DATE"): lambda report, held: _bullets(report, held["undated"]),
}
"""The sections of the report in their order, each with what it says."""
