"""What clocks refuse, in sentences."""

from domain.errors import NotFound, Refused


class NothingRang(Refused):
    """No reminder waits here to be acknowledged."""


class NothingRuns(Refused):
    """No clock runs here that could be put off. Set a due date first."""


class RemindPast(Refused):
    """You can be reminded on a day to come only; today is {today}, and {until} is not later."""


class RemindUnending(Refused):
    """Say on which day you are to be reminded; {until} does not end on a known day."""


class SnoozePast(Refused):
    """Reminders can be put off to a day to come only; today is {today}, and {until} is not later."""


class SnoozeUnending(Refused):
    """Say until which day the reminders are put off; {until} does not end on a known day."""


class LaterAlready(Refused):
    """There is nothing to put off until {until}: the next reminder comes on {next}."""


class ClockUnknown(NotFound):
    """There is no clock “{clock}” here. Those that there are: {known}."""


class ReminderStands(Refused):
    """Entry {version} says what a clock did, which cannot be taken back. Set another due date, acknowledge the reminder or put it off."""  # noqa: E501 - one sentence
