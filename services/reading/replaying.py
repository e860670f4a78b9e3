"""One case again, entry by entry of the log, its threads' among them: what was said, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.base import Recorded
from domain.case.case import Case
from domain.demarche.events import DemarcheSent
from domain.errors import NotFound
from projections import log
from projections.entries import quiet
from services.home import Home
from services.reading.comparing import Histories, threads_of
from services.reading.histories import tell
from services.reading.names import named
from services.reading.particulars import Change, Particulars, changes, folded, ordered, plain
from services.reading.when import When, placed

Row = dict[str, Any]


class StepUnknown(NotFound):
    """{ref} has no step {step}: there are {steps}."""


@dataclass(frozen=True)
class Step:
    """One entry, told; `changes`: what is not as before it, `after`: the case as it then stood."""

    number: int
    entry: Row
    changes: list[Row]
    after: list[Row]


@dataclass(frozen=True)
class Replay:
    """The entries of a case in the order of the log, told; one of them looked at closely. `threads`: stream -> number of
    each of its threads. `quiet`: how many entries
    Suivi keeps for itself, which are left out unless asked for."""

    ref: str
    numbers: list[str]
    title: str
    threads: dict[str, int]
    entries: list[Row]
    step: Step
    quiet: int


def replay(home: Home, ref: str, lang: str, number: int | None = None, *, whole: bool = False) -> Replay:
    """The case at the step of that number, at its last one without. Raises `StepUnknown`."""
    histories = _histories(home, ref)
    everything = sorted((entry for each in histories for entry in each), key=_position)
    shown = [entry for entry in everything if whole or not quiet(entry.event)]
    number = len(shown) if number is None else number
    if not 0 < number <= len(shown):
        raise StepUnknown(ref=ref, step=number, steps=len(shown))
    kept = [(each, [entry for entry in each if whole or not quiet(entry.event)]) for each in histories]
    told = sorted(tell(home, kept, lang), key=lambda row: row["position"])
    upto = shown[number - 1] if number < len(shown) else everything[-1]  # the last step is today
    before = at(histories, _position(shown[number - 2])) if number > 1 else {}
    step = _step(home, number, told[number - 1], before, at(histories, _position(upto)))
    case = Case.fold(list(histories[0]))
    numbers = {
        str(each[0].originator_id): each[0].event.number
        for each in histories
        if isinstance(each[0].event, DemarcheSent)
    }
    return Replay(
        case.ref, list(case.titles), case.title, numbers, told, step, sum(quiet(entry.event) for entry in everything)
    )


def at(histories: Histories, position: int) -> Particulars:
    """The case as it was known once that entry was made."""
    return folded([[entry for entry in each if _position(entry) <= position] for each in histories], None)


def _histories(home: Home, ref: str) -> Histories:
    """The case's entries, and those of each of its threads."""
    case = placed(home, ref, When().known(home))
    threads = threads_of(case)
    return [case, *(log.histories(home.reader, threads) if threads else ())]


def _step(home: Home, number: int, entry: Row, before: Particulars, after: Particulars) -> Step:
    found = changes(before, after)
    if not before and after:  # the first entry: what it began with
        found = [Change(name, None, after[name]) for name in ordered(after) if name.kind != "case"]
    stands = [Change(name, None, after[name]) for name in ordered(after) if name.kind not in ("case", "note", "text")]
    rows = named(home, [{"changes": [plain(each) for each in found], "after": [plain(each) for each in stands]}])
    return Step(number, entry, rows[0]["changes"], rows[0]["after"])


def _position(entry: Recorded) -> int:
    return entry.position or 0
