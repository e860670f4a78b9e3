"""What a person says of the states that a document suggests, before its cases are made: so it is, or otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.base import Act
from domain.case.case import Case
from domain.case.commands import ConfirmCase
from domain.case.decisions import handle
from services.imports.report import Proposal
from workflows.library import library

COMPLETIONS = ("full", "partial", "temporary")


@dataclass(frozen=True)
class Decided:
    """The state to establish for a case that is about to be made, by its first number, or for one of its parts."""

    number: str
    state: str
    completion: str | None = None
    part: str | None = None


def establish(case: Case, number: str, decided: Iterable[Decided], act: Act) -> None:
    """Establishes what was said of a case that was just made."""
    for one in decided:
        if one.number == number:
            handle(case, ConfirmCase(state=one.state, completion=one.completion, part=one.part), act)  # type: ignore[arg-type]  # refused there if none


def otherwise(one: Proposal, kind: str = "resolution") -> list[tuple[str, str | None]]:
    """The states, with how far each is done, that could be meant instead: first those that the text may mean as well."""
    states = [*one.alternatives, *(s for s in library().latest(kind).states if s not in one.alternatives)]
    ways = [(state, way) for state in states for way in (COMPLETIONS if state == "done" else (None,))]
    return [way for way in ways if way != (one.state, one.completion)]
