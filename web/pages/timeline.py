"""What happened, the latest first: when it happened, in a sentence, from where it is known, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from domain.time import latest, local_day
from projections.phrases.catalogue import N_
from projections.phrases.rows import AUDIENCE, Row
from web.rendering import Page

NOTES = ("CaseNoted", "DemarcheNoted")
AMENDMENTS = ("FactCorrected", "FactRetracted")


def timeline(page: Page, entries: Sequence[Row], zone: str, source: str = "") -> dict[str, list[dict[str, Any]]]:
    """Dated entries at their day, undated ones at the day they were recorded, the adoption last: `told`, and apart what
    Suivi itself recorded (`machine`). `source`: the name of the document that facts were imported from."""
    ordered = sorted(entries, key=lambda entry: (day_of(entry, zone), entry["position"] or 0), reverse=True)
    told = [entry for entry in ordered if not entry["machine"]]
    machine = [entry for entry in ordered if entry["machine"]]
    return {"told": _entries(page, told, zone, source), "machine": _entries(page, machine, zone, source)}


def _entries(page: Page, entries: Sequence[Row], zone: str, source: str) -> list[dict[str, Any]]:
    """Who recorded it, and when, is said once for those that follow one another and have it in common."""
    models, before = [], None
    for entry in entries:
        after = _recording(entry, zone)
        models.append(_entry(page, entry, zone, source, again=after == before))
        before = after
    return models


def _recording(entry: Row, zone: str) -> tuple[Any, ...]:
    day = local_day(datetime.fromisoformat(entry["recorded_at"]), zone)
    return day, entry["actor"], entry["on_behalf_of"]


def _audience(note: Row) -> str:
    """For whom a note is; those who see to the case, unless it says otherwise."""
    return str(note["data"].get("audience", "internal"))


def day_of(entry: Row, zone: str) -> date:
    """Where an entry stands among the others."""
    if entry["event"] in ("CaseAdopted", "DemarcheSent"):
        return date.min
    recorded = local_day(datetime.fromisoformat(entry["recorded_at"]), zone)
    happened = latest(entry["occurred"]) if entry["occurred"] else None
    return min(happened or recorded, recorded)


def _entry(page: Page, entry: Row, zone: str, source: str, again: bool) -> dict[str, Any]:
    note, inside = entry["event"] in NOTES, page.may("inside")
    return {
        "position": entry["position"],
        "kind": _kind(entry),
        "occurred": page.day(entry["occurred"]) if entry["occurred"] else "",
        "machine": entry["machine"],
        "text": entry["data"]["text"] if note else entry["text"],
        "written": note,  # the words of whoever recorded it
        "tag": page.say(AUDIENCE[_audience(entry)]) if note and inside else "",
        "source": _source(page, entry["data"].get("source"), source),
        "recorded": _recorded(page, entry, zone, again) if inside else "",
        "amended": _amended(page, entry),
        "first": entry["version"] == 1,  # which is never retracted
        "standing": not (entry["retracted_by"] or entry["machine"] or entry["event"] in AMENDMENTS),
    }


def _kind(entry: Row) -> str:
    """How its dot is drawn, and whether it still stands."""
    drawn = {"CaseAdopted": "assembly", "CaseBlocked": "blocked"}.get(entry["event"], "")
    drawn = "machine" if entry["machine"] else drawn or ("" if entry["occurred"] else "undated")
    struck = "retracted" if entry["retracted_by"] else "corrected" if entry["corrected_by"] else ""
    return f"{drawn} {struck}".strip()


def _source(page: Page, source: Row | None, document: str) -> str:
    """« Suivi 2023, ligne 266 »."""
    if not source:
        return ""
    first, last = str(source["first_line"]), str(source["last_line"])
    if first == last:
        return page.say(N_("Report {name}, line {first}"), name=document, first=first)
    return page.say(N_("Report {name}, lines {first} to {last}"), name=document, first=first, last=last)


def _recorded(page: Page, entry: Row, zone: str, again: bool) -> str:
    """« Consigné le 12 septembre 2024 par Ana, inscription 42 »."""
    facts = {"day": _recording(entry, zone)[0], "number": str(entry["position"])}
    if again:
        return page.say(N_("Entry {number}"), **facts)
    if entry["actor"] and entry["on_behalf_of"]:
        return page.say(N_("Recorded {day.placed} by {who} for {other}, entry {number}"), who=entry["actor"],
                        other=entry["on_behalf_of"], **facts)  # fmt: skip
    if entry["actor"]:
        return page.say(N_("Recorded {day.placed} by {who}, entry {number}"), who=entry["actor"], **facts)
    return page.say(N_("Recorded {day.placed} by Suivi itself, entry {number}"), **facts)


def _amended(page: Page, entry: Row) -> dict[str, str] | None:
    if entry["retracted_by"]:
        return {"sign": "−", "text": page.say(N_("Retracted by entry {number}"), number=str(entry["retracted_by"])),
                "href": f"#entree-{entry['retracted_by']}"}  # fmt: skip
    if entry["corrected_by"]:
        return {"sign": "~", "text": page.say(N_("Corrected by entry {number}"), number=str(entry["corrected_by"])),
                "href": f"#entree-{entry['corrected_by']}"}  # fmt: skip
    return None
