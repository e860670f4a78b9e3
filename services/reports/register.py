"""The register: every number of an assembly, or of all of them, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.registers import ADOPTED, FATES, HEADS
from projections.phrases.rows import state_of, state_word_of, who
from projections.phrases.threads import ANSWERS, office_of, standing_of
from services.home import Home
from services.reports.asked import Asked, Ground, assembly_of, ground
from services.reports.cells import EMPTY, day, head, lines, words
from services.reports.printed import Block, Cell, Heading, Printed, Row, Run, Table, Text
from services.reports.resolutions import Assembly, Followed, Gap, Resolutions
from services.reports.words import runs

TITLE = N_("Register of resolutions")
OF_ASSEMBLY = N_("{assembly}. State of things on {day}.")
OF_ALL = N_("State of things on {day}.")
WIDTHS = (0.6, 3.3, 1.7, 1.3, 1.1, 1.7, 2.9, 1.5)
SHORT = 12  # numbers of a bundle, up to which its rows stay on one page
STANDING = N_("{office}: {standing}")
EMPTY_REGISTER = N_("Nothing is recorded here yet.")


def register(home: Home, asked: Asked) -> Printed:
    """The register of the assembly asked for, else of all. Raises `AssemblyUnknown`."""
    on = ground(home, asked)
    key, resolutions = assembly_of(on, lambda refs: None), Resolutions(on)
    told = [resolutions.assembly(key)] if key else resolutions.assemblies
    return Printed(
        "register", (on.say(TITLE),), on.lang, on.day, _blocks(on, resolutions, told, alone=key is not None), on.organisation,
        landscape=True, large=asked.large, template=lambda: {"resolutions": list(_fields(on, resolutions, told))},
        steps=resolutions.count(told), subject=on.say(TITLE),
    )  # fmt: skip


def _blocks(on: Ground, resolutions: Resolutions, told: Sequence[Assembly], alone: bool) -> Iterator[Block]:
    date = on.date(on.day.isoformat())
    said = on.say(OF_ASSEMBLY, assembly=told[0].name, day=date) if alone else on.say(OF_ALL, day=date)
    yield Text(runs(said), "subtitle")
    if not told:
        yield Text(runs(on.say(EMPTY_REGISTER)))
    for one in told:
        if not alone:
            yield Heading((Run(one.name),))
        rows = _rows(on, resolutions, one)
        if (first := next(rows, None)) is None:
            yield Text(runs(on.say(EMPTY_REGISTER)))
        else:
            yield Table(one.name, head(*(on.say(name) for name in HEADS)), chain((first,), rows), WIDTHS)


def _rows(on: Ground, resolutions: Resolutions, assembly: Assembly) -> Iterator[Row]:
    for one in resolutions.lines(assembly):
        if isinstance(one, Gap):
            fate = words(on.say(FATES.get(one.fate, FATES["unknown"])))
            yield Row((words(one.number), EMPTY, EMPTY, fate, EMPTY, EMPTY, EMPTY, EMPTY))
        else:
            yield from _case(on, one)


def _case(on: Ground, followed: Followed) -> Iterator[Row]:
    """A row for each number; what is said once of the whole bundle stands over all of its rows."""
    row, numbers = followed.row, followed.row["numbers"]
    down = len(numbers)
    common = {
        2: words(who(row["submitted_by"]), down=down),
        3: replace(words(on.say(ADOPTED), down=down), together=1 < down <= SHORT),
        4: day(row["adopted_on"], on.date(row["adopted_on"]), down=down),
        5: lines([who(body) for body in row["bodies"]], down=down),
        6: lines(answers(on, followed), down=down),
    }
    states = _states(on, row)
    for n, number in enumerate(numbers):
        cells: list[Cell] = [words(number), words(row["titles"].get(number) or row["title"])]
        cells += list(common.values()) if not n else []
        cells += [states[n]] if n < len(states) else []
        yield Row(tuple(cells))


def _states(on: Ground, row: dict[str, Any]) -> list[Cell]:
    """The state of each number where the parts are numbers, else the state of the case over all of them."""
    by_number = {number: part for part in row["parts"] for number in part["numbers"]}
    alone = len(row["parts"]) == len(row["numbers"]) > 1 and all(len(part["numbers"]) == 1 for part in row["parts"])
    if alone and len({(part["state"], part["completion"]) for part in row["parts"]}) > 1:
        return [words(state_word_of(by_number[number], on.lang, row["workflow"])) for number in row["numbers"]]
    return [words(state_of(row, on.lang), down=len(row["numbers"]))]


def answers(on: Ground, followed: Followed) -> list[str]:
    """Where each office stands: « Éducation : envoyée, sans réponse »."""
    told = []
    for thread in followed.threads:
        answer = ANSWERS.get(thread["answer"])
        standing = on.say(answer) if answer else standing_of(thread, on.lang)
        told.append(on.say(STANDING, office=office_of(thread, on.lang), standing=standing[:1].lower() + standing[1:]))
    return told


def _fields(on: Ground, resolutions: Resolutions, told: Sequence[Assembly]) -> Iterator[dict[str, Any]]:
    """The same for a template of one's own: one for each case."""
    for one in told:
        for followed in resolutions.followed(one.key):
            row = followed.row
            yield {
                "assembly": one.name, "numbers": ", ".join(row["numbers"]), "title": row["title"],
                "submitted_by": who(row["submitted_by"]), "adopted_on": on.date(row["adopted_on"]),
                "bodies": [who(body) for body in row["bodies"]], "answers": answers(on, followed),
                "state": state_of(row, on.lang), "owner": who(row["owner"]), "due": on.date(row["due"]),
            }  # fmt: skip
