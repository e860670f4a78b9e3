"""What clocks refuse, in sentences."""

from domain.errors import NotFound, Refused


class NothingRang(Refused):
    """No reminder has gone out here that could be acknowledged."""


class NothingRuns(Refused):
    """No clock runs here that could be put off. Set a due date first."""


class SnoozePast(Refused):
    """Reminders can be put off to a day to come only; today is {today}, and {until} is not later."""


class LaterAlready(Refused):
    """The next reminder comes later than {until} already: {next}."""


class ClockUnknown(NotFound):
    """No clock “{clock}” runs here. Those that run: {known}."""
