"""When something is to be done, as a person types it: one meaning, or a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.base import Act, Command
from domain.case.case import Case
from domain.errors import Invalid
from domain.plan.plan import Plan
from domain.time import Edtf, earliest, latest
from domain.time.schedules import Context, Schedule, read_schedule
from services.execute import Work
from services.facts import fields_of


class ScheduleDoubtful(Invalid):
    """“{words}” may mean: {meanings}. Say it more precisely, or give the date, such as 2020-05. Nothing was recorded."""


def read_schedules(
    work: Work, kind: type[Command], typed: Mapping[str, Any], act: Act, about: Plan | Case | None
) -> dict[str, Any]:
    """The facts, where words of time stand for a schedule: read within the period of the plan, and after the line before."""
    found = {name: typed[name] for name, field in fields_of(kind).items() if field.schedule and name in typed}
    words = {name: value for name, value in found.items() if isinstance(value, str)}
    if not words:
        return {}
    context = _context(work, act, _item(work, about, typed) or about)
    return {name: read_one(value, context) for name, value in words.items()}


def read_one(words: str, context: Context) -> Schedule:
    """What the words mean, where that is beyond doubt. Raises `ScheduleDoubtful`, or what `read_schedule` raises."""
    readings = read_schedule(words, context)
    if len({reading.schedule.meaning for reading in readings}) > 1:
        raise ScheduleDoubtful(words=words, meanings=[_meaning(reading.schedule) for reading in readings])
    return readings[0].schedule


def _item(work: Work, about: Plan | Case | None, typed: Mapping[str, Any]) -> Case | None:
    """The item of a plan whose line is meant."""
    number = typed.get("under") or typed.get("number")
    return work.find(Case, "case", f"{about.key}:{number}") if isinstance(about, Plan) and number else None


def _meaning(schedule: Schedule) -> str:
    return Edtf(schedule.edtf) if schedule.edtf else schedule.words


def _context(work: Work, act: Act, about: Plan | Case | None) -> Context:
    previous = None
    if isinstance(about, Case):
        dated = [task.schedule.edtf for task in about.tasks.values() if task.schedule and task.schedule.edtf]
        previous = dated[-1] if dated else None
        about = work.load(Plan, about.adopted.plan) if about.adopted and about.adopted.plan else None
    period = about.period if about else None
    return Context(reference=_reference(act.today, period), period=period, previous=previous)


def _reference(today: date, period: str | None) -> date:
    """The day from which words count: today, or the beginning of a period that today is not in."""
    begins, ends = (earliest(period), latest(period)) if period else (None, None)
    return begins if begins and (today < begins or (ends and ends < today)) else today
