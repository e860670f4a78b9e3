"""Invitations and ways back in: by mail, each once, for whom they were made."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from services import accounts, tokens
from services.accounts import keep_address
from services.mail import deliver, listing
from services.signing_in import invitations, links, passwords
from services.signing_in.invitations import Sent
from services.signing_in.opening import AddressNeeded, RolesNeeded, own_address
from tests.homes import secretary
from tests.services.mailing import sink
from tests.web.browser import Sheet
from tests.web.desk import Town
from tests.web.test_entry import with_codes
from tests.web.visitor import GOOD, noted, visitor

MARIE = "marie@exemple.org"
OTHER = "cinq chats roses chantent"


def invited(place: Town, name: str = "Marie Tremblay", mail: str = MARIE, *roles: str) -> Sent:
    home = place.home
    return invitations.invite(home.store, home.settings, secretary(home), name, roles or ("officer",), mail)


def secret(sent: Sent) -> str:
    return sent.address.partition("lien=")[2]


def test_who_is_invited_opens_an_account_and_is_in(place: Town) -> None:
    who, sent = visitor(place), invited(place)
    assert [account.login for account in accounts.all_accounts(place.home.store)] == ["ana"]
    sheet = who.get("/invitation", lien=secret(sent))
    assert "Marie Tremblay" in sheet.text and "Votre rôle" in sheet.text
    answer = who.send(sheet, "/invitation", mot_de_passe=GOOD)
    assert answer.status_code == 303 and who.inside
    account = accounts.find(place.home.store, "marie-tremblay")
    assert account and account.roles == {"officer"} and own_address(place.home.store, account.person) == MARIE
    assert visitor(place).enter(MARIE).status_code == 303
    assert noted(place)[0] == ("account-changed", "invitation")


def test_looking_spends_nothing_and_using_it_spends_it(place: Town) -> None:
    who, sent = visitor(place), invited(place)
    for _ in range(3):
        assert who.ask("GET", "/invitation", params={"lien": secret(sent)}).status_code == 200
        assert who.ask("HEAD", "/invitation", params={"lien": secret(sent)}).status_code == 200
    assert who.post("/invitation", lien=secret(sent), mot_de_passe=GOOD).status_code == 303
    other = visitor(place)
    assert other.post("/invitation", lien=secret(sent), mot_de_passe=OTHER).status_code == 403
    assert not other.inside and other.get("/invitation", 403, lien=secret(sent))


def test_an_unfit_password_leaves_the_link_as_it_is(place: Town) -> None:
    who, sent = visitor(place), invited(place)
    for password, said in (("court", "au moins 12 caractères"), ("Marie Tremblay 12", "parmi les premiers"), ("", "au moins 12")):
        answer = who.post("/invitation", lien=secret(sent), mot_de_passe=password)
        assert answer.status_code == 422 and said in Sheet(answer).text
    assert len(accounts.all_accounts(place.home.store)) == 1 and not who.inside
    assert who.send(Sheet(answer), "/invitation", mot_de_passe=GOOD).status_code == 303


@pytest.mark.parametrize("over", ["expires_at = clock_timestamp()", "revoked_at = clock_timestamp()"])
def test_a_link_ends(place: Town, over: str) -> None:
    sent = invited(place)
    place.home.store.connection.execute("UPDATE suivi.invitations SET " + over)  # type: ignore[arg-type]
    who = visitor(place)
    who.get("/invitation", 403, lien=secret(sent))
    assert who.post("/invitation", lien=secret(sent), mot_de_passe=GOOD).status_code == 403 and not who.inside


def test_another_invitation_ends_the_first(place: Town) -> None:
    first, second = invited(place), invited(place, "Marie Tremblay", MARIE, "auditor")
    who = visitor(place)
    who.get("/invitation", 403, lien=secret(first))
    assert who.get("/invitation", lien=secret(second))
    invitations.withdraw(place.home.store, secretary(place.home), second.id)
    who.get("/invitation", 403, lien=secret(second))


def test_an_invitation_ends_with_the_powers_of_who_made_it(place: Town) -> None:
    place.someone("bob", "administrator")
    bob, home = accounts.enter(place.home.store, "bob")[0], place.home
    sent = invitations.invite(home.store, home.settings, bob, "Marie", ["administrator"], MARIE)
    accounts.add(home.store, secretary(home), "bob", ["officer"])
    visitor(place).get("/invitation", 403, lien=secret(sent))


def test_only_an_administrator_invites_and_only_whom_mail_reaches(place: Town) -> None:
    home = place.home
    place.someone("bob", "officer")
    with pytest.raises(accounts.AdministratorsOnly):
        invitations.invite(home.store, home.settings, accounts.enter(home.store, "bob")[0], "Eve", ["officer"], MARIE)
    with pytest.raises(AddressNeeded):
        invited(place, "Sans adresse", "")
    with pytest.raises(RolesNeeded):
        invitations.invite(home.store, home.settings, secretary(home), "Marie", [], MARIE)
    with pytest.raises(accounts.RoleUnknown):
        invited(place, "Marie", MARIE, "system")
    with pytest.raises(accounts.HasAccount):
        invited(place, "bob", MARIE)
    assert not links.invitations(home.store)


def test_the_secret_is_nowhere_until_the_message_leaves(place: Town) -> None:
    home, sent = place.home, invited(place)
    for table in ("outbox", "invitations", "access", "command_log", "events"):
        rows = home.store.connection.execute(f"SELECT t::text FROM suivi.{table} t").fetchall()  # type: ignore[call-overload]
        assert secret(sent) not in str(rows)
    assert secret(sent) not in str(listing(home))
    with sink() as server:
        settings = replace(home.settings, smtp_url=server.url, mail_from="suivi@exemple.org")
        assert deliver(home.store, settings).sent == 1 and deliver(home.store, settings).sent == 0
    (message,) = server.messages
    assert message["To"] == MARIE and secret(sent) not in str(message["Subject"])
    for part in ("plain", "html"):
        body = message.get_body((part,))
        assert body and re.findall(r"/invitation\?lien=([\w-]+)", body.get_content()) == [secret(sent)]


def test_a_link_that_serves_no_more_is_not_sent(place: Town) -> None:
    home, sent = place.home, invited(place)
    invitations.withdraw(home.store, secretary(home), sent.id)
    with sink() as server:
        done = deliver(home.store, replace(home.settings, smtp_url=server.url, mail_from="suivi@exemple.org"))
    assert (done.sent, done.parked) == (0, 1) and not server.messages


def test_it_goes_where_it_was_to_go_whatever_the_directory_says_since(place: Town) -> None:
    """An officer may change an address in the directory; no link follows it there."""
    home = place.home
    invited(place)
    place.do("person:marie-tremblay", "set-address", mail="voleur@exemple.org")
    keep_address(home.store, secretary(home).person, "ana@exemple.org")
    place.do("person:ana", "set-address", mail="voleur@exemple.org")
    visitor(place).post("/entrer/oubli", identifiant="ana")
    with sink() as server:
        deliver(home.store, replace(home.settings, smtp_url=server.url, mail_from="suivi@exemple.org"))
    assert sorted(str(message["To"]) for message in server.messages) == ["ana@exemple.org", MARIE]


def test_a_way_back_in_closes_every_session_and_asks_for_the_code(place: Town) -> None:
    home, thief = place.home, visitor(place)
    thief.enter()
    with_codes(place)
    place.do("person:ana", "set-address", mail="ana@exemple.org")
    sent = invitations.reset(home.store, home.settings, secretary(home), "ana")
    who = visitor(place)
    sheet = who.get("/invitation", lien=secret(sent))
    assert "ana, choisissez le mot de passe" in sheet.text
    answer = who.send(sheet, "/invitation", mot_de_passe=OTHER)
    assert answer.headers["location"] == "/entrer/code" and not who.inside and not thief.inside
    assert not passwords.verify(home.store, secretary(home).person, GOOD)
    assert who.post("/invitation", lien=secret(sent), mot_de_passe=GOOD).status_code == 403


def test_a_way_back_in_is_no_way_around_a_password(place: Town) -> None:
    """“Go on with a passkey” is for who has no account yet."""
    home = place.home
    place.do("person:ana", "set-address", mail="ana@exemple.org")
    sent = invitations.reset(home.store, home.settings, secretary(home), "ana")
    who = visitor(place, host="localhost")
    assert who.post("/invitation", lien=secret(sent), moyen="cle").status_code == 422 and not who.inside


def test_who_prefers_a_passkey_makes_it_next(place: Town) -> None:
    who, sent = visitor(place, host="localhost"), invited(place)
    answer = who.post("/invitation", lien=secret(sent), moyen="cle")
    assert answer.headers["location"] == "/compte/cle" and "Ajouter une clé d’accès" in who.get("/compte/cle").text


def test_a_restored_store_takes_no_link_of_before(place: Town) -> None:
    sent = invited(place)
    tokens.revoke_all(place.home.store)
    visitor(place).get("/invitation", 403, lien=secret(sent))


@pytest.mark.parametrize("odd", ["", "x", "é" * 50, "\0", "' OR 1=1", "x" * 5000])
def test_an_odd_link_is_no_fault(place: Town, odd: str) -> None:
    who = visitor(place)
    assert who.post("/invitation", lien=odd, mot_de_passe=GOOD).status_code == 403 and not who.inside
