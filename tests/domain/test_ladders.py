"""When the steps of a ladder come: each date by heart, in the zone of the organisation."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID, uuid5

import pytest

from domain.clocks import Clock, Ring, Rung, ladder
from domain.time import Calendar
from tests.domain.winding import at

CLOCK = UUID(int=7)
SLIPPING = (Rung(1, ("owner",)), Rung(6, ("owner", "secretary")), Rung(16, ("secretary",), 15, 4))
WAKING = (Rung(0, ("owner",)), Rung(5, ("owner", "secretary")), Rung(15, ("secretary",), 15, 4))
USUAL = Calendar()


def climb(due: str, rungs: tuple[Rung, ...], calendar: Calendar = USUAL) -> list[Ring]:
    """Every step of the ladder towards a date."""
    ring: Ring | None = ladder.first(CLOCK, rungs, ladder.last_day(due), calendar)
    clock = Clock(
        id=CLOCK, kind="due", about="", due=due, ends=at(2024, 1, 1), ladder=rungs, calendar=0, ring=ring, state="running"
    )
    found = []
    while ring:
        found.append(ring)
        ring = ladder.following(clock, ring, calendar)
    return found


@pytest.mark.parametrize(
    ("due", "first", "second"),
    [
        ("2024-09-05", at(2024, 9, 6, 12), at(2024, 9, 13, 12)),  # Thursday
        ("2024-09-06", at(2024, 9, 9, 12), at(2024, 9, 16, 12)),  # Friday
        ("2024-09-07", at(2024, 9, 9, 12), at(2024, 9, 16, 12)),  # Saturday
        ("2024-03-28", at(2024, 4, 2, 12), at(2024, 4, 9, 12)),  # before Good Friday; Easter Monday is federal
        ("2024-10-11", at(2024, 10, 15, 12), at(2024, 10, 22, 12)),  # the Friday before Thanksgiving
        ("2024-06-21", at(2024, 6, 25, 12), at(2024, 7, 3, 12)),  # the National Holiday, and Canada Day
        ("2024-12-24", at(2024, 12, 27, 13), at(2025, 1, 6, 13)),  # Christmas, Boxing Day, New Year
        ("2024-12-31", at(2025, 1, 2, 13), at(2025, 1, 9, 13)),
        ("2024-10-31", at(2024, 11, 1, 12), at(2024, 11, 8, 13)),  # clocks go back on 3 November
        ("2024-11-01", at(2024, 11, 4, 13), at(2024, 11, 12, 13)),  # and Remembrance Day
        ("2025-03-06", at(2025, 3, 7, 13), at(2025, 3, 14, 12)),  # clocks go forward on 9 March
        ("2025-03-07", at(2025, 3, 10, 12), at(2025, 3, 17, 12)),
        ("2024-23", at(2024, 12, 23, 13), at(2025, 1, 2, 13)),  # fall ends on Friday 20 December
        ("2024-09~", at(2024, 10, 1, 12), at(2024, 10, 8, 12)),  # 30 September is a federal holiday
        ("2024", at(2025, 1, 2, 13), at(2025, 1, 9, 13)),
        ("2024-06/2024-08", at(2024, 9, 3, 12), at(2024, 9, 10, 12)),  # 31 August is a Saturday; Labour Day
        ("{2024-07-02,2024-07-09}", at(2024, 7, 10, 12), at(2024, 7, 17, 12)),
        ("2024-02-28", at(2024, 2, 29, 13), at(2024, 3, 7, 13)),
    ],
)  # fmt: skip
def test_working_days_after_the_due_day(due: str, first: datetime, second: datetime) -> None:
    assert [ring.at for ring in climb(due, SLIPPING)][:2] == [first, second]


@pytest.mark.parametrize(
    ("due", "first", "second"),
    [
        ("2024-09-10", at(2024, 9, 10, 12), at(2024, 9, 17, 12)),  # Tuesday: that very morning
        ("2024-09-07", at(2024, 9, 9, 12), at(2024, 9, 13, 12)),  # Saturday: on Monday
        ("2024-09-30", at(2024, 10, 1, 12), at(2024, 10, 7, 12)),  # a holiday: the day after
        ("2024-12-25", at(2024, 12, 27, 13), at(2025, 1, 3, 13)),
        ("2025-23", at(2025, 12, 22, 13), at(2025, 12, 30, 13)),  # Saturday 20 December
    ],
)  # fmt: skip
def test_the_due_day_itself_or_the_next_working_one(due: str, first: datetime, second: datetime) -> None:
    assert [ring.at for ring in climb(due, WAKING)][:2] == [first, second]


def test_repeated_as_often_as_the_ladder_says_and_no_more() -> None:
    rings = climb("2024-09-05", SLIPPING)
    assert [(ring.step, ring.repetition) for ring in rings] == [(1, 1), (2, 1), (3, 1), (3, 2), (3, 3), (3, 4)]
    assert [ring.at for ring in rings[2:]] == [
        at(2024, 9, 27, 12), at(2024, 10, 22, 12), at(2024, 11, 13, 13), at(2024, 12, 4, 13),
    ]  # fmt: skip
    assert [ring.id for ring in rings] == [uuid5(CLOCK, f"{ring.step}.{ring.repetition}") for ring in rings]


def test_a_weekend_does_not_make_two_steps_one() -> None:
    saturday = "2024-09-07"
    assert [ring.at for ring in climb(saturday, (Rung(0, ("owner",)), Rung(1, ("owner",), 1, 2)))] == [
        at(2024, 9, 9, 12), at(2024, 9, 10, 12), at(2024, 9, 11, 12),
    ]  # fmt: skip


def test_days_off_and_hours_of_the_organisation_count() -> None:
    recess = frozenset(date(2024, 7, day) for day in range(15, 27))
    closed = Calendar(days_off=recess, opens=time(9, 30), version=3)
    assert [ring.at for ring in climb("2024-07-12", SLIPPING, closed)][:2] == [at(2024, 7, 29, 13, 30), at(2024, 8, 5, 13, 30)]
    west = Calendar(zone="America/Vancouver", jurisdictions=())
    assert climb("2024-07-12", SLIPPING, west)[0].at == at(2024, 7, 15, 15)


@pytest.mark.parametrize("due", ["2024-07/..", "XXXX-09", "9999", "9999-12-31", "9000"])
def test_a_date_that_never_ends_has_no_last_day(due: str) -> None:
    assert ladder.end_of(due) is None


def test_the_longest_ladder_towards_the_last_year_stays_within_the_calendar() -> None:
    rings = climb("8999", (Rung(1000, ("owner",), 250, 50),), Calendar(jurisdictions=()))
    assert len(rings) == 50 and rings[-1].at.year < 9999
