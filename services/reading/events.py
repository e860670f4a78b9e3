"""The log itself, by position: what the viewer may see of everything that happened, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.case.events import CaseAdopted
from domain.codec import topics
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
    shown = seen_streams(home, {stream: type(history[0].event).__name__ for stream, history in histories.items()})
    told = [(history, [e for e in entries if e.originator_id == stream])
            for stream, history in histories.items() if stream in shown]  # fmt: skip
    items = sorted(tell(home, told, lang), key=lambda item: item["position"])
    last = entries[-1].position if len(entries) == limit else None
    items = [item | {"data": without_cases(home, item["event"], item["data"])} for item in items]
    return Page(items, None if last is None else str(last))


def size(home: Home) -> int:
    """The last position of the log."""
    return log.size(home.reader)


def seen_streams(home: Home, begun: Mapping[UUID, str]) -> set[UUID]:
    """Of some streams, each with the name of its first event, those that the viewer may see: of what is not known here,
    nothing."""
    viewer, roles = home.viewer(), sorted(home.viewer().roles)
    kinds = {stream: topics()[name] for stream, name in begun.items() if name in topics()}
    cases = [stream for stream, kind in kinds.items() if issubclass(kind, CaseAdopted)]
    threads = [str(stream) for stream, kind in kinds.items() if issubclass(kind, DemarcheSent)]
    open_to_all = {stream for stream, kind in kinds.items() if issubclass(kind, (*FOR_ALL, DocumentImported))}
    seen = refs_of_threads(home.reader, threads, viewer.person, roles) if threads else {}
    return open_to_all | seen_of(home.reader, cases, viewer.person, roles) | {UUID(thread) for thread in seen}


def without_cases(home: Home, event: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of an event as those may read them who may not see every case: an import names cases of others."""
    if event != DocumentImported.__name__ or "secretary" in home.viewer().roles:
        return facts
    return {name: fact for name, fact in facts.items() if name not in OF_DOCUMENTS}
