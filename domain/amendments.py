"""Corrections and retractions: events about earlier events of the same stream, which every fold knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from msgspec import convert, json, structs, to_builtins

from domain.base import Command, Event, FactNeeded, Recorded, blank, meet
from domain.errors import Refused
from domain.values import FreeText


class FactCorrected(Event, frozen=True, kw_only=True):
    """Facts of an earlier event of this stream were wrong; `facts` are the right ones."""

    version: int
    facts: dict[str, Any]
    reason: FreeText


class FactRetracted(Event, frozen=True, kw_only=True):
    """An earlier event of this stream did not happen."""

    version: int
    reason: FreeText


class EventUnknown(Refused):
    """There is no event {version} in this history that could be corrected or retracted."""


class CreationStands(Refused):
    """The first event of a history cannot be retracted; correct its facts, or take its import back."""


class FactFixed(Refused):
    """The fact “{fact}” of this event cannot be corrected; retract the event and record it again. What can be corrected: {possible}."""  # noqa: E501 - one sentence


class FactUnfit(Refused):
    """The correction does not fit: {reason}."""


class CorrectFact(Command, frozen=True, kw_only=True):
    verb = "correct"
    event: int  # its version in this stream
    set: dict[str, Any]
    reason: FreeText


class RetractFact(Command, frozen=True, kw_only=True):
    verb = "retract"
    event: int
    reason: FreeText


AMENDMENTS = (FactCorrected, FactRetracted)


def standing(history: Sequence[Recorded]) -> Sequence[Recorded]:
    """The events that stand, with their corrected facts, in order; amendments themselves left out."""
    if not any(isinstance(r.event, AMENDMENTS) for r in history):
        return history
    gone = retracted(history)
    facts: dict[int, list[dict[str, Any]]] = {}
    for r in history:
        if isinstance(r.event, FactCorrected) and r.originator_version not in gone:
            facts.setdefault(r.event.version, []).append(r.event.facts)
    return [
        structs.replace(r, event=reduce(corrected, facts.get(r.originator_version, ()), r.event))
        for r in history
        if r.originator_version not in gone and not isinstance(r.event, AMENDMENTS)
    ]


def retracted(history: Iterable[Recorded]) -> set[int]:
    """The versions of the events that were taken back."""
    return {r.event.version for r in history if isinstance(r.event, FactRetracted)}


def corrected(event: Event, facts: dict[str, Any]) -> Event:
    """`event` with other facts; a mapping is corrected key by key. Raises msgspec.ValidationError if they do not fit."""
    whole = to_builtins(event)
    for fact, value in facts.items():
        keyed = isinstance(getattr(event, fact, None), dict) and isinstance(value, dict)
        whole[fact] = whole.get(fact, {}) | value if keyed else value
    meet(type(event))
    return convert(whole, type(event))


ENVELOPE = frozenset({"source", "role", "on_behalf_of", "words", "loaded"})


def fitting(event: Event, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the event would store them, or a refusal that says which can be corrected."""
    possible = [f for f in event.__struct_fields__ if f not in ENVELOPE | event.fixed]
    for fact in facts:
        if fact not in possible:
            raise FactFixed(fact=fact, possible=possible)
    for field in structs.fields(event):
        if field.required and blank(facts.get(field.name, field)):
            raise FactNeeded(fact=field.name)
    try:
        right = corrected(event, facts)
    except ValueError as error:
        raise FactUnfit(reason=str(error)) from error
    return {fact: _stored(getattr(right, fact), value) for fact, value in facts.items()}


def _stored(right: Any, value: Any) -> Any:
    """What a correction keeps: plain JSON; of a mapping, only the keys that were given."""
    plain = json.decode(json.encode(right))
    return {key: plain[key] for key in value} if isinstance(right, dict) and isinstance(value, dict) else plain
