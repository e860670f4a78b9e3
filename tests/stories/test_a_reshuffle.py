"""A cabinet reshuffle: one file; open threads move, the next letter goes to whoever now holds the office, and what is told
of before names who held it then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.demarche.demarche import Demarche
from domain.directory import Office
from services.home import Home
from services.imports.service import record_import
from services.letters.gathering import gathered
from services.reading import When
from services.reading.holders import holder_words
from services.schema import Urls
from tests.homes import do, opened, secretary

BEFORE = """clé;titre;titulaire;genre;depuis;législature;successeur
immigration;ministre de l’Immigration;Christine Fréchette;f;octobre 2022;QC;
francisation;ministre de la Francisation;Jean-François Roberge;m;octobre 2022;QC;
"""
RESHUFFLE = """clé;titulaire;genre;depuis;successeur;n’existe plus depuis
immigration;Jean-François Roberge;;2024-09-05;;
francisation;;;;immigration;2024-09-05
"""
MET, REPORT = date(2024, 5, 15), date(2024, 9, 18)


@pytest.fixture
def home(database: Urls, tmp_path: Path) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023")
        do(home, "2023:18", "adopt", title="Francisation")
        brought(home, tmp_path, BEFORE)
        for number, office in ((1, "immigration"), (2, "francisation")):
            do(home, f"demarche:{number}", "send", "2024-06-26", cases="2023:18", office=f"office:{office}", kind="letter")
        home.catch_up()
        yield home


def brought(home: Home, folder: Path, text: str) -> None:
    (folder / "charges.csv").write_text(text, encoding="cp1252")
    result, outcome = record_import(home, secretary(home), folder / "charges.csv")
    assert not result.problems
    home.settle(outcome)


def thread(home: Home, number: int) -> Demarche:
    found = home.store.find(Demarche, "demarche", str(number))
    assert found
    return found


def test_a_reshuffle_is_followed_to_the_next_letter(home: Home, tmp_path: Path) -> None:
    office = home.store.find(Office, "office", "immigration")
    assert office
    said = holder_words(home, office.id, MET, When("2024-09-04"), "fr")
    assert said == "la ministre de l’Immigration, Christine Fréchette"
    brought(home, tmp_path, RESHUFFLE)
    assert [thread(home, number).office for number in (1, 2)] == [office.id, office.id]
    for number in (1, 2):
        letter = gathered(home.store, thread(home, number), [], REPORT)
        assert letter.to.holder and letter.to.holder.name == "Jean-François Roberge"
        assert letter.to.office == "ministre de l’Immigration"
    said = holder_words(home, office.id, MET, When(REPORT.isoformat()), "fr")
    assert said.to == "à la ministre de l’Immigration de l’époque, Christine Fréchette"
    assert holder_words(home, office.id, MET, When(REPORT.isoformat()), "en") == (
        "Christine Fréchette, then ministre de l’Immigration"
    )
    home.catch_up()
    assert holder_words(home, office.id, REPORT, When(), "fr") == "le ministre de l’Immigration, Jean-François Roberge"
