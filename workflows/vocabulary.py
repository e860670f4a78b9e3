"""The closed vocabularies that a definition chooses among. Names are what files, scripts and logs hold; the
English words beside them are what a person reads, and what the catalogues translate."""

from __future__ import annotations

VERBS: dict[str, str] = {
    "adopt": "adopt",
    "reword": "reword",
    "confirm": "confirm the state",
    "refer": "refer to a body",
    "report-back": "report back",
    "start": "start",
    "postpone": "postpone",
    "block": "block",
    "resume": "resume",
    "complete": "complete",
    "close-undone": "close as not done",
    "carry-over": "carry over to another assembly",
    "supersede": "supersede",
    "reopen": "reopen",
    "note": "note",
    "assign": "assign",
    "set-due": "set the due date",
    "wait": "wait for someone",
    "link": "link",
    "add-task": "add a task",
    "finish-task": "finish a task",
    "correct": "correct a recorded fact",
    "retract": "retract a recorded fact",
    "restrict": "restrict who may read",
    "acknowledge-step": "acknowledge a reminder",
    "snooze": "put reminders off",
    "move": "make a move of the organisation’s own",
}

GENERIC = "move"
"""The one verb under which a definition declares moves of its own, each with a name and a label."""

GUARDS: dict[str, str] = {
    "confirmable": "nothing has moved since the adoption, or a proposed state is pending",
    "successor_unmoved": "there is no successor, or it has not moved yet",
}

ROLES: dict[str, str] = {
    "officer": "officer",
    "secretary": "secretary",
    "auditor": "auditor",
    "administrator": "administrator",
    "system": "the system itself",
}

FACTS: dict[str, str] = {
    "adopted_on": "the date of the adoption",
    "assembly": "the assembly that decided",
    "audience": "for whom the note is: internal, or the assembly",
    "body": "the body in charge",
    "by": "the case that takes its place",
    "clock": "the deadline that is meant",
    "completion": "how far it is done: full, partial or temporary",
    "condition": "what must happen first",
    "due": "the due date",
    "event": "the recorded fact that is meant",
    "kind": "the kind of link",
    "mandate": "what the body is asked to do",
    "minutes_ref": "the place in the minutes",
    "mover": "who moved it",
    "numbers": "the resolution numbers",
    "occurred": "the date on which it happened",
    "on": "who or what is awaited",
    "origin": "the case it comes from",
    "owner": "who follows the case up",
    "parts": "its parts",
    "people": "who may still read it",
    "reason": "the reason",
    "residual": "the remaining item that is carried over",
    "residuals": "what remains to be done",
    "review": "the date of the next review",
    "seconder": "who seconded it",
    "set": "the corrected facts",
    "since": "since when",
    "stage": "the stage of the wording: proposed, amended or adopted",
    "state": "the state that is established",
    "submitted_by": "who submitted it",
    "task": "the task that is meant",
    "text": "the text",
    "titles": "the title of each number",
    "to": "the other case",
    "until": "the date until which it is put off",
    "visibility": "who may read: everyone, the officers, or named people",
    "vote": "the result of the vote",
}

CLOCKS: dict[str, str] = {
    "due": "the due date of the case",
    "report": "the date on which a body is to report",
    "task": "the due date of a task",
    "until": "the date until which the case is put off",
    "review": "the date on which a result is to be reviewed",
}
"""What a clock may run towards."""

TELL: dict[str, str] = {
    "owner": "who sees to it: of the task, else of the case",
    "body": "the body that is to report: its chair, else its secretary",
    "secretary": "the secretary",
}
"""Whom a step of a ladder may tell. Where nobody is found for one of them, the secretary is told, and why."""

NOTHING = "nothing"
"""The place of what does not exist yet: where a creating verb starts."""

SOURCES: dict[str, str] = {
    NOTHING: "nothing yet",
    "open": "any open state",
    "final": "any final state",
    "any": "any state",
}
"""Words that stand for several states in `from`."""

TARGETS: dict[str, str] = {
    "unchanged": "unchanged",
    "before": "the state before the pause",
    "stated": "the state that is stated",
    "restored": "the state without the retracted fact",
}
"""Words in `to`. `before`: the last state that was neither postponed nor blocked, asked of the view.
`stated`: the state that the command names. `restored`: the state that stands once the named fact is left out;
the aggregate folds it and states it, or states nothing when no move is concerned."""

STATED = ("stated", "restored")
"""The words of TARGETS that are answered by the command, not by the workflow."""

ELSE = "else"
"""In a mapping of `to`: every state of `from` that is not named."""

RESERVED = frozenset(SOURCES) | frozenset(TARGETS) | {ELSE}
