"""What the reports of resolutions go through: the cases of an assembly, page by page, each with its threads; the numbers
that have no case. What is held at once does not grow with the cases, but for a few words of each and the threads at a time
that is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.words import natural
from projections.case_lists import Outline
from projections.case_pages import Sought, cases_found
from projections.demarche_lists import Wanted
from services import access
from services.reading.cases import cases, outlines
from services.reading.demarches import ALL, demarches, listed, told
from services.reading.directory import assemblies
from services.reading.lists import reading_of
from services.reading.progress import UNTOLD, progress
from services.reading.waits import told as told_cases
from services.reports.asked import Ground

PAGE = 100
Row = dict[str, Any]

_ASSEMBLIES = """SELECT key, name, facts->>'date', facts->'numbers' FROM read.directory WHERE kind = 'assembly'
                  ORDER BY facts->>'date' NULLS FIRST, key"""
_NUMBERS = """SELECT coalesce(sum(json_array_length(row->'numbers')), 0) FROM read.cases
               WHERE assembly = ANY (%s) AND NOT withdrawn AND suivi.may_see(visibility, people, %s, %s)"""
# Whether there is a case is no secret of the case: the reader is told of a number that somebody settled, or not at all.
_HAVING = """SELECT DISTINCT number FROM read.cases, json_array_elements_text(row->'numbers') AS number
              WHERE assembly = %s AND NOT withdrawn AND number = ANY (%s)"""


@dataclass(frozen=True)
class Assembly:
    """One that is reported on; `fates`: number -> what became of it, where somebody said."""

    key: str
    name: str
    date: str | None
    fates: Mapping[str, str]


@dataclass(frozen=True)
class Followed:
    """A case with its threads, where the reader works here."""

    row: Row
    threads: Sequence[Row]

    @property
    def first(self) -> str:
        """The number that it stands under."""
        return str(self.row["numbers"][0])


@dataclass(frozen=True)
class Gap:
    """A number without a case, and what became of it; `unknown` where nobody said."""

    number: str
    fate: str


class Resolutions:
    """The assemblies and their cases, as they stand or stood."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.home = ground, ground.home
        self._known: dict[str, tuple[Mapping[str, int], Sequence[Gap]]] = {}

    @cached_property
    def assemblies(self) -> list[Assembly]:
        """All, by date."""
        if self.ground.when.now:
            rows: Any = self.home.reader.execute(_ASSEMBLIES)
            return [Assembly(key, name, date, fates or {}) for key, name, date, fates in rows]
        found = assemblies(self.home, self.ground.when)
        return [Assembly(row["key"], row["name"], row["date"], row["numbers"]) for row in found]

    def assembly(self, key: str) -> Assembly:
        """The one of that key; one that was not known then has its key for a name."""
        return next((one for one in self.assemblies if one.key == key), Assembly(key, key, None, {}))

    def count(self, told: Sequence[Assembly]) -> int:
        """How many numbers there are to print."""
        return self._numbers([one.key for one in told]) + sum(len(self.gaps(one)) for one in told)

    def _numbers(self, keys: Sequence[str]) -> int:
        if not self.ground.when.now:
            return sum(len(one.numbers) for key in keys for one in self._then.get(key, ()))
        viewer = self.home.viewer()
        found = self.home.reader.execute(_NUMBERS, (list(keys), viewer.person, sorted(viewer.roles))).fetchone()
        return int(found[0]) if found else 0

    def states(self, key: str) -> Mapping[str, int]:
        """How many cases are in each state."""
        return self._told(key)[0]

    def gaps(self, assembly: Assembly) -> Sequence[Gap]:
        """The numbers without a case, in order. Where there are more cases than one page of them, only those that somebody
        told of: nobody looks for what is missing in between."""
        return self._told(assembly.key)[1]

    def lines(self, assembly: Assembly) -> Iterator[Followed | Gap]:
        """The cases of an assembly and its numbers without one, in order."""
        gaps = deque(self.gaps(assembly))
        for followed in self.followed(assembly.key):
            while gaps and natural(gaps[0].number) < natural(followed.first):
                yield gaps.popleft()
            yield followed
        yield from gaps

    def followed(self, key: str) -> Iterator[Followed]:
        """The cases of an assembly, in the order of their first number."""
        if self.ground.when.now:
            yield from self._pages(key)
        else:
            ids = [one.id for one in self._then.get(key, ())]
            for start in range(0, len(ids), PAGE):
                for row in cases(self.home, self.ground.when, only=ids[start : start + PAGE]):
                    yield Followed(row | UNTOLD, self._threads_then.get(row["ref"], ()))

    def _pages(self, key: str) -> Iterator[Followed]:
        after: list[str] | None = None
        while True:
            found = cases_found(self.home.reader, reading_of(self.home), Sought(assembly=key), after, PAGE)
            rows = told_cases(self.home, found)
            access.note_named(self.home, rows)
            threads = self._threads([one.id for one in found])
            yield from (Followed(row, threads.get(row["ref"], ())) for row in rows)
            if len(found) < PAGE:
                return
            after = found[-1].key

    def _threads(self, cases: Sequence[Any]) -> dict[str, list[Row]]:
        """REF -> the threads of each case, as they stand."""
        if not cases or not self.home.viewer().works_here:
            return {}
        when = self.ground.when
        return _by_case(told(self.home, listed(self.home, when, Wanted(cases=list(cases))), when))

    def _told(self, key: str) -> tuple[Mapping[str, int], Sequence[Gap]]:
        """Looked up once, of which little is kept: states and gaps."""
        if key not in self._known:
            found = progress(self.home, key, self.ground.when)
            gaps = [Gap(each.number, each.fate) for each in found.gaps] if found.next is None else self._settled(key)
            self._known[key] = found.states, gaps
        return self._known[key]

    def _settled(self, key: str) -> list[Gap]:
        """The numbers without a case that somebody told of."""
        told = {number: fate for number, fate in self.assembly(key).fates.items() if fate != "adopted"}
        rows = self.home.reader.execute(_HAVING, (key, list(told)))
        having = {number for (number,) in rows} if self.ground.when.now else self._numbers_then(key)
        return [Gap(number, told[number]) for number in sorted(told.keys() - having, key=natural)]

    def _numbers_then(self, key: str) -> set[str]:
        return {number for one in self._then.get(key, ()) for number in one.numbers}

    @cached_property
    def _then(self) -> dict[str | None, list[Outline]]:
        """By assembly, the least that says where a case stood: the rest is read page by page."""
        found: dict[str | None, list[Outline]] = {}
        for one in outlines(self.home, self.ground.when):
            found.setdefault(one.assembly, []).append(one)
        return found

    @cached_property
    def _threads_then(self) -> dict[str, list[Row]]:
        return _by_case(demarches(self.home, self.ground.when, ALL)) if self.home.viewer().works_here else {}


def _by_case(threads: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for thread in sorted(threads, key=lambda row: row["number"]):
        for ref in thread["cases"]:
            found.setdefault(ref, []).append(thread)
    return found

