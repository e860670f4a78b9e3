"""The correspondence and the page of a thread: who has not answered, since when, what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.reading import When
from services.reading.correspondence import correspondence
from services.reading.demarches import Asked
from services.schema import Urls
from tests.homes import do, opened
from tests.threads import year
from tests.web.browser import Browser, Element, Sheet, entered
from tests.web.desk import Town, serving

ODD = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def place(database_of_module: Urls) -> Iterator[Town]:
    with opened(database_of_module) as home, serving(database_of_module) as client:
        year(home)
        do(home, "demarche:5", "note", text=ODD)
        home.catch_up()
        found = Town(home, client)
        found.someone("vera", "auditor")
        found.someone("max", "member")
        yield found


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def rows(sheet: Sheet) -> list[Element]:
    return sheet.root.one("table").one("tbody").all("tr")


def numbers(sheet: Sheet) -> list[str]:
    return [row.one("th").text for row in rows(sheet)] if sheet.root.all("table") else []


def views(sheet: Sheet) -> dict[str, str]:
    return {link.text: link.attributes["href"] for link in sheet.root.one("nav", class_="views").all("a")}


def test_those_who_do_not_answer_come_first_the_longest_wait_at_the_head(ana: Browser) -> None:
    sheet = ana.read("/correspondance")
    assert numbers(sheet) == ["1", "7", "8", "6"]
    first = rows(sheet)[0]
    assert "Environnement" in first.text and "très en retard" in first.text and first.all(class_="flag")
    assert first.one(class_="c-outcome").text == "Sans réponse"
    assert first.one("td", class_="title").one("a").attributes["href"] == "/correspondance/1"
    assert first.one("td", class_="c-cases").one("a").attributes["href"] == "/dossiers/2023:17"


def test_each_view_says_how_many_it_has(ana: Browser) -> None:
    found = views(ana.read("/correspondance"))
    assert list(found) == ["Sans réponse 4", "Chez les autorités 4", "À nous 1", "Toutes 8"]
    for label, href in found.items():
        assert len(numbers(ana.read(href))) == int(label.split()[-1])


def test_one_office(ana: Browser) -> None:
    sheet = ana.read("/correspondance", vue="toutes", charge="office:environnement")
    assert numbers(sheet) == ["1", "8"] and "Toutes 2" in views(sheet)
    chosen = [each.text for each in sheet.root.one("select").all("option") if "selected" in each.attributes]
    assert chosen == ["Ministre de l’Environnement"]
    assert "Aucune démarche avec cette charge ici." in ana.read("/correspondance", charge="office:economie").text
    ana.read("/correspondance", 404, charge="office:nulle-part")


@pytest.mark.parametrize("view", [Asked(unanswered=True), Asked(turn="them"), Asked()])
def test_page_after_page_each_thread_once(place: Town, view: Asked) -> None:
    found, after = [], None
    while True:
        page = correspondence(place.home, When(), view, None, after, 3)
        found += [row["number"] for row in page.rows]
        if (after := page.next) is None:
            break
    whole = correspondence(place.home, When(), view, None, None, 100)
    assert found == [row["number"] for row in whole.rows] and len(found) == len(set(found)) > 3


def outcomes(ana: Browser, day: str) -> dict[str, str]:
    """Number -> what had come of it by a day."""
    sheet = ana.read("/correspondance", vue="toutes", as_of=day)
    return {row.one("th").text: row.one(class_="c-outcome").text for row in rows(sheet)}


def test_the_past_is_told_and_counted_as_it_was(ana: Browser) -> None:
    sheet = ana.read("/correspondance", vue="toutes", as_of="2024-05-03")
    assert set(numbers(sheet)) == {"1", "2", "3", "4", "5"} and "Toutes 5" in views(sheet)
    assert not sheet.main.all("a", class_="first")
    assert outcomes(ana, "2024-07-03")["2"] == "Sans réponse"
    assert outcomes(ana, "2024-07-05")["2"] == "Renvoyée ailleurs"
    first = ana.read("/correspondance", as_of="2024-05-03")
    assert f"Sans réponse {len(numbers(first))}" in views(first)


def test_a_thread_says_where_it_stands_and_where_it_goes_on(ana: Browser) -> None:
    sheet = ana.read("/correspondance/2")
    assert sheet.root.one("h1").text == "Ministre des Ressources naturelles"
    block = {cell.one("dt").text: cell.all("dd")[0].text for cell in sheet.root.one("dl", class_="block").all("div")}
    assert block["Issue"] == "Renvoyée ailleurs" and "Odile Marin" in block["Titulaire"]
    assert "Résolution 17" in sheet.root.one("section", aria_labelledby="dossiers").text
    onward = sheet.root.one("section", aria_labelledby="faits").one("a")
    assert onward.attributes["href"] == "/correspondance/1" and "ministre de l’Environnement" in onward.text
    said = [one.one(class_="said").text for one in sheet.root.all("ol", class_="timeline")[0].all("li")]
    assert said[0].startswith("On nous dirige vers") and "Rencontre tenue avec le cabinet" in said[1]


def test_what_can_be_done_about_a_silent_office_and_what_cannot(ana: Browser) -> None:
    sheet = ana.read("/correspondance/1")
    bar = {one.text: one.attributes["href"] for one in sheet.root.one("div", class_="bar").all("a")}
    assert next(iter(bar.items())) == ("Relancer", "/correspondance/1/agir/remind")
    assert bar["Consigner une réponse"] == "/correspondance/1/agir/answer"
    locked = {one.one(class_="name").text: one.one(class_="why").text
              for each in sheet.root.all("ul", class_="shut") for one in each.all("li")}  # fmt: skip
    assert "Rouvrir" in locked and "Déplacer la rencontre" in locked and all(locked.values())
    letter = sheet.root.one("p", class_="follow").one("a").attributes["href"]
    assert letter.startswith("/api/v1/demarches/1/letter") and ana.ask(letter).content.startswith(b"PK")


def test_nothing_is_done_in_the_past_nor_by_an_auditor(place: Town, ana: Browser) -> None:
    assert "/agir/" not in ana.read("/correspondance/1", as_of="2024-07-01").answer.text
    sheet = entered(place, "vera").read("/correspondance/1")
    assert "/agir/" not in sheet.answer.text and "il faut le rôle d’officier" in sheet.text


@pytest.mark.parametrize("path", ["/correspondance", "/correspondance/1", "/charges/environnement", "/personnes"])
def test_a_member_reads_no_correspondence(place: Town, path: str) -> None:
    assert "Environnement" not in entered(place, "max").read(path, 403).text


def test_what_is_typed_is_never_read_as_a_page(ana: Browser) -> None:
    sheet = ana.read("/correspondance/5")
    assert ODD in sheet.main.text and ODD not in sheet.answer.text


def test_english(ana: Browser) -> None:
    assert next(iter(views(ana.read("/correspondance", lang="en")))) == "Unanswered 4"
    sheet = ana.read("/correspondance/2", lang="en")
    assert "Sent elsewhere" in sheet.text and sheet.root.one("h1").attributes["lang"] == "fr-CA"


@pytest.mark.parametrize("number", ["99", "0", "9" * 30])
def test_an_unknown_thread(ana: Browser, number: str) -> None:
    ana.read(f"/correspondance/{number}", 404)
