"""What a member of the assembly is shown of a case: what the assembly may read, and none of the office's own work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.amendments import AMENDMENTS
from domain.base import Event, Recorded
from domain.case.events import CaseAdopted, CaseNoted, CaseReworded
from domain.case.moves import Moved

OFFICE = ("tasks", "attachments", "clocks", "proposals", "people", "waiting_on", "blocked_on", "paragraphs", "facts")


def for_members(row: dict[str, Any]) -> dict[str, Any]:
    """A case without the office's notes, tasks, files and reminders, nor states that nobody has established."""
    notes = [note for note in row["notes"] if note["audience"] == "assembly"]
    return row | {name: [] for name in OFFICE if name in row} | {"notes": notes, "proposal": None}


def heard_by_members(entries: Iterable[Recorded]) -> list[Recorded]:
    """Of a history: what was decided, where it went, what was noted for the assembly, and what amends these."""
    heard: dict[int, Recorded] = {}
    for entry in entries:
        about = entry.event.version if isinstance(entry.event, AMENDMENTS) else None
        if about in heard if about else _for_the_assembly(entry.event):
            heard[entry.originator_version] = entry
    return list(heard.values())


def _for_the_assembly(event: Event) -> bool:
    if isinstance(event, CaseNoted):
        return event.audience == "assembly"
    return isinstance(event, CaseAdopted | CaseReworded | Moved)
