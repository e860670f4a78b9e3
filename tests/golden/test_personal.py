"""Whatever may hold free text is typed as such, so that one place can seal it."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from msgspec import Meta, Struct

from domain.base import Event
from tests.golden.files import kinds

SAFE = {
    "Event.role", "Event.words",  # a closed list; how a date was written
    "FactCorrected.facts",  # sealed with the types of the event that it is about
    "CaseAdopted.workflow", "CaseAdopted.initial", "CaseAdopted.ref", "CaseAdopted.numbers", "CaseAdopted.titles",
    "CaseAdopted.kind", "Limb.label", "Limb.numbers", "CaseNoted.part", "CaseLinked.kind", "Moved.parts", "Moved.state",
    "CaseMerged.numbers", "CaseMigrated.parts", "CaseMigrated.state", "CaseMigrated.workflow",
    "CaseMerged.titles", "CaseSplit.numbers", "Part.before", "Part.completion", "Part.label",
    "Part.numbers", "Part.state", "CaseConfirmed.completions", "CaseCarriedOver.completions", "CaseMoved.name",
    "Proposal.state", "Proposal.part", "Proposal.completion", "Proposal.alternatives",
    "Created.key", "BodyCreated.kind", "OfficeCreated.kind", "Appointed.charge", "TermEnded.charge",
    "AssemblyCreated.numbers", "NumbersSettled.numbers",
    "DocumentImported.key", "DocumentImported.sha256", "DocumentImported.kind", "DocumentImported.unchanged",
    "DocumentImported.missing_numbers", "Touched.ref", "OrganisationConfigured.name", "OrganisationConfigured.zone",
    "OrganisationConfigured.seasons",
    "ReportTabled.report", "ReportTabled.format", "ReportTabled.file", "ReportTabled.type",
    "FileAttached.file", "FileAttached.type", "FileAttached.kind",
    "ClockEvent.kind", "ClockEvent.about", "Rung.tell", "EscalationStepTaken.tell", "EscalationStepTaken.unheld",
    "Rung.draft", "EscalationStepTaken.draft", "DemarcheSent.workflow", "ThreadMoved.state", "MeetingHeld.delegation",
    "NoticesSet.kinds", "NoticesSet.hour",
    "ItemsCarriedOver.items", "ItemsTakenOver.items", "Node.number", "Node.printed", "NodeEntered.before",
    "NodeEntered.under", "NodeMoved.before", "NodeMoved.number", "NodeMoved.under", "NodeRemoved.number",
    "NodeReworded.number", "Schedule.duration", "Schedule.rrule", "Target.per", "TaskAdded.label", "TaskAdded.printed",
}  # fmt: skip
"""Texts of closed lists, keys, references and labels: nobody is named there. Keys of mappings are numbers or labels."""


def texts(owner: type[Struct], seen: set[type]) -> Iterator[tuple[str, bool]]:
    """Every field of a structure, and of those within, that can hold a text: its name, and whether it is typed."""
    seen.add(owner)
    hints = get_type_hints(owner, include_extras=True)
    for name in owner.__struct_fields__:
        where = next(base for base in reversed(owner.__mro__) if name in vars(base).get("__annotations__", ()))
        for leaf in _leaves(hints[name]):
            if isinstance(leaf, bool):
                yield f"{where.__name__}.{name}", leaf
            elif leaf not in seen:
                yield from texts(leaf, seen)


def _leaves(hint: Any, typed: bool = False) -> Iterator[bool | type[Struct]]:
    """For each text in a type, whether it is typed as a date, a reference or as personal; and the structures in it."""
    origin = get_origin(hint)
    if origin is Annotated:
        notes = [note.extra or {} for note in get_args(hint)[1:] if isinstance(note, Meta)]
        typed = typed or any(note.keys() & {"personal", "date"} for note in notes)
        yield from _leaves(get_args(hint)[0], typed)
    elif origin in (Union, types.UnionType, tuple, dict):
        for argument in get_args(hint):
            yield from _leaves(argument, typed)
    elif isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    elif hint is str or hint is Any:
        yield typed
    else:
        plain = (bool, int, Decimal, date, time, datetime, type(None), ...)
        assert origin is Literal or hint in plain or hint.__name__ == "UUID", hint


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_free_text_is_typed(kind: type[Event]) -> None:
    assert not {name for name, typed in texts(kind, set()) if not typed} - SAFE


def test_nothing_is_excused_that_is_not_there() -> None:
    assert {name for kind in kinds() for name, typed in texts(kind, set()) if not typed} == SAFE


class Inner(Struct):
    remark: str


class Outer(Struct):
    inner: tuple[Inner, ...] | None = None
    kind: Literal["a"] = "a"


def test_a_text_that_is_not_typed_is_found() -> None:
    assert [*texts(Outer, set())] == [("Inner.remark", False)]
