"""Sessions, passwords, codes and limits, as the store keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import psycopg
import pyotp
import pytest

from services import accounts, tokens
from services.accounts import keep_address
from services.home import Home
from services.schema import Urls
from services.signing_in import attempts, codes, entering, limits, passwords, sessions
from services.signing_in.opening import account_named
from services.signing_in.secrets import fresh
from services.store import Store
from tests.homes import opened, secretary

GOOD = "quatre vaches bleues dansent"


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        passwords.choose(home.store, secretary(home).person, GOOD)
        yield home


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    return home.store.connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]


def session(home: Home) -> str:
    found = sessions.open_session(home.store, secretary(home).person, "password", "Firefox, Linux")
    assert found
    return found


def test_only_the_hash_of_a_session_is_kept(home: Home) -> None:
    secret = session(home)
    assert len(secret) == 43 and secret not in str(rows(home, "SELECT s::text FROM suivi.sessions s"))


def test_a_million_secrets_are_a_million() -> None:
    assert len({fresh() for _ in range(1_000_000)}) == 1_000_000


@pytest.mark.parametrize(
    "over",
    [
        "expires_at = clock_timestamp()",
        "seen_at = clock_timestamp() - interval '12 hours 1 second'",
        "ended_at = clock_timestamp()",
    ],
)
def test_a_session_ends(home: Home, over: str) -> None:
    secret = session(home)
    assert tokens.entered(home.store, secret, "session")
    home.store.connection.execute("UPDATE suivi.sessions SET " + over)  # type: ignore[arg-type]
    assert tokens.entered(home.store, secret, "session") is None


def test_use_keeps_a_session_but_not_beyond_thirty_days(home: Home) -> None:
    secret = session(home)
    home.store.connection.execute("UPDATE suivi.sessions SET seen_at = clock_timestamp() - interval '11 hours'")
    assert tokens.entered(home.store, secret, "session")
    assert rows(home, "SELECT clock_timestamp() - seen_at < interval '1 minute' FROM suivi.sessions") == [(True,)]
    assert rows(home, "SELECT expires_at - created_at FROM suivi.sessions") == [(sessions.LASTS,)]
    assert timedelta(hours=12) == sessions.IDLE and timedelta(days=30) == sessions.LASTS


def test_a_closed_account_and_other_roles_end_a_session(home: Home) -> None:
    jean = accounts.add(home.store, secretary(home), "jean", ["officer"])
    secret = sessions.open_session(home.store, jean.person, "password")
    assert secret and tokens.entered(home.store, secret, "session")
    accounts.add(home.store, secretary(home), "jean", ["officer", "auditor"])
    assert tokens.entered(home.store, secret, "session") is None
    accounts.add(home.store, secretary(home), "jean", ["officer"])
    assert tokens.entered(home.store, secret, "session")
    accounts.disable(home.store, secretary(home), "jean")
    assert tokens.entered(home.store, secret, "session") is None
    assert sessions.open_session(home.store, jean.person, "password") is None


def test_proving_again_changes_the_secret(home: Home) -> None:
    secret = session(home)
    home.store.connection.execute("UPDATE suivi.sessions SET proven_at = clock_timestamp() - interval '11 minutes'")
    entered = tokens.entered(home.store, secret, "session")
    assert entered and entered.session and not entered.proven
    other = sessions.proven_again(home.store, entered.person, entered.session)
    assert other and tokens.entered(home.store, secret, "session") is None
    again = tokens.entered(home.store, other, "session")
    assert again and again.proven and again.session == entered.session
    assert sessions.proven_again(home.store, UUID(int=7), entered.session) is None


def test_sessions_are_closed_one_by_one_and_all_at_once(home: Home) -> None:
    first, second, third = session(home), session(home), session(home)
    person = secretary(home).person
    ids = {secret: tokens.entered(home.store, secret, "session") for secret in (first, second, third)}
    assert len(sessions.devices(home.store, person)) == 3
    mine = ids[first]
    assert mine and mine.session
    assert sessions.end(home.store, person, mine.session) and not sessions.end(home.store, person, mine.session)
    assert tokens.entered(home.store, first, "session") is None and tokens.entered(home.store, second, "session")
    assert sessions.end_all(home.store, person) == 2 and sessions.devices(home.store, person) == []


def test_nobody_closes_the_session_of_another(home: Home) -> None:
    secret = session(home)
    found = tokens.entered(home.store, secret, "session")
    assert found and found.session and not sessions.end(home.store, UUID(int=9), found.session)
    assert tokens.entered(home.store, secret, "session")


def test_entering_costs_one_query(home: Home) -> None:
    secret, asked = session(home), []
    real = home.store.connection.execute

    class Counting:
        def execute(self, *given: object, **more: object) -> object:
            asked.append(given)
            return real(*given, **more)  # type: ignore[arg-type]

    class Beside:
        connection = Counting()

    assert tokens.entered(Beside(), secret, "session") and len(asked) == 1  # type: ignore[arg-type]


def test_what_was_begun_serves_once(home: Home) -> None:
    secret = attempts.begin(home.store, "provider", state="x")
    assert attempts.look(home.store, "provider", secret).facts == {"state": "x"}
    with pytest.raises(attempts.BegunTooLongAgo):
        attempts.take(home.store, "passkey", secret)
    assert attempts.take(home.store, "provider", secret).facts == {"state": "x"}
    with pytest.raises(attempts.BegunTooLongAgo):
        attempts.take(home.store, "provider", secret)
    other = attempts.begin(home.store, "second", UUID(int=1))
    home.store.connection.execute("UPDATE suivi.attempts SET expires_at = clock_timestamp()")
    with pytest.raises(attempts.BegunTooLongAgo):
        attempts.look(home.store, "second", other)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("onze lettre", passwords.TooShort), ("", passwords.TooShort), ("x" * 257, passwords.TooLong),
        ("motdepasse123456", passwords.TooObvious), ("AzertyAzerty2026", passwords.TooObvious),
        ("aaaaaaaaaaaaaaaa", passwords.TooObvious), ("Marie.Tremblay.12", passwords.TooObvious),
        ("Bonjour-Québec-1", passwords.TooObvious), ("123456789012", passwords.TooObvious),
    ],
)  # fmt: skip
def test_what_a_password_cannot_be(home: Home, password: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        passwords.choose(home.store, secretary(home).person, password, "marie", "Marie Tremblay")
    assert passwords.verify(home.store, secretary(home).person, GOOD)


def test_a_password_is_kept_as_argon2id(home: Home) -> None:
    ((kept,),) = rows(home, "SELECT hash FROM suivi.passwords")
    assert str(kept).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    for good in ("l’été, deux canots verts", "correct horse battery staple", "xK9#mP2$vL5nQ8"):
        passwords.check_new(good, "marie", "Marie Tremblay")


def test_another_password_needs_the_old_one_and_ends_the_other_sessions(home: Home) -> None:
    person, kept, gone = secretary(home).person, session(home), session(home)
    mine = tokens.entered(home.store, kept, "session")
    with pytest.raises(passwords.OldPasswordWrong):
        passwords.change(home.store, person, "autre chose", GOOD + " encore")
    assert mine
    passwords.change(home.store, person, GOOD, GOOD + " encore", keep=mine.session)
    assert passwords.verify(home.store, person, GOOD + " encore") and not passwords.verify(home.store, person, GOOD)
    assert tokens.entered(home.store, kept, "session") and tokens.entered(home.store, gone, "session") is None


def test_whatever_is_wrong_has_one_answer(home: Home) -> None:
    closed = accounts.add(home.store, secretary(home), "eve", ["officer"])
    passwords.choose(home.store, closed.person, GOOD)
    accounts.disable(home.store, secretary(home), "eve")
    accounts.add(home.store, secretary(home), "sans", ["officer"])
    said = set()
    for word, password in (("personne", GOOD), ("eve", GOOD), ("sans", GOOD), ("ana", "mauvais"), ("ana", ""), ("", ""),
                           ("ana\0", GOOD), ("ana", GOOD * 100), ("sans", "")):  # fmt: skip
        with pytest.raises(entering.LoginWrong) as refused:
            entering.by_password(home.store, word, password, "ici")
        said.add(str(refused.value))
    assert len(said) == 1
    assert entering.by_password(home.store, " ana ", GOOD, "ici").login == "ana"


def test_each_answer_costs_one_hash(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes time is the hash: one is made for a login that nobody has as well, of the same kind."""
    made: list[str] = []
    hasher = type(passwords._hasher())
    real = hasher.verify_and_update

    def counted(self: object, password: str, kept: str) -> tuple[bool, str | None]:
        made.append(kept.rsplit("$", 2)[0])
        return real(self, password, kept)  # type: ignore[arg-type]

    monkeypatch.setattr(hasher, "verify_and_update", counted)
    for word in ("ana", "personne"):
        with pytest.raises(entering.LoginWrong):
            entering.by_password(home.store, word, "mauvais mot de passe", "ici")
    assert made == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_an_address_serves_as_a_login_if_one_account_has_it(home: Home) -> None:
    keep_address(home.store, secretary(home).person, "Ana@Exemple.org")
    assert entering.by_password(home.store, "ana@exemple.org", GOOD, "ici").login == "ana"
    other = accounts.add(home.store, secretary(home), "bob", ["officer"])
    keep_address(home.store, other.person, "ana@exemple.org")
    assert account_named(home.store, "ana@exemple.org") is None
    accounts.add(home.store, secretary(home), "ana@exemple.org", ["officer"], name="Carl")
    found = account_named(home.store, "ana@exemple.org")
    assert found and found.login == "ana@exemple.org"


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
