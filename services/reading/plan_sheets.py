"""Plans as their pages show them: the list with what comes next of each, and one of them with the turns of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case.case import Case
from domain.case.progress import Progress, progress
from domain.case.tasks import Task
from domain.case.turns import Turn, awaited, comes_back, turns_of
from domain.time.occurrences import RhythmUnreadable
from projections.case_lists import is_final
from services.home import Home
from services.reading.names import named
from services.reading.plans import found_plan, nodes_of, plans, whole_row
from services.reading.progress import counted
from services.reading.waits import next_of
from services.reading.when import When, today

Row = dict[str, Any]
KIND = "plan_item"
MOST = 50  # plans of the list, the latest first
AHEAD = 60  # dates of one plan that are looked at to find the next
SHOWN = 6  # turns of a line that its page tells, the last ones

_PLANS = """SELECT facts FROM read.directory WHERE kind = 'plan'
             ORDER BY facts->>'period' DESC NULLS LAST, key DESC LIMIT %s"""
_NEXT = """SELECT home, ref, title, date FROM (
    SELECT c.assembly AS home, c.ref, c.row->>'title' AS title, d.value AS date,
           row_number() OVER (PARTITION BY c.assembly ORDER BY d.value->>'date', c.place) AS nth
      FROM read.cases c CROSS JOIN LATERAL jsonb_array_elements(c.facts::jsonb->'dates') AS d(value)
     WHERE c.assembly = ANY (%(keys)s) AND NOT c.final AND NOT c.withdrawn AND d.value->>'date' >= %(year)s
       AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)) AS dates
 WHERE nth <= %(most)s"""


def plans_listed(home: Home, when: When) -> list[Row]:
    """The plans, the latest first, each with `states`, `open` and `next`: what comes next of it (`ref`, `title`, `date`),
    null where no date is ahead, or at a time that is over."""
    if not when.now:
        return [row | {"next": None} for row in reversed(plans(home, when))]
    rows = [facts for (facts,) in home.reader.execute(_PLANS, (MOST,), prepare=True)]
    keys = [row["key"] for row in rows]
    states, coming = counted(home, keys), _coming(home, keys)
    return named(home, [_row(row, states.get(row["key"], {}), coming.get(row["key"])) for row in rows])


def _row(row: Row, states: dict[str, int], coming: Row | None) -> Row:
    return row | {"states": states, "open": still_open(states), "next": coming}


def still_open(states: dict[str, int]) -> int:
    """How many items are in a state that is not the last."""
    return sum(n for state, n in states.items() if not is_final(KIND, state))


def _coming(home: Home, keys: Sequence[str]) -> dict[str, Row]:
    """Key of a plan -> its next date, and the item that has it."""
    viewer, day = home.viewer(), date.fromisoformat(today(home))
    asked = {
        "keys": list(keys),
        "year": f"{day:%Y}",
        "most": AHEAD,
        "viewer": viewer.person,
        "roles": sorted(viewer.roles),
    }
    dates: dict[str, list[Row]] = {}
    for key, ref, title, one in home.reader.execute(_NEXT, asked, prepare=True):
        dates.setdefault(key, []).append({"ref": ref, "title": title, "kind": "ahead", "date": one["date"]})
    found = {key: next_of(rows, day) for key, rows in dates.items()}
    return {key: one for key, one in found.items() if one and not one["over"]}


@dataclass(frozen=True)
class LineTurns:
    """How a line that comes back stands: the last turns that came or were done, the last first, and how often it was done
    in the period of the last. `waits`: for which meeting, of one that goes with them."""

    turns: Sequence[Turn]
    progress: Progress | None
    waits: str | None


@dataclass(frozen=True)
class PlanSheet:
    """A plan with its tree (`services.reading.plans`), and (number of the item, number of the task) -> its turns."""

    row: Row
    turns: dict[tuple[str, int], LineTurns]


def plan_sheet(home: Home, ref: str, when: When, lang: str) -> PlanSheet:
    """One plan. Raises `PlanUnknown`."""
    plan, found = found_plan(home, ref, when)
    row = named(home, [whole_row(plan, found) | {"nodes": nodes_of(home, plan, found, lang)}])[0]
    turns = {(number, task): each for number, case in found.items() for task, each in turns_of_case(home, case).items()}
    return PlanSheet(row, turns)


def turns_of_case(home: Home, case: Case) -> dict[int, LineTurns]:
    """Number of a task -> how it stands, for those that come back."""
    return {task.number: _turns(home, case, task) for task in case.tasks.values() if task.schedule and comes_back(task)}


def _turns(home: Home, case: Case, task: Task) -> LineTurns:
    turns = sorted(turns_of(case, task), key=lambda turn: turn.begins, reverse=True)[:SHOWN]
    said = None
    if turns:
        with suppress(RhythmUnreadable):
            said = progress(case, task.number, turns[0].period, home.store.present.calendar.year_begins)
        said = said or Progress(turns[0].done, turns[0].wanted, turns[0].period)
    return LineTurns(turns, said, awaited(task))


def unmet(turns: Iterable[Turn]) -> Turn | None:
    """The last turn that was not done as often as it is to be."""
    return next((turn for turn in turns if not turn.met), None)
