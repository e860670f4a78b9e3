"""Which cases a follow-up report tells of: those that are open, of any year, and those that ended since the last report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.base import Recorded
from domain.directory import Assembly, ReportTabled
from domain.words import natural, sort_key
from projections import log
from projections.case_lists import Known, is_final
from services import access
from services.home import Home
from services.reading.cases import cases
from services.reading.when import When
from services.refs import AssemblyUnknown, Refs

Row = dict[str, Any]
NAME = "follow-up"
PLANS = frozenset({"plan_item"})  # kinds of cases that a plan's own forms print
_CASES = """SELECT row, case_id FROM read.cases
             WHERE NOT withdrawn AND suivi.may_see(visibility, people, %s, %s)"""


@dataclass(frozen=True)
class Told:
    """The cases of one assembly, in the order in which they print; `straddling`: the REFs of the bundles that have no
    place of their own."""

    assembly: Assembly
    rows: tuple[Row, ...]
    straddling: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Selection:
    """What a report prints, assembly by assembly, the oldest first. `ids`: REF -> stream; `last`: the report before it;
    `to`: who is given it; `assemblies`: all of them, by key."""

    groups: tuple[Told, ...]
    ids: Mapping[str, UUID]
    last: ReportTabled | None
    to: Assembly | None
    assemblies: Mapping[str, Assembly]

    @property
    def rows(self) -> Iterator[Row]:
        return (row for group in self.groups for row in group.rows)

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def select(home: Home, when: When, key: str | None) -> Selection:
    """What a report to an assembly (null: to any) tells of; what that very assembly decides is not followed up yet. Raises
    `AssemblyUnknown`."""
    assemblies = assemblies_of(home, when.known(home))
    if key is not None and key not in assemblies:
        raise AssemblyUnknown(key=key, known=sorted(assemblies))
    to = assemblies[key] if key is not None else None
    last = _last(assemblies.values(), to)
    over = {each.case for each in last.cases if each.final} if last else set()
    found = [(row, id) for row, id in _rows(home, when) if row["kind"] not in PLANS and row["assembly"] != key]
    ids = {row["ref"]: id for row, id in found}
    kept = [row for row, id in found if not (row["final"] and id in over)]
    groups = []
    for each in sorted({row["assembly"] for row in kept}, key=lambda one: _age(assemblies.get(one), one)):
        if each in assemblies:
            groups.append(ordered(assemblies[each], [row for row in kept if row["assembly"] == each]))
    return Selection(tuple(groups), ids, last, to, assemblies)


def _rows(home: Home, when: When) -> list[tuple[Row, UUID]]:
    """The cases that the viewer may see, with their streams."""
    if not when.now:
        rows = cases(home, when)
        ids = Refs(home.store).cases([row["ref"] for row in rows])
        return [(row, ids[row["ref"]]) for row in rows if row["ref"] in ids]
    viewer = home.viewer()
    sent = home.reader.execute(_CASES, (viewer.person, sorted(viewer.roles)))
    found: list[tuple[Row, UUID]] = [(row | {"final": is_final(row["workflow"], row["state"])}, id) for row, id in sent]
    access.note_named(home, [row for row, _ in found])
    return found


def assemblies_of(home: Home, known: Known) -> dict[str, Assembly]:
    """Every assembly by its key, as it was known."""
    streams = list(Refs(home.store).keys("assembly").values())
    upto = log.EVERYTHING if known.position is None else known.position
    folded = [Assembly.fold(history, known.day) for history in _histories(home, streams, upto)]
    return {each.key: each for each in folded if each.key and not each.withdrawn}


def _histories(home: Home, streams: Sequence[UUID], upto: int) -> Sequence[list[Recorded]]:
    return log.histories(home.reader, streams, upto) if streams else []


def _last(assemblies: Any, to: Assembly | None) -> ReportTabled | None:
    """The follow-up that was tabled last, to an assembly of the same kind."""
    reports = [
        report for each in assemblies if to is None or each.kind == to.kind
        for _, report in each.tabled if report.report == NAME
    ]  # fmt: skip
    return max(reports, key=lambda report: report.position, default=None)


def _age(assembly: Assembly | None, key: str) -> tuple[str, str]:
    return (assembly.date or "" if assembly else "", sort_key(key))


def ordered(assembly: Assembly, rows: Sequence[Row]) -> Told:
    """By first number; a bundle among whose numbers others print comes last, as it belongs to no place."""
    rows, bundles = sorted(rows, key=lambda row: natural(min(row["numbers"], key=natural))), straddling(rows)
    placed = (row for row in rows if row["ref"] not in bundles)
    return Told(assembly, (*placed, *(row for row in rows if row["ref"] in bundles)), bundles)


def straddling(rows: Sequence[Row]) -> frozenset[str]:
    """The REFs of the bundles between whose numbers lie those of other cases."""
    every = sorted((natural(number), row["ref"]) for row in rows for number in row["numbers"])
    places: dict[str, list[int]] = {}
    for place, (_, ref) in enumerate(every):
        places.setdefault(ref, []).append(place)
    return frozenset(ref for ref, own in places.items() if own[-1] - own[0] >= len(own))
