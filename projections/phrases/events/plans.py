"""What happened to a plan, in words that agree with « le plan »."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.figures import Target
from domain.plan import events
from domain.plan.nodes import Node, walk
from projections.phrases.catalogue import N_
from projections.phrases.dates import write_date
from projections.phrases.events.moves import REASON
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

KINDS = {
    "axis": N_("axis {number}"),
    "section": N_("section {number}"),
    "goal": N_("goal {number}"),
    "objective": N_("objective {number}"),
    "means": N_("means {number}"),
    "item": N_("item {number}"),
}
PARTS = {"orientations": N_("the orientations"), "plan": N_("the plan")}


@clauses.register
def create_plan(event: events.PlanCreated, tell: Telling) -> Clauses:
    yield tell.say(N_("plan entered: {name}"), name=tell.quote(event.name))
    if event.period:
        yield tell.say(N_("its period: {period}"), period=write_date(event.period, tell.lang))
    if event.body:
        yield tell.say(N_("it is the plan {body.of}"), body=tell.body(event.body))
    elif event.author:
        yield tell.say(N_("it is the plan of: {text}"), text=tell.quote(event.author))
    if items := sum(node.followed for node in walk(event.nodes)):
        yield tell.ngettext("{n} item is followed", "{n} items are followed", items)


@clauses.register
def adopt_part(event: events.PlanPartAdopted, tell: Telling) -> Clauses:
    what = tell.say(PARTS[event.what])
    if event.body:
        yield tell.say(N_("adopted by {body}: {what}"), body=tell.body(event.body), what=what)
    elif event.by:
        yield tell.say(N_("adopted by {body}: {what}"), body=tell.quote(event.by), what=what)
    else:
        yield tell.say(N_("adopted: {what}"), what=what)
    yield from tell.quoted(N_("in its own words: {text}"), event.said)


@clauses.register
def enter_node(event: events.NodeEntered, tell: Telling) -> Clauses:
    yield tell.say(N_("entered: {place}"), place=_place(event.node, tell))
    yield from _where(event.under, event.before, tell)


@clauses.register
def reword_node(event: events.NodeReworded, tell: Telling) -> Clauses:
    yield tell.say(N_("{number} is now worded: {text}"), number=event.number, text=tell.quote(event.text))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def move_node(event: events.NodeMoved, tell: Telling) -> Clauses:
    yield tell.say(N_("{number} was moved"), number=event.number)
    yield from _where(event.under, event.before, tell)


@clauses.register
def remove_node(event: events.NodeRemoved, tell: Telling) -> Clauses:
    yield tell.say(N_("{number} was taken out of the plan"), number=event.number)
    yield from tell.quoted(REASON, event.reason)


def _place(node: Node, tell: Telling) -> str:
    """What was entered; what an item says, its own history says."""
    called = tell.say(KINDS[node.kind], number=node.number) if node.kind in KINDS else node.number
    return tell.say(N_("{place}, {text}"), place=called, text=tell.quote(node.text)) if node.text else called


def _where(under: str | None, before: str | None, tell: Telling) -> Clauses:
    if under:
        yield tell.say(N_("it stands under {number}"), number=under)
    if before:
        yield tell.say(N_("it comes before {number}"), number=before)


@clauses.register
def set_target(event: events.PlanTargetSet, tell: Telling) -> Clauses:
    yield target_clause(event.target, tell)


def target_clause(target: Target, tell: Telling) -> str:
    """What is to be reached, in its own words."""
    figure = target.figure
    return tell.say(N_("target, {what}: {text}"), what=tell.quote(figure.measures), text=tell.quote(figure.words))


@clauses.register
def list_entries(event: events.EntriesListed, tell: Telling) -> Clauses:
    entries = event.list.entries
    if not entries:
        yield tell.say(N_("the list {title} is no more"), title=tell.quote(event.list.title))
        return
    yield tell.ngettext(
        "the list {title} has {n} entry", "the list {title} has {n} entries", len(entries), title=tell.quote(event.list.title)
    )


@clauses.register
def carry_over(event: events.ItemsCarriedOver, tell: Telling) -> Clauses:
    yield tell.ngettext(
        "carried over to the plan {plan}, {n} item: {items}", "carried over to the plan {plan}, {n} items: {items}",
        len(event.items), plan=_named(event.to, tell), items=_numbers(event.items, tell),
    )  # fmt: skip
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def take_over(event: events.ItemsTakenOver, tell: Telling) -> Clauses:
    yield tell.ngettext(
        "taken over from the plan {plan}, {n} item: {items}", "taken over from the plan {plan}, {n} items: {items}",
        len(event.items), plan=_named(event.origin, tell), items=_numbers(event.items, tell),
    )  # fmt: skip


def _numbers(items: Mapping[str, str], tell: Telling) -> str:
    """Number before -> number after, where they differ."""
    return tell.listed([a if a == b else f"{a} → {b}" for a, b in items.items()])


def _named(plan: UUID, tell: Telling) -> str:
    name = tell.names.get(plan)
    return tell.quote(name) if name else tell.say(N_("that is not here any more"))


@clauses.register
def conclude(event: events.PlanConcluded, tell: Telling) -> Clauses:
    yield tell.say(N_("the plan is concluded: nothing of it is open any more"))
    yield from tell.quoted(REASON, event.reason)
