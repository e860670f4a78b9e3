"""What can be done to a case now, with the command that does it, and what cannot, with the reason and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.case.rules import name_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import MOVES_FIRST, Row, label_of, what_to_type
from web.rendering import Page
from workflows.library import library
from workflows.vocabulary import FACTS, GUARDS, ROLES
from workflows.workflow import Workflow

HEARING = ("subscribe", "unsubscribe")  # of whoever reads it: nothing is done to the case
SHOWN = 3  # refused moves before the others are folded away


def moves_model(page: Page, row: Row) -> dict[str, Any]:
    """Allowed and refused moves, each once, those that lead somewhere first."""
    workflow = library().latest(row["kind"])
    simplest = {a["verb"]: a for a in sorted(row["actions"], key=lambda a: (-len(a["required"]), a["allowed"]))}
    actions = sorted((a for a in row["actions"] if a is simplest[a["verb"]]), key=_place)
    refused = [_refused(page, row, workflow, a) for a in actions if not a["allowed"]]
    reader = all(a["refusal"] == "role" or a["verb"] in HEARING for a in actions)
    return {
        "allowed": [_allowed(page, row, workflow, a) for a in actions if a["allowed"]],
        "refused": [] if reader else refused[:SHOWN],
        "others": [] if reader else refused[SHOWN:],
        "reader": reader,
    }


def _place(action: Row) -> int:
    return MOVES_FIRST.index(action["verb"]) if action["verb"] in MOVES_FIRST else len(MOVES_FIRST)


def _allowed(page: Page, row: Row, workflow: Workflow, action: Row) -> dict[str, Any]:
    leads = action["to"] if len(row["parts"]) == 1 and action["to"] not in (None, row["state"]) else None
    needed = [] if action["verb"] == "confirm" and row["proposals"] else action["required"]
    return {
        "name": _name(page, action, workflow),
        "leads": label_of(leads, page.lang, row["kind"]) if leads else "",
        "needed": [page.say(FACTS[fact]) for fact in needed],
        "command": what_to_type(row, action, page.lang),
    }


def _refused(page: Page, row: Row, workflow: Workflow, action: Row) -> dict[str, Any]:
    return {"name": _name(page, action, workflow), "reason": reason(page, row, workflow, action)}


def _name(page: Page, action: Row, workflow: Workflow) -> str:
    words = page.say("{name}", name=name_of(action["verb"], workflow))
    return words[:1].upper() + words[1:]


def reason(page: Page, row: Row, workflow: Workflow, action: Row) -> str:
    """Why a move is refused now, and what would make it possible."""
    moves = workflow.moves(action["verb"])
    if action["refusal"] == "role":
        roles = dict.fromkeys(page.say(ROLES[role]) for move in moves for role in move.roles if role != "system")
        return page.say(N_("It takes one of these roles: {roles}."), roles=list(roles))
    sources = {state for move in moves for state in workflow.definition.sources(move)}
    if row["state"] not in sources:
        return _elsewhere(page, row, workflow, sources)
    guards = dict.fromkeys(page.say(GUARDS[guard]) for move in moves for guard in move.guards)
    return page.say(N_("Condition to meet: {guards}."), guards=list(guards)) if guards else page.say(N_("Not possible now."))


def _elsewhere(page: Page, row: Row, workflow: Workflow, sources: set[str]) -> str:
    """From which states it would be possible."""
    final = {state for state in workflow.states if workflow.is_final(state)}
    if sources == final:
        return page.say(N_("Possible once the case is closed."))
    if workflow.is_final(row["state"]) and not sources & final:
        return page.say(N_("Possible while the case is open. To open it again: suivi act {ref} reopen"), ref=row["ref"])
    states: Sequence[str] = [label_of(s, page.lang, row["kind"]) for s in workflow.states if s in sources]
    return page.say(N_("Possible from one of these states only: {states}."), states=states)
