"""The board of an assembly: each of its numbers and what became of it, with how many stand where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.registers import FATES
from projections.phrases.rows import label_of, state_of, who
from projections.phrases.states import plural_feminine
from services.home import Home
from services.reading.waits import next_of
from services.reports.asked import Asked, Ground, assembly_of, ground
from services.reports.cells import EMPTY, head, lines, words
from services.reports.printed import Block, Heading, Item, Items, Printed, Row, Run, Table, Text
from services.reports.resolutions import Assembly, Followed, Gap, Resolutions
from services.reports.words import runs
from workflows.library import library

TITLE = N_("{assembly}: what became of the resolutions")
SAID = N_("State of things on {day}.")
COUNTED = N_("Where they stand")
EACH = N_("Each number")
NOTHING = N_("Nothing is recorded here yet.")
HEADS = (N_("Nos."), N_("Title"), N_("State"), N_("What follows"))
WIDTHS = (1.1, 4.2, 1.8, 3.4)
FOLLOWED, AWAITED = N_("Followed by {owner}."), N_("Awaited: {whom}.")
DUE, NEXT = N_("Due: {day}."), N_("Next date: {day}.")
TOLD = frozenset({"due", "until", "review"})
"""The dates that everybody may read; a task’s is the office’s own, and prints for nobody."""
WITHOUT = {
    "defeated": (N_("Defeated: {numbers}."), "Defeated: {numbers}."),
    "withdrawn": (N_("Withdrawn: {numbers}."), "Withdrawn: {numbers}."),
    "referred": (N_("Referred, without a case: {numbers}."), "Referred, without a case: {numbers}."),
    "not_reached": (N_("Not reached: {numbers}."), "Not reached: {numbers}."),
    "unknown": (N_("Number absent from the follow-up: {numbers}, without a known reason."),
                "Numbers absent from the follow-up: {numbers}, without a known reason."),
}  # fmt: skip


def board(home: Home, asked: Asked) -> Printed:
    """The board of the assembly asked for, else of the latest. Raises `AssemblyUnknown` or `NoAssembly`."""
    on = ground(home, asked)
    key = assembly_of(on)
    assert key is not None
    resolutions = Resolutions(on)
    assembly = resolutions.assembly(key)
    title = on.say(TITLE, assembly=assembly.name)
    return Printed(
        "assembly", (title,), on.lang, on.day, _blocks(on, resolutions, assembly), on.organisation,
        large=asked.large, template=lambda: _fields(on, resolutions, assembly), steps=resolutions.count([assembly]),
        subject=title,
    )  # fmt: skip


def _blocks(on: Ground, resolutions: Resolutions, assembly: Assembly) -> Iterator[Block]:
    yield Text(runs(on.say(SAID, day=on.date(on.day.isoformat()))), "subtitle")
    yield Heading((Run(on.say(COUNTED)),))
    counts = [*_counts(on, resolutions.states(assembly.key)), *_without(on, resolutions.gaps(assembly))]
    yield Items(tuple(Item(runs(line)) for line in counts)) if counts else Text(runs(on.say(NOTHING)))
    if not counts:
        return
    yield Heading((Run(on.say(EACH)),))
    heads = head(*(on.say(name) for name in HEADS))
    yield Table(assembly.name, heads, _rows(on, resolutions, assembly), WIDTHS)


def _counts(on: Ground, states: Mapping[str, int]) -> Iterator[str]:
    """« 25 dossiers », then « 5 closes, réalisées », in the order of the workflow."""
    if states:
        yield on.many((N_("{n} case"), "{n} cases"), sum(states.values()))
    for state in library().latest("resolution").states:
        if n := states.get(state):
            label = label_of(state, on.lang)
            yield f"{n} {plural_feminine(label) if n > 1 and on.lang == 'fr' else label}"


def _without(on: Ground, gaps: Sequence[Gap]) -> Iterator[str]:
    """« Numéros absents du suivi : 2, 4 et 9, sans raison connue. »"""
    fates: dict[str, list[str]] = {}
    for gap in gaps:
        fates.setdefault(gap.fate if gap.fate in WITHOUT else "unknown", []).append(gap.number)
    for fate, numbers in fates.items():
        yield on.many(WITHOUT[fate], len(numbers), numbers=numbers)


def _rows(on: Ground, resolutions: Resolutions, assembly: Assembly) -> Iterator[Row]:
    for one in resolutions.lines(assembly):
        if isinstance(one, Gap):
            yield Row((words(one.number), EMPTY, words(_fate(on, one)), EMPTY))
        else:
            told = _told(on, one)
            yield Row((words(told["numbers"]), words(told["title"]), words(told["state"]), lines(told["follows"])))


def _told(on: Ground, followed: Followed) -> dict[str, Any]:
    row = followed.row
    return {
        "numbers": " – ".join(row["numbers"]), "title": row["title"], "state": state_of(row, on.lang),
        "follows": list(_follows(on, row)),
    }  # fmt: skip


def _follows(on: Ground, row: Mapping[str, Any]) -> Iterator[str]:
    """Who follows it, whom it awaits, when it is due and which other date comes next: of a case that is open."""
    if row["final"]:
        return
    if row["owner"]:
        yield on.say(FOLLOWED, owner=who(row["owner"]))
    works_here = on.home.viewer().works_here
    if works_here and (awaited := [who(one) for one in row["awaited"] if one]):
        yield on.say(AWAITED, whom=awaited)
    if row["due"]:
        yield on.say(DUE, day=on.date(row["due"]))
    told = [each for each in row.get("dates", ()) if (each["kind"] != "task" if works_here else each["kind"] in TOLD)]
    coming = next_of(told, on.day) or {}
    if coming and not coming["over"] and coming["date"] != row["due"]:
        yield on.say(NEXT, day=on.date(coming["date"]))


def _fate(on: Ground, gap: Gap) -> str:
    return on.say(FATES.get(gap.fate, FATES["unknown"])).lower()


def _fields(on: Ground, resolutions: Resolutions, assembly: Assembly) -> dict[str, Any]:
    """For a template of one's own."""
    gaps = resolutions.gaps(assembly)
    return {
        "assembly": assembly.name,
        "counts": [*_counts(on, resolutions.states(assembly.key)), *_without(on, gaps)],
        "resolutions": [_told(on, one) for one in resolutions.followed(assembly.key)],
    }
