"""Working days: holidays that are known by heart, the days when clocks change, and a count done day by day."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from holidays import list_supported_countries
from hypothesis import given
from hypothesis import strategies as st

from domain.time import JURISDICTIONS, Calendar, local_day, merged, span

QUEBEC = Calendar(jurisdictions=("QC",))
FEDERAL = Calendar(jurisdictions=("CA",))
BOTH = Calendar()
DAY = timedelta(days=1)

calendars = st.builds(
    Calendar,
    zone=st.sampled_from(["America/Toronto", "UTC", "Asia/Tokyo", "America/St_Johns"]),
    jurisdictions=st.lists(st.sampled_from(JURISDICTIONS), max_size=3, unique=True).map(tuple),
    days_off=st.frozensets(st.dates(date(2024, 1, 1), date(2025, 12, 31)), max_size=40),
    opens=st.sampled_from([time(7), time(8, 30), time(9)]),
    closes=st.sampled_from([time(12), time(16, 45), time(18)]),
)
periods = st.tuples(st.dates(date(2023, 6, 1), date(2026, 6, 1)), st.integers(0, 200)).map(
    lambda start: (start[0], start[0] + start[1] * DAY)
)
in_recess = st.builds(
    Calendar, recesses=st.lists(periods, max_size=6).map(lambda found: (("QC", merged(found)),)), version=st.just(3)
)
days = st.dates(date(1990, 1, 1), date(2100, 12, 1)) | st.dates(date(2023, 12, 1), date(2026, 1, 31))
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 1), timezones=st.just(UTC))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("day", "quebec", "federal"),
    [
        ("2026-01-01", False, False),  # Thursday
        ("2026-01-02", True, True),  # a day off of the public service of Quebec, and of no law
        ("2022-01-03", False, False),  # 1 January was a Saturday
        ("2026-04-03", False, False),  # Good Friday
        ("2026-04-06", True, False),  # Easter Monday
        ("2026-05-18", False, False),  # Patriots' Day, Victoria Day
        ("2026-06-24", False, True),
        ("2029-06-25", False, True),  # 24 June is a Sunday
        ("2023-06-26", True, True),  # 24 June was a Saturday: nothing moves
        ("2026-07-01", False, False),
        ("2029-07-02", False, False),  # 1 July is a Sunday
        ("2026-09-07", False, False),
        ("2026-09-30", True, False),
        ("2020-09-30", True, True),  # not yet a holiday
        ("2026-10-12", False, False),
        ("2026-11-11", True, False),
        ("2026-12-24", True, True),
        ("2026-12-25", False, False),  # Friday
        ("2026-12-28", True, False),  # Boxing Day is a Saturday
        ("2021-12-27", False, False),  # Christmas was a Saturday
        ("2021-12-28", True, False),  # and Boxing Day a Sunday
        ("2025-12-26", True, False),  # Friday
        ("2026-08-03", True, True),
        ("2026-11-21", False, False),  # a Saturday
        ("2026-11-22", False, False),
        ("2026-11-23", True, True),
    ],
)
def test_the_days_of_quebec_and_of_the_federal_administration(day: str, quebec: bool, federal: bool) -> None:
    asked = date.fromisoformat(day)
    assert (QUEBEC.works(asked), FEDERAL.works(asked)) == (quebec, federal)
    assert BOTH.works(asked) == (quebec and federal)


def test_the_own_days_off_count() -> None:
    closed = Calendar(days_off=frozenset({date(2026, 12, 24), date(2026, 12, 31)}))
    assert not closed.works(date(2026, 12, 24))
    assert closed.after(date(2026, 12, 23), 1) == date(2026, 12, 29)  # 25 Christmas, 28 Boxing Day observed
    assert closed.after(date(2026, 12, 30), 1) == date(2027, 1, 4)
    assert Calendar(jurisdictions=()).works(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("n", "day"),
    [(0, "2026-06-23"), (1, "2026-06-25"), (2, "2026-06-26"), (3, "2026-06-29"), (5, "2026-07-02")],
)
def test_after_a_day_of_work(n: int, day: str) -> None:
    assert BOTH.after(date(2026, 6, 23), n) == date.fromisoformat(day)


def test_after_a_day_off() -> None:
    """From a Saturday, “at once” and “one working day later” are the same Monday."""
    assert BOTH.after(date(2026, 11, 21), 0) == BOTH.after(date(2026, 11, 21), 1) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "opening"),
    [
        (date(2026, 3, 6), at(2026, 3, 6, 13)),  # Friday, standard time
        (date(2026, 3, 9), at(2026, 3, 9, 12)),  # Monday, daylight time
        (date(2026, 10, 30), at(2026, 10, 30, 12)),
        (date(2026, 11, 2), at(2026, 11, 2, 13)),
    ],
)
def test_eight_o_clock_stays_eight_o_clock(day: date, opening: datetime) -> None:
    assert BOTH.opening(day) == opening
    assert BOTH.reopening(opening - timedelta(seconds=1)) == opening


@pytest.mark.parametrize(
    ("instant", "reopening"),
    [
        (at(2026, 11, 20, 15), at(2026, 11, 20, 15)),  # Friday, 10:00
        (at(2026, 11, 20, 13), at(2026, 11, 20, 13)),  # 08:00 on the dot
        (at(2026, 11, 20, 22, 59), at(2026, 11, 20, 22, 59)),
        (at(2026, 11, 20, 23), at(2026, 11, 23, 13)),  # 18:00: over
        (at(2026, 11, 21, 4), at(2026, 11, 23, 13)),  # Friday still, 23:00
        (at(2026, 11, 20, 10), at(2026, 11, 20, 13)),  # Friday, 05:00
        (at(2026, 12, 24, 23), at(2026, 12, 29, 13)),
        (at(2026, 3, 7, 17), at(2026, 3, 9, 12)),  # over the night that loses an hour
        (at(2026, 10, 31, 16), at(2026, 11, 2, 13)),  # over the one that gains it
    ],
)
def test_work_begins_again(instant: datetime, reopening: datetime) -> None:
    assert BOTH.reopening(instant) == reopening


def test_days_and_instants() -> None:
    assert BOTH.end(date(2026, 11, 1)) == at(2026, 11, 2, 5) - timedelta(microseconds=1)
    assert BOTH.today(at(2026, 11, 2, 4, 59)) == date(2026, 11, 1)


def test_the_holidays_by_name() -> None:
    found = dict(BOTH.holidays(date(2026, 5, 1), date(2026, 7, 1), "en"))
    assert list(found) == [date(2026, 5, 18), date(2026, 6, 24), date(2026, 7, 1)]
    assert found[date(2026, 5, 18)] == "National Patriots' Day, Victoria Day"
    assert found[date(2026, 7, 1)] == "Canada Day"
    assert dict(BOTH.holidays(date(2026, 6, 24), date(2026, 6, 24), "fr"))[date(2026, 6, 24)] == "Fête nationale du Québec"


def test_the_jurisdictions_are_those_of_the_library() -> None:
    assert sorted(JURISDICTIONS) == sorted(["CA", *list_supported_countries()["CA"]])


def test_the_library_is_not_loaded_before_a_day_is_counted() -> None:
    check = "import sys, domain.case.decisions, domain.time; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check]).returncode == 0


def naive(calendar: Calendar, day: date, n: int) -> date:
    """All the days of the next months, counted."""
    working = [d for d in (day + i * DAY for i in range(250)) if calendar.works(d)]
    return working[0] if n == 0 else [d for d in working if d > day][n - 1]


@given(calendars, days, st.integers(0, 66))
def test_after_counts_as_one_counts_by_hand(calendar: Calendar, day: date, n: int) -> None:
    found = calendar.after(day, n)
    assert found == naive(calendar, day, n)
    assert calendar.works(found)
    assert calendar.after(day, n + 1) > found or (n == 0 and not calendar.works(day))


@given(calendars, days, days, st.integers(0, 66))
def test_what_starts_later_ends_no_earlier(calendar: Calendar, one: date, other: date, n: int) -> None:
    assert calendar.after(min(one, other), n) <= calendar.after(max(one, other), n)


@given(calendars, days, st.integers(0, 30), st.integers(0, 30))
def test_two_steps_are_one_long_step(calendar: Calendar, day: date, n: int, m: int) -> None:
    assert calendar.after(calendar.after(day, n), m) == calendar.after(day, n + m) or (n == 0 and not calendar.works(day))


@given(calendars, instants)
def test_work_begins_again_in_working_hours(calendar: Calendar, instant: datetime) -> None:
    again = calendar.reopening(instant)
    day = calendar.today(again)
    assert again >= instant and again.tzinfo is UTC
    assert calendar.works(day) and calendar.opening(day) <= again
    assert calendar.reopening(again) == again
    assert again == instant or again == calendar.opening(day)


@given(calendars, days)
def test_a_day_opens_and_ends_within_itself(calendar: Calendar, day: date) -> None:
    for instant in (calendar.opening(day), calendar.end(day)):
        assert local_day(instant, calendar.zone) == day


SUMMER = date(2025, 6, 14), date(2025, 9, 15)
SITTING = Calendar(recesses=(("QC", (SUMMER,)), ("CA", (SUMMER, (date(2025, 12, 6), date(2026, 2, 9))))), version=2)


@pytest.mark.parametrize(
    ("day", "ours", "quebec", "ottawa"),
    [
        ("2025-06-13", True, True, True),  # a Friday, the eve
        ("2025-06-16", True, False, False),
        ("2025-09-15", True, False, False),  # the last day is one of the recess
        ("2025-09-16", True, True, True),
        ("2025-12-08", True, True, False),
        ("2025-12-25", False, False, False),
    ],
)
def test_a_recess_counts_for_its_legislature_only(day: str, ours: bool, quebec: bool, ottawa: bool) -> None:
    asked = date.fromisoformat(day)
    found = [SITTING.in_session(each).works(asked) for each in (None, "QC", "CA")]
    assert found == [ours, quebec, ottawa]
    assert SITTING.works(asked) == ours


def test_in_session_of_nobody_or_without_recess_is_the_same_calendar() -> None:
    assert SITTING.in_session(None) is SITTING
    assert BOTH.in_session("QC") is BOTH
    assert SITTING.in_session("QC").version == SITTING.version
    assert SITTING.in_session("QC").in_session("CA") == SITTING.in_session("CA")
    assert len({SITTING, SITTING.in_session("QC"), SITTING.in_session("CA")}) == 3  # each may be a key


def test_work_resumes_after_the_recess() -> None:
    away = SITTING.in_session("QC")
    assert away.after(date(2025, 6, 13), 1) == date(2025, 9, 16)
    assert away.after(date(2025, 6, 12), 1) == date(2025, 6, 13)
    assert away.after(date(2025, 7, 1), 0) == date(2025, 9, 16)
    assert away.reopening(at(2025, 6, 13, 22, 30)) == at(2025, 9, 16, 12)


def test_a_long_recess_is_passed_in_one_stride(monkeypatch: pytest.MonkeyPatch) -> None:
    """A year away asks about a handful of days, not about each of them."""
    asked: list[date] = []
    works = Calendar.works
    monkeypatch.setattr(Calendar, "works", lambda self, day: asked.append(day) or works(self, day))
    years = Calendar(away=((date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 2), date(2026, 12, 31))))
    assert years.after(date(2024, 12, 31), 1) == date(2027, 1, 4)
    assert len(asked) < 10


def test_periods_that_meet_are_one() -> None:
    new_year = date(2026, 1, 1)
    assert merged([(new_year, new_year), (new_year - DAY, new_year - DAY)]) == ((new_year - DAY, new_year),)
    assert merged([SUMMER, (date(2025, 7, 1), date(2025, 7, 2))]) == (SUMMER,)
    assert merged([SUMMER, (new_year, new_year)]) == (SUMMER, (new_year, new_year))
    assert (span(*SUMMER), span(new_year, new_year)) == ("2025-06-14/2025-09-15", "2026-01-01")


@given(st.lists(periods, max_size=8))
def test_merging_keeps_the_days(found: list[tuple[date, date]]) -> None:
    one = merged(found)
    every = {first + n * DAY for first, last in found for n in range((last - first).days + 1)}
    assert {first + n * DAY for first, last in one for n in range((last - first).days + 1)} == every
    assert all(one[n][1] + DAY < one[n + 1][0] for n in range(len(one) - 1))


@given(in_recess, days, st.integers(0, 66))
def test_days_in_session_are_the_working_days_that_are_not_of_the_recess(calendar: Calendar, day: date, n: int) -> None:
    away = calendar.in_session("QC")
    held = dict(calendar.recesses)["QC"]
    for each in (day + i * DAY for i in range(40)):
        assert away.works(each) == (calendar.works(each) and not any(first <= each <= last for first, last in held))
    found = away.after(day, n)
    assert away.works(found) and found >= calendar.after(day, n)
    between = sum(away.works(day + i * DAY) for i in range(1, (found - day).days + 1))
    assert between == max(n, 1) or (n == 0 and found == day)
