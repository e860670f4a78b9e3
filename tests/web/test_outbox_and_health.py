"""What goes out and how the system is, as pages; and what every page says when a clock stands still."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from services import accounts
from services.mail import reasons
from services.watching import STILL, beat
from tests.homes import SECRETARY
from tests.web.browser import Browser, entered
from tests.web.desk import Town

WATCHED = "Personne ne surveille encore les échéances"


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def put(place: Town, ref: str, recipient: str, state: str = "waiting", body: str | None = "Bonjour.\n\n<b>Fin</b>",
        **more: object) -> str:  # fmt: skip
    """A message about a case or a thread, as the reaction to a step writes it."""
    connection, id = place.home.store.connection, uuid4()
    person = {each.login: each.person for each in accounts.all_accounts(place.home.store)}[recipient]
    stream = """SELECT case_id FROM read.cases WHERE ref = %(ref)s UNION ALL
                SELECT demarche_id FROM read.demarches WHERE 'demarche:' || number = %(ref)s"""
    row = connection.execute(stream, {"ref": ref}).fetchone()
    assert row
    facts = {
        "id": id, "step": uuid4(), "stream": row[0], "position": 1, "recipient": person, "message_id": f"<{id}@suivi>",
        "lang": "fr", "subject": f"Suivi – {ref} : échéance dépassée", "body": body, "state": state,
        "created_at": "2026-01-05T13:00Z", "not_before": "2026-01-05T13:00Z", **more,
    }  # fmt: skip
    names = ", ".join(facts)
    places = ", ".join(f"%({name})s" for name in facts)
    connection.execute(f"INSERT INTO suivi.outbox ({names}) VALUES ({places})", facts)  # type: ignore[arg-type]
    return str(id)


def test_an_empty_outbox_says_what_will_be_in_it(ana: Browser) -> None:
    text = ana.read("/envois").text
    assert "Rien n’a encore été écrit à personne." in text
    assert "Aucun serveur de courriel n’est indiqué : rien ne quitte cet ordinateur" in text


def test_what_waits_what_was_sent_and_what_was_set_aside(place: Town, ana: Browser) -> None:
    waiting = put(place, "2023:17", SECRETARY)
    put(place, "2023:5", SECRETARY, "sent", sent_at="2026-01-05T13:04Z")
    put(place, "2023:5", SECRETARY, "parked", tries=3, reason=reasons.written(reasons.AddressMissing()))
    sheet = ana.read("/envois")
    assert [head.text for head in sheet.main.all("h2")] == ["Mis de côté", "En attente", "Envoyés"]
    parked, waits, sent = (section.text for section in sheet.main.all("section"))
    assert "Le répertoire n’a pas l’adresse de courriel de cette personne" in parked and "3 essais" in parked
    assert "Suivi – 2023:17 : échéance dépassée" in waits and "Partira à compter du 5 janvier 2026 à 8 h 00" in waits
    assert "À ana · dossier 2023:5" in sent and "Envoyé le 5 janvier 2026 à 8 h 04" in sent
    assert "3 messages." in sheet.text
    letter = ana.read(f"/envois/{waiting}")
    assert letter.root.one(class_="letter").raw == "Bonjour.\n\n<b>Fin</b>"
    assert letter.root.one(class_="letter").attributes["lang"] == "fr"
    assert [fact.text for fact in letter.main.one("dl").all("dd")][:2] == ["ana", "2023:17"]


def test_what_is_about_a_thread_leads_nowhere_that_is_not(place: Town, ana: Browser) -> None:
    place.do("office:eau", "create", name="ministre de l’Eau")
    place.do("demarche:new", "send", cases=["2023:17"], office=["office:eau"])
    id = put(place, "demarche:1", SECRETARY)
    links = [link.attributes["href"] for path in ("/envois", f"/envois/{id}") for link in ana.read(path).main.all("a")]
    assert links and not [link for link in links if "demarche:" in link]


def test_a_text_that_is_kept_no_more(place: Town, ana: Browser) -> None:
    gone = put(place, "2023:17", SECRETARY, "sent", body=None, sent_at="2026-01-05T13:04Z")
    assert "Son texte n’est plus gardé" in ana.read(f"/envois/{gone}").text
    for odd in (str(uuid4()), "x", "%25", "'"):
        ana.read(f"/envois/{odd}", 404)


def test_others_read_only_what_is_written_to_them(place: Town) -> None:
    place.someone("bob", "officer")
    hers, his = put(place, "2023:17", SECRETARY), put(place, "2023:5", "bob")
    bob = entered(place, "bob")
    assert "2023:5" in bob.read("/envois").text and "2023:17" not in bob.read("/envois").text
    assert "Bonjour." in bob.read(f"/envois/{his}").text
    assert "Bonjour." not in bob.read(f"/envois/{hers}", 404).text
    place.do("2023:5", "restrict", visibility="named", people=["person:ana"])
    hidden = bob.read(f"/envois/{his}")
    assert "(un dossier qui ne vous est pas ouvert)" in hidden.text
    assert "Bonjour." not in hidden.text and "2023:5" not in hidden.text


def test_a_clock_that_stands_still_is_said_on_every_page(place: Town, ana: Browser) -> None:
    for path in ("/dossiers", "/dossiers/17", "/envois", "/etat"):
        assert WATCHED in ana.read(path).root.one(class_="alarm").text
    for name in ("sweep", "deliver"):
        beat(place.home.store.connection, name)
    for path in ("/dossiers", "/dossiers/17", "/envois", "/etat"):
        assert not ana.read(path).root.all(class_="alarm")
    place.home.store.connection.execute("UPDATE suivi.heartbeats SET at = at - %s", (STILL + timedelta(hours=7),))
    said = ana.read("/dossiers").root.one(class_="alarm").text
    assert said.startswith("Les échéances ne sont plus surveillées depuis 7 heures : aucun rappel ne part.")
    assert "for 7 hours" in ana.read("/dossiers?lang=en").root.one(class_="alarm").text


def test_health_says_what_the_api_says(place: Town, ana: Browser) -> None:
    beat(place.home.store.connection, "sweep")
    text = ana.read("/etat").main.text
    assert place.ana.get("/health").json()["status"] == "down"
    assert "Quelque chose demande votre attention." in text
    assert "Arrêté : Personne ne s’occupe encore des envois." in text
    beat(place.home.store.connection, "deliver")
    text = ana.read("/etat").main.text
    assert place.ana.get("/health").json()["status"] == "ok"
    assert "Tout va bien." in text and "La base de données répond." in text and "À voir" not in text
    put(place, "2023:17", SECRETARY, "parked", reason=reasons.written(reasons.AddressMissing()), created_at="now")
    assert "À voir : 1 message a été mis de côté; la raison figure parmi les envois." in ana.read("/etat").main.text


def test_a_list_that_stopped_is_said(place: Town, ana: Browser) -> None:
    beat(place.home.store.connection, "sweep")
    place.home.store.connection.execute("UPDATE suivi.projections SET failed = 'x'")
    assert "Arrêté : Une liste n’a pas pu prendre ce qui était consigné." in ana.read("/etat").main.text
