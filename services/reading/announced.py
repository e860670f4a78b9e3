"""What became of the cases of an assembly lately, as its public feed tells it: the moves and the notes for the assembly."""

from __future__ import annotations

from typing import Any

from projections import log
from services.home import Home
from services.reading.histories import tell
from services.reading.members import heard_by_members
from services.reading.names import words_of

CASES = 50  # the last that changed

_LAST = """SELECT case_id FROM read.cases WHERE assembly = %s AND NOT withdrawn AND suivi.may_see(visibility, people, %s, %s)
            ORDER BY position DESC LIMIT %s"""


def announced(home: Home, assembly: str, lang: str, most: int) -> list[dict[str, Any]]:
    """The latest facts first, of what the viewer may see: as the history tells them, with the REF of the case (`ref`)."""
    viewer = home.viewer()
    found = home.reader.execute(_LAST, (assembly, viewer.person, sorted(viewer.roles), CASES))
    histories = log.histories(home.reader, [case for (case,) in found])
    told = tell(home, [(each, heard_by_members(each)) for each in histories], lang)
    latest = sorted(told, key=lambda entry: -entry["position"])[:most]
    refs = words_of(home, [entry["stream"] for entry in latest])
    names = {str(id): ref for id, ref in refs.items()}
    return [entry | {"ref": names.get(entry["stream"], "")} for entry in latest]
