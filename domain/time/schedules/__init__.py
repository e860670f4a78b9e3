"""When things are to be done, as plans and reports say it: dates, lengths, rhythms, meetings and conditions."""

from domain.time.schedules.reading import read_schedule
from domain.time.schedules.recurrence import Rhythm
from domain.time.schedules.refusals import (
    Backwards,
    BadSchedule,
    NoPeriod,
    NoPrevious,
    NoSuchDay,
    NoSuchNumbers,
    NoSuchQuarter,
)
from domain.time.schedules.values import Context, Reading, Schedule, Upon

__all__ = [
    "Backwards",
    "BadSchedule",
    "Context",
    "NoPeriod",
    "NoPrevious",
    "NoSuchDay",
    "NoSuchNumbers",
    "NoSuchQuarter",
    "Reading",
    "Rhythm",
    "Schedule",
    "Upon",
    "read_schedule",
]
