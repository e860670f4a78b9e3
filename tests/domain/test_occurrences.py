"""When what comes back does: periods and days, as a calendar would say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from domain.time import USUAL, Seasons, use_seasons
from domain.time.occurrences import (
    MOST,
    RhythmUnreadable,
    check_rhythm,
    due_at_meeting,
    next_after,
    occurrences,
    of_day,
)
from domain.time.schedules import Context, Schedule, read_schedule
from domain.values import Count

TWO = Count(2)


@pytest.fixture
def seasons() -> Iterator[None]:
    yield
    use_seasons(USUAL)


def of(words: str, first: str, last: str, year_begins: int = 1) -> list[tuple[str, str]]:
    """The period and the day by which it is to be done, of each."""
    schedule = read_schedule(words)[0].schedule
    found = occurrences(schedule, date.fromisoformat(first), date.fromisoformat(last), year_begins)
    return [(each.period, each.due.isoformat()) for each in found]


CASES = [
    ("annuellement", "2019-11-14", "2020-12-31", [("2019", "2019-12-31"), ("2020", "2020-12-31")]),
    ("chaque année, de 2012 à 2013", "2010-01-01", "2030-01-01", [("2012", "2012-12-31"), ("2013", "2013-12-31")]),
    ("chaque mois à compter de janvier 2021", "2020-11-14", "2021-02-01", [("2021-01", "2021-01-31"), ("2021-02", "2021-02-28")]),
    ("chaque trimestre", "2024-05-10", "2024-07-01", [("2024-04/2024-06", "2024-06-30"), ("2024-07/2024-09", "2024-09-30")]),
    ("chaque automne", "2012-12-01", "2013-12-31", [("2012-23", "2012-12-20"), ("2013-23", "2013-12-20")]),
    ("chaque hiver", "2013-02-01", "2014-01-01", [("2012-24", "2013-03-19"), ("2013-24", "2014-03-19")]),
    ("chaque hiver", "2023-12-31", "2024-01-02", [("2023-24", "2024-03-19")]),
    ("deux fois par année, au printemps et à l'automne", "2013-02-01", "2014-01-01",
     [("2013-21", "2013-06-20"), ("2013-23", "2013-12-20")]),
    ("en mars et en septembre de chaque année", "2013-02-01", "2014-01-01",
     [("2013-03", "2013-03-31"), ("2013-09", "2013-09-30")]),
    ("chaque 1er mai", "2013-02-01", "2014-12-01", [("2013-05-01", "2013-05-01"), ("2014-05-01", "2014-05-01")]),
    ("le 29 février de chaque année", "2023-01-01", "2025-12-31",
     [("2023-02-28", "2023-02-28"), ("2024-02-29", "2024-02-29"), ("2025-02-28", "2025-02-28")]),
    ("le 31 de chaque mois", "2024-01-01", "2024-04-30",
     [("2024-01", "2024-01-31"), ("2024-02", "2024-02-29"), ("2024-03", "2024-03-31"), ("2024-04", "2024-04-30")]),
    ("chaque lundi", "2024-03-05", "2024-03-18", [("2024-03-11", "2024-03-11"), ("2024-03-18", "2024-03-18")]),
    ("le premier lundi du mois", "2024-04-02", "2024-05-31", [("2024-05", "2024-05-06")]),
    ("hebdomadairement", "2024-03-08", "2024-03-11",
     [("2024-03-04/2024-03-10", "2024-03-10"), ("2024-03-11/2024-03-17", "2024-03-17")]),
    ("tous les deux ans, de 2013 à 2020", "2014-06-01", "2040-01-01",
     [("2013/2014", "2014-12-31"), ("2015/2016", "2016-12-31"), ("2017/2018", "2018-12-31"), ("2019/2020", "2020-12-31")]),
    *[(words, "2012-01-01", "2030-01-01", []) for words in (
        "au besoin", "à chacun des CA", "après la réponse", "juin 2024", "en continu", "périodiquement", "sur 2 ans")],
]  # fmt: skip


@pytest.mark.parametrize(("words", "first", "last", "expected"), CASES)
def test_what_has_come(words: str, first: str, last: str, expected: list[tuple[str, str]]) -> None:
    assert of(words, first, last) == expected


def test_a_year_begins_when_the_organisation_says() -> None:
    assert of("annuellement", "2024-05-01", "2024-12-31", 4) == [("2024-04/2025-03", "2025-03-31")]
    assert of("chaque trimestre", "2024-05-01", "2024-05-31", 2) == [("2024-05/2024-07", "2024-07-31")]


@pytest.mark.usefixtures("seasons")
def test_a_season_is_due_on_its_last_day_as_the_organisation_has_it() -> None:
    use_seasons(Seasons.of({"autumn": "09-01", "winter": "12-01"}))
    assert of("chaque automne", "2024-09-01", "2024-12-31") == [("2024-23", "2024-11-30")]


def test_a_period_counts_where_half_of_it_is_the_plan_s() -> None:
    plan = Schedule(words="x", kind="recurring", rrule="FREQ=YEARLY", edtf="2012-12-01/2015-08")
    assert [each.period for each in occurrences(plan, date(2012, 1, 1), date(2016, 1, 1))] == ["2013", "2014", "2015"]
    day = Schedule(words="x", kind="recurring", rrule="FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", edtf="2012-12-01/2015-03")
    assert [each.period for each in occurrences(day, date(2012, 1, 1), date(2016, 1, 1))] == ["2013-05-01", "2014-05-01"]


def test_how_many_times_is_told_with_each() -> None:
    (only,) = occurrences(read_schedule("au moins deux fois par mois")[0].schedule, date(2024, 2, 1), date(2024, 2, 2))
    assert (only.period, only.wanted) == ("2024-02", TWO)


def test_the_next_one_and_the_one_of_a_day() -> None:
    monthly, may = (read_schedule(words)[0].schedule for words in ("chaque mois", "chaque 1er mai"))
    assert (coming := next_after(monthly, date(2024, 1, 31))) and coming.period == "2024-02"
    assert (his := of_day(monthly, date(2024, 1, 31))) and his.period == "2024-01"
    assert (coming := next_after(may, date(2024, 5, 1))) and (coming.begins, coming.due) == (date(2025, 4, 1), date(2025, 5, 1))
    over = read_schedule("chaque année jusqu'en 2015")[0].schedule
    assert next_after(over, date(2016, 1, 1)) is None


BAD = ("", "FREQ=LUNAIRE", "FREQ=HOURLY", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYDAY=ZZ", "FREQ=YEARLY;BYMONTH=13",
       "FREQ=YEARLY;INTERVAL=0", "FREQ=MONTHLY;BYMONTHDAY=45", "FREQ=DAILY\nDTSTART:20240101", "RRULE:FREQ=DAILY",
       "FREQ=SECONDLY;INTERVAL=1", "FREQ=YEARLY;BYEASTER=0", "FREQ=DAILY;INTERVAL=99999999999")  # fmt: skip


@pytest.mark.parametrize("rrule", BAD)
def test_a_rhythm_that_cannot_be_counted_is_refused(rrule: str) -> None:
    with pytest.raises(RhythmUnreadable):
        check_rhythm(rrule)
    with pytest.raises(RhythmUnreadable):
        list(occurrences(Schedule(words="?", kind="recurring", rrule=rrule), date(2024, 1, 1), date(2025, 1, 1)))


def test_ten_thousand_are_the_most_and_the_far_end_of_the_calendar_is_none() -> None:
    daily = Schedule(words="chaque jour", kind="recurring", rrule="FREQ=DAILY")
    assert sum(1 for _ in occurrences(daily, date(1900, 1, 1), date(2200, 1, 1))) == MOST == 10_000
    assert len(list(islice(occurrences(daily, date(2024, 1, 1), date.max, limit=7), 9))) == 7
    yearly = Schedule(words="chaque année", kind="recurring", rrule="FREQ=YEARLY")
    assert list(occurrences(yearly, date(9999, 1, 1), date.max)) == []
    assert [each.period for each in occurrences(yearly, date.min, date(3, 1, 1))][-1] == "0003"


def test_asking_late_costs_no_more_than_asking_early() -> None:
    """Counted, not walked: the steps of the generator are those of the answer, however long ago it began."""
    old = Schedule(words="depuis l’an 1", kind="recurring", rrule="FREQ=DAILY", edtf="0001-01-01/..")
    assert next(occurrences(old, date(9000, 1, 1), date(9000, 1, 2))).period == "9000-01-01"
    steps: list[date] = []
    import domain.time.occurrences as module

    walked = module._starts
    module._starts = lambda *a: (steps.append(each) or each for each in walked(*a))  # type: ignore[func-returns-value]
    try:
        list(occurrences(old, date(9000, 1, 1), date(9000, 1, 2)))
    finally:
        module._starts = walked
    assert len(steps) < 6


days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(days, st.sampled_from(["MONTHLY", "YEARLY", "WEEKLY", "DAILY"]), st.integers(1, 1500))
def test_periods_follow_one_another_without_hole(first: date, freq: str, length: int) -> None:
    schedule = Schedule(words="x", kind="recurring", rrule=f"FREQ={freq}")
    found = list(occurrences(schedule, first, first + timedelta(days=length)))
    assert found[0].begins <= first <= found[0].due
    for one, two in pairwise(found):
        assert two.begins == one.due + timedelta(days=1)


@given(days, st.integers(1, 12), st.integers(1, 28))
def test_days_of_the_year_are_those_of_the_library(first: date, month: int, day: int) -> None:
    rrule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
    last = first.replace(year=first.year + 5, day=1)
    found = [each.due for each in occurrences(Schedule(words="x", kind="recurring", rrule=rrule), first, last)]
    from datetime import datetime

    asked = rrulestr(rrule, dtstart=datetime(first.year - 1, 1, 1)).between(
        datetime(first.year, first.month, first.day), datetime(last.year, last.month, last.day), inc=True
    )
    assert [each for each in found if each <= last] == [each.date() for each in asked]


MEETINGS = [
    ("à chacun des CA", "2024-05-12", "2024-05-12"), ("avant chaque AG", "2024-05-12", "2024-05-11"),
    ("deux semaines avant chaque AG", "2024-03-10", "2024-02-25"), ("trois jours après chaque CA", "2024-02-28", "2024-03-02"),
    ("à chaque congrès", "2024-05", "2024-05-31"), ("un an avant chaque congrès", "2024-02-29", "2023-02-28"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "meeting", "due"), MEETINGS)
def test_what_goes_with_a_meeting_is_due_by_its_date(words: str, meeting: str, due: str) -> None:
    schedule = read_schedule(words, Context())[0].schedule
    assert due_at_meeting(schedule, meeting) == date.fromisoformat(due)
    assert due_at_meeting(schedule, "2024-05/..") is None
