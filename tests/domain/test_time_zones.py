"""Days of a zone and instants, across the changes of clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time import BadInstant, end_of_day, local_day, parse_instant

TORONTO = "America/Toronto"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 1, 15), at(2026, 1, 16, 5)),
        (date(2026, 7, 15), at(2026, 7, 16, 4)),
        (date(2026, 3, 8), at(2026, 3, 9, 4)),  # 23 hours
        (date(2026, 11, 1), at(2026, 11, 2, 5)),  # 25 hours
    ],
)
def test_a_day_ends_at_local_midnight(day: date, ends: datetime) -> None:
    assert end_of_day(day, TORONTO) == ends - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-07-15", at(2026, 7, 16, 4) - timedelta(microseconds=1)),
        ("2026-07-15T14:05", at(2026, 7, 15, 18, 5)),
        (" 2026-01-15 14:05:06 ", at(2026, 1, 15, 19, 5, 6)),
        ("2026-07-15T14:05Z", at(2026, 7, 15, 14, 5)),
        ("2026-07-15T14:05:00+02:00", at(2026, 7, 15, 12, 5)),
        ("2026-11-01T01:30", at(2026, 11, 1, 5, 30)),  # the first of the two
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    assert parse_instant(text, TORONTO) == instant


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "2026-07", "20260715", "2026-07-15T25:00", "hier", "9999-12-31"]
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(BadInstant):
        parse_instant(text, TORONTO)


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from([TORONTO, "UTC", "Asia/Kolkata", "Asia/Beirut"]),
)
def test_the_end_of_a_day_is_the_last_instant_of_that_day(day: date, zone: str) -> None:
    end = end_of_day(day, zone)
    assert local_day(end, zone) == day
    assert local_day(end + timedelta(microseconds=1), zone) == day + timedelta(days=1)
