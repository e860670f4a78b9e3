"""Days on a line: where each stands, the months that are named under it, and what of a stretch is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.time import earliest, latest
from projections.phrases.catalogue import N_
from web.figures.drawing import wide
from web.rendering import Page

MONTHS = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
}
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between two names


@dataclass(frozen=True)
class Scale:
    """The days from `first` to `last`, between two places of the picture."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date | None, unknown: float | None = None) -> float:
        """Where a day stands, kept within the ends; `unknown` for one that nobody said."""
        if day is None:
            return self.left if unknown is None else unknown
        along = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * min(max(along, 0.0), 1.0)


@dataclass(frozen=True)
class Bounds:
    """A stretch of time: between which days it may have lasted, and between which it certainly did. Null: unknown."""

    may_from: date | None
    sure_from: date | None
    sure_until: date | None
    may_until: date | None


def bounds(since: str | None, until: str | None) -> Bounds:
    """What two EDTF dates say of a stretch."""
    began = (earliest(since), latest(since)) if since else (None, None)
    ended = (earliest(until), latest(until)) if until else (None, None)
    return Bounds(*began, *ended)


def scale(days: Iterable[date | None], left: float, right: float, before: int = 45, after: int = 20) -> Scale:
    """A line that holds all of these days, with room before the first (what has no date began there) and after the last."""
    known = [day for day in days if day]
    first, last = min(known, default=date(2000, 1, 1)), max(known, default=date(2000, 12, 31))
    room = max((last - first).days // 4, before)
    return Scale(_back(first, room), _on(last, max((last - first).days // 40, after)), left, right)


def _back(day: date, days: int) -> date:
    return day - timedelta(min(days, day.toordinal() - 1))


def _on(day: date, days: int) -> date:
    return day + timedelta(min(days, date.max.toordinal() - day.toordinal()))


def months(page: Page, line: Scale) -> Iterator[tuple[float, str]]:
    """The months that are named under a line, as many as there is room for: place and name, with the year where it begins."""
    total = (line.last.year - line.first.year) * 12 + line.last.month - line.first.month
    room = max((line.right - line.left) / 62, 1)
    step = next((step for step in STEPS if total / step <= room), STEPS[-1])
    year, taken = None, line.left - 1
    start = line.first.year * 12 + line.first.month
    for count in range(start - start % step, start + total + 1, step):
        day = date(min(max(count // 12, 1), date.max.year), count % 12 + 1, 1)
        x = line.x(day)
        if line.first <= day <= line.last and x > taken:
            yield x, (name := _named(page, day, day.year != year, step))
            year, taken = day.year, x + wide(name) + 8


def _named(page: Page, day: date, fresh: bool, step: int) -> str:
    if step >= 12:
        return str(day.year)
    month = MONTHS[page.lang][day.month - 1]
    return page.say(N_("{month} {year}"), month=month, year=str(day.year)) if fresh else month


def short(page: Page, day: date, year: bool = False) -> str:
    """« 4 juill. », « 4 juill. 2024 »."""
    first = page.say(N_("1")) if day.day == 1 else str(day.day)
    told = page.say(N_("{month} {day}"), day=first, month=MONTHS[page.lang][day.month - 1])
    return page.say(N_("{day}, {year}"), day=told, year=str(day.year)) if year else told


def told(page: Page, said: str | None) -> str:
    """A date in words, or that nobody said it."""
    return page.day(said) if said else page.say(N_("date not said"))


def fits(text: str, room: float, size: float = 13) -> bool:
    """Whether a text has room."""
    return wide(text, size) + 8 <= room
