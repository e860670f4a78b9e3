"""A plan as read: the tree, what is told of each item, and what had to be supposed. Lines count from 1 in the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from domain.plan.nodes import Node
from domain.values import Edtf, Proposal
from services.imports.report import Confidence, Problem

Form = Literal["axes", "orientations", "work"]
AdoptionState = Literal["adopted", "proposed"]


@dataclass(frozen=True)
class Adoption:
    """What the page says of the adoption of one part of the plan. `what`: of the orientations (goals and objectives) or
    of the plan (actions); `by`: the body, as written (« Congrès »); `on`: the day or days; `words`: all of it, as
    written (« Adopté au Congrès du 11 et 12 mai 2012 »)."""

    what: Literal["orientations", "plan"]
    state: AdoptionState
    by: str | None
    on: Edtf | None
    words: str
    line: int


@dataclass(frozen=True)
class FollowUp:
    """What is told of an item, one bullet as written. `occurred`: when, `planned`: for when, where it says that it was
    only to come; `words`: the words that said either; `sure`: how far the date is from a guess, such as its year.
    `level`: its depth in the list, from 1; `verdict`: the part of the text that is underlined."""

    text: str
    occurred: Edtf | None = None
    words: str | None = None
    level: int = 1
    verdict: str | None = None
    line: int = 1
    planned: Edtf | None = None
    sure: Confidence = "high"


@dataclass(frozen=True)
class StandingList:
    """A list printed beside the plan, with no step, date or outcome: statutory files, delegations. Columns as printed."""

    title: str
    columns: tuple[tuple[str, ...], ...]
    line: int = 1


@dataclass(frozen=True)
class PlanReading:
    """A plan as one document gives it. `title`, texts and names are as written; `period` is EDTF (`2019/2022`), null where
    the page says none; `objectives`: the strategic ones, above the tree; `preamble`: what stands before the first
    table and is none of the rest, by paragraph.

    By number of an item: `follow_ups` and `proposals` (the state that the text suggests; an officer confirms it).
    `places`: first and last line of each place, by its number, and of each line of an item, by both (`3.1/a`)."""

    title: str
    form: Form
    period: Edtf | None = None
    organisation: str | None = None
    objectives: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    adoption: tuple[Adoption, ...] = ()
    nodes: tuple[Node, ...] = ()
    follow_ups: dict[str, tuple[FollowUp, ...]] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    lists: tuple[StandingList, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether an error keeps the whole from being recorded."""
        return any(problem.severity == "error" for problem in self.problems)
