"""Corrections and retractions: of which fact, what changed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.amendments import FactCorrected, FactRetracted, corrected, standing
from domain.base import Event, Recorded
from projections.phrases.catalogue import N_, write_number
from projections.phrases.events.facts import Fact, fact_label, fact_words
from projections.phrases.events.moves import REASON
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

EXCERPT = 120


@clauses.register
def retract(event: FactRetracted, tell: Telling) -> Clauses:
    yield _about(
        event.version, tell,
        N_("fact {position} taken back, {told}"), N_("taken back, {told}"), N_("an earlier fact is taken back"),
    )  # fmt: skip
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def correct(event: FactCorrected, tell: Telling) -> Clauses:
    yield _about(
        event.version, tell,
        N_("fact {position} corrected, {told}"), N_("corrected, {told}"), N_("an earlier fact is corrected"),
    )  # fmt: skip
    if before := _as_it_stood(event.version, tell):
        yield from _changes(before.event, event.facts, tell)
    else:
        facts = tell.listed([fact_label(fact, tell) for fact in event.facts])
        yield tell.say(N_("corrected here: {facts}"), facts=facts)
    yield from tell.quoted(REASON, event.reason)


def _about(version: int, tell: Telling, placed: str, unplaced: str, unknown: str) -> str:
    """Which fact is meant: its place in the whole history, if it has one yet, and what it said first."""
    target = tell.earlier(version)
    if target is None:
        return tell.say(unknown)
    first = next(clauses(target.event, replace(tell, recorded=target)))
    told = tell.quote(first[:1].upper() + first[1:], EXCERPT)
    if target.position is None:
        return tell.say(unplaced, told=told)
    return tell.say(placed, position=write_number(target.position, tell.lang), told=told)


def _as_it_stood(version: int, tell: Telling) -> Recorded | None:
    """The fact with the corrections that came before this one."""
    before = [r for r in tell.context or () if r.originator_version < tell.recorded.originator_version]
    return next((r for r in standing(before) if r.originator_version == version), None)


def _changes(before: Event, facts: dict[str, Any], tell: Telling) -> Clauses:
    after = corrected(before, facts)
    for name in facts:
        for old, new in _pairs(before, after, name):
            if old.value != new.value:
                yield _change(old, new, tell)


def _pairs(before: Event, after: Event, name: str) -> Iterator[tuple[Fact, Fact]]:
    """The old and the new fact; of a mapping, one pair for each key."""
    old, new = Fact.of(before, name), Fact.of(after, name)
    if isinstance(new.value, dict):
        for key in {**(old.value or {}), **new.value}:
            yield old.at(key), new.at(key)
    else:
        yield old, new


def _change(old: Fact, new: Fact, tell: Telling) -> str:
    if new.private:
        return tell.say(N_("the mail address has changed"))
    label = fact_label(new.name, tell)
    if new.key:
        label = tell.say(N_("{fact} ({key})"), fact=label, key=new.key)
    was, now = fact_words(old, tell), fact_words(new, tell)
    if was and now:
        return tell.say(N_("{fact}: {old} becomes {new}"), fact=label, old=was, new=now)
    if now:
        return tell.say(N_("{fact}, where nothing was said: {new}"), fact=label, new=now)
    return tell.say(N_("{fact}: {old} no longer holds"), fact=label, old=was or "")
