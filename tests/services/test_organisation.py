"""The organisation as a person configures it: what they type, who else writes, what is shown."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from domain.errors import SuiviError
from domain.organisation import ORGANISATION, HoursReversed, Organisation, OrganisationRole
from domain.time import BadDate, Calendar, HourUnreadable
from services.execute import OtherRequest
from services.facts import FactUnknown, NotAChoice, OneValue
from services.organisation import (
    DayOffUnreadable,
    RecessUnreadable,
    RecessWhose,
    configure,
    organisation,
    read_command,
    shape,
)
from services.schema import Urls
from services.store import Store
from tests.services.desk import HER, HIM, Desk, opened

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(database: Urls) -> Any:
    with opened(database) as desk:
        yield desk


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-12-24", ["2026-12-24"]),
        (["2026-12-31", "2026-12-24"], ["2026-12-31", "2026-12-24"]),
        ("24 décembre", ["2026-12-24"]),
        ("24 et 31 décembre 2026", ["2026-12-24", "2026-12-31"]),
        ("2026-12-30/2027-01-02", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
        ("du 30 décembre 2026 au 1er janvier 2027", ["2026-12-30", "2026-12-31", "2027-01-01"]),
        ("", []),
    ],
)
def test_days_off_are_days_or_periods(typed: Any, days: list[str]) -> None:
    assert read_command({"days_off": typed}, TODAY).days_off == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("8:30", time(8, 30)), ("08:00", time(8)), ("8 h 30", time(8, 30)), ("9h", time(9)), ("7", time(7)), ("8\u00a0h", time(8))],
)
def test_hours_as_people_write_them(typed: str, hour: time) -> None:
    assert read_command({"opens": typed}, TODAY).opens == hour


def test_words_may_be_in_either_language() -> None:
    command = read_command({"jurisdictions": ["Québec", "ca", "Nouveau-Brunswick"], "lang": "in English"}, TODAY)
    assert (command.jurisdictions, command.lang) == (("QC", "CA", "NB"), "en")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"days_off": "bientôt"}, BadDate),
        ({"days_off": "2026-02-30"}, BadDate),
        ({"days_off": "2026-12-24/.."}, DayOffUnreadable),
        ({"days_off": "2026-12~"}, DayOffUnreadable),
        ({"days_off": "2026/2036"}, DayOffUnreadable),
        ({"days_off": {"a": "2026-12-24"}}, BadDate),
        ({"opens": "25:00"}, HourUnreadable),
        ({"closes": "le soir"}, HourUnreadable),
        ({"closes": ""}, HourUnreadable),
        ({"closes": ["17:00", "18:00"]}, OneValue),
        ({"jurisdictions": "Paris"}, NotAChoice),
        ({"lang": "de"}, NotAChoice),
        ({"lang": ""}, NotAChoice),
        ({"zones": "UTC"}, FactUnknown),
        ({"recesses": "2025-06-14/2025-09-15"}, RecessWhose),
        ({"recesses": {"Ontario": "2025-06-14/2025-09-15"}}, RecessWhose),
        ({"recesses": {"QC": "2025-06-14/.."}}, RecessUnreadable),
        ({"recesses": {"QC": "depuis le 14 juin 2025"}}, RecessUnreadable),
        ({"recesses": {"QC": "2025-06-14/2026-09-15"}}, RecessUnreadable),
        ({"recesses": {"QC": "2025-06~"}}, RecessUnreadable),
        ({"recesses": {"QC": ["2025-06-14/2025-09-15", "../2025-12-01"]}}, RecessUnreadable),
        ({"recesses": {"QC": "2025-09-15/2025-06-14"}}, BadDate),
        ({"recesses": {"QC": "pour toujours"}}, BadDate),
        ({"recesses": {"QC": {"a": "2025-06-14"}}}, BadDate),
    ],
)
def test_what_cannot_be_read_is_refused(typed: dict[str, Any], refusal: type[SuiviError]) -> None:
    with pytest.raises(refusal):
        read_command(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "recesses"),
    [
        ({"QC": "2025-06-14/2025-09-15"}, {"QC": ["2025-06-14/2025-09-15"]}),
        ({"qc": "du 14 juin au 15 septembre 2025"}, {"QC": ["2025-06-14/2025-09-15"]}),
        ({"Assemblée nationale du Québec": ["2025-07", "2025-12-24"]},
         {"QC": ["2025-07-01/2025-07-31", "2025-12-24/2025-12-24"]}),
        ({"CA": "", "QC": []}, {"QC": [], "CA": []}),
        ("", {}),
    ],
)
def test_recesses_as_people_write_them(typed: Any, recesses: dict[str, list[str]]) -> None:
    command = read_command({"recesses": typed}, TODAY)
    assert command.recesses is not None
    assert {whose: [f"{a}/{b}" for a, b in held] for whose, held in command.recesses.items()} == recesses


def test_recesses_are_shown(desk: Desk) -> None:
    configure(desk.store, HER, {"recesses": {"QC": ["2025-06-14/2025-09-15", "2025-07-01"]}})
    assert shape(desk.store, "fr")["recesses"] == {"QC": ["2025-06-14/2025-09-15"]}
    assert not desk.store.present.calendar.in_session("QC").works(date(2025, 7, 2))
    assert desk.store.present.calendar.works(date(2025, 7, 2))


def test_an_empty_store_has_what_is_usual(desk: Desk) -> None:
    assert organisation(desk.store).calendar == Calendar()
    assert shape(desk.store, "fr")["name"] is None


def test_what_is_configured_holds_here_and_elsewhere(desk: Desk, database: Urls) -> None:
    with Store(database.writer) as other:
        assert organisation(other).version == 0
        outcome = configure(desk.store, HER, {"name": "Fédération", "days_off": "2026-12-24", "opens": "8:30"})
        assert outcome.versions == {ORGANISATION: 1}
        assert desk.store.present.calendar == Calendar(days_off=frozenset({date(2026, 12, 24)}), opens=time(8, 30), version=1)
        configure(other, HER, {"closes": "17:00"})
        for store in (desk.store, other):
            assert (organisation(store).name, organisation(store).closes) == ("Fédération", time(17))
            assert organisation(store).version == 2
    desk.settle()


def test_the_same_command_holds_once(desk: Desk) -> None:
    id = UUID(int=7)
    configure(desk.store, HER, {"name": "Un"}, id)
    assert configure(desk.store, HER, {"name": "Un"}, id).repeated
    with pytest.raises(OtherRequest):
        configure(desk.store, HER, {"name": "Deux"}, id)
    assert organisation(desk.store).version == 1


def test_of_two_at_once_both_hold(desk: Desk, database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone else writes between the reading and the decision: it is decided again on what they wrote."""
    decide = Organisation.configure
    with Store(database.writer) as other:

        def late(self: Organisation, *given: Any) -> None:
            monkeypatch.setattr(Organisation, "configure", decide)
            configure(other, HER, {"closes": "17:00"})
            decide(self, *given)

        monkeypatch.setattr(Organisation, "configure", late)
        with pytest.raises(HoursReversed):
            configure(desk.store, HER, {"opens": "17:30"})
        configure(desk.store, HER, {"opens": "7:30"})
    found = organisation(desk.store)
    assert (found.opens, found.closes, found.version) == (time(7, 30), time(17), 2)


def test_an_officer_configures_nothing(desk: Desk) -> None:
    with pytest.raises(OrganisationRole):
        configure(desk.store, HIM, {"name": "Autre"})
    assert desk.count() == 0


def test_the_holidays_to_come(desk: Desk) -> None:
    shown = shape(desk.store, "fr")
    names = {each["name"] for each in shown["holidays"]}
    assert {"Jour de l’an", "Fête nationale du Québec", "Journée nationale des patriotes, Fête de la Reine"} <= names
    assert not {name for name in names if "'" in name or "Boxing" in name}
    days = [each["date"] for each in shown["holidays"]]
    assert days == sorted(days) and len(days) >= 10
    assert "Fête nationale du Québec" not in {each["name"] for each in shape(desk.store, "en")["holidays"]}
    configure(desk.store, HER, {"jurisdictions": ""})
    assert shape(desk.store, "fr")["holidays"] == []
