"""What a person has to do today, the most pressing first; what waits, and what comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.time import latest
from services.home import Home
from services.reading.today_found import Row, found_for
from services.reading.when import today

MEETING = timedelta(days=21)  # before a meeting, for which it is prepared
SHOWN = 12  # things to do on one page

@dataclass(frozen=True)
class Task:
    """Something to do. `kind`: meeting, account (of a meeting that is over), remind, ours, due, report, task, until, review,
    blocked, silent, asked. `day`: when it is due; `cases`: what it is about; `mine`: whether it is the reader's;
    `clock`: the deadline, if there is one; `rung`: whether it has rung and nobody took note of it; `text`: of the task;
    `awaited`: the offices that keep silent."""

    kind: str
    cases: Sequence[Row]
    day: date | None = None
    thread: Row | None = None
    clock: Row | None = None
    rung: bool = False
    text: str = ""
    awaited: Sequence[Row] = ()

    @property
    def clock_kind(self) -> str:
        """The kind of its deadline."""
        return str((self.clock or {}).get("kind", ""))


@dataclass(frozen=True)
class Today:
    """The things to do, those that are shown first; the threads that wait for an office; the dates to come; the cases with
    a state to be established, each with how many (`states`), up to one more than lists count."""

    day: date
    tasks: Sequence[Task]
    waits: Sequence[Row]
    ahead: Sequence[Task] = field(default=())
    proposed: Sequence[Row] = ()

    @property
    def silent(self) -> list[str]:
        """The offices that let us wait for longer than they may, by name; an unnamed one is empty."""
        offices = [row["office"] or {} for row in self.waits if is_silent(row)]
        return list({each.get("ref"): str(each.get("name", "")) for each in offices}.values())


def for_today(home: Home) -> Today:
    """What the reader has to do, as things stand."""
    day = date.fromisoformat(today(home))
    found = found_for(home, day)
    theirs = [row for row in found.threads if row["whose_turn"] == "them"]
    blocked = {row["ref"] for what, row, _ in found.cases if what == "blocked"}
    tasks = _prepared([*_of_threads(found.own, day, blocked), *_of_cases(found.cases, theirs)])
    dates = (_dated("ahead", row, clock) for what, row, clock in found.cases if what == "ahead")
    ahead = sorted([*_meetings_ahead(found.threads, day), *dates], key=lambda task: task.day or date.max)
    proposed = [row for what, row, _ in found.cases if what == "proposed"]
    return Today(day, sorted(tasks, key=lambda task: _order(task, day)), theirs, ahead, proposed)


def _rung(clock: Mapping[str, Any] | None) -> bool:
    """Whether a step was taken, and nobody took note of it."""
    return clock is not None and (clock["state"] == "spent" or (clock["state"] == "running" and (clock["step"] or 0) > 1))


def _of_threads(rows: Sequence[Row], day: date, blocked: set[str]) -> list[Task]:
    found: list[Task] = []
    for row in rows:
        clock = next((each for each in row["clocks"] if each["state"] in ("running", "spent", "acknowledged")), None)
        seen = clock is not None and clock["state"] == "acknowledged"
        decided = all(case["ref"] in blocked for case in row["of"])
        meeting = _fixed(row)
        if meeting and (on := latest(meeting["date"])) and on <= day + MEETING:
            found.append(Task("meeting" if on >= day else "account", row["of"], on, row, clock, _rung(clock)))
        elif is_silent(row) and not seen and not decided:
            found.append(Task("remind", row["of"], None, row, clock, _rung(clock)))
        elif row["whose_turn"] == "us" and not seen and not decided:
            found.append(Task("ours", row["of"], None, row, clock, _rung(clock)))
    return found


def is_silent(row: Row) -> bool:
    """Whether an office has let us wait for longer than it may, or somebody said that it keeps silent."""
    return bool(row["silent"] or (row["unanswered"] and row["result"] == "no_answer"))


def _fixed(row: Row) -> Row | None:
    """The meeting of a thread that is fixed, if it is dated."""
    return next((each for each in row["meetings"] if each["state"] == "fixed" and each["date"]), None)


def _meetings_ahead(rows: Sequence[Row], day: date) -> list[Task]:
    return [
        Task("meeting", row["of"], on, row)
        for row in rows
        if (meeting := _fixed(row)) and (on := latest(meeting["date"])) and on >= day
    ]


def _prepared(tasks: Sequence[Task]) -> list[Task]:
    """A meeting for which something is to be done first is in the dates to come: what is to be done stands here."""
    before = [(each.day, case["ref"]) for each in tasks if each.kind == "task" and each.day for case in each.cases]
    return [
        task for task in tasks
        if task.kind != "meeting" or task.day is None
        or not any(day <= task.day and ref == case["ref"] for day, ref in before for case in task.cases)
    ]  # fmt: skip


def _of_cases(cases: Sequence[tuple[str, Row, Row]], theirs: Sequence[Row]) -> list[Task]:
    """What its dates make of each case, and for one that is blocked, which offices keep silent (`awaited`)."""
    found: list[Task] = []
    for what, row, clock in cases:
        if what in ("due", "asked"):
            found.append(_dated(what, row, clock))
        elif what == "blocked":
            silent = [each for each in theirs if is_silent(each) and any(case["ref"] == row["ref"] for case in each["of"])]
            found.append(Task("blocked", [row], awaited=[each["office"] for each in silent if each["office"]]))
    mute = [row for what, row, _ in cases if what == "silent"]
    return [*found, *([Task("silent", mute)] if mute else [])]


def _dated(what: str, row: Row, clock: Row) -> Task:
    kind = "asked" if what == "asked" else clock["kind"]
    return Task(kind, [row], latest(clock["due"]), None, clock, _rung(clock), clock["text"])


def _order(task: Task, day: date) -> tuple[int, int, str]:
    """What has a date that is near or over, the latest passed last; then whom to remind, the longest wait first; what is
    ours; what is to be decided; what nobody speaks of."""
    ref = str(task.cases[0]["ref"]) if task.cases else ""
    if task.day is not None:
        ahead = (task.day - day).days
        return 0, ahead if ahead >= 0 else 1000 - ahead, ref
    wait = -((task.thread or {}).get("days_waiting") or 0)
    return {"remind": 1, "ours": 2, "blocked": 3}.get(task.kind, 4), wait, ref


def next_step(task: Task) -> datetime | None:
    """When its next reminder goes."""
    at = (task.clock or {}).get("next_at")
    return datetime.fromisoformat(at) if isinstance(at, str) else at
