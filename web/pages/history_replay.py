"""One case step by step: each entry with its sentence, what it changed, and how the case then stood."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.time import local_day
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.home import Home
from services.reading.replaying import Replay, StepUnknown, replay
from services.refs import read_ref
from web.pages.history_words import change_model, label, words
from web.pages.states import Shown, shown_state
from web.rendering import Page, address_of


def replay_model(page: Page, home: Home, ref: str) -> dict[str, Any]:
    """What the template shows: the step, the rail of all of them, the ways to the one before and the one after."""
    quiet = bool(page.asked.get("tout"))
    told = replay(home, ref, page.lang, _number(ref, page.asked.get("etape")), whole=quiet)
    zone, number, last = home.store.present.calendar.zone, told.step.number, len(told.entries)
    entry, after = told.step.entry, told.step.after
    case = f"{address_of(told.ref)}#entree-{entry['position']}"
    return {
        "ref": told.ref,
        "numbers": " – ".join(told.numbers),
        "title": told.title,
        "case": page.link(address_of(told.ref)),
        "there": page.link(case.partition("#")[0]) + "#" + case.partition("#")[2],
        "number": number,
        "last": last,
        "entry": entry,
        "text": entry["text"],
        "thread": _thread(told, entry),
        "occurred": page.day(entry["occurred"]) if entry["occurred"] else "",
        "recorded": _recorded(page, entry, zone),
        "before": _state(page, told.step.changes, "old") or (_state(page, after, "new") if number > 1 else None),
        "state": _state(page, after, "new"),
        "changes": [change_model(page, change) for change in told.step.changes],
        "stands": [(label(page, one), words(page, one, "new")) for one in after if one["kind"] not in ("title", "state")],
        "steps": [_rung(page, told, n, each, zone) for n, each in enumerate(told.entries, 1)],
        "previous": page.here(etape=number - 1) if number > 1 else None,
        "following": page.here(etape=number + 1) if number < last else None,
        "begin": page.here(etape=1),
        "end": page.here(etape=None),
        "quiet": page.here(tout=None if quiet else "1", etape=None),
        "hidden": 0 if quiet else told.quiet,
        "whole": quiet,
    }  # fmt: skip


def _number(ref: str, asked: str | None) -> int | None:
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 6:
        read_ref(ref)
        raise StepUnknown(ref=ref, step=asked[:20], steps="…")
    return int(asked)


def _rung(page: Page, told: Replay, n: int, entry: Row, zone: str) -> dict[str, Any]:
    """A step of the rail: its number, its day, the beginning of its sentence."""
    day = entry["occurred"] or local_day(datetime.fromisoformat(entry["recorded_at"]), zone).isoformat()
    return {
        "number": n, "day": page.day(day), "said": bool(entry["occurred"]), "text": entry["text"],
        "current": n == told.step.number,
        "href": page.here(etape=n), "struck": bool(entry["retracted_by"]), "machine": entry["machine"],
        "thread": _thread(told, entry), "past": n < told.step.number,
    }  # fmt: skip


def _thread(told: Replay, entry: Row) -> int | None:
    """The number of the thread that an entry is of."""
    return told.threads.get(entry["stream"])


def _state(page: Page, rows: list[Row], side: str) -> Shown | None:
    """The mark and the words of the state among some particulars."""
    row = next((one[side] for one in rows if one["kind"] == "state" and one[side]), None)
    return shown_state(page, row, row["kind"]) if row else None


def _recorded(page: Page, entry: Row, zone: str) -> str:
    facts = {"instant": datetime.fromisoformat(entry["recorded_at"]), "number": str(entry["position"]), "zone": zone}
    if entry["actor"]:
        return page.say(N_("Recorded on {instant} by {who} (entry {number})"), who=entry["actor"], **facts)
    return page.say(N_("Recorded on {instant} by Suivi itself (entry {number})"), **facts)
