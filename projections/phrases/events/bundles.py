"""That a case parted, or that two joined."""

from __future__ import annotations

from domain.case import bundles, migration
from domain.case.events import Part
from projections.phrases.catalogue import N_
from projections.phrases.events.moves import REASON
from projections.phrases.events.registry import clauses
from projections.phrases.states import state_word
from projections.phrases.telling import Clauses, Telling
from workflows.library import library


@clauses.register
def split(event: bundles.CaseSplit, tell: Telling) -> Clauses:
    case = tell.case(event.to)
    if event.numbers:
        yield tell.ngettext("number {numbers} was split off: it goes on in {case}",
                            "numbers {numbers} were split off: they go on in {case}", len(event.numbers),
                            numbers=tell.listed(event.numbers), case=case)  # fmt: skip
    else:
        yield tell.ngettext("part {parts} was split off: it goes on in {case}",
                            "parts {parts} were split off: they go on in {case}", len(event.parts),
                            parts=tell.quotes([part.label for part in event.parts]), case=case)  # fmt: skip
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def cut_off(event: bundles.CaseCutOff, tell: Telling) -> Clauses:
    yield tell.say(N_("split from {case}, where it stood: {states}"), case=tell.case(event.of),
                   states=_states(event.parts, tell))  # fmt: skip
    if event.owner:
        yield tell.say(N_("followed up by {party}"), party=tell.party(event.owner))
    yield from tell.dated(N_("to be settled {when}"), event, "due") if event.due else ()


@clauses.register
def merge(event: bundles.CaseMerged, tell: Telling) -> Clauses:
    titles = tell.quotes([event.titles[n] for n in event.numbers if n in event.titles])
    yield tell.ngettext("number {numbers} joined, {titles}; it stood: {states}",
                        "numbers {numbers} joined, {titles}; they stood: {states}", len(event.numbers),
                        numbers=tell.listed(event.numbers), titles=titles, states=_states(event.parts, tell))  # fmt: skip
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def merge_into(event: bundles.CaseMergedInto, tell: Telling) -> Clauses:
    yield tell.say(N_("it joined {case}, where its history goes on"), case=tell.case(event.into))


@clauses.register
def migrate(event: migration.CaseMigrated, tell: Telling) -> Clauses:
    name = library()[event.workflow].definition
    yield tell.say(N_("it goes on under version {version} of the rules “{name}”"), version=str(name.version),
                   name=name.label[tell.lang])  # fmt: skip
    states = (state_word(library()[event.workflow], state, None, tell.lang) for state, _ in event.parts.values())
    yield tell.say(N_("it stands: {states}"), states=tell.listed(list(dict.fromkeys(states))))
    yield from tell.quoted(REASON, event.reason)


def _states(parts: tuple[Part, ...], tell: Telling) -> str:
    return tell.listed(list(dict.fromkeys(tell.state(part.state, part.completion) for part in parts)))
