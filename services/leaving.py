"""What leaves with an organisation that leaves Suivi: the whole log, as CloudEvents 1.0 in JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, BinaryIO

import msgspec

from domain.base import Recorded
from domain.errors import Forbidden
from projections import log
from services import access
from services.home import Home

PAGE = 500  # entries that are held at once
SOURCE = "urn:ca.suivi:log"
Progress = Callable[[int, int], None]


class ForAdministrators(Forbidden):
    """The whole log leaves by the hand of an administrator only. Ask the one of your organisation."""


def export(home: Home, out: BinaryIO, progress: Progress | None = None) -> int:
    """Writes every entry of the log, one a line, in its order; what it holds at once does not grow with them. The access log
    is told first. Returns how many. Raises `ForAdministrators`."""
    viewer = home.viewer()
    if "administrator" not in viewer.roles:
        raise ForAdministrators()
    access.record(home.store, "exported", viewer.person, "log")
    upto, done, last = log.size(home.reader), 0, 0
    while last < upto and (entries := log.after(home.reader, last, PAGE)):
        for entry in entries:
            if (entry.position or 0) <= upto:
                out.write(json.dumps(cloud_event(entry), ensure_ascii=False).encode() + b"\n")
                done += 1
        last = entries[-1].position or upto
        if progress:
            progress(min(last, upto), upto)
    return done


def cloud_event(entry: Recorded) -> dict[str, Any]:
    """One entry. `subject`: the stream; `sequence`: the position in the log, of twenty digits so that it sorts as text (the
    extension of that name); `time`: when it was recorded; the extensions `version`, `actor` and `command` are ours. Every
    event is in the shape of today, whichever it was recorded in: the type's number is that shape's."""
    event = entry.event
    return {
        "specversion": "1.0", "id": f"{entry.originator_id}/{entry.originator_version}", "source": SOURCE,
        "type": f"ca.suivi.{type(event).__name__}.v{event.revision}", "subject": str(entry.originator_id),
        "sequence": f"{entry.position:020d}", "time": entry.recorded_at.isoformat() if entry.recorded_at else None,
        "version": entry.originator_version, "actor": str(entry.actor), "command": str(entry.command_id),
        "datacontenttype": "application/json", "data": msgspec.to_builtins(event),
    }  # fmt: skip
