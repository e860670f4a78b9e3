"""A reminder that someone asked for goes to them alone, whatever became of the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from services.accounts import enter
from services.execute import Actor
from services.schema import Urls
from tests.services.mailing import ZONE, PostOffice, post_office

ON = datetime(2024, 10, 7, 8, 30, tzinfo=ZONE)  # three weeks after the beginning, a Monday


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        yield office


def marie(office: PostOffice) -> Actor:
    return enter(office.store, "marie")[0]


def asked(office: PostOffice, until: str = "dans trois semaines") -> str:
    """A case that nobody follows and that is not due; Marie asks to be reminded of it."""
    office.do("2023:17", "adopt", titles={"17": "Un jardin"})
    office.do("2023:17", "remind-me", by=marie(office), until=until, text="Rappeler « la ministre »")
    return "2023:17"


def said(office: PostOffice) -> list[str]:
    return [" ".join((row["body"] or "").replace("\u00a0", " ").split()) for row in office.rows()]


def test_she_alone_is_told_though_the_case_is_over(office: PostOffice) -> None:
    ref = asked(office)
    office.do(ref, "close-undone", reason="manque de temps")
    assert office.ring(datetime(2024, 10, 4, 17, tzinfo=ZONE)) == 0
    assert office.ring(ON) == 1
    (row,) = office.rows()
    assert row["recipient"] == marie(office).person and "rappel demandé" in row["subject"]
    (text,) = said(office)
    for words in ("Vous avez demandé qu’on vous rappelle ce dossier le 7 octobre 2024.",
                  "Vous aviez écrit : Rappeler « la ministre »",
                  "parce que vous l’avez demandé; personne d’autre ne le reçoit.", "C’est le dernier rappel.",
                  "acknowledge-step --set clock=personal"):  # fmt: skip
        assert words in text
    for absent in ("retard", "Déjà fait", "à la place"):
        assert absent not in text


def test_on_a_monday_for_a_saturday_nobody_is_late(office: PostOffice) -> None:
    asked(office, "2024-10-05")
    assert office.ring(ON) == 1
    assert "retard" not in said(office)[0] and "le 5 octobre 2024" in said(office)[0]


def test_without_an_address_nobody_is_told_instead(office: PostOffice) -> None:
    """It waits for her in the application."""
    asked(office)
    office.do("person:marie", "set-address", mail="")
    office.ring(ON)
    assert {row["recipient"] for row in office.rows()} == {marie(office).person}


def test_what_was_called_off_does_not_come(office: PostOffice) -> None:
    ref = asked(office)
    office.do(ref, "acknowledge-step", by=marie(office), clock="personal")
    assert office.ring(ON) == 0 and office.rows() == []
