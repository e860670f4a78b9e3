"""Who stands in for whom: the chain of replacements of someone who is away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain.base import Act
from domain.directory import BeAway, Person
from domain.directory.reachability import absence_of
from domain.errors import Refused

Load = Callable[[UUID], Person]


class ReplacementCircle(Refused):
    """{name} cannot be the replacement: by then they would be replaced, in turn, by {person}. Name someone else, or nobody. Nothing was recorded."""  # noqa: E501 - one sentence


def in_place_of(load: Load, person: Person, day: date) -> Person | None:
    """Who is there on that day: the person, else whoever replaces them, and so on; null where the chain ends with
    someone who is away, or goes in a circle."""
    passed: set[UUID] = set()
    while person.away(day):
        passed.add(person.id)
        replaced_by = person.absence.replaced_by if person.absence else None
        if replaced_by is None or replaced_by in passed:
            return None
        person = load(replaced_by)
    return person


def refuse_circle(load: Load, person: Person, command: BeAway, act: Act) -> None:
    """Raises `ReplacementCircle` if, on a day of the absence, the chain that is asked for would lead back to the person."""
    absence, passed, next_one = absence_of(command, act), {person.id}, command.replaced_by
    while next_one is not None and next_one != person.id:
        if next_one in passed:
            return
        passed.add(next_one)
        other = load(next_one).absence
        next_one = other.replaced_by if other and other.meets(absence) else None
    if next_one is not None and command.replaced_by and command.replaced_by != person.id:
        raise ReplacementCircle(name=load(command.replaced_by).name, person=person.name)
