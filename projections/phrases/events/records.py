"""What was recorded of a case without moving it, in words that agree with « la résolution »."""

from __future__ import annotations

from domain.case import events, standing
from domain.conditions import Awaited
from domain.values import Proposal
from projections.phrases.catalogue import N_
from projections.phrases.events.moves import CONDITION, REASON, WAIT_BEGAN
from projections.phrases.events.plans import target_clause
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

WHOLE = 100_000
STAGES = {
    "proposed": N_("wording proposed: {text}"),
    "amended": N_("wording amended: {text}"),
    "adopted": N_("wording adopted: {text}"),
}
AUDIENCES = {
    "internal": N_("internal note: {text}"),
    "assembly": N_("note for the assembly: {text}"),
}
LINKS = {
    "origin": N_("it follows on from {case}"),
    "successor": N_("it goes on in {case}"),
    "supersedes": N_("it replaces {case}"),
    "superseded_by": N_("it is replaced by {case}"),
}
AUDIENCES_OF_PART = {
    "internal": N_("internal note on part {part}: {text}"),
    "assembly": N_("note for the assembly on part {part}: {text}"),
}
READERS = {
    "open": N_("it may be read by everyone"),
    "officers": N_("only the officers may read it"),
}
CONFIDENCES = {
    "high": N_("high confidence"),
    "medium": N_("medium confidence"),
    "low": N_("low confidence"),
}


@clauses.register
def adopt(event: events.CaseAdopted, tell: Telling) -> Clauses:
    numbers = tell.listed(event.numbers)
    titles = tell.quotes([event.titles[n] for n in event.numbers if n in event.titles])
    if event.assembly:
        yield tell.ngettext(
            "adopted by {assembly} under number {numbers}: {titles}",
            "adopted by {assembly} under numbers {numbers}: {titles}",
            len(event.numbers), assembly=tell.body(event.assembly), numbers=numbers, titles=titles,
        )  # fmt: skip
    else:
        yield from _item(event, numbers, titles, tell)
    if event.submitted_by:
        yield tell.say(N_("submitted by {party}"), party=tell.party(event.submitted_by))
    if event.mover:
        yield tell.say(N_("moved by {party}"), party=tell.party(event.mover))
    if event.seconder:
        yield tell.say(N_("seconded by {party}"), party=tell.party(event.seconder))
    yield from tell.quoted(N_("vote: {text}"), event.vote)
    yield from tell.quoted(N_("in the minutes: {text}"), event.minutes_ref)
    if event.origin:
        yield tell.say(LINKS["origin"], case=tell.case(event.origin))


def _item(event: events.CaseAdopted, numbers: str, titles: str, tell: Telling) -> Clauses:
    """An item of a plan, with what the plan says of it."""
    name = tell.names.get(event.plan) if event.plan else None
    yield tell.say(N_("planned under number {numbers} in {plan}: {titles}"), numbers=numbers, titles=titles,
                   plan=tell.quote(name) if name else tell.say(N_("another plan")))  # fmt: skip
    if event.who:
        yield tell.say(N_("who sees to it: {names}"), names=tell.listed(event.who))
    if event.results:
        yield tell.say(N_("expected: {texts}"), texts=tell.quotes(event.results))
    yield from (target_clause(target, tell) for target in event.targets)


@clauses.register
def set_target(event: events.CaseTargetSet, tell: Telling) -> Clauses:
    yield target_clause(event.target, tell)


@clauses.register
def reword(event: events.CaseReworded, tell: Telling) -> Clauses:
    yield tell.say(STAGES[event.stage], text=tell.quote(event.text))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def propose_state(event: events.CaseStateProposed, tell: Telling) -> Clauses:
    for proposal in event.proposals:
        yield _proposal(proposal, tell)
        if proposal.alternatives:
            states = tell.listed([tell.state(state) for state in proposal.alternatives])
            yield tell.ngettext(
                "another reading: {states}", "other readings: {states}", len(proposal.alternatives), states=states
            )


def _proposal(proposal: Proposal, tell: Telling) -> str:
    facts = {
        "state": tell.state(proposal.state, proposal.completion),
        "confidence": tell.say(CONFIDENCES[proposal.confidence]),
        "lines": tell.listed(list(dict.fromkeys(_lines(e.first_line, e.last_line, tell) for e in proposal.evidence))),
    }
    if not proposal.part:
        return tell.say(N_("the document reads as: {state} ({confidence}; {lines})"), **facts)
    template = N_("of part {part}, the document reads as: {state} ({confidence}; {lines})")
    return tell.say(template, part=tell.part(proposal.part), **facts)


def _lines(first: int, last: int, tell: Telling) -> str:
    if first == last:
        return tell.say(N_("line {first}"), first=first)
    return tell.say(N_("lines {first} to {last}"), first=first, last=last)


@clauses.register
def note(event: events.CaseNoted, tell: Telling) -> Clauses:
    text = tell.quote(event.text, WHOLE)
    if event.part and not tell.undivided:
        yield tell.say(AUDIENCES_OF_PART[event.audience], part=tell.part(event.part), text=text)
    else:
        yield tell.say(AUDIENCES[event.audience], text=text)


@clauses.register
def approve_report(event: events.ReportApproved, tell: Telling) -> Clauses:
    text = tell.quote(event.text, WHOLE)
    if event.assembly:
        yield tell.say(N_("paragraph approved for the report {assembly.to}: {text}"), assembly=tell.body(event.assembly),
                       text=text)  # fmt: skip
    else:
        yield tell.say(N_("paragraph approved for the report: {text}"), text=text)


@clauses.register
def assign(event: events.CaseAssigned, tell: Telling) -> Clauses:
    yield tell.say(N_("followed up by {party}"), party=tell.party(event.owner))


@clauses.register
def set_due(event: events.CaseDueSet, tell: Telling) -> Clauses:
    if event.cadence:
        yield tell.say(N_("it goes on, and is reviewed: {words}"), words=tell.quote(event.cadence.words))
    else:
        yield from tell.dated(N_("to be settled {when}"), event, "due")


@clauses.register
def review(event: standing.CaseReviewed, tell: Telling) -> Clauses:
    yield tell.say(N_("reviewed; it goes on"))


@clauses.register
def wait(event: events.CaseAwaited, tell: Telling) -> Clauses:
    yield tell.say(N_("we are waiting for {party}"), party=tell.party(event.on))
    yield from tell.dated(WAIT_BEGAN, event, "since")
    yield from tell.quoted(CONDITION, event.condition)


@clauses.register
def link(event: events.CaseLinked, tell: Telling) -> Clauses:
    case = tell.case(event.to)
    if event.kind in LINKS:
        yield tell.say(LINKS[event.kind], case=case)
    else:
        yield tell.say(N_("linked {case.to}: {text}"), case=case, text=tell.quote(event.kind))


@clauses.register
def be_awaited(event: Awaited, tell: Telling) -> Clauses:
    yield tell.say(N_("{what} waits until it has ended"), what=tell.subject(event.by))


@clauses.register
def restrict(event: events.CaseRestricted, tell: Telling) -> Clauses:
    if event.visibility == "named":
        people = tell.listed([tell.person(id) for id in event.people])
        yield tell.ngettext(
            "only this person may read it: {people}", "only these people may read it: {people}",
            len(event.people), people=people,
        )  # fmt: skip
    else:
        yield tell.say(READERS[event.visibility])


@clauses.register
def withdraw(event: events.CaseWithdrawn, tell: Telling) -> Clauses:
    if event.cause == "plan":
        yield tell.say(N_("withdrawn, as it was taken out of its plan; its number is free again"))
    else:
        yield tell.say(N_("withdrawn, as the import that created it was undone; its numbers are free again"))


@clauses.register
def subscribe(event: events.CaseSubscribed, tell: Telling) -> Clauses:
    yield tell.say(N_("{person} is to hear what becomes of it"), person=tell.person(event.person))


@clauses.register
def unsubscribe(event: events.CaseUnsubscribed, tell: Telling) -> Clauses:
    yield tell.say(N_("{person} is to hear no more of what becomes of it"), person=tell.person(event.person))
