"""What moved a case, in words that agree with « la résolution »."""

from __future__ import annotations

from domain.case import moves
from projections.phrases.catalogue import N_
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

REASON = N_("reason: {text}")
WAIT_BEGAN = N_("this wait began {when}")
CONDITION = N_("what must come first: {text}")
COMPLETIONS = {
    "full": N_("done in full"),
    "partial": N_("done in part"),
    "temporary": N_("done for a time"),
}


@clauses.register
def confirm(event: moves.CaseConfirmed, tell: Telling) -> Clauses:
    states = confirmed_states(event)
    if alike(event):
        yield tell.say(N_("state established: {state}"), state=tell.state(*next(iter(states.values()))))
    else:
        parts = [
            tell.say(N_("part {part} {state}"), part=tell.part(part), state=tell.state(*stated))
            for part, stated in states.items()
        ]
        yield tell.say(N_("states established: {states}"), states=tell.listed(parts))
    yield from tell.quoted(REASON, event.reason)


def confirmed_states(event: moves.CaseConfirmed) -> dict[str, tuple[str, str | None]]:
    """Part -> its state, and how far it is done."""
    completions = {part: event.completions.get(part, event.completion) for part in event.parts}
    return {part: (state, completions[part] if state == "done" else None) for part, state in event.parts.items()}


def alike(event: moves.CaseConfirmed) -> bool:
    """Whether all its parts were established in one same state."""
    return len(set(confirmed_states(event).values())) == 1


@clauses.register
def refer(event: moves.CaseReferred, tell: Telling) -> Clauses:
    yield tell.say(N_("referred to {body}"), body=tell.body(event.body))
    yield from tell.quoted(N_("mandate: {text}"), event.mandate)
    yield from tell.dated(N_("answer expected {when}"), event, "due")


@clauses.register
def report_back(event: moves.ReportReceived, tell: Telling) -> Clauses:
    if event.text:
        yield tell.say(N_("report from {body}: {text}"), body=tell.body(event.body), text=tell.quote(event.text))
    else:
        yield tell.say(N_("report received from {body}"), body=tell.body(event.body))


@clauses.register
def start(event: moves.CaseStarted, tell: Telling) -> Clauses:
    yield tell.say(N_("work begins"))


@clauses.register
def postpone(event: moves.CasePostponed, tell: Telling) -> Clauses:
    yield from tell.dated(N_("put off, to be taken up again {when}"), event, "until")
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def block(event: moves.CaseBlocked, tell: Telling) -> Clauses:
    yield tell.say(N_("blocked while waiting for {party}"), party=tell.party(event.on))
    yield from tell.quoted(REASON, event.reason)
    yield from tell.dated(WAIT_BEGAN, event, "since")
    yield from tell.quoted(CONDITION, event.condition)


@clauses.register
def resume(event: moves.CaseResumed, tell: Telling) -> Clauses:
    yield tell.say(N_("work takes up again"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def complete(event: moves.CaseCompleted, tell: Telling) -> Clauses:
    yield tell.say(COMPLETIONS[event.completion])
    if event.residuals:
        yield tell.say(N_("still to be done: {texts}"), texts=tell.quotes(event.residuals))
    yield from tell.dated(N_("to be reviewed {when}"), event, "review")


@clauses.register
def close_undone(event: moves.CaseClosedUndone, tell: Telling) -> Clauses:
    yield tell.say(N_("closed without being done"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def carry_over(event: moves.CaseCarriedOver, tell: Telling) -> Clauses:
    to = tell.case(event.to)
    if event.residual:
        yield tell.say(N_("what remains goes on in {case}: {text}"), case=to, text=tell.quote(event.residual))
    else:
        yield tell.say(N_("carried over; it goes on in {case}"), case=to)
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def supersede(event: moves.CaseSuperseded, tell: Telling) -> Clauses:
    yield tell.say(N_("replaced by {case}"), case=tell.case(event.by))


@clauses.register
def reopen(event: moves.CaseReopened, tell: Telling) -> Clauses:
    yield tell.say(N_("opened again"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def move(event: moves.CaseMoved, tell: Telling) -> Clauses:
    """The move is called what its workflow calls it."""
    own = next((m.label for m in tell.workflow.definition.moves if m.key == event.name and m.label), None)
    states = dict.fromkeys(tell.state(state) for state in event.parts.values())
    yield tell.say(
        N_("{move}; the state is now: {states}"),
        move=own[tell.lang] if own else tell.quote(event.name),
        states=tell.listed([*states]),
    )
    yield from tell.quoted(REASON, event.reason)
