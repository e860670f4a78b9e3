"""One's own account: what one enters with, where one has entered, one's tokens."""

from __future__ import annotations

import re

import pyotp
import pytest

from services import accounts, tokens
from services.execute import Actor
from services.signing_in import codes, passwords
from tests.homes import secretary
from tests.web.browser import Sheet
from tests.web.desk import API, Town
from tests.web.visitor import GOOD, Visitor, long_ago, noted, visitor

OTHER = "cinq chats roses chantent"


def inside(place: Town, login: str = "ana") -> Visitor:
    who = visitor(place)
    assert who.enter(login).status_code == 303
    return who


def someone(place: Town, login: str, role: str = "officer") -> Actor:
    """Another account, with a password."""
    place.someone(login, role)
    actor = accounts.enter(place.home.store, login)[0]
    passwords.choose(place.home.store, actor.person, GOOD)
    return actor


def by_link(place: Town, login: str) -> Visitor:
    """Someone without a password, who has entered by a link."""
    place.someone(login, "officer")
    who, actor = Visitor(place.nobody), accounts.enter(place.home.store, login)[0]
    who.ask("GET", "/entrer", params={"lien": tokens.one_time_link(place.home.store, actor.person)})
    return who


def test_another_password_asks_for_the_present_one(place: Town) -> None:
    who, elsewhere = inside(place), inside(place)
    sheet = who.get("/compte")
    answer = who.send(sheet, "/compte/mot-de-passe", ancien="autre chose", mot_de_passe=OTHER)
    assert answer.status_code == 403 and "Ce n’est pas votre mot de passe actuel" in Sheet(answer).text
    answer = who.send(sheet, "/compte/mot-de-passe", ancien=GOOD, mot_de_passe="court")
    assert answer.status_code == 422 and elsewhere.inside
    before = dict(who.cookies)
    assert who.send(sheet, "/compte/mot-de-passe", ancien=GOOD, mot_de_passe=OTHER).status_code == 303
    assert who.inside and not elsewhere.inside and who.cookies != before
    assert visitor(place).enter(password=GOOD).status_code == 403 and visitor(place).enter(password=OTHER).status_code == 303
    assert ("password-changed", "") in noted(place)


def test_the_present_password_is_not_guessed_there_either(place: Town) -> None:
    who = inside(place)
    told = [who.post("/compte/mot-de-passe", ancien=f"essai {n}", mot_de_passe=OTHER).status_code for n in range(12)]
    assert told == [403] * 10 + [429] * 2


def test_who_entered_by_a_link_chooses_a_first_password(place: Town) -> None:
    who = by_link(place, "bob")
    sheet = who.get("/compte")
    assert "Un lien à usage unique vous a ouvert Suivi" in sheet.text and not sheet.root.all("input", name="ancien")
    assert who.send(sheet, "/compte/mot-de-passe", mot_de_passe=OTHER).status_code == 303 and who.inside
    assert "Un lien à usage unique" not in who.get("/compte").text and visitor(place).enter("bob", OTHER).status_code == 303


def test_a_first_password_is_for_who_has_just_entered(place: Town) -> None:
    who = by_link(place, "bob")
    long_ago(place)
    assert who.post("/compte/mot-de-passe", mot_de_passe=OTHER).headers["location"] == "/compte/preuve"
    assert not passwords.has_password(place.home.store, accounts.enter(place.home.store, "bob")[0].person)
    assert "sortez, puis entrez de nouveau par un autre lien" in who.get("/compte/preuve").text


FACTORS = ("/compte/cle/demande", "/compte/cle", "/compte/cle/5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11/retirer", "/compte/code",
           "/compte/code/retirer", "/compte/secours", "/compte/jetons")  # fmt: skip


@pytest.mark.parametrize("path", FACTORS)
def test_what_one_enters_with_changes_after_a_proof_only(place: Town, path: str) -> None:
    who = inside(place)
    key = codes.new_key()
    codes.enrol(place.home.store, secretary(place.home).person, key, pyotp.TOTP(key).now())
    long_ago(place)
    answer = who.post(path, nom="x", portee="read", jours="30")
    to = answer.headers.get("location") or answer.json()["to"]
    assert to.startswith("/compte/preuve?suite=/compte")
    assert codes.has_codes(place.home.store, secretary(place.home).person)
    assert [each.name for each in tokens.all_tokens(place.home.store, secretary(place.home))] == ["ana"]


def test_the_proof_renews_the_session(place: Town) -> None:
    who = inside(place)
    long_ago(place)
    sheet = who.get("/compte/code")
    assert sheet.root.one("h1").text == "Est-ce bien vous?"
    answer = who.send(sheet, "/compte/preuve", mot_de_passe="autre chose")
    assert answer.status_code == 403 and "Ce n’est pas votre mot de passe" in Sheet(answer).text
    before = dict(who.cookies)
    assert who.send(Sheet(answer), "/compte/preuve", mot_de_passe=GOOD).headers["location"] == "/compte/code"
    old = visitor(place)
    old.cookies = before
    assert not old.inside and "Un code de votre téléphone" in who.get("/compte/code").text


def test_codes_begin_once_the_telephone_shows_one(place: Town) -> None:
    who, store, person = inside(place), place.home.store, secretary(place.home).person
    sheet = who.get("/compte/code")
    key = "".join(sheet.root.one("code", class_="cmd").text.split())
    assert sheet.root.one("svg", class_="code-picture")
    answer = who.send(sheet, "/compte/code", code="12")
    assert answer.status_code == 403 and key in "".join(Sheet(answer).text.split()) and not codes.has_codes(store, person)
    answer = who.send(Sheet(answer), "/compte/code", code=pyotp.TOTP(key).now())
    printed = [item.text for item in Sheet(answer).root.one("ol", class_="printed").all("li")]
    assert len(printed) == 10 and all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", each) for each in printed)
    assert codes.has_codes(store, person) and "Il reste 10 codes de secours" in who.get("/compte").text
    assert who.send(who.get("/compte"), "/compte/code/retirer").status_code == 303 and not codes.has_codes(store, person)


def test_devices_are_seen_and_closed(place: Town) -> None:
    who, telephone = inside(place), inside(place)
    sheet = who.get("/compte")
    assert "celui-ci" in sheet.text and "Firefox, Linux" in sheet.text
    items = [item for item in sheet.root.all("li", class_="line") if "Firefox" in item.text]
    (other,) = (item.one("form").attributes["action"] for item in items if "celui-ci" not in item.text)
    assert who.post(other).headers["location"] == "/compte#appareils" and not telephone.inside and who.inside
    telephone = inside(place)
    assert who.post("/compte/appareils/fermer").headers["location"] == "/entrer"
    assert not who.inside and not telephone.inside


def test_nobody_closes_the_device_of_another(place: Town) -> None:
    someone(place, "bob")
    who, thief = inside(place), inside(place, "bob")
    row = place.home.store.connection.execute("SELECT id FROM suivi.sessions WHERE person = %s", (secretary(place.home).person,))
    ((id,),) = row.fetchall()
    thief.post(f"/compte/appareils/{id}/fermer")
    assert who.inside


def test_a_token_is_shown_once_and_revoked(place: Town) -> None:
    who = inside(place)
    answer = who.send(who.get("/compte/jetons"), "/compte/jetons", nom="statistiques", portee="write", jours="30")
    secret = Sheet(answer).root.one("code", class_="cmd").text
    assert place.nobody.holding(secret).get("/cases").status_code == 200
    sheet = who.get("/compte")
    assert "statistiques" in sheet.text and secret not in sheet.answer.text
    answer = who.send(who.get("/compte/jetons"), "/compte/jetons", nom="statistiques", portee="read", jours="30")
    assert answer.status_code == 409 and Sheet(answer).root.one("input", name="nom").attributes["value"] == "statistiques"
    form = next(f for f in sheet.root.all("form") if f.all("input", name="nom", value="statistiques"))
    assert form.attributes["action"] == "/compte/jetons/revoquer"
    who.post("/compte/jetons/revoquer", nom="statistiques")
    assert place.nobody.holding(secret).get("/cases").status_code == 401
    assert [each for each in noted(place) if "token" in each[0]] == [
        ("token-made", "statistiques"), ("token-revoked", "statistiques")]  # fmt: skip


def test_a_token_makes_no_other_and_changes_nothing_of_its_persons(place: Town) -> None:
    """One that may but read would else make one that may write."""
    reader = place.nobody.holding(place.token("read", name="lit"))
    for path in ("/compte/jetons", "/compte/mot-de-passe", "/compte/code", "/compte/secours", "/compte/langue",
                 "/compte/appareils/fermer", "/compte/cle", "/oidc/relier"):  # fmt: skip
        answer = reader.request("POST", path, data={"nom": "x", "portee": "write", "jours": "30", "mot_de_passe": OTHER})
        assert answer.status_code in (303, 403, 404), path
        assert answer.status_code != 303 or answer.headers["location"].startswith("/compte/preuve"), path
    assert sorted(each.name for each in tokens.all_tokens(place.home.store, secretary(place.home))) == ["ana", "lit"]
    assert passwords.has_password(place.home.store, secretary(place.home).person) is False


def test_an_auditor_makes_tokens_that_read(place: Town) -> None:
    someone(place, "vera", "auditor")
    who = inside(place, "vera")
    secret = Sheet(who.post("/compte/jetons", nom="audit", portee="write", jours="30")).root.one("code", class_="cmd").text
    answer = place.nobody.holding(secret).request("POST", f"{API}/cases/2023:17/note", json={"text": "x"})
    assert answer.status_code == 403


def test_an_administrator_does_not_revoke_the_tokens_of_others_here(place: Town) -> None:
    place.someone("bob", "officer")
    who = inside(place)
    assert "bob" not in who.get("/compte").main.text
    who.post("/compte/jetons/revoquer", nom="bob")
    assert "bob" in [each.name for each in tokens.all_tokens(place.home.store, secretary(place.home))]


def test_one_reads_in_the_language_one_chose(place: Town) -> None:
    who = inside(place)
    who.send(who.get("/compte"), "/compte/langue", langue="en")
    assert "My devices" in who.get("/compte").text
    who.post("/compte/langue", langue="xx")
    assert "My devices" in who.get("/compte").text
