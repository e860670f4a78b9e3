"""What the form of an act needs of a case or of a thread: little, in few questions, with the version that is acted on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.base import Recorded
from domain.case.case import Case
from domain.demarche.demarche import Demarche
from projections import case_rows
from projections.case_lists import Known, names_of
from services.home import Home
from services.reading.cases import actions
from services.reading.when import placed
from services.refs import CaseUnknown, DemarcheUnknown
from services.subjects import Subject, fold

Row = dict[str, Any]


def case_acted_on(home: Home, ref: str) -> tuple[Row, Sequence[Recorded]]:
    """A case as it stands, and its history. Raises `CaseUnknown`."""
    history = placed(home, ref, Known())
    case = Case.fold(history)
    if case.adopted is None or case.withdrawn:
        raise CaseUnknown(ref=ref)
    tasks = [{"task": task.number, "text": task.text, "done": task.done} for task in case.tasks.values()]
    approved = case.paragraphs[-1][1].text if case.paragraphs else ""
    return case_rows.shape(case) | {"tasks": tasks, "approved": approved} | _common(home, case, history), history


def thread_acted_on(home: Home, ref: str) -> tuple[Row, Sequence[Recorded]]:
    """A thread as it stands, and its history. Raises `DemarcheUnknown`."""
    history = placed(home, ref, Known())
    thread = fold(history)
    if not isinstance(thread, Demarche) or thread.sent is None:
        raise DemarcheUnknown(ref=ref)
    office = names_of(home.reader, [str(thread.office)]).get(str(thread.office)) if thread.office else None
    row = {"ref": thread.ref, "office": office, "state": thread.state, "version": thread.version}
    return row | _common(home, thread, history), history


def _common(home: Home, subject: Subject, history: Sequence[Recorded]) -> Row:
    positions = {entry.originator_version: entry.position for entry in history}
    return {
        "version": subject.version,
        "actions": actions(home, subject),
        "clocks": [{"kind": clock.kind, "about": clock.about, "due": clock.due} for clock in subject.clocks.values()],
        "notes": [{"position": positions[version], "text": note.text} for version, note in subject.notes],
    }
