"""Two times compared: of each case what was added, changed and removed, the old beside the new.

Only those cases are folded of which something was recorded after the first of the two times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from domain.base import Recorded
from domain.case.events import CaseThreadOpened
from domain.time import latest, parse_instant
from projections import log
from projections.case_lists import Known
from projections.moved_cases import FIRST, Between, Place, count_moved, count_still, moved_cases
from services import access
from services.home import Home
from services.reading.names import named
from services.reading.pages import CursorUnreadable, cursor, read_cursor
from services.reading.particulars import Change, Name, Particulars, changes, folded, plain
from services.reading.when import When, today

Row = dict[str, Any]
Histories = list[list[Recorded]]
CASES = 50  # that changed, on a page
EARLIEST = date(2, 1, 1)  # of which the two days before can be told
FOLDED = 500  # cases looked at for one page


class Looked(NamedTuple):
    """A case that was looked at: what differs, and as it last stood."""

    at: Place
    changes: list[Change]
    shown: Particulars


@dataclass
class Compared:
    """A page of the cases that changed. `counts`: sign -> changes on it; `moved`: cases of which something was recorded
    after the first time; `still`: cases that are the same, null where not all were looked at."""

    cases: list[Row] = field(default_factory=list)
    next: str | None = None
    counts: Counter[str] = field(default_factory=Counter)
    moved: int = 0
    still: int | None = None


def compare(home: Home, old: When, new: When, after: str | None = None, cases: int = CASES) -> Compared:
    """What became of the cases from one time to the other, by assembly and number."""
    first, last = old.known(home), new.known(home)
    between = _between(home, first, last)
    found, place = Compared(), FIRST if after is None else _start(after)
    groups, same, looked = list[Looked](), 0, 0
    while len(groups) < cases and looked < FOLDED:
        batch = moved_cases(home.reader, between, place, cases - len(groups))
        if not batch:
            break
        seen = list(_looked_at(home, batch, first, last))
        groups += (each for each in seen if each.changes)
        same += sum(not each.changes and bool(each.shown) for each in seen)
        looked += len(batch)
        place = batch[-1].place, batch[-1].case
    else:
        found.next = cursor([place[0], str(place[1])]) if moved_cases(home.reader, between, place, 1) else None
    access.note_named(home, [{"ref": _ref(each.at), "visibility": each.at.visibility} for each in groups])
    found.cases = named(home, [_group(each) for each in groups])
    found.counts = Counter(change["sign"] for group in found.cases for change in group["changes"])
    if found.next is None and after is None:
        found.moved, found.still = len(groups), same + count_still(home.reader, between)
    else:
        found.moved = count_moved(home.reader, between)
    return found


def whole(home: Home, old: When, new: When, most: int) -> Iterator[Row]:
    """Every case that changed, page by page, up to about `most`."""
    after, told = None, 0
    while told < most:
        page = compare(home, old, new, after, CASES)
        yield from page.cases
        told += len(page.cases)
        if (after := page.next) is None:
            return


def last_assembly(home: Home) -> date | None:
    """The day of the latest assembly that is over."""
    dates = home.reader.execute("SELECT facts->>'date' FROM read.directory WHERE kind = 'assembly'")
    days = [latest(edtf) for (edtf,) in dates if edtf]
    return max((day for day in days if day and day.isoformat() <= today(home)), default=None)


def _between(home: Home, first: Known, last: Known) -> Between:
    """The entries that may make a difference. What happened by a day was recorded on it or later: that reading looks at
    everything recorded since."""
    viewer = home.viewer()
    start = first.position or 0
    if first.day is not None:
        zone = home.store.present.calendar.zone
        start = log.position_at(home.reader, parse_instant((max(first.day, EARLIEST) - timedelta(days=2)).isoformat(), zone))
    end = log.size(home.reader) if last.position is None else last.position
    return Between(start, end, viewer.person, sorted(viewer.roles))


def _looked_at(home: Home, batch: Sequence[Place], first: Known, last: Known) -> Iterator[Looked]:
    """What differs in each of some cases."""
    upto = log.EVERYTHING if last.position is None else last.position
    histories = {each[0].originator_id: each for each in log.histories(home.reader, [one.case for one in batch], upto)}
    of = {case: threads_of(entries) for case, entries in histories.items()}
    streams = list(dict.fromkeys(thread for threads in of.values() for thread in threads))
    threads = {each[0].originator_id: each for each in log.histories(home.reader, streams, upto)} if streams else {}
    for one in batch:
        its = [histories.get(one.case, []), *(threads[thread] for thread in of.get(one.case, ()) if thread in threads)]
        old, new = folded(known_of(its, first), first.day), folded(its, last.day)
        yield Looked(one, changes(old, new), new or old)


def threads_of(entries: Sequence[Recorded]) -> list[UUID]:
    """The threads that were opened for a case."""
    return [entry.event.demarche for entry in entries if isinstance(entry.event, CaseThreadOpened)]


def known_of(histories: Histories, known: Known) -> Histories:
    """What of some histories was known."""
    if known.position is None:
        return histories
    return [[entry for entry in entries if (entry.position or 0) <= known.position] for entries in histories]


def _group(each: Looked) -> Row:
    titles = [row["text"] for name, row in each.shown.items() if name.kind == "title"]
    ref = _ref(each.at)
    return {"ref": ref, "assembly": ref.partition(":")[0], "numbers": each.shown[Name("case")]["numbers"],
            "title": " – ".join(titles), "changes": [plain(change) for change in each.changes]}  # fmt: skip


def _ref(at: Place) -> str:
    return at.place.rpartition("\x01")[2]


def _start(after: str) -> tuple[str, UUID]:
    place, case = read_cursor(after, 2)
    try:
        return place, UUID(case)
    except ValueError as error:
        raise CursorUnreadable() from error
