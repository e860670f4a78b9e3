"""The follow-up of resolutions, as an assembly reads it: what officers approved, else what was noted for the assembly.

Nothing else is ever printed: notes of the office, proposals and tasks stay there (`docs/adr/0027-follow-up.md`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any

from domain.amendments import standing
from domain.base import Event, Recorded
from domain.case.case import Case
from domain.case.events import CaseNoted, ReportApproved
from domain.demarche.events import DemarcheNoted
from domain.directory import Assembly
from domain.time import local_day
from domain.words import natural
from projections import log
from projections.case_lists import Known
from projections.phrases.catalogue import N_, listed
from projections.phrases.dates import write_date
from projections.phrases.nouns import body_noun
from services.home import Home
from services.reading.histories import happened
from services.reading.paragraphs import came_after
from services.refs import Refs
from services.reports.asked import Asked, assembly_of
from services.reports.asked import ground as asked_ground
from services.reports.narrative import Ground, plain, read_paragraph
from services.reports.narrative.course import noted
from services.reports.narrative.drafting import NOTHING
from services.reports.printed import Block, Heading, Printed, Run, Text
from services.reports.selecting import NAME, Row, Selection, Told, select, straddles
from services.reports.words import runs

TITLE = N_("follow-up of the resolutions")
CHUNK = 40  # cases whose histories are held at once


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
    on = asked_ground(home, asked)
    known, key = asked.when.known(home), assembly_of(on, lambda refs: None)
    assembly = home.store.load(Assembly, Refs(home.store).assembly(key)) if key else None
    organisation = home.store.present.organisation
    ground = Ground.of(organisation, on.day, on.lang)
    selection = select(home, asked.when, assembly)
    position = log.size(home.reader) if known.position is None else known.position
    telling = Telling(home, ground, selection, Known(position, known.day), assembly, "gaps" in asked.filters)
    printed = Printed(
        name=NAME, title=telling.title, lang=on.lang, as_of=on.day, blocks=telling.blocks(), organisation=organisation.name,
        large=asked.large, template=telling.fields, steps=selection.count - len(telling.withheld),
        subject=ground.say(TITLE),
    )  # fmt: skip
    return FollowUp(printed, selection, position, telling.withheld)


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
        cases = {case.ref: case for case, _ in self._folded(rows)}
        return tuple(row["ref"] for row in rows if row["ref"] not in cases or not cases[row["ref"]].paragraphs)

    def blocks(self) -> Iterator[Block]:
        """The whole, a few cases at a time."""
        yield Heading((Run("\n".join(self.title)),), level=1)
        told = self.ground.say(
            N_("what became of them by {day}."), day=write_date(self.ground.day.isoformat(), self.ground.lang)
        )
        name = self.home.store.present.organisation.name
        yield Text(runs(f"{name}. {told}" if name else told), "subtitle")
        withheld = set(self.withheld)
        for group in self.selection.groups:
            if len(self.selection.groups) > 1:
                yield Heading(runs(group.assembly.name), level=2)
            rows = {row["ref"]: row for row in group.rows if row["ref"] not in withheld}
            for case, history in self._folded([*rows.values()]):
                yield self.heading(rows[case.ref], group)
                yield from self.body(case, history)
            if self.gaps:
                yield from self.missing(group)

    def fields(self) -> dict[str, Any]:
        """For a template of one's own: each case with its heading, its title and its paragraphs as text."""
        cases = []
        for group in self.selection.groups:
            rows = {row["ref"]: row for row in group.rows if row["ref"] not in self.withheld}
            for case, history in self._folded([*rows.values()]):
                label, _, title = plain_heading(self.heading(rows[case.ref], group))
                cases.append({"heading": label, "title": title, "text": plain(self.body(case, history)).split("\n\n")})
        return {"cases": cases}

    def _folded(self, rows: Sequence[Row]) -> Iterator[tuple[Case, list[Recorded]]]:
        """The cases with their histories, in the order of the rows."""
        ids = iter([self.selection.ids[row["ref"]] for row in rows if row["ref"] in self.selection.ids])
        upto = log.EVERYTHING if self.known.position is None else self.known.position
        while chunk := list(islice(ids, CHUNK)):
            by_stream = {entries[0].originator_id: entries for entries in log.histories(self.home.reader, chunk, upto)}
            for stream in chunk:
                if stream in by_stream:
                    yield Case.fold(by_stream[stream], self.known.day), by_stream[stream]

    def heading(self, row: Row, group: Told) -> Heading:
        """« RÉSOLUTIONS 23 – 24 – 25 », and under it the titles as they were adopted."""
        numbers = " – ".join(row["numbers"])
        if straddles(row, group.rows):
            label = self.ground.say(N_("FOLLOW-UP, RESOLUTIONS {numbers}"), numbers=numbers)
        else:
            forms = N_("RESOLUTION {numbers}"), "RESOLUTIONS {numbers}"
            label = self.ground.many(forms, len(row["numbers"]), numbers=numbers)
        return Heading((Run(f"{label}\n{row['title']}"),), level=3)

    def body(self, case: Case, history: Sequence[Recorded]) -> Iterator[Block]:
        """What was approved, else what was noted for the assembly, else that nothing was reported."""
        approved = self._approved(case)
        if approved is not None:
            version, event = approved
            yield from read_paragraph(event.text)
            yield from self._dated(case, history, version, event)
            return
        notes = [*self._notes(case, history)]
        for text in notes:
            yield from read_paragraph(text)
        if not notes:
            yield Text(runs(self.ground.say(NOTHING)))

    def _approved(self, case: Case) -> tuple[int, ReportApproved] | None:
        """The last paragraph for this assembly, else for any, else for another."""
        to = self.to.id if self.to else None
        ranks = {to: 0, None: 1}
        found = sorted(case.paragraphs, key=lambda one: (ranks.get(one[1].assembly, 2), -one[0]))
        return found[0] if found else None

    def _dated(self, case: Case, history: Sequence[Recorded], version: int, event: ReportApproved) -> Iterator[Text]:
        """« Texte au 3 octobre 2024. », where more became known after it was approved."""
        at = next(entry for entry in history if entry.originator_version == version)
        upto = log.EVERYTHING if self.known.position is None else self.known.position
        told = [history, *log.histories(self.home.reader, case.threads, upto)] if case.threads else [history]
        if any(came_after(entries, at.position or 0, self.known.day) for entries in told):
            day = event.occurred or self._day(at)
            yield Text(runs(self.ground.say(N_("text of {day}."), day=write_date(day, self.ground.lang))), "remark")

    def _day(self, at: Recorded) -> str:
        zone = self.home.store.present.calendar.zone
        return local_day(at.recorded_at or datetime.now().astimezone(), zone).isoformat()

    def _notes(self, case: Case, history: Sequence[Recorded]) -> Iterator[str]:
        """The notes for the assembly, of the case and of its threads, in the order in which it happened."""
        upto = log.EVERYTHING if self.known.position is None else self.known.position
        threads = log.histories(self.home.reader, case.threads, upto) if case.threads else []
        found: list[tuple[date, int, Event, str]] = []
        for entries in (history, *threads):
            kept = entries if self.known.day is None else happened(entries, self.known.day)
            for entry in standing(kept):
                event = entry.event
                if isinstance(event, CaseNoted | DemarcheNoted) and event.audience == "assembly":
                    found.append((entry.day(), entry.position or 0, event, event.text))
        for _, _, event, text in sorted(found, key=lambda one: one[:2]):
            yield noted(text, event, self.ground)

    def missing(self, group: Told) -> Iterator[Text]:
        """« Numéros sans dossier : 2, 4 et 9. »: what became of them is not assumed."""
        every = {number for row in group.rows for number in row["numbers"]} | set(group.assembly.numbers)
        whole = [int(number) for number in every if number.isdigit()]
        printed = {number for row in group.rows if row["ref"] not in self.withheld for number in row["numbers"]}
        absent = [str(n) for n in range(1, max(whole, default=0) + 1) if str(n) not in printed]
        others = [number for number in every if not number.isdigit() and number not in printed]
        numbers = sorted({*absent, *others}, key=natural)
        if numbers:
            said = self.ground.say(N_("numbers of which this report says nothing: {numbers}."),
                                   numbers=listed(numbers, self.ground.lang))  # fmt: skip
            yield Text(runs(said), "remark")


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
