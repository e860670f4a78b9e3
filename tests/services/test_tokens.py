"""Tokens: who enters, until when, and one-time links."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services import accounts, tokens
from services.home import Home
from services.schema import Urls
from services.store import Store
from tests.homes import opened, secretary


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def expire(home: Home) -> None:
    home.store.connection.execute("UPDATE suivi.tokens SET expires_at = clock_timestamp()")


def test_a_secret_lets_its_person_in(home: Home) -> None:
    token, secret = tokens.add(home.store, secretary(home), "site", ["write"], 30)
    found = tokens.entered(home.store, secret)
    assert found and (found.login, found.scopes) == ("ana", {"read", "write"})
    assert found.actor == secretary(home)
    assert token.expires_at - token.created_at == timedelta(days=30)
    assert tokens.entered(home.store, secret + "x") is None
    assert tokens.entered(home.store, secret, "session") is None


def test_only_the_hash_is_kept(home: Home) -> None:
    _, secret = tokens.add(home.store, secretary(home), "site")
    rows = home.store.connection.execute("SELECT t::text FROM suivi.tokens t").fetchall()
    assert len(secret) == 43 and secret not in str(rows)


def test_a_token_ends_with_its_days_its_revocation_or_its_account(home: Home) -> None:
    _, first = tokens.add(home.store, secretary(home), "un")
    tokens.revoke(home.store, secretary(home), "un")
    assert tokens.entered(home.store, first) is None
    _, second = tokens.add(home.store, secretary(home), "un")
    expire(home)
    assert tokens.entered(home.store, second) is None
    assert tokens.all_tokens(home.store, secretary(home)) == []
    accounts.add(home.store, secretary(home), "jean", ["officer"])
    jean, _ = accounts.enter(home.store, "jean")
    _, third = tokens.add(home.store, jean, "un")
    assert tokens.entered(home.store, third)
    accounts.disable(home.store, secretary(home), "jean")
    assert tokens.entered(home.store, third) is None


def test_what_a_person_may_do_is_asked_each_time(home: Home) -> None:
    accounts.add(home.store, secretary(home), "jean", ["officer"])
    jean, _ = accounts.enter(home.store, "jean")
    _, secret = tokens.add(home.store, jean, "un")
    accounts.add(home.store, secretary(home), "jean", ["auditor"])
    found = tokens.entered(home.store, secret)
    assert found and found.roles == {"auditor"}


@pytest.mark.parametrize(
    ("name", "scopes", "days", "error"),
    [
        ("", ["read"], 1, tokens.NameUnfit), ("x" * 61, ["read"], 1, tokens.NameUnfit),
        ("a\nb", ["read"], 1, tokens.NameUnfit), ("a", ["all"], 1, tokens.ScopeUnknown),
        ("a", ["read"], 0, tokens.DaysUnfit), ("a", ["read"], 366, tokens.DaysUnfit),
    ],
)  # fmt: skip
def test_what_a_token_cannot_be(home: Home, name: str, scopes: list[str], days: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        tokens.add(home.store, secretary(home), name, scopes, days)


def together(urls: Urls, work: object, times: int = 8) -> list[object]:
    """What so many threads get who do the same at once, each over its own connection."""

    def once(_: int) -> object:
        with Store(urls.writer) as store:
            return work(store)  # type: ignore[operator]

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


def test_of_two_tokens_of_a_name_one_is_made(home: Home) -> None:
    actor = secretary(home)

    def make(store: Store) -> object:
        try:
            return tokens.add(store, actor, "site")
        except tokens.TokenThere:
            return None

    assert sum(made is not None for made in together(home.urls, make)) == 1


def test_a_link_opens_one_session(home: Home) -> None:
    link = tokens.one_time_link(home.store, secretary(home).person)
    assert tokens.entered(home.store, link, "link")  # as such it opens no door: no door asks for a link
    opened_by = [secret for secret in together(home.urls, lambda store: tokens.redeem(store, link)) if secret]
    assert len(opened_by) == 1
    session = str(opened_by[0])
    found = tokens.entered(home.store, session, "session")
    assert found and found.scopes == {"read", "write"} and found.session and found.proven
    assert tokens.entered(home.store, session) is None


def test_links_and_sessions_end(home: Home) -> None:
    person = secretary(home).person
    link = tokens.one_time_link(home.store, person)
    expire(home)
    assert tokens.redeem(home.store, link) is None
    session = tokens.redeem(home.store, tokens.one_time_link(home.store, person))
    lasts = home.store.connection.execute("SELECT DISTINCT kind, expires_at - created_at > %s FROM suivi.tokens",
                                          (tokens.LINK,)).fetchall()  # fmt: skip
    assert lasts == [("link", False)] and session and tokens.entered(home.store, session, "session")
    tokens.revoke_all(home.store)
    assert tokens.entered(home.store, session, "session") is None


def test_the_tokens_of_a_simulated_store_end_in_real_time(database: Urls) -> None:
    with opened(database) as home:
        home.store.connection.execute("UPDATE suivi.clock SET simulated_at = '2024-09-18T12:00Z'")
        _, secret = tokens.add(home.store, secretary(home), "site", days=1)
        assert tokens.entered(home.store, secret)
        row = home.store.connection.execute(
            "SELECT expires_at BETWEEN clock_timestamp() AND clock_timestamp() + interval '1 day' FROM suivi.tokens"
        ).fetchone()
        assert row == (True,)
