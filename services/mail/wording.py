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
}

CLASSES = {"owner": N_("whoever sees to it"), "body": N_("the body"), "secretary": N_("the secretary’s office")}

YOU_FOLLOW = N_("You get this reminder because you follow the case up.")
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
MEANT = N_("You get this reminder because you were to be told at this step.")
FOOT = N_("Nothing happens when you open this message or follow its link. It is sent by itself; nobody reads the answers.")
