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
from projections.case_lists import Known
from services.home import Home
from services.reading.cases import cases
from services.reading.when import When
from services.refs import Refs

Row = dict[str, Any]
NAME = "follow-up"
PLANS = frozenset({"plan_item"})  # kinds of cases that a plan's own forms print


@dataclass(frozen=True)
class Told:
    """The cases of one assembly, in the order in which they print."""

    assembly: Assembly
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Selection:
    """What a report prints, assembly by assembly, the oldest first. `ids`: REF -> stream; `last`: the report before it."""

    groups: tuple[Told, ...]
    ids: Mapping[str, UUID]
    last: ReportTabled | None

    @property
    def rows(self) -> Iterator[Row]:
        return (row for group in self.groups for row in group.rows)

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def select(home: Home, when: When, to: Assembly | None) -> Selection:
    """What a report to an assembly (null: to any) tells of; what that very assembly decides is not followed up yet."""
    assemblies = assemblies_of(home, when.known(home))
    last = _last(assemblies.values(), to)
    over = {each.case for each in last.cases if each.final} if last else set()
    rows = [
        row for row in cases(home, when) if row["kind"] not in PLANS and row["assembly"] != (to.key if to else None)
    ]
    ids = Refs(home.store).cases([row["ref"] for row in rows])
    kept = [row for row in rows if not (row["final"] and ids.get(row["ref"]) in over)]
    groups = []
    for key in sorted({row["assembly"] for row in kept}, key=lambda key: _age(assemblies.get(key), key)):
        if key in assemblies:
            groups.append(Told(assemblies[key], tuple(ordered([row for row in kept if row["assembly"] == key]))))
    return Selection(tuple(groups), ids, last)


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


def ordered(rows: Sequence[Row]) -> list[Row]:
    """By first number; a bundle among whose numbers others print comes last, as it belongs to no place."""
    rows = sorted(rows, key=lambda row: natural(min(row["numbers"], key=natural)))
    return [*(row for row in rows if not straddles(row, rows)), *(row for row in rows if straddles(row, rows))]


def straddles(row: Row, rows: Sequence[Row]) -> bool:
    """Whether numbers of other cases lie between those of a bundle."""
    first, last = (each(row["numbers"], key=natural) for each in (min, max))
    others = (number for other in rows if other is not row for number in other["numbers"])
    return any(natural(first) < natural(number) < natural(last) for number in others)
