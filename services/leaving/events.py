"""The log as CloudEvents 1.0 in JSON Lines: of what the viewer may see, in its order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec

from domain.base import Recorded
from domain.case.case import NAMED
from projections import log
from services.home import Home
from services.reading.events import seen_streams, without_cases

PAGE = 500  # entries that are held at once
SOURCE = "urn:ca.suivi:log"
Progress = Callable[[int, int], None]


class Events:
    """Every entry up to the end that the log has when it is begun, one a line. What it holds at once does not grow with
    them. `entries`: how many were given; `withheld`: how many the viewer may not see, and were not."""

    def __init__(self, home: Home) -> None:
        self.home, self.size = home, log.size(home.reader)
        self.entries = self.withheld = 0

    def lines(self, progress: Progress) -> Iterator[bytes]:
        """Each with its line feed; `progress` is told the last position, of how many."""
        last = 0
        while last < self.size and (read := log.after(self.home.reader, last, PAGE)):
            page = [entry for entry in read if (entry.position or 0) <= self.size]
            seen = self._seen({entry.originator_id for entry in page})
            for entry in page:
                if entry.originator_id in seen:
                    self.entries += 1
                    yield json.dumps(cloud_event(entry, self._facts(entry)), ensure_ascii=False).encode() + b"\n"
                else:
                    self.withheld += 1
            last = read[-1].position or self.size
            progress(min(last, self.size), self.size)

    def _seen(self, streams: set[UUID]) -> set[UUID]:
        """Whoever sees what is shown to named people sees every stream, those of kinds unknown here too."""
        if self.home.viewer().roles & NAMED:
            return streams
        return seen_streams(self.home, log.beginnings(self.home.reader, streams))

    def _facts(self, entry: Recorded) -> dict[str, Any]:
        facts: dict[str, Any] = msgspec.to_builtins(entry.event)
        return without_cases(self.home, type(entry.event).__name__, facts)


def cloud_event(entry: Recorded, facts: dict[str, Any]) -> dict[str, Any]:
    """One entry. `subject`: the stream; `sequence`: the position in the log, of twenty digits so that it sorts as text (the
    extension of that name); `time`: when it was recorded; the extensions `version`, `actor` and `command` are ours. Every
    event is in the shape of today, whichever it was recorded in: the type's number is that shape's."""
    event = entry.event
    return {
        "specversion": "1.0", "id": f"{entry.originator_id}/{entry.originator_version}", "source": SOURCE,
        "type": f"ca.suivi.{type(event).__name__}.v{event.revision}", "subject": str(entry.originator_id),
        "sequence": f"{entry.position:020d}", "time": entry.recorded_at.isoformat() if entry.recorded_at else None,
        "version": entry.originator_version, "actor": str(entry.actor), "command": str(entry.command_id),
        "datacontenttype": "application/json", "data": facts,
    }  # fmt: skip
