"""What awaits an answer: each thread with an office, the one that has waited longest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.rows import who
from projections.phrases.threads import UNADDRESSED, holder_of, how_many
from services.home import Home
from services.reading.demarches import Asked as Filters
from services.reading.demarches import demarches, demarches_page
from services.reading.directory import assembly_names
from services.reports.asked import Asked, Ground, assembly_of, ground
from services.reports.cells import day, head, lines, number, words
from services.reports.printed import Block, Printed, Row, Table, Text
from services.reports.words import runs

TITLE = N_("What awaits an answer")
SAID = N_("State of things on {day}. The one that has waited longest comes first.")
NONE = N_("No office owes us an answer on {day}.")
HEADS = (N_("Office"), N_("Holder"), N_("Since"), N_("Days waited"), N_("Letters"), N_("Reminders"), N_("Resolutions"))
WIDTHS = (3.0, 2.0, 1.5, 0.9, 1.1, 1.1, 2.5)
UNDATED = N_("date not said")
PAGE = 100
Thread = dict[str, Any]
Names = Mapping[str, str]  # of assemblies, by key


def unanswered(home: Home, asked: Asked) -> Printed:
    """The threads that await an answer, those of one assembly alone where one is asked for. Raises `AssemblyUnknown`."""
    on = ground(home, asked)
    key = assembly_of(on, lambda refs: None)
    names = {} if key else assembly_names(home)
    return Printed(
        "unanswered", (on.say(TITLE),), on.lang, on.day, _blocks(on, key, names), on.organisation, landscape=True,
        large=asked.large,
        template=lambda: {"threads": [_fields(on, row, names) for row in _threads(on, key)]}, subject=on.say(TITLE),
    )  # fmt: skip


def _blocks(on: Ground, key: str | None, names: Names) -> Iterator[Block]:
    threads = _threads(on, key)
    first = next(threads, None)
    date = on.date(on.day.isoformat())
    if first is None:
        yield Text(runs(on.say(NONE, day=date)))
        return
    yield Text(runs(on.say(SAID, day=date)), "subtitle")
    yield Table(on.say(TITLE), head(*(on.say(name) for name in HEADS)), _rows(on, names, first, threads), WIDTHS)


def _rows(on: Ground, names: Names, first: Thread, others: Iterator[Thread]) -> Iterator[Row]:
    yield _row(on, first, names)
    for thread in others:
        yield _row(on, thread, names)


def _row(on: Ground, row: Thread, names: Names) -> Row:
    told = _fields(on, row, names)
    return Row((
        words(told["office"]), words(told["holder"]), day(row["since"], told["since"]),
        number(row["days_waiting"], str(told["days"])), _count(row["attempts"], told["letters"]),
        _count(row["reminders"], told["reminders"]), lines(told["cases"]),
    ))  # fmt: skip


def _count(count: Thread, said: str) -> Any:
    """A number where it is exact: « au moins 3 » is none."""
    return number(count["min"] if count["min"] == count["max"] else None, said)


def _fields(on: Ground, row: Thread, names: Names) -> dict[str, Any]:
    return {
        "office": who(row["office"]) or on.say(UNADDRESSED[row["kind"]]),
        "holder": holder_of(row["holder"], on.lang),
        "since": on.date(row["since"]) or on.say(UNDATED),
        "days": "" if row["days_waiting"] is None else row["days_waiting"],
        "letters": how_many(row["attempts"], on.lang),
        "reminders": how_many(row["reminders"], on.lang),
        "cases": [_case(ref, names) for ref in row["cases"]],
    }


def _case(ref: str, names: Names) -> str:
    """« 17 » of the assembly asked for, else « Assemblée annuelle 2023, 17 »."""
    key, _, number = ref.rpartition(":")
    return ", ".join(filter(None, (names.get(key), number)))


def _threads(on: Ground, key: str | None) -> Iterator[Thread]:
    """Page by page as they stand; all at once at a time that is over."""
    wanted = Filters(unanswered=True)
    if not on.when.now:
        yield from (row for row in demarches(on.home, on.when, wanted) if _of(row, key))
        return
    after: str | None = None
    while True:
        page = demarches_page(on.home, on.when, PAGE, after, wanted)
        yield from (row for row in page.items if _of(row, key))
        if (after := page.next) is None:
            return


def _of(row: Thread, key: str | None) -> bool:
    return key is None or any(ref.startswith(f"{key}:") for ref in row["cases"])
