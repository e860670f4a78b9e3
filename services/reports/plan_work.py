"""The form of a work plan: what, how and when, who, and what became of it, its verdict underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.time.vocabulary import fold
from projections.phrases.catalogue import N_
from services.reports.plan_axes import timed
from services.reports.plan_sheet import Node, Sheet, bullets, cell, grouped, number_of, wording
from services.reports.plan_verdicts import verdict_of
from services.reports.printed import Block, Cell, Item, Items, Row, Run, Table, Text, Words
from services.reports.words import runs, written

HEADS = (N_("WHAT"), N_("HOW and WHEN"), N_("WHO"), N_("FOLLOW-UP"))
WIDTHS = (2.7, 4.2, 1.2, 4.3)
TOLD = "assembly"  # what a printed plan tells is what was told for an assembly
_SECOND = re.compile(r"(?<=[.;]) (?=[B-H]\) )")

Placed = tuple[tuple[Node, ...], Node | None]


def work(sheet: Sheet) -> Iterator[Block]:
    """A table for each section."""
    heads = (Row(tuple(cell(sheet.on.say(name), header=True) for name in HEADS)),)
    for _, items in groupby(grouped(sheet.row["nodes"]), key=lambda one: one[0][0]["called"] if one[0] else None):
        yield Table(sheet.title, heads, list(_rows(sheet, list(items))), WIDTHS)


def _rows(sheet: Sheet, items: Sequence[Placed]) -> Iterator[Row]:
    opened: tuple[str, ...] = ()
    for above, item in items:
        called = tuple(place["called"] for place in above)
        for depth, place in enumerate(above):
            if called[: depth + 1] != opened[: depth + 1]:
                yield Row((_section(sheet, place),), whole=True)
        opened = called
        if item is not None:
            yield _item(sheet, item)


def _section(sheet: Sheet, place: Node) -> Cell:
    """Its sentence after its number; parts A), B) one under the other."""
    number = number_of(sheet, place)
    text = f"{number}{'' if '.' in number or not number.isdigit() else '.'} {place['text']}".strip()
    return cell(_SECOND.sub("\n", text))


def _item(sheet: Sheet, item: Node) -> Row:
    who = Cell(tuple(Text(written(name)) for name in item["who"]), centred=True)
    steps = bullets([timed(line) for line in item["nodes"]], "-")
    return Row((cell(wording(sheet, item)), Cell(steps), who, Cell(tuple(_followed(sheet, item)))))


def _followed(sheet: Sheet, item: Node) -> Iterator[Text | Items]:
    """What was told for an assembly, in lists; then the verdict that the state of the item gives, if nothing says it yet."""
    told = [each for each in item["follow_ups"] if each["audience"] == TOLD]
    for alone, some in groupby(told, key=lambda each: bool(each["verdict"]) and each["verdict"] == each["text"]):
        if alone:
            yield from (Text(written(each["text"], underlined=True)) for each in some)
        else:
            yield _list(sheet, list(some))
    case = sheet.cases.get(item["called"])
    given, texts = [each["verdict"] for each in told if each["verdict"]], [str(each["text"]) for each in told]
    verdict = verdict_of(sheet, case, given, texts) if case else None
    if verdict:
        yield Text(runs(verdict.text, underlined=verdict.underlined))


def _list(sheet: Sheet, told: Sequence[Node]) -> Items:
    """A list of two levels."""
    items: list[Item] = []
    for each in told:
        item = Item(_words(sheet, each))
        if each["level"] > 1 and items:
            within = items[-1].within.items if items[-1].within else ()
            items[-1] = Item(items[-1].words, Items((*within, item), "•"))
        else:
            items.append(item)
    return Items(tuple(items))


def _words(sheet: Sheet, told: Node) -> Words:
    """With what is underlined in it; with its day, where it does not say it itself."""
    text, verdict = str(told["text"]), told["verdict"]
    found: Words = written(text)
    if verdict and verdict in text:
        before, _, after = text.partition(verdict)
        found = (*written(before), *written(verdict, underlined=True), *written(after))
    day = sheet.on.date(told["occurred"]) if told["occurred"] and not told["words"] else ""
    if not day or fold(day.rpartition(" ")[0] or day) in fold(text):
        return found
    return (*found, Run(" ("), *runs(day), Run(")"))
