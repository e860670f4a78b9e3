"""The sentences of a reminder letter."""

from __future__ import annotations

from typing import NamedTuple

from projections.phrases.catalogue import N_


class Kind(NamedTuple):
    """What was sent, as a noun, feminine in French, and named again; sending it to the reader, and to somebody else; what
    is asked now."""

    noun: str
    this: str
    to_you: str
    to_former: str
    ask: str


class Counted(NamedTuple):
    """How many of something: exactly, at least (each in the singular and the plural), between two numbers, several."""

    exact: tuple[str, str]
    least: tuple[str, str]
    between: str
    several: str


_ASK = N_("We would be grateful for your answer or, failing that, for the date on which we may expect it.")

LETTER = Kind(N_("our letter"), N_("this letter"), N_("we wrote to you"), N_("we wrote to {former}"), _ASK)
KINDS = {
    "request": Kind(
        N_("our request"), N_("this request"), N_("we addressed a request to you"),
        N_("we addressed a request to {former}"), _ASK,
    ),
    "meeting_request": Kind(
        N_("our request for a meeting"), N_("this request"), N_("we asked you for a meeting"),
        N_("we asked for a meeting with {former}"),
        N_("We would be grateful if you could suggest a date or, failing that, tell us when we may expect an answer."),
    ),
    "petition": Kind(
        N_("our petition"), N_("this petition"), N_("we addressed a petition to you"),
        N_("we addressed a petition to {former}"), _ASK,
    ),
    "open_letter": Kind(N_("our open letter"), LETTER.this, LETTER.to_you, LETTER.to_former, _ASK),
}  # fmt: skip
"""Those that are not letters."""

NUMBERS = ("", N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine"))
"""Those that a letter writes in words."""

SUBJECT = N_("Subject:")
FOLLOWS_DAY = N_("Follow-up on {noun} of {day}")
FOLLOWS_DATE = N_("Follow-up on {noun} sent {day.placed}")
FOLLOWS = N_("Follow-up on {noun}")
ON_TOPIC = N_("{follow_up} – {topic}")
RESOLUTION = N_("Resolution {number}: {title}")
REFERENCE = N_("Our reference: {ref}")

ON_A_DAY = N_("{day.placed}, {done}.")
ONCE = N_("some time ago, {done}.")
FOLLOWED = N_("{this} followed up on resolution {numbers}."), "{this} followed up on resolutions {numbers}."
FOLLOWED_ADOPTED = (
    N_("{this} followed up on resolution {numbers}, adopted by our assembly {day.placed}."),
    "{this} followed up on resolutions {numbers}, adopted by our assembly {day.placed}.",
)
AGAIN = N_("{times}, {done}.")
FIRST = N_("The first time was {day.placed}.")
TIMES = Counted(
    (N_("{many} time"), "{many} times"), (N_("at least {many} time"), "at least {many} times"),
    N_("{few} to {many} times"), N_("several times"),
)  # fmt: skip
COSIGNED = N_("It also bore {many} other signature."), "It also bore {many} other signatures."
REFERRED = N_("another office ({office}), which referred us to you")
MOVED = N_("the office in charge at the time ({office})")
YOURS_NOW = N_("The matter has since come to you.")
IN_SUBSTANCE = N_("In substance:")

SINCE = N_("Since then, we have sent {reminders}.")
SINCE_ON = N_("Since then, we have sent {reminders}, {days}.")
SINCE_LAST = N_("Since then, we have sent {reminders}, the last one {day.placed}.")
REMINDERS = Counted(
    (N_("{many} reminder"), "{many} reminders"), (N_("at least {many} reminder"), "at least {many} reminders"),
    N_("{few} to {many} reminders"), N_("several reminders"),
)  # fmt: skip

RECEIVED = N_("Receipt was acknowledged {day.placed}.")
PROMISED = N_("An answer was to reach us {day.placed}; none has come to this day.")
SILENT = N_("To this day, we have received no answer.")
ACCOUNT = (
    N_("We have to report to our assembly on what became of this resolution."),
    "We have to report to our assembly on what became of these resolutions.",
)

THREAD = N_("thread {number}")
FILE = N_("Reminder – {office} – {day}.docx")

READY = N_(
    "A reminder letter to the office is attached to {ref} (“{name}”), for you to read, change and send."
    " Suivi sends nothing to an office by itself."
)
NOT_READY = N_("No reminder letter was prepared. {reason}")

NO_ORGANISATION = N_("[Name of the organisation]")
NO_SIGNATORY = N_("[Name]")
NO_FUNCTION = N_("[Title]")
