"""Why a verb is refused on a thread, and what is possible instead."""

from __future__ import annotations

from domain.errors import Invalid, Refused


class BeforeTheLetter(Refused):
    """It cannot have happened on {occurred}: the first letter of {ref} is of {first}. Correct the date of the letter if it is wrong, or record what came before as a thread of its own."""  # noqa: E501 - one sentence


class OfficeNeeded(Invalid):
    """Say which office is written to: only an open letter or a press release has none."""


class NoneSent(Invalid):
    """None is not how many were sent. Record a letter or a reminder once there was at least one."""


class DateNeeded(Invalid):
    """A meeting that is fixed has a date. Say which, or that it is only hoped for: confirmed=no"""


class MeetingPast(Refused):
    """A meeting is fixed for a day to come; {date} is over. If it was held, use “hold-meeting”."""


class AnnouncedPast(Refused):
    """The office can only have given a date later than the day of the act ({day}); {until} is not."""


class PauseUnending(Invalid):
    """A pause ends on a known day, upon another case or thread, or when someone resumes it; {until} does not end on a known day."""  # noqa: E501 - one sentence


class PausePast(Refused):
    """A pause lasts until a day to come; {until} is over."""


class Encircled(Refused):
    """{ref} cannot be redirected there: {office} is in the chain already ({chain}). Record the new letter as a reminder of that thread instead."""  # noqa: E501 - one sentence


class OtherOffice(Refused):
    """{to} is not a thread with {office}. Leave “to” out, and the thread that goes on is found or opened."""


class ThreadOver(Refused):
    """{to} is over and cannot take another one in. Leave “to” out, and a new thread is opened."""


class ActFollowed(Refused):
    """Event {version} cannot be retracted: what came later in this thread ({later}) rests on it. Retract that one first."""


class LinkedAlready(Refused):
    """{ref} serves that case already."""
