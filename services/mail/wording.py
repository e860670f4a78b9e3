"""The sentences of reminders, by kind of deadline and by reader."""

from __future__ import annotations

from typing import NamedTuple

from projections.phrases.catalogue import N_


class Kind(NamedTuple):
    """How a deadline is called while its day lasts and once it is over, in a word and in a sentence."""

    coming: str
    late: str
    to_come: str
    past: str


KINDS = {
    "due": Kind(
        N_("due date today"),
        N_("due date passed"),
        N_("This case is to be settled {due.placed}."),
        N_("This case was to be settled {due.placed}."),
    ),
    "report": Kind(
        N_("report expected today"),
        N_("report overdue"),
        N_("{body} is to report {due.placed}."),
        N_("{body} was to report {due.placed}."),
    ),
    "task": Kind(
        N_("task for today"),
        N_("task overdue"),
        N_("Task {number}, “{task}”, is to be done {due.placed}."),
        N_("Task {number}, “{task}”, was to be done {due.placed}."),
    ),
    "until": Kind(
        N_("to be taken up again today"),
        N_("to be taken up again"),
        N_("This case was put off; it is to be taken up again {due.placed}."),
        N_("This case was put off; it was to be taken up again {due.placed}."),
    ),
    "review": Kind(
        N_("to be reviewed today"),
        N_("to be reviewed"),
        N_("What was done is to be reviewed {due.placed}."),
        N_("What was done was to be reviewed {due.placed}."),
    ),
    "personal": Kind(
        N_("reminder that was asked for"),
        N_("reminder that was asked for"),
        N_("You asked to be reminded of this case {due.placed}."),
        N_("You asked to be reminded of this case {due.placed}."),
    ),
}


class ThreadKind(NamedTuple):
    """How a wait of a thread is called in a few words, for one working day and for several; in a sentence; and what may be
    typed then."""

    short: str
    shorts: str
    said: str
    commands: tuple[tuple[str, str], ...]


_ANSWERED = (N_("If an answer came:"), "{act} answer --set answer=…")
_REMIND = (N_("Once you have sent a reminder:"), "{act} remind")
_SILENT = (N_("silence {office} for {n} working day"), "silence {office} for {n} working days")

THREAD_KINDS = {
    "answer": ThreadKind(*_SILENT, N_("{office} has not answered since {due}."), (_ANSWERED, _REMIND)),
    "reminder": ThreadKind(*_SILENT, N_("{office} has not answered our reminder since {due}."), (_ANSWERED, _REMIND)),
    "announced": ThreadKind(
        N_("announced date {office} passed {n} working day ago"),
        "announced date {office} passed {n} working days ago",
        N_("{office} was to answer by {due}, and has not."), (_ANSWERED, _REMIND),
    ),
    "ours": ThreadKind(
        N_("our turn to act for {n} working day"), "our turn to act for {n} working days",
        N_("{office} has been waiting for us since {due}."), ((N_("Once you have written:"), "{act} remind"),),
    ),
    "meeting": ThreadKind(
        N_("meeting over for {n} working day, to be recorded"), "meeting over for {n} working days, to be recorded",
        N_("The meeting was to take place on {due}. Say what came of it."),
        ((N_("If it took place:"), "{act} hold-meeting --set met=…"),
         (N_("If it did not:"), "{act} cancel-meeting --set reason=…")),
    ),
    "pause": ThreadKind(
        N_("pause over for {n} working day"), "pause over for {n} working days",
        N_("The thread was paused until {due}."), ((N_("To take it up again:"), "{act} resume"),),
    ),
    "personal": ThreadKind(
        N_("reminder that was asked for"), "reminder that was asked for", N_("You asked to be reminded of it on {due}."), (),
    ),
}  # fmt: skip
TURNS = {
    "them": N_("It is the office’s turn."), "us": N_("It is our turn."), "nobody": N_("It is nobody’s turn for now."),
}  # fmt: skip
SENT = {
    "letter": N_("Letter"), "request": N_("Formal request"), "meeting_request": N_("Request for a meeting"),
    "petition": N_("Petition"), "open_letter": N_("Open letter"), "press_release": N_("Press release"),
    "congratulations": N_("Congratulations"),
}  # fmt: skip

CLASSES = {"owner": N_("whoever sees to it"), "body": N_("the body"), "secretary": N_("the secretary’s office"),
           "asker": N_("whoever asked for it")}  # fmt: skip

YOU_FOLLOW = N_("You get this reminder because you follow the case up.")
YOU_ASKED = N_("You get this reminder because you asked for it; nobody else does.")
ANSWERED_ALREADY = N_("Has something come already? Record it in the thread, and the reminders cease.")
SEEN_TO = N_("Done already? Record it in the thread, and the reminders cease.")
YOUR_WORDS = N_("You had written: {text}")
YOU_FOLLOW_THE_THREAD = N_("You get this reminder because you follow the thread up.")
YOURS_IS_THE_TASK = N_("You get this reminder because the task is yours.")
BECAUSE_OF_CHARGE = {
    "chair": N_("You get this reminder because you chair {body}."),
    "secretary": N_("You get this reminder because you are the secretary {body}."),  # « du Comité »
}
BECAUSE_OF_ROLE = {
    "secretary": N_("You get this reminder because you are the secretary here."),
    "administrator": N_("You get this reminder because you are an administrator here, and there is no secretary."),
}
INSTEAD = N_("You get this reminder in place of {who}: nobody who can be written to was found.")
AWAY_UNTIL = N_("You get this reminder in the place {who}, who is away until {day}.")
AWAY = N_("You get this reminder in the place {who}, who is away.")
NOBODY_REPLACES_UNTIL = N_("You get this reminder in the place {who}, who is away until {day} and whom nobody replaces.")
NOBODY_REPLACES = N_("You get this reminder in the place {who}, who is away and whom nobody replaces.")
DEEDS = {
    "seen": N_("I have seen this reminder"), "later": N_("Remind me of it in two weeks"),
    "leave": N_("Hear no more of this case"),
}  # fmt: skip
ONE_BUTTON = N_("Each of these opens a page with one button; nothing is done until it is pressed.")
MEANT = N_("You get this reminder because you were to be told at this step.")
FOOT = N_("Nothing happens when you open this message or follow its links. It is sent by itself; nobody reads the answers.")
