"""The numbers of an assembly, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.words import natural
from projections.case_counts import NOBODY
from projections.case_pages import Sought, cases_found
from projections.case_rows import place_of
from services.home import Home
from services.reading.cases import cases, outlines
from services.reading.directory import assemblies
from services.reading.lists import Asked, listed, reading_of
from services.reading.names import named
from services.reading.pages import cursor, page_of
from services.reading.when import When
from services.refs import EntryUnknown

PAGE = 200  # cases of one page
SPREAD = 1000  # beyond, numbers are no count of what was decided
Row = dict[str, Any]
UNTOLD: Row = {"turn": None, "awaited": [], "wait": None, "next": None, "late": None}  # of a time that is over

_ALL = """SELECT key, name, facts FROM read.directory WHERE kind = 'assembly'
          ORDER BY facts->>'date' DESC NULLS LAST, key DESC LIMIT %s"""
# The first of them of which the reader sees a case, looked for one assembly after the other and no further; where they
# see none of any, the first.
_LATEST = """WITH ordered AS MATERIALIZED (
                 SELECT key, name, facts, row_number() OVER (ORDER BY facts->>'date' DESC NULLS LAST, key DESC) AS nth
                   FROM read.directory WHERE kind = 'assembly' ORDER BY nth)
             (SELECT key, name, facts FROM ordered d
               WHERE (SELECT true FROM read.cases c WHERE c.assembly = d.key AND NOT c.withdrawn
                         AND suivi.may_see(c.visibility, c.people, %s, %s) LIMIT 1) LIMIT 1)
             UNION ALL (SELECT key, name, facts FROM ordered WHERE nth = 1) LIMIT 1"""
_ONE = "SELECT key, name, facts FROM read.directory WHERE kind = 'assembly' AND key = %s"
_COUNTS = """
SELECT assembly, state, sum(n)::int FROM (
    SELECT assembly, state, n FROM read.case_counts
     WHERE axis = 'all' AND entry = %(nobody)s AND suivi.may_see(visibility, '{}', NULL, %(roles)s)
    UNION ALL
    SELECT assembly, state, 1 FROM read.cases
     WHERE visibility <> 'open' AND people @> ARRAY[%(viewer)s::uuid] AND NOT withdrawn
       AND suivi.may_see(visibility, people, %(viewer)s, %(roles)s) AND NOT suivi.may_see(visibility, '{}', NULL, %(roles)s)
) AS each WHERE assembly = ANY (%(keys)s) GROUP BY 1, 2"""


@dataclass(frozen=True)
class Number:
    """A number: the case that has it, or what became of it without one (`unknown` where nobody said)."""

    number: str
    case: Row | None
    fate: str


@dataclass(frozen=True)
class Progress:
    """An assembly with its cases in their order, up to a page of them, and their numbers. `next`: where the rest begins;
    `states`: how many cases are in each state."""

    assembly: Row
    cases: Sequence[Row]
    numbers: Sequence[Number]
    states: Mapping[str, int]
    next: str | None = None

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def gaps(self) -> list[Number]:
        """The numbers without a case."""
        return [each for each in self.numbers if each.case is None]

    @property
    def bundles(self) -> list[list[str]]:
        """The numbers that one case joins."""
        return [list(case["numbers"]) for case in self.cases if len(case["numbers"]) > 1]


def assemblies_listed(home: Home, when: When, most: int = 50) -> list[tuple[Row, Mapping[str, int]]]:
    """The assemblies, the latest first, each with how many cases are in each state."""
    if not when.now:
        rows = sorted(assemblies(home, when), key=lambda row: (row["date"] or "", row["key"]), reverse=True)[:most]
        found = Counter((one.home, one.state) for one in outlines(home, when))
        return [(row, {state: n for (key, state), n in found.items() if key == row["key"]}) for row in rows]
    rows = [_row(*one) for one in home.reader.execute(_ALL, (most,))]
    states = counted(home, [row["key"] for row in rows])
    return [(row, states.get(row["key"], {})) for row in rows]


def latest_progress(home: Home, when: When) -> Progress | None:
    """The latest assembly of which cases are followed here; null where there is none."""
    if not when.now:
        then = assemblies_listed(home, when)
        latest = next((row for row, states in then if states), then[0][0] if then else None)
        return None if latest is None else _then(home, latest["key"], when, None)
    viewer = home.viewer()
    found = home.reader.execute(_LATEST, (viewer.person, sorted(viewer.roles)), prepare=True).fetchone()
    if found is None:
        return None
    row = _row(*found)
    cases = [one.row for one in cases_found(home.reader, reading_of(home), Sought(assembly=row["key"]), None, PAGE + 1)]
    whole = len(cases) <= PAGE
    states = Counter(case["state"] for case in cases) if whole else counted(home, [row["key"]]).get(row["key"], {})
    numbers = _numbers(home, row, cases[:PAGE], whole)
    return Progress(row, cases[:PAGE], numbers, states, None if whole else cursor([place_of(cases[PAGE - 1])]))


def progress(home: Home, key: str, when: When, after: str | None = None) -> Progress:
    """One assembly. Raises `EntryUnknown`."""
    if not when.now:
        return _then(home, key, when, after)
    row = home.reader.execute(_ONE, (key,)).fetchone()
    if row is None:
        raise EntryUnknown(ref=f"assembly:{key}", kind="assembly")
    return _progress(home, _row(*row), counted(home, [key]).get(key, {}), after)


def _progress(home: Home, row: Row, states: Mapping[str, int], after: str | None) -> Progress:
    page = listed(home, Asked(Sought(assembly=row["key"])), after, PAGE)
    row = named(home, [row])[0]
    return Progress(row, page.rows, _numbers(home, row, page.rows, page.next is None and after is None), states, page.next)


def _then(home: Home, key: str, when: When, after: str | None) -> Progress:
    """The same at the two times: every case is looked at, as it stood."""
    row = next((each for each in assemblies(home, when) if each["key"] == key), None)
    if row is None:
        raise EntryUnknown(ref=f"assembly:{key}", kind="assembly")
    found = [one for one in outlines(home, when) if one.assembly == key]
    places = [{"id": one.id, "number": one.numbers[0]} for one in found]
    page = page_of(places, lambda one: [f"{natural(one['number'])}"], after, PAGE)
    told = [case | UNTOLD for case in cases(home, when, only=[one["id"] for one in page.items])]
    whole = page.next is None and after is None
    states = Counter(one.state for one in found)
    return Progress(row, told, _numbers(home, row, told, whole), states, page.next)


def _row(key: str, name: str, facts: Row) -> Row:
    return facts | {"key": key, "name": name}


def counted(home: Home, keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """Key of an assembly or of a plan -> how many cases are in each state, of those that the viewer may see."""
    viewer = home.viewer()
    asked = {"nobody": NOBODY, "viewer": viewer.person, "roles": sorted(viewer.roles), "keys": list(keys)}
    found: dict[str, dict[str, int]] = {}
    for assembly, state, n in home.reader.execute(_COUNTS, asked, prepare=True):
        found.setdefault(assembly, {})[state] = n
    return found


def _numbers(home: Home, row: Row, found: Sequence[Row], whole: bool) -> list[Number]:
    """Those of the cases, and where all of them are at hand, those without one. A number that is only missing between two
    others is told to whom sees every case: for anyone else it may be one that is not theirs to see."""
    numbers = {number: Number(number, case, "adopted") for case in found for number in case["numbers"]}
    if whole:
        said = {number: fate for number, fate in row["numbers"].items() if number not in numbers and fate != "adopted"}
        missing = _missing(numbers) if "secretary" in home.viewer().roles else []
        fates = dict.fromkeys(missing, "unknown") | said
        numbers |= {number: Number(number, None, fate) for number, fate in fates.items() if number not in numbers}
    return [numbers[number] for number in sorted(numbers, key=natural)]


def _missing(numbers: Iterable[str]) -> list[str]:
    """The numbers between the first and the last that none has."""
    counted = sorted(int(number) for number in numbers if number.isdecimal())
    if not counted or counted[-1] - counted[0] > SPREAD:
        return []
    return [str(n) for n in range(1 if counted[0] <= 50 else counted[0], counted[-1]) if str(n) not in set(numbers)]
