"""The log itself, by position: what the viewer may see of everything that happened, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.base import Recorded
from domain.case.events import CaseAdopted
from domain.demarche.events import DemarcheSent
from domain.directory import Created
from domain.imports import DocumentImported
from domain.organisation import OrganisationConfigured
from domain.record.events import RecordCreated
from projections import log
from projections.case_lists import seen_of
from projections.demarche_lists import refs_of_threads
from services.home import Home
from services.reading.histories import tell
from services.reading.pages import Page

FOR_ALL = (Created, OrganisationConfigured, RecordCreated)
OF_DOCUMENTS = frozenset({"touched", "unchanged", "stray"})  # they name cases, those of others too


def events(home: Home, after: int, limit: int, lang: str) -> Page:
    """The entries that follow a position. A page may hold fewer than `limit`, or none, and have a next one: what the
    viewer may not see was passed over."""
    entries = log.after(home.reader, after, limit)
    streams = {entry.originator_id for entry in entries}
    histories = {history[0].originator_id: history for history in log.histories(home.reader, streams)}
    shown = _shown(home, histories.values())
    told = [(history, [e for e in entries if e.originator_id == stream])
            for stream, history in histories.items() if stream in shown]  # fmt: skip
    items = sorted(tell(home, told, lang), key=lambda item: item["position"])
    last = entries[-1].position if len(entries) == limit else None
    return Page([_without_cases(home, item) for item in items], None if last is None else str(last))


def size(home: Home) -> int:
    """The last position of the log."""
    return log.size(home.reader)


def _shown(home: Home, histories: Iterable[list[Recorded]]) -> set[UUID]:
    """The streams that the viewer may see: of what is not known here, nothing."""
    viewer = home.viewer()
    first = {history[0].originator_id: history[0].event for history in histories}
    cases = [stream for stream, event in first.items() if isinstance(event, CaseAdopted)]
    threads = [str(stream) for stream, event in first.items() if isinstance(event, DemarcheSent)]
    open_to_all = {stream for stream, event in first.items() if isinstance(event, (*FOR_ALL, DocumentImported))}
    roles = sorted(viewer.roles)
    seen = refs_of_threads(home.reader, threads, viewer.person, roles) if threads else {}
    return open_to_all | seen_of(home.reader, cases, viewer.person, roles) | {UUID(thread) for thread in seen}


def _without_cases(home: Home, item: dict[str, Any]) -> dict[str, Any]:
    """An import as those may read it who may not see every case."""
    if item["event"] != DocumentImported.__name__ or "secretary" in home.viewer().roles:
        return item
    return item | {"data": {name: fact for name, fact in item["data"].items() if name not in OF_DOCUMENTS}}
