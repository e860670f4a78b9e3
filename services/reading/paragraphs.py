"""What was approved for the reports of a case: by whom, when, and how much has become known since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from domain.amendments import AMENDMENTS, standing
from domain.attachments import FileAttached
from domain.base import Event, Recorded
from domain.case.case import Case
from domain.case.events import CaseAssigned, CaseNoted, CaseRestricted, ReportApproved, Wish
from domain.case.migration import CaseMigrated
from domain.case.tasks import TaskAdded, TaskBecameDue, TaskDropped, TaskFinished, TaskReworded
from domain.case.told import FactsRead
from domain.case.turns import TurnEvent
from domain.clocks import ClockEvent, PersonalReminderSet
from domain.demarche.events import DemarcheAssigned, DemarcheNoted
from projections import log
from projections.case_lists import Known
from services.home import Home
from services.reading.histories import utc

PASSED = (ReportApproved, CaseAssigned, CaseRestricted, Wish, ClockEvent, PersonalReminderSet)
"""What leaves a paragraph as true as it was."""
INWARD = (TaskAdded, TaskBecameDue, TaskDropped, TaskFinished, TaskReworded, TurnEvent, FileAttached, FactsRead, CaseMigrated,
          DemarcheAssigned)  # fmt: skip
"""What only the office knows of, beside its notes."""


def paragraphs_of(home: Home, folded: Case, entries: Sequence[Recorded], known: Known) -> list[dict[str, Any]]:
    """Each paragraph that stands, in the order of their approval; ids where a reader sees names."""
    if not folded.paragraphs:
        return []
    upto = log.EVERYTHING if known.position is None else known.position
    told = [entries, *log.histories(home.reader, folded.threads, upto)]
    by_version = {entry.originator_version: entry for entry in entries}
    return [_row(approved, by_version[version], told, known.day) for version, approved in folded.paragraphs]


def _row(
    approved: ReportApproved, at: Recorded, told: Iterable[Sequence[Recorded]], day: date | None
) -> dict[str, Any]:
    return {
        "position": at.position,
        "text": approved.text,
        "assembly": str(approved.assembly) if approved.assembly else None,
        "occurred": approved.occurred,
        "approved_by": str(approved.on_behalf_of or at.actor),
        "approved_at": utc(at.recorded_at),
        "since": sum(len(told_since(entries, at.position or 0, day)) for entries in told),
    }


def aged(histories: Iterable[Sequence[Recorded]], position: int, day: date | None = None) -> bool:
    """Whether anything that an assembly may be told became known after a position of the log: what is printed for it must
    not let on that the office wrote a note, or set itself a task."""
    return any(_outward(entries, entry) for entries in histories for entry in told_since(entries, position, day))


def _outward(entries: Sequence[Recorded], entry: Recorded) -> bool:
    """Whether a fact is for others than the office; an amendment, if what it amends was, or now is."""
    if not isinstance(entry.event, AMENDMENTS):
        return _for_others(entry.event)
    amended = entry.event.version
    return any(_for_others(each.event) for each in (*entries, *standing(entries)) if each.originator_version == amended)


def _for_others(event: Event) -> bool:
    if isinstance(event, CaseNoted | DemarcheNoted):
        return event.audience == "assembly"
    return not isinstance(event, INWARD)


def told_since(entries: Sequence[Recorded], position: int, day: date | None = None) -> list[Recorded]:
    """The facts of a history that became known after a position of the log, corrections and retractions among them;
    `day`: only those that had happened by then."""
    events = {entry.originator_version: entry.event for entry in entries}
    kept = {entry.originator_version for entry in standing(entries)}

    def tells(entry: Recorded) -> bool:
        amended = isinstance(entry.event, AMENDMENTS)
        about = events.get(entry.event.version, entry.event) if isinstance(entry.event, AMENDMENTS) else entry.event
        return (amended or entry.originator_version in kept) and not (about.machine or isinstance(about, PASSED))

    later = (entry for entry in entries if (entry.position or 0) > position and (day is None or entry.day() <= day))
    return [entry for entry in later if tells(entry)]
