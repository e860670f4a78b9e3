"""The rail of days: months, a point for each entry, and the handles that dates are chosen by. Drawn here, in per cent of
its width, so that it is read without a script; with one (`slider.js`) the handles move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from projections.phrases.catalogue import N_
from services.home import Home
from services.reading.journal import dots_of
from web.rendering import Page

SHORT = N_("jan. feb. mar. apr. may jun. jul. aug. sep. oct. nov. dec.")
WRITTEN = N_("{month} {day}, {year}")
STRETCHES = 120  # of which each has a stack of points
LEAST = 270  # days of a rail
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)  # a date beyond stands at the edge
EDGE = 9.0  # per cent within which a label stands beside its handle


Scale = Callable[[date], float]  # a day, in per cent of the width


@dataclass(frozen=True)
class Tick:
    """A month, or a year where they are many. `minor`: its word gives way where there is little room."""

    x: float
    word: str
    minor: bool


@dataclass(frozen=True)
class Dot:
    """A stack of points; `more`: there are others."""

    x: float
    rows: Sequence[int]
    more: bool


@dataclass(frozen=True)
class Handle:
    """A date that may be chosen; `field`: the id of the field that is the real control."""

    x: float
    day: date
    word: str
    label: str
    field: str
    anchor: str


@dataclass(frozen=True)
class Rail:
    """What the template draws; the words are for the script, which writes dates as the fields take them."""

    first: date
    last: date
    ticks: Sequence[Tick]
    dots: Sequence[Dot]
    handles: Sequence[Handle]
    today: date
    months: str
    short: str
    written: str


def rail(
    page: Page, home: Home, days: Sequence[tuple[date, str, str]], day: str = "recorded", case: str | None = None
) -> Rail:
    """The rail around some dates, each with its label and its field; `day`: which day of an entry its point stands at."""
    today = page.today or date.max
    first, last = _span([each for each, _, _ in days], today)
    place = _scale(first, last)
    stretches = _stretches(first, min(last, today))
    found = dots_of(home, day, stretches, case) if page.may("inside") else {}
    stacks = [_dot(place, stretches[n], count) for n, count in found.items()]
    handles = [_handle(page, place(each), each, label, field) for each, label, field in days]
    written = page.say(WRITTEN, month="{month}", day="{day}", year="{year}")  # for the script to fill
    words = (" ".join(months(page)), " ".join(short_months(page)), written)
    return Rail(first, last, _ticks(page, first, last), stacks, _apart(handles), today, *words)


def months(page: Page) -> list[str]:
    """« janvier », « février »…"""
    return [page.day(f"2024-{n:02}").partition(" ")[0] for n in range(1, 13)]


def short_months(page: Page) -> list[str]:
    """« janv. », « févr. »…"""
    words = page.say(SHORT)
    return (words if page.lang == "fr" else words.title()).split()


def short_day(page: Page, day: date) -> str:
    """« 18 sept. 2024 »."""
    month = short_months(page)[day.month - 1]
    return page.say(
        WRITTEN, month=month, day="1er" if day.day == 1 and page.lang == "fr" else str(day.day), year=str(day.year)
    )


def _span(days: Sequence[date], today: date) -> tuple[date, date]:
    """From the first of a month that leaves room before the dates, to the end of this month."""
    since = max(min([*days, today]), EARLIEST)
    room = max(LEAST - (today - since).days, (today - since).days // 3, 31)
    first = (since - timedelta(days=room)).replace(day=1)
    last = (min(max([*days, today]), LATEST).replace(day=28) + timedelta(days=5)).replace(day=1)
    return first, last


def _scale(first: date, last: date) -> Scale:
    whole = (last - first).days

    def place(day: date) -> float:
        return round(1 + 98 * min(max((day - first).days / whole, 0), 1), 2)

    return place


def _stretches(first: date, last: date) -> list[tuple[date, date]]:
    step = max(-(-((last - first).days + 1) // STRETCHES), 1)
    starts = range(0, (last - first).days + 1, step)
    return [(first + timedelta(days=n), first + timedelta(days=n + step - 1)) for n in starts]


def _dot(place: Scale, stretch: tuple[date, date], count: int) -> Dot:
    middle = stretch[0] + (stretch[1] - stretch[0]) / 2
    return Dot(place(middle), range(min(count, 3)), count > 3)


def _ticks(page: Page, first: date, last: date) -> list[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = 1 if months <= 14 else 3 if months <= 36 else 12
    words, place, ticks = short_months(page), _scale(first, last), list[Tick]()
    for n in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
        if month % step == 0 or (n == 0 and step == 1):
            word = str(year) if step == 12 else f"{words[month]} {year}" if month == 0 or not ticks else words[month]
            ticks.append(Tick(place(date(year, month + 1, 1)), word, len(ticks) % 3 != 0))
    return ticks


def _handle(page: Page, x: float, day: date, label: str, field: str) -> Handle:
    anchor = "start" if x < EDGE else "end" if x > 100 - EDGE else "middle"
    return Handle(x, day, short_day(page, day), label, field, anchor)


def _apart(handles: list[Handle]) -> list[Handle]:
    """Two that are close have their words on either side."""
    if len(handles) == 2 and abs(handles[1].x - handles[0].x) < 2 * EDGE:
        left, right = sorted(handles, key=lambda each: each.x)
        if left.x > EDGE and right.x < 100 - EDGE:
            moved = {left.field: "end", right.field: "start"}
            return [replace(each, anchor=moved[each.field]) for each in handles]
    return handles
