"""The pages of offices, bodies and people: who held what, what was written, what is theirs to follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.schema import Urls
from tests.homes import do, opened
from tests.threads import year
from tests.web.browser import Browser, entered
from tests.web.desk import Town, serving

ODD = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def place(database_of_module: Urls) -> Iterator[Town]:
    with opened(database_of_module) as home, serving(database_of_module) as client:
        year(home)
        do(home, "body:velo", "create", name="Comité du vélo", kind="comité")
        do(home, "body:velo", "appoint", person="person:ana", charge="chair", occurred="2023-06-01")
        do(home, "2023:17", "refer", body="body:velo", due="2027-03")
        do(home, "2023:22", "assign", owner="person:ana")
        do(home, "office:odd", "create", name=ODD)
        home.catch_up()
        found = Town(home, client)
        found.someone("vera", "auditor")
        yield found


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def test_every_office_with_who_speaks_for_it_and_who_is_silent(ana: Browser) -> None:
    sheet = ana.read("/charges")
    lines = {line.one("a").text: line for line in sheet.root.one("ul", class_="entries").all("li")}
    assert "Paul Gagné" in lines["Ministre de l’Environnement"].text
    assert "2 démarches 2 sans réponse" in lines["Ministre de l’Environnement"].text
    assert "titulaire non saisi" in lines["Ministre de la Sécurité publique"].text
    assert lines["Ministre de l’Éducation"].one("a").attributes["href"] == "/charges/education"
    assert ODD in sheet.main.text and ODD not in sheet.answer.text


def test_who_held_an_office_and_since_when(ana: Browser) -> None:
    sheet = ana.read("/charges/immigration")
    assert sheet.root.one("h1").text == "Ministre de l’Immigration"
    terms = [line.text for line in sheet.root.one("ul", class_="terms").all("li")]
    assert terms[0].startswith("Noé Caron") and terms[1].startswith("Luce Bédard")
    assert "2022" in terms[1] and "5 septembre 2024" in terms[1]
    drawn = sheet.root.one("section", aria_labelledby="titulaires")
    assert drawn.all("svg") and drawn.one("table")  # the figure, and the table that says the same
    then = ana.read("/charges/immigration", as_of="2024-06-01")
    assert "Luce Bédard" in then.root.one("dl", class_="block").text
    assert "Noé Caron" not in then.root.one("dl", class_="block").text


def test_what_was_written_to_it_and_who_answers(ana: Browser) -> None:
    sheet = ana.read("/charges/environnement")
    table = sheet.root.one("table", class_="office-threads")
    assert [row.one("th").text for row in table.one("tbody").all("tr")] == ["17", "23"]
    assert table.one("tbody").all("tr")[0].one("td", class_="title").one("a").attributes["href"] == "/correspondance/1"
    answers = sheet.root.one("section", aria_labelledby="qui-repond")
    assert "Cette charge : 2 démarches et 0 réponses." in answers.text and "Sans réponse" in answers.text
    assert sheet.root.one("div", class_="bar").all("a")[0].attributes["href"].startswith("/correspondance/nouvelle")


def test_an_office_that_nobody_wrote_to(ana: Browser) -> None:
    sheet = ana.read("/charges/odd")
    assert "Cette charge n’a reçu aucun écrit de nous." in sheet.text and "Aucun titulaire n’est connu." in sheet.text
    assert "<img" not in sheet.answer.text


def test_bodies_and_what_was_referred_to_them(ana: Browser) -> None:
    (line,) = ana.read("/instances").root.one("ul", class_="entries").all("li")
    assert "Comité du vélo" in line.text and "ana, présidence" in line.text
    sheet = ana.read("/instances/velo")
    assert "Résolution 17" in sheet.root.one("section", aria_labelledby="confies").text
    assert sheet.root.one("section", aria_labelledby="charges").one("a").attributes["href"] == "/personnes/ana"


def test_people_and_what_is_theirs(ana: Browser) -> None:
    assert {"ana", "Paul Gagné"} <= {link.text for link in ana.read("/personnes").main.all("a", class_="what")}
    sheet = ana.read("/personnes/ana")
    assert "Résolution 22" in sheet.root.one("section", aria_labelledby="suivis").text
    assert sheet.root.one("section", aria_labelledby="charges").one("a").attributes["href"] == "/instances/velo"
    held = ana.read("/personnes/luce").root.one("section", aria_labelledby="charges")
    assert [link.attributes["href"] for link in held.all("a")] == ["/charges/emploi", "/charges/immigration"]


@pytest.mark.parametrize("path", ["/charges/education", "/instances/velo", "/personnes/ana"])
def test_what_can_be_done_is_for_those_who_may(place: Town, ana: Browser, path: str) -> None:
    assert f"{path}/agir/" in ana.read(path).answer.text
    assert "/agir/" not in entered(place, "vera").read(path).answer.text
    assert "/agir/" not in ana.read(path, as_of="2025-01-01", known_at="2100-01-01").answer.text


@pytest.mark.parametrize("path", ["/charges", "/instances", "/personnes"])
def test_what_is_not_there(ana: Browser, path: str) -> None:
    ana.read(f"{path}/nulle-part", 404)


def test_english(ana: Browser) -> None:
    sheet = ana.read("/charges/environnement", lang="en")
    assert "Who answers" in sheet.text and "This office: 0 of 2 threads answered." in sheet.text
    assert "Bodies" in ana.read("/instances", lang="en").text and "People" in ana.read("/personnes", lang="en").text
