"""The parts of an annual report that Suivi holds: what was done, written, joined and received in a year, with its figures
beside those of the year before. Nothing of a year is assumed of another: what has no date prints where its own year is not
asked for (alliances, committees), else apart, as such."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from domain.errors import Invalid
from domain.time import earliest, latest
from projections.phrases.annals import FORMS, RELATIONS
from projections.phrases.catalogue import N_, listed
from projections.phrases.dates import write_date
from projections.phrases.rows import who
from projections.phrases.threads import UNADDRESSED, holder_of
from projections.phrases.typography import NO_BREAK
from services.home import Home
from services.reading.demarches import demarches
from services.reading.records import records
from services.reports.asked import Asked, Ground, ground
from services.reports.narrative.ground import Ground as Words
from services.reports.narrative.ground import capital
from services.reports.printed import Block, Heading, Item, Items, Printed, Text
from services.reports.words import runs

Row = dict[str, Any]
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
    """The report of the year in which the day that is read about falls, or of the filter `year`."""
    on = ground(home, asked)
    telling = Annual(on, _year(on, asked))
    name = telling.year.name
    return Printed(
        "annual", (on.say(TITLE), name), on.lang, on.day, telling.blocks(), on.organisation, large=asked.large,
        template=lambda: {"year": name}, steps=0, subject=f"{on.say(TITLE)} {name}",
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
    def words(self) -> Words:
        """How the house writes."""
        return Words.of(self.on.home.store.present.organisation, self.on.day, self.on.lang)

    def of(self, *kinds: str) -> list[Row]:
        """The records of the year; alliances and committees that had begun by its end."""
        rows = [row for row in self.rows if row["kind"] in kinds]
        return [
            row for row in rows if self.year.holds(row["date"]) or (row["kind"] in LASTING and self._begun(row["date"]))
        ]

    def _begun(self, edtf: str | None) -> bool:
        first = earliest(edtf) if edtf else None
        return first is None or first <= self.year.last

    def blocks(self) -> Iterator[Block]:
        """The sections that have something to say."""
        said = False
        for heading, told in self.sections():
            blocks = [*told()]
            if blocks:
                said = True
                yield Heading(runs(self.on.say(heading)))
                yield from blocks
        if not said:
            yield Text(runs(self.on.say(NOTHING)))

    def sections(self) -> Iterator[tuple[str, Callable[[], Iterator[Block]]]]:
        yield N_("EDUCATION AND ACTIVITIES"), self.activities
        yield N_("ADVOCACY"), self.advocacy
        yield N_("COMMUNICATIONS"), self.communications
        yield N_("ALLIANCES"), self.alliances
        yield N_("FUNDING"), lambda: self.bullets(self.of("funding"), self.funding)
        yield N_("COMMITTEES"), lambda: self.bullets(self.of("committee"), self.titled)
        yield N_("DECLARATIONS OF OUR ASSEMBLIES"), lambda: self.bullets(self.of("resolution"), self.dated)
        yield N_("WITHOUT A DATE"), lambda: self.bullets(self.undated(), self.titled)

    def undated(self) -> list[Row]:
        """What nobody dated, but for what lasts: it is not said to be of this year."""
        return [row for row in self.rows if row["date"] is None and row["kind"] not in LASTING | {"figure"}]

    def activities(self) -> Iterator[Block]:
        yield from self.bullets(self.of("activity", "presentation"), self.dated)
        stands = [f"{row['title']} ({self._where(row)})" for row in self.of("kiosk")]
        if stands:
            yield Text(runs(self.words.say(N_("information stands: {list}."), list=listed(stands, self.on.lang))))

    def _where(self, row: Row) -> str:
        return ", ".join(filter(None, (row["place"], write_date(row["date"], self.on.lang))))

    def advocacy(self) -> Iterator[Block]:
        """Letters of records and of threads, by date; a record whose letter is a thread is told once, by its record."""
        rows = self.of("advocacy")
        opened = {ref for row in self.rows for ref in row["threads"]}
        letters = [(row["date"], self.letter(row)) for row in rows]
        for thread in demarches(self.on.home, self.on.when):
            if (
                thread["ref"] not in opened
                and thread["redirected_from"] is None
                and self.year.holds(thread["first_sent"])
            ):
                letters.append((thread["first_sent"], self.thread(thread)))
        letters.sort(key=lambda letter: (earliest(letter[0]) or latest(letter[0]) or date.max).isoformat())
        if letters:
            yield Text(runs(self.words.say(N_("letters of advocacy:"))), "lead")
            yield self.list([text for _, text in letters])

    def letter(self, row: Row) -> str:
        form = self.on.say(FORMS[row["form"]]) if row["form"] else ""
        to = listed([who(one) for one in row["addressees"]], self.on.lang) if row["addressees"] else ""
        sent = " ".join(filter(None, (form, f"– {to}" if to else "")))
        return self._dated(row["date"], f"{capital(sent)}. {row['title']}" if sent else row["title"])

    def thread(self, row: Row) -> str:
        """A letter of a thread: to whom, about what."""
        kind = capital(self.on.say(UNADDRESSED[row["kind"]]))
        holder = holder_of(row["holder"], self.on.lang)
        to = f"{who(row['office'])} ({holder})" if holder and row["office"] else who(row["office"])
        told = f"{kind} – {to}" if to else kind
        return self._dated(row["first_sent"], f"{told}. {row['subject']}" if row.get("subject") else told)

    def communications(self) -> Iterator[Block]:
        figures = [self.figure(row, one) for row in self.of("figure") for one in row["figures"]]
        if figures:
            yield self.list(figures, mark="•")
        papers = self.of("publication")
        if papers:
            yield Text(runs(self.words.say(N_("publications:"))), "lead")
            yield self.list([self.publication(row) for row in papers])

    def figure(self, row: Row, one: Row) -> str:
        """« Abonnements : 3 358 (l’an dernier : 2 998, soit 12 % de plus) »: a change only of what is exact both times."""
        text = self.words.words(N_("{what}: {words}"), what=capital(one["measures"]), words=one["words"])
        former = self._former(one)
        if former is None:
            return text
        change = _change(former, one)
        if change is None:
            return text + self.words.words(N_(" (the year before: {words})"), words=former["words"])
        many = f"{abs(change)}{NO_BREAK}%" if self.on.lang == "fr" else f"{abs(change)}%"
        template = N_(" (the year before: {words}, {many} less)") if change < 0 else N_(
            " (the year before: {words}, {many} more)")  # fmt: skip
        if change == 0:
            return text + self.words.words(N_(" (as the year before)"))
        return text + self.words.words(template, words=former["words"], many=many)

    def _former(self, one: Row) -> Row | None:
        """What measured the same thing the year before."""
        before = self.year.before
        for row in self.rows:
            figures: list[Row] = row["figures"]
            for other in figures:
                same = other["measures"] == one["measures"] and other["unit"] == one["unit"]
                if (
                    same
                    and before.holds(other["as_of"] or row["date"])
                    and not self.year.holds(other["as_of"] or row["date"])
                ):
                    return other
        return None

    def publication(self, row: Row) -> str:
        title = f"«{NO_BREAK}{row['title']}{NO_BREAK}»" if self.on.lang == "fr" else f"“{row['title']}”"
        parts = (
            title,
            ", ".join(who(one) for one in row["parties"]),
            row["published"],
            write_date(row["date"], self.on.lang),
        )
        return ", ".join(filter(None, parts))

    def alliances(self) -> Iterator[Block]:
        for row in self.of("alliance"):
            yield Heading(runs(row["title"].upper()), 3)
            relation = self.on.say(RELATIONS[row["relation"]]) if row["relation"] else ""
            told = row["text"] or ""
            text = " ".join(filter(None, (f"{capital(relation)}." if relation else "", told)))
            yield Text(runs(text or self.on.say(NOTHING)))

    def funding(self, row: Row) -> str:
        """Who gives, how much, for which period."""
        amounts = ", ".join(one["words"] for one in row["figures"])
        payers = listed([who(one) for one in row["parties"]], self.on.lang) if row["parties"] else ""
        return ", ".join(filter(None, (row["title"], payers, amounts, write_date(row["date"], self.on.lang))))

    def titled(self, row: Row) -> str:
        names = listed([who(one) for one in row["parties"]], self.on.lang) if row["parties"] else ""
        return ", ".join(filter(None, (row["title"], row["place"], names)))

    def dated(self, row: Row) -> str:
        """« Le 11 avril 2024 : Présentation à la formation, Montréal »."""
        return self._dated(row["date"], self.titled(row))

    def _dated(self, edtf: str, text: str) -> str:
        return self.words.say(N_("{when}: "), when=self.words.placed(edtf)) + text

    def bullets(self, rows: Sequence[Row], told: Callable[[Row], str]) -> Iterator[Block]:
        if rows:
            yield self.list([told(row) for row in rows])

    def list(self, lines: Sequence[str], mark: Any = "•") -> Items:
        """Bullets that end with a semicolon, the last with a full stop."""
        stop = self.words.words("x;").removeprefix("x")
        last = len(lines) - 1
        ended = [line if line[-1:] in ".!?" else line + ("." if n == last else stop) for n, line in enumerate(lines)]
        return Items(tuple(Item(runs(line)) for line in ended), mark)


def _change(former: Row, now: Row) -> int | None:
    """By how many hundredths it grew, rounded; null where either is not exact, or where there was nothing."""
    values = [
        Decimal(str(one["value"])) for one in (former, now) if one["value"] is not None and one["bound"] == "exact"
    ]
    if len(values) < 2 or not values[0]:
        return None
    return round((values[1] - values[0]) / values[0] * 100)
