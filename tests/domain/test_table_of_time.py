"""Every expression that the requirements list is read as they say, in French and in English."""

from __future__ import annotations

import pytest

from domain.time import BadDate
from domain.time.schedules import Context, Schedule, read_schedule
from domain.time.schedules.chains import read_chain
from tests.domain.expressions import short
from tests.domain.table_of_time import TABLE, Row

ROWS = [(name, context, row) for name, (context, rows) in TABLE.items() for row in rows]
FIRST_ROWS = {"2024-2025", "1er mai", "(1er mai)", "(24 septembre)", "le 14 février", "T2 2025",
              "T4 2025", "2e trimestre", "deux semaines avant l'AG"}  # fmt: skip
"""Words of which another reading than the expected one may come first."""


def meanings(words: str, context: Context) -> list[Schedule]:
    return [reading.schedule for reading in read_schedule(words, context)]


def alike(schedule: Schedule) -> tuple[object, ...]:
    """All but what it waits for, which each language calls otherwise."""
    relation = schedule.upon and schedule.upon.relation
    return (schedule.kind, schedule.edtf, schedule.duration, schedule.rrule, schedule.times, relation, schedule.confirmed)


@pytest.mark.parametrize(("name", "context", "row"), ROWS, ids=[f"{name}: {row.words}" for name, _, row in ROWS])
def test_the_words_mean_what_the_requirements_say(name: str, context: Context, row: Row) -> None:
    found = meanings(row.words, context._replace(**row.around))
    assert row.expected in [short(each) for each in found]
    assert row.words in FIRST_ROWS or short(found[0]) == row.expected
    assert {each.words for each in found} == {row.words}


@pytest.mark.parametrize(
    ("context", "row"), [(context, row) for _, context, row in ROWS if row.english], ids=lambda each: getattr(each, "english", "")
)
def test_the_english_words_mean_the_same(context: Context, row: Row) -> None:
    around = context._replace(**row.around)
    french = next(each for each in meanings(row.words, around) if short(each) == row.expected)
    assert alike(french) in [alike(each) for each in meanings(row.english, around)]


def test_what_may_be_two_things_is_never_decided() -> None:
    two = read_schedule("deux semaines avant l'AG", Context("2025-01-15"))
    assert [each.confidence for each in two] == ["medium", "medium"]
    quarter = read_schedule("T2 2025", Context("2025-01-15", year_begins=4))
    assert [short(each.schedule) for each in quarter] == ["once 2025-04/2025-06", "once 2025-07/2025-09"]
    assert {each.confidence for each in quarter} == {"medium"}


@pytest.mark.parametrize("words", ["T5 2025", "Q0 2025", "5e trimestre 2025", "T3-T1 2025", "0x/mois", "2x/", "1x/lune",
                                   "deux semaines avant le 30 février 2025"])  # fmt: skip
def test_what_no_calendar_has_is_refused(words: str) -> None:
    with pytest.raises(BadDate):
        read_schedule(words, Context("2025-01-15"))


def test_the_chain_of_a_day_put_off_twice() -> None:
    told = "prévue le 7 février 2020 (annulée 7 février, remise au 27 mars, annulée)"
    steps = [(step.turn, step.edtf) for step in read_chain(told, Context("2019-11-14", period="2019/2022"))]
    assert steps == [("planned", "2020-02-07"), ("cancelled", "2020-02-07"), ("postponed", "2020-03-27"),
                     ("cancelled", "2020-03-27")]  # fmt: skip
