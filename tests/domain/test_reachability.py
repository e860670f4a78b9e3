"""How and when a person is told: what they set, when they are away, and who may say so."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.directory import (
    Absence,
    BeAway,
    CameBack,
    ComeBack,
    NoticesSet,
    Person,
    PersonCreated,
    SetNotices,
    WentAway,
)
from domain.directory.reachability import (
    AbsenceOver,
    AbsenceReversed,
    AbsenceUnending,
    NotAway,
    NoticeKindUnknown,
    NoticesRole,
    NoticesStand,
    OwnReplacement,
)
from domain.errors import SuiviError
from domain.organisation import NothingConfigured
from domain.time import HourUnreadable, instant_of, read_hour
from tests.domain.given import CASE, OFFICER, OTHER, Given, given

CREATED = PersonCreated(key="marie", name="Marie")
AWAY = WentAway(since="2024-06-20", until="2024-07-05", replaced_by=OTHER)
HERSELF: dict[str, Any] = {"actor": CASE}


def marie(*events: Any) -> Given:
    return given(CREATED, *events, kind=Person)


def test_each_fact_that_is_given_takes_the_place_of_the_former() -> None:
    person = marie().when(SetNotices(), **HERSELF).then(NothingConfigured).aggregate
    assert (person.notices.rhythm, person.notices.of("news"), person.notices.hour) == ("at_once", "at_once", None)
    asked = SetNotices(rhythm="daily", kinds={"news": "none"}, hour="9 h 30")
    said = NoticesSet(rhythm="daily", kinds={"news": "none"}, hour="09:30")
    person = marie().when(asked, **HERSELF).then(said).aggregate
    assert (person.notices.of("reminder"), person.notices.of("news"), person.notices.hour) == ("daily", "none", time(9, 30))
    later = NoticesSet(kinds={"personal": "weekly"}, hour="", weekday="friday")
    person = marie(said).when(SetNotices(kinds={"personal": "weekly"}, hour=" ", weekday="friday"), **HERSELF).then(later)
    notices = person.aggregate.notices
    assert (notices.rhythm, notices.hour, notices.weekday) == ("daily", None, "friday")
    assert notices.kinds == {"news": "none", "personal": "weekly"}


@pytest.mark.parametrize("hour", ["25:00", "24:00", "8:60", "midi", "-1", "8:3"])
def test_an_hour_that_is_none_is_refused(hour: str) -> None:
    marie().when(SetNotices(hour=hour), **HERSELF).then(HourUnreadable, words=hour)


def test_a_kind_of_notice_that_is_none_is_refused() -> None:
    marie().when(SetNotices(kinds={"potins": "daily"}), **HERSELF).then(NoticeKindUnknown, kind="potins")


def test_an_absence_takes_the_place_of_the_former() -> None:
    there = marie().when(BeAway(until="2024-07"), **HERSELF).then(WentAway(since="2024-06-26", until="2024-07-31"))
    assert [there.aggregate.away(date(2024, 7, n)) for n in (1, 31)] == [True, True]
    assert not there.aggregate.away(date(2024, 8, 1)) and not there.aggregate.away(date(2024, 6, 25))
    then = marie(AWAY).when(BeAway(since="2024-09-02"), **HERSELF).then(WentAway(since="2024-09-02"))
    assert not then.aggregate.away(date(2024, 7, 1)) and then.aggregate.away(date(2090, 1, 1))


@pytest.mark.parametrize(("asked", "refused"), [
    (BeAway(since="2024-07-02", until="2024-07-01"), AbsenceReversed),
    (BeAway(since="2024-05", until="2024-06-25"), AbsenceOver),
    (BeAway(until="2024-07-01/.."), AbsenceUnending),
    (BeAway(until="2024-07-01", replaced_by=CASE), OwnReplacement),
    (ComeBack(), NotAway),
])  # fmt: skip
def test_what_cannot_be_an_absence_is_refused(asked: Command, refused: type[SuiviError]) -> None:
    marie().when(asked, **HERSELF).then(refused)


def test_one_comes_back_from_what_is_not_over() -> None:
    marie(AWAY).when(ComeBack(), **HERSELF).then(CameBack()).leaving(absence=None)
    marie(WentAway(since="2024-06-20", until="2024-06-25")).when(ComeBack(), **HERSELF).then(NotAway)


@pytest.mark.parametrize("asked", [SetNotices(rhythm="daily"), BeAway(until="2024-07-01"), ComeBack()])
def test_only_oneself_and_the_keepers_say_so(asked: Command) -> None:
    marie(AWAY).when(asked).then(NoticesRole)
    for role in ("secretary", "administrator"):
        assert marie(AWAY).when(asked, roles=frozenset({role})).aggregate.new
    assert marie(AWAY).when(asked, roles=frozenset({"auditor"}), **HERSELF).aggregate.new
    assert marie(AWAY).when(asked, on_behalf_of=CASE, roles=frozenset({"officer"})).aggregate.new
    assert marie(AWAY).when(asked, roles=frozenset()).refusal


@pytest.mark.parametrize("amend", [CorrectFact(event=2, set={"hour": "10:00"}, reason="x"), RetractFact(event=2, reason="x")])
def test_what_was_set_is_set_again(amend: Command) -> None:
    marie(NoticesSet(hour="09:00")).when(amend, actor=OFFICER).then(NoticesStand)


@pytest.mark.parametrize(("one", "other", "meet"), [
    ((1, 5), (5, 9), True), ((1, 4), (5, 9), False), ((6, None), (1, 5), False), ((1, None), (9, None), True),
    ((5, 9), (1, 4), False), ((3, None), (1, 3), True),
])  # fmt: skip
def test_absences_that_meet(one: tuple[int, int | None], other: tuple[int, int | None], meet: bool) -> None:
    first, second = (Absence(date(2024, 7, a), b and date(2024, 7, b)) for a, b in (one, other))
    assert (first.meets(second), second.meets(first)) == (meet, meet)


@pytest.mark.parametrize(("words", "hour"), [("8", time(8)), ("08h05", time(8, 5)), (" 17 h 30 ", time(17, 30))])
def test_an_hour_as_people_write_it(words: str, hour: time) -> None:
    assert read_hour(words) == hour


@pytest.mark.parametrize(("day", "hour", "zone", "expected"), [
    ("2024-03-10", time(2, 30), "America/Toronto", datetime(2024, 3, 10, 7, tzinfo=UTC)),  # leapt over: it is 3:00 then
    ("2024-03-10", time(1, 59), "America/Toronto", datetime(2024, 3, 10, 6, 59, tzinfo=UTC)),
    ("2024-11-03", time(1, 30), "America/Toronto", datetime(2024, 11, 3, 5, 30, tzinfo=UTC)),  # the first of the two
    ("2024-04-26", time(0, 15), "Africa/Cairo", datetime(2024, 4, 25, 22, tzinfo=UTC)),  # a Friday, leapt over at midnight
    ("2024-06-26", time(9), "America/Toronto", datetime(2024, 6, 26, 13, tzinfo=UTC)),
])  # fmt: skip
def test_an_hour_on_the_night_that_the_clocks_change(day: str, hour: time, zone: str, expected: datetime) -> None:
    assert instant_of(date.fromisoformat(day), hour, zone) == expected
