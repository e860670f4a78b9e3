"""The organisation: what is given takes the place of the former, and what could not be worked with is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.amendments import CorrectFact, CreationStands, RetractFact
from domain.base import FactNeeded
from domain.errors import SuiviError
from domain.organisation import (
    ORGANISATION,
    ConfigurationStands,
    ConfigureOrganisation,
    HoursReversed,
    NothingConfigured,
    NoWorkingDay,
    Organisation,
    OrganisationConfigured,
    OrganisationRole,
    RecessReversed,
    RecessUnending,
    SeasonsUnfit,
    ThresholdsReversed,
    WaitUnfit,
    YearUnfit,
    ZoneUnknown,
)
from domain.time import USUAL, Calendar, Seasons, earliest, latest, read_date, spans, use_seasons
from tests.domain.given import act

EVE = date(2026, 12, 24)
SECRETARY = frozenset({"secretary"})


def organisation(*given: dict[str, Any]) -> Organisation:
    """After these configurations."""
    made = Organisation()
    for facts in given:
        made.configure(ConfigureOrganisation(**facts), act(roles=SECRETARY))
    return made


def test_one_that_nobody_configured_is_usual_in_quebec() -> None:
    assert organisation().calendar == Calendar()
    assert organisation().lang == "fr"


def test_what_is_given_holds_and_the_rest_stays() -> None:
    made = organisation(
        {"name": "Fédération", "days_off": (date(2026, 12, 31), EVE, EVE), "opens": time(8, 30)},
        {"jurisdictions": ("QC", "ON", "QC"), "zone": "America/Halifax", "lang": "en"},
    )
    assert (made.name, made.lang, made.version) == ("Fédération", "en", 2)
    assert made.calendar == Calendar(
        zone="America/Halifax", jurisdictions=("QC", "ON"), days_off=frozenset({EVE, date(2026, 12, 31)}),
        opens=time(8, 30), version=2,
    )  # fmt: skip
    first = made.history[0].event
    assert isinstance(first, OrganisationConfigured)
    assert (first.days_off, first.zone) == ((EVE, date(2026, 12, 31)), None)
    assert Organisation.fold(made.history).calendar == made.calendar


def test_a_wait_is_late_then_very_late() -> None:
    assert (organisation().late_after, organisation().very_late_after) == (30, 60)
    made = organisation({"late_after": 10}, {"very_late_after": 11})
    assert (made.late_after, made.very_late_after) == (10, 11)


def test_an_empty_list_is_a_fact() -> None:
    made = organisation({"days_off": (EVE,)}, {"days_off": (), "jurisdictions": ()})
    assert made.calendar.works(EVE) and made.calendar.works(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({}, NothingConfigured),
        ({"name": " "}, FactNeeded),
        ({"zone": "America/Montréal"}, ZoneUnknown),
        ({"zone": "../../etc/passwd"}, ZoneUnknown),
        ({"zone": "America"}, ZoneUnknown),
        ({"opens": time(18)}, HoursReversed),
        ({"closes": time(8)}, HoursReversed),
        ({"opens": time(9), "closes": time(9)}, HoursReversed),
        ({"late_after": 60}, ThresholdsReversed),
        ({"late_after": 0}, WaitUnfit),
        ({"very_late_after": 3651}, WaitUnfit),
        ({"very_late_after": 30}, ThresholdsReversed),
        ({"days_off": tuple(date(2026, 1, 1) + timedelta(n) for n in range(365))}, NoWorkingDay),
        ({"days_off": tuple(date(2028, 1, 1) + timedelta(n) for n in range(366))}, NoWorkingDay),
    ],
)
def test_what_could_not_be_worked_with_is_refused(facts: dict[str, Any], refusal: type[SuiviError]) -> None:
    made = organisation()
    with pytest.raises(refusal):
        made.configure(ConfigureOrganisation(**facts), act(roles=SECRETARY))
    assert (made.version, made.calendar) == (0, Calendar())


def test_a_year_with_one_working_day_is_enough() -> None:
    days = (date(2028, 1, 1) + timedelta(n) for n in range(366))
    made = organisation({"days_off": tuple(day for day in days if day != date(2028, 12, 29))})
    assert made.calendar.after(date(2028, 1, 1), 1) == date(2028, 12, 29)


SUMMER = date(2025, 6, 14), date(2025, 9, 15)
WINTER = date(2025, 12, 6), date(2026, 2, 9)


def test_recesses_stand_by_legislature_in_order_and_merged() -> None:
    made = organisation(
        {"recesses": {"QC": (WINTER, SUMMER, (date(2025, 7, 1), date(2025, 9, 20)))}},
        {"recesses": {"CA": (WINTER,)}},
    )
    long = SUMMER[0], date(2025, 9, 20)
    assert made.recesses == {"QC": (long, WINTER), "CA": (WINTER,)}
    assert made.calendar.recesses == (("QC", (long, WINTER)), ("CA", (WINTER,)))
    assert Organisation.fold(made.history).calendar == made.calendar
    assert not made.calendar.in_session("QC").works(date(2025, 9, 18)) and made.calendar.works(date(2025, 9, 18))
    made.configure(ConfigureOrganisation(recesses={"QC": ()}), act(roles=SECRETARY))
    assert made.calendar.recesses == (("CA", (WINTER,)),)
    made.configure(ConfigureOrganisation(recesses={}), act(roles=SECRETARY))
    assert made.calendar == Calendar(version=4)


@pytest.mark.parametrize(
    ("periods", "refusal"),
    [
        ([(date(2025, 9, 15), date(2025, 6, 14))], RecessReversed),
        ([(date(2025, 1, 1), date(2026, 1, 2))], RecessUnending),
        ([(date(2025, 1, 1), date(9999, 12, 31))], RecessUnending),
        ([(date(2025, 1, 1), date(2025, 9, 1)), (date(2025, 9, 2), date(2026, 5, 1))], RecessUnending),  # once merged
    ],
)
def test_a_recess_that_cannot_be_is_refused(periods: list[tuple[date, date]], refusal: type[SuiviError]) -> None:
    made = organisation({"recesses": {"QC": (SUMMER,)}})
    with pytest.raises(refusal):
        made.configure(ConfigureOrganisation(recesses={"QC": tuple(periods)}), act(roles=SECRETARY))
    assert (made.version, made.recesses) == (1, {"QC": (SUMMER,)})


def test_a_whole_year_is_the_longest_recess() -> None:
    made = organisation({"recesses": {"CA": ((date(2025, 1, 1), date(2026, 1, 1)),)}})
    assert made.calendar.in_session("CA").after(date(2024, 12, 31), 1) == date(2026, 1, 2)


@pytest.mark.parametrize("role", ["officer", "auditor", "system"])
def test_it_is_for_the_secretary_and_administrators(role: str) -> None:
    with pytest.raises(OrganisationRole):
        organisation().configure(ConfigureOrganisation(name="Autre"), act(roles=frozenset({role})))
    organisation().configure(ConfigureOrganisation(name="Autre"), act(roles=frozenset({role, "administrator"})))


def test_a_new_configuration_is_the_correction() -> None:
    made = organisation({"name": "Un"}, {"name": "Deux"})
    with pytest.raises(ConfigurationStands):
        made.correct(CorrectFact(event=2, set={"name": "Trois"}, reason="faute"), act())
    with pytest.raises(ConfigurationStands):
        made.retract(RetractFact(event=2, reason="faute"), act())
    with pytest.raises(CreationStands):
        made.retract(RetractFact(event=1, reason="faute"), act())


def test_the_stream_is_the_same_for_ever() -> None:
    assert UUID("91e484fe-81fa-500d-bbbe-1f896f6dd7a8") == ORGANISATION


def test_a_change_of_zone_moves_the_hours() -> None:
    monday = date(2026, 11, 23)
    made = organisation({"zone": "America/Vancouver"})
    assert made.calendar.opening(monday) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_days_that_follow_one_another_are_a_period() -> None:
    days = [date(2026, 12, 31), EVE, date(2027, 1, 1), date(2027, 1, 4)]
    assert spans(days) == ["2026-12-24", "2026-12-31/2027-01-01", "2027-01-04"]
    assert spans([]) == []


@pytest.fixture
def seasons() -> Iterator[None]:
    """Whatever a test lets hold, the usual ones hold after it."""
    yield
    use_seasons(USUAL)


def test_seasons_that_are_named_change_and_the_others_stay() -> None:
    made = organisation({"seasons": {"winter": "12-01"}}, {"seasons": {"spring": "03-01"}, "year_begins": 4})
    assert made.seasons.said == {"spring": "03-01", "summer": "06-21", "autumn": "09-22", "winter": "12-01"}
    assert made.year_begins == 4
    assert organisation({"seasons": {"winter": "12-01"}}, {"seasons": {}}).seasons == USUAL


@pytest.mark.parametrize(
    "days",
    [
        {"winter": "02-29"}, {"spring": "07-01"}, {"summer": "06-31"}, {"winter": "05-01"}, {"autumn": "13-01"}, {"spring": "x"},
    ],
)  # fmt: skip
def test_seasons_out_of_order_or_of_the_calendar_are_refused(days: dict[str, str]) -> None:
    with pytest.raises(SeasonsUnfit):
        organisation({"seasons": days})
    with pytest.raises(YearUnfit):
        organisation({"year_begins": 13})


@pytest.mark.parametrize(
    ("days", "winter", "fall"),
    [
        ({}, (date(2023, 12, 21), date(2024, 3, 19)), date(2023, 12, 20)),
        ({"winter": "12-01", "spring": "03-01"}, (date(2023, 12, 1), date(2024, 2, 29)), date(2023, 11, 30)),
        ({"winter": "01-06", "spring": "03-01"}, (date(2024, 1, 6), date(2024, 2, 29)), date(2024, 1, 5)),
    ],
)
@pytest.mark.usefixtures("seasons")
def test_a_season_has_the_days_of_the_organisation(days: Any, winter: tuple[date, date], fall: date) -> None:
    use_seasons(Seasons.of(days))
    assert (earliest("2023-24"), latest("2023-24"), latest("2023-23")) == (*winter, fall)
    assert read_date("hiver 2024") == "2023-24"
    assert earliest("XXXX-24") is None
