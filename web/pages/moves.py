"""What can be done to a case or to a thread now, the most useful step first; and what cannot, with the reason and the way
out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.case.rules import name_of
from projections.phrases.catalogue import N_
from projections.phrases.offices import short_title
from projections.phrases.rows import MOVES_FIRST, Row, label_of, who
from web.rendering import Page, address_of
from workflows.library import library
from workflows.vocabulary import GUARDS, ROLES
from workflows.workflow import Workflow

HEARING = ("subscribe", "unsubscribe")  # of whoever reads it: nothing is done to the case
AMENDING = ("correct", "retract")  # of one event, which the timeline shows
SHOWN = 3  # refused moves before the others are folded away
OUTLINED = 3
BUTTONS = {
    "note": N_("Record a fact"),
    "confirm": N_("Establish the state"),
    "start": N_("Start"),
    "approve-report": N_("Approve the paragraph of the report"),
    "refer": N_("Refer to…"),
    "report-back": N_("Record the report"),
    "postpone": N_("Postpone to a date"),
    "block": N_("Block"),
    "resume": N_("Take up again"),
    "complete": N_("Close as done"),
    "close-undone": N_("Close as not done"),
    "carry-over": N_("Carry over"),
    "supersede": N_("Replace by another case"),
    "reopen": N_("Open again"),
    "split": N_("Split off a part"),
    "migrate": N_("Move to other rules"),
    "merge": N_("Merge another case"),
    "reword": N_("Change the text"),
    "assign": N_("Say who follows it"),
    "set-due": N_("Set a due date"),
    "wait": N_("Say who is awaited"),
    "link": N_("Link to a case"),
    "attach": N_("Attach a document"),
    "add-task": N_("Add a task"),
    "finish-task": N_("Finish a task"),
    "restrict": N_("Say who may read it"),
    "acknowledge-step": N_("Acknowledge the reminder"),
    "snooze": N_("Put the reminders off"),
    "remind-me": N_("Be reminded of it"),
}
OF_THREADS = {
    "resume": N_("Resume the count"),
    "remind": N_("Record a reminder"),
    "acknowledge": N_("Record a receipt"),
    "fix-meeting": N_("Record a meeting to come"),
    "move-meeting": N_("Move the meeting"),
    "cancel-meeting": N_("Cancel the meeting"),
    "hold-meeting": N_("Record a meeting held"),
    "answer": N_("Record an answer"),
    "decline": N_("Record a refusal"),
    "redirect": N_("Sent to another office"),
    "say-silent": N_("Still no answer"),
    "close": N_("Close without an answer"),
    "pause": N_("Suspend the count"),
}
USEFUL = {  # in each state, what is done most
    "adopted": ("start", "refer", "assign", "postpone"),
    "referred": ("note", "report-back", "resume", "postpone"),
    "in_progress": ("note", "refer", "postpone", "complete"),
    "postponed": ("note", "resume", "refer", "postpone"),
    "blocked": ("note", "resume", "refer", "postpone"),
}
CLOSED = ("note", "reopen", "attach")


@dataclass(frozen=True)
class Subject:
    """What something may be done to: its row, the rules it lives under and their name (or kind), what is done to it most; and the
    buttons that bear another name here."""

    row: Row
    workflow: Workflow
    kind: str
    useful: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)


def moves_model(page: Page, row: Row, threads: Sequence[Row]) -> dict[str, Any]:
    """Of a case: what an import proposes is established before anything else, and an office that is silent is reminded."""
    useful = ("confirm",) * bool(row["proposals"]) + USEFUL.get(row["state"], CLOSED)
    awaited = [one for one in threads if one["awaits"]]
    names = {"complete": page.say(N_("Close as done in part"))} if awaited else {}
    subject = Subject(row, library()[row["workflow"]], row["workflow"], useful, names)
    if not library().others(subject.workflow):
        row = row | {"actions": [action for action in row["actions"] if action["verb"] != "migrate"]}
        subject = replace(subject, row=row)
    can_close = any(a["verb"] == "complete" and a["allowed"] for a in row["actions"])
    return bar_model(page, subject, _reminding(page, awaited), [_unfinished(page, awaited)] if awaited and can_close else [])


def bar_model(
    page: Page, subject: Subject, second: Sequence[dict[str, str]] = (), before: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Allowed and refused moves, each once. `reader`: that nothing can be done under the reader's roles; `second`: what
    stands after the first button; `before`: what stands before the other refusals."""
    actions = subject.row["actions"]
    simplest = {a["verb"]: a for a in sorted(actions, key=lambda a: (-len(a["required"]), a["allowed"]))}
    actions = [a for a in sorted(simplest.values(), key=_place) if a["verb"] not in HEARING + AMENDING]
    buttons = _buttons(page, subject, [a for a in actions if a["allowed"]])
    buttons[1:1] = second if buttons else []
    refused = [*before, *(_refused(page, subject, a) for a in actions if not a["allowed"])]
    return {
        "reader": all(a["refusal"] == "role" for a in actions),
        "primary": buttons[0] if buttons else None,
        "outlined": buttons[1 : 1 + OUTLINED],
        "more": buttons[1 + OUTLINED :],
        "refused": refused[:SHOWN],
        "others": refused[SHOWN:],
    }


def follow_model(page: Page, row: Row, followed: bool) -> dict[str, Any] | None:
    """The way to hear of a case, or to hear no more of it."""
    verb = "unsubscribe" if followed else "subscribe"
    can = any(a["verb"] == verb and a["allowed"] for a in row["actions"])
    return {"href": _form(page, row["ref"], verb), "followed": followed} if can and not page.past else None


def _place(action: Row) -> int:
    return MOVES_FIRST.index(action["verb"]) if action["verb"] in MOVES_FIRST else len(MOVES_FIRST)


def _buttons(page: Page, subject: Subject, allowed: Sequence[Row]) -> list[dict[str, str]]:
    """What is possible, in the order of its use."""
    order = {verb: place for place, verb in enumerate(dict.fromkeys(subject.useful))}
    return [
        {"name": subject.names.get(a["verb"]) or _name(page, a, subject.workflow),
         "href": _form(page, subject.row["ref"], a["verb"])}
        for a in sorted(allowed, key=lambda a: order.get(a["verb"], len(order)))
    ]


def _reminding(page: Page, awaited: Sequence[Row]) -> list[dict[str, str]]:
    """The way to remind the first office that is awaited."""
    waiting = next((one for one in awaited if one["whose_turn"] == "them" and one["office"]), None)
    if waiting is None:
        return []
    name = page.say(N_("Remind: {office}"), office=short_title(who(waiting["office"])))
    return [{"name": name, "href": _form(page, waiting["ref"], "remind")}]


def _form(page: Page, ref: str, verb: str) -> str:
    return page.link(f"{address_of(ref)}/agir/{verb}")


def _name(page: Page, action: Row, workflow: Workflow) -> str:
    own = any(move.label for move in workflow.moves(action["verb"]))
    buttons = BUTTONS | OF_THREADS if workflow.definition.workflow == "demarche" else BUTTONS
    if action["verb"] in buttons and not own:
        return page.say(buttons[action["verb"]])
    words = page.say("{name}", name=name_of(action["verb"], workflow))
    return words[:1].upper() + words[1:]


def _unfinished(page: Page, awaited: Sequence[Row]) -> dict[str, Any]:
    """A case is not wholly done while an office still has to answer."""
    first = awaited[0]
    return {
        "name": page.say(N_("Close as wholly done")),
        "reason": page.count(N_("{n} thread awaits an answer. Close it first, or choose “in part”:"),
                             "{n} threads await an answer. Close them first, or choose “in part”:", len(awaited)),
        "way": {"href": page.link(address_of(first["ref"])), "words": short_title(who(first["office"]))},
    }  # fmt: skip


def _refused(page: Page, subject: Subject, action: Row) -> dict[str, Any]:
    why, way = reason(page, subject, action)
    return {"name": _name(page, action, subject.workflow), "reason": why, "way": way}


def reason(page: Page, subject: Subject, action: Row) -> tuple[str, dict[str, str] | None]:
    """Why a move is refused now, and the link that leads to where it would be possible."""
    workflow = subject.workflow
    moves = workflow.moves(action["verb"])
    if action["refusal"] == "role":
        roles = dict.fromkeys(page.say(ROLES[role]) for move in moves for role in move.roles if role != "system")
        return page.say(N_("It takes one of these roles: {roles}."), roles=", ".join(roles)), None
    sources = {state for move in moves for state in workflow.definition.sources(move)}
    if subject.row["state"] not in sources:
        return _elsewhere(page, subject, sources)
    guards = dict.fromkeys(page.say(GUARDS[guard]) for move in moves for guard in move.guards)
    if not guards:
        return page.say(N_("Not possible now.")), None
    return page.say(N_("Condition to meet: {guards}."), guards=list(guards)), None


def _elsewhere(page: Page, subject: Subject, sources: set[str]) -> tuple[str, dict[str, str] | None]:
    """From which states it would be possible."""
    row, workflow = subject.row, subject.workflow
    final = {state for state in workflow.states if workflow.is_final(state)}
    if sources == final:
        return page.say(N_("Possible once it is closed.")), None
    if workflow.is_final(row["state"]) and not sources & final:
        way = {"href": _form(page, row["ref"], "reopen"), "words": page.say(BUTTONS["reopen"])}
        return page.say(N_("Possible while it is open.")), way
    states: Sequence[str] = [label_of(s, page.lang, subject.kind) for s in workflow.states if s in sources]
    return page.say(N_("Possible from one of these states only: {states}."), states=", ".join(states)), None
