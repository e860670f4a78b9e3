"""The strokes of a figure, as markup: what a person wrote is escaped, and a number that is none is refused.

No colour is said here. Each stroke bears the name of what it means, and the style sheet dresses it for light, dark and
paper. A unit is a pixel or more where the figure is shown: no text is smaller there than it is drawn."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable
from functools import cache, lru_cache

from markupsafe import Markup, escape

SLANT = 0.45  # how far a stroke of hatching leans, for its height
SERIF, SANS = 0.5, 0.53  # the width of a letter on average, for its size

_MARK = re.compile(r'<svg class="([^"]*)" viewBox="0 0 ([0-9.]+) [^>]*>(.*?)</svg>', re.DOTALL)


def number(value: float) -> str:
    """A coordinate. Raises `ValueError` for what is no place at all."""
    if not math.isfinite(value):
        raise ValueError(value)
    return f"{round(value, 1):g}"


def element(name: str, *content: str, **given: str | float | None) -> Markup:
    """One element; `class_` is its class, and null leaves an attribute out. Pieces are joined as plain text: a picture has
    thousands."""
    pieces = ["<", name]
    for key, value in given.items():
        if value is not None:
            told = escape(value) if isinstance(value, str) else number(value)
            pieces += [" ", _attribute(key), '="', told, '"']
    inside = [each if isinstance(each, Markup) else escape(each) for each in content]
    pieces += [">", *inside, "</", name, ">"] if any(inside) else ["/>"]
    return Markup("".join(pieces))


@cache
def _attribute(key: str) -> str:
    """`text_anchor` -> text-anchor; `class_` -> class."""
    return key.rstrip("_").replace("_", "-")


def words(text: str, x: float, y: float, kind: str = "", anchor: str | None = None) -> Markup:
    """A text; `kind`: how it is set (`serif`, `faint`, `strong`, `halo`…)."""
    return element("text", escape(text), x=x, y=y, class_=kind or None, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight stroke."""
    return element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", class_=kind)


def box(x: float, y: float, width: float, height: float, kind: str, title: str = "") -> Markup:
    """A rectangle; `title`: what is told of it where a pointer rests."""
    return element("rect", *tip(title), x=x, y=y, width=max(width, 0), height=height, class_=kind)


def dot(x: float, y: float, radius: float, kind: str) -> Markup:
    """A full circle."""
    return element("circle", cx=x, cy=y, r=radius, class_=kind)


def path(d: str, kind: str) -> Markup:
    """Any stroke."""
    return element("path", d=d, class_=kind)


def tip(title: str) -> tuple[Markup, ...]:
    """What is told of a stroke where a pointer rests."""
    return (element("title", escape(title)),) if title else ()


def hatching(x: float, y: float, width: float, height: float, kind: str = "doubt", step: float = 7.5) -> Markup:
    """Leaning strokes from one end to the other: how long is not known."""
    lean = height * SLANT
    places = [x + n * step for n in range(max(int((width - lean) / step) + 1, 1))]
    strokes = (f"M{number(at)} {number(y + height)}l{number(lean)} {number(-height)}" for at in places)
    return path("".join(strokes), kind)


def arrow(x: float, y: float, to: float, kind: str) -> Markup:
    """A vertical arrow, from one height to another."""
    tip_ = -5 if to > y else 5
    head = f"M{number(x - 4)} {number(to + tip_)}L{number(x)} {number(to)}L{number(x + 4)} {number(to + tip_)}"
    return path(f"M{number(x)} {number(y)}V{number(to)}{head}", kind)


def placed(mark: str, x: float, y: float, size: float | None = None) -> Markup:
    """A mark as the templates draw it, at a place, so wide or as it is; nothing where there is none."""
    if (found := _drawn(str(mark))) is None:
        return Markup("")
    kind, width, strokes = found
    grown = "" if size is None else f" scale({size / width:g})"
    where = f"translate({number(x)} {number(y)}){grown}"
    return element("g", strokes, class_=kind, transform=where)


@lru_cache(256)
def _drawn(mark: str) -> tuple[str, float, Markup] | None:
    """Its class, its width and its strokes: there are few marks, each drawn hundreds of times."""
    found = _MARK.search(mark)
    return (found[1], float(found[2]), Markup(found[3].strip())) if found else None


def breadth(mark: str) -> float:
    """How wide a mark is as it is."""
    found = _drawn(str(mark))
    return found[1] if found else 0.0


def wrapped(text: str, room: float, size: float = 15, letter: float = SERIF) -> list[str]:
    """A text on as many lines as it needs."""
    return textwrap.wrap(text, max(int(room / (size * letter)), 8)) or [""]


def wide(text: str, size: float = 13, letter: float = SANS) -> float:
    """About how wide a text is, rather too much than too little."""
    return len(text) * size * letter


def drawing(kind: str, width: float, height: float, title: str, strokes: Iterable[str]) -> Markup:
    """The picture: one image for who listens, with its title. `kind`: the width at which it is shown."""
    return element(
        "svg", element("title", escape(title)), *strokes, class_=f"drawing {kind}", role="img",
        viewBox=f"0 0 {number(width)} {number(height)}", width=width, height=height, focusable="false",
    )  # fmt: skip
