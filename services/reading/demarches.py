"""Threads with offices, as lists and one by one: how long each has waited, and on whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.base import Recorded
from domain.clocks.ladder import end_of, ladders_of
from domain.demarche.demarche import Demarche
from domain.demarche.pauses import Pause
from domain.errors import Invalid
from domain.time import latest, local_day, parse_instant
from projections import log
from projections.case_lists import Known, known_cases, may_see
from projections.demarche_lists import FIRST, LAST, Listed, Wanted, cases_of_threads, page_of_threads
from projections.demarche_rows import shape
from services.execute import Outcome
from services.home import Home
from services.reading.attachments import rows_of
from services.reading.cases import actions, entry_id
from services.reading.clocks import clocks_of
from services.reading.holders import with_holders
from services.reading.names import Known as Names
from services.reading.names import is_id, named
from services.reading.pages import CursorUnreadable, Page, cursor, page_of, read_cursor
from services.reading.when import When, placed, today
from services.refs import DemarcheUnknown, Refs, read_ref
from workflows.library import library

Row = dict[str, Any]
TURNS = ("us", "them", "nobody")


class TurnUnknown(Invalid):
    """“{turn}” does not say whose turn it is: {turns}."""


class ThreadStateUnknown(Invalid):
    """“{state}” is not a state of a thread. The states: {states}."""


@dataclass(frozen=True)
class Asked:
    """Which threads, as typed: an office, a case and whoever sees to it by their REF or exact name."""

    unanswered: bool = False
    state: str | None = None
    turn: str | None = None
    office: str | None = None
    case: str | None = None
    owner: str | None = None


ALL = Asked()


def thread_ref(text: str) -> str:
    """The REF of a thread, of which the number alone may be given."""
    return f"demarche:{text.strip()}" if text.strip().isdecimal() else text


def demarches(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """The threads that the viewer may see: the unanswered ones those that have waited longest first, the others by
    number."""
    wanted = _wanted(home, asked)
    return told(home, sorted(listed(home, when, wanted), key=_order(wanted)), when)


def listed(home: Home, when: When, wanted: Wanted) -> list[Listed]:
    """The same, in no order for a time that is over, with ids where a reader sees names."""
    return _now(home, wanted) if when.now else [one for one in _then(home, when.known(home)) if _fits(one, wanted)]


def demarches_page(home: Home, when: When, limit: int, after: str | None, asked: Asked = ALL) -> Page:
    """A page of `demarches`, in the same order."""
    wanted = _wanted(home, asked)
    if not when.now:
        return page_of(demarches(home, when, asked), lambda row: _place(row, wanted), after, limit)
    viewer, start = home.viewer(), FIRST if after is None else _start(after)
    found = page_of_threads(home.reader, wanted, viewer.person, sorted(viewer.roles), start, limit + 1)
    more = cursor([found[limit - 1].since, f"{found[limit - 1].row['number']:09}"]) if len(found) > limit else None
    return Page(told(home, found[:limit], when), more)


def demarche(home: Home, ref: str, when: When) -> Row:
    """One thread, folded from its events, with what its list leaves out and what is possible now."""
    if read_ref(ref).kind != "demarche":
        raise DemarcheUnknown(ref=ref)
    known = when.known(home)
    entries = placed(home, ref, known)
    folded = Demarche.fold(entries, known.day)
    one = whole(home, entries, folded, when)
    return told(home, [one._replace(row=one.row | {"clocks": clocks_of(home, folded)})], when)[0]


def whole(home: Home, entries: list[Recorded], folded: Demarche, when: When) -> Listed:
    """A thread with what its list leaves out, its clocks apart, and ids where a reader sees names."""
    if folded.sent is None:
        raise DemarcheUnknown(ref=f"demarche:{folded.id}")
    (found,) = _now(home, Wanted(number=folded.sent.number))
    cases = {str(case) for case in folded.cases}
    one = found._replace(cases=[case for case in found.cases if case["id"] in cases])
    positions = {entry.originator_version: entry.position for entry in entries}
    notes = [{"position": positions[version], "text": note.text, "audience": note.audience, "occurred": note.occurred}
             for version, note in folded.notes]  # fmt: skip
    more = {"notes": notes, "attachments": rows_of(folded.attachments, entries), "actions": actions(home, folded)}
    return one._replace(row=shape(folded, when.known(home).day) | more)


def made_by(home: Home, outcome: Outcome) -> list[str]:
    """The REFs of the threads that an act made or changed, by number."""
    streams = Refs(home.store).keys("demarche")
    return [f"demarche:{number}" for number in sorted(int(key) for key, id in streams.items() if id in outcome.versions)]


def told(home: Home, several: Sequence[Listed], when: When, looked: Names | None = None) -> list[Row]:
    """The threads as a reader sees them, on the day that is read about; `looked`: names that were looked up."""
    known, day = when.known(home), day_of_reading(home, when)
    rows = [dated(home, _seen(one), day) for one in several]
    rows = named(home, with_holders(home, rows, day, known, looked), looked)
    return [row | {key: None for key in ("redirected_from", "goes_on_as", "office", "redirected_to")
                   if isinstance(row[key], str) and is_id(row[key])} for row in rows]  # fmt: skip


def day_of_reading(home: Home, when: When) -> date:
    """The day on which days are counted: the one asked about, else that of the instant if it is over, else today."""
    if day := when.known(home).day:
        return day
    zone, now = home.store.present.calendar.zone, date.fromisoformat(today(home))
    return min(now, local_day(parse_instant(when.known_at, zone), zone)) if when.known_at else now


def delay_over(home: Home, row: Row, day: date) -> bool:
    """Whether the delay that an office has to answer is over: the working days of the first step of the ladder, those
    of its recesses left out; and the date that the office gave, if it gave one."""
    steps = ladders_of(library()[row["workflow"]])["answer"]
    calendar = home.store.present.calendar.in_session(row["legislature"])
    announced = end_of(row["wait_until"]) if row["wait_until"] else None
    return calendar.after(date.fromisoformat(row["counted_from"]), steps[0].after) <= day and not (
        announced and day <= announced
    )


def _wanted(home: Home, asked: Asked) -> Wanted:
    if asked.turn not in (None, *TURNS):
        raise TurnUnknown(turn=asked.turn, turns=list(TURNS))
    states = [state for workflow in library() if workflow.definition.workflow == "demarche" for state in workflow.states]
    if asked.state is not None and asked.state not in states:
        raise ThreadStateUnknown(state=asked.state, states=list(dict.fromkeys(states)))
    return Wanted(
        asked.unanswered,
        asked.state,
        asked.turn,
        None if asked.office is None else UUID(entry_id(home, asked.office, "office")),
        None if asked.case is None else _case(home, asked.case),
        None if asked.owner is None else UUID(entry_id(home, asked.owner, "person", "body")),
        oldest=asked.unanswered or asked.turn == "them",
    )


def _case(home: Home, ref: str) -> UUID:
    """The case that is meant. One that the viewer may not see is as unknown as one that is not there."""
    refs, viewer = Refs(home.store), home.viewer()
    case = refs.case(ref)
    if not may_see(home.reader, case, viewer.person, sorted(viewer.roles)):
        raise refs.unknown(read_ref(ref))
    return case


def _now(home: Home, wanted: Wanted) -> list[Listed]:
    viewer = home.viewer()
    return page_of_threads(home.reader, wanted, viewer.person, sorted(viewer.roles))


def _then(home: Home, known: Known) -> list[Listed]:
    """Every thread as it stood. They are few beside the cases: each is folded from its events."""
    viewer = home.viewer()
    seen = cases_of_threads(home.reader, viewer.person, sorted(viewer.roles))
    owners = {row["ref"]: row["owner"] for row in known_cases(home.reader, known, viewer.person, sorted(viewer.roles))}
    upto = log.EVERYTHING if known.position is None else known.position
    found = []
    for history in log.histories(home.reader, seen, upto):
        folded = Demarche.fold(history, known.day)
        if row := shape(folded, known.day):
            cases = [case | {"owner": owners.get(case["ref"])} for case in seen[folded.id] if case["id"] in row["cases"]]
            found.append(Listed(row, cases, LAST, []))
    mailings = {one.row["ref"]: one.row["mailing"] for one in found if one.row["mailing"]}
    return [
        one._replace(mailing=[ref for ref, mailing in mailings.items()
                              if mailing == one.row["mailing"] and ref != one.row["ref"]])
        for one in found if one.cases
    ]  # fmt: skip


def _fits(one: Listed, wanted: Wanted) -> bool:
    row = one.row
    owner = (_owner(one) or {}).get("id")
    return (
        (row["unanswered"] or not wanted.unanswered)
        and wanted.state in (None, row["state"])
        and wanted.turn in (None, row["whose_turn"])
        and str(wanted.office) in ("None", row["office"])
        and wanted.number in (None, row["number"])
        and (wanted.case is None or str(wanted.case) in row["cases"])
        and str(wanted.owner) in ("None", owner)
    )


def _seen(one: Listed) -> Row:
    """The row with the cases and the mailing as REFs, and who sees to it."""
    return one.row | {"cases": [case["ref"] for case in one.cases], "owner": _owner(one), "mailing": one.mailing}


def _owner(one: Listed) -> Row | None:
    """Who sees to the thread, else to the first of its cases that someone sees to."""
    of_cases = (case["owner"] for case in one.cases if case["owner"])
    owner: Row | None = one.row["owner"] or next(of_cases, None)
    return owner


def dated(home: Home, row: Row, day: date) -> Row:
    """The row with what depends on the day: the days counted, and the silence that they make."""
    them = row["whose_turn"] == "them"
    since = date.fromisoformat(row["since"]) if row["since"] else None
    last = latest(row["last_contact"]) if row["last_contact"] else None
    silent = row["unanswered"] and delay_over(home, row, day)
    return row | {
        "result": row["result"] or ("no_answer" if silent else None),
        "silent": silent,
        "days_waiting": max((day - since).days, 0) if them and since else None,
        "days_since_contact": max((day - last).days, 0) if last else None,
        "pauses": [each | {"days": Pause(each["since"], each["reason"], over=each["over"]).days(day)} for each in row["pauses"]],
    }


def _order(wanted: Wanted) -> Any:
    return lambda one: _place(one.row, wanted)


def _place(row: Row, wanted: Wanted) -> list[str]:
    return [(row["since"] or LAST) if wanted.oldest else LAST, f"{row['number']:09}"]


def _start(after: str) -> tuple[str, int]:
    since, number = read_cursor(after, 2)
    try:
        return date.fromisoformat(since).isoformat(), int(number)
    except ValueError as error:
        raise CursorUnreadable() from error
