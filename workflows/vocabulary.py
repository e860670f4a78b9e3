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
    "carry-over": "carry over",
    "supersede": "supersede",
    "reopen": "reopen",
    "split": "split off",
    "merge": "merge with another case",
    "note": "note",
    "approve-report": "approve the paragraph of the report",
    "assign": "assign",
    "set-due": "set the due date",
    "wait": "wait for someone",
    "link": "link",
    "attach": "attach a file",
    "add-task": "add a task",
    "finish-task": "finish a task",
    "reword-task": "reword a task",
    "drop-task": "drop a task",
    "set-target": "set a target",
    "correct": "correct a recorded fact",
    "retract": "retract a recorded fact",
    "restrict": "restrict who may read",
    "migrate": "move to another version of the rules",
    "acknowledge-step": "acknowledge a reminder",
    "snooze": "put reminders off",
    "subscribe": "subscribe to the news of it",
    "unsubscribe": "hear no more of it",
    "remind-me": "be reminded",
    "move": "make a move of the organisation’s own",
    "send": "open a thread with an office",
    "remind": "remind the office",
    "acknowledge": "note an acknowledgement",
    "fix-meeting": "fix a meeting",
    "move-meeting": "move a meeting",
    "cancel-meeting": "cancel a meeting",
    "hold-meeting": "note a meeting that was held",
    "answer": "note an answer",
    "decline": "note that it was declined",
    "redirect": "note that we were sent to another office",
    "say-silent": "note that no answer came",
    "close": "close the thread",
    "pause": "pause",
    "withdraw": "withdraw",
}

GENERIC = "move"
"""The one verb under which a definition declares moves of its own, each with a name and a label."""

GUARDS: dict[str, str] = {
    "confirmable": "nothing has moved yet, or a proposed state is pending",
    "successor_unmoved": "there is no successor, or it has not moved yet",
    "divisible": "it has several numbers or parts",
    "no_thread_awaits": "no thread with an office still awaits an answer; in part, it is possible",
    "answer_concludes": "the answer says more than that the letter came, or than a question",
    "meeting_confirmed": "the meeting is confirmed",
    "meeting_ahead": "a meeting is hoped for or fixed",
    "running": "the thread is not paused",
    "paused": "the thread is paused",
}

ROLES: dict[str, str] = {
    "officer": "officer",
    "secretary": "secretary",
    "auditor": "auditor",
    "member": "member",
    "administrator": "administrator",
    "system": "the system itself",
}

FACTS: dict[str, str] = {
    "addressees": "whom it is addressed to",
    "adopted_on": "the date of the adoption",
    "answer": "what the answer says",
    "assembly": "the assembly that decided",
    "audience": "for whom the note is: internal, or the assembly",
    "body": "the body in charge",
    "behalf": "in whose name it was done",
    "bound": "how far the number binds: exact, about, at_least or at_most",
    "by": "who did it; of a replacement, the case that takes its place",
    "cadence": "how often it is reviewed",
    "cases": "the cases that it is about",
    "channel": "how: by mail, by e-mail, by telephone…",
    "clock": "the deadline that is meant",
    "completion": "how far it is done: full, partial or temporary",
    "condition": "what must happen first",
    "confirmed": "whether it is certain, or only hoped for",
    "cosigners": "how many signed with us",
    "count": "how many times",
    "date": "the date of the meeting",
    "delegation": "who we were, by charge and number",
    "due": "the due date",
    "event": "the recorded fact that is meant",
    "expects_reply": "whether an answer is expected",
    "figures": "its figures, as written, with their qualifiers",
    "file": "the file",
    "form": "what was written: a letter, a declaration, an article…",
    "group": "for whom it is, as the plan says",
    "heading": "the heading that stands above it in the plan",
    "holder": "who held the office",
    "kind": "its kind",
    "label": "its letter or number in the plan",
    "mandate": "what the body is asked to do",
    "measures": "what is counted or measured",
    "met": "who was met: the holder of the office, or the staff",
    "minutes_ref": "the place in the minutes",
    "mover": "who moved it",
    "note": "the note that it goes with, by its entry",
    "number": "the number that it is to have",
    "numbers": "the resolution numbers",
    "occurred": "the date on which it happened",
    "office": "the office",
    "on": "who or what is awaited",
    "occurrence": "for which period or meeting it was done",
    "origin": "the case it comes from",
    "other": "the case that joins",
    "owner": "who follows the case up",
    "parties": "with whom: partners, payers, authors",
    "parts": "its parts",
    "people": "who may still read it",
    "per": "in each period of a rhythm, such as FREQ=YEARLY; else in all",
    "place": "the place",
    "plan": "the plan",
    "person": "the person who is meant",
    "published": "where it came out: a journal, an address",
    "printed": "its letter or number as printed",
    "reason": "the reason",
    "relation": "what we are in it: member, delegate, seat on the board, support or collaboration",
    "residual": "the remaining item that is carried over",
    "residuals": "what remains to be done",
    "results": "the results that are expected",
    "review": "the date of the next review",
    "schedule": "when it is to be done, in the words of the plan",
    "seconder": "who seconded it",
    "set": "the corrected facts",
    "since": "since when",
    "stage": "the stage of the wording: proposed, amended or adopted",
    "standing": "whether it goes on, and is reviewed",
    "state": "the state that is established",
    "states": "the state that takes the place of each that is no more",
    "subject": "what it is about",
    "submitted_by": "who submitted it",
    "targets": "what is to be reached",
    "task": "the task that is meant",
    "text": "the text",
    "title": "its title",
    "titles": "the title of each number",
    "to": "the other case, or the other thread",
    "unit": "the unit",
    "until": "the date until which it is put off",
    "upon": "what must end first",
    "value": "the number",
    "visibility": "who may read: everyone, the officers, or named people",
    "vote": "the result of the vote",
    "who": "who sees to it, as written",
    "whole": "whether it is over, and comes back no more",
    "within": "within how many working days after that",
    "words": "as it is written",
    "wait_until": "the date that the office gave",
}

CLOCKS: dict[str, str] = {
    "due": "the due date of the case",
    "report": "the date on which a body is to report",
    "task": "the due date of a task",
    "until": "the date until which the case is put off",
    "review": "the date on which a result is to be reviewed",
    "answer": "the days since an office was written to",
    "reminder": "the days since an office was reminded",
    "announced": "the date that an office gave for its answer",
    "ours": "the days since it became our turn",
    "meeting": "the date of a meeting, whose outcome is to be noted",
    "pause": "the date until which a thread is paused",
    "personal": "the day on which someone asked to be reminded",
}
"""What a clock may run towards."""

TELL: dict[str, str] = {
    "owner": "who sees to it: of the task, else of the case",
    "body": "the body that is to report: its chair, else its secretary",
    "secretary": "the secretary",
    "asker": "whoever asked to be reminded, and nobody else",
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
