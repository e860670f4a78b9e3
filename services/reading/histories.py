"""The whole history of a case, or of an entry of the directory, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from msgspec import to_builtins

from domain.amendments import FactCorrected, FactRetracted, standing
from domain.base import Recorded
from projections.phrases.timeline import sentence
from services.execute import SYSTEM
from services.home import Home
from services.reading.members import heard_by_members
from services.reading.names import Known as Names
from services.reading.names import words_of
from services.reading.when import When, placed

Marks = dict[int, dict[str, int | None]]


def history(home: Home, ref: str, when: When, lang: str) -> list[dict[str, Any]]:
    """Each event with its sentence; corrected and retracted ones are there too, and told apart."""
    known = when.known(home)
    entries = placed(home, ref, known)
    kept = entries if known.day is None else happened(entries, known.day)
    kept = kept if home.viewer().works_here else heard_by_members(kept)
    return tell(home, [(entries, kept)], lang)


def tell(
    home: Home, told: Sequence[tuple[Sequence[Recorded], Sequence[Recorded]]], lang: str, looked: Names | None = None
) -> list[dict[str, Any]]:
    """Of several histories, each whole, those entries that are wanted of it; `looked`: names that were looked up."""
    names = words_of(home, [ids_within(entries) for entries, _ in told] if looked is None else (), looked)
    shown = []
    for entries, kept in told:
        amended = marks(entries)
        shown += [_shape(e, names, lang, entries) | amended.get(e.originator_version, _UNMARKED) for e in kept]
    return shown if home.viewer().has_office else [entry | {"data": _unaddressed(entry["data"])} for entry in shown]


def ids_within(entries: Sequence[Recorded]) -> list[Any]:
    """All that its sentences name, for a look-up."""
    return [[str(e.actor), to_builtins(e.event)] for e in entries]


def by_version(entry: dict[str, Any]) -> list[str]:
    """The place of an entry in its history, as a page's cursor holds it."""
    return [f"{entry['version']:09}"]


def _unaddressed(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts without the addresses of persons, which only those who have an account may read."""
    return {name: _unaddressed(value) if isinstance(value, dict) else value
            for name, value in facts.items() if name != "mail"}  # fmt: skip


def happened(entries: Sequence[Recorded], day: date) -> list[Recorded]:
    """What had happened by the end of a day, by the dates as corrected, with its corrections and retractions."""
    days = {entry.originator_version: entry.day() for entry in [*entries, *standing(entries)]}
    kept: dict[int, Recorded] = {}
    for entry in entries:
        amends = entry.event.version if isinstance(entry.event, FactCorrected | FactRetracted) else None
        if amends in kept if amends else days[entry.originator_version] <= day:
            kept[entry.originator_version] = entry
    return list(kept.values())


_UNMARKED: dict[str, int | None] = {"corrected_by": None, "retracted_by": None}


def _shape(entry: Recorded, names: Mapping[UUID, str], lang: str, entries: Sequence[Recorded]) -> dict[str, Any]:
    facts = to_builtins(entry.event)
    return {
        "position": entry.position,
        "stream": str(entry.originator_id),
        "version": entry.originator_version,
        "event": type(entry.event).__name__,
        "machine": entry.event.machine,
        "occurred": facts.pop("occurred", None),
        "recorded_at": utc(entry.recorded_at),
        "logged_at": utc(entry.logged_at),
        "actor": "Suivi" if entry.actor == SYSTEM.person else names.get(entry.actor),
        "on_behalf_of": names.get(entry.event.on_behalf_of) if entry.event.on_behalf_of else None,
        "text": sentence(entry, names, lang, entries),
        "data": facts,
    }


def marks(entries: Sequence[Recorded]) -> Marks:
    """Version -> the positions of the last correction that stands on it, and of its retraction."""
    found: Marks = {}
    retracted = {e.event.version for e in entries if isinstance(e.event, FactRetracted)}
    for entry in entries:
        if isinstance(entry.event, FactRetracted):
            found.setdefault(entry.event.version, dict(_UNMARKED))["retracted_by"] = entry.position
        elif isinstance(entry.event, FactCorrected) and entry.originator_version not in retracted:
            found.setdefault(entry.event.version, dict(_UNMARKED))["corrected_by"] = entry.position
    return found


def utc(instant: datetime | None) -> str | None:
    """ISO 8601, UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z") if instant else None
