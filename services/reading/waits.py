"""What a list tells of each of its cases beside the contract: whom it awaits, for how long, which date comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.time import earliest, latest
from projections.case_pages import Found
from projections.case_threads import shown_threads
from projections.case_turns import Thread
from services.home import Home
from services.reading.names import named
from services.reading.when import today

Row = dict[str, Any]


def told(home: Home, found: Sequence[Found]) -> list[Row]:
    """The rows with names and, of each, `turn`; `awaited`: whom; `wait`: for how long; `dates`: those that still
    count; `next`: the one that comes next; `awaiting`: the threads in which an answer is still to come; `late`: since when."""
    threads = shown_threads(home.reader, [one.id for one in found])
    day = date.fromisoformat(today(home))
    rows = [_told(one, threads.get(one.id, ()), day) for one in found]
    return named(home, rows)


def _told(one: Found, threads: Sequence[Thread], day: date) -> Row:
    open_threads = [] if one.row["final"] else threads
    dates = [each for facts in (one.facts, *(thread.facts for thread in open_threads)) for each in facts["dates"]]
    theirs = one.turn == "them"
    return one.row | {
        "turn": one.turn,
        "awaited": _awaited(one.facts, open_threads) if theirs else [],
        "wait": _wait(one.facts, open_threads, day) if theirs else None,
        "dates": dates,
        "next": next_of(dates, day),
        "awaiting": [
            {"number": t.facts["number"], "office": t.facts["office"]} for t in open_threads if t.facts["awaits"]
        ],
        "late": one.late_on.isoformat() if one.late_on and one.late_on <= day else None,
    }


def _awaited(facts: Row, threads: Iterable[Thread]) -> list[Row | None]:
    """The offices whose turn it is, else whom the case says it awaits; each once."""
    offices = [{"kind": "office", "id": thread.facts["office"], "words": None}
               for thread in threads if thread.turn == "them" and thread.facts["office"]]  # fmt: skip
    found = offices or [one["on"] for one in facts["awaited"]]
    return [one for n, one in enumerate(found) if one not in found[:n]]


def _wait(facts: Row, threads: Iterable[Thread], day: date) -> Row:
    """The longest wait: at least and at most so many days; both null where nobody knows since when."""
    sent = [
        thread.facts["first_sent"] or str(thread.since) for thread in threads if thread.turn == "them" and thread.since
    ]
    said = [one["since"] for one in facts["awaited"] if one["since"]]
    spans = [(first, last) for each in (*sent, *said) for first, last in [(earliest(each), latest(each))] if last]
    if not spans:
        return {"least": None, "most": None}
    first, last = min(spans, key=lambda span: span[1])
    return {"least": max((day - last).days, 0), "most": max((day - first).days, 0) if first else None}


def next_of(dates: Sequence[Mapping[str, Any]], day: date) -> Row | None:
    """A due date that is over, else the date that comes next; where all are over, the latest."""
    missed = [each for each in dates if each["kind"] == "due" and (latest(each["date"]) or day) < day]
    ends = [(latest(each["date"]) or date.max, each) for each in missed or dates]
    ahead = sorted((end for end in ends if end[0] >= day), key=lambda end: end[0])
    chosen = ahead[:1] or sorted(ends, key=lambda end: end[0])[-1:]
    return dict(chosen[0][1]) | {"over": chosen[0][0] < day} if chosen else None
