"""Why an expression of time is refused, and what to write instead."""

from __future__ import annotations

from domain.time.notation import BadDate


class BadSchedule(BadDate):
    """“{words}” does not say when. Write a date (26 June 2024, fall 2024, by 30 June 2024), a rhythm (each year,
    at least twice a month), meetings (at each meeting), a duration (for 3 years) or a condition (after the answer)."""


class NoSuchDay(BadDate):
    """“{words}”: {month} has {days} days. Write a day from 1 to {days}, or the month alone."""


class NoSuchNumbers(BadDate):
    """“{words}” is no day of the calendar. Write year, month and day: 2024-06-26, or in words: 26 June 2024."""


class NoSuchQuarter(BadDate):
    """“{words}”: a year has four quarters and two halves. Write a quarter from 1 to 4, or its months."""


class Backwards(BadDate):
    """“{words}” ends before it begins. Write the earlier date first."""


class NoPeriod(BadDate):
    """“{words}” depends on the years of the mandate or of the plan, which are not known. State them, for example
    2019-2022, or write a date."""


class NoPrevious(BadDate):
    """“{words}” depends on the date of what comes before, which is not known. Write a date, or the date of the step
    before."""
