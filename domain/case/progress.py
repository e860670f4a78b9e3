"""How often something that comes back was done, of how often it was to be: « fait 1 fois sur au moins 2 en 2020 »."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.case.turns import comes_back, turns_of
from domain.time import earliest, latest
from domain.time.occurrences import Occurrence, occurrences, returns
from domain.values import NONE, Count

if TYPE_CHECKING:
    from domain.case.case import Case


class Progress(NamedTuple):
    """Done so many times of so many in a period (EDTF)."""

    done: int
    wanted: Count
    period: str


def progress(case: Case, task: int, period: str, year_begins: int = 1) -> Progress | None:
    """How often a task was done in a period, of how often it was to be: the sum of its turns that lie within. Null for one
    that does not come back, or a period without end or without turns. Raises RhythmUnreadable, BadDate."""
    found, first, last = case.tasks.get(task), earliest(period), latest(period)
    if found is None or found.schedule is None or not comes_back(found) or first is None or last is None:
        return None
    turns = {turn.key: turn for turn in turns_of(case, found)}
    if not returns(found.schedule):
        held = [turn for turn in turns.values() if turn.meeting and first <= (latest(turn.period) or turn.due) <= last]
        total = sum((turn.wanted for turn in held), NONE)
        return Progress(sum(turn.done for turn in held), total, period) if held else None
    within = [
        each for each in occurrences(found.schedule, first, last, year_begins)
        if each.period == period or (first <= each.due <= last and first <= _first_of(each) <= last)
    ]  # fmt: skip
    done = sum(turns[each.period].done for each in within if each.period in turns)
    return Progress(done, sum((each.wanted for each in within), NONE), period) if within else None


def _first_of(each: Occurrence) -> date:
    """The first day of its period, whenever it is announced."""
    return earliest(each.period) or each.begins
