"""Entering with the organisation's provider: the way there and back, roles by groups, accounts that are linked."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import RSAKey

from services import accounts
from services.signing_in import identities, oidc
from services.signing_in.provider import IssuerUnfit, Provider, ProviderIncomplete, RolesUnreadable
from tests.homes import secretary
from tests.web.browser import Sheet
from tests.web.desk import Town
from tests.web.meeting import Meeting
from tests.web.provider import Claims, sign
from tests.web.visitor import noted, visitor


def test_who_was_invited_enters_by_their_verified_address(meeting: Meeting) -> None:
    meeting.invite()
    who, answer = meeting.come(suite="/etat")
    assert (answer.status_code, answer.headers["location"]) == (303, "/etat") and who.inside
    asked, said = meeting.there.asked[0], meeting.there.said[0]
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256" and asked["scope"].split()[0] == "openid"
    assert asked["redirect_uri"] == said["redirect_uri"] == "http://127.0.0.1:8017/oidc/retour"
    assert said["client_secret"] == "chut" and len(said["code_verifier"]) >= 43
    assert len(asked["state"]) == len(asked["nonce"]) == 43
    meeting.there.who |= {"email": "autre@exemple.org"}  # from then on it is what the provider calls them that counts
    again, _ = meeting.come()
    assert again.inside and noted(meeting.town).count(("signed-in", "provider")) == 2


@pytest.mark.parametrize(
    "who",
    [{"email_verified": False}, {"email_verified": "true"}, {"email_verified": None}, {"email": "autre@exemple.org"},
     {"email": None}, {"email": ["marie@exemple.org"]}],
)  # fmt: skip
def test_an_address_that_is_not_verified_opens_no_invitation(meeting: Meeting, who: Claims) -> None:
    meeting.invite()
    meeting.there.who |= who
    came, answer = meeting.come()
    assert answer.status_code == 403 and "vous n’avez pas de compte ici" in Sheet(answer).text and not came.inside


def test_who_was_not_invited_stays_outside(meeting: Meeting) -> None:
    meeting.there.who |= {"email": "ana@exemple.org"}
    meeting.town.do("person:ana", "set-address", mail="ana@exemple.org")  # an address in the directory is no account
    who, answer = meeting.come()
    assert answer.status_code == 403 and not who.inside
    assert noted(meeting.town)[-1] == ("sign-in-refused", "provider")


def test_a_closed_account_is_closed_there_as_well(meeting: Meeting) -> None:
    meeting.invite()
    meeting.come()
    accounts.disable(meeting.town.home.store, secretary(meeting.town.home), "marie")
    who, answer = meeting.come()
    assert answer.status_code == 403 and not who.inside


def roles(meeting: Meeting, login: str = "marie") -> frozenset[str]:
    found = accounts.find(meeting.town.home.store, login)
    assert found
    return found.roles


def test_groups_give_roles_each_time(meeting: Meeting) -> None:
    meeting.invite("officer")
    meeting.let(roles={"Secrétariat": frozenset({"secretary"}), "CA": frozenset({"officer", "auditor"})})
    meeting.there.who |= {"groups": ["CA", "Cafétéria"]}
    first, _ = meeting.come()
    assert roles(meeting) == {"officer", "auditor"} and first.inside
    meeting.there.who |= {"groups": "Secrétariat"}
    second, _ = meeting.come()
    assert roles(meeting) == {"secretary"} and second.inside and not first.inside
    for none in (["Cafétéria"], [], None, [7], {"CA": 1}):
        meeting.there.who |= {"groups": none}
        who, answer = meeting.come()
        assert answer.status_code == 403 and "Aucun de vos groupes" in Sheet(answer).text and not who.inside
    assert roles(meeting) == {"secretary"}


def test_groups_do_not_take_the_last_administrator_away(meeting: Meeting) -> None:
    who = visitor(meeting.town)
    who.enter()
    meeting.back(who, meeting.there.go(who.post("/oidc/relier").headers["location"]))
    meeting.let(roles={"CA": frozenset({"officer"})})
    meeting.there.who |= {"groups": ["CA"]}
    came, answer = meeting.come()
    assert answer.status_code == 409 and not came.inside and "administrator" in roles(meeting, "ana")


def test_the_way_back_is_for_who_went(meeting: Meeting) -> None:
    meeting.invite()
    who, other = visitor(meeting.town), visitor(meeting.town)
    address = meeting.led(who)
    meeting.led(other)
    assert meeting.back(visitor(meeting.town), address).status_code == 403  # without what was begun
    assert meeting.back(other, address).status_code == 403  # with what another began
    state = dict(parse_qsl(urlsplit(address).query))["state"]
    for odd in (address.replace(state, "x" * 43), address.replace(f"state={state}", "s=1"), address.partition("?")[0]):
        came = visitor(meeting.town)
        meeting.led(came)
        assert meeting.back(came, odd).status_code == 403 and not came.inside
    kept = dict(who.cookies)
    assert meeting.back(who, address).status_code == 303 and who.inside
    again = visitor(meeting.town)
    again.cookies = kept
    assert meeting.back(again, address).status_code == 403 and not again.inside  # it serves once


def test_the_answer_of_another_provider_is_none(meeting: Meeting) -> None:
    """RFC 9207: what comes back names its issuer."""
    meeting.invite()
    who = visitor(meeting.town)
    address = meeting.led(who).replace("iss=http%3A%2F%2F127", "iss=http%3A%2F%2F128")
    assert meeting.back(who, address).status_code == 403 and not meeting.there.said


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://ailleurs.example"}, {"token_endpoint": "http://ailleurs.example/token"}, {"token_endpoint": None},
     {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": "http://10.0.0.1/keys"}],
)  # fmt: skip
def test_a_provider_that_is_not_what_it_was_said_to_be_is_away(meeting: Meeting, metadata: dict[str, Any]) -> None:
    meeting.invite()
    meeting.there.metadata = metadata
    who, answer = meeting.come()
    assert answer.status_code == 503 and "Le fournisseur ne répond pas" in Sheet(answer).text and not who.inside


def test_a_new_key_is_taken_once_the_provider_publishes_it(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting.invite()
    who, _ = meeting.come()
    assert who.inside
    monkeypatch.setattr(oidc, "ANEW", 0.0)  # as if a minute had passed
    meeting.there.key = RSAKey.generate_key(2048, {"kid": "k2", "use": "sig", "alg": "RS256"})
    meeting.there.token = lambda there, claims: sign({"alg": "RS256", "kid": "k2"}, claims, there.key)
    again, _ = meeting.come()
    assert again.inside


def test_an_account_is_linked_by_who_is_in_and_has_proved_it(meeting: Meeting) -> None:
    who = visitor(meeting.town)
    who.enter()
    away = who.post("/oidc/relier")
    answer = meeting.back(who, meeting.there.go(away.headers["location"]))
    assert answer.headers["location"] == "/compte" and "Vous entrez aussi avec Exemple" in who.get("/compte").text
    other, _ = meeting.come()
    assert other.inside and [each.login for each in accounts.all_accounts(meeting.town.home.store)] == ["ana"]


def test_what_one_began_to_link_is_not_ended_for_another(meeting: Meeting) -> None:
    who, thief = visitor(meeting.town), visitor(meeting.town)
    who.enter()
    address = meeting.there.go(who.post("/oidc/relier").headers["location"])
    thief.cookies = {name: value for name, value in who.cookies.items() if "essai" in name}
    assert meeting.back(thief, address).status_code == 403
    provider, home = meeting.town.nobody.app.state.settings.provider, meeting.town.home
    assert not identities.linked(home.store, provider, secretary(home).person)


def test_without_a_provider_there_is_no_such_page(place: Town) -> None:
    for path in ("/oidc/entrer", "/oidc/retour"):
        assert visitor(place).ask("GET", path).status_code == 404
    assert "Entrer avec" not in visitor(place).get("/entrer").text


def test_settings_are_read_and_judged() -> None:
    given = {"SUIVI_OIDC_ISSUER": "https://login.example.org/t/v2.0", "SUIVI_OIDC_CLIENT_ID": "abc",
             "SUIVI_OIDC_ROLES": "CA = officer; Secrétariat=secretary;CA=auditor"}  # fmt: skip
    found = Provider.from_environment(given)
    assert found and found.name == "login.example.org" and found.group_claim == "groups"
    assert found.roles == {"CA": {"officer", "auditor"}, "Secrétariat": {"secretary"}}
    assert Provider.from_environment({}) is None
    wrong: list[tuple[dict[str, str], type[Exception]]] = [
        ({"SUIVI_OIDC_CLIENT_ID": ""}, ProviderIncomplete), ({"SUIVI_OIDC_ISSUER": "http://x.example"}, IssuerUnfit),
        ({"SUIVI_OIDC_ISSUER": "https://x.example?y"}, IssuerUnfit), ({"SUIVI_OIDC_ROLES": "CA=roi"}, RolesUnreadable),
        ({"SUIVI_OIDC_ROLES": "CA=system"}, RolesUnreadable), ({"SUIVI_OIDC_ROLES": "CA"}, RolesUnreadable),
    ]  # fmt: skip
    for odd, error in wrong:
        with pytest.raises(error):
            Provider.from_environment(given | odd)
