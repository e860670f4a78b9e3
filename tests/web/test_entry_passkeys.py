"""Passkeys: made, used, refused. The library judges; the key signs for real."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services import accounts
from services.signing_in import passkeys, passwords, sessions
from tests.homes import secretary
from tests.web.browser import Sheet
from tests.web.desk import Town
from tests.web.software_key import SoftwareKey, content, text
from tests.web.test_entry import with_codes
from tests.web.visitor import GOOD, Visitor, long_ago, noted, visitor


def at_home(place: Town) -> Visitor:
    """Ana, in, at a name that passkeys can be bound to."""
    who = visitor(place, host="localhost")
    assert who.enter().status_code == 303
    return who


def made(who: Visitor, key: SoftwareKey | None = None, name: str = "téléphone") -> SoftwareKey:
    """A passkey of theirs."""
    key = key or SoftwareKey()
    options = who.post("/compte/cle/demande").json()
    assert who.post("/compte/cle", reponse=key.make(options), nom=name).json() == {"to": "/compte"}, who.answer.text
    return key


def asked(who: Visitor) -> dict[str, Any]:
    """What a passkey is to sign."""
    answer = who.post("/entrer/cle/demande")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(who: Visitor, reponse: str) -> None:
    answer = who.post("/entrer/cle", reponse=reponse)
    assert answer.status_code in (403, 429) and answer.headers["content-type"] == "application/problem+json"
    assert not who.inside


def bob_inside(place: Town) -> Visitor:
    """Someone else, in."""
    place.someone("bob", "officer")
    bob = accounts.find(place.home.store, "bob")
    assert bob
    passwords.choose(place.home.store, bob.person, GOOD)
    other = visitor(place, host="localhost")
    assert other.enter("bob").status_code == 303
    return other


def test_a_passkey_opens_the_page_that_was_asked_for(place: Town) -> None:
    key = made(at_home(place))
    who = visitor(place, host="localhost")
    options = asked(who)
    assert options["userVerification"] == "required" and not options.get("allowCredentials")
    answer = who.post("/entrer/cle", reponse=key.sign(options), suite="/etat")
    assert answer.json() == {"to": "/etat"} and who.inside
    assert ("factor-added", "passkey") in noted(place) and noted(place)[-1] == ("signed-in", "passkey")
    assert "téléphone" in who.get("/compte").text


def test_a_passkey_is_both_proofs(place: Town) -> None:
    key = made(at_home(place))
    with_codes(place)
    who = visitor(place, host="localhost")
    who.post("/entrer/cle", reponse=key.sign(asked(who)))
    assert who.inside


def test_what_no_passkey_of_ours_signed_is_refused(place: Town) -> None:
    key = made(at_home(place))
    who = visitor(place, host="localhost")
    other = SoftwareKey(owner=key.owner)
    refused(who, other.sign(asked(who)))
    other.id = key.id  # the right name, with another key
    refused(who, other.sign(asked(who)))
    for wrong in ({"origin": "https://ailleurs.example"}, {"name": "ailleurs.example"}, {"unlocked": False}):
        odd = SoftwareKey(id=key.id, key=key.key, owner=key.owner, counted=50, **wrong)  # type: ignore[arg-type]
        refused(who, odd.sign(asked(who)))
    refused(who, key.sign(asked(who), userHandle=text(b"x" * 16)))
    refused(who, key.sign(asked(who), userHandle=""))
    refused(who, key.sign(asked(who) | {"challenge": text(b"y" * 64)}))
    for odd_text in ("", "{}", "[]", "null", "x", '{"rawId": 3}', "{" * 3000, json.dumps({"rawId": "", "response": {}})):
        asked(who)
        refused(who, odd_text)
    assert {what for what, _ in noted(place)[-5:]} == {"sign-in-refused"}
    assert who.post("/entrer/cle", reponse=key.sign(asked(who))).status_code == 200


def test_a_challenge_serves_once_and_one_browser(place: Town) -> None:
    key = made(at_home(place))
    who, other = visitor(place, host="localhost"), visitor(place, host="localhost")
    options = asked(who)
    cookies = dict(who.cookies)
    signed = key.sign(options)
    refused(other, signed)
    assert who.post("/entrer/cle", reponse=signed).status_code == 200
    other.cookies = {name: value for name, value in cookies.items() if "essai" in name}
    refused(other, signed)


def test_a_copied_key_is_noticed(place: Town) -> None:
    """A counter that goes back: two keys sign with the same secret."""
    key = made(at_home(place))
    who = visitor(place, host="localhost")
    key.counted = 10
    assert who.post("/entrer/cle", reponse=key.sign(asked(who))).status_code == 200
    again = visitor(place, host="localhost")
    key.counted = 3
    refused(again, key.sign(asked(again)))


def test_a_closed_account_has_no_passkeys(place: Town) -> None:
    place.someone("bob", "officer")
    who = at_home(place)
    key, other, store = made(who), visitor(place, host="localhost"), place.home.store
    accounts.add(store, secretary(place.home), "bob", ["administrator"])
    accounts.disable(store, accounts.enter(store, "bob")[0], "ana")
    refused(other, key.sign(asked(other)))
    assert not who.inside


def test_an_address_in_numbers_has_no_passkeys(place: Town) -> None:
    who = visitor(place)
    who.enter()
    for path in ("/entrer/cle/demande", "/compte/cle/demande"):
        answer = who.post(path)
        assert answer.status_code == 409 and "localhost" in answer.json()["detail"]
    assert not who.get("/entrer").root.all("form", data_passkey="/entrer/cle")
    assert passkeys.site_of("https://suivi.example.org") == ("suivi.example.org", "https://suivi.example.org")
    assert passkeys.site_of("http://suivi.example.org") is None and passkeys.site_of("https://[::1]:8000") is None


def test_what_is_no_new_passkey_is_refused(place: Town) -> None:
    who, key = at_home(place), SoftwareKey()
    begun = who.post("/compte/cle/demande").json()
    assert who.post("/compte/cle", reponse=key.make(begun | {"challenge": text(b"z" * 64)}), nom="a").status_code == 403
    for wrong in ({"origin": "https://ailleurs.example"}, {"unlocked": False}):
        odd = SoftwareKey(**wrong)  # type: ignore[arg-type]
        assert who.post("/compte/cle", reponse=odd.make(who.post("/compte/cle/demande").json()), nom="a").status_code == 403
    for name in ("", " ", "x" * 61, "a\nb"):
        options = who.post("/compte/cle/demande").json()
        assert who.post("/compte/cle", reponse=key.make(options), nom=name).status_code == 422
    made(who, key)
    again = who.post("/compte/cle/demande").json()
    assert [content(each["id"]) for each in again["excludeCredentials"]] == [key.id]
    assert who.post("/compte/cle", reponse=key.make(again), nom="b").status_code == 409
    assert len(passkeys.passkeys(place.home.store, secretary(place.home).person)) == 1


def test_nobody_ends_what_another_began(place: Town) -> None:
    who, key, other = at_home(place), SoftwareKey(), bob_inside(place)
    options = who.post("/compte/cle/demande").json()
    other.cookies |= {name: value for name, value in who.cookies.items() if "essai" in name}
    assert other.post("/compte/cle", reponse=key.make(options), nom="a").status_code == 403
    bob = accounts.find(place.home.store, "bob")
    assert bob and sessions.devices(place.home.store, bob.person) and not passkeys.passkeys(place.home.store, bob.person)


def test_a_passkey_proves_again_who_one_is(place: Town) -> None:
    who = at_home(place)
    key = made(who)
    long_ago(place)
    assert who.ask("GET", "/compte/code").headers["location"] == "/compte/preuve?suite=/compte/code"
    before = dict(who.cookies)
    answer = who.post("/compte/preuve/cle", reponse=key.sign(asked(who)), suite="/compte/code")
    assert answer.json() == {"to": "/compte/code"} and who.get("/compte/code")
    old = visitor(place, host="localhost")
    old.cookies = before
    assert not old.inside


def test_a_passkey_of_another_proves_nothing(place: Town) -> None:
    key, other = made(at_home(place)), bob_inside(place)
    long_ago(place)
    assert other.post("/compte/preuve/cle", reponse=key.sign(asked(other)), suite="/compte").status_code == 403
    assert other.ask("GET", "/compte/code").status_code == 303


def test_a_passkey_is_taken_away(place: Town) -> None:
    who = at_home(place)
    key = made(who)
    (form,) = (form for form in who.get("/compte").root.all("form") if "/compte/cle/" in form.attributes.get("action", ""))
    assert who.post(form.attributes["action"]).status_code == 303
    other = visitor(place, host="localhost")
    refused(other, key.sign(asked(other)))


def test_a_library_that_says_nothing_lets_nobody_in(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    key = made(at_home(place))
    who = visitor(place, host="localhost")
    options = asked(who)
    monkeypatch.setattr("webauthn.verify_authentication_response", lambda **given: None)
    answer = who.post("/entrer/cle", reponse=key.sign(options))
    assert answer.status_code in (403, 500) and not who.inside
    assert ("signed-in", "passkey") not in noted(place)
    assert Sheet(who.ask("GET", "/entrer"))
