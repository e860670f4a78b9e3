"""What administrators set: accounts, the organisation, public pages; and what each shows to whom."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from services import access, accounts
from services.organisation import shape
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town

ACCOUNTS, SETTINGS, PAGES = "/administration/comptes", "/administration/organisation", "/administration/pages-publiques"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def written(place: Town) -> list[str]:
    return [line.what for line in access.read(place.home.reader) if line.what != "signed-in"]


def test_someone_is_invited(place: Town, ana: Browser) -> None:
    sheet = ana.read(ACCOUNTS)
    answer = ana.submit(sheet, f"{ACCOUNTS}/inviter", name="Zoé Tremblay", mail="zoe@example.org", roles=["officer", "auditor"])
    assert answer.status_code == 303
    shown = ana.read(answer.headers["location"])
    assert "L’invitation est partie." in shown.text and "zoe@example.org : officier ou officière et vérification." in shown.text
    assert [(row["subject"], row["state"]) for row in place_mail(place)] and written(place)[0] == "invited"
    assert [each.login for each in accounts.all_accounts(place.home.store)] == ["ana"]


def place_mail(place: Town) -> list[dict[str, str]]:
    rows = place.home.reader.execute("SELECT subject, state FROM suivi.outbox")
    return [{"subject": subject, "state": state} for subject, state in rows]


@pytest.mark.parametrize(("typed", "said"), [
    ({"name": "Zoé", "mail": "pas une adresse", "roles": "officer"}, "adresse"),
    ({"name": "Zoé", "mail": "zoe@example.org"}, "peut faire"),
    ({"name": "", "mail": "zoe@example.org", "roles": "officer"}, ""),
    ({"name": "Zoé", "mail": "zoe@example.org", "roles": "reine"}, "reine"),
])  # fmt: skip
def test_what_cannot_be_sent_says_why_and_keeps_what_was_typed(
    place: Town, ana: Browser, typed: dict[str, str], said: str
) -> None:
    answer = ana.submit(ana.read(ACCOUNTS), f"{ACCOUNTS}/inviter", **{"roles": []} | typed)  # type: ignore[arg-type]
    sheet = Sheet(answer)
    assert 400 <= answer.status_code < 500 and said in sheet.root.one(class_="problems").text
    assert sheet.root.one("input", name="mail").attributes["value"] == typed["mail"]
    assert not place_mail(place)


def test_roles_are_given_and_accounts_closed_and_opened_again(place: Town, ana: Browser) -> None:
    place.someone("jean", "officer")
    jean = entered(place, "jean")
    assert jean.ask("/dossiers").status_code == 200
    change = f"{ACCOUNTS}/jean"
    assert ana.post(change, what="roles", roles=["auditor"], jeton="").status_code == 303
    assert jean.ask("/dossiers").status_code == 401  # their session ended with their role
    assert ana.post(change, what="close").status_code == 303
    assert "jean, compte fermé" in ana.read(ACCOUNTS).text
    assert ana.post(change, what="open").status_code == 303
    found = {each.login: each for each in accounts.all_accounts(place.home.store)}
    assert found["jean"].roles == {"auditor"} and not found["jean"].disabled
    assert written(place)[:3] == ["account-changed", "account-disabled", "account-changed"]
    assert ana.post(f"{ACCOUNTS}/personne", what="roles", roles=["officer"]).status_code == 404
    assert ana.post(f"{ACCOUNTS}/ana", what="close").status_code == 409  # the last administrator


def test_the_organisation_is_configured(place: Town, ana: Browser) -> None:
    sheet = ana.read(SETTINGS)
    answer = ana.submit(sheet, SETTINGS, name="Syndicat du vélo", opens="9 h", days_off="2099-12-24\n2099-12-29/2099-12-30")
    assert answer.status_code == 303 and "dès maintenant" in ana.read(answer.headers["location"]).text
    held = shape(place.home.store, "fr")
    assert (held["name"], held["opens"], len(held["days_off"])) == ("Syndicat du vélo", "09:00", 3)
    refused = ana.submit(ana.read(SETTINGS), SETTINGS, opens="midi et demi", name="Autre nom")
    assert refused.status_code == 422 and Sheet(refused).root.one("input", name="name").attributes["value"] == "Autre nom"
    assert shape(place.home.store, "fr")["name"] == "Syndicat du vélo"


def test_an_officer_administers_nothing(place: Town) -> None:
    place.someone("jean", "officer")
    jean = entered(place, "jean")
    for path in (ACCOUNTS, SETTINGS, PAGES, "/acces", "/administration"):
        assert jean.ask(path).status_code == 403, path
    assert jean.ask("/administration/processus/resolution").status_code == 200
    assert jean.post(f"{ACCOUNTS}/jean", what="roles", roles=["administrator"]).status_code == 403
    assert accounts.roles_of(place.home.store, accounts.find(place.home.store, "jean").person) == {"officer"}  # type: ignore[union-attr]


def test_a_public_page_shows_what_is_everyones_and_only_once_open(place: Town, ana: Browser) -> None:
    place.do("17", "note", text="Note interne")
    place.do("17", "note", text="Dit à l’assemblée", audience="assembly")
    place.do("17", "start")
    place.do("5", "restrict", visibility="officers")
    everyone = Browser(place.nobody)
    for path in ("/public/2023", "/public/2023/atom.xml", "/public/rien"):
        assert everyone.ask(path).status_code == 404, path
    assert ana.submit(ana.read(PAGES), f"{PAGES}/2023").status_code == 303
    sheet = everyone.read("/public/2023")
    assert "Des vélos pour les quartiers" in sheet.text and "En cours" in sheet.text
    assert "Une eau propre" not in sheet.text and "interne" not in sheet.text
    feed = ElementTree.fromstring(everyone.ask("/public/2023/atom.xml").content)
    told = " ".join(each.text or "" for each in feed.iter(f"{ATOM}summary"))
    assert "Dit à l’assemblée" in told and "interne" not in told and "eau" not in told
    assert len({each.text for each in feed.iter(f"{ATOM}id")}) == len(list(feed.iter(f"{ATOM}entry"))) + 1
    ana.submit(ana.read(PAGES), f"{PAGES}/2023")
    assert everyone.ask("/public/2023").status_code == 404
    assert written(place)[:2] == ["unpublished", "published"]


def test_the_access_log_is_read_by_auditors(place: Town) -> None:
    place.do("17", "restrict", visibility="named", people=["Ana"])
    place.someone("vera", "auditor")
    vera = entered(place, "vera")
    vera.read("/dossiers/17")
    sheet = vera.read("/acces", quoi="named-read")
    assert "vera" in sheet.main.one("tbody").text and "2023:17" in sheet.main.one("tbody").text
    assert not vera.read("/acces", quoi="exported").main.all("tbody")


def test_a_file_of_the_list_is_written_down(place: Town) -> None:
    place.someone("jean", "officer")
    jean = entered(place, "jean")
    assert jean.ask("/dossiers", format="csv").status_code == 200
    assert written(place) == ["exported"]


def test_every_page_of_it_is_fit_for_everyone(place: Town, ana: Browser) -> None:
    from tests.web.test_markup import check_frame, check_headings, check_ids, check_links, check_tables

    works = ("/administration/processus", "/administration/processus/demarche")
    paths = ("/administration", ACCOUNTS, SETTINGS, PAGES, *works, "/acces")
    for path in paths:
        for lang in ("fr", "en"):
            root = Sheet(ana.ask(path, lang)).root
            for check in (check_frame, check_headings, check_ids, check_links, check_tables):
                assert not (found := list(check(root))), (path, lang, check.__name__, found)
