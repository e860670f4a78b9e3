"""The comb of an assembly: every number from the first to the last, the mark of its state above it.

A number that nobody follows stands in italic under a dotted dash. Brackets join the numbers of one case, neighbours or
not. Where a line is full the comb goes on below; a bracket that is cut there is dashed at its open end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from projections.phrases.catalogue import N_
from web.figures.drawing import SERIF, box, drawing, element, line, number, path, placed, tip, wide, words
from web.figures.frame import WIDTHS, Table, figure
from web.rendering import Page

PITCH = {"wide": 28.3, "middle": 32.0, "narrow": 28.8}  # from one number to the next
LEVEL, FOOT = 28.0, 46.0  # between two brackets; from the top of a row to its first bracket


@dataclass(frozen=True)
class Tooth:
    """A number: the mark of its state, the state in words and the title; or, of one without a case, what became of it."""

    number: str
    word: str
    mark: str = ""
    title: str = ""

    @property
    def followed(self) -> bool:
        return bool(self.mark)


@dataclass(frozen=True)
class Comb:
    """The numbers in their order; `bundles`: those that are of one case, each two numbers or more."""

    title: str
    teeth: Sequence[Tooth]
    bundles: Sequence[Sequence[str]] = ()


def comb(shown: Comb, page: Page, note: str = "") -> Markup:
    """The figure, at three widths, and its table."""
    teeth = [list(_tooth(tooth)) for tooth in shown.teeth]
    drawings = [_draw(shown, teeth, page, kind, width) for kind, width in WIDTHS.items()]
    return figure(page, "comb", drawings, _table(shown, page), note)


def _pitch(shown: Comb, kind: str) -> float:
    longest = max((wide(tooth.number, 15, SERIF) for tooth in shown.teeth), default=0)
    return max(PITCH[kind], longest + 8)


def _draw(shown: Comb, teeth: Sequence[Sequence[Markup]], page: Page, kind: str, width: float) -> Markup:
    pitch = _pitch(shown, kind)
    many = max(int((width - 1) // pitch), 1)
    place = {tooth.number: n for n, tooth in enumerate(shown.teeth)}
    bundles = [sorted(place[number] for number in bundle if number in place) for bundle in shown.bundles]
    strokes: list[Markup] = []
    y = 6.0
    for first in range(0, len(shown.teeth), many):
        row = _Row(first, min(first + many, len(shown.teeth)), pitch, y, width)
        for n in range(row.first, row.end):
            strokes.append(element("g", *teeth[n], transform=f"translate({number(row.x(n))} {number(y)})"))
        levels = _levels([bundle for bundle in bundles if len(bundle) > 1], row)
        for bundle, level in levels:
            strokes += _bracket(shown, page, bundle, row, level)
        y += FOOT + 4 + LEVEL * (1 + max((level for _, level in levels), default=-1))
    return drawing(kind, width, max(y, 30), shown.title, strokes)


@dataclass(frozen=True)
class _Row:
    """The numbers from `first` to before `end`, on one line."""

    first: int
    end: int
    pitch: float
    y: float
    width: float

    def x(self, n: int) -> float:
        return self.pitch / 2 + (n - self.first) * self.pitch

    def of(self, bundle: Sequence[int]) -> list[int]:
        return [n for n in bundle if self.first <= n < self.end]

    def span(self, bundle: Sequence[int]) -> tuple[float, float]:
        """From where to where a bracket goes on this line: to its end, where the bundle goes on."""
        here = self.of(bundle)
        left = self.x(here[0]) if bundle[0] >= self.first else 1.0
        return left, self.x(here[-1]) if bundle[-1] < self.end else self.x(self.end - 1) + self.pitch / 2 - 1


def _levels(bundles: Sequence[Sequence[int]], row: _Row) -> list[tuple[Sequence[int], int]]:
    """The bundles of a line, the shortest nearest to the numbers: no bracket runs through another."""
    here = sorted((bundle for bundle in bundles if row.of(bundle)), key=lambda one: (one[-1] - one[0], one[0]))
    placed_: list[tuple[Sequence[int], int]] = []
    for bundle in here:
        left, right = row.span(bundle)
        taken = {level for other, level in placed_ if row.span(other)[0] <= right and left <= row.span(other)[1]}
        placed_.append((bundle, max(taken, default=-1) + 1))
    return placed_


def _tooth(tooth: Tooth) -> Iterator[Markup]:
    """What is drawn of a number, the same at every width: only its place differs."""
    said = ", ".join(filter(None, (f"{tooth.number}. {tooth.title}" if tooth.title else tooth.number, tooth.word)))
    if tooth.followed:
        yield from (*tip(said), placed(tooth.mark, -8, 0, 16), words(tooth.number, 0, 34, "no", "middle"))
    else:
        yield from (*tip(said), line(-4.5, 8, 5, 8, "absent"), words(tooth.number, 0, 34, "no gone", "middle"))


def _bracket(shown: Comb, page: Page, bundle: Sequence[int], row: _Row, level: int) -> Iterator[Markup]:
    """Under the numbers of one case: a foot for each, and its name on the line, or in the list below if it has no room."""
    left, right = row.span(bundle)
    y, top = row.y + FOOT + 8 + LEVEL * level, row.y + FOOT - 4
    feet = "".join(f"M{row.x(n):g} {top:g}V{y:g}" for n in row.of(bundle))
    yield path(f"{feet}M{left:g} {y:g}H{right:g}", "bracket")
    numbers = " – ".join(shown.teeth[n].number for n in bundle)
    said = page.say(N_("one case: {numbers}"), numbers=numbers)
    together = bundle[-1] - bundle[0] == len(bundle) - 1
    brief = page.say(N_("one case")) if together else said
    if wide(brief, 12.5) + 24 <= right - left:
        x, room = left + (right - left) * (0.5 if together else 0.32), wide(brief, 12.5, 0.5) + 8
        yield box(x - room / 2, y - 5, room, 10, "blank")
        yield words(brief, x, y + 4, "faint", "middle")
    else:
        room = wide(brief, 12.5) / 2
        yield words(brief, min(max((left + right) / 2, room), row.width - room), y + 16, "faint halo", "middle")


def _table(shown: Comb, page: Page) -> Table:
    say = page.say
    rows = [[tooth.number, tooth.title, tooth.word] for tooth in shown.teeth]
    return Table(shown.title, [say(N_("Number")), say(N_("Title")), say(N_("What became of it"))], rows)
