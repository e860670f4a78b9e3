"""The two times as the contract says them, told in the plainest way from the rows of the log, for comparison.

Nothing here is the application's but the last day of an EDTF date."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from domain.time import latest

HERE = ZoneInfo("America/Toronto")
OPEN_FIRST = ("in_progress", "blocked", "referred", "postponed", "adopted")
FOR_EVER = ("CaseRestricted", "CaseWithdrawn")


@dataclass
class Entry:
    position: int
    stream: UUID
    version: int
    topic: str
    facts: dict[str, Any]
    recorded: datetime
    logged: datetime


def log_of(connection: psycopg.Connection) -> dict[UUID, list[Entry]]:
    """Every case's entries, in the order of the log."""
    rows = connection.execute(
        "SELECT l.position, e.stream, e.version, e.topic, e.data, e.recorded_at, l.logged_at"
        " FROM suivi.events e JOIN suivi.log l USING (stream, version) ORDER BY l.position"
    )
    streams: dict[UUID, list[Entry]] = {}
    for position, stream, version, topic, data, recorded, logged in rows:
        entry = Entry(position, stream, version, topic.partition(".")[0], json.loads(bytes(data)), recorded, logged)
        streams.setdefault(stream, []).append(entry)
    return {stream: entries for stream, entries in streams.items() if entries[0].topic == "CaseAdopted"}


def instants(streams: dict[UUID, list[Entry]]) -> list[datetime]:
    return sorted({entry.logged for entries in streams.values() for entry in entries})


@dataclass
class Stood:
    """How a case stood. `parts`: label -> state and completion, in order."""

    ref: str
    state: str
    completion: str | None
    parts: dict[str, tuple[str, str | None]]


def stood(entries: Iterable[Entry], known_at: datetime | None, as_of: date | None) -> Stood | None:
    """How the case of these entries stood; null if it was not there."""
    known = [e for e in entries if known_at is None or e.logged <= known_at]
    if not known or any(e.topic == "CaseWithdrawn" for e in known):
        return None
    parts: dict[str, tuple[str, str | None]] = {}
    ref = ""
    for entry in believed(known):
        if as_of is not None and day(entry) > as_of:
            continue
        if entry.topic == "CaseAdopted":
            ref = entry.facts["ref"]
            parts = {limb["label"]: (entry.facts["initial"], None) for limb in entry.facts["parts"]}
        elif "parts" in entry.facts and "state" in entry.facts:
            steps = {label: state for label, state in entry.facts["parts"].items() if label in parts}
            parts |= {label: (state, completion(entry, label, state)) for label, state in steps.items()}
    return Stood(ref, *whole(parts), parts) if ref else None


def believed(known: list[Entry]) -> list[Entry]:
    """What stands of what is known: without what was retracted, with its facts as corrected."""
    gone = {e.facts["version"] for e in known if e.topic == "FactRetracted"}
    kept = []
    for entry in known:
        if entry.version in gone or entry.topic in ("FactRetracted", "FactCorrected"):
            continue
        facts = dict(entry.facts)
        for fix in known:
            if fix.topic == "FactCorrected" and fix.version not in gone and fix.facts["version"] == entry.version:
                for name, value in fix.facts["facts"].items():
                    keyed = isinstance(value, dict) and isinstance(facts.get(name), dict)
                    facts[name] = facts[name] | value if keyed else value
        kept.append(Entry(entry.position, entry.stream, entry.version, entry.topic, facts, entry.recorded, entry.logged))
    return kept


def day(entry: Entry) -> date:
    """The latest day of its date, never later than its limit; the limit if it has none, or no end."""
    if entry.topic in FOR_EVER:
        return date.min
    reference = (entry.facts.get("source") or {}).get("reference")
    limit = (latest(reference) if reference else None) or entry.recorded.astimezone(HERE).date()
    occurred = entry.facts.get("occurred")
    ends = latest(occurred) if occurred else None
    return min(ends, limit) if ends else limit


def completion(entry: Entry, label: str, state: str) -> str | None:
    match entry.topic:
        case "CaseCompleted":
            return str(entry.facts["completion"])
        case "CaseConfirmed" if state == "done":
            return (entry.facts.get("completions") or {}).get(label, entry.facts.get("completion"))
        case "CaseCarriedOver":
            return (entry.facts.get("completions") or {}).get(label)
    return None


def whole(parts: dict[str, tuple[str, str | None]]) -> tuple[str, str | None]:
    """State and completion of a case, from those of its parts."""
    states = [state for state, _ in parts.values()]
    still = [state for state in OPEN_FIRST if state in states]
    if still:
        return still[0], None
    if len(set(states)) == 1 and states[0] != "done":
        return states[0], None
    if "done" not in states:
        return "not_done", None
    said = {completion for _, completion in parts.values()}
    return "done", said.pop() if set(states) == {"done"} and len(said) == 1 else "partial"
