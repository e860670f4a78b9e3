"""The dates of the cases: a month as a grid, what falls on no single day as a band across it, and the same told day by
day."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from domain.time import earliest, latest
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.reading.lists import between
from web.pages.listing_frame import Frame
from web.pages.listing_rows import next_of
from web.rendering import address_of

MOST = 100  # cases of one month
IN_A_DAY = 4  # told in a cell of the grid
SUNDAY = 6
DAYS = (N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"))
SHORT = (N_("Sun."), N_("Mon."), N_("Tue."), N_("Wed."), N_("Thu."), N_("Fri."), N_("Sat."))


def agenda_model(frame: Frame) -> dict[str, Any]:
    """The month that is asked for, else that of the day of the reading."""
    page, first = frame.page, month_of(frame.page.asked.get("mois", ""), frame.day)
    last = following(first) - timedelta(days=1)
    found = frame.rows(MOST, between(frame.asked, first, last))
    facts = sorted(
        (fact for row in found.rows for fact in _facts(frame, row, first, last)), key=lambda one: one["span"]
    )
    days = {day: [fact for fact in facts if fact["span"] == (day, day)] for day in _days(first, last)}
    bands = [fact for fact in facts if fact["span"][0] != fact["span"][1]]
    return {
        "month": page.day(f"{first:%Y-%m}"),
        "weeks": [[_cell(day, days.get(day, []), first, frame.day) for day in week] for week in _weeks(first)],
        "heads": [{"short": page.say(short), "word": page.say(word)} for short, word in zip(SHORT, DAYS, strict=True)],
        "bands": bands,
        "agenda": [{"day": page.day(day), "iso": day.isoformat(), "facts": each} for day, each in days.items() if each],
        "previous": page.here(mois=f"{first - timedelta(days=1):%Y-%m}"),
        "following": page.here(mois=f"{following(first):%Y-%m}"),
        "current": page.here(mois=None) if first != frame.day.replace(day=1) else None,
        "more": found.next is not None,
    }


def month_of(asked: str, day: date) -> date:
    """The first day of « 2024-10 »; of the month of the day where nothing, or no month, is asked."""
    try:
        return date.fromisoformat(f"{asked}-01") if asked and "1900" <= asked <= "9998" else day.replace(day=1)
    except ValueError:
        return day.replace(day=1)


def following(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _weeks(first: date) -> list[list[date]]:
    return Calendar(SUNDAY).monthdatescalendar(first.year, first.month)


def _facts(frame: Frame, row: Row, first: date, last: date) -> list[dict[str, Any]]:
    """The dates of a case that touch the month."""
    found = []
    for one in row["dates"]:
        begins, ends = earliest(one["date"]), latest(one["date"])
        begins, ends = begins or ends, ends or begins
        if begins and ends and begins <= last and ends >= first:
            found.append(_fact(frame, row, one, begins, ends))
    return found


def _fact(frame: Frame, row: Row, one: Row, begins: date, ends: date) -> dict[str, Any]:
    page = frame.page
    said = next_of(page, row | {"next": one | {"over": ends < frame.day}}) or {}
    return {
        "span": (begins, ends),
        "numbers": " – ".join(row["numbers"]),
        "title": row["title"],
        "href": page.link(address_of(row["ref"])),
        "when": said["day"],
        "words": said["words"],
        "over": ends < frame.day and not row["final"],
    }


def _cell(day: date, facts: list[dict[str, Any]], first: date, today: date) -> dict[str, Any]:
    return {
        "day": day.day,
        "iso": day.isoformat(),
        "out": day.month != first.month,
        "today": day == today,
        "facts": facts[:IN_A_DAY],
        "others": max(len(facts) - IN_A_DAY, 0),
    }
