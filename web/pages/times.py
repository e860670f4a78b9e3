"""The two times of a page, in words and as the two fields that set them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.time import latest, parse_instant, read_date
from projections.phrases.catalogue import N_, say
from web.rendering import Page


def times_model(page: Page, zone: str) -> dict[str, Any]:
    """The label of the button, the band of a past day, and what the two fields hold."""
    when = page.when
    as_of = read_date(when.as_of, str(page.today)) if when.as_of else None
    known = parse_instant(when.known_at, zone) if when.known_at else None
    end = latest(as_of) if as_of else None
    return {
        "label": say(N_("As of {day}"), page.lang, day=end or page.today),
        "past": _past(page, end, known, zone),
        "as_of": end.isoformat() if end else "",
        "known_at": (when.known_at or "")[:10] if known else "",
        "kept": [(name, value) for name, value in page.asked.items() if name not in ("as_of", "known_at", "after")],
    }


def _past(page: Page, day: date | None, known: datetime | None, zone: str) -> str:
    if day and known:
        return say(N_("You see what had happened by {day}, as it was known on {instant}."), page.lang, zone=zone,
                   day=day, instant=known)  # fmt: skip
    if day:
        return say(N_("You see what had happened by {day}, from all that is known today."), page.lang, day=day)
    if known:
        return say(N_("You see the cases as they were known on {instant}."), page.lang, zone=zone, instant=known)
    return ""
