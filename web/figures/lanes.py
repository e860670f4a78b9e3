"""The life of a case: a band of its states over one lane for each office, and the day that is read about.

Solid is certain, dotted is from who knows when, hatched is not dated. An arrow leads to the office that we were sent to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from domain.time import earliest, latest
from projections.phrases.catalogue import N_
from web.figures.days import Scale, bounds, fits, months, scale, short, told
from web.figures.drawing import SERIF, arrow, box, dot, drawing, hatching, line, placed, wide, words
from web.figures.frame import WIDTHS, Table, figure
from web.rendering import Page

BAND = 20.0  # how high the band of states is
TOP = 28.0


@dataclass(frozen=True)
class Stage:
    """A state, in words, from when on (EDTF; null: nobody said). `state`: its name, as marks know it."""

    word: str
    state: str
    since: str | None = None


@dataclass(frozen=True)
class Point:
    """Something that happened in a lane: when (EDTF or null), in two or three words."""

    day: str | None
    words: str


@dataclass(frozen=True)
class Lane:
    """A thread with an office: its outcome as a mark and in words, from when until when (EDTF; null: not said), what is
    written on the line, what happened along it. `open`: it goes on. `level`: attente, retard or tres. `onward`: which
    lane, counted from 0, it was sent on to, and when."""

    office: str
    outcome: str
    mark: str = ""
    since: str | None = None
    until: str | None = None
    words: str = ""
    points: Sequence[Point] = ()
    open: bool = False
    level: str = "attente"
    onward: tuple[int, str | None] | None = None


@dataclass(frozen=True)
class Life:
    """What the figure shows. `at`: the day that is read about; the band ends there."""

    title: str
    stages: Sequence[Stage]
    lanes: Sequence[Lane]
    at: date


def life(shown: Life, page: Page) -> Markup:
    """The figure, at three widths, and its table."""
    drawings = [_draw(shown, page, kind, width) for kind, width in WIDTHS.items()]
    return figure(page, "life", drawings, _table(shown, page))


@dataclass(frozen=True)
class _Sheet:
    """Where things stand in one drawing: labels at the left of the lanes, or above them where it is narrow."""

    page: Page
    shown: Life
    time: Scale
    width: float
    narrow: bool

    @property
    def pace(self) -> float:
        return 46.0 if self.narrow else 27.0

    def lane(self, n: int) -> float:
        """The height of a lane's line."""
        return TOP + BAND + (40 if self.narrow else 26) + n * self.pace

    @property
    def bottom(self) -> float:
        return self.lane(len(self.shown.lanes) - 1) + 14 if self.shown.lanes else TOP + BAND + 10


def _draw(shown: Life, page: Page, kind: str, width: float) -> Markup:
    narrow = kind == "narrow"
    left, right = (2.0, width - 2) if narrow else (_labels(shown), width - _after(shown))
    sheet = _Sheet(page, shown, scale(_days(shown), left, right, before=75), width, narrow)
    strokes = [*_axis(sheet), *_band(sheet)]
    for n, lane in enumerate(shown.lanes):
        strokes += _lane(sheet, lane, n)
    strokes += [*_onward(sheet), *_now(sheet)]
    return drawing(kind, width, sheet.bottom + 24, shown.title, strokes)


def _labels(shown: Life) -> float:
    """How much room the names of the offices take."""
    return min(max([162.0, *(37 + wide(lane.office, 15, SERIF) for lane in shown.lanes)]), 300.0)


def _after(shown: Life) -> float:
    """How much room the last state takes beside its box."""
    return min(max(14.0, 16 + wide(shown.stages[-1].word)), 130.0) if shown.stages else 14.0


def _days(shown: Life) -> Iterator[date | None]:
    yield shown.at
    said = [each.since for each in shown.stages]
    for lane in shown.lanes:
        said += [lane.since, lane.until, *(point.day for point in lane.points)]
    for each in filter(None, said):
        yield earliest(each) or latest(each)


def _axis(sheet: _Sheet) -> Iterator[Markup]:
    """The months, each on a faint line; none is named under the day that is read about."""
    now = sheet.time.x(sheet.shown.at)
    for x, name in months(sheet.page, sheet.time):
        yield line(x, TOP + BAND, x, sheet.bottom, "tick")
        last = x + wide(name, 13) > sheet.time.right
        if abs(x - now) > 58 and not last:
            yield words(name, x + 3, sheet.bottom + 17, "faint")


def _now(sheet: _Sheet) -> Iterator[Markup]:
    x = sheet.time.x(sheet.shown.at)
    yield line(x, TOP - 10, x, sheet.bottom + 2, "now")
    anchor = "middle" if x + 30 < sheet.width else "end"
    yield words(short(sheet.page, sheet.shown.at), min(x, sheet.width), sheet.bottom + 17, "strong", anchor)


def _runs(stages: Sequence[Stage]) -> list[list[Stage]]:
    """The states, those that nobody dated together with what was known before them."""
    runs: list[list[Stage]] = []
    for stage in stages:
        if runs and stage.since is None:
            runs[-1].append(stage)
        else:
            runs.append([stage])
    return runs


def _band(sheet: _Sheet) -> Iterator[Markup]:
    page, time = sheet.page, sheet.time
    if not sheet.narrow:
        yield words(page.say(N_("State")), 0, TOP + 14, "name")
    runs = _runs(sheet.shown.stages)
    starts = [_start(run, time) for run in runs] + [time.x(sheet.shown.at)]
    for (run, (x, end)), last in zip(zip(runs, pairwise(starts), strict=True), _lasts(len(runs)), strict=True):
        yield from _stage(sheet, run, x, max(end, x + 3), last)


def _lasts(many: int) -> list[bool]:
    return [n == many - 1 for n in range(many)]


def _start(run: list[Stage], time: Scale) -> float:
    since = run[0].since
    return time.x(latest(since) or earliest(since) if since else None)


def _stage(sheet: _Sheet, run: list[Stage], x: float, end: float, last: bool) -> Iterator[Markup]:
    """One box of the band: hatched where a date is missing, its words within, or beside it if it is the last."""
    said = _run_words(sheet.page, run)
    doubtful = any(stage.since is None for stage in run)
    kind = f"stage {run[-1].state}"
    yield box(x, TOP, end - x, BAND, kind + (" doubtful" if doubtful else ""), said)
    if doubtful:
        yield hatching(x + 3, TOP + 2, max(end - x - 6, 10), BAND - 4)
    full = run[-1].state == "blocked" and not doubtful
    if not full and fits(said, end - x):
        yield words(said, x + 7, TOP + 14, "halo" if doubtful else "")
    elif last and not sheet.narrow and fits(said, sheet.width - end):
        yield words(said, end + 7, TOP + 14, f"strong {run[-1].state}")
    elif last:
        yield words(said, min(end, sheet.width), TOP - 12, f"strong {run[-1].state}", "end")


def _run_words(page: Page, run: list[Stage]) -> str:
    said = run[0].word
    for stage in run[1:]:
        said = page.say(N_("{first} then {second}"), first=said, second=stage.word[:1].lower() + stage.word[1:])
    missing = sum(stage.since is None for stage in run)
    if missing:
        return page.count(N_("{states}, date not said"), "{states}, dates not said", missing, states=said)
    return said


def _lane(sheet: _Sheet, lane: Lane, n: int) -> Iterator[Markup]:
    y, time = sheet.lane(n), sheet.time
    name_x, name_y = (22.0, y - 18) if sheet.narrow else (25.0, y + 5)
    yield placed(lane.mark, 0, name_y - 13, 16)
    yield words(lane.office, name_x, name_y, "serif halo" if sheet.narrow else "serif")
    known = bounds(lane.since, lane.until)
    ends = [point.day for point in lane.points if point.day]
    last = latest(ends[-1]) if ends else None
    end = time.x(sheet.shown.at) if lane.open else time.x(known.may_until or last, time.x(sheet.shown.at))
    sure = end if lane.since is None or known.sure_from is None else time.x(known.sure_from)
    start = time.left if known.may_from is None else time.x(known.may_from)
    if start < sure - 1:
        yield line(start, y, sure, y, f"lane guessed {lane.level}")
    if sure < end:
        yield line(sure, y, end, y, f"lane {lane.level}")
    if not sheet.narrow and (at := _room(sheet, lane, start, end)) is not None:
        yield words(lane.words, at, y - 5, "halo faint", "middle")
    yield from _points(sheet, lane, y)


def _room(sheet: _Sheet, lane: Lane, start: float, end: float) -> float | None:
    """The middle of a stretch of the line that has room for its words: before what happened along it, else after."""
    spots = [_label(sheet, point) for point in lane.points if point.day]
    spots = sorted([*spots, *((x - 2, x + 4) for x in _arrows(sheet, lane))])
    first, last = (spots[0][0] - 10, spots[-1][1] + 4) if spots else (end, end)
    for left, right in ((start, min(first, end)), (last, end)):
        if lane.words and fits(lane.words, right - left, 12.5):
            return (left + right) / 2
    return None


def _points(sheet: _Sheet, lane: Lane, y: float) -> Iterator[Markup]:
    """What happened along a lane; a label that would cover another is left to the table."""
    taken = -1.0
    for point in lane.points:
        if point.day is None:
            continue
        left, right = _label(sheet, point)
        x = sheet.time.x(latest(point.day) or earliest(point.day))
        yield dot(x, y, 4, "point")
        if left < taken:
            continue
        yield box(left - 2, y - 6, right - left + 4, 12, "blank")
        yield words(point.words, left, y + 4) if left > x else words(point.words, right, y + 4, "", "end")
        taken = max(right, x)


def _label(sheet: _Sheet, point: Point) -> tuple[float, float]:
    """From where to where the words of a point go: after it, unless they would cross the day that is read about or the
    end of the sheet, and have room before it."""
    x, size = sheet.time.x(latest(point.day) or earliest(point.day) if point.day else None), wide(point.words)
    now = sheet.time.x(sheet.shown.at)
    beyond = x + 13 + size > sheet.width or x + 4 < now < x + 9 + size
    return (x - 9 - size, x - 9) if beyond and size + 9 < x else (x + 9, x + 9 + size)


def _arrow_at(sheet: _Sheet, day: str | None) -> float:
    """Where the arrow of a redirection stands."""
    return sheet.time.x(latest(day) if day else None, sheet.time.x(sheet.shown.at) - 12)


def _arrows(sheet: _Sheet, lane: Lane) -> Iterator[float]:
    """Where arrows cross a lane, or come down to it."""
    at = sheet.shown.lanes.index(lane)
    for n, one in enumerate(sheet.shown.lanes):
        if one.onward and min(n, one.onward[0]) < at <= max(n, one.onward[0]):
            yield _arrow_at(sheet, one.onward[1])


def _onward(sheet: _Sheet) -> Iterator[Markup]:
    """« renvoie à »."""
    for n, lane in enumerate(sheet.shown.lanes):
        if lane.onward and lane.onward[0] < len(sheet.shown.lanes):
            to, day = lane.onward
            x = _arrow_at(sheet, day)
            down = 6 if to > n else -6
            yield arrow(x, sheet.lane(n) + down, sheet.lane(to) - down / 2, "onward")


def _table(shown: Life, page: Page) -> Table:
    say = page.say
    rows = [[say(N_("State")), stage.word, _since(page, stage.since)] for stage in shown.stages]
    for lane in shown.lanes:
        rows += [[lane.office, point.words, told(page, point.day)] for point in lane.points]
        if lane.onward and lane.onward[0] < len(shown.lanes):
            to, day = lane.onward
            rows.append([lane.office, say(N_("sends us to: {office}"), office=shown.lanes[to].office), told(page, day)])
        rows.append([lane.office, ", ".join(filter(None, (lane.outcome, lane.words))), _since(page, lane.since)])
    heads = [say(N_("Whose")), say(N_("What")), say(N_("When"))]
    return Table(shown.title, heads, rows)


def _since(page: Page, since: str | None) -> str:
    return told(page, since)
