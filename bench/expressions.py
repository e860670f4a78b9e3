"""`python -m bench.expressions [FOLDER]`: how many expressions of time of the sample documents are read as they were by
hand. FOLDER holds the facts of the documents; without them nothing is measured, and that is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from domain.time import BadDate, earliest, latest
from domain.time.schedules import Context, Reading, Schedule, read_schedule

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "golden"

CONTEXTS = {
    "000": Context(reference="2024-09~", ahead=False),
    "001": Context(reference="2009", period="2009/2010"),
    "002": Context(reference="2012-12-01", period="2012/2015"),
    "003": Context(period="2019/2022"),
    "004": Context(reference="2025-03-31"),
}
"""What each document says of itself: the day it was written or adopted, and its years."""

KINDS = {
    "deadline": "once", "period": "once", "whole_mandate": "continuous", "rest_of_mandate": "continuous",
}  # fmt: skip
"""How the facts call a kind -> how the grammar does."""


class Expected(NamedTuple):
    """An expression and what was read in it by hand; null where nothing was noted."""

    words: str
    kind: str | None
    edtf: str | None
    rrule: str | None = None
    least: int | None = None
    body: str | None = None


class Measured(NamedTuple):
    """Of the expressions of a document: how many are read first as by hand, how many beside, and those that are not."""

    name: str
    total: int
    first: int
    beside: int
    missed: tuple[str, ...]


def main() -> None:
    """Prints the rate of each document; ends with 1 if the facts are not there."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    files = sorted(folder.glob("00*.yaml"))
    if not files:
        print(f"SKIPPED: no facts of the sample documents in {folder}; nothing was measured.", file=sys.stderr)
        sys.exit(1)
    for file in files:
        found = measure(file)
        rate = f"read as by hand {found.first}/{found.total}, proposed second {found.beside}"
        print(f"{found.name}  {rate if found.total else 'no expression is noted'}")
        print("".join(f"       not: {each}\n" for each in found.missed), end="")


def measure(file: Path) -> Measured:
    """One document."""
    context = CONTEXTS[file.name[:3]]
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    first, beside, missed, previous = 0, 0, [], None
    expected = list(expressions(told))
    for each in expected:
        readings = _readings(each.words, context._replace(previous=previous))
        agree = [agrees(reading.schedule, each) for reading in readings]
        first += agree[:1] == [True]
        beside += True in agree[1:] and not agree[0]
        if True not in agree:
            missed.append(f"« {each.words} »: {each.edtf or each.rrule or each.kind}")
        previous = readings[0].schedule.edtf if readings and readings[0].schedule.kind == "once" else previous
    return Measured(file.name[:3], len(expected), first, beside, tuple(missed))


def _readings(words: str, context: Context) -> tuple[Reading, ...]:
    try:
        return read_schedule(words, context)
    except BadDate:
        return ()


def expressions(node: Any) -> Iterator[Expected]:
    """Wherever the facts keep the words of a date beside what they mean."""
    if isinstance(node, list):
        for each in node:
            yield from expressions(each)
    if not isinstance(node, dict):
        return
    if node.get("due_text"):
        kind = KINDS.get(node.get("due_type", "deadline"))
        yield Expected(node["due_text"], kind, node.get("due_edtf") or node.get("due"))
    if node.get("date_text") and (noted := node.get("date_edtf") or node.get("date")):
        yield Expected(node["date_text"], None, noted)
    if node.get("day_text"):
        yield Expected(node["day_text"], "recurring", None, node["rrule"])
    if node.get("schedule_text"):
        yield _scheduled(node["schedule_text"], node["schedule"])
    for name in ("timing", "frequency"):
        if isinstance(node.get(name), dict):
            yield _scheduled(node[name]["text"].replace(" … ", " "), node[name])
    for name, each in node.items():
        if name not in ("schedule", "timing", "frequency"):
            yield from expressions(each)


def _scheduled(words: str, said: dict[str, Any]) -> Expected:
    kind = "condition" if "depends_on" in said else said.get("type", "recurring")
    once = 1 if "season" in said and said.get("rrule") else said.get("min_count_per_period")
    date_ = said.get("edtf_inferred") or said.get("edtf")
    return Expected(words, kind, date_, said.get("rrule"), once, said.get("body"))


def agrees(read: Schedule, by_hand: Expected) -> bool:
    """That all that was noted by hand was read."""
    return (
        by_hand.kind in (None, read.kind)
        and _same_date(read, by_hand.edtf)
        and by_hand.rrule == read.rrule
        and (by_hand.least is None or (read.times is not None and read.times.min == by_hand.least))
        and (by_hand.body is None or (read.upon is not None and read.upon.what == by_hand.body))
    )


def _same_date(read: Schedule, by_hand: str | None) -> bool:
    """A rhythm may name its period where none was noted; nothing else may name a date of its own."""
    if read.edtf is None or by_hand is None:
        return read.edtf == by_hand or (by_hand is None and read.kind == "recurring")
    return _same_days(read.edtf, by_hand)


def _same_days(one: str, other: str) -> bool:
    """The same EDTF; or the same days, a winter within one: by hand it ends on 20 March, in the table on the 19th."""
    return one == other or all(map(_near, (earliest(one), latest(one)), (earliest(other), latest(other))))


def _near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= timedelta(days=1)


if __name__ == "__main__":
    main()
