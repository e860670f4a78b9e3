"""The whole log as people look through it: the latest first, filtered, in sentences, as far as the viewer may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.errors import Invalid
from domain.time import earliest, latest, parse_instant, read_date
from projections import log
from projections.case_lists import Known
from projections.entries import FAMILIES
from projections.entry_pages import Found, Sought, actors, assemblies, dots, page_of_entries, streams_of_case
from services import access
from services.home import Home
from services.reading.cases import entry_id
from services.reading.histories import tell
from services.reading.pages import CursorUnreadable, Page
from services.reading.when import When, today
from services.refs import Refs

Row = dict[str, Any]
ENTRIES = 50  # of a page
FILED = 5_000  # of a file
NOW = When()
PEOPLE = 200  # that one may choose among


class KindOfFactUnknown(Invalid):
    """“{kind}” is no kind of fact that can be looked for."""


@dataclass(frozen=True)
class Wanted:
    """Which entries, as typed: a person by REF or name, a case by REF, two dates in plain words; empty is not asked."""

    kind: str = ""
    who: str = ""
    assembly: str = ""
    case: str = ""
    since: str = ""
    until: str = ""
    amended: bool = False
    imported: str = ""
    quiet: bool = False

    @property
    def any(self) -> bool:
        return self != replace(Wanted(), quiet=self.quiet)


def journal(
    home: Home, wanted: Wanted, lang: str, before: str | None = None, limit: int = ENTRIES, when: When = NOW
) -> Page:
    """A page of the log: each entry with its sentence, its cases (REF, numbers, title) and its thread. `when`: only what
    was known then, or had happened by then."""
    viewer, place = home.viewer(), _place(before)
    asked, roles = sought(home, wanted, when.known(home)), sorted(viewer.roles)
    found = page_of_entries(home.reader, asked, viewer.person, roles, place, limit + 1)
    more = str(found[limit - 1].position) if len(found) > limit else None
    return Page(_told(home, found[:limit], lang), more)


def filed(home: Home, wanted: Wanted, lang: str, when: When = NOW) -> Iterator[Row]:
    """The same from the start, up to `FILED`."""
    before: str | None = None
    for _ in range(FILED // 500):
        page = journal(home, wanted, lang, before, 500, when)
        yield from page.items
        if (before := page.next) is None:
            return


def sought(home: Home, wanted: Wanted, known: Known) -> Sought:
    """What is asked of the log. A case that the viewer may not see has no entry."""
    if wanted.kind not in ("", "directory", *FAMILIES):
        raise KindOfFactUnknown(kind=wanted.kind)
    viewer = home.viewer()
    streams = None
    if wanted.case:
        streams = streams_of_case(home.reader, Refs(home.store).case(wanted.case), viewer.person, sorted(viewer.roles))
    return Sought(
        family=wanted.kind or None,
        actor=UUID(entry_id(home, wanted.who, "person")) if wanted.who else None,
        assembly=wanted.assembly or None,
        streams=streams,
        first=_before(home, wanted.since) if wanted.since else None,
        last=_least(_end(home, wanted.until) if wanted.until else None, known.position),
        day=known.day,
        amends=wanted.amended,
        imported=_import(home, wanted.imported) if wanted.imported else None,
        quiet=wanted.quiet,
    )


def size(home: Home) -> int:
    """The last position of the log."""
    return log.size(home.reader)


def people_who_acted(home: Home) -> list[Row]:
    """Those who ever recorded something, by REF and name."""
    return [{"ref": ref, "name": name} for ref, name in actors(home.reader, PEOPLE)]


def assemblies_by_name(home: Home) -> dict[str, str]:
    """Key -> name of each assembly, as it is now called."""
    return assemblies(home.reader)


def dots_of(home: Home, day: str, stretches: list[tuple[date, date]], case: str | None = None) -> dict[int, int]:
    """Which stretches of days something was recorded in, or happened in, and how much."""
    viewer = home.viewer()
    roles = sorted(viewer.roles)
    streams = streams_of_case(home.reader, Refs(home.store).case(case), viewer.person, roles) if case else None
    return dots(home.reader, day, stretches, viewer.person, roles, streams)


def _told(home: Home, found: list[Found], lang: str) -> list[Row]:
    histories = log.histories(home.reader, {one.stream for one in found}) if found else []
    access.note_named(home, list({case["ref"]: case for one in found for case in one.cases}.values()))
    wanted = {one.position: one for one in found}
    kept = [(history, [entry for entry in history if entry.position in wanted]) for history in histories]
    rows = {row["position"]: row for row in tell(home, kept, lang)}
    return [rows[one.position] | {"cases": one.cases, "thread": one.number, "about": one.about} for one in found]


def _import(home: Home, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _place(before: str | None) -> int:
    if before is None:
        return log.EVERYTHING
    if not before.isdecimal() or len(before) > 18:
        raise CursorUnreadable()
    return int(before)


def _least(*positions: int | None) -> int | None:
    return min((position for position in positions if position is not None), default=None)


def _before(home: Home, words: str) -> int:
    """The last entry before the first day of a date."""
    day = earliest(read_date(words, today(home)))
    return _position(home, day - timedelta(days=1)) if day and day > date.min else 0


def _end(home: Home, words: str) -> int:
    day = latest(read_date(words, today(home)))
    return _position(home, day) if day else log.EVERYTHING


def _position(home: Home, day: date) -> int:
    return log.position_at(home.reader, parse_instant(day.isoformat(), home.store.present.calendar.zone))
