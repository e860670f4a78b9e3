"""Where the paragraphs of a follow-up report are written: each case with what would print of it now, and what came since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from domain.case.case import Case
from projections import log
from services.home import Home
from services.reading.histories import tell
from services.reading.paragraphs import told_since
from services.reports.asked import Asked
from services.reports.follow_up import Histories, Telling, plain_heading, telling_of
from services.reports.printed import Block, Heading
from services.reports.selecting import Selection

Row = dict[str, Any]
Standing = Literal["approved", "noted", "nothing"]
PAGE = 25  # cases of a page


@dataclass(frozen=True)
class Line:
    """One case of the report: its heading and title as they print; `standing`: whether its paragraph is approved, made of
    notes, or missing; `later`: how many facts came since it was approved; `blocks`: what would print."""

    ref: str
    label: str
    title: str
    numbers: tuple[str, ...]
    standing: Standing
    later: int
    blocks: tuple[Block, ...]
    hidden: bool


@dataclass(frozen=True)
class Workshop:
    """The report to an assembly, on its way. `refs`: all its cases in order; `missing`: those without an approved
    paragraph; `lines`: those of this page; `next`: where the next page begins;
    `selection`: what it tells of, and to whom; `folded`: the cases of this page, with their histories."""

    refs: tuple[str, ...]
    approved: int
    missing: tuple[str, ...]
    lines: tuple[Line, ...]
    next: str | None
    selection: Selection
    folded: Mapping[str, tuple[Case, Histories]]

    def after(self, ref: str) -> str | None:
        """The next case without an approved paragraph, first of those that follow, then from the beginning."""
        at = self.refs.index(ref) if ref in self.refs else -1
        places = {each: place for place, each in enumerate(self.refs)}
        waiting = [each for each in self.missing if each != ref]
        return next((each for each in waiting if places[each] > at), waiting[0] if waiting else None)


def workshop(home: Home, key: str | None, first: str | None = None) -> Workshop:
    """The cases of the follow-up report to an assembly (null: to any), a page from `first` on. Raises `AssemblyUnknown`."""
    return _page(telling_of(home, Asked(to=key), fixed=False)[1], first, PAGE)


def _page(telling: Telling, first: str | None, size: int) -> Workshop:
    rows = [(row, group) for group in telling.selection.groups for row in group.rows]
    refs = tuple(row["ref"] for row, _ in rows)
    approved = _approved(telling)
    at = refs.index(first) if first in refs else 0
    shown = rows[at : at + size]
    folded = {case.ref: (case, told) for case, told in telling.folded([row for row, _ in shown])}
    lines = [_line(telling, row, telling.heading(row, group), *folded[row["ref"]])
             for row, group in shown if row["ref"] in folded]  # fmt: skip
    return Workshop(
        refs, len(approved), tuple(ref for ref in refs if ref not in approved), tuple(lines),
        refs[at + size] if at + size < len(refs) else None, telling.selection, folded,
    )  # fmt: skip


def _approved(telling: Telling) -> set[str]:
    """The REFs of the cases of which anything was approved."""
    ids = {id: ref for ref, id in telling.selection.ids.items()}
    told = {row["ref"] for row in telling.selection.rows}
    wanted = [id for id, ref in ids.items() if ref in told]
    upto = log.EVERYTHING if telling.known.position is None else telling.known.position
    histories = log.histories(telling.home.reader, wanted, upto) if wanted else []
    return {ids[history[0].originator_id] for history in histories if Case.fold(history, telling.known.day).paragraphs}


def _line(telling: Telling, row: Row, heading: Heading, case: Case, told: Histories) -> Line:
    label, _, title = plain_heading(heading)
    found = telling.approved(case)
    standing: Standing = "approved" if found else "noted" if telling.notes(told) else "nothing"
    later = telling.later(told, found[0]) if found else 0
    hidden = row["visibility"] != "open"
    return Line(
        row["ref"], label, title, tuple(row["numbers"]), standing, later, tuple(telling.body(case, told)), hidden
    )


@dataclass(frozen=True)
class Bench:
    """One case under the pen: `text` is what was approved, as it was typed; `since`: the sentences of what came after it,
    of all that happened where nothing was approved; `before`, `following`: the cases around it, `waiting`: the next one
    without an approved paragraph."""

    line: Line
    version: int
    text: str
    since: tuple[Row, ...]
    before: str | None
    following: str | None
    waiting: str | None
    place: int
    count: int
    approved: int


def bench(home: Home, key: str | None, ref: str, lang: str) -> Bench | None:
    """One case of the report; null where it tells nothing of it."""
    telling = telling_of(home, Asked(to=key), fixed=False)[1]
    found = _page(telling, ref, 1)
    if ref not in found.refs or not found.lines:
        return None
    case, told = found.folded[ref]
    last = telling.approved(case)
    at = found.refs.index(ref)
    return Bench(
        found.lines[0], case.version, last[1].text if last else "", _since(home, told, last[0] if last else 0, lang),
        found.refs[at - 1] if at else None, found.next, found.after(ref), at + 1, len(found.refs), found.approved,
    )  # fmt: skip


def _since(home: Home, told: Histories, version: int, lang: str) -> tuple[Row, ...]:
    at = next((entry.position or 0 for entry in told[0] if entry.originator_version == version), 0)
    picked = [(history, told_since(history, at)) for history in told]
    return tuple(tell(home, [(history, entries) for history, entries in picked if entries], lang))
