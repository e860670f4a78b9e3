"""Whose turn it is in a case, since when someone is awaited, and the days that its dates cover: from what the case says
of itself and from its threads with offices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from domain.case.case import Case
from domain.case.deadlines import dates_of
from domain.clocks import Deadline
from domain.demarche.demarche import Demarche
from domain.time import earliest, latest
from domain.values import Edtf, Party
from projections.case_rows import party
from projections.demarche_rows import shape

Facts = dict[str, Any]
LATE_AFTER = timedelta(days=30)  # of waiting


class Thread(NamedTuple):
    """A thread as its cases count it: whose turn, since which day the office is awaited, and what a list shows of it."""

    id: UUID
    cases: list[UUID]
    turn: str
    since: date | None
    facts: Facts


class Turn(NamedTuple):
    """`turn`: us, them or nobody; `since`: the first day of the longest wait, null where none is known; `days`: those
    that its dates cover."""

    turn: str
    since: date | None
    days: Multirange[date]


def facts_of(case: Case) -> Facts:
    """What a case says without its threads. `stands`: `closed`, `awaits` (somebody), `later` (put off) or `ours`;
    `awaited`: whom, and since when; `dates`: those that still count, each with its kind and what it is about."""
    awaited = [] if case.concluded else [{"on": party(on), "since": since} for on, since in _awaited(case)]
    dates = [] if case.withdrawn else [_dated(case, each) for each in dates_of(case)]
    return {"stands": _stands(case, bool(awaited)), "awaited": awaited, "dates": dates}


def _dated(case: Case, each: Deadline) -> Facts:
    facts = {"kind": each.kind, "about": each.about, "date": each.due}
    return facts | ({"text": case.tasks[int(each.about)].text} if each.kind == "task" else {})


def _stands(case: Case, awaits: bool) -> str:
    if case.concluded:
        return "closed"
    if awaits:
        return "awaits"
    return "later" if case.state == "postponed" else "ours"


def _awaited(case: Case) -> list[tuple[Party, Edtf | None]]:
    """Who blocks it, whom it was said to wait for, the bodies that it was referred to."""
    found: list[tuple[Party, Edtf | None]] = [(b.on, b.since) for b in case.blocks[-1:] if case.state == "blocked"]
    found += [(wait.on, wait.since) for wait in case.waiting_on]
    found += [(Party(kind="body", id=body), None) for body in case.expected if case.state == "referred"]
    return found


def thread_of(demarche: Demarche) -> Thread:
    """A thread as its cases count it."""
    shown, theirs = shape(demarche), demarche.whose_turn == "them"
    since = date.fromisoformat(shown["since"]) if theirs and shown["since"] else None
    dates = [] if demarche.final else [
        *([{"kind": "meeting", "date": demarche.meeting.date}] if demarche.meeting and demarche.meeting.date else ()),
        *([{"kind": "announced", "date": demarche.wait_until}] if demarche.wait_until else ()),
    ]  # fmt: skip
    facts = {"number": shown["number"], "office": shown["office"], "awaits": demarche.awaits,
             "first_sent": shown["first_sent"], "paused": demarche.paused, "dates": dates}  # fmt: skip
    return Thread(demarche.id, demarche.cases, demarche.whose_turn, since, facts)


def turn_of(own: Facts, threads: Iterable[Thread]) -> Turn:
    """An answer that came makes it our turn; else it is theirs whom we await; a closed case is nobody's."""
    threads = [] if own["stands"] == "closed" else list(threads)
    days = days_of(one["date"] for facts in (own, *(thread.facts for thread in threads)) for one in facts["dates"])
    turns = {thread.turn for thread in threads}
    if own["stands"] == "closed":
        return Turn("nobody", None, days)
    if "us" in turns:
        return Turn("us", None, days)
    if "them" in turns or own["stands"] == "awaits":
        since = [thread.since for thread in threads if thread.since]
        since += [day for one in own["awaited"] if one["since"] and (day := latest(one["since"]))]
        return Turn("them", min(since, default=None), days)
    return Turn("nobody" if own["stands"] == "later" else "us", None, days)


def late_on(final: bool, due: date | None, since: date | None) -> date | None:
    """The first day on which an open case is late: its due date is over, or someone has been awaited for too long."""
    first = [due + timedelta(days=1)] if due and due < date.max else []
    first += [since + LATE_AFTER] if since else []
    return None if final else min(first, default=None)


def days_of(dates: Iterable[Edtf]) -> Multirange[date]:
    """The days that dates cover; one that is open is known by the end it has."""
    spans = sorted(set(filter(None, map(span_of, dates))))
    return Multirange(Range(first, last, "[]") for first, last in spans)


def span_of(when: Edtf) -> tuple[date, date] | None:
    """The first and the last day of a date; null where none is known."""
    first, last = earliest(when), latest(when)
    known = first or last
    return (first or known, last or known) if known else None
