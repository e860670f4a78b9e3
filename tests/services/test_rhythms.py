"""When someone is told: at once, with the others of a day or a week, on their return; never at night or on a day off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.directory import Absence, KindRhythm, Notices, Person
from domain.directory.reachability import Weekday
from domain.time import Calendar, parse_instant
from services.mail.rhythms import NEVER, at_once, back, slot

CALENDAR = Calendar()


def marie(absence: Absence | None = None, **notices: Any) -> Person:
    person = Person(UUID(int=1))
    person.start()
    person.notices, person.absence = Notices(**notices), absence
    return person


def local(text: str, calendar: Calendar = CALENDAR) -> datetime:
    return parse_instant(text, calendar.zone)


@pytest.mark.parametrize(("hour", "now", "expected"), [
    (None, "2024-09-18T10:00", "2024-09-18T10:00"), (None, "2024-09-18T22:00", "2024-09-19T08:00"),
    (None, "2024-09-21T10:00", "2024-09-23T08:00"), (time(13), "2024-09-18T10:00", "2024-09-18T13:00"),
    (time(13), "2024-09-18T15:00", "2024-09-18T15:00"), (time(20), "2024-09-18T10:00", "2024-09-19T08:00"),
])  # fmt: skip
def test_at_once_is_during_work_and_not_before_their_hour(hour: time | None, now: str, expected: str) -> None:
    assert at_once(marie(hour=hour), local(now), CALENDAR) == local(expected)


@pytest.mark.parametrize(("rhythm", "notices", "since", "expected"), [
    ("daily", {}, "2024-09-18T08:00", "2024-09-18T08:00"), ("daily", {}, "2024-09-18T08:01", "2024-09-19T08:00"),
    ("daily", {"hour": time(16, 30)}, "2024-09-18T08:01", "2024-09-18T16:30"),
    ("daily", {}, "2024-09-20T09:00", "2024-09-23T08:00"),  # over a weekend
    ("daily", {"hour": time(2, 30)}, "2024-09-18T00:00", "2024-09-18T08:00"),  # at night: at the opening
    ("daily", {"hour": time(21)}, "2024-09-18T09:00", "2024-09-19T08:00"),
    ("weekly", {}, "2024-09-18T09:00", "2024-09-23T08:00"),
    ("weekly", {"weekday": "friday"}, "2024-09-18T09:00", "2024-09-20T08:00"),
    ("weekly", {}, "2024-08-28T09:00", "2024-09-03T08:00"),  # Labour Day is a Monday
])  # fmt: skip
def test_the_mail_of_a_day_or_a_week(rhythm: KindRhythm, notices: dict[str, Any], since: str, expected: str) -> None:
    assert slot(marie(**notices), rhythm, local(since), CALENDAR) == local(expected)


@given(
    st.sampled_from(["daily", "weekly"]), st.times(), st.sampled_from(["monday", "wednesday", "friday"]),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)),
    st.sampled_from(["America/Toronto", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe", "UTC"]),
)  # fmt: skip
def test_whatever_is_set_mail_comes_during_work(
    rhythm: KindRhythm, hour: time, weekday: Weekday, since: datetime, zone: str
) -> None:
    calendar = Calendar(zone=zone, jurisdictions=("QC",))
    person, instant = marie(hour=hour.replace(second=0, microsecond=0), weekday=weekday), since.replace(tzinfo=UTC)
    first = slot(person, rhythm, instant, calendar)
    assert first >= instant and calendar.reopening(first) == first
    assert slot(person, rhythm, first, calendar) == first
    assert (first - instant).days <= (7 if rhythm == "daily" else 14)
    assert at_once(person, instant, calendar) == calendar.reopening(at_once(person, instant, calendar)) >= instant


def test_an_hour_that_does_not_exist_that_night_is_the_next_that_does() -> None:
    """In Cairo the clocks leap over midnight, on a Friday: the house that works at night is told at one o’clock."""
    calendar = Calendar(zone="Africa/Cairo", jurisdictions=("QC",), opens=time(0), closes=time(23, 59))
    person = marie(hour=time(0, 30))
    assert slot(person, "daily", local("2024-04-25T12:00", calendar), calendar) == datetime(2024, 4, 25, 22, tzinfo=UTC)


@pytest.mark.parametrize(("last", "notices", "expected"), [
    ("2024-09-20", {}, "2024-09-23T08:00"), ("2024-09-17", {"hour": time(14)}, "2024-09-18T14:00"),
])  # fmt: skip
def test_who_is_away_is_told_on_their_return(last: str, notices: dict[str, Any], expected: str) -> None:
    absence = Absence(date(2024, 9, 1), date.fromisoformat(last))
    assert back(marie(absence, **notices), CALENDAR) == local(expected)
    assert back(marie(Absence(date(2024, 9, 1))), CALENDAR) == NEVER
