"""Offices in sentences: titles agree with who holds them, and those who left are « de l’époque »."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from domain.directory import Appointed, Office, OfficeCreated, OfficeMerged, OfficeRenamed, TermEnded
from projections.phrases.offices import holder_noun, title_noun, title_of
from tests.domain.given import OTHER, PERSON, recorded


class Someone(NamedTuple):
    name: str
    gender: str | None


HER, HIM, ANYONE = Someone("Christine Fréchette", "f"), Someone("Jean Boulet", "m"), Someone("Dominique Roy", None)
IMMIGRATION = OfficeCreated(key="immigration", name="ministre de l’Immigration")
EVENT, REPORT = date(2024, 5, 15), date(2024, 9, 18)


def office(*events: Any, created: OfficeCreated = IMMIGRATION) -> Office:
    return Office.fold(recorded([created, *events]))


def taken(person: Any = PERSON, charge: str = "holder", since: str = "2022-10") -> Appointed:
    return Appointed(person=person, charge=charge, occurred=since)


LEFT = TermEnded(person=PERSON, charge="holder", occurred="2024-09-05")


@pytest.mark.parametrize(
    ("holder", "events", "plain", "to", "of"),
    [
        (HER, (taken(), LEFT), "la ministre de l’Immigration de l’époque, Christine Fréchette",
         "à la ministre de l’Immigration de l’époque, Christine Fréchette",
         "de la ministre de l’Immigration de l’époque, Christine Fréchette"),
        (HIM, (taken(), LEFT), "le ministre de l’Immigration de l’époque, Jean Boulet",
         "au ministre de l’Immigration de l’époque, Jean Boulet", "du ministre de l’Immigration de l’époque, Jean Boulet"),
        (HER, (taken(),), "la ministre de l’Immigration, Christine Fréchette",
         "à la ministre de l’Immigration, Christine Fréchette", "de la ministre de l’Immigration, Christine Fréchette"),
        (HIM, (taken(charge="interim"),), "le ministre de l’Immigration par intérim, Jean Boulet",
         "au ministre de l’Immigration par intérim, Jean Boulet", "du ministre de l’Immigration par intérim, Jean Boulet"),
        (ANYONE, (taken(), LEFT), "Dominique Roy, titulaire à l’époque de la charge de ministre de l’Immigration",
         "à Dominique Roy, titulaire à l’époque de la charge de ministre de l’Immigration",
         "de Dominique Roy, titulaire à l’époque de la charge de ministre de l’Immigration"),
        (None, (), "la ou le ministre de l’Immigration", "à la ou au ministre de l’Immigration",
         "de la ou du ministre de l’Immigration"),
        (HER, (taken(), OfficeMerged(into=OTHER, occurred="2024-09-01")),
         "la ministre de l’Immigration de l’époque, Christine Fréchette",
         "à la ministre de l’Immigration de l’époque, Christine Fréchette",
         "de la ministre de l’Immigration de l’époque, Christine Fréchette"),
    ],
)  # fmt: skip
def test_in_french(holder: Any, events: tuple[Any, ...], plain: str, to: str, of: str) -> None:
    noun = holder_noun(office(*events), holder, EVENT, REPORT, "fr")
    assert (noun, noun.to, noun.of) == (plain, to, of)


@pytest.mark.parametrize(
    ("holder", "events", "said"),
    [
        (HER, (taken(), LEFT), "Christine Fréchette, then ministre de l’Immigration"),
        (HER, (taken(),), "Christine Fréchette, ministre de l’Immigration"),
        (HER, (taken(charge="interim"),), "Christine Fréchette, interim ministre de l’Immigration"),
        (None, (), "the ministre de l’Immigration"),
    ],
)
def test_in_english(holder: Any, events: tuple[Any, ...], said: str) -> None:
    assert holder_noun(office(*events), holder, EVENT, REPORT, "en") == said


def test_of_two_holders_at_once_the_first_has_not_left() -> None:
    both = office(taken(), taken(person=OTHER, since="2024-06"))
    assert "époque" not in holder_noun(both, HER, EVENT, REPORT, "fr")


def test_the_title_is_that_of_the_day() -> None:
    renamed = office(taken(), OfficeRenamed(name="ministre de la Francisation", occurred="2024-09-05"))
    assert holder_noun(renamed, HER, EVENT, REPORT, "fr").startswith("la ministre de l’Immigration, ")
    assert holder_noun(renamed, HER, REPORT, REPORT, "fr").startswith("la ministre de la Francisation, ")


def test_a_title_has_its_feminine_and_an_institution_its_article() -> None:
    treasury = {"name": "président du Conseil du trésor", "feminine": "présidente du Conseil du trésor"}
    assert title_noun(**treasury, lang="fr", gender="f").of == "de la présidente du Conseil du trésor"
    assert title_noun(**treasury, lang="fr").to == "à la présidente du Conseil du trésor ou au président du Conseil du trésor"
    assert title_noun("Ministre du Travail", "fr", "m") == "le ministre du Travail"
    assert title_noun("ambassadeur", "fr", "f", "ambassadrice").to == "à l’ambassadrice"
    assert title_of("Ministre du Travail", "f") == "ministre du Travail"
    ministry = office(taken(), LEFT, created=OfficeCreated(key="m", name="ministère du Travail"))
    assert holder_noun(ministry, HER, EVENT, REPORT, "fr").of == "du ministère du Travail (à l’époque, Christine Fréchette)"


@pytest.mark.parametrize(
    ("style", "treasury", "work", "general"),
    [
        ("doublets", "de la présidente du Conseil ou du président du Conseil",
         "de la ministre du Travail ou du ministre du Travail",
         "de la secrétaire générale ou du secrétaire général"),
        ("middle_dots", "de la ou du président·e du Conseil", "de la ou du ministre du Travail",
         "de la ou du secrétaire général·e"),
        ("dot", "de la ou du président.e du Conseil", "de la ou du ministre du Travail",
         "de la ou du secrétaire général.e"),
        ("slash", "de la ou du président/e du Conseil", "de la ou du ministre du Travail",
         "de la ou du secrétaire général/e"),
        ("none", "du président du Conseil", "du ministre du Travail", "du secrétaire général"),
    ],
)  # fmt: skip
def test_where_nobody_is_known_the_house_says_how_both_are_written(style: Any, treasury: str, work: str, general: str) -> None:
    def of(name: str, feminine: str) -> str:
        return title_noun(name, "fr", None, feminine, style).of

    assert of("président du Conseil", "présidente du Conseil") == treasury
    assert of("ministre du Travail", "ministre du Travail") == work
    assert of("secrétaire général", "secrétaire générale") == general
    twice = title_noun("directeur général", "fr", None, "directrice générale", style)
    assert twice == ("le directeur général" if style == "none" else "la directrice générale ou le directeur général")
    assert title_noun("administrateur", "fr", None, "administratrice", "dot").to == "à l’administrateur.trice"
