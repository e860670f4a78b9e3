"""A workflow: its states one below the other, and an arrow at their side for each way from one to another.

A bracket stands for several states from which an arrow leaves alike. Verbs are in the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from projections.phrases.catalogue import N_
from web.figures.drawing import dot, drawing, path, words
from web.figures.frame import WIDTHS, Table, figure
from web.rendering import Page

ROW, TOP = 38.0, 20.0  # from one state to the next; above the first
GAP = {"wide": 30.0, "middle": 18.0, "narrow": 6.0}  # between two arrows
LABEL = {"wide": 250.0, "middle": 230.0, "narrow": 172.0}  # where arrows begin
HEAD = 7.0


@dataclass(frozen=True)
class Arrow:
    """From some states to one, by some verbs."""

    starts: Sequence[str]
    end: str
    verbs: Sequence[str]
    whence: str


@dataclass(frozen=True)
class Machine:
    """The states in their order, each with its label; those that are final; the arrows."""

    title: str
    states: Mapping[str, str]
    finals: frozenset[str]
    arrows: Sequence[Arrow]


def machine(shown: Machine, page: Page) -> Markup:
    """The figure, at three widths, and its table."""
    return figure(page, "machine", [_draw(shown, kind, width) for kind, width in WIDTHS.items()], _table(shown, page))


def _draw(shown: Machine, kind: str, width: float) -> Markup:
    y = {state: TOP + n * ROW for n, state in enumerate(shown.states)}
    strokes = [words(label, 22, y[state] + 5, "serif") for state, label in shown.states.items()]
    strokes += [_node(10, y[state], final=state in shown.finals) for state in y]
    arrows = sorted(shown.arrows, key=lambda each: _span(each, y))
    groups = list(dict.fromkeys(tuple(each.starts) for each in arrows if len(each.starts) > 1))
    x = LABEL[kind] + len(groups) * 10
    strokes += [stroke for n, group in enumerate(groups) for stroke in _bracket([y[s] for s in group], LABEL[kind] + n * 10)]
    left: dict[tuple[str, ...], int] = {}
    for n, arrow in enumerate(arrows):
        nth = left[tuple(arrow.starts)] = left.get(tuple(arrow.starts), 0) + 1
        strokes += _arrow(_leaves(arrow, y) + (nth - 1) * 5, y[arrow.end], (x, LABEL[kind]), x + 14 + n * GAP[kind])
    return drawing(kind, width, TOP + len(y) * ROW, shown.title, strokes)


def _span(arrow: Arrow, y: Mapping[str, float]) -> float:
    return abs(_leaves(arrow, y) - y[arrow.end])


def _leaves(arrow: Arrow, y: Mapping[str, float]) -> float:
    """The height at which it leaves: that of its state, or of the middle of its bracket."""
    places = [y[state] for state in arrow.starts]
    return (min(places) + max(places)) / 2 if len(places) > 1 else places[0] + 5


def _bracket(places: Sequence[float], x: float) -> list[Markup]:
    return [path(f"M{x:g} {min(places):g}h6V{max(places):g}h-6", "edge")]


def _arrow(start: float, end: float, x: tuple[float, float], lane: float) -> list[Markup]:
    """From where it leaves to its lane, along it, and back to the state where a head stands."""
    leaves, arrives = x
    at = end - 5 if start > end else end - 2
    head = path(f"M{arrives:g} {at:g}l{HEAD:g} {-HEAD / 1.7:g}v{HEAD * 1.18:g}z", "head")
    return [path(f"M{leaves:g} {start:g}H{lane:g}V{at:g}H{arrives:g}", "edge"), head]


def _node(x: float, y: float, final: bool) -> Markup:
    """A ring; a disc where nothing more is expected."""
    return dot(x, y, 5.0 if final else 4.5, "node full" if final else "node")


def _table(shown: Machine, page: Page) -> Table:
    heads = [page.say(N_("From")), page.say(N_("Verb")), page.say(N_("To"))]
    rows = [(each.whence, ", ".join(each.verbs), shown.states[each.end]) for each in shown.arrows]
    return Table(shown.title, heads, rows)
