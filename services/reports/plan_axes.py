"""The form of a plan of axes: axis, means, activities, expected results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.time.vocabulary import fold
from projections.phrases.catalogue import N_
from projections.phrases.typography import NO_BREAK
from services.reports.plan_sheet import Node, Sheet, bullets, cell, grouped, number_of, wording
from services.reports.printed import Block, Cell, Item, Items, Row, Table, Text
from services.reports.words import runs, written

AXIS, MEANS, ACTIVITIES, RESULTS = N_("Axis"), N_("Means"), N_("Description of the activities"), N_("Results expected")
WIDTHS = (1.6, 3.0, 4.2, 3.6)


def axes(sheet: Sheet) -> Iterator[Block]:
    """A table for each axis, whose name the head repeats on each page."""
    for axis, items in groupby(grouped(sheet.row["nodes"]), key=lambda one: one[0][0] if one[0] else None):
        yield _table(sheet, axis, list(items))


def _table(sheet: Sheet, axis: Node | None, items: Sequence[tuple[tuple[Node, ...], Node | None]]) -> Table:
    called = wording(sheet, axis) if axis else ""
    label = number_of(sheet, axis) if axis else ""
    label = f"{sheet.on.say(AXIS)} {label}" if label.isdigit() else label
    told = [runs(label)] if label else []
    told += [written(str(axis["text"]), bold=True)] if axis else []
    heads = [Cell(tuple(map(Text, told)), header=True, value=sheet.on.say(AXIS))]
    heads += [cell(sheet.on.say(name), header=True) for name in (MEANS, ACTIVITIES, RESULTS)]
    rows = list(_rows(sheet, items))
    name = Cell((), down=len(rows), centred=True, value=called)
    opened = [Row((name, *rows[0].cells)), *rows[1:]]
    return Table(sheet.title, (Row(tuple(heads)),), opened, WIDTHS)


def _rows(sheet: Sheet, items: Sequence[tuple[tuple[Node, ...], Node | None]]) -> Iterator[Row]:
    """The means, with the headings that stand above them over the rest of the width."""
    last = None
    for above, means in items:
        if means is None:
            yield Row((cell(wording(sheet, above[-1]) if len(above) > 1 else "", across=3),))
            continue
        places = [wording(sheet, place) for place in above[1:]]
        heading, theme = _parted(means["heading"])
        section = " – ".join([*places, *([heading] if heading else [])])
        if section and section != last:
            yield Row((cell(_labelled(section), across=3, bold=True),))
        last = section or last
        yield _means(sheet, means, theme)


def _means(sheet: Sheet, means: Node, theme: str | None) -> Row:
    led = (Text(written(theme, bold=True)),) if theme else ()
    return Row((
        Cell((*led, *bullets([wording(sheet, means)]))),
        Cell(tuple(_activities(means["nodes"]))),
        Cell(bullets(means["results"])),
    ))  # fmt: skip


def _activities(lines: Sequence[Node]) -> Iterator[Text | Items]:
    """Bullets, after the labels of their groups."""
    for group, told in groupby(lines, key=lambda line: line["group"]):
        if group:
            yield Text(written(_labelled(group)))
        yield Items(tuple(Item(written(timed(line))) for line in told), "•")


def timed(line: Node) -> str:
    """A line with its time in parentheses, unless it says it itself."""
    text, schedule = str(line["text"]), line["schedule"]
    if schedule is None or fold(schedule["words"]) in fold(text):
        return text
    return f"{text} ({schedule['words']})"


def _labelled(text: str) -> str:
    return f"{text}{NO_BREAK}:"


def _parted(heading: str | None) -> tuple[str | None, str | None]:
    """The heading of a section, and the theme in capitals that stands above this one means."""
    parts = (heading or "").split(" – ")
    theme = parts.pop() if parts[-1] and parts[-1].isupper() else None
    return " – ".join(parts) or None, theme
