"""The two times of a page, in words, and the field that sets them: the quiet button in the running head."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from domain.time import BadDate, latest, local_day, parse_instant, read_date
from projections.phrases.catalogue import N_
from web.rendering import Page

TIMES = ("as_of", "known_at")
READINGS = {"savait": "known_at", "arrive": "as_of"}
"""What one reads about a day, as the address says it -> the time that is asked for."""


def times_model(page: Page, zone: str) -> dict[str, Any]:
    """The label of the button, the band of a past day, and what the field holds; `back`: the page without its times."""
    when = page.when
    as_of = read_date(when.as_of, str(page.today)) if when.as_of else None
    known = parse_instant(when.known_at, zone) if when.known_at else None
    end = latest(as_of) if as_of else None
    kept = {name: value for name, value in page.asked.items() if name not in (*TIMES, "after", "lang", "fait")}
    seen = end or (local_day(known, zone) if known else None) or page.today
    return {
        "label": page.say(N_("As of {day}"), day=seen),
        "past": _past(page, end, known, zone),
        "day": page.day(seen) if seen and not when.now else "",
        "seen": seen,
        "reading": "arrive" if end and not known else "savait",
        "back": f"{page.path}?{urlencode(kept)}" if kept else page.path,
    }


def _past(page: Page, day: date | None, known: datetime | None, zone: str) -> str:
    if day and known:
        return page.say(
            N_("You see what had happened by {day}, as it was known on {instant}."), zone=zone, day=day, instant=known
        )
    if day:
        return page.say(N_("You see what had happened by {day}, from all that is known today."), day=day)
    if known and len(page.when.known_at or "") == len("2024-06-30"):
        return page.say(N_("You see the cases as they were known on {day}."), day=local_day(known, zone))
    if known:
        return page.say(N_("You see the cases as they were known on {instant}."), zone=zone, instant=known)
    return ""


def day_asked(page: Page, words: str) -> date | None:
    """The day that is meant by what someone typed, at its end; null for none, or for one that is not over. Raises
    `BadDate`."""
    if not words.strip():
        return None
    day = latest(read_date(words.strip(), str(page.today)))
    if day is None:
        raise BadDate(words=words)
    return day if page.today is None or day < page.today else None
