"""For you today: what to do first, in sentences; what waits; and what whom may not see is in none of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from services.imports.service import record_import
from services.organisation import configure
from services.reading import When, cases
from services.schema import Urls
from services.signing_in.passwords import choose
from tests.homes import do, opened, secretary
from tests.services.imports.reports import SAMPLE
from tests.services.imports.test_plan_import import WORK
from tests.web.browser import Sheet, entered
from tests.web.demonstration import THURSDAY, as_someone, demonstrated, on
from tests.web.desk import Town, serving
from tests.web.test_list_pages import titles
from web.pages.home import lead as told
from web.pages.home_words import capital, in_words, short_office
from web.rendering import Page

MOST = 12  # questions to the database, those of the session and of the reader’s page among them


@pytest.fixture
def demo(own_september: Urls) -> Iterator[Town]:
    with demonstrated(own_september) as found:
        yield found


def tasks(sheet: Sheet) -> list[tuple[str, str]]:
    """Numbers and title of each thing to do, in order."""
    rows = sheet.root.all("li", class_="task")
    return [(row.all("p", class_="margin")[0].text, row.all("h3")[0].text) for row in rows]


def lead(sheet: Sheet) -> str:
    return sheet.main.all("p", class_="lead")[0].text


def test_the_most_pressing_comes_first(demo: Town) -> None:
    sheet = entered(demo).read("/")
    assert lead(sheet) == "Huit choses à faire. Quatre ministères se taisent."
    assert tasks(sheet) == [
        ("23 – 24 – 25", "Préparer la rencontre avec la ministre de la Famille"),
        ("27", "Revoir l’échéance : Bonification des prestations d’invalidité pour accident du travail ou maladie"
               " professionnelle"),
        ("23 – 24 – 25", "Relancer le ministre de l’Éducation"),
        ("23 – 24 – 25", "Relancer le ministre responsable des services sociaux"),
        ("20", "Donner suite à la rencontre avec le ministre du Travail"),
        ("17", "Décider de la suite : Redevances sur l’eau au Québec"),
        ("22", "Décider de la suite : Resserrement des critères pour les agences en sécurité privée"),
        ("12", "Demander des nouvelles d’un dossier muet"),
    ]  # fmt: skip
    text = sheet.main.text
    assert "Bernard Drainville n’a pas répondu depuis 84 jours. 1 lettre; 3 relances ou plus." in text
    assert "en retard de 19 jours" in text and "dans 5 jours" in text and "Sans réponse : Environnement." in text
    assert len(sheet.root.all("a", class_="first")) == 1, "one blue button"
    assert {len(row.all("a", "button")) for row in sheet.root.all("li", class_="task")} <= {1, 2}


def test_what_waits_is_told_in_the_table_as_it_is_drawn(demo: Town) -> None:
    sheet = entered(demo).read("/")
    (figure,) = sheet.root.all("figure", class_="ages")
    rows = [[cell.text for cell in row.all("th", "td")] for row in figure.one("tbody").all("tr")]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("Éducation", "23–24–25", "84 j"), ("Services sociaux", "23–24–25", "84 j"),
        ("Environnement", "17", "date non dite"), ("Sécurité publique", "22", "date non dite"),
    ]  # fmt: skip
    ahead = [row.text for row in sheet.root.one("div", class_="ahead").all("dd")]
    assert ahead[0] == "Famille (Québec) (23 – 24 – 25)" and ahead[1] == "Rapport : Syndicat international (1)"


def test_a_week_later_the_meeting_is_to_be_told_and_steps_are_to_be_acknowledged(demo: Town) -> None:
    on(demo, THURSDAY)
    browser = entered(demo)
    sheet = browser.read("/")
    titles = [title for _, title in tasks(sheet)]
    assert "Dire ce qu’a donné la rencontre avec la ministre de la Famille" in titles
    assert "Préparer la rencontre avec la ministre de la Famille" in titles, "nobody said that it is done"
    answer = browser.submit(sheet, "/correspondance/7/agir/acknowledge-step")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/?")
    after = [title for _, title in tasks(browser.read("/"))]
    assert set(titles) - set(after) == {"Donner suite à la rencontre avec le ministre du Travail"}


def test_what_happened_lately_is_what_people_told_one_by_one(demo: Town) -> None:
    assert not entered(demo).read("/").root.all("ul", class_="lately"), "what came all at once is no news"
    do(demo.home, "demo-2023:12", "note", "2024-09-17", text="Appel au comité intersyndical")
    do(demo.home, "demo-2023:13", "note", "2024-02-01", text="Une vieille histoire")
    demo.home.catch_up()
    (list_,) = entered(demo).read("/").root.all("ul", class_="lately")
    assert "Appel au comité intersyndical" in list_.text and "vieille" not in list_.text
    assert list_.all("a")[0].attributes["href"] == "/dossiers/demo-2023:12"
    assert "Demander des nouvelles" not in entered(demo).read("/").main.text, "it is silent no more"


def test_a_confidential_case_counts_for_those_who_see_it(demo: Town) -> None:
    officer, member = as_someone(demo, "olivier", "officer"), as_someone(demo, "maxime", "member")
    both = (officer, member)
    assert ["29 numéros, 25 dossiers" in each.read("/").main.text for each in both] == [True, False]
    for number in ("17", "22"):
        do(demo.home, f"demo-2023:{number}", "restrict", visibility="named", people=["person:ana"])
    do(demo.home, "demo-2023:17", "note", "2024-09-18", text="Un secret")
    demo.home.catch_up()
    for browser in both:
        text = browser.read("/").main.text
        assert "Sécurité publique" not in text and "Environnement" not in text and "bloquée" not in text.lower()
        assert "Un secret" not in text
    assert "Un secret" in entered(demo).read("/").main.text
    assert lead(officer.read("/")).startswith("Rien à faire aujourd’hui. Deux ministères se taisent.")


def test_each_role_reads_its_own(demo: Town) -> None:
    auditor, member = as_someone(demo, "agathe", "auditor"), as_someone(demo, "maxime", "member")
    read = auditor.read("/")
    assert not tasks(read) and read.root.all("figure", class_="ages") and "Rien à faire" not in read.main.text
    public = member.read("/")
    assert not public.root.all("figure", class_="ages") and public.root.all("figure", class_="comb")
    assert lead(public) == "Ce que l’assemblée a décidé, et ce que c’est devenu."
    assert "Drainville" not in public.text


def test_who_sees_to_a_case_has_its_things_and_no_others(demo: Town) -> None:
    officer = as_someone(demo, "olivier", "officer")
    do(demo.home, "demo-2023:27", "assign", owner="person:olivier")
    demo.home.catch_up()
    assert [numbers for numbers, _ in tasks(officer.read("/"))] == ["27"]
    assert lead(officer.read("/")) == "Une chose à faire. Quatre ministères se taisent."


def test_the_past_has_its_assembly_and_nothing_to_do(demo: Town) -> None:
    sheet = entered(demo).read("/", as_of="2024-07-01")
    assert not tasks(sheet) and "19 en cours" in sheet.main.text and "n’est dit que d’aujourd’hui" in sheet.main.text
    assert not sheet.main.all("form")


def test_an_empty_store_says_where_to_begin(database: Urls) -> None:
    with opened(database) as home, serving(database) as client:
        secretary(home)
        home.catch_up()
        sheet = entered(Town(home, client)).read("/")
    places = [link.attributes["href"] for link in sheet.main.all("a")]
    assert places == ["/compte", "/importer", "/assemblees/nouvelle", "/administration"]
    assert "Rien n’est encore suivi ici." in sheet.main.text


def test_who_came_by_a_link_is_told_to_choose_a_password(demo: Town) -> None:
    browser = entered(demo)
    assert "Pour entrer la prochaine fois, choisissez un mot de passe : Mon compte" in browser.read("/").main.text
    choose(demo.home.store, secretary(demo.home).person, "lilas bleus sous la neige")
    assert "choisissez un mot de passe" not in browser.read("/").main.text


def test_in_english(demo: Town) -> None:
    sheet = entered(demo).read("/", speaks="en")
    assert lead(sheet) == "Eight things to do. Four ministries keep silent."
    assert "Bernard Drainville has not answered for 84 days." in sheet.main.text


def test_it_asks_the_database_a_few_things_whatever_it_holds(demo: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = entered(demo)
    asked: list[str] = []
    plain = psycopg.Cursor.execute

    def counted(self: psycopg.Cursor, query: object, *given: object, **more: object) -> object:
        asked.append(str(query))
        return plain(self, query, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    for path in ("/", "/assemblees", "/assemblees/demo-2023"):
        asked.clear()
        browser.read(path)
        assert len(asked) <= MOST, (path, asked)


@pytest.mark.parametrize(("title", "brief"), [
    ("ministre de l’Environnement, de la Lutte contre les changements climatiques", "Environnement"),
    ("ministre responsable des services sociaux", "Services sociaux"), ("ministre du Travail", "Travail"),
    ("Ville de Montréal", "Ville de Montréal"), ("ministre de", "Ministre de"), ("", ""),
])  # fmt: skip
def test_offices_are_called_in_short(title: str, brief: str) -> None:
    assert short_office(title) == brief


def test_who_is_late_is_for_the_organisation_to_say(demo: Town) -> None:
    configure(demo.home.store, secretary(demo.home), {"late_after": 90, "very_late_after": 120})
    demo.home.catch_up()
    sheet = entered(demo).read("/")
    assert "84 j en attente" in sheet.main.text and "très en retard" not in sheet.main.all("ol")[0].text


def test_what_an_import_proposes_waits_to_be_established(database: Urls) -> None:
    with opened(database) as home, serving(database) as client:
        _, outcome = record_import(home, secretary(home), SAMPLE, reference_date="2024-09")
        home.settle(outcome)
        many = sum(len(row["proposals"]) for row in cases(home, When()))
        browser = entered(Town(home, client))
        sheet = browser.read("/")
        (row,) = (each for each in sheet.root.all("li", class_="task") if "états à établir" in each.text)
        assert f"{capital(in_words(Page('fr', '/'), many))} états à établir" in row.text
        form = row.all("a", class_="button")[0].attributes["href"]
        assert "/agir/confirm" in form and browser.read(form)


def test_what_waits_to_be_established_is_of_plans_too_and_the_list_has_all_of_it(
    database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(WORK, encoding="utf-8")
    with opened(database) as home, serving(database) as client:
        _, outcome = record_import(home, secretary(home), plan)
        home.settle(outcome)
        browser = entered(Town(home, client))
        assert "Deux états à établir" in browser.read("/").main.text, "without any assembly"
        _, outcome = record_import(home, secretary(home), SAMPLE, reference_date="2024-09")
        home.settle(outcome)
        waiting = [row for row in cases(home, When()) if row["proposals"]]
        (row,) = (each for each in browser.read("/").root.all("li", class_="task") if "états à établir" in each.text)
        assert f"{sum(len(one['proposals']) for one in waiting)} états à établir" in row.text
        listed = browser.read(row.all("a", class_="plain")[0].attributes["href"])
        assert {one["title"] for one in waiting} == set(titles(listed)), "no other, and none is left out"
        (tab,) = (each for each in listed.main.all("a") if each.text.startswith("État à établir"))
        assert tab.text.split()[-1] == str(len(waiting))
        monkeypatch.setattr("web.pages.home.MOST", 5)
        assert "Plus de 5 états à établir" in browser.read("/").main.text


@pytest.mark.parametrize("silent, said", [
    (["ministre du Travail", "Première ministre"], "Deux ministères se taisent."),
    (["ministre du Travail", "Sûreté du Québec"], "Deux destinataires se taisent."),
    ([""], "Un destinataire se tait."),
    ([], ""),
])  # fmt: skip
def test_who_keeps_silent_is_a_ministry_only_where_all_are(silent: list[str], said: str) -> None:
    assert told(Page("fr", "/"), 0, silent, True) == f"Rien à faire aujourd’hui. {said}".strip()
