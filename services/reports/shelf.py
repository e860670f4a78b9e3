"""What was tabled to any assembly, to be had again byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.directory import Assembly, ReportTabled
from domain.time import local_day
from projections.case_lists import Known
from services.home import Home
from services.reading.names import words_of
from services.reports.selecting import assemblies_of


@dataclass(frozen=True)
class OnShelf:
    """A report that an assembly was given: `version` is that of its entry, by which it is had again; `day`: when it was
    recorded; `by`: by whom."""

    key: str
    assembly: str
    version: int
    event: ReportTabled
    day: date
    by: str


def shelf(home: Home, assemblies: Iterable[Assembly] | None = None) -> list[OnShelf]:
    """All of them, or those of some assemblies, the latest first."""
    zone = home.store.present.calendar.zone
    found: list[tuple[int, OnShelf, UUID]] = []
    for each in assemblies_of(home, Known()).values() if assemblies is None else assemblies:
        entries = {entry.originator_version: entry for entry in each.history}
        for version, event in each.tabled:
            at = entries[version]
            day = local_day(at.recorded_at, zone) if at.recorded_at else date.min
            by = event.on_behalf_of or at.actor
            found.append((at.position or 0, OnShelf(each.key, each.name, version, event, day, ""), by))
    names = words_of(home, [by for _, _, by in found]) if found else {}
    found.sort(key=lambda one: one[0], reverse=True)
    return [replace(one, by=names.get(by, "")) for _, one, by in found]
