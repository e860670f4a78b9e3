"""What a search finds and what an import would do or did, as the API answers it."""

from __future__ import annotations

from typing import Literal

from web.api.case_shapes import Proposal, Shape, ToldFact


class Hit(Shape):
    """A thing that was found. `where`: in its text, in a note, in a note of the office; null if its title or its number was
    enough. Of a case, its numbers, its assembly and its state."""

    kind: Literal["case", "demarche", "office", "body", "person", "assembly"]
    ref: str
    title: str
    where: Literal["text", "note", "inner"] | None
    excerpt: str
    assembly: str | None
    numbers: list[str]
    state: str | None
    completion: str | None


class ImportProblem(Shape):
    """What cannot be taken as it stands, with its line. An error keeps the whole from being recorded."""

    line: int
    severity: Literal["error", "warning"]
    message: str


class FactOfCase(ToldFact):
    """What the document tells of a day of a case."""

    ref: str


class ImportResult(Shape):
    """What an import would do, and what it did. `id`: of what is proposed, what confirms it; of what was recorded, its key,
    by which it can be taken back. `added`: of a plan, how much of each sort is new."""

    id: str | None
    kind: Literal["follow-up", "table", "directory", "plan", "annual-report"]
    assembly: str
    created: list[str]
    updated: list[str]
    unchanged: list[str]
    missing_numbers: list[str]
    problems: list[ImportProblem]
    proposals: list[Proposal]
    facts: list[FactOfCase]
    added: dict[str, int]
    undone: bool
