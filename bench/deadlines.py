"""Cases with deadlines, through the aggregate, the codec and the append: each leaves its events and its due row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from bench.ground import BATCH, Ground
from domain.base import Command
from domain.case.commands import AddTask, AssignCase, SetDue
from domain.values import Party
from services.act import Ask, act
from services.refs import Refs

FEW, MANY = 10_000, 200_000  # open deadlines
CROWD = 1_000_000  # the same, of which all but MANY are due rows alone
TASKS = 9  # of a case with a date of its own: ten deadlines
SPREAD = 1_000  # days over which those that are not due yet are spread


def owner(ground: Ground) -> Party:
    """Someone who sees to cases and can be written to."""
    facts = {"name": "Léa Roy", "mail": "lea@example.org"}
    act(ground.home.store, ground.actor, Ask(ref="person:lea", verb="create", facts=facts))
    return Party("person", Refs(ground.home.store).key("person", "lea"))


def late(holder: Party, day: str) -> list[Command]:
    """What is asked of a case with one deadline."""
    return [AssignCase(owner=holder), SetDue(due=day)]


def open_deadlines(
    ground: Ground, due: Sequence[Sequence[Command]], total: int, first: date, now: datetime | None = None
) -> None:
    """So many deadlines: those of the `due` cases, one each, here and there among cases of ten whose dates come from
    the `first` day on. Decided at another time, if said: what was due then was no late entry."""
    days = cycle((first + timedelta(days=n)).isoformat() for n in range(SPREAD))
    later = [
        [SetDue(due=next(days)), *(AddTask(text=f"Tâche {n}", due=next(days)) for n in range(TASKS))]
        for _ in range((total - len(due)) // (TASKS + 1))
    ]
    asked = [*due, *later]
    Random(1).shuffle(asked)
    ground.store(asked, BATCH // 20, now)


_COPIES = """INSERT INTO suivi.due (clock, stream, kind, about, due, ends, state, calendar, step, repetition, next_id, next_at)
             SELECT gen_random_uuid(), stream, kind, about, due, ends + n * interval '1 minute', state, calendar, step,
                    repetition, gen_random_uuid(), next_at + n * interval '1 minute'
               FROM suivi.due, generate_series(1, 1000) AS n WHERE next_at > %s LIMIT %s"""


def crowd(ground: Ground, total: int, after: datetime) -> None:
    """Open deadlines up to so many, none due before `after`: rows like those that are there, without events. A sweep
    looks at nothing else of what is not due."""
    connection = ground.home.store.connection
    (known,) = connection.execute("SELECT count(*) FROM suivi.due").fetchall()[0]
    connection.execute(_COPIES, (after, total - known))
