"""Assemblies: what became of each number, what is missing and why, now and as it stood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.reading import progress as reading
from services.schema import Urls
from tests.homes import do
from tests.web.browser import Sheet, entered
from tests.web.demonstration import as_someone, demonstrated
from tests.web.desk import Town

PATH = "/assemblees/demo-2023"


@pytest.fixture
def demo(own_september: Urls) -> Iterator[Town]:
    with demonstrated(own_september) as found:
        yield found


def lines(sheet: Sheet) -> list[list[str]]:
    """The table of the page, not that of its figure."""
    (table,) = sheet.root.all("table", class_="list")
    return [[cell.text for cell in row.all("th", "td")] for row in table.one("tbody").all("tr")]


def test_every_number_is_told_and_what_became_of_it(demo: Town) -> None:
    sheet = entered(demo).read(PATH)
    rows = lines(sheet)
    assert len(rows) == 25 + 7 and [row[0] for row in rows[:5]] == ["1", "2", "3", "4", "5 – 33 – 36"]
    assert rows[1] == ["2", "absent du suivi, sans raison connue"]
    assert rows[0][1:3] == ["Ajout de postes permanents au recrutement", "Confiée"]
    assert "On attend : Syndicat international." in rows[0][3] and "Prochaine date : 30 septembre 2024." in rows[0][3]
    text = sheet.main.text
    assert "29 numéros, 25 dossiers." in text and "Quorum : constaté à l’ouverture des travaux" in text
    assert "Numéros absents du suivi : 2, 4, 9, 15, 26, 34 et 35, sans raison connue." in text
    counted = [one.text for one in sheet.root.one("p", class_="counted").all("span", class_="n")]
    assert counted == ["2 confiées", "15 en cours", "1 remise", "2 bloquées", "5 closes, réalisées"]
    comb = sheet.root.one("figure", class_="comb").one("tbody").all("tr")
    assert [row.one("th").text for row in comb] == [str(n) for n in range(1, 37)]


def test_what_became_of_a_number_without_a_case(demo: Town) -> None:
    do(demo.home, "assembly:demo-2023", "settle-numbers", numbers={"2": "defeated", "4": "withdrawn", "9": "not_reached"})
    demo.home.catch_up()
    text = entered(demo).read(PATH).main.text
    assert "Rejetée : 2." in text and "Retirée : 4." in text
    assert "Numéros absents du suivi : 15, 26, 34 et 35, sans raison connue." in text


def test_at_the_two_times_it_is_as_it_stood(demo: Town) -> None:
    browser = entered(demo)
    then = browser.read(PATH, as_of="2024-07-01")
    assert "19 en cours" in then.main.text and not then.root.all("a", class_="first"), "nothing can be recorded there"
    assert [row[2] for row in lines(then) if row[0] == "17"] == ["En cours"]
    assert [row[2] for row in lines(browser.read(PATH)) if row[0] == "17"] == ["Bloquée"]
    assert "19 en cours" in browser.read("/assemblees", as_of="2024-07-01").main.text
    browser.read(PATH, status=404, known_at="2000-01-01")
    browser.read("/assemblees/inconnue", status=404)


def test_the_list_counts_what_the_reader_sees(demo: Town) -> None:
    member = as_someone(demo, "maxime", "member")
    assert "25 dossiers" in entered(demo).read("/assemblees").main.text
    text = member.read("/assemblees").main.text
    assert "24 dossiers" in text and not member.read(PATH).main.all("section", class_="no-print")
    do(demo.home, "demo-2023:22", "restrict", visibility="named", people=["person:ana"])
    demo.home.catch_up()
    sheet = member.read(PATH)
    assert "23 dossiers" in sheet.main.text and "Resserrement" not in sheet.text and "1 bloquée" in sheet.main.text
    assert "22" not in [row[0] for row in lines(sheet)], "it is not told as missing either"
    assert "22" not in [row[0] for row in lines(as_someone(demo, "olivier", "officer").read(PATH))]


def test_a_long_assembly_is_read_page_by_page(demo: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 10)
    browser = entered(demo)
    for more in ({}, {"as_of": "2024-09-18"}):
        seen: list[str] = []
        sheet = browser.read(PATH, **more)
        while True:
            seen += [row[0] for row in lines(sheet)]
            assert "25 dossiers" in sheet.main.text, "the counts are of all of it"
            following = [link for link in sheet.main.all("a") if link.text == "Page suivante"]
            if not following:
                break
            sheet = browser.read(following[0].attributes["href"])
        assert len(seen) == len(set(seen)) == 25


def test_what_an_assembly_has_been_called_is_no_markup(demo: Town) -> None:
    do(demo.home, "assembly:autre", "create", name="<script>alert(1)</script>", date="2025")
    demo.home.catch_up()
    sheet = entered(demo).read("/assemblees")
    assert "<script>alert(1)</script>" in sheet.main.text and not sheet.main.all("script")
    assert sheet.main.all("h2")[0].text.startswith("<script>"), "the latest first"
    assert "25 dossiers" in entered(demo).read("/").main.text, "the latest that has cases"
