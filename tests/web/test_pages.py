"""The pages as a person reads them."""

from __future__ import annotations

import re

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from services import accounts, tokens
from services.schema import Urls
from services.servers import Server
from tests.homes import secretary
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town
from web.rendering import POLICY


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def rows(sheet: Sheet) -> list[str]:
    return [row.text for row in sheet.root.one("table", class_="list").all("tr")[1:]]


def test_the_link_opens_once_and_leaves_no_secret_in_the_address(place: Town) -> None:
    link = tokens.one_time_link(place.home.store, secretary(place.home).person)
    browser = Browser(place.nobody)
    assert place.nobody.request("HEAD", f"/entrer?lien={link}").status_code == 200  # a look spends nothing
    answer = browser.ask("/entrer", lien=link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and link not in cookie
    place.nobody.inner.cookies.clear()
    again = browser.read("/entrer", 403, lien=link)
    assert "Un lien ouvre les pages une seule fois, dans les dix minutes" in again.text
    assert again.main.one("code").text == "suivi up" and "arrêtez Suivi par Ctrl-C" in again.text  # it has its port
    assert all(paragraph.text for paragraph in again.main.all("p"))
    assert link not in again.answer.text and "set-cookie" not in again.answer.headers
    assert again.main.one("a").attributes["href"] == "/entrer"
    assert browser.read("/entrer", 403, lien="").text == browser.read("/entrer", 403, lien="n’importe quoi").text


def test_nobody_reads_without_entering(place: Town) -> None:
    for path in ("/dossiers", "/dossiers/17", "/envois", "/etat"):
        sheet = Browser(place.nobody).read(path, 401)
        assert sheet.root.one("h1").text == "Entrer dans Suivi"
        assert "vélos" not in sheet.answer.text
    assert Browser(place.nobody).ask("/").status_code == 401


def test_who_comes_from_a_mail_finds_the_page_again(place: Town) -> None:
    """The page that was asked for is where one is once in."""
    door = Browser(place.nobody).read("/dossiers/17", 401, as_of="2024-01")
    assert door.main.one("input", name="suite").attributes["value"] == "/dossiers/17?as_of=2024-01"


def test_a_closed_account_closes_its_session(place: Town) -> None:
    place.someone("bob", "officer")
    bob = entered(place, "bob")
    bob.read("/dossiers")
    accounts.disable(place.home.store, secretary(place.home), "bob")
    bob.read("/dossiers", 401)


def nonce_of(answer: httpx.Response) -> str:
    """The word by which this answer alone lets in our scripts; the rest of the policy is the same for all."""
    policy = answer.headers["content-security-policy"]
    found = re.search(r"'nonce-([^']+)'", policy)
    assert found and policy == POLICY.format(nonce=found[1])
    return found[1]


def test_every_page_is_closed_to_scripts_and_caches(ana: Browser) -> None:
    for path, status in (("/dossiers", 200), ("/dossiers/17", 200), ("/envois", 200), ("/etat", 200), ("/rien", 404)):
        answer = ana.read(path, status).answer
        scripts, nonce = re.findall(r"<script[^>]*", answer.text), f'nonce="{nonce_of(answer)}"'
        assert (scripts or status == 404) and all(nonce in each and ' src="/static/' in each for each in scripts)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "style=" not in answer.text


def test_what_a_page_needs_is_served_from_here(ana: Browser) -> None:
    head = ana.read("/dossiers").root.one("head")
    links = {link.attributes["rel"]: link.attributes["href"] for link in head.all("link")}
    kinds = {rel: ana.ask(href).headers["content-type"].partition(";")[0] for rel, href in links.items()}
    assert kinds == {"stylesheet": "text/css", "icon": "image/svg+xml"}
    assert Browser(ana.client).ask("/static/suivi.css").status_code == 200
    for path in ("/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/absent"):
        assert ana.ask(path).status_code == 404


def test_the_list(place: Town, ana: Browser) -> None:
    place.do("17", "set-due", due="2024-06-26")
    sheet = ana.read("/dossiers")
    assert sheet.root.one("h1").text == "Dossiers"
    first, second = rows(sheet)
    assert first.startswith("5 – 6 Une eau propre – Des parcs Adoptée")
    assert second.startswith("17 Des vélos pour les quartiers Adoptée") and "26 juin 2024 en retard de" in second
    assert "2 dossiers, 3 numéros." in sheet.text
    views = [view.text for view in sheet.root.one("nav", class_="views").all("a")]
    assert views == ["Tous 2", "À nous d’agir 2", "En attente d’autrui 0", "En retard 1", "Sans nouvelles 1",
                     "Sans responsable 2", "Reçus récemment 2", "Clos 0"]  # fmt: skip
    hrefs = [cell.one("a").attributes["href"] for cell in sheet.root.one("table").all("td", class_="title")]
    assert hrefs == ["/dossiers/2023:5", "/dossiers/2023:17"]


def test_filters_stand_in_the_address(place: Town, ana: Browser) -> None:
    place.do("17", "refer", body="Comité du vélo", due="2023-09-01")
    place.do("17", "assign", owner="person:ana")
    place.do("17", "set-due", due="2024-06-26")

    def numbers(**query: str) -> list[str]:
        return [row.split()[0] for row in rows(ana.read("/dossiers", **query))]

    asked = ({"state": "confiee"}, {"overdue": "1"}, {"owner": "person:ana"}, {"body": "body:comite-du-velo"},
             {"query": "velos"}, {"state": "referred", "overdue": "1", "query": "17"})  # fmt: skip
    for query in asked:
        assert numbers(**query) == ["17"], query
    assert numbers(assembly="2023", query="", state="", owner="") == ["5", "17"]
    chosen = ana.read("/dossiers", owner="person:ana", state="referred").root.all("a", class_="on")
    assert [chip.text for chip in chosen] == ["État : Confiée (enlever)", "Responsable : ana (enlever)"]
    assert [chip.attributes["href"] for chip in chosen] == ["/dossiers?owner=person%3Aana", "/dossiers?state=referred"]


def test_a_list_of_nothing_says_how_to_come_back(ana: Browser) -> None:
    sheet = ana.read("/dossiers", query="autobus")
    assert "Aucun dossier ne répond à ces filtres. 2 dossiers sans ces filtres. Enlever les filtres" in sheet.text
    assert not sheet.root.all("table")
    assert "Aucun dossier n’était connu alors." in ana.read("/dossiers", as_of="2020-01-01").text


def test_a_filter_that_means_nothing_is_said(ana: Browser) -> None:
    assert "Confiée" in ana.read("/dossiers", 422, state="perdue").text
    assert "Personne" in ana.read("/dossiers", 404, owner="Personne").text
    assert ana.read("/dossiers", 422, as_of="hier soir").root.one("h1").text == "Cela n’a pas fonctionné"


def test_long_lists_come_in_pages(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.listing.ROWS", 1)
    first = ana.read("/dossiers", query="e")
    assert len(rows(first)) == 1
    following = first.root.one("nav", class_="pages").one("a", rel="next").attributes["href"]
    assert "query=e" in following
    second = ana.read(following)
    assert rows(second)[0].startswith("17") and not second.root.one("nav", class_="pages").all("a", rel="next")


def test_several_assemblies_are_told_apart(place: Town, ana: Browser) -> None:
    place.do("assembly:2024", "create", name="Annuelle 2024", date="2024-05-11")
    place.do("2024:1", "adopt", title="Des bancs publics")
    sheet = ana.read("/dossiers")
    assert [head.text for head in sheet.root.all("th", class_="group")] == ["Annuelle 2023", "Annuelle 2024"]
    assert rows(ana.read("/dossiers", assembly="2024"))[-1].startswith("1 Des bancs publics")


def test_a_case_for_named_people_is_not_there_for_others(place: Town, ana: Browser) -> None:
    place.do("17", "restrict", visibility="named", people=["person:ana"])
    accounts.add(place.home.store, secretary(place.home), "dora", ["administrator"])
    place.home.catch_up()
    assert len(rows(ana.read("/dossiers"))) == 2
    dora = entered(place, "dora")
    assert [row.split()[0] for row in rows(dora.read("/dossiers"))] == ["5"]
    hidden, absent = dora.read("/dossiers/2023:17", 404), dora.read("/dossiers/2023:99", 404)
    assert hidden.text.replace("2023:17", "…") == absent.text.replace("2023:99", "…")
    assert "vélos" not in hidden.answer.text
    assert not dora.read("/dossiers", query="velos").root.all("table")


def test_english_is_kept_from_page_to_page(ana: Browser) -> None:
    sheet = ana.read("/dossiers", lang="en")
    assert sheet.root.one("html").attributes["lang"] == "en-CA" and sheet.root.one("h1").text == "Cases"
    link = sheet.root.one("table").all("td", class_="title")[0].one("a")
    assert link.attributes == {"href": "/dossiers/2023:5?lang=en", "lang": "fr-CA"}
    assert ana.read(link.attributes["href"]).root.one("h1").attributes == {"lang": "fr-CA"}
    assert ana.read("/dossiers", speaks="en-CA,fr;q=0.5").root.one("html").attributes["lang"] == "en-CA"
    assert ana.read("/dossiers", lang="xx").root.one("html").attributes["lang"] == "fr-CA"


def test_a_person_reads_in_their_own_language(place: Town, ana: Browser) -> None:
    place.do("person:ana", "set-language", lang="en")
    assert ana.read("/dossiers").root.one("h1").text == "Cases"
    assert ana.read("/dossiers", lang="fr").root.one("h1").text == "Dossiers"


def test_a_database_that_is_lost_is_said(ana: Browser, own_town: Urls, server: Server) -> None:
    name = conninfo_to_dict(own_town.owner)["dbname"]
    with psycopg.connect(server.superuser_url, autocommit=True) as superuser:
        superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        sheet = ana.read("/dossiers", 503)
        superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert sheet.root.one("h1").text == "Suivi ne répond pas pour le moment"
    assert sheet.main.one("a").attributes["href"] == "/dossiers" and sheet.answer.headers["retry-after"]
    assert ana.read(sheet.main.one("a").attributes["href"]).root.one("h1").text == "Dossiers"


def test_what_nobody_foresaw_is_said_without_its_details(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.listing.list_model", lambda *given: 1 / 0)
    sheet = ana.read("/dossiers", 500)
    assert "donnez ce numéro à la personne qui s’occupe du serveur" in sheet.text
    assert "ZeroDivision" not in sheet.answer.text and nonce_of(sheet.answer)


@pytest.mark.parametrize("odd", ["path=x", "self=x", "page=x", "a=1&a=2", "=", "&&", "query=%ff", "after=x", "owner=%22", "q"])
def test_an_odd_address_is_no_fault(ana: Browser, odd: str) -> None:
    for path in ("/dossiers", "/dossiers/17", "/envois", "/etat", "/rien"):
        assert Sheet(ana.ask(f"{path}?{odd}")).answer.status_code in (200, 404, 422)
