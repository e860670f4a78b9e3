"""What happened to a case, the latest first: when it happened, when and by whom it was recorded, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from domain.time import latest, local_day
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from web.rendering import Page


def timeline(page: Page, entries: Sequence[Row], zone: str) -> list[dict[str, Any]]:
    """Dated entries at their day, undated ones at the day they were recorded; the adoption comes last."""
    ordered = sorted(entries, key=lambda entry: (day_of(entry, zone), entry["position"] or 0), reverse=True)
    return [_entry(page, entry, zone) for entry in ordered]


def day_of(entry: Row, zone: str) -> date:
    """Where an entry stands among the others."""
    if entry["event"] == "CaseAdopted":
        return date.min
    recorded = local_day(datetime.fromisoformat(entry["recorded_at"]), zone)
    happened = latest(entry["occurred"]) if entry["occurred"] else None
    return min(happened or recorded, recorded)


def _entry(page: Page, entry: Row, zone: str) -> dict[str, Any]:
    return {
        "position": entry["position"],
        "kind": _kind(entry),
        "occurred": page.day(entry["occurred"]) if entry["occurred"] else "",
        "machine": entry["machine"],
        "text": entry["text"],
        "recorded": _recorded(page, entry, zone),
        "amended": _amended(page, entry),
    }


def _kind(entry: Row) -> str:
    """How its dot is drawn, and whether it still stands."""
    drawn = {"CaseAdopted": "assembly", "CaseBlocked": "blocked"}.get(entry["event"], "")
    drawn = "machine" if entry["machine"] else drawn or ("" if entry["occurred"] else "undated")
    struck = "retracted" if entry["retracted_by"] else "corrected" if entry["corrected_by"] else ""
    return f"{drawn} {struck}".strip()


def _recorded(page: Page, entry: Row, zone: str) -> str:
    """« Consigné le 12 septembre 2024 à 10 h 42 par Ana (inscription 42). »"""
    facts = {"instant": datetime.fromisoformat(entry["recorded_at"]), "number": str(entry["position"]), "zone": zone}
    if entry["actor"] and entry["on_behalf_of"]:
        return page.say(N_("Recorded on {instant} by {who} for {other} (entry {number})"), who=entry["actor"],
                        other=entry["on_behalf_of"], **facts)  # fmt: skip
    if entry["actor"]:
        return page.say(N_("Recorded on {instant} by {who} (entry {number})"), who=entry["actor"], **facts)
    return page.say(N_("Recorded on {instant} by Suivi itself (entry {number})"), **facts)


def _amended(page: Page, entry: Row) -> dict[str, str] | None:
    if entry["retracted_by"]:
        return {"sign": "−", "text": page.say(N_("Retracted by entry {number}"), number=str(entry["retracted_by"])),
                "href": f"#entree-{entry['retracted_by']}"}  # fmt: skip
    if entry["corrected_by"]:
        return {"sign": "~", "text": page.say(N_("Corrected by entry {number}"), number=str(entry["corrected_by"])),
                "href": f"#entree-{entry['corrected_by']}"}  # fmt: skip
    return None
