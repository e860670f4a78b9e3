"""The pages of records: entered, changed, listed by kind and by words, withdrawn; with their history."""

from __future__ import annotations

import pytest

from tests.homes import do
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town


@pytest.fixture
def ana(place: Town) -> Browser:
    for number in (1, 2, 3):
        do(place.home, "record:new", "create", kind="publication", title=f"Article {number}", date=f"2024-0{number}")
    do(place.home, "record:new", "create", kind="alliance", title="Coalition Eau secours", relation="member")
    place.home.catch_up()
    return entered(place)


def titles(sheet: Sheet) -> list[str]:
    return [a.text for a in sheet.main.all("a", class_="what")]


def test_they_are_listed_by_kind_and_found_by_the_address(ana: Browser) -> None:
    assert titles(ana.read("/activites")) == ["Article 1", "Article 2", "Article 3", "Coalition Eau secours"]
    assert titles(ana.read("/activites", genre="alliance")) == ["Coalition Eau secours"]
    assert titles(ana.read("/activites", q="ARTICLE", de="février 2024")) == ["Article 2", "Article 3"]
    assert titles(ana.read("/activites", as_of="2024-01-31")) == ["Article 1"]
    assert "Rien ne répond" in ana.read("/activites", q="zzz").main.text
    assert "jadis" in ana.read("/activites", 422, de="jadis").main.one("div", class_="problems").text


def test_one_is_entered_changed_and_withdrawn(place: Town, ana: Browser) -> None:
    form = ana.read("/activites/nouvelle")
    bad = ana.submit(form, "/activites/nouvelle", kind="activity", title="")
    assert bad.status_code == 422
    made = ana.submit(form, "/activites/nouvelle", kind="activity", title="Forum des rivières", date="14 février 2024",
                      figures="près de 40 groupes")  # fmt: skip
    assert made.status_code == 303 and made.headers["location"].startswith("/activites/5"), made.text
    sheet = ana.read(made.headers["location"])
    assert "14 février 2024" in sheet.main.text and "près de 40 groupes" in sheet.main.text
    change = ana.read("/activites/5/agir/reword")
    assert change.main.one("input", name="title").attributes["value"] == "Forum des rivières"
    changed = ana.submit(change, "/activites/5/agir/reword", place="Gaspé")
    assert changed.status_code == 303, changed.text
    assert "Gaspé" in ana.read("/activites/5").main.text
    gone = ana.submit(ana.read("/activites/5/agir/withdraw"), "/activites/5/agir/withdraw", reason="En double")
    assert gone.status_code == 303
    assert "retirée" in ana.read("/activites/5").main.text
    assert "Forum des rivières" not in titles(ana.read("/activites"))


def test_what_others_wrote_meanwhile_keeps_ones_text(place: Town, ana: Browser) -> None:
    form = ana.read("/activites/1/agir/reword")
    place.do("record:1", "reword", place="Sorel")
    answer = ana.submit(form, "/activites/1/agir/reword", published="Le Fil")
    assert answer.status_code == 409 and Sheet(answer).main.one("input", name="published").attributes["value"] == "Le Fil"


def test_it_leads_to_its_cases(place: Town, ana: Browser) -> None:
    place.do("record:1", "link", to="2023:17")
    sheet = ana.read("/activites/1")
    assert [a.attributes["href"] for a in sheet.main.all("a") if a.text == "2023:17"] == ["/dossiers/2023:17"]


def test_who_may_not_write_has_no_form(place: Town, ana: Browser) -> None:
    place.someone("vera", "auditor")
    vera = entered(place, "vera")
    assert not vera.read("/activites/1").main.all("a", class_="button")
    assert vera.ask("/activites/nouvelle").status_code == 403
    place.someone("mia", "member")
    assert entered(place, "mia").ask("/activites").status_code == 403
    assert ana.ask("/activites/99").status_code == 404
