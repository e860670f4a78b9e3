"""What a person has to do today, the most pressing first; and what waits, and what comes.

Everything is read with a most, by an index: it costs the same whatever the number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.case.case import Case
from domain.time import end_of_day, latest
from projections.demarche_lists import LAST, Listed
from services.home import Home
from services.reading.clocks import turn
from services.reading.demarches import told
from services.reading.names import named
from services.reading.when import When, today

Row = dict[str, Any]

SOON = timedelta(days=7)  # what falls due until then is to be done today
MEETING = timedelta(days=21)  # before a meeting, for which it is prepared
HEARD = timedelta(days=60)  # without a word of anyone
MOST = 60  # threads that are looked at, the longest wait first
SHOWN = 12  # things to do on one page

_SEEN = "NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)"
_MINE = "(%(all)s OR c.owner = ANY (%(mine)s))"
_CLOCK = "d.kind, d.about, d.due, d.ends, d.state, d.step"
_NO_CLOCK = "NULL, NULL, NULL, NULL::timestamptz, NULL, NULL::integer"

_CASES = f"""
(SELECT 'due' AS what, c.case_id, c.row, c.final, {_CLOCK} FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
  WHERE d.ends <= %(soon)s AND d.state <> 'acknowledged' AND d.kind <> 'personal' AND {_SEEN} AND {_MINE}
  ORDER BY d.ends DESC LIMIT 24)
UNION ALL
(SELECT 'ahead', c.case_id, c.row, c.final, {_CLOCK} FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
  WHERE d.ends > %(soon)s AND d.kind <> 'personal' AND {_SEEN} ORDER BY d.ends LIMIT 8)
UNION ALL
(SELECT 'asked', c.case_id, c.row, c.final, {_CLOCK} FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
  WHERE d.kind = 'personal' AND d.about = %(viewer)s::text AND d.ends <= %(soon)s AND {_SEEN} ORDER BY d.ends LIMIT 8)
UNION ALL
(SELECT 'blocked', c.case_id, c.row, c.final, {_NO_CLOCK} FROM read.cases c
  WHERE c.state = 'blocked' AND {_SEEN} AND {_MINE} ORDER BY c.place LIMIT 8)
UNION ALL
(SELECT 'silent', c.case_id, c.row, c.final, {_NO_CLOCK} FROM read.cases c
  WHERE c.heard <= %(heard)s AND NOT c.final AND c.state NOT IN ('blocked', 'postponed') AND {_SEEN} AND {_MINE}
  ORDER BY c.heard DESC LIMIT 6)"""

_THREADS = """
SELECT d.row, seen.cases, coalesce(d.since::text, %(last)s), (
           SELECT json_agg(json_build_object('kind', u.kind, 'due', u.due, 'state', u.state, 'step', u.step, 'next_at', u.next_at)
                           ORDER BY u.ends) FROM suivi.due u WHERE u.stream = d.demarche_id AND u.kind <> 'personal')
  FROM read.demarches d CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('id', c.case_id, 'ref', c.ref, 'title', c.row->'title', 'owner', c.row->'owner',
                                      'numbers', c.row->'numbers', 'state', c.state)
                    ORDER BY array_position(d.cases, c.case_id)) AS cases
      FROM read.cases c WHERE c.case_id = ANY (d.cases) AND NOT c.withdrawn
       AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)) AS seen
 WHERE NOT d.final AND seen.cases IS NOT NULL ORDER BY d.since NULLS LAST, d.number LIMIT %(most)s"""

_BODIES = "SELECT entry FROM read.directory WHERE kind = 'body' AND facts->'terms' @> jsonb_build_array(%s::jsonb)"


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
    """The things to do, those that are shown first; the threads that wait for an office; the dates to come."""

    day: date
    tasks: Sequence[Task]
    waits: Sequence[Row]
    ahead: Sequence[Task] = field(default=())

    @property
    def silent(self) -> int:
        """How many offices let us wait for longer than they may."""
        return len({(row["office"] or {}).get("ref") for row in self.waits if is_silent(row)})


def for_today(home: Home) -> Today:
    """What the reader has to do, as things stand."""
    day = date.fromisoformat(today(home))
    mine = _mine(home)
    threads = _threads(home)
    cases = _cases(home, day, mine)
    theirs = [row for row in threads if row["whose_turn"] == "them"]
    own = [row for row in threads if mine is None or row["owner_id"] in map(str, mine)]
    blocked = {row["ref"] for what, row, _ in cases if what == "blocked"}
    tasks = _prepared([*_of_threads(own, day, blocked), *_of_cases(cases, theirs)])
    ahead = [*_meetings_ahead(threads, day), *(_dated("ahead", row, clock) for what, row, clock in cases if what == "ahead")]
    return Today(day, sorted(tasks, key=lambda task: _order(task, day)), theirs, sorted(ahead, key=_by_day))


def _mine(home: Home) -> list[UUID] | None:
    """Whose things are the reader's: theirs, and those of the bodies in which they hold a charge. Null: everyone's, for who
    keeps all of it."""
    viewer = home.viewer()
    if viewer.roles & {"secretary", "administrator"}:
        return None
    if viewer.person is None:
        return []
    term = f'{{"person": "{viewer.person}", "over": false}}'
    return [viewer.person, *(entry for (entry,) in home.reader.execute(_BODIES, (term,)))]


def _asked(home: Home) -> dict[str, Any]:
    viewer = home.viewer()
    return {"viewer": viewer.person, "roles": sorted(viewer.roles)}


def _threads(home: Home) -> list[Row]:
    """The open threads with their clocks (`clocks`), numbers and states of their cases (`of`), whose they are (`owner_id`)."""
    found = home.reader.execute(_THREADS, {**_asked(home), "last": LAST, "most": MOST}, prepare=True).fetchall()
    rows = told(home, [Listed(row, cases, since, []) for row, cases, since, _ in found], When())
    return [
        row | {"clocks": clocks or [], "of": cases, "owner_id": _owner_id(before, cases)}
        for row, (before, cases, _, clocks) in zip(rows, found, strict=True)
    ]


def _owner_id(row: Row, cases: Sequence[Row]) -> str | None:
    owner = row["owner"] or next((case["owner"] for case in cases if case["owner"]), None)
    return (owner or {}).get("id")


def _cases(home: Home, day: date, mine: list[UUID] | None) -> list[tuple[str, Row, Row]]:
    """Why, the case, and its clock."""
    zone = home.store.present.calendar.zone
    asked = {**_asked(home), "soon": end_of_day(day + SOON, zone), "heard": day - HEARD, "all": mine is None, "mine": mine or []}
    found = home.reader.execute(_CASES, asked, prepare=True).fetchall()
    texts = _texts(home, [one for one in found if one[4] in ("task", "personal")])
    rows = [
        {"what": what, "case": row | {"final": final}, "kind": kind, "about": about, "due": due, "state": state, "step": step,
         "text": texts.get((case, about), ""), "ends": ends}
        for what, case, row, final, kind, about, due, ends, state, step in found
    ]  # fmt: skip
    return [(row["what"], row["case"], row) for row in named(home, rows)]


def _texts(home: Home, found: Sequence[tuple[Any, ...]]) -> Mapping[tuple[UUID, str], str]:
    """(case, what its clock is about) -> the words of the task, or of who asked to be reminded."""
    texts: dict[tuple[UUID, str], str] = {}
    for case in home.store.load_all(Case, list({one[1] for one in found})):
        texts |= {(case.id, str(number)): task.text for number, task in case.tasks.items()}
        texts |= {(case.id, person): asked.text or "" for person, asked in case.personal.items()}
    return texts


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


def _by_day(task: Task) -> date:
    return task.day or date.max


def _order(task: Task, day: date) -> tuple[int, int, str]:
    """What has a date that is near or over, the latest passed last; then whom to remind, the longest wait first; what is
    ours; what is to be decided; what nobody speaks of."""
    ref = str(task.cases[0]["ref"]) if task.cases else ""
    if task.day is not None:
        ahead = (task.day - day).days
        return 0, ahead if ahead >= 0 else 1000 - ahead, ref
    wait = -((task.thread or {}).get("days_waiting") or 0)
    return {"remind": 1, "ours": 2, "blocked": 3}.get(task.kind, 4), wait, ref


def offices_of(home: Home, rows: Sequence[Row]) -> dict[str, Row]:
    """REF -> the facts of the offices of these threads, and of who holds them: how they are called."""
    refs = {one["ref"] for row in rows for one in (row["office"], row["holder"]) if one}
    keys = [ref.partition(":")[2] for ref in refs]
    found = home.reader.execute(
        "SELECT kind || ':' || key, facts FROM read.directory WHERE kind IN ('office', 'person') AND key = ANY (%s)", (keys,)
    ).fetchall()
    return {ref: facts for ref, facts in found if ref in refs}


def whose(task: Task) -> str:
    """Whose turn it is while its clock runs."""
    return turn(task.clock_kind)


def next_step(task: Task) -> datetime | None:
    """When its next reminder goes."""
    at = (task.clock or {}).get("next_at")
    return datetime.fromisoformat(at) if isinstance(at, str) else at
