"""Inviting someone, and letting them back in."""

from __future__ import annotations

import re

from tests.cli.conftest import Suivi


def test_someone_is_invited_and_handed_the_link_where_no_mail_leaves(cases: Suivi) -> None:
    said = cases.done("user", "invite", "Louise Gagnon", "--mail", "louise@exemple.org", "--role", "officière")
    assert "Remettez vous-même ce lien" in said.words
    assert re.search(r"http://127\.0\.0\.1:8017/invitation\?lien=[\w-]{43}", said.out)
    assert "louise" not in cases.done("user", "list").words
    told = cases.done("user", "invite", "Louise Gagnon", "--role", "officer", "--json").json
    assert (told["kind"], told["mail"]) == ("invitation", "louise@exemple.org") and told["link"].startswith("http://")
    assert cases("user", "invite", "Sans adresse", "--role", "officer").code == 1
    assert cases("user", "invite", "Louise Gagnon", "--role", "reine").code == 2


def test_someone_is_let_back_in(cases: Suivi) -> None:
    cases.done("user", "add", "louise", "--role", "officer", "--mail", "louise@exemple.org")
    told = cases.done("user", "reset", "louise", "--json").json
    assert (told["kind"], told["mail"]) == ("reset", "louise@exemple.org")
    assert cases("user", "reset", "personne").code == 1
