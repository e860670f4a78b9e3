"""What is tried too often, and what fails: nobody enters, and nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest

from services.home import Home
from services.schema import Urls
from services.signing_in import entering, limits, passwords
from services.store import Store
from tests.homes import opened, secretary
from tests.services.signing import GOOD, rows


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        passwords.choose(home.store, secretary(home).person, GOOD)
        yield home


def test_of_ten_thousand_guesses_ten_are_tried(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(entering, "verify", lambda *given: bool(tried.append(given)))
    refused = 0
    for n in range(10_000):
        try:
            entering.by_password(home.store, "ana", f"essai {n}", f"10.0.{n // 250}.{n % 250}")
        except limits.TriedTooOften as error:
            refused += 1
            assert 0 < error.seconds <= 900
        except entering.LoginWrong:
            pass
    assert (len(tried), refused) == (10, 9_990)


def test_guesses_at_once_are_as_many_as_one_after_the_other(home: Home) -> None:
    together, tried = Barrier(8, timeout=60), []

    def guess(n: int) -> None:
        with Store(home.urls.writer) as store:
            together.wait()
            for _ in range(5):
                try:
                    limits.count(store, "password", "ana")
                    tried.append(n)
                except limits.TriedTooOften:
                    pass

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(8)))
    assert len(tried) == limits.MOST


def test_a_limit_ends_and_a_proof_clears_it(home: Home) -> None:
    for _ in range(limits.MOST - 1):
        with pytest.raises(entering.LoginWrong):
            entering.by_password(home.store, "ana", "non", "ici")
    assert entering.by_password(home.store, "ana", GOOD, "ici")
    assert rows(home, "SELECT count(*) FROM suivi.guesses") == [(1,)]  # of the address
    for _ in range(limits.MOST):
        with pytest.raises(entering.LoginWrong):
            entering.by_password(home.store, "ana", "non", "ici")
    with pytest.raises(limits.TriedTooOften):
        entering.by_password(home.store, "ana", GOOD, "ici")
    home.store.connection.execute("UPDATE suivi.guesses SET ends_at = clock_timestamp()")
    assert entering.by_password(home.store, "ana", GOOD, "ici")


def test_one_address_may_try_sixty_times_a_minute(home: Home) -> None:
    for n in range(limits.MOST_OF_PLACE):
        limits.count_place(home.store, "10.0.0.1")
        assert n < 60
    with pytest.raises(limits.TriedTooOften):
        limits.count_place(home.store, "10.0.0.1")
    limits.count_place(home.store, "10.0.0.2")


def test_counters_name_nobody(home: Home) -> None:
    with pytest.raises(entering.LoginWrong):
        entering.by_password(home.store, "marie-canari", "non", "203.0.113.77")
    kept = str(rows(home, "SELECT g::text FROM suivi.guesses g"))
    assert "canari" not in kept and "203.0" not in kept


def test_without_its_counters_nothing_is_tried(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "verify", lambda *given: pytest.fail("tried"))
    with psycopg.connect(home.urls.owner, autocommit=True) as owner:
        owner.execute("REVOKE INSERT, UPDATE ON suivi.guesses FROM suivi_writer")
    with pytest.raises(psycopg.Error):
        entering.by_password(home.store, "ana", GOOD, "ici")


@pytest.mark.parametrize("step", ["count", "verify", "account_named"])
def test_what_fails_lets_nobody_in(home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A check that raises, or that answers nothing, refuses."""

    def broken(*given: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(entering, step, broken)
    with pytest.raises(RuntimeError):
        entering.by_password(home.store, "ana", GOOD, "ici")
    monkeypatch.setattr(entering, step, lambda *given: None)
    if step != "count":  # it refuses by raising
        with pytest.raises(entering.LoginWrong):
            entering.by_password(home.store, "ana", GOOD, "ici")
