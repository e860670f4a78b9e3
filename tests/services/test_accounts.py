"""Who may act: the first of all, those whom administrators add, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from domain.errors import Forbidden, SuiviError
from services import accounts
from services.accounts import Account, FirstOfAll, all_accounts
from services.home import Home
from services.reading import When, history, people
from services.schema import Urls
from services.store import Store
from tests.homes import do, opened


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


def test_the_first_of_all_is_secretary_and_administrator(home: Home) -> None:
    actor = home.actor()
    assert actor.roles == {"secretary", "administrator"} and actor.on_behalf_of is None
    assert [(type(notice), notice.facts) for notice in home.notices] == [(FirstOfAll, {"login": "ana"})]
    assert [(row["ref"], row["name"]) for row in people(home, When())] == [("person:ana", "ana")]
    home.notices.clear()
    assert home.actor() == actor and home.notices == []


def test_the_second_is_told_who_can_add_them(home: Home, database: Urls) -> None:
    home.actor()
    events = home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    with opened(database, "benoit") as other:
        with pytest.raises(accounts.NoAccount) as refused:
            other.actor()
        assert refused.value.facts == {"login": "benoit", "administrators": ["ana"]}
        assert isinstance(refused.value, Forbidden)
        assert other.viewer().roles == frozenset()
    assert home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone() == events


def test_an_administrator_adds_closes_and_opens_again(home: Home, database: Urls) -> None:
    ana = home.actor()
    added = accounts.add(home.store, ana, "benoit", ["officer"], "Benoît Roy", "benoit@exemple.org")
    home.catch_up()
    assert [(row["name"], row["mail"]) for row in people(home, When())] == [("ana", None), ("Benoît Roy", "benoit@exemple.org")]
    with opened(database, "benoit") as other:
        actor = other.actor()
        assert (actor.person, actor.roles) == (added.person, {"officer"})
        for forbidden in (lambda: accounts.add(other.store, actor, "chloe", ["officer"]),
                          lambda: accounts.disable(other.store, actor, "ana")):  # fmt: skip
            with pytest.raises(accounts.AdministratorsOnly):
                forbidden()
        accounts.disable(home.store, ana, "benoit")
        with pytest.raises(accounts.Disabled):
            other.actor()
        assert other.viewer().roles == frozenset()
        again = accounts.add(home.store, ana, "benoit", ["auditor"])
        assert again == Account("benoit", added.person, frozenset({"auditor"})) == accounts.find(other.store, "benoit")


def test_whoever_is_there_already_gets_the_address_and_the_language(home: Home) -> None:
    ana = home.actor()
    do(home, "person:benoit-roy", "create", name="Benoît Roy", mail="old@exemple.org")
    accounts.add(home.store, ana, "benoit", ["officer"], "Benoît Roy", "benoit@exemple.org")
    for _ in range(2):
        accounts.add(home.store, ana, "ana", sorted(ana.roles), "ana", "ana@exemple.org", "en")
    accounts.add(home.store, ana, "ana", sorted(ana.roles))
    home.catch_up()
    known = [(row["mail"], row["lang"]) for row in people(home, When())]
    assert known == [("ana@exemple.org", "en"), ("benoit@exemple.org", None)]
    told = [entry["event"] for entry in history(home, "person:ana", When(), "fr")]
    assert told == ["PersonCreated", "AddressChanged", "LanguageChanged"]


def test_what_is_unknown_is_told(home: Home) -> None:
    ana = home.actor()
    with pytest.raises(accounts.RoleUnknown) as role:
        accounts.add(home.store, ana, "benoit", ["system"])
    assert sorted(role.value.facts["roles"]) == ["administrator", "auditor", "member", "officer", "secretary"]
    with pytest.raises(accounts.LoginUnknown):
        accounts.disable(home.store, ana, "personne")
    with pytest.raises(accounts.LoginUnknown):
        home.actor("personne")


def test_one_administrator_is_always_left(home: Home) -> None:
    ana = home.actor()
    with pytest.raises(accounts.LastAdministrator):
        accounts.disable(home.store, ana, "ana")
    with pytest.raises(accounts.LastAdministrator):
        accounts.add(home.store, ana, "ana", ["secretary"])
    assert accounts.find(home.store, "ana") == Account("ana", ana.person, ana.roles)
    accounts.add(home.store, ana, "benoit", ["administrator"])
    accounts.add(home.store, ana, "ana", ["secretary"])
    assert [a.login for a in all_accounts(home.store) if "administrator" in a.roles] == ["benoit"]


def test_two_administrators_close_each_other_at_once(home: Home, database: Urls) -> None:
    ana = home.actor()
    accounts.add(home.store, ana, "benoit", ["administrator"])

    def close(login: str) -> None:
        with Store(database.writer) as store, suppress(accounts.LastAdministrator):
            accounts.disable(store, ana, login)

    for _ in range(8):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(close, ("ana", "benoit")))
        assert len(accounts.administrators(all_accounts(home.store))) == 1
        for login in ("ana", "benoit"):
            accounts.add(home.store, ana, login, ["administrator"])


def test_one_person_has_one_account(home: Home) -> None:
    ana = home.actor()
    accounts.add(home.store, ana, "eric", ["officer"], "Éric")
    with pytest.raises(accounts.HasAccount) as refused:
        accounts.add(home.store, ana, "eric2", ["officer"], "Eric")
    assert refused.value.facts == {"name": "Eric", "login": "eric"}
    assert [account.login for account in all_accounts(home.store)] == ["ana", "eric"]


def test_acting_for_someone_is_recorded(home: Home) -> None:
    ana = home.actor()
    benoit = accounts.add(home.store, ana, "benoit", ["officer"], "Benoît")
    actor = home.actor("benoit")
    assert (actor.person, actor.roles, actor.on_behalf_of) == (ana.person, {"officer"}, benoit.person)
    assert home.actor("ana") == ana
    do(home, "assembly:2023", "create", by=actor, name="Assemblée")
    do(home, "2023:1", "adopt", by=actor, title="Titre")
    home.catch_up()
    (entry,) = history(home, "2023:1", When(), "fr")
    assert (entry["actor"], entry["on_behalf_of"], entry["data"]["role"]) == ("ana", "Benoît", "officer")


def test_only_administrators_act_for_others(home: Home, database: Urls) -> None:
    ana = home.actor()
    accounts.add(home.store, ana, "benoit", ["officer"])
    with opened(database, "benoit") as other, pytest.raises(accounts.AdministratorsOnly):
        other.actor("ana")


def test_first_uses_at_once_leave_one_administrator(database: Urls, home: Home) -> None:
    def use(login: str) -> bool:
        with Store(database.writer) as store:
            try:
                return accounts.enter(store, login)[1] is not None
            except SuiviError as refused:
                assert isinstance(refused, accounts.NoAccount)
                return False

    with ThreadPoolExecutor(5) as pool:
        first = list(pool.map(use, "abcde"))
    assert sum(first) == 1
    assert [account.login for account in all_accounts(home.store)] == ["abcde"[first.index(True)]]
    home.catch_up()
    assert len(people(home, When())) == 1, "nobody else was entered"
