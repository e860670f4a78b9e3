"""What every figure has around it: its box, what its strokes mean, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from projections.phrases.catalogue import N_
from web.figures.drawing import element
from web.rendering import Page

# The same figure is drawn anew for each width, so that no text shrinks: the style sheet shows the one that fits.
WIDTHS = {"wide": 1020.0, "middle": 640.0, "narrow": 288.0}


@dataclass(frozen=True)
class Table:
    """The twin of a figure. The first cell of a row is its head."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def figure(page: Page, kind: str, drawings: Sequence[Markup], table: Table, note: str = "") -> Markup:
    """The figure with its note and its twin."""
    told = element("p", escape(note), class_="second") if note else Markup("")
    return element(
        "figure", element("div", *drawings, class_="drawn"),
        element("figcaption", told, twin(page, table)), class_=f"figure {kind}",
    )  # fmt: skip


def twin(page: Page, table: Table) -> Markup:
    """« Voir en tableau »."""
    summary = element("summary", escape(page.say(N_("View as a table"))))
    return element("details", summary, element("div", plain(table), class_="scroll"), class_="as-table")


def plain(table: Table) -> Markup:
    """The table itself, with a real caption, and heads for its columns and its rows."""
    heads = element("tr", *(element("th", escape(head), scope="col") for head in table.heads))
    rows = (element("tr", *(_cell(cell, first=n == 0) for n, cell in enumerate(row))) for row in table.rows)
    caption = element("caption", escape(table.caption))
    return element("table", caption, element("thead", heads), element("tbody", *rows))


def _cell(text: str, first: bool) -> Markup:
    inside = escape(text) or Markup("&nbsp;")
    return element("th", inside, scope="row") if first else element("td", inside)
