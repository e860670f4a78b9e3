"""Columns, cards and wrapped text: what a person reads, as plain lines as wide as the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NamedTuple

from cli.terminal import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NARROW, WIDE = 60, 120
GAP, LEAST = 2, 14  # between two columns; a column that gives way keeps this, which the one that takes what is left has
LEAST_OF_ALL = 9  # letters of a column where there is not even room for that: a longer word is broken; none is lost
_NO_BREAK, _STAND_IN = "\u00a0", "\ue0a0"  # rich would break a line at a no-break space


class Column(NamedTuple):
    """A column: its heading, and the width that it may take; one without a width takes what is left."""

    heading: str
    width: int | None = None


def width() -> int:
    """Of the terminal, within what is good to read; 100 where there is none."""
    return max(NARROW, min(get_terminal_size((100, 24)).columns, WIDE))


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows under their headings. A column that is empty all along is left out."""
    from rich.table import Table

    listed = [[*row] for row in rows]
    kept = [i for i in range(len(columns)) if any(row[i] for row in listed)]
    widths = _widths({i: columns[i] for i in kept}, listed)
    shape = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), expand=None in widths.values(), header_style="bold")
    for i, fixed in widths.items():
        shape.add_column(_cell(columns[i].heading), width=fixed, ratio=None if fixed else 1, overflow="fold")
    for row in listed:
        shape.add_row(*(_cell(row[i]) for i in kept))
    return _lines(shape)


def _widths(columns: dict[int, Column], rows: Sequence[Sequence[str]]) -> dict[int, int | None]:
    """Each as wide as what it holds, within its own limit; the widest give way to the column that takes what is left,
    first those where no word is broken by it."""
    widths = {
        i: min(column.width, max(len(text) for text in (column.heading, *(row[i] for row in rows))))
        for i, column in columns.items()
        if column.width
    }
    words = {i: max(map(len, " ".join((columns[i].heading, *(row[i] for row in rows))).split(" "))) for i in widths}
    room = width() - GAP * (len(columns) - 1)
    for left, least in ((width() * 2 // 5, LEAST), (LEAST, LEAST_OF_ALL), (LEAST, 1)):
        while len(widths) < len(columns) and room - sum(widths.values()) < left and max(widths.values()) > least:
            widths[max(widths, key=lambda i: (widths[i] > max(words[i], least), widths[i]))] -= 1
    return {i: widths.get(i) for i in columns}


def card(rows: Iterable[tuple[str, str]], label_width: int = 20) -> list[str]:
    """Labels and what they label, beside each other; empty ones are left out."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=label_width, style="dim", overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        if text:
            grid.add_row(_cell(label), _cell(text))
    return _lines(grid) if grid.row_count else []


def wrapped(text: str, margin: int = 0) -> list[str]:
    """A text on as many lines as it takes, `margin` blanks before each."""
    from textwrap import wrap

    lead = " " * margin
    return [
        line
        for paragraph in clean(text).splitlines()
        for line in wrap(paragraph, width(), initial_indent=lead, subsequent_indent=lead) or [""]
    ]


def bold(text: str) -> str:
    """A heading, in bold where the terminal has it."""
    return f"\x1b[1m{text}\x1b[0m" if coloured() else text


def coloured() -> bool:
    """Whether the answer goes to a terminal that may have styles (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _cell(text: str) -> str:
    return clean(text).replace(_NO_BREAK, _STAND_IN)


def _console() -> Console:
    from rich.console import Console

    return Console(
        file=sys.stdout, width=width(), markup=False, highlight=False, emoji=False, legacy_windows=False,
        color_system="standard" if coloured() else None, force_terminal=coloured(),
    )  # fmt: skip


def _lines(shape: Table) -> list[str]:
    console = _console()
    with console.capture() as captured:
        console.print(shape)
    return [line.rstrip() for line in captured.get().replace(_STAND_IN, _NO_BREAK).splitlines()]
