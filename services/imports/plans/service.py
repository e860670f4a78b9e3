"""The import of a plan: what its grammar read becomes a plan with a case for each of its items, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.errors import Invalid
from domain.plan.nodes import items
from domain.time import read_date
from services.home import Home
from services.imports.bringing import Bringing
from services.imports.deciding import Decided
from services.imports.documents.document import Document
from services.imports.documents.reading import source_of
from services.imports.drafts import Asked
from services.imports.kind import Kind
from services.imports.plans.grammar import read_plan, recognise
from services.imports.plans.keys import key_of
from services.imports.plans.reading import PlanReading
from services.imports.report import Block
from services.plans.importing import KIND, PlanImport
from services.reading.when import today

_SURE = {"high": 0.9, "medium": 0.7, "low": 0.5}


class PlanUnnamed(Invalid):
    """The plan of “{file}” does not say whose it is, or for which years. Say the key under which to enter it, for instance --assembly ccsne-2019."""  # noqa: E501 - one sentence


class PlanBrought(PlanImport):
    """A plan with the text that it was read from, for whoever compares the two."""

    def __init__(
        self, home: Home, document: Document, reading: PlanReading, key: str, asked: Asked, decided: Sequence[Decided]
    ) -> None:
        super().__init__(home, document.name, document.sha256, reading, key, asked.reference, decided, asked.taken)
        self.source = source_of(document)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its items, as the page of an import shows what it is about to create."""
        return tuple(
            Block((node.number,), {node.number: node.text}, node.printed, self.reading.places[node.number][0], ())
            for node in items(self.reading.nodes)
        )


def _recognise(document: Document) -> float:
    """How sure it is, by the headings of its tables."""
    found = recognise(document)
    return _SURE[found[1]] if found else 0.0


def _bring(home: Home, document: Document, asked: Asked, decided: Sequence[Decided]) -> Bringing:
    """The import of a plan, under the key that was said or that it suggests. Plans and assemblies share their keys, so that
    `--assembly` says both."""
    reference = read_date(asked.reference, today(home)) if asked.reference else None
    read = read_plan(document, reference)
    reading = replace(read, problems=(*document.problems, *read.problems))
    key = asked.assembly or key_of(reading)
    if key is None:
        raise PlanUnnamed(file=document.name)
    return PlanBrought(home, document, reading, key, asked, decided)


PLAN = Kind(KIND, _recognise, _bring)
