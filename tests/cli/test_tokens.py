"""Tokens at the terminal."""

from __future__ import annotations

from tests.cli.conftest import Suivi


def test_a_token_is_shown_once_listed_and_revoked(cases: Suivi) -> None:
    made = cases.done("token", "add", "site", "--scope", "écriture", "--json").json
    assert (made["name"], made["login"], made["scopes"]) == ("site", "marie", ["read", "write"])
    assert len(made["secret"]) >= 43
    printed = cases.done("token", "add", "statistiques", "--days", "2")
    assert printed.out.strip() not in cases.done("token", "list").words
    assert "n’est montré qu’une fois" in printed.words
    listed = cases.done("token", "list", "--json").json["items"]
    assert [(token["name"], token["scopes"]) for token in listed] == [("site", ["read", "write"]), ("statistiques", ["read"])]
    assert "lire, écrire" in cases.done("token", "list").words
    assert "n’ouvre plus rien" in cases.done("token", "revoke", "site").words
    assert [token["name"] for token in cases.done("token", "list", "--json").json["items"]] == ["statistiques"]


def test_what_a_token_cannot_be_is_said(cases: Suivi) -> None:
    cases.done("token", "add", "site")
    assert "Il y a déjà un jeton « site »" in cases("token", "add", "site").words
    assert "365 jours" in cases("token", "add", "autre", "--days", "366").words
    assert "de 1 à 60 caractères" in cases("token", "add", " ").words
    assert "que vous puissiez révoquer. Les jetons : site." in cases("token", "revoke", "absent").words
    assert cases("token", "add", "autre", "--scope", "tout").code == 2


def test_whose_tokens_are_listed(cases: Suivi) -> None:
    cases.done("user", "add", "jean", "--role", "officer")
    cases.done("token", "add", "de-jean", user="jean")
    cases.done("token", "add", "de-marie")
    assert [token["name"] for token in cases.done("token", "list", "--json", user="jean").json["items"]] == ["de-jean"]
    assert len(cases.done("token", "list", "--json").json["items"]) == 2
    assert cases("token", "revoke", "de-marie", user="jean").code == 1
    assert cases("token", "revoke", "de-jean").code == 0
