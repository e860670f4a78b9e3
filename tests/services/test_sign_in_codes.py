"""Codes of a telephone, and printed ones: each serves once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp
import pytest

from services.home import Home
from services.schema import Urls
from services.signing_in import attempts, codes, entering, limits, passwords
from services.store import Store
from tests.homes import opened, secretary
from tests.services.signing import GOOD, rows


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        passwords.choose(home.store, secretary(home).person, GOOD)
        yield home


def key_of(home: Home) -> str:
    key = codes.new_key()
    codes.enrol(home.store, secretary(home).person, key, pyotp.TOTP(key).now())
    return key


def later(home: Home) -> None:
    """As if the last code had been taken long ago."""
    home.store.connection.execute("UPDATE suivi.one_time_codes SET step = step - 10")


def test_a_code_serves_once(home: Home) -> None:
    person, key = secretary(home).person, codes.new_key()
    with pytest.raises(codes.CodeWrong):
        codes.enrol(home.store, person, key, "000000" if pyotp.TOTP(key).now() != "000000" else "000001")
    assert not codes.has_codes(home.store, person)
    key = key_of(home)
    with pytest.raises(codes.CodeWrong):  # it served to begin
        codes.prove(home.store, person, pyotp.TOTP(key).now())
    later(home)
    shown = pyotp.TOTP(key).now()
    codes.prove(home.store, person, f" {shown[:3]} {shown[3:]} ")
    with pytest.raises(codes.CodeWrong):
        codes.prove(home.store, person, shown)


def test_of_many_who_show_the_same_code_one_enters(home: Home) -> None:
    person, key = secretary(home).person, key_of(home)
    later(home)
    shown, together = pyotp.TOTP(key).now(), Barrier(6, timeout=60)

    def show(_: int) -> bool:
        with Store(home.urls.writer) as store:
            together.wait()
            try:
                codes.prove(store, person, shown)
            except (codes.CodeWrong, limits.TriedTooOften):
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(show, range(6))) == 1


def test_codes_are_not_guessed(home: Home) -> None:
    person, _ = secretary(home).person, key_of(home)
    for _ in range(limits.MOST):
        with pytest.raises(codes.CodeWrong):
            codes.prove(home.store, person, "abc")
    with pytest.raises(limits.TriedTooOften):
        codes.prove(home.store, person, "123456")


def test_a_printed_code_serves_once(home: Home) -> None:
    person, _ = secretary(home).person, key_of(home)
    printed = codes.print_codes(home.store, person)
    assert len(set(printed)) == 10 and codes.codes_left(home.store, person) == 10
    kept = str(rows(home, "SELECT c::text FROM suivi.recovery_codes c"))
    assert not any(code in kept or code.replace("-", "") in kept for code in printed)
    codes.prove(home.store, person, printed[3].upper().replace("-", " "))
    assert codes.codes_left(home.store, person) == 9
    with pytest.raises(codes.CodeWrong):
        codes.prove(home.store, person, printed[3])
    again = codes.print_codes(home.store, person)
    with pytest.raises(codes.CodeWrong):
        codes.prove(home.store, person, printed[4])
    codes.leave(home.store, person)
    with pytest.raises(codes.CodeWrong):
        codes.prove(home.store, person, again[0])


def test_the_second_step_is_asked_of_who_wants_it(home: Home) -> None:
    account = entering.by_password(home.store, "ana", GOOD, "ici")
    assert entering.begin_second(home.store, account) is None
    key = key_of(home)
    later(home)
    secret = entering.begin_second(home.store, account)
    assert secret
    with pytest.raises(codes.CodeWrong):
        entering.by_code(home.store, secret, "")
    assert entering.by_code(home.store, secret, pyotp.TOTP(key).now()).login == "ana"
    later(home)
    with pytest.raises(attempts.BegunTooLongAgo):
        entering.by_code(home.store, secret, pyotp.TOTP(key).now())
