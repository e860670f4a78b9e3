"""The pages of the history: the log with its filters, a date, two dates compared, a case step by step."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.web.browser import Browser, entered
from tests.web.desk import Town


@pytest.fixture
def busy(place: Town) -> Town:
    place.do("17", "start", occurred="2023-06-01")
    place.do("17", "note", text="Le maire a été rencontré", occurred="2024-02-03")
    place.do("17", "assign", owner="person:ana")
    place.do("demarche:1", "send", cases=["2023:17"], kind="open_letter", occurred="2024-03-01")
    place.do("demarche:1", "fix-meeting", date="2031-02-03")
    place.do("17", "correct", event="@2", set={"occurred": "2023-07-01"}, reason="erreur de mois")
    place.do("6", "add-task", text="Compter les bancs")
    return place


@pytest.fixture
def ana(busy: Town) -> Browser:
    return entered(busy)


def test_the_log_is_told_the_latest_first(ana: Browser) -> None:
    sheet = ana.read("/historique")
    told = [entry.one("p", class_="said").text for entry in sheet.main.all("ol", class_="log-entries")[0].all("li")]
    assert "Compter les bancs" in told[0] and any("Le maire a été rencontré" in each for each in told)
    link = sheet.main.all("li", class_="row")[0].one(class_="no").one("a")
    assert link.text == "5 – 6" and link.attributes["href"].startswith("/dossiers/2023:5#entree-")
    assert "Corrigé par l’inscription" in sheet.main.text


def test_its_filters_are_in_the_address(ana: Browser) -> None:
    def told(**asked: Any) -> int:
        return len(ana.read("/historique", **asked).main.all("p", class_="said"))

    everything = told()
    assert told(quoi="note") == told(corrections="1") == 1
    assert 0 < told(dossier="17") < everything and told(dossier="2023:5") == 2
    assert told(du="2001", au="juin 2002") == 0 < told(du="2001") == told(qui="person:ana") == everything
    assert told(tout="1") > everything
    for asked in ({"du": "hier soir"}, {"dossier": "2023:99"}, {"quoi": "rien"}, {"qui": "Personne"}, {"avant": "x"}):
        sheet = ana.read("/historique", 422, **asked)
        assert sheet.main.one("p", class_="fault").text
        kept = {name: typed for name, typed in asked.items() if name in ("du", "dossier")}
        assert all(sheet.main.one(id=name).attributes["value"] == typed for name, typed in kept.items())


def test_page_after_page_to_the_first_entry(busy: Town, ana: Browser) -> None:
    for n in range(60):
        busy.do("17", "note", text=f"Note {n}")
    sheet = ana.read("/historique")
    assert len(sheet.main.all("p", class_="said")) == 50
    last = Browser(busy.nobody, ana.cookie).read(sheet.main.one("a", rel="next").attributes["href"])
    assert "Première page" in last.main.text and not last.main.all("a", rel="next")


def test_what_a_file_of_the_log_holds(ana: Browser) -> None:
    answer = ana.ask("/historique/journal.csv", quoi="note")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert answer.headers["content-disposition"].startswith('attachment; filename="suivi-journal-')
    assert (
        rows[0][0] == "Numéro de l’inscription" and len(rows) == 2 and rows[1][4] == "2023:17" and "maire" in rows[1][6]
    )


def test_two_dates_compared(ana: Browser) -> None:
    sheet = ana.read("/historique/comparer", de="1er janvier 2024", a="2 mars 2024", lecture="arrive")
    assert "1 dossier a changé : 3 ajouts. 1 n’a pas bougé." in sheet.main.one("p", class_="lead").text
    (case,) = sheet.main.one("table", class_="diff").all("tbody")
    assert case.one("th", class_="no").text == "17"
    assert "Le maire a été rencontré (3 février 2024)" in case.text and not sheet.main.all("tr", class_="removed")
    back = ana.read("/historique/comparer", de="2 mars 2024", a="1er janvier 2024", lecture="arrive")
    assert back.main.one("input", id="de").attributes["value"] == "1er janvier 2024"
    assert case.text == back.main.one("table", class_="diff").all("tbody")[0].text, "the earlier is always on the left"
    nothing = ana.read("/historique/comparer", de="2001", a="2002")
    assert "Rien n’a changé entre ces deux dates." in nothing.main.text


def test_what_was_known_is_the_other_reading(ana: Browser) -> None:
    sheet = ana.read("/historique/comparer", de="2001", a="")
    assert {row.one("ins").text for row in sheet.main.all("tr", class_="added")} == {
        "Résolution 17 : en cours", "Résolution 5 – 6 : adoptée",
    }  # fmt: skip
    assert "2 dossiers ont changé : 2 ajouts." in sheet.main.text


def test_a_date_that_cannot_be_read_is_kept_and_told(ana: Browser) -> None:
    sheet = ana.read("/historique/comparer", 422, de="avant-hier midi", a="2024")
    assert sheet.main.one("input", id="de").attributes == sheet.main.one("input", id="de").attributes | {
        "value": "avant-hier midi", "aria-invalid": "true"}  # fmt: skip
    assert not sheet.main.all("table")
    assert ana.ask("/historique/comparer.csv", de="avant-hier midi").status_code == 422
    sheet = ana.read("/historique/vers", 422, jour="un de ces jours", vers="/dossiers")
    assert sheet.main.one("input", id="date-jour").attributes["value"] == "un de ces jours"


def test_a_file_of_what_changed(ana: Browser) -> None:
    answer = ana.ask("/historique/comparer.csv", de="1er janvier 2024", a="2 mars 2024", lecture="arrive")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-2:] == ["Au 1er janvier 2024", "Au 2 mars 2024"] and {row[0] for row in rows[1:]} == {"2023:17"}


@pytest.mark.parametrize(("asked", "there"), [
    ({"jour": "juin 2024", "vers": "/dossiers?state=blocked"}, "/dossiers?state=blocked&known_at=2024-06-30"),
    ({"jour": "30 juin 2024", "lecture": "arrive", "vers": "/dossiers/2023:17"}, "/dossiers/2023:17?as_of=2024-06-30"),
    ({"jour": "", "vers": "/dossiers"}, "/dossiers"),
    ({"jour": "2999", "vers": "/dossiers"}, "/dossiers"),
    *(({"jour": "2024-06-30", "vers": away}, "/historique/date?known_at=2024-06-30")
      for away in ("https://example.org/", "//example.org/x", "/\\example.org", "javascript:alert(1)", "/a\nb", "")),
])  # fmt: skip
def test_any_page_at_a_date_that_is_typed(ana: Browser, asked: dict[str, str], there: str) -> None:
    answer = ana.ask("/historique/vers", **asked)
    assert (answer.status_code, answer.headers["location"]) == (303, there)


def test_the_cases_at_a_date(ana: Browser) -> None:
    sheet = ana.read("/historique/date", as_of="2023-06-15")
    assert "Vous voyez ce qui était arrivé au 15 juin 2023" in sheet.text
    assert [row.one("th").text for row in sheet.main.one("table").one("tbody").all("tr")] == ["5 – 6", "17"]
    assert "Aucun dossier n’était connu alors." in ana.read("/historique/date", known_at="2001-01-01").main.text


def test_a_case_step_by_step(ana: Browser) -> None:
    last = ana.read("/dossiers/17/rejouer")
    assert "Étape 7 de 7" in last.main.text and "Le dossier aujourd’hui" in last.main.text
    steps = last.main.one("nav", class_="rungs").all("a")
    assert len([each for each in steps if "etape=" in each.attributes["href"]]) == 7
    third = ana.read("/dossiers/17/rejouer", etape="3")
    assert "Le maire a été rencontré" in third.main.one("p", class_="lead").text
    assert third.main.one("a", rel="prev").attributes["href"].endswith("etape=2")
    assert (
        third.main.one("tr", class_="added").one("ins").text
        == "Le maire a été rencontré (3 février 2024) · à l’interne"
    )
    second = ana.read("/dossiers/17/rejouer", etape="2").main.one("p", class_="from-to").text
    assert "Adoptée" in second and "En cours" in second
    for step in ("0", "8", "x", "-1"):
        ana.read("/dossiers/17/rejouer", 404, etape=step)
    ana.read("/dossiers/99/rejouer", 404)


def test_nothing_of_a_case_that_is_not_shown(busy: Town, ana: Browser) -> None:
    busy.someone("olivier", "officer")
    busy.do("17", "restrict", visibility="named", people=["person:ana"])
    olivier = entered(busy, "olivier")
    for path in ("/historique", "/historique?dossier=2023:17", "/historique?tout=1", "/historique/comparer?de=2001",
                 "/historique/comparer?de=2001&lecture=arrive", "/historique/date", "/historique/journal.csv",
                 "/historique/comparer.csv?de=2001"):  # fmt: skip
        answer = olivier.ask(path)
        assert answer.status_code in (200, 404) and "vélos" not in answer.text and "maire" not in answer.text, path
    olivier.read("/dossiers/17/rejouer", 404)
    assert "vélos" in ana.ask("/historique").text


def test_a_member_reads_neither_the_log_nor_a_comparison(busy: Town) -> None:
    busy.someone("mireille", "member")
    mireille = entered(busy, "mireille")
    for path in ("/historique", "/historique/comparer", "/historique/journal.csv", "/dossiers/17/rejouer"):
        assert mireille.ask(path).status_code == 403
    assert "maire" not in mireille.read("/historique/date").text
