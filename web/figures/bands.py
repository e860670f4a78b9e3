"""Who held an office: a band for each holder, and under it what happened with the office.

Certain days are full, between solid lines; days that may have been theirs are hatched, between dashed ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from domain.time import earliest, latest
from projections.phrases.catalogue import N_
from web.figures.days import Bounds, Scale, bounds, months, scale, short, told
from web.figures.drawing import SERIF, box, dot, drawing, hatching, line, wide, words
from web.figures.frame import WIDTHS, Table, figure
from web.rendering import Page

TOP, BAND = 30.0, 34.0


@dataclass(frozen=True)
class Band:
    """A holder; `since` and `until` are EDTF, null where nobody said. `goes_on`: in office still. `named`: false for a
    time of which nobody is known."""

    name: str
    since: str | None = None
    until: str | None = None
    goes_on: bool = False
    named: bool = True


@dataclass(frozen=True)
class Event:
    """What happened with the office: when (EDTF or null), in words."""

    day: str | None
    words: str


@dataclass(frozen=True)
class Holders:
    """What the figure shows; `at`: the day that is read about."""

    title: str
    bands: Sequence[Band]
    events: Sequence[Event]
    at: date


def holders(shown: Holders, page: Page) -> Markup:
    """The figure, at three widths, and its table."""
    drawings = [_draw(shown, page, kind, width) for kind, width in WIDTHS.items()]
    return figure(page, "holders", drawings, _table(shown, page))


def _draw(shown: Holders, page: Page, kind: str, width: float) -> Markup:
    time = scale(_days(shown), 2, width - (40 if kind == "wide" else 14), before=60, after=45)
    each = [_edges(band, time) for band in shown.bands]
    rows = _rows(shown.bands, each)
    floor = TOP + (max(rows, default=0) + 1) * (BAND + 22)
    strokes: list[Markup] = []
    pace = 40 if kind == "narrow" else 26
    bottom = floor + 8 + pace * len(dated := [event for event in shown.events if event.day])
    for x, name in months(page, time):
        strokes += [line(x, floor - 10, x, bottom, "tick")]
        strokes += [words(name, x + 3, bottom + 17, "faint")] if x + 3 + wide(name) <= width else []
    x, tall = time.x(shown.at), BAND + 22
    for band, edges, row in zip(shown.bands, each, rows, strict=True):
        strokes += _band(page, band, edges, TOP + row * tall)
    strokes += [line(x, TOP - 10, x, bottom, "now"), _day_of(page, shown.at, x, width)]
    for band, edges, row in zip(shown.bands, each, rows, strict=True):
        strokes += _name(page, band, edges, TOP + row * tall, width)
    for n, event in enumerate(dated):
        strokes += _event(event, time, floor + 14 + pace * n, width)
    return drawing(kind, width, bottom + 24, shown.title, strokes)


def _day_of(page: Page, at: date, x: float, width: float) -> Markup:
    said = short(page, at, year=True)
    half = wide(said) / 2
    return words(said, min(max(x, half), width - half), TOP - 16, "strong", "middle")


def _days(shown: Holders) -> Iterator[date | None]:
    yield shown.at
    for said in (*(band.since for band in shown.bands), *(band.until for band in shown.bands),
                 *(event.day for event in shown.events)):  # fmt: skip
        if said:
            yield earliest(said) or latest(said)
            yield latest(said) or earliest(said)


@dataclass(frozen=True)
class _Edges:
    """Where a band begins and ends: at the most, and for certain (null where no day is)."""

    left: float
    right: float
    sure: tuple[float, float] | None


def _edges(band: Band, time: Scale) -> _Edges:
    known: Bounds = bounds(band.since, band.until)
    left = time.x(known.may_from)
    right = time.right if band.goes_on else time.x(known.may_until, time.right)
    if known.sure_from is None or (known.sure_until is None and not band.goes_on):
        return _Edges(left, right, None)
    begin, end = time.x(known.sure_from), time.right if band.goes_on else time.x(known.sure_until)
    return _Edges(left, right, (begin, end) if begin < end else None)


def _rows(bands: Sequence[Band], each: Sequence[_Edges]) -> list[int]:
    """On which line each band goes: the first where it covers no other; one under the other where a name has no room."""
    if any(wide(band.name, 15, SERIF) + 16 > edges.right - edges.left for band, edges in zip(bands, each, strict=True)):
        return list(range(len(bands)))
    rows: list[int] = []
    for n, edges in enumerate(each):
        taken = {rows[k] for k in range(n) if each[k].left < edges.right - 1 and edges.left < each[k].right - 1}
        rows.append(next(row for row in range(n + 1) if row not in taken))
    return rows


def _band(page: Page, band: Band, edges: _Edges, y: float) -> Iterator[Markup]:
    span = edges.right - edges.left
    kind = "band" if band.named else "band nobody"
    yield box(edges.left, y, span, BAND, f"{kind} guessed", _said(page, band))
    begin, end = edges.sure or (edges.right, edges.right)
    if band.named:
        for x, to in ((edges.left, begin), (end, edges.right)):
            if to - x > 8:
                yield hatching(x + 3, y + 4, to - x - 6, BAND - 8)
    if edges.sure:
        yield box(begin, y, end - begin, BAND, f"{kind} sure", _said(page, band))


def _name(page: Page, band: Band, edges: _Edges, y: float, width: float) -> Iterator[Markup]:
    """The holder, within the days that are certain if there is room, else within the band, else under it."""
    kind = "serif" if band.named else "serif faint"
    size = wide(band.name, 15, SERIF)
    if edges.sure and size + 16 <= edges.sure[1] - edges.sure[0]:
        yield words(band.name, edges.sure[0] + 9, y + 22, kind)
    elif size + 16 <= edges.right - edges.left:
        yield words(band.name, edges.left + 9, y + 22, f"{kind} halo")
        yield from _doubts(page, band, edges, y, edges.left + 9 + size + 10)
    else:
        yield words(band.name, max(min(edges.left, width - size), 0), y + BAND + 16, kind)


def _doubts(page: Page, band: Band, edges: _Edges, y: float, x: float) -> Iterator[Markup]:
    """« début non dit », « fin non dite », where there is room."""
    if not band.named:
        return
    begun, over = page.say(N_("start not said")), page.say(N_("end not said"))
    if band.since is None and x + wide(begun) < edges.right - 8:
        yield words(begun, x, y + 21, "faint halo")
        x += wide(begun) + 12
    if band.until is None and not band.goes_on and x + wide(over) < edges.right - 8:
        yield words(over, edges.right - 9, y + 21, "faint halo", "end")


def _event(event: Event, time: Scale, y: float, width: float) -> Iterator[Markup]:
    known = bounds(event.day, event.day)
    begin, end = time.x(known.may_from), time.x(known.may_until)
    if end - begin > 6:
        yield box(begin, y - 4, end - begin, 8, "stretch", event.words)
    else:
        yield dot(begin, y, 4.5, "point")
    size = wide(event.words)
    if end + 9 + size <= width:
        yield words(event.words, end + 9, y + 4.5, "halo")
    elif size + 9 <= begin:
        yield words(event.words, begin - 9, y + 4.5, "halo", "end")
    else:
        yield words(event.words, max(min(begin, width - size), 0), y + 19, "halo")


def _said(page: Page, band: Band) -> str:
    since, until = _ends(page, band)
    return page.say(N_("{name}: from {since} to {until}"), name=band.name, since=since, until=until)


def _ends(page: Page, band: Band) -> tuple[str, str]:
    return told(page, band.since), page.say(N_("today")) if band.goes_on else told(page, band.until)


def _table(shown: Holders, page: Page) -> Table:
    say = page.say
    rows = [[band.name, *_ends(page, band)] for band in shown.bands]
    rows += [[event.words, told(page, event.day), ""] for event in shown.events]
    return Table(shown.title, [say(N_("Holder or event")), say(N_("Since when")), say(N_("Until when"))], rows)
