"""The follow-up of resolutions, as an assembly reads it: what officers approved, else what was noted for the assembly.

Nothing else is ever printed: notes of the office, proposals and tasks stay there (`docs/adr/0027-follow-up.md`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from domain.amendments import standing
from domain.base import Event, Recorded
from domain.case.case import Case
from domain.case.events import CaseNoted, ReportApproved
from domain.demarche.events import DemarcheNoted
from domain.directory import Assembly
from domain.time import local_day
from domain.words import natural
from domain.words import plain as plain_word
from projections import log
from projections.case_lists import Known
from projections.phrases.catalogue import N_, listed
from projections.phrases.dates import write_date
from projections.phrases.nouns import body_noun
from projections.phrases.reports import BETWEEN, NOTHING, SAYS_NOTHING, TEXT_OF
from services.home import Home
from services.reading.histories import happened
from services.reading.paragraphs import aged, told_since
from services.reports.asked import Asked
from services.reports.asked import Ground as AskedGround
from services.reports.asked import ground as asked_ground
from services.reports.narrative import Ground, plain, read_paragraph
from services.reports.narrative.course import noted
from services.reports.printed import Block, Heading, Printed, Run, Text
from services.reports.selecting import NAME, Row, Selection, Told, select
from services.reports.words import runs

TITLE = N_("follow-up of the resolutions")
NOTHING_DUE = N_("there is nothing to follow up: no resolution is open, and none ended since the last report.")
NOTHING_DUE_TO = N_(
    "there is nothing to tell this assembly: what it decides itself is followed up at the next one. To print the "
    "follow-up of its own resolutions, name the assembly that comes after it, or none."
)
PART = N_("{part}: ")
CHUNK = 40  # cases whose histories are held at once
Histories = Sequence[Sequence[Recorded]]
"""That of a case, then those of its threads."""


@dataclass(frozen=True)
class FollowUp:
    """The document, what it tells of, and up to which entry of the log. `withheld`: the REFs of cases that not everybody may
    see and of which nothing was approved for the assembly: they are left out."""

    printed: Printed
    selection: Selection
    position: int
    withheld: tuple[str, ...]


def follow_up(home: Home, asked: Asked) -> Printed:
    """The report to the assembly asked for, else to any. Raises `AssemblyUnknown`."""
    return told(home, asked).printed


def told(home: Home, asked: Asked) -> FollowUp:
    """The same, with what it tells of. The filter `gaps` adds the numbers of which it says nothing."""
    on, telling = telling_of(home, asked)
    printed = Printed(
        name=NAME, title=telling.title, lang=on.lang, as_of=on.day, blocks=telling.blocks(), organisation=on.organisation,
        large=asked.large, template=telling.fields, steps=telling.selection.count - len(telling.withheld),
        subject=telling.ground.say(TITLE),
    )  # fmt: skip
    return FollowUp(printed, telling.selection, telling.known.position or 0, telling.withheld)


def telling_of(home: Home, asked: Asked, fixed: bool = True) -> tuple[AskedGround, Telling]:
    """What the report stands on, before anything of it is read but its list of cases; `fixed`: it tells nothing that is
    recorded while it is written. Raises `AssemblyUnknown`."""
    on, known = asked_ground(home, asked), asked.when.known(home)
    key = asked.to.removeprefix("assembly:") if asked.to is not None else None
    ground = Ground.of(home.store.present.organisation, on.day, on.lang)
    position = log.size(home.reader) if known.position is None and fixed else known.position
    selection = select(home, asked.when, key)
    return on, Telling(home, ground, selection, Known(position, known.day), selection.to, "gaps" in asked.filters)


@dataclass(frozen=True)
class Telling:
    """One report on its way into blocks."""

    home: Home
    ground: Ground
    selection: Selection
    known: Known
    to: Assembly | None
    gaps: bool

    @property
    def title(self) -> tuple[str, str]:
        """« Suivi des résolutions de / l’assemblée annuelle 2023 »."""
        groups, lang = self.selection.groups, self.ground.lang
        if len(groups) != 1:
            return self.ground.say(TITLE), self.ground.words(N_("of our assemblies"))
        name = body_noun(groups[0].assembly.name, lang)
        of, rest = _parted(str(name.of)) if lang == "fr" else ("of", groups[0].assembly.name)
        return f"{self.ground.say(TITLE)} {of}", rest

    @cached_property
    def withheld(self) -> tuple[str, ...]:
        """What not everybody may see is printed only where something was approved for it."""
        rows = [row for row in self.selection.rows if row["visibility"] != "open"]
        cases = {case.ref: case for case, _ in self.folded(rows)}
        return tuple(row["ref"] for row in rows if row["ref"] not in cases or not cases[row["ref"]].paragraphs)

    def blocks(self) -> Iterator[Block]:
        """The whole, a few cases at a time."""
        yield Heading((Run("\n".join(self.title)),), level=1)
        said = self.ground.say(
            N_("what became of them by {day}."), day=write_date(self.ground.day.isoformat(), self.ground.lang)
        )
        name = self.home.store.present.organisation.name
        yield Text(runs(f"{name}. {said}" if name else said), "subtitle")
        withheld = set(self.withheld)
        for group in self.selection.groups:
            if len(self.selection.groups) > 1:
                yield Heading(runs(group.assembly.name), level=2)
            rows = {row["ref"]: row for row in group.rows if row["ref"] not in withheld}
            for case, told in self.folded([*rows.values()]):
                yield self.heading(rows[case.ref], group)
                yield from self.body(case, told)
            if self.gaps:
                yield from self.missing(group)
        if len(withheld) == self.selection.count:
            yield Text(runs(self.ground.say(NOTHING_DUE if self.to is None else NOTHING_DUE_TO)))

    def fields(self) -> dict[str, Any]:
        """For a template of one's own: each case with its heading, its title and its paragraphs as text."""
        cases = []
        for group in self.selection.groups:
            rows = {row["ref"]: row for row in group.rows if row["ref"] not in self.withheld}
            for case, told in self.folded([*rows.values()]):
                label, _, title = plain_heading(self.heading(rows[case.ref], group))
                cases.append({"heading": label, "title": title, "text": plain(self.body(case, told)).split("\n\n")})
        return {"cases": cases}

    def folded(self, rows: Sequence[Row]) -> Iterator[tuple[Case, Histories]]:
        """The cases in the order of the rows, each with its history and those of its threads."""
        ids = iter([self.selection.ids[row["ref"]] for row in rows if row["ref"] in self.selection.ids])
        while chunk := list(islice(ids, CHUNK)):
            by_stream = self._histories(chunk)
            cases = [Case.fold(by_stream[stream], self.known.day) for stream in chunk if stream in by_stream]
            threads = self._histories(list(dict.fromkeys(thread for case in cases for thread in case.threads)))
            for case in cases:
                yield case, [by_stream[case.id], *(threads[one] for one in case.threads if one in threads)]

    def _histories(self, streams: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        upto = log.EVERYTHING if self.known.position is None else self.known.position
        found = log.histories(self.home.reader, streams, upto) if streams else []
        return {entries[0].originator_id: entries for entries in found}

    def heading(self, row: Row, group: Told) -> Heading:
        """« RÉSOLUTIONS 23 – 24 – 25 », and under it the titles as they were adopted."""
        numbers = " – ".join(row["numbers"])
        if row["ref"] in group.straddling:
            label = self.ground.say(N_("FOLLOW-UP, RESOLUTIONS {numbers}"), numbers=numbers)
        else:
            forms = N_("RESOLUTION {numbers}"), "RESOLUTIONS {numbers}"
            label = self.ground.many(forms, len(row["numbers"]), numbers=numbers)
        return Heading((Run("\n".join((label, *_titles(row)))),), level=3)

    def body(self, case: Case, told: Histories) -> Iterator[Block]:
        """What was approved, else what was noted for the assembly, else that nothing was reported."""
        if (found := self.approved(case)) is not None:
            yield from read_paragraph(found[1].text)
            yield from self._dated(told, *found)
            return
        notes = self.notes(told)
        yield from read_paragraph("\n\n".join(notes))
        if not notes:
            yield Text(runs(self.ground.say(NOTHING)))

    def approved(self, case: Case) -> tuple[int, ReportApproved] | None:
        """The last paragraph for this assembly, else for any, else for another, with its version."""
        to = self.to.id if self.to else None
        ranks = {to: 0, None: 1}
        found = sorted(case.paragraphs, key=lambda one: (ranks.get(one[1].assembly, 2), -one[0]))
        return found[0] if found else None

    def _dated(self, told: Histories, version: int, event: ReportApproved) -> Iterator[Text]:
        """« Texte au 3 octobre 2024. », where more that concerns the assembly became known after it was approved."""
        at = next(entry for entry in told[0] if entry.originator_version == version)
        if aged(told, at.position or 0, self.known.day):
            day = event.occurred or self._day(at)
            yield Text(runs(self.ground.say(TEXT_OF, day=write_date(day, self.ground.lang))), "remark")

    def later(self, told: Histories, version: int) -> int:
        """How many facts became known after an entry of the case."""
        at = next(entry for entry in told[0] if entry.originator_version == version)
        return sum(len(told_since(entries, at.position or 0, self.known.day)) for entries in told)

    def _day(self, at: Recorded) -> str:
        zone = self.home.store.present.calendar.zone
        return local_day(at.recorded_at or datetime.now().astimezone(), zone).isoformat()

    def notes(self, told: Histories) -> list[str]:
        """The notes for the assembly, of the case and of its threads, in the order in which it happened."""
        found: list[tuple[date, int, Event, str]] = []
        for entries in told:
            kept = entries if self.known.day is None else happened(entries, self.known.day)
            for entry in standing(kept):
                event = entry.event
                if isinstance(event, CaseNoted | DemarcheNoted) and event.audience == "assembly":
                    found.append((entry.day(), entry.position or 0, event, event.text))
        ordered = [(event, text) for _, _, event, text in sorted(found, key=lambda one: one[:2])]
        numbers = {number for entry in told[0] for number in getattr(entry.event, "numbers", ())}
        return [self._led(part, noted(text, event, self.ground)) for part, event, text in _by_part(ordered, numbers)]

    def _led(self, part: str, text: str) -> str:
        """« Au Québec : », then what was noted of that part, unless it says so itself."""
        if not part or plain_word(text).startswith(plain_word(part)):
            return text
        return self.ground.say(PART, part=part) + text

    def missing(self, group: Told) -> Iterator[Text]:
        """« Numéros sans dossier : 2, 4 et 9. »: what became of them is not assumed."""
        every = {number for row in group.rows for number in row["numbers"]} | set(group.assembly.numbers)
        whole = [int(number) for number in every if number.isdigit()]
        printed = {number for row in group.rows if row["ref"] not in self.withheld for number in row["numbers"]}
        absent = [str(n) for n in range(1, max(whole, default=0) + 1) if str(n) not in printed]
        others = [number for number in every if not number.isdigit() and number not in printed]
        numbers = sorted({*absent, *others}, key=natural)
        if numbers:
            said = self.ground.say(SAYS_NOTHING,
                                   numbers=listed(numbers, self.ground.lang))  # fmt: skip
            yield Text(runs(said), "remark")


def _titles(row: Row) -> list[str]:
    """On one line between dashes; a line for each, where that would not tell which number has which."""
    own = [row["titles"].get(number, row["title"]) for number in row["numbers"]]
    return [row["title"]] if row["title"].split(BETWEEN) == own else own


def _by_part(notes: Sequence[tuple[Event, str]], numbers: Collection[str]) -> Iterator[tuple[str, Event, str]]:
    """The notes of the whole, then those of each part together, its name with the first of them; parts that are `numbers`
    have none."""
    named: dict[str, list[tuple[Event, str]]] = {}
    for event, text in notes:
        part = (event.part if isinstance(event, CaseNoted) else None) or ""
        named.setdefault("" if part in numbers else part, []).append((event, text))
    for part in sorted(named, key=bool):
        for n, (event, text) in enumerate(named[part]):
            yield part if not n else "", event, text


def plain_heading(heading: Heading) -> tuple[str, str, str]:
    """Its label, a line break, and the titles."""
    return "".join(run.text for run in heading.words).partition("\n")


def _parted(of: str) -> tuple[str, str]:
    """« de l’Assemblée annuelle » -> « de », « l’assemblée annuelle »: the article of a feminine stays with its noun."""
    head, _, rest = of.partition(" ")
    for article in ("l’", "la "):
        if rest.startswith(article):
            name = rest.removeprefix(article)
            return head, article + (name[:1].lower() + name[1:] if name[1:2].islower() else name)
    return head, rest[:1].lower() + rest[1:] if rest[1:2].islower() else rest
