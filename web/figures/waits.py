"""What waits, and since how long: a line for each thread, with its letters before the axis.

Solid to the days that are certain, dashed to those that are possible, hatched where nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from projections.phrases.catalogue import N_
from web.figures.drawing import breadth, drawing, hatching, line, path, placed, tip, wide, words, wrapped
from web.figures.frame import WIDTHS, Table, figure
from web.rendering import Page

STEPS = (30, 60, 90, 180, 365, 730, 1825, 3650)  # days between two names of the axis
TOP = 26.0


@dataclass(frozen=True)
class Age:
    """A thread that waits: the days are `least` for certain (null: nobody knows) and `most` at most (null: nobody knows).
    `tally`: its letters as marks, and in words (`letters`); `said`: the days in words; `level`: attente, retard or tres."""

    office: str
    numbers: str
    least: int | None
    most: int | None
    said: str
    level: str = "attente"
    level_words: str = ""
    tally: str = ""
    letters: str = ""


@dataclass(frozen=True)
class Ages:
    """What waits; after how many days a wait is `late`, and `very` late."""

    title: str
    waits: Sequence[Age]
    late: int = 30
    very: int = 60


def ages(shown: Ages, page: Page) -> Markup:
    """The figure, at three widths, and its table."""
    drawings = [_draw(shown, page, kind, width) for kind, width in WIDTHS.items()]
    note = page.say(N_("A stroke for each sending; dotted: “or more”. Hatched: how long is not known."))
    return figure(page, "ages", drawings, _table(shown, page), note)


@dataclass(frozen=True)
class _Axis:
    """Days from 0 to `full`, between two places."""

    left: float
    right: float
    full: int
    step: int

    def x(self, days: int) -> float:
        return self.left + (self.right - self.left) * min(days / self.full, 1)


def _axis(shown: Ages, left: float, right: float) -> _Axis:
    longest = max((max(each.least or 0, each.most or 0) for each in shown.waits), default=0)
    full = max(shown.very * 7 // 4, longest * 21 // 20, 1)
    return _Axis(left, right, full, next((step for step in STEPS if full / step <= 5), STEPS[-1]))


def _draw(shown: Ages, page: Page, kind: str, width: float) -> Markup:
    narrow = kind == "narrow"
    name, before = (width, 60.0) if narrow else ((240.0, 400.0) if kind == "wide" else (136.0, 268.0))
    axis = _axis(shown, before, width - (0 if narrow else 108))
    strokes, y = [*_zones(shown, page, axis, narrow)], TOP + 14
    begun = y
    rows: list[Markup] = []
    for each in shown.waits:
        lines = wrapped(each.office, name - (104 if narrow else 8))
        rows += _narrow(each, axis, lines, y, width) if narrow else _wide(each, axis, lines, y, name)
        y += max(len(lines), 1) * 18 + (32 if narrow else 10)
    strokes = [*_ticks(page, axis, TOP - 2, y), *strokes, *rows]
    return drawing(kind, width, y + 20 if y > begun else TOP + 40, shown.title, strokes)


def _ticks(page: Page, axis: _Axis, top: float, bottom: float) -> Iterator[Markup]:
    for days in range(0, axis.full + 1, axis.step):
        x = axis.x(days)
        yield line(x, top, x, bottom - 2, "tick")
        said = page.say(N_("{n} d"), n=days) if days else "0"
        yield words(said, x, bottom + 14, "faint", "middle" if x + 20 < axis.right + 60 else "end")


def _zones(shown: Ages, page: Page, axis: _Axis, narrow: bool) -> Iterator[Markup]:
    """« en attente », « en retard », « très en retard », over the part of the axis that each names, where it has room."""
    zones = ((0, shown.late, "attente", N_("waiting so far")), (shown.late, shown.very, "retard", N_("late")),
             (shown.very, axis.full, "tres", N_("very late")))  # fmt: skip
    for begin, end, level, name in zones:
        said, left, right = page.say(name), axis.x(begin), axis.x(end)
        if wide(said, 12.5, 0.5) <= right - left:
            yield words(said, (left + right) / 2, TOP - 10, f"zone {level}", "middle")


def _wide(each: Age, axis: _Axis, lines: list[str], y: float, name: float) -> Iterator[Markup]:
    """Name, numbers, letters, line, days: side by side."""
    for n, part in enumerate(lines):
        yield words(part, 0, y + n * 18 + 5, "serif")
    yield words(each.numbers, name, y + 5, "serif faint")
    yield placed(each.tally, axis.left - 13 - breadth(each.tally), y - 6)
    yield from _line(each, axis, y)
    yield words(each.said, axis.right + 14, y + 4.5, "strong")


def _narrow(each: Age, axis: _Axis, lines: list[str], y: float, width: float) -> Iterator[Markup]:
    """Name and days; below, letters and line."""
    for n, part in enumerate(lines):
        yield words(part, 0, y + n * 18 + 5, "serif halo")
    yield words(each.said, width, y + 4.5, "strong halo", "end")
    below = y + len(lines) * 18 + 4
    if breadth(each.tally) <= axis.left - 8:
        yield placed(each.tally, 0, below - 6)
    yield from _line(each, axis, below)


def _line(each: Age, axis: _Axis, y: float) -> Iterator[Markup]:
    if each.least is None:
        yield hatching(axis.left + 1, y - 4, axis.right - axis.left - 2, 8)
        return
    begin, sure = axis.left, max(axis.x(each.least), axis.left + 2)
    end = axis.right if each.most is None else axis.x(each.most)
    yield Markup("<g>{}{}</g>").format(Markup("").join(tip(each.said)), line(begin, y, sure, y, f"age {each.level}"))
    if end > sure + 1:
        yield line(sure + 2, y, end, y, f"age guessed {each.level}")
    if each.most is None or each.most > axis.full:
        yield path(f"M{axis.right:g} {y - 5:g}l6 5-6 5z", f"age head {each.level}")


def _table(shown: Ages, page: Page) -> Table:
    say = page.say
    heads = [say(N_("Awaited office")), say(N_("Number")), say(N_("Letters and reminders")), say(N_("Days")), say(N_("Delay"))]
    rows = [[each.office, each.numbers, each.letters, each.said, each.level_words] for each in shown.waits]
    return Table(shown.title, heads, rows)
