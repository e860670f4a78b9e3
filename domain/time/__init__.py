"""Dates as officers write them: EDTF, the French words that say it, and the days and instants they mean."""

from domain.time.finding import Found, find_dates
from domain.time.hours import HourUnreadable, instant_of, read_hour
from domain.time.notation import BadDate, Edtf, day_of, earliest, edtf, latest
from domain.time.reading import NoReference, read_date
from domain.time.seasons import SEASONS, USUAL, Season, Seasons, seasons_in_use, use_seasons
from domain.time.working import (
    JURISDICTIONS,
    LEGISLATURES,
    Calendar,
    Jurisdiction,
    Legislature,
    Period,
    merged,
    span,
    spans,
)
from domain.time.zones import ZONE, BadInstant, end_of_day, local_day, parse_instant

__all__ = [
    "JURISDICTIONS",
    "LEGISLATURES",
    "SEASONS",
    "USUAL",
    "ZONE",
    "BadDate",
    "BadInstant",
    "Calendar",
    "Edtf",
    "Found",
    "HourUnreadable",
    "Jurisdiction",
    "Legislature",
    "NoReference",
    "Period",
    "Season",
    "Seasons",
    "day_of",
    "earliest",
    "edtf",
    "end_of_day",
    "find_dates",
    "instant_of",
    "latest",
    "local_day",
    "merged",
    "parse_instant",
    "read_date",
    "read_hour",
    "seasons_in_use",
    "span",
    "spans",
    "use_seasons",
]
